"""What the web application serves, asked over HTTP."""

import json
import logging
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_fixtures import SEVEN, FakeAssistant, cite, served, shipped

from assistant.answer import Role, Status, Turn
from page.respond import respond


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> FakeAssistant:
    return FakeAssistant(shipped(tmp_path_factory.mktemp("index")))


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


def test_the_page_names_no_other_host(address: str) -> None:
    page = get(address)
    scripts = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert scripts
    assert [link for link in scripts if "//" in link] == []
    own = page.replace(address, "")
    config = re.search(r"window\.gradio_config = (.*?);</script>", own, re.DOTALL)
    assert config
    assert re.findall(r"https?://[^\s\"'\\]+", own) == []
    styles = get(f"{address}/theme.css")
    assert set(re.findall(r"https?://[^/]+", styles)) <= {"http://www.w3.org"}, "only the name space of drawings"


def test_the_page_may_not_ask_another_host(address: str) -> None:
    with urllib.request.urlopen(address, timeout=20) as response:
        policy, cache = response.headers["content-security-policy"], response.headers["cache-control"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert not re.search(r"https?:|\*", policy)
    assert cache == "no-store"


def test_there_are_no_pages_that_list_the_interface(address: str) -> None:
    paths = ("docs", "redoc", "openapi.json", "monitoring", "monitoring/summary")
    assert [refused(f"{address}/{path}") for path in paths] == [404, 404, 404, 403, 403]


def test_a_fault_is_answered_kindly_and_logged_without_the_question(
    assistant: FakeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answer = respond(assistant, "break 123-45-6789", (), Role.BENEFICIARY)
    hicap = assistant.index.knowledge.contact("hicap")
    assert (answer.status, answer.question, answer.contacts) == (Status.FAILED, "", (hicap,))
    assert re.fullmatch(r"answering failed: RuntimeError at page_fixtures\.py:\d+", caplog.messages[-1])
    assert "123" not in caplog.text


def test_the_role_and_the_conversation_reach_the_assistant(assistant: FakeAssistant) -> None:
    first = respond(assistant, "One?", (), Role.STAFF)
    respond(assistant, "Two?", (first,), Role.STAFF)
    assert assistant.asked[-1] == ("Two?", (Turn("user", "One?"), Turn("assistant", first.text)), Role.STAFF)


def test_gradio_is_imported_in_one_module() -> None:
    page = Path(__file__).parent.parent / "page"
    files = [
        path.name for path in page.glob("*.py") if re.search(r"^\s*(?:import|from) gradio\b", path.read_text(), re.M)
    ]
    assert files == ["blocks.py"]
