"""What people come for, done from first key to last in a real browser, with the shipped answers."""

import io
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pytest
from page_fixtures import PHONE, ask, chromium, is_in_view, is_wider_than_window, open_source, opened, served
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from assistant.answer import Answer, Role, Sentence, Status, Turn
from assistant.pipeline import Assistant
from ingest.index import Index
from ingest.texts import fixed_text
from page.texts import label

pytest_plugins = ["assistant_fixtures"]
RIDES = "mom goes to dialysis 3 times a week who takes her"
VAN = "la señora que cuido va a diálisis tres veces por semana, ¿el Medi-Medi manda camioneta?"
RIDES_ARE_LISTED = 'Rides to care are on the state\'s list for Medi-Medi Plans ("medical transportation").'
JOIN = "can I still join cal mediconnect"
COUNTY = "when will medi-medi come to my county"
# A browser with a voice for English, which says nothing and remembers what it was given.
VOICE = """
  window.spoken = [];
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => [{ lang: 'en-US' }], speak: (each) => { spoken.push([each.lang, each.text]); each.onstart(); },
    cancel: () => spoken.push('cancelled'), addEventListener: () => {},
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
NO_PAPER = "window.print = () => { window.printed = (window.printed || 0) + 1; };"


class Guide:
    """The shipped answers, some with words to answer with and questions to go on with; slow when asked to be."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.histories: list[tuple[Turn, ...]] = []

    @property
    def index(self) -> Index:
        return self._assistant.index

    @property
    def model(self) -> object:
        return None

    def watched(self, asking: Callable[[], None], shown: Callable[[Sentence], None]) -> "Guide":
        return self

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        self.histories.append(tuple(history))
        if "slow" in message:
            time.sleep(2)
        answer = self._assistant.answer(message, history, role=role, language=language)
        if answer.status is Status.ANSWERED and message == COUNTY:
            return replace(answer, choices=("Los Angeles", "Fresno"), next_questions=("What is a Medi-Medi Plan?",))
        return answer


@pytest.fixture(scope="module")
def guide(literal: Assistant) -> Guide:
    return Guide(literal)


@pytest.fixture(scope="module")
def address(guide: Guide) -> Iterator[str]:
    with served(guide) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def letter_height(page: Page) -> float:
    size = page.evaluate("getComputedStyle(document.querySelector('.turn .point')).fontSize")
    return float(size.removesuffix("px"))


def kept(page: Page) -> dict[str, str]:
    """All that the browser keeps."""
    found: dict[str, str] = page.evaluate("({...localStorage, ...sessionStorage})")
    assert page.context.cookies() == []
    return found


def test_a_woman_with_low_vision_asks_who_drives_to_dialysis_enlarges_the_text_and_prints_the_answer(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, PHONE, before=NO_PAPER) as page:
        ask(page, RIDES)
        assert page.locator(".point .say").inner_text().startswith(RIDES_ARE_LISTED)
        before = letter_height(page)
        page.get_by_text("Text and colors").click()
        page.get_by_label("Very large").check()
        assert letter_height(page) == pytest.approx(before * 1.5)
        assert is_wider_than_window(page) == []
        page.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed") == 1
        paper = PdfReader(io.BytesIO(page.pdf()))
        text = " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())
        assert "1-800-434-0222" in text
        assert "[1] Medicare Medi-Cal Plans (MMPs or Medi-Medi Plans) fact sheet" in text
        assert "durable medical equipment, and medical transportation" in text
        assert "Rules may change. Please call to check before you act." in text
        assert not any(words in text for words in ("Was this helpful?", "Read aloud", "People often"))
        assert kept(page) == {"navigator-size": "3"}


