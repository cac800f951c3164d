"""The page in a real browser: its parts by keyboard, on small screens, in every language, without any other host."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_fixtures import (
    DESKTOP,
    HOSTILE,
    PHONE,
    SEVEN,
    ZOOMED,
    FakeAssistant,
    ask,
    chromium,
    is_in_view,
    is_wider_than_window,
    open_source,
    opened,
    served,
    unfold,
    violations,
)
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from assistant.answer import Role, Turn
from ingest.embed import HashEncoder
from ingest.index import open_index
from page.texts import LANGUAGE_NAMES, direction, label, tag

SIZES = [DESKTOP, PHONE, ZOOMED]
LONG = "Averyveryveryverylongwordwithoutablankinitthatgoesonandonandonandonandon " * 3


@pytest.fixture(scope="module")
def assistant(example_index: Path) -> FakeAssistant:
    return FakeAssistant(open_index(example_index, [HashEncoder()]))


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with served(assistant) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))


def set_up(page: Page, name: str, value: str) -> None:
    """Choose a text size or colors."""
    page.locator("#display summary").click()
    page.locator(f"#{name}-{value}").check()
    page.keyboard.press("Escape")
    page.locator(f"#{name}-{value}").wait_for(state="hidden")
    assert focused(page).endswith(label("display"))


def test_an_answer_has_the_focus_and_its_first_words_stand_in_view(browser: Browser, address: str) -> None:
    for size in (DESKTOP, PHONE):
        with opened(browser, address, size) as page:
            ask(page, "Where was the CCI?")
            assert focused(page) == "You asked:\nWhere was the CCI?"
            assert page.locator("#question").input_value() == ""
            assert is_in_view(page, ".turn h2")
            assert is_in_view(page, ".turn .notice-title")
            assert is_in_view(page, ".turn .point .say")


def test_the_live_region_says_an_answer_once_and_whole(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.evaluate(
            """() => {
              window.said = [];
              new MutationObserver(changes => changes.forEach(change => {
                if (change.addedNodes.length) said.push([...change.addedNodes].map(part => part.textContent));
              })).observe(document.getElementById('announcer'), { childList: true, subtree: true });
            }"""
        )
        ask(page, "Where was the CCI?")
        page.wait_for_timeout(500)
        assert page.evaluate("window.said") == [
            [
                "Cal MediConnect has ended",
                "Cal MediConnect ended on December 31, 2022. It takes no new members.",
                "The CCI was for seven counties.",
                "More counties came later.",
                "It began in 2014.",
                "The documents don't say which plans are open today.",
                "Talk to a person",
                "HICAP (free Medicare counselors; they don't sell plans)",
                "Call 1-800-434-0222",
            ]
        ]
        region = page.locator("#announcer")
        assert (region.get_attribute("role"), region.get_attribute("aria-atomic")) == ("status", "true")


@pytest.mark.parametrize("size", SIZES)
def test_a_pressed_number_shows_its_words_and_a_press_more_leads_back(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with opened(browser, address, size) as page:
        ask(page, "Can I leave?")
        unfold(page)
        button = page.get_by_role("button", name="[4] L.A. Care brochure")
        button.focus()
        page.keyboard.press("Enter")
        page.locator("#source h2", has_text="[4] Cal MediConnect brochure").wait_for()
        words = "Patients can still opt out later even if they are passively enrolled."
        assert page.locator("mark.cited").text_content() == f"Cited words: {words} (end of cited words)"
        assert focused(page) == "[4] Cal MediConnect brochure"
        assert "L.A. Care Health Plan" in page.locator("#source dl").inner_text()
        if size != ZOOMED:
            assert is_in_view(page, "#cited-words")
        assert is_wider_than_window(page) == []
        page.get_by_role("button", name="Back to the answer").press("Enter")
        assert focused(page).startswith("[4]")
        page.keyboard.press("Enter")
        page.locator("#source #cited-words").wait_for()
        page.keyboard.press("Escape")
        page.locator("#source").wait_for(state="hidden")
        assert focused(page).startswith("[4]")


@pytest.mark.parametrize(("size", "is_open"), [(DESKTOP, True), (PHONE, False)])
def test_what_backs_an_answer_is_open_where_there_is_room_and_on_paper(
    browser: Browser, address: str, size: tuple[int, int], is_open: bool
) -> None:
    with opened(browser, address, size) as page:
        ask(page, "¿Dónde?")
        opens = "[...document.querySelectorAll('.turn details')].map(part => part.open)"
        assert page.evaluate(opens) == [is_open, is_open], "exact words and the English"
        paper = " ".join("".join(each.extract_text() for each in PdfReader(io.BytesIO(page.pdf())).pages).split())
        assert ("The CCI was for seven counties." in paper, SEVEN in paper) == (True, True)
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(opens) == [True, True], "an older browser prints what is open"
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(opens) == [is_open, is_open]


def test_an_answer_is_thanked_for_only_when_it_was_counted(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "Where?")
        page.route("**/helpful", lambda route: route.fulfill(status=429))
        page.locator('[data-useful="true"]').click()
        page.locator(".helpful", has_text=label("not_counted")).wait_for()
        assert focused(page) == label("not_counted")


def test_other_words_of_the_answer_are_marked_in_the_same_document(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "Where?")
        open_source(page, 2)
        assert page.locator("mark.also").inner_text() == "The CCI was implemented in seven counties beginning in 2014."
        page.locator('.turn [data-about$="-1"]').first.click()
        page.locator("#source h2", has_text="[1]").wait_for()
        assert "This program ended on December 31, 2022." in page.locator("#source dl").inner_text()
        assert page.locator("[aria-current=true]").count() == 2, "the language and the number"


def test_a_source_that_does_not_come_says_so(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "Where?")
        page.route("**/source/**", lambda route: route.abort())
        page.locator(".cite-mark").first.click()
        page.locator("#source .message", has_text=label("source_fault")).wait_for()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("   ", "Please type your question. For example: Can I keep my doctor?"),
        ("word " * 500, "That is too long. Please shorten it."),
        ("break it", label("failed")),
    ],
)
def test_nothing_typed_is_lost_when_there_is_no_answer(
    browser: Browser, address: str, question: str, said: str
) -> None:
    with opened(browser, address) as page:
        box = page.locator("#question")
        box.fill(question)
        page.get_by_role("button", name="Ask", exact=True).click()
        page.locator("#status .message", has_text=said).wait_for()
        assert box.input_value() == question
        assert focused(page) in (question, "TEXTAREA")
        assert page.locator("#announcer").inner_text().startswith(said)
        assert page.locator(".turn").count() == 0
        box.fill("Where?")
        page.keyboard.press("Enter")
        page.locator(".turn").wait_for()
        assert page.locator("#status").inner_text() == ""


def test_without_a_connection_it_says_so_and_gives_a_number_to_call(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.route("**/ask", lambda route: route.abort())
        page.locator("#question").fill("Where?")
        page.keyboard.press("Enter")
        page.locator("#status .message", has_text=label("no_connection")).wait_for()
        assert page.locator('#status a[href="tel:+18004340222"]').count() == 1
        assert page.locator("#question").input_value() == "Where?"


def test_while_it_searches_it_asks_once(browser: Browser, address: str, assistant: FakeAssistant) -> None:
    with opened(browser, address) as page:
        before = len(assistant.asked)
        page.locator("#question").fill("slow")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.locator("#status", has_text="Searching the documents…").wait_for()
        assert page.get_by_role("button", name="Ask", exact=True).get_attribute("aria-disabled") == "true"
        page.locator(".turn").wait_for()
        assert page.get_by_role("button", name="Ask", exact=True).get_attribute("aria-disabled") is None
        assert len(assistant.asked) == before + 1


def test_shift_and_enter_makes_a_new_line(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.locator("#question").focus()
        page.keyboard.type("one")
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("two")
        assert page.locator("#question").input_value() == "one\ntwo"


def test_a_follow_up_carries_the_conversation_and_the_newest_answer_comes_first(
    browser: Browser, address: str, assistant: FakeAssistant
) -> None:
    with opened(browser, address) as page:
        for question in ("One?", "Two?", "Three?"):
            ask(page, question)
        message, history, role = assistant.asked[-1]
        assert (message, history[0], history[2], len(history)) == (
            "Three?",
            Turn("user", "One?"),
            Turn("user", "Two?"),
            4,
        )
        assert role == Role.BENEFICIARY
        assert page.locator("#conversation h2").all_inner_texts() == [
            "You asked:\nThree?",
            "Your earlier questions",
            "You asked:\nTwo?",
            "You asked:\nOne?",
        ]


def test_hostile_text_is_inert(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, HOSTILE)
        assert page.locator(".turn h2").inner_text() == f"You asked:\n{HOSTILE}"
        ask(page, "And now?")
        assert page.evaluate("window.harmed") is None


def test_a_shared_address_asks_its_question_once_and_does_not_keep_it(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/?q=Where%20was%20the%20CCI%3F") as page:
        page.locator(".turn h2", has_text="Where was the CCI?").wait_for()
        assert page.url == f"{address}/"


@pytest.mark.parametrize("size", SIZES)
def test_the_notice_and_the_telephone_number_stay_in_view(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    with opened(browser, address, size) as page:
        for _ in range(2):
            assert page.locator(".bar").text_content() == (
                "You are talking with a computer program, not a person.Talk to a person: HICAP 1-800-434-0222"
            )
            assert is_in_view(page, ".bar-notice")
            assert is_in_view(page, '.bar a[href="tel:+18004340222"]')
            ask(page, "What happened?")
            page.evaluate("window.scrollTo(0, document.body.scrollHeight)")


@pytest.mark.parametrize("text_size", ["1", "3"])
@pytest.mark.parametrize("size", [PHONE, ZOOMED])
def test_nothing_is_wider_than_the_window(
    browser: Browser, address: str, size: tuple[int, int], text_size: str
) -> None:
    with opened(browser, address, size) as page:
        set_up(page, "size", text_size)
        for summary in ("#display summary", "#languages summary"):
            page.locator(summary).click()
            assert is_wider_than_window(page) == []
        ask(page, LONG)
        ask(page, "Which counties?")
        unfold(page)
        assert is_wider_than_window(page) == []
        open_source(page)
        assert is_wider_than_window(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_whatever_can_be_pressed_is_large_enough(browser: Browser, address: str, size: tuple[int, int]) -> None:
    """44 px; of what stands within a sentence 24 px."""
    script = """() => [...document.querySelectorAll('button, a[href], summary, .settings label')]
      .filter(part => part.offsetParent && !part.matches('.skip'))
      .map(part => [part.innerText, part.getBoundingClientRect(), part.matches('.cite-mark, .word, .origin a, dd a')])
      .filter(([, box, isInline]) => box.height < (isInline ? 24 : 44) || box.width < (isInline ? 24 : 44))
      .map(([text, box]) => `${text} ${box.width}x${box.height}`)"""
    with opened(browser, address, size) as page:
        page.locator("#languages summary").click()
        assert page.evaluate(script) == []
        page.locator("#display summary").click()
        assert page.evaluate(script) == []
        ask(page, "Which?")
        unfold(page)
        assert page.evaluate(script) == []


def test_the_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        seen = []
        for _ in range(8):
            page.keyboard.press("Tab")
            seen.append(focused(page).replace("\n", " "))
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
            assert float(ring.removesuffix("px")) >= 2
        assert seen == [
            "Skip to the question box",
            "Talk to a person: HICAP 1-800-434-0222",
            "Language · Idioma",
            "Aa Text and colors",
            "TEXTAREA",
            "Ask",
            label("ask_plan"),
            label("ask_counties"),
        ]
        page.keyboard.press("Home")
        page.locator(".skip").focus()
        page.keyboard.press("Enter")
        assert focused(page) == "TEXTAREA"


def test_a_language_changes_all_but_the_conversation_and_what_is_typed(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        ask(page, "Where was the CCI?")
        page.locator("#question").fill("typed")
        page.locator("#languages summary").click()
        page.get_by_role("link", name="العربية").click()
        page.get_by_text(label("question_label", "ar"), exact=True).wait_for()
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
        assert page.title() == f"Duals Navigator: {label('title', 'ar')}"
        assert page.locator("#question").input_value() == "typed"
        assert page.locator(".turn h2").inner_text() == "You asked:\nWhere was the CCI?"
        assert page.locator("#starters").is_hidden()
        assert focused(page) == f"{label('language', 'ar')} · Language"
        assert page.locator("#languages ul").is_hidden()
        assert page.url == f"{address}/?lang=ar"


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_axe_finds_nothing_and_nothing_stands_out_in_any_language(
    browser: Browser, address: str, language: str
) -> None:
    with opened(browser, address, PHONE, locale=language) as page:
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            tag(language),
            direction(language),
        ]
        page.locator("#languages summary").click()
        assert is_wider_than_window(page) == []
        page.locator("#starters button").first.click()
        page.locator(f'.turn[lang="{tag(language)}"]').wait_for()
        unfold(page)
        assert is_wider_than_window(page) == []
        open_source(page)
        page.locator("#source .document").wait_for()
        assert page.locator("#source .document").get_attribute("aria-label") == label("document_text", language)
        assert violations(page) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, size: tuple[int, int], scheme: str) -> None:
    with opened(browser, address, size, "dark" if scheme == "dark" else "light") as page:
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        page.locator("#display summary").click()
        found = violations(page)
        ask(page, "Which?")
        unfold(page)
        page.locator(".turn .word").first.click()
        open_source(page)
        found += violations(page)
        page.keyboard.press("Escape")
        ask(page, "My number is 123-45-6789")
        page.locator('[data-useful="true"]').first.click()
        ask(page, "I have chest pain")
        page.locator("#question").fill("break it")
        page.keyboard.press("Enter")
        page.locator("#status .message").wait_for()
        found += violations(page)
        page.locator("#question").fill("slow")
        page.keyboard.press("Enter")
        page.locator("#stop").wait_for()
        found += violations(page)
        assert found == []


def test_colors_follow_the_device_until_they_are_chosen(browser: Browser, address: str) -> None:
    theme = "document.documentElement.dataset.theme"
    with opened(browser, address, scheme="dark") as page:
        assert page.evaluate(theme) == "dark"
        page.emulate_media(color_scheme="light")
        page.wait_for_function(f"() => {theme} === 'light'")
        set_up(page, "theme", "dark")
        page.reload()
        assert page.evaluate(theme) == "dark"
        assert page.locator("#theme-dark").is_checked()
        assert page.evaluate("Object.keys(localStorage)") == ["navigator-theme"]


def test_a_device_that_forbids_storage_can_ask_all_the_same(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })"
        )
        page.reload()
        set_up(page, "size", "3")
        assert page.evaluate("document.documentElement.dataset.size") == "3"
        ask(page, "Where?")


def test_without_scripts_it_says_so_and_a_question_does_not_get_into_the_address(
    browser: Browser, address: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        assert label("needs_script") in page.locator("body").inner_text()
        page.locator("#question").fill("my question")
        page.locator("#send").click()
        assert page.url == f"{address}/"
        page.locator("#languages summary").click()
        page.get_by_role("link", name="Español").click()
        assert label("needs_script", "es") in page.locator("body").inner_text()


def test_less_motion_where_that_is_wished(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.emulate_media(reduced_motion="reduce")
        page.locator("#question").fill("slow")
        page.keyboard.press("Enter")
        page.locator(".busy").wait_for()
        assert page.evaluate("getComputedStyle(document.querySelector('.busy'), '::before').animationName") == "none"


def test_the_workbench_shows_what_an_answer_was_made_of(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}/workbench/") as page:
        page.get_by_role("textbox", name="Question").fill("Where was the CCI?")
        page.get_by_role("button", name="Ask").click()
        page.locator("#report table").first.wait_for()
        assert page.locator("#report caption").all_inner_texts() == ["Answer", "Sentences", "Sources"]
        page.get_by_role("button", name="Show which answers helped").click()
        page.locator("#counts table, #counts p").first.wait_for()
        assert violations(page, enhanced=False) == []
