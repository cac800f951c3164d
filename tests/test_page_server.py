"""What the web application serves, asked over HTTP."""

import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from page_fixtures import SEVEN, FakeAssistant, cite, served

from assistant.answer import Answer, Role, Sentence, Status, Turn
from ingest.embed import HashEncoder
from ingest.index import open_index
from ingest.texts import fixed_text
from page import assets
from page.contact_box import person_to_call
from page.helpful import Helpful
from page.pace import MOST
from page.respond import Asked, respond
from page.routes import answer_routes
from page.texts import label


@pytest.fixture(scope="module")
def assistant(example_index: Path) -> FakeAssistant:
    return FakeAssistant(open_index(example_index, [HashEncoder()]))


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as response:
        return str(response.read().decode())


def refused(address: str) -> int:
    """The code of a request that is refused."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(address)
    with caught.value:
        return caught.value.code


def test_health_counts_what_is_indexed(address: str, assistant: FakeAssistant) -> None:
    assert json.loads(get(f"{address}/health")) == {
        "status": "ok",
        "documents": 5,
        "passages": len(assistant.index.passages),
    }


def test_a_documents_text_is_served_with_marks(address: str, assistant: FakeAssistant) -> None:
    words = cite(assistant.index, "dhcs-cci-page", SEVEN)
    text = get(f"{address}/source/dhcs-cci-page?show={words.start}-{words.end}&also=0-5")
    assert f'id="cited-words"><span class="visually-hidden">Cited words: </span>{SEVEN}<span' in text
    assert '<mark class="also">Coord</mark>inated' in text


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("source/none?show=1-2", 404),
        ("source/dhcs-cci-page?show=one-two", 422),
        ("source/dhcs-cci-page?show=1-99999999999999999999999999", 422),
        ("source/..%2F..%2Fpage", 404),
    ],
)
def test_a_text_that_is_not_there_is_refused(address: str, path: str, code: int) -> None:
    assert refused(f"{address}/{path}") == code


def test_the_page_and_its_files_name_no_other_host(address: str) -> None:
    page = get(address)
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    files = [link for link in links if link.startswith("assets/")]
    assert sorted({link.rpartition("/")[2] for link in files}) == sorted(assets.FILES)
    assert [link for link in links if "//" in link and not link.startswith("data:image/svg+xml,")] == []
    for text in (page, *(get(f"{address}/{file}") for file in files)):
        assert set(re.findall(r"https?://[^/'\"]+", text)) <= {"http://www.w3.org"}, "only the name space of drawings"


def test_the_page_may_ask_this_host_only_and_holds_no_script_or_style_of_its_own(address: str) -> None:
    with urllib.request.urlopen(address, timeout=20) as response:
        headers, page = response.headers, response.read().decode()
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert not re.search(r"https?:|\*|unsafe", policy)
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=)", page)


def test_files_may_be_kept_under_their_version_only(address: str) -> None:
    def kept(path: str) -> str:
        with urllib.request.urlopen(f"{address}/{path}", timeout=20) as response:
            return f"{response.headers['content-type']}; {response.headers['cache-control']}"

    assert kept(f"assets/{assets.VERSION}/page.js") == (
        "text/javascript; charset=utf-8; public, max-age=31536000, immutable"
    )
    assert kept("assets/old/page.css") == "text/css; charset=utf-8; no-store"
    assert refused(f"{address}/assets/{assets.VERSION}/page.py") == 404
    assert refused(f"{address}/assets/{assets.VERSION}/..%2Fserver.py") == 404


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "es-MX,es", "es"),
        ("?lang=ko", "es", "ko"),
        ("?lang=zh", "es", "zh-Hant"),
        ("?lang=zh-Hant", "es", "zh-Hant"),
        ("?lang=xx", "fa-IR", "fa"),
        ("?lang=", "", "en"),
    ],
)
def test_the_page_comes_in_the_language_of_its_address_or_of_the_browser(
    address: str, query: str, accepted: str, language: str
) -> None:
    request = urllib.request.Request(f"{address}/{query}", headers={"accept-language": accepted})
    with urllib.request.urlopen(request, timeout=20) as response:
        assert f'<html lang="{language}" ' in response.read().decode()
        assert response.headers["vary"] == "accept-language, Accept-Encoding"


def post(address: str, data: object) -> tuple[int, str]:
    body = json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return response.status, response.read().decode()


def test_an_answer_is_sent_with_what_the_tab_keeps_of_it(address: str, assistant: FakeAssistant) -> None:
    history = [{"role": "user", "content": "One?"}, {"role": "assistant", "content": "Yes."}]
    _, body = post(f"{address}/ask", {"message": "Two?", "history": history, "turn": 2})
    answer = json.loads(body)
    assert assistant.asked[-1] == ("Two?", (Turn("user", "One?"), Turn("assistant", "Yes.")), Role.BENEFICIARY)
    assert (answer["kept"], answer["question"]) == (False, "Two?")
    assert answer["html"].startswith('<article class="turn" data-turn="2" ')
    assert answer["text"].startswith("Cal MediConnect ended on December 31, 2022.")
    assert answer["plain"].startswith("You asked: Two?\n\nCal MediConnect ended on December 31, 2022. It takes no new")


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"message": "x" * 50_001},
        {"message": "x", "history": [{"role": "system", "content": "x"}]},
        {"message": "x", "history": [{"role": "user", "content": "x"}] * 41},
        {"message": "x", "turn": 0},
        {"message": ["x"]},
    ],
)
def test_what_the_page_never_sends_is_refused(address: str, question: object) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{address}/ask", question)
    with caught.value:
        assert caught.value.code == 422


def test_whether_an_answer_helped_is_taken_without_a_word_back(address: str) -> None:
    assert post(f"{address}/helpful", {"useful": True, "topics": ["medi-medi-rides"]}) == (204, "")
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(f"{address}/helpful", {"useful": "perhaps"})
    with caught.value:
        assert caught.value.code == 422


def test_too_many_at_once_are_not_counted(assistant: FakeAssistant) -> None:
    with served(assistant) as own:
        codes = [post(f"{own}/helpful", {"useful": True})[0] for _ in range(MOST)]
        with pytest.raises(urllib.error.HTTPError) as caught:
            post(f"{own}/helpful", {"useful": True})
        with caught.value:
            assert (set(codes), caught.value.code) == ({204}, 429)


def test_what_is_typed_does_not_reach_the_counts(assistant: FakeAssistant) -> None:
    helpful = Helpful(["rides"])
    app = FastAPI()
    app.include_router(answer_routes(assistant, helpful))
    client = TestClient(app)
    client.post("/ask", json={"message": "my secret"})
    client.post("/helpful", json={"useful": True, "topics": ["my secret"], "message": "my secret"})
    assert "secret" not in str(vars(helpful))


def test_there_are_no_pages_that_list_the_interface(address: str) -> None:
    paths = ("docs", "redoc", "openapi.json", "monitoring", "workbench/docs", "workbench/openapi.json")
    assert [refused(f"{address}/{path}") for path in paths] == [404] * 6
    assert [refused(f"{address}/workbench/{path}") for path in ("monitoring", "monitoring/summary")] == [403, 403]


def test_the_workbench_names_no_other_host(address: str) -> None:
    with urllib.request.urlopen(f"{address}/workbench/", timeout=20) as response:
        page, policy = response.read().decode(), response.headers["content-security-policy"]
    assert re.findall(r"https?://[^\s\"'\\]+", page.replace(address, "")) == []
    assert "<title>Duals Navigator: workbench</title>" in page
    assert not re.search(r"https?:|\*", policy)


def test_a_fault_is_answered_kindly_and_logged_without_the_question(
    assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = respond(assistant, Asked("break 123-45-6789", language="es"))
    hicap = person_to_call(assistant.index.knowledge, "es")
    assert hicap
    assert answer == Answer(Status.FAILED, "", (Sentence(label("failed", "es"), "fixed"),), (hicap,), "es")
    assert re.fullmatch(r"answering failed: RuntimeError at page_fixtures\.py:\d+", caplog.messages[-1])
    assert "123" not in caplog.text


@pytest.mark.parametrize(
    ("language", "is_chosen", "told_in"), [("es", True, "es"), ("es", False, ""), ("en", True, ""), ("en", False, "")]
)
def test_a_language_chosen_by_hand_is_that_of_the_answer_but_for_english(
    assistant: FakeAssistant, language: str, is_chosen: bool, told_in: str
) -> None:
    respond(assistant, Asked("One?", language=language, is_chosen=is_chosen))
    assert assistant.languages[-1] == told_in


def test_a_question_without_words_is_answered_in_the_language_of_the_page(assistant: FakeAssistant) -> None:
    answer = respond(assistant, Asked("  ", language="ko"))
    assert (answer.status, answer.language) == (Status.EMPTY_QUESTION, "ko")
    assert answer.sentences[0].text == fixed_text("say.empty_question", "ko")


def test_the_role_reaches_the_assistant(assistant: FakeAssistant) -> None:
    respond(assistant, Asked("One?", role=Role.STAFF))
    assert assistant.asked[-1] == ("One?", (), Role.STAFF)


def test_gradio_is_imported_in_one_module() -> None:
    page = Path(__file__).parent.parent / "page"
    files = [
        path.name for path in page.glob("*.py") if re.search(r"^\s*(?:import|from) gradio\b", path.read_text(), re.M)
    ]
    assert files == ["blocks.py"]
