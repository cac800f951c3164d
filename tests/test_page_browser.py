"""The page in a real browser: asked, read and used by keyboard and on small screens, without any other host."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from page_fixtures import HOSTILE, FakeAssistant, chromium, served, shipped
from playwright.sync_api import BrowserContext, Page, ViewportSize

from assistant.answer import Role, Turn
from page.texts import STARTERS

DESKTOP, PHONE, ZOOMED = (1280, 900), (360, 740), (320, 256)
Scheme = Literal["light", "dark"]
SIZES = [DESKTOP, PHONE, ZOOMED]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> FakeAssistant:
    return FakeAssistant(shipped(tmp_path_factory.mktemp("index")))


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """One browser whose pages share a cache; each page is a conversation of its own."""
    with chromium() as browser:
        context = browser.new_context()
        context.set_default_timeout(15_000)
        yield context


@contextmanager
def opened(
    browser: BrowserContext, address: str, size: tuple[int, int] = DESKTOP, scheme: Scheme = "light"
) -> Iterator[Page]:
    """A fresh session; fails if the page asked another host for anything or its script failed."""
    page = browser.new_page()
    page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
    page.emulate_media(color_scheme=scheme)
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(address)
    page.get_by_label("Your question").wait_for()
    page.locator("p.loading").wait_for(state="detached")
    try:
        yield page
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
        assert faults == []
    finally:
        page.close()


def ask(page: Page, question: str) -> None:
    """Ask by keyboard and wait for the answer in the page and its first source beside it."""
    answers = page.locator(".turn").count()
    page.get_by_label("Your question").focus()
    page.keyboard.insert_text(question)
    page.keyboard.press("Enter")
    page.wait_for_function("count => document.querySelectorAll('.turn').length > count", arg=answers)


def ask_with_source(page: Page, question: str) -> None:
    ask(page, question)
    page.locator("#cited-words").wait_for()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))


def is_in_view(page: Page, selector: str) -> bool:
    """Whether the whole element lies in the window, below the bar."""
    script = """selector => {
      const box = document.querySelector(selector).getBoundingClientRect();
      const bar = document.querySelector('.bar').getBoundingClientRect();
      const below = selector.startsWith('.bar') ? 0 : bar.bottom;
      return box.top >= below && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    }"""
    return bool(page.evaluate(script, selector))


def test_a_question_asked_by_keyboard_is_answered_and_focus_moves_to_the_answer(
    browser: BrowserContext, address: str
) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, "Which counties had Cal MediConnect?")
        answer = page.locator(".turn")
        assert answer.locator("h2").inner_text() == "You asked:\nWhich counties had Cal MediConnect?"
        assert "Cal MediConnect has ended" in answer.locator(".notice").inner_text()
        assert answer.locator("blockquote").first.inner_text() == (
            "“The seven counties are Los Angeles, Orange, Riverside, San Bernardino, San Diego, San Mateo, and "
            "Santa Clara.”"
        )
        assert focused(page) == "You asked:\nWhich counties had Cal MediConnect?"
        assert page.get_by_label("Your question").input_value() == ""
        assert page.locator("#status [role=status]").inner_text() == "The answer is ready."


def test_the_first_source_is_shown_beside_the_answer_without_a_press(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, "What happened?")
        assert page.locator("#source h2:visible").inner_text() == "[1] Cal MediConnect (provider manual page)"
        assert "This program ended on December 31, 2022." in page.locator("#source dl").inner_text()
        assert is_in_view(page, "#cited-words")


@pytest.mark.parametrize("size", SIZES)
def test_a_pressed_citation_shows_its_words_marked_and_in_view(
    browser: BrowserContext, address: str, size: tuple[int, int]
) -> None:
    with opened(browser, address, size) as page:
        ask_with_source(page, "Can I leave?")
        button = page.get_by_role("button", name="[4] L.A. Care brochure")
        button.focus()
        page.keyboard.press("Enter")
        page.locator("#source h2", has_text="[4] Cal MediConnect brochure").wait_for()
        words = "Patients can still opt out later even if they are passively enrolled."
        assert page.locator("mark.cited").text_content() == f"Cited words: {words} (end of cited words)"
        assert focused(page) == "[4] Cal MediConnect brochure"
        assert is_in_view(page, "#source h2:not(#source-start h2)")
        if size != ZOOMED:
            assert is_in_view(page, "#cited-words")
        page.get_by_role("button", name="Back to the answer").press("Enter")
        assert focused(page).startswith("[4]")
        assert is_in_view(page, 'button[aria-current="true"]')


def test_other_citations_of_the_answer_are_marked_in_the_same_document(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, "Which counties?")
        page.get_by_role("button", name="[2] DHCS").click()
        page.locator("mark.cited", has_text="The seven counties are").wait_for()
        assert page.locator("mark.also").inner_text() == "The CCI was implemented in seven counties beginning in 2014."


def test_a_citation_of_an_earlier_answer_still_opens(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, "One?")
        ask_with_source(page, "Two?")
        assert page.locator(".turn h2").all_inner_texts() == ["You asked:\nTwo?", "You asked:\nOne?"]
        page.locator('[data-turn="1"] button.cite').last.click()
        page.locator("#source h2", has_text="[4]").wait_for()
        ask(page, "Three?")
        page.locator("#source h2", has_text="[1]").wait_for()


def test_starters_ask_at_once_and_make_room_for_the_answer(browser: BrowserContext, address: str) -> None:
    with opened(browser, address, PHONE) as page:
        assert page.locator(".starter").all_inner_texts() == list(STARTERS)
        page.get_by_role("button", name=STARTERS[3]).click()
        page.locator(".turn").wait_for()
        assert page.locator(".turn h2").inner_text() == f"You asked:\n{STARTERS[3]}"
        assert page.locator(".starter:visible").count() == 0
        assert is_in_view(page, ".turn h2")


def test_start_over_clears_everything(browser: BrowserContext, address: str, assistant: FakeAssistant) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, "One?")
        page.get_by_role("button", name="Start over").click()
        page.get_by_role("button", name=STARTERS[0]).wait_for()
        assert page.locator(".turn").count() == 0
        assert page.locator("#source h2").all_inner_texts() == ["The documents behind the answers"]
        ask(page, "Two?")
        assert assistant.asked[-1] == ("Two?", (), Role.BENEFICIARY)


def test_a_follow_up_carries_the_conversation_and_the_role(
    browser: BrowserContext, address: str, assistant: FakeAssistant
) -> None:
    with opened(browser, address) as page:
        page.get_by_label("I'm asking for myself or family").focus()
        page.keyboard.press("ArrowDown")
        assert page.get_by_label("I'm call-center staff").is_checked()
        ask(page, "One?")
        ask(page, "Two?")
        message, history, role = assistant.asked[-1]
        assert (message, history[0], len(history), role) == ("Two?", Turn("user", "One?"), 2, Role.STAFF)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("   ", "Please type a question."),
        ("word " * 500, "That is too long. Please shorten it."),
        ("break it", "Something went wrong on our side."),
    ],
)
def test_nothing_typed_is_lost_when_there_is_no_answer(
    browser: BrowserContext, address: str, question: str, said: str
) -> None:
    with opened(browser, address) as page:
        box = page.get_by_label("Your question")
        box.fill(question)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator("#status .message", has_text=said).wait_for()
        assert box.input_value() == question
        page.wait_for_function("document.activeElement === document.querySelector('#question textarea')")
        assert page.locator(".turn").count() == 0
        assert page.get_by_role("button", name="Ask", exact=True).is_enabled()


def test_a_failure_gives_a_number_to_call(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        page.get_by_label("Your question").fill("break it")
        page.keyboard.press("Enter")
        page.locator('.message a[href="tel:+18004340222"]').wait_for()


def test_while_it_searches_it_says_so_and_asks_once(
    browser: BrowserContext, address: str, assistant: FakeAssistant
) -> None:
    with opened(browser, address) as page:
        before = len(assistant.asked)
        page.get_by_label("Your question").fill("slow")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.locator("#status", has_text="Searching the documents…").wait_for()
        assert page.get_by_role("button", name="Ask", exact=True).is_disabled()
        page.locator(".turn").wait_for()
        assert page.get_by_role("button", name="Ask", exact=True).is_enabled()
        assert len(assistant.asked) == before + 1


def test_shift_and_enter_makes_a_new_line(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        box = page.get_by_label("Your question")
        box.focus()
        page.keyboard.type("one")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("two")
        assert box.input_value() == "one\ntwo"


def test_an_emergency_shows_the_number_first_and_no_source(browser: BrowserContext, address: str) -> None:
    with opened(browser, address, PHONE) as page:
        ask(page, "I have chest pain")
        assert page.locator(".turn").inner_text().split("\n")[0] == "Call 911 now."
        assert is_in_view(page, '.turn a[href="tel:911"]')
        assert page.locator("#source h2").all_inner_texts() == ["The documents behind the answers"]


def test_a_number_that_was_taken_out_is_named_and_not_shown(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "My number is 123-45-6789")
        assert "did not keep it: Social Security number" in page.locator(".removed").inner_text()
        assert "123-45-6789" not in page.content()


def test_hostile_text_is_inert(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        ask_with_source(page, HOSTILE)
        assert page.locator(".turn h2").inner_text() == f"You asked:\n{HOSTILE}"
        ask_with_source(page, "And now?")
        assert page.evaluate("window.harmed") is None


@pytest.mark.parametrize("size", SIZES)
def test_the_notice_and_the_telephone_number_stay_in_view(
    browser: BrowserContext, address: str, size: tuple[int, int]
) -> None:
    with opened(browser, address, size) as page:
        for _ in range(2):
            bar = page.locator(".bar")
            assert bar.text_content() == (
                "You are talking with a computer program, not a person.Talk to a person: HICAP 1-800-434-0222"
            )
            assert is_in_view(page, ".bar-notice")
            assert is_in_view(page, '.bar a[href="tel:+18004340222"]')
            lines = page.locator(".bar p").evaluate_all(
                "ps => ps.map(p => Math.round(p.scrollHeight / parseFloat(getComputedStyle(p).lineHeight)))"
            )
            assert lines[0] == 1
            ask_with_source(page, "What happened?")
            page.evaluate("window.scrollTo(0, document.body.scrollHeight)")


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(browser: BrowserContext, address: str, size: tuple[int, int]) -> None:
    with opened(browser, address, size) as page:
        ask_with_source(page, "Averyveryveryverylongwordwithoutablankinitthatgoesonandonandonandonandon " * 3)
        assert page.evaluate("document.documentElement.scrollWidth") == size[0]
        inside = "[...document.querySelectorAll('.turn, #source, .document, .bar, main')]"
        assert page.evaluate(f"{inside}.every(part => part.scrollWidth <= part.clientWidth + 1)")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_whatever_can_be_pressed_is_large_enough(browser: BrowserContext, address: str, size: tuple[int, int]) -> None:
    with opened(browser, address, size) as page:
        script = """() => [...document.querySelectorAll('button, a[href], #role label')]
          .filter(part => part.offsetParent && !part.matches('.skip'))
          .map(part => [part.innerText, part.getBoundingClientRect()])
          .filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"""
        assert page.evaluate(script) == []
        ask_with_source(page, "What happened?")
        assert page.evaluate(script) == []
        assert page.locator(".origin a").first.evaluate("link => link.getBoundingClientRect().height") >= 44


def test_the_keyboard_reaches_everything_in_reading_order(browser: BrowserContext, address: str) -> None:
    with opened(browser, address) as page:
        seen = []
        for _ in range(8):
            page.keyboard.press("Tab")
            seen.append(focused(page))
        assert seen == [
            "Skip to the question box",
            "Talk to a person: HICAP 1-800-434-0222",
            "TEXTAREA",
            "Ask",
            "Start over",
            "INPUT",
            STARTERS[0],
            STARTERS[1],
        ]
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(ring.removesuffix("px")) >= 3


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: BrowserContext, address: str, size: tuple[int, int], scheme: Scheme) -> None:
    rules = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}
    with opened(browser, address, size, scheme) as page:
        found = [Axe().run(page, options=rules)]
        ask_with_source(page, "What happened?")
        found.append(Axe().run(page, options=rules))
        ask(page, "My number is 123-45-6789")
        found.append(Axe().run(page, options=rules))
        ask(page, "I have chest pain")
        found.append(Axe().run(page, options=rules))
        violations = [
            (violation["id"], [node["html"] for node in violation["nodes"]])
            for results in found
            for violation in results.response["violations"]
        ]
        assert violations == []
