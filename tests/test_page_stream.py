"""A chat model's sentences on the page: as each has passed, before the answer is whole; and the plain way without."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from chat_fixtures import Server, Step, chat_server, number_of, reply, sentence
from page_fixtures import PHONE, ask, chromium, is_wider_than_window, opened, served, violations
from playwright.sync_api import Browser

from assistant.bridge import LangChainModel
from assistant.guard import GuardedModel, Limits
from assistant.pipeline import Assistant
from page.stream import Left, Told, events
from page.texts import label

pytest_plugins = ["assistant_fixtures", "chat_fixtures"]

QUESTION = "how many rides does the Moon Plan pay for"
RIDES = "The Moon Plan pays for rides to the doctor."
VAN = "The Moon Plan may send a van on May 3, 2022 in Kern."
FIRST, SECOND = "Rides to the doctor: the Moon Plan pays.", "In Kern the Moon Plan may send a van on May 3, 2022."
MADE_UP = "The Moon Plan pays for 99 rides to the doctor."
# What a person hears of an answer, each time that the live region is filled.
LISTEN = """() => {
  window.said = [];
  new MutationObserver(changes => changes.forEach(change => {
    if (change.addedNodes.length) said.push([...change.addedNodes].map(part => part.textContent));
  })).observe(document.getElementById('announcer'), { childList: true });
}"""


@pytest.fixture(autouse=True, scope="module")
def _a_key() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", "not-a-real-key")
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@contextmanager
def page_with_model(told: Assistant, *steps: Step) -> Iterator[tuple[str, Server]]:
    """The page over an assistant whose chat model takes these steps."""
    with chat_server(*steps) as server:
        model = GuardedModel(LangChainModel("openai:some-model", server.address), Limits(first_wait_seconds=0.001))
        with served(replace(told, model=model)) as address:
            yield address, server


@pytest.fixture(scope="module")
def written(told: Assistant) -> str:
    """A reply of a sentence that is right, one that is made up, and another that is right."""
    with page_with_model(told, Step("")) as (address, server):
        streamed(address)
        prompt = server.prompt()
    rides, van = ((number_of(prompt, quote), quote) for quote in (RIDES, VAN))
    return reply(sentence(FIRST, rides), sentence(MADE_UP, rides), sentence(SECOND, van))


def streamed(address: str, heard: Callable[[Told], None] = lambda told: None) -> list[Told]:
    """What comes on a question, each event also `heard` as it comes."""
    body = json.dumps({"message": QUESTION}).encode()
    request = urllib.request.Request(f"{address}/ask/stream", body, {"content-type": "application/json"})
    found: list[Told] = []
    with urllib.request.urlopen(request, timeout=20) as response:
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
        for line in response:
            if line.strip():
                found.append(json.loads(line.removeprefix(b"data: ")))
                heard(found[-1])
    return found


def passed(text: str) -> Told:
    source = '<span class="passed-source" lang="en" dir="ltr">Moon sheet, 2022</span>'
    line = f'<span lang="en" dir="auto">{text}</span> {source}'
    return {"passed": f"<li>{line}</li>"}


def test_each_sentence_comes_when_it_has_passed_and_then_the_answer(told: Assistant, written: str) -> None:
    halves = Step(written, pieces=12, wait_seconds=0.05)
    with page_with_model(told, halves, Step(written)) as (address, server):
        shares: list[float] = []
        found = streamed(address, lambda _: shares.append(len("".join(server.sent)) / len(written)))
        assert [each for each in found if "answer" not in each] == [
            {"step": "checking"},
            passed(FIRST),
            passed(SECOND),
        ]
        assert shares[0] == 0
        assert shares[1] < 0.7, "the first sentence comes long before the reply is whole"
        plain = urllib.request.Request(
            f"{address}/ask", json.dumps({"message": QUESTION}).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(plain, timeout=20) as response:
            assert found[-1] == {"answer": json.load(response)}


def test_what_was_made_up_never_leaves_the_server(told: Assistant, written: str) -> None:
    with page_with_model(told, Step(written)) as (address, _):
        assert "99 rides" not in json.dumps(streamed(address))


def test_sentences_are_shown_as_they_pass_and_the_answer_is_spoken_once_and_whole(
    browser: Browser, told: Assistant, written: str
) -> None:
    with (
        page_with_model(told, Step(written, pieces=10, wait_seconds=0.15)) as (address, _),
        opened(browser, address, PHONE) as page,
    ):
        page.evaluate(LISTEN)
        page.locator("#question").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator("#status .busy", has_text=label("checking")).wait_for()
        page.locator(".passed li", has_text=FIRST).wait_for()
        assert page.locator(".turn").count() == 0
        assert page.locator("#stop").is_visible()
        assert is_wider_than_window(page) == []
        assert violations(page) == []
        page.locator(".turn").wait_for()
        assert page.locator("#status").inner_text() == ""
        assert [FIRST in text for text in page.locator(".turn .say").all_inner_texts()].count(True) == 1
        page.wait_for_timeout(300)
        spoken = page.evaluate("window.said")
        assert spoken[0] == [label("checking")]
        assert [FIRST in lines for lines in spoken] == [False, True]


def test_an_answer_that_is_stopped_leaves_the_question_and_nothing_half_said(
    browser: Browser, told: Assistant, written: str
) -> None:
    first, _, second = json.loads(written)["sentences"]
    left_out = [sentence(MADE_UP)] * 20
    longer = reply(first, *left_out, second, *left_out)
    with (
        page_with_model(told, Step(longer, pieces=40, wait_seconds=0.1)) as (address, server),
        opened(browser, address) as page,
    ):
        page.locator("#question").fill(QUESTION)
        page.keyboard.press("Enter")
        page.locator(".passed li").first.wait_for()
        page.get_by_role("button", name="Stop").press("Enter")
        page.locator("#status .message", has_text=label("stopped")).wait_for()
        assert page.locator("#question").input_value() == QUESTION
        page.wait_for_timeout(4500)
        assert (page.locator(".passed").count(), page.locator(".turn").count()) == (0, 0)
        assert len("".join(server.sent)) < len(longer), "no more was read of the model than was wanted"


@pytest.mark.parametrize("body", ["", 'data: {"step": "checking"}\n\ndata: {"pas', "not an event\n\n"])
def test_a_stream_that_breaks_off_is_asked_for_again_the_plain_way(
    browser: Browser, told: Assistant, written: str, body: str
) -> None:
    with page_with_model(told, Step(written)) as (address, _), opened(browser, address) as page:
        page.route("**/ask/stream", lambda route: route.fulfill(body=body, content_type="text/event-stream"))
        ask(page, QUESTION)
        assert FIRST in page.locator(".turn").inner_text()
        assert page.locator("#status").inner_text() == ""


def test_without_a_model_nothing_is_streamed(browser: Browser, told: Assistant) -> None:
    with served(told) as address, opened(browser, address) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        ask(page, QUESTION)
        assert asked == ["/ask"]
        assert [list(each) for each in streamed(address)] == [["answer"]]


def test_a_model_that_is_down_leaves_the_answer_without_it(browser: Browser, told: Assistant) -> None:
    with page_with_model(told, Step(status=400)) as (address, _), opened(browser, address) as page:
        ask(page, QUESTION)
        assert RIDES in page.locator(".turn").inner_text()


def test_work_that_nobody_waits_for_ends_at_its_next_word() -> None:
    ended = threading.Event()

    def work(tell: Callable[[Told], None]) -> Told:
        try:
            for number in range(1000):
                tell({"number": number})
                ended.wait(0.01)
        except Left:
            ended.set()
            raise
        return {}

    async def listen() -> str:
        stream = events(work)
        first = await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]  # it is a generator
        return first

    # A thread of its own: the browser's has a loop already.
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asyncio.run(listen())).result(timeout=10) == 'data: {"number": 0}\n\n'
    assert ended.wait(2)
