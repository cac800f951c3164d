"""A chat model rewords; every sentence of its reply is checked, and quotes stand in for what does not hold."""

import json
from dataclasses import replace

import pytest
from assistant_fixtures import ScriptedModel

from assistant.answer import Sentence, Status
from assistant.pipeline import Assistant

pytest_plugins = ["assistant_fixtures"]

QUESTION = "how long can I keep my doctor in a medi-medi plan"
KEPT = "You can keep seeing your provider for up to twelve months in most cases."


def reply(*sentences: tuple[str, list[int]]) -> str:
    return json.dumps({"sentences": [{"text": text, "statements": numbers} for text, numbers in sentences]})


def written(assistant: Assistant, replies: list[str | None]) -> tuple[list[str], ScriptedModel, Status]:
    model = ScriptedModel(replies)
    answer = replace(assistant, model=model).answer(QUESTION)
    return [sentence.text for sentence in answer.sentences if sentence.kind == "written"], model, answer.status


def statement_number(model_prompt: str, words: str) -> int:
    line = next(line for line in model_prompt.splitlines() if line.startswith("[") and words in line)
    return int(line[1 : line.index("]")])


@pytest.fixture(scope="module")
def number(assistant: Assistant) -> int:
    """The number under which the model is shown the statement on twelve months."""
    _, model, _ = written(assistant, ["{}"])
    return statement_number(model.asked[0][1], "up to twelve months")


def test_a_sentence_that_its_statement_holds_is_shown_with_its_citation(assistant: Assistant, number: int) -> None:
    texts, model, status = written(assistant, [reply((KEPT, [number]))])

    assert (texts, status) == ([KEPT], Status.ANSWERED)
    assert QUESTION in model.asked[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "You can keep seeing your provider for up to 24 months in most cases.",
        "You cannot keep seeing your provider for twelve months in most cases.",
        "Kaiser lets you keep seeing your provider for twelve months in most cases.",
        "Parking downtown costs money, and the cafeteria opens early.",
        "You can still join Cal MediConnect and keep seeing your provider for twelve months.",
    ],
    ids=["another number", "a denial", "another name", "another matter", "an ended program offered"],
)
def test_a_sentence_that_its_statement_does_not_hold_is_dropped(assistant: Assistant, number: int, text: str) -> None:
    texts, _, status = written(assistant, [reply((text, [number]), (KEPT, [number]))])

    assert (texts, status) == ([KEPT], Status.ANSWERED)


@pytest.mark.parametrize(
    "said",
    [None, "", "Sure! You can join today.", '{"sentences": []}', '{"sentences": [{"text": "x", "statements": [99]}]}'],
    ids=["no reply", "nothing", "not JSON", "no sentence", "a statement that was not shown"],
)
def test_without_a_sentence_that_holds_the_quotes_answer(assistant: Assistant, said: str | None) -> None:
    model = ScriptedModel([said])

    assert replace(assistant, model=model).answer(QUESTION).sentences == assistant.answer(QUESTION).sentences


def test_the_model_never_sees_an_identifier_an_alarm_or_a_known_gap(assistant: Assistant) -> None:
    model = ScriptedModel(["{}"])
    with_model = replace(assistant, model=model)
    with_model.answer("my social is 123-45-6789. " + QUESTION)
    with_model.answer("I want to kill myself")
    with_model.answer("how much income can I have and still get medi-cal")

    assert len(model.asked) == 1
    assert "6789" not in model.asked[0][1]


def test_notices_stand_before_what_a_model_wrote(assistant: Assistant) -> None:
    model = ScriptedModel(["{}"])
    asked = "which counties did Health Net offer Cal MediConnect in"
    replace(assistant, model=model).answer(asked)
    at = statement_number(model.asked[0][1], "Health Net offers Cal MediConnect")
    text = "Health Net offered Cal MediConnect in Los Angeles and San Diego counties."
    answer = replace(assistant, model=ScriptedModel([reply((text, [at]))])).answer(asked)
    kinds = [sentence.kind for sentence in answer.sentences]

    assert answer.sentences[kinds.index("written")].text == text
    assert kinds.index("notice") < kinds.index("written")
    assert (
        Sentence("Cal MediConnect ended on December 31, 2022.", "notice", answer.notices[0].citations) in answer.notices
    )
