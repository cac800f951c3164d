"""LangChain on both sides, over real HTTP on this machine."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from chat_fixtures import Server, Step, chat_server, number_of, reply, sentence
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer, Role, Status
from assistant.bridge import CorpusRetriever, LangChainModel, as_runnable
from assistant.guard import GuardedModel, Limits
from assistant.model import ModelBusy, Piece, Prompt, Reply
from assistant.pipeline import Assistant
from ingest.errors import ModelUnavailable
from ingest.settings import Settings

pytest_plugins = ["assistant_fixtures", "chat_fixtures"]

QUESTION = "how many rides does the Moon Plan pay for"
RIDES = "The Moon Plan pays for rides to the doctor."
VAN = "The Moon Plan may send a van on May 3, 2022 in Kern."
FIRST, SECOND = "Rides to the doctor: the Moon Plan pays.", "In Kern the Moon Plan may send a van."
HELLO = Prompt("Be kind.", "my private question", Reply, "sentences")
QUICK = Limits(first_wait_seconds=0.001)


@pytest.fixture(autouse=True, scope="module")
def _a_key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "not-a-real-key")
        yield


def langchain(server: Server, timeout_seconds: float = 5.0) -> LangChainModel:
    return LangChainModel("openai:some-model", server.address, timeout_seconds=timeout_seconds)


@contextmanager
def served(told: Assistant, *steps: Step, limits: Limits = QUICK, **named: float) -> Iterator[tuple[Assistant, Server]]:
    """The assistant with a guarded model at a server that takes these steps."""
    with chat_server(*steps) as server:
        yield replace(told, model=GuardedModel(langchain(server, **named), limits)), server


@pytest.fixture(scope="module")
def both(told: Assistant) -> str:
    """A right reply of two sentences to the question."""
    with served(told, Step("")) as (assistant, server):
        assistant.answer(QUESTION, role=Role.STAFF)
        prompt = server.prompt()
    held = [(number_of(prompt, quote), quote) for quote in (RIDES, VAN)]
    return reply(sentence(FIRST, held[0]), sentence(SECOND, held[1]))


def texts(answer: Answer) -> list[str]:
    return [each.text for each in answer.sentences if each.kind == "written"]


def test_a_model_is_called_by_name_at_the_address_given_and_told_the_shape_of_its_reply() -> None:
    with chat_server(Step('{"sentences": []}', pieces=3)) as server:
        pieces = list(langchain(server).stream(HELLO))

    assert "".join(piece.text for piece in pieces) == '{"sentences": []}'
    (request,) = server.requests
    assert (request["model"], request["max_completion_tokens"], request["temperature"]) == ("some-model", 800, 0)
    assert [(each["role"], each["content"]) for each in request["messages"]] == [
        ("system", "Be kind."),
        ("user", "my private question"),
    ]
    assert request["response_format"]["json_schema"]["schema"]["required"] == ["sentences"]


def test_a_server_that_can_not_shape_a_reply_is_asked_by_the_prompt_alone_from_then_on() -> None:
    with chat_server(Step(status=400), Step('{"sentences": []}'), Step('{"sentences": []}')) as server:
        model = langchain(server)
        said = ["".join(piece.text for piece in model.stream(HELLO)) for _ in range(2)]

    assert said == ['{"sentences": []}'] * 2
    assert ["response_format" in request for request in server.requests] == [True, False, False]


def test_tokens_are_those_that_the_server_counts() -> None:
    with chat_server(Step('{"sentences": []}', tokens=(120, 7))) as server:
        *_, last = langchain(server).stream(HELLO)

    assert last == Piece("", 127)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, ModelUnavailable), (404, ModelUnavailable), (429, ModelBusy), (503, ModelBusy)]
)
def test_a_fault_says_whether_it_may_pass_and_holds_nothing_of_the_question(status: int, kind: type) -> None:
    with chat_server(Step(status=status)) as server, pytest.raises(ModelUnavailable) as fault:
        list(langchain(server).stream(HELLO))

    assert type(fault.value) is kind
    assert "the chat model failed" in str(fault.value)
    assert "private" not in str(fault.value)


def test_a_server_that_is_gone_may_come_back_and_a_slow_one_is_not_tried_again() -> None:
    with chat_server(Step("late", wait_seconds=0.6)) as server:
        with pytest.raises(ModelUnavailable) as slow:
            list(langchain(server, timeout_seconds=0.2).stream(HELLO))
        gone = langchain(server)
    with pytest.raises(ModelBusy):
        list(gone.stream(HELLO))
    assert type(slow.value) is ModelUnavailable


def test_a_provider_that_is_not_installed_names_the_setting() -> None:
    with pytest.raises(ModelUnavailable, match="check DUALS_NAVIGATOR_CHAT_MODEL"):
        LangChainModel("no-such-provider:x")


def test_a_right_reply_is_shown_sentence_by_sentence_as_each_has_come_and_passed(told: Assistant, both: str) -> None:
    wrong = sentence("The Moon Plan pays for 99 rides.", (1, "a"))
    said = both[:-2] + ", " + reply(wrong)[len('{"sentences": [') :]
    shown: list[tuple[str, str]] = []
    with served(told, Step(said, pieces=40, wait_seconds=0.002)) as (assistant, server):
        answer = assistant.answer(
            QUESTION, role=Role.STAFF, shown=lambda each: shown.append((each.text, "".join(server.sent)))
        )

    assert texts(answer) == [FIRST, SECOND]
    assert [text for text, _ in shown] == [FIRST, SECOND]
    # When the first was shown, the rest of the reply was still on its way.
    assert FIRST in shown[0][1]
    assert SECOND not in shown[0][1]


@pytest.mark.parametrize(
    "step",
    [Step("It is all free, trust me."), Step(""), Step(reply()), Step(status=401), Step("x", is_cut=True)],
    ids="not-json nothing no-sentence refused cut-off".split(),
)
def test_what_can_not_be_used_leaves_the_answer_without_a_model(told: Assistant, step: Step) -> None:
    with served(told, step) as (assistant, _):
        answer = assistant.answer(QUESTION, role=Role.STAFF)

    assert answer == told.answer(QUESTION, role=Role.STAFF)


def test_half_a_reply_gives_the_sentences_that_were_whole(told: Assistant, both: str) -> None:
    half = both[: both.index(SECOND) + 10]
    with served(told, Step(half, pieces=5, is_cut=True)) as (assistant, _):
        assert texts(assistant.answer(QUESTION, role=Role.STAFF)) == [FIRST]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_fault_that_passes_is_tried_again(told: Assistant, both: str, status: int) -> None:
    with served(told, Step(status=status), Step(status=status), Step(both)) as (assistant, server):
        answer = assistant.answer(QUESTION, role=Role.STAFF)

    assert texts(answer) == [FIRST, SECOND]
    assert len(server.requests) == 3


def test_a_slow_model_is_given_up_and_the_answer_comes_at_once(told: Assistant, both: str) -> None:
    without = told.answer(QUESTION, role=Role.STAFF)
    with served(told, Step(both, wait_seconds=2.0), timeout_seconds=0.3) as (assistant, _):
        began = time.monotonic()
        answer = assistant.answer(QUESTION, role=Role.STAFF)
        took = time.monotonic() - began

    assert answer == without
    assert took < 0.3 + 1.0


def test_after_repeated_faults_the_model_is_left_alone_and_then_tried_again(told: Assistant, both: str) -> None:
    limits = replace(QUICK, faults=2, rest_seconds=0.5, attempts=1)
    with served(told, Step(status=500), Step("nonsense"), Step(both), limits=limits) as (assistant, server):
        asked = [assistant.answer(QUESTION, role=Role.STAFF) for _ in range(3)]
        requests, began = len(server.requests), time.monotonic()
        assistant.answer(QUESTION, role=Role.STAFF)
        took = time.monotonic() - began
        time.sleep(0.6)
        again = assistant.answer(QUESTION, role=Role.STAFF)

    assert asked == [told.answer(QUESTION, role=Role.STAFF)] * 3
    assert (requests, texts(again)) == (2, [FIRST, SECOND])
    assert took < 0.3


def test_over_the_daily_limit_no_call_is_made(told: Assistant, both: str) -> None:
    limits = replace(QUICK, daily_tokens=4000)
    with served(told, Step(both, tokens=(3000, 200)), limits=limits) as (assistant, server):
        first, second = (assistant.answer(QUESTION, role=Role.STAFF) for _ in range(2))

    assert (texts(first), second) == ([FIRST, SECOND], told.answer(QUESTION, role=Role.STAFF))
    assert len(server.requests) == 1


def test_the_settings_give_a_guarded_model(shipped_index: Path) -> None:
    with chat_server(Step('{"sentences": []}', tokens=(9, 1))) as server:
        environ = {
            "CHAT_MODEL": "openai:some-model",
            "DUALS_NAVIGATOR_CHAT_BASE_URL": server.address,
            "DUALS_NAVIGATOR_INDEX": str(shipped_index),
        }
        model = Assistant.open(Settings.from_env(environ)).model
        assert isinstance(model, GuardedModel)
        assert "".join(piece.text for piece in model.stream(HELLO)) == '{"sentences": []}'
        assert model.spending.spent == 10


def test_the_assistant_composes_as_a_runnable(assistant: Assistant) -> None:
    chain = as_runnable(assistant) | RunnableLambda(lambda answer: answer.status)
    history = [{"role": "user", "content": "what extras did Health Net Cal MediConnect give in Los Angeles?"}]

    assert chain.batch(["is IHSS carved out", "how long do you steam tamales"]) == [Status.ANSWERED, Status.OFF_TOPIC]
    answer: Answer = as_runnable(assistant).invoke(
        {"question": "and in San Diego?", "history": history, "role": "staff"}
    )
    assert any("In San Diego" in citation.quote for citation in answer.citations)


def test_the_retriever_gives_langchain_documents_with_their_place(assistant: Assistant) -> None:
    found = CorpusRetriever(assistant=assistant, count=3).invoke("is IHSS carved out")

    assert len(found) == 3
    for each in found:
        document = next(d for d in assistant.index.documents.values() if d.source.file == each.metadata["source"])
        assert document.text[each.metadata["start"] : each.metadata["end"]] == each.page_content