def test_a_daughter_reads_the_answer_in_spanish_and_opens_its_source(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.get_by_text("Language · Idioma").click()
        page.get_by_role("link", name="Español").click()
        page.get_by_text(label("question_label", "es"), exact=True).wait_for()
        ask(page, VAN)
        turn = page.locator('.turn[lang="es"]')
        assert turn.locator("h2").inner_text() == f"{label('you_asked', 'es')}\n{VAN}"
        assert turn.locator(".point .say").inner_text().startswith("El transporte para su atención está en la lista")
        assert turn.locator(".english").first.inner_text().startswith(RIDES_ARE_LISTED)
        assert fixed_text("say.not_reviewed", "es") in turn.inner_text()
        open_source(page)
        assert page.locator("#source button").inner_text() == label("back", "es")
        assert "medical transportation" in page.locator("mark.cited").inner_text()
        assert page.locator("#source h2").get_attribute("lang") == "en"


def test_a_man_types_his_social_security_number_and_it_is_neither_shown_nor_sent_again(
    browser: Browser, address: str, guide: Guide
) -> None:
    with opened(browser, address) as page:
        assert label("privacy_hint") in page.locator("#ask").inner_text()
        ask(page, f"my ssn is 123-45-6789, {JOIN}")
        assert "did not keep it: Social Security number" in page.locator(".removed").inner_text()
        assert "123-45-6789" not in page.content()
        ask(page, JOIN)
        assert "123-45-6789" not in str(guide.histories[-1])
        assert guide.histories[-1][0].content == f"my ssn is [number removed], {JOIN}"


@pytest.mark.parametrize(("words", "language"), [("I want to kill myself", "en"), ("me quiero morir", "es")])
def test_someone_who_wants_to_die_gets_988_before_anything_else(
    browser: Browser, address: str, words: str, language: str
) -> None:
    with opened(browser, address, PHONE) as page:
        ask(page, words)
        assert "988" in page.locator(".turn h2").inner_text()
        assert is_in_view(page, '.turn a[href="tel:988"]')
        assert page.locator(".turn").get_attribute("lang") == language
        assert page.locator("#announcer p").first.inner_text() == page.locator(".turn h2").inner_text()
        assert page.locator(".turn button").count() == 0


def test_a_man_stops_a_slow_answer_and_finds_his_question_in_the_box(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.locator("#question").fill("slow: what is a medi-medi plan")
        page.keyboard.press("Enter")
        page.get_by_text("Searching the documents…").first.wait_for()
        page.get_by_role("button", name="Stop").click()
        page.locator("#status", has_text=label("stopped")).wait_for()
        assert page.locator("#question").input_value() == "slow: what is a medi-medi plan"
        page.locator("#question").fill("what is a medi-medi plan")
        page.keyboard.press("Enter")
        page.locator(".turn").wait_for()
        page.wait_for_timeout(2200)
        assert page.locator(".turn").count() == 1, "the answer that was stopped does not come after all"


def test_a_woman_at_the_library_clears_all_before_she_leaves(browser: Browser, address: str, guide: Guide) -> None:
    with opened(browser, address) as page:
        ask(page, JOIN)
        open_source(page)
        assert "Your questions and the answers stay in this tab." in page.locator(".foot").inner_text()
        page.get_by_role("button", name="Start over").click()
        page.get_by_role("button", name=label("ask_plan")).wait_for()
        assert page.locator(".turn").count() == 0
        assert page.locator("#source").is_hidden()
        assert "mediconnect" not in page.locator("#question").input_value()
        assert page.locator("#announcer").inner_text() == label("cleared")
        assert kept(page) == {}
        ask(page, COUNTY)
        assert guide.histories[-1] == ()
        page.reload()
        assert page.locator(".turn").count() == 0


def test_a_grandson_on_a_small_phone_sees_without_scrolling_that_the_program_has_ended(
    browser: Browser, address: str
) -> None:
    with opened(browser, address, PHONE) as page:
        assert is_in_view(page, "#question")
        assert is_in_view(page, "#send")
        ask(page, JOIN)
        assert page.locator(".point .say").inner_text() == "You can no longer join Cal MediConnect."
        assert is_in_view(page, ".turn .point")
        assert page.locator(".notice-title").inner_text() == "Cal MediConnect has ended"
        assert is_in_view(page, ".notice .aside")
        page.locator('.notice [data-about$="-1"]').click()
        page.locator("#source #cited-words").wait_for()
        assert is_in_view(page, "#source h2")
        assert is_in_view(page, "#cited-words")
        assert "Cal MediConnect ended on December 31, 2022" in page.locator("#source dl").inner_text()


@pytest.mark.parametrize("question", [RIDES, JOIN, VAN])
def test_a_man_with_a_phone_reads_whom_to_call_within_two_screens(
    browser: Browser, address: str, question: str
) -> None:
    with opened(browser, address, (360, 740)) as page:
        ask(page, question)
        ends = page.evaluate(
            """() => {
              const box = each => document.querySelector(each).getBoundingClientRect();
              return ['.point', '.contacts'].map(each => box(each).bottom - box('.turn').top);
            }"""
        )
        assert ends[0] < 740
        assert ends[1] < 2 * 740
        marks = " ".join(page.locator(".cite-mark, .cite b").all_text_contents())
        assert set(re.findall(r"\d+", marks)) == {str(n + 1) for n in range(page.locator(".turn .about").count())}


def test_a_woman_who_uses_no_mouse_asks_reads_a_source_and_says_that_it_helped(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        helped: list[str] = []
        page.on("request", lambda each: helped.append(each.post_data or "") if "helpful" in each.url else None)

        def tab_to(words: str) -> None:
            for _ in range(40):
                page.keyboard.press("Tab")
                name = page.evaluate("document.activeElement.ariaLabel || document.activeElement.innerText || ''")
                if name.startswith(words):
                    return
            raise AssertionError(f"the keyboard does not reach {words!r}")

        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.type(RIDES)
        page.keyboard.press("Enter")
        page.locator(".turn").wait_for()
        tab_to("Medi-Medi Plan")
        page.keyboard.press("Enter")
        assert page.locator(".meaning:visible").inner_text().startswith("Medi-Medi Plan: One plan for people")
        tab_to("[1] Source: DHCS fact sheet, 2022")
        page.keyboard.press("Enter")
        page.locator("#source #cited-words").wait_for()
        page.keyboard.press("Escape")
        tab_to("Yes")
        page.keyboard.press("Enter")
        page.locator(".helpful", has_text=label("thanks")).wait_for()
        assert helped == ['{"useful":true,"topics":["medi-medi-rides"]}']


def test_a_caregiver_picks_a_short_answer_and_goes_on_with_the_next_question(
    browser: Browser, address: str, guide: Guide
) -> None:
    with opened(browser, address, PHONE) as page:
        ask(page, COUNTY)
        page.get_by_role("button", name="Fresno").click()
        page.locator(".turn h2", has_text="Fresno").wait_for()
        assert guide.histories[-1][0] == Turn("user", COUNTY)
        page.get_by_text(label("next_questions")).last.click()
        page.get_by_role("button", name="What is a Medi-Medi Plan?").click()
        page.locator(".turn h2", has_text="What is a Medi-Medi Plan?").wait_for()
        assert len(guide.histories[-1]) == 4
        assert page.locator("#earlier").inner_text() == "Your earlier questions"


def test_a_man_who_reads_korean_finds_the_page_in_korean_the_next_day(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.get_by_text("Language · Idioma").click()
        page.get_by_role("link", name="한국어").click()
        page.get_by_text(label("question_label", "ko"), exact=True).wait_for()
        assert kept(page) == {"navigator-language": "ko"}
        page.goto(address)
        page.get_by_text(label("question_label", "ko"), exact=True).wait_for()
        assert page.title() == f"Duals Navigator: {label('title', 'ko')}"
        page.get_by_role("button", name=label("ask", "ko"), exact=True).click()
        page.locator("#status .message", has_text=fixed_text("say.empty_question", "ko")).wait_for()


def test_a_man_hears_the_answer_read_aloud_and_stops_it(browser: Browser, address: str) -> None:
    with opened(browser, address, before=VOICE) as page:
        ask(page, JOIN)
        button = page.get_by_role("button", name="Read aloud")
        button.click()
        spoken = page.evaluate("window.spoken")
        assert spoken[:2] == [
            ["en-US", "You can no longer join Cal MediConnect."],
            ["en-US", "Cal MediConnect has ended"],
        ]
        assert page.locator(".is-read").first.inner_text() == "You can no longer join Cal MediConnect."
        page.get_by_role("button", name="Stop reading").click()
        assert page.evaluate("window.spoken.at(-1)") == "cancelled"
        assert page.locator(".is-read").count() == 0
        assert page.get_by_role("button", name="Read aloud").count() == 1
        page.get_by_role("button", name="Start over").click()
        ask(page, "me quiero informar: ¿qué es un plan Medi-Medi?")
        assert page.get_by_role("button", name=label("read_aloud", "es")).count() == 0, "there is no Spanish voice"


def test_a_neighbor_copies_the_answer_with_its_sources_into_a_letter(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask(page, JOIN)
        page.get_by_role("button", name="Copy").click()
        page.get_by_role("button", name="Copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.startswith(
            f"You asked: {JOIN}\n\nYou can no longer join Cal MediConnect.\n\nCal MediConnect ended"
        )
        assert "\n[1] Cal MediConnect (provider manual page); Health Net; last updated May 23, 2022; " in copied
        assert copied.endswith("You are talking with a computer program, not a person.")


def test_a_reader_of_persian_asks_in_the_dark_from_right_to_left(browser: Browser, address: str) -> None:
    with opened(browser, address, PHONE, scheme="dark", locale="fa-IR") as page:
        page.get_by_role("button", name=label("ask_join", "fa")).click()
        turn = page.locator('.turn[lang="fa"][dir="rtl"]')
        turn.wait_for()
        assert turn.locator(".point .say").inner_text() == fixed_text("say.closed", "fa").format(name="Cal MediConnect")
        assert page.evaluate("getComputedStyle(document.querySelector('.turn .point')).textAlign") == "start"
        quote = turn.locator(".english").first
        assert (quote.get_attribute("lang"), quote.get_attribute("dir")) == ("en", "ltr")
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert is_wider_than_window(page) == []
