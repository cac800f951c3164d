"""What staff do at the desk with a caller waiting, each task from end to end in a real browser."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from desk_fixtures import DESKTOP, NARROW, PHONE, VIEWS, Served, desk_pictures, served_desk, sign_in, signed_in
from page_fixtures import chromium
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pypdf import PdfReader

from assistant.pipeline import Assistant
from desk.export import cases
from desk.flags import Flags
from evals.case import Gold, load_cases

pytest_plugins = ["assistant_fixtures"]

KEPT = "is continuity of care 6 months or 12 months"
OPT_OUT = "Patients can still opt out later even if they are passively enrolled."
# WCAG 2.2 A and AA, and the rules that axe leaves off at first.
RULES: dict[str, object] = {"rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}}

CONTRAST: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast-enhanced", "color-contrast"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
}


@pytest.fixture(scope="module")
def desk(literal: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_desk(literal, tmp_path_factory.mktemp("desk") / "flags.sqlite") as desk:
        yield desk


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def inside(browser: Browser, desk: Served) -> Iterator[BrowserContext]:
    """One browser that has signed in."""
    context = signed_in(browser, desk.address)
    yield context
    context.close()


@contextmanager
def opened(context: BrowserContext, address: str) -> Iterator[Page]:
    """A page; fails if it asked another host for anything, or its script or policy failed."""
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.goto(address)
    try:
        yield page
        host = "/".join(address.split("/")[:3])
        assert [url for url in asked if not url.startswith((host, "data:", "mailto:"))] == []
        assert faults == []
    finally:
        page.close()


def search(page: Page, typed: str) -> None:
    """Type, and wait until the pause after typing has been answered."""
    page.keyboard.type(typed)
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query).get("q") == [typed])


def titles(page: Page) -> list[str]:
    return page.locator(".hit .open").all_inner_texts()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.tagName"))


def test_task_1_a_citation_is_copied_within_ten_keys_and_two_seconds(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        assert focused(page) == "q"
        keys = [*"passiv", "ArrowDown", "ArrowDown", "c"]
        assert len(keys) <= 10
        began = time.monotonic()
        for key in keys:
            page.keyboard.press(key)
        page.locator(".quiet.done").wait_for()
        assert time.monotonic() - began < 2
        pasted = page.evaluate("navigator.clipboard.readText()")
        said, _, link = pasted.partition("\n")
        assert said == (
            f"“{OPT_OUT}” (Cal MediConnect brochure; L.A. Care Health Plan; page 2; no date printed (about 2014 or "
            "2015); Cal MediConnect ended December 31, 2022)"
        )
        page.goto(link)
        assert page.locator("mark.cited").text_content() == f"Cited words: {OPT_OUT} (end of cited words)"


def test_task_2_an_exact_phrase_finds_only_what_holds_it(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        search(page, '"passively enrolled"')
        page.locator(".hit").first.wait_for()
        texts = page.locator(".hit").all_text_contents()
        assert texts
        assert all("passively enrolled" in " ".join(text.split()).lower() for text in texts)
        assert "passively enrolled" in page.locator(".hit mark").all_inner_texts()


def test_task_3_a_search_is_narrowed_to_a_county_by_keyboard(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        search(page, "podiatry glasses")
        county = page.get_by_role("checkbox", name="San Diego")
        county.focus()
        page.keyboard.press("Space")
        page.wait_for_url("**county=San+Diego*")
        assert focused(page) != "q"
        shown = page.locator("#count").inner_text()
        assert shown.startswith(f"{page.locator('.hit').count()} found")
        assert page.locator('[data-count="county:San Diego"]').inner_text() == str(page.locator(".hit").count())
        page.keyboard.press("/")
        assert focused(page) == "q"


def test_task_4_it_is_seen_that_a_program_has_ended_and_what_is_newer(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        search(page, "choose not to participate")
        hit = page.locator(".hit.is-document", has_text="Patients can choose not to participate").first
        assert "Cal MediConnect ended on December 31, 2022. Its members were to move" in hit.inner_text()
        page.goto(f"{desk.address}/desk?q=1.6+million&kind=document")
        differing = page.locator(".hit", has_text="Currently, only about 8%").locator("li.differs").first
        assert "another count" in differing.inner_text()
        page.goto(f"{desk.address}/desk?q=how+many+Californians+have+both&kind=prepared")
        newer = page.locator(".hit", has_text="How many Californians have both").locator("li.newer").first
        assert "about 1.7 million people" in newer.inner_text()


def test_task_5_enter_opens_the_document_at_the_place_and_back_returns(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk?q=opt+out+later&kind=document") as page:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents/la-care-brochure?show=*")
        assert OPT_OUT in (page.locator("mark.cited").text_content() or "")
        assert page.evaluate("document.querySelector('#cited-words').getBoundingClientRect().top < innerHeight")
        page.go_back()
        assert page.locator("#q").input_value() == "opt out later"
        assert page.locator(".hit").count() > 0


def test_task_6_a_call_card_prints_on_one_page_with_its_sources(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        page.keyboard.type("does health net cover podiatry in los angeles")
        page.get_by_role("button", name="Call card").click()
        page.locator(".say").wait_for()
        assert page.locator(".ask-first li").all_inner_texts() == [
            "Is it about Los Angeles County? This answer holds there.",
            "Is the plan Health Net? This answer is of that plan.",
        ]
        quotes = page.locator(".policy blockquote p").all_inner_texts()
        assert any("In Los Angeles, routine podiatry" in quote for quote in quotes)
        assert page.locator('.transfer a[href="tel:+18004340222"]').count() == 1
        assert page.locator(".unsaid li").count() > 0
        mail = page.get_by_role("link", name="E-mail").get_attribute("href") or ""
        assert mail.startswith("mailto:?subject=Answer%3A%20does%20health%20net")
        assert len(mail) < 2000
        sheet = PdfReader(io.BytesIO(page.pdf(format="Letter")))
        text = sheet.pages[0].extract_text()
        assert len(sheet.pages) == 1
        assert [part in text for part in ("Say this", "Transfer to", "Sources", "Health Net", "Sign out")] == (
            [True, True, True, True, False]
        )


def test_task_7_the_script_is_read_in_spanish_with_the_english_beside_it(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk/card?q={KEPT}") as page:
        english = page.locator(".say .line").all_inner_texts()
        page.get_by_label("Caller's language").select_option("Spanish")
        page.get_by_role("button", name="Show").press("Enter")
        page.locator('.say [lang="es"]').first.wait_for()
        beside = page.locator(".say .english").all_inner_texts()
        assert set(beside) <= set(english)
        assert "meses" in page.locator(".say").inner_text()
        assert "Ningún traductor humano ha revisado este texto." in page.locator(".say").inner_text()


def test_task_8_a_flag_becomes_a_case_that_the_evals_read(
    inside: BrowserContext, desk: Served, literal: Assistant, tmp_path: Path
) -> None:
    with opened(inside, f"{desk.address}/desk/card?q={KEPT}") as page:
        page.get_by_role("link", name="Flag", exact=True).click()
        assert page.get_by_label("The question").input_value() == KEPT
        page.get_by_label("Outdated").check()
        page.get_by_label("The words in it").fill("6 or 12 months")
        page.get_by_label("What it should say").fill("Up to 12 months. SSN 123-45-6789 called.")
        page.get_by_label("Document that says so").select_option("la-care-brochure")
        page.get_by_label("Its words").fill(OPT_OUT)
        page.get_by_role("button", name="Keep the flag").click()
        page.wait_for_url("**/desk/flags#flag-*")
        assert KEPT in page.locator(".rows h2").first.inner_text()
        assert "123-45-6789" not in page.content()
    file = tmp_path / "cases.jsonl"
    file.write_text(cases(Flags(desk.flags).all(), literal.index.documents), encoding="utf-8")
    (case,) = load_cases(file)
    assert (case.id, case.question, case.role.value, case.answerable) == ("flag-1", KEPT, "staff", True)
    assert case.gold == (Gold(file="001_0cfbc33918fbe43c.txt", quote=OPT_OUT),)
    assert case.must_not == (r"6\s+or\s+12\s+months",)


def test_task_9_a_shared_address_shows_the_search_to_a_colleague_who_signs_in(browser: Browser, desk: Served) -> None:
    context = browser.new_context()
    with opened(context, f"{desk.address}/desk?q=IHSS&kind=definition") as page:
        assert "/desk/sign-in?target=" in page.url
        page.get_by_label("Password").fill("a long password")
        page.keyboard.press("Enter")
        page.locator(".hit").first.wait_for()
        assert page.url == f"{desk.address}/desk?q=IHSS&kind=definition"
        assert titles(page) == ["IHSS (In-Home Supportive Services)"]
        assert page.get_by_label("Definitions").is_checked()
    context.close()


def test_task_10_a_document_is_read_from_its_outline_without_signing_in_or_script(
    browser: Browser, desk: Served
) -> None:
    context = browser.new_context(java_script_enabled=False)
    with opened(context, f"{desk.address}/documents") as page:
        page.get_by_label("Title, publisher or plan").fill("l.a. care")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Cal MediConnect brochure").click()
        assert "Cal MediConnect ended December 31, 2022" in page.locator(".facts").inner_text()
        assert "One is indexed." in page.locator(".facts").inner_text()
        page.get_by_role("link", name="Page 3").click()
        assert page.url.endswith("#page-3")
        page.locator(".cited-by summary").click()
        page.locator(".cited-by a").first.click()
        assert page.locator("#cited-words").count() == 1
    context.close()


def test_a_place_in_a_documents_address_is_marked_and_in_view(browser: Browser, desk: Served) -> None:
    context = browser.new_context()
    text = f"{desk.address}/documents/la-care-brochure"
    with opened(context, f"{text}#s-300-330") as page:
        page.locator("#cited-words").wait_for()
        page.goto(f"{text}#s-3000-3040")
        page.locator("#said", has_text="marked").wait_for()
        assert page.locator("mark.cited").count() >= 1
        assert page.evaluate(
            "Math.abs(document.querySelector('#cited-words').getBoundingClientRect().top) < innerHeight"
        )
        assert page.url == f"{text}#s-3000-3040"
    context.close()


def test_a_link_in_a_mail_program_on_another_site_opens_the_desk_at_once(inside: BrowserContext, desk: Served) -> None:
    page = inside.new_page()
    page.goto(desk.address.replace("127.0.0.1", "localhost") + "/documents")
    page.evaluate(f"location.href = '{desk.address}/desk?q=IHSS&kind=definition'")
    page.locator(".hit").first.wait_for()
    assert page.url == f"{desk.address}/desk?q=IHSS&kind=definition"
    page.close()


def test_every_view_can_be_pictured(inside: BrowserContext, desk: Served, tmp_path: Path) -> None:
    pictures = desk_pictures(inside, desk.address, tmp_path / "pictures")
    assert [(file.stem, file.read_bytes()[:4]) for file in pictures] == [(name, b"\x89PNG") for name in VIEWS]


def test_keys_of_one_letter_can_be_turned_off(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk?q=IHSS") as page:
        page.locator(".keys summary").click()
        page.get_by_label("Keys of one letter").uncheck()
        page.locator(".hit .open").first.focus()
        page.keyboard.press("/")
        page.keyboard.press("c")
        assert focused(page) == "hit-1"
        assert page.locator(".quiet.done").count() == 0
        page.get_by_label("Keys of one letter").check()
        page.locator(".hit .open").first.focus()
        page.keyboard.press("/")
        assert focused(page) == "q"


def test_more_results_come_by_keyboard_and_the_next_one_has_the_focus(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk?q=plan") as page:
        assert page.locator(".hit").count() == 25
        page.locator("#hit-25").focus()
        page.keyboard.press("ArrowDown")
        assert focused(page) == "more"
        page.keyboard.press("ArrowUp")
        assert focused(page) == "hit-25"
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#hit-50").wait_for()
        page.wait_for_function("() => document.activeElement.id === 'hit-26'")
        assert page.url.endswith("upto=50")
        page.keyboard.press("m")
        page.locator("#hit-75").wait_for()
        page.wait_for_function("() => document.activeElement.id === 'hit-51'")
        assert "the first 75 shown" in page.locator("#said").inner_text()
        page.reload()
        assert page.locator(".hit").count() == 75
        page.locator("#q").focus()
        page.keyboard.press("End")
        page.keyboard.type("s")
        page.wait_for_url("**/desk?q=plans")
        assert page.locator(".hit").count() == 25, "other words begin anew"


def test_updates_are_narrowed_to_a_county_that_only_they_name(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/desk?kind=update") as page:
        page.get_by_role("checkbox", name="Tulare").check()
        page.wait_for_url("**county=Tulare*")
        assert titles(page)[0].startswith("Just before 2026, there were Medi-Medi Plans in 12 counties")


def test_who_has_signed_in_goes_from_a_document_back_to_the_search(inside: BrowserContext, desk: Served) -> None:
    with opened(inside, f"{desk.address}/documents/la-care-brochure") as page:
        page.get_by_role("link", name="Search", exact=True).click()
        page.locator("#q").wait_for()
        assert page.locator(".out .who").inner_text() == "ana"


def test_axe_finds_nothing_on_any_view_in_either_scheme(inside: BrowserContext, desk: Served) -> None:
    paths = [
        "/desk",
        "/desk?q=1.6+million",
        "/desk?q=nothinglikethis",
        "/desk?q=plan",
        "/desk?q=the",
        "/desk/card?q=how+many+Californians+have+both+Medicare+and+Medi-Cal",
        "/desk/card",
        f"/desk/card?q={KEPT}&language=es",
        "/desk/card?q=I+have+chest+pain+right+now",
        "/desk/flag?q=IHSS",
        "/desk/flags",
        "/desk/sign-in",
        "/documents",
        "/documents/la-care-brochure?show=300-420",
        "/documents/none",
    ]
    found = []
    with opened(inside, f"{desk.address}/desk") as page:
        for path in paths:
            page.goto(desk.address + path)
            page.emulate_media(color_scheme="light")
            found += violations(page, path, RULES)
            page.emulate_media(color_scheme="dark")
            found += violations(page, f"{path} in the dark", CONTRAST)
    assert found == []


def violations(page: Page, where: str, options: dict[str, object]) -> list[tuple[str, str, list[str]]]:
    found = Axe().run(page, options=options).response["violations"]
    return [(where, each["id"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]


@pytest.mark.parametrize("size", [NARROW, PHONE, DESKTOP])
def test_nothing_is_wider_than_the_window(inside: BrowserContext, desk: Served, size: tuple[int, int]) -> None:
    with opened(inside, f"{desk.address}/desk") as page:
        page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
        wide = []
        for path in (
            "/desk?q=1.6+million",
            "/desk/card?q=how+many+people+have+both",
            "/desk/flag?q=x",
            "/documents/la-care-brochure",
        ):
            page.goto(desk.address + path)
            wide.append(page.evaluate("document.documentElement.scrollWidth"))
        assert wide == [size[0]] * 4


def test_a_wrong_password_is_said_and_signing_out_closes_the_desk(browser: Browser, desk: Served) -> None:
    context = browser.new_context()
    with opened(context, f"{desk.address}/desk") as page:
        page.get_by_label("Password").fill("not the password")
        page.keyboard.press("Enter")
        assert page.get_by_role("alert").inner_text() == "That is not the password."
        sign_in(page, desk.address)
        page.get_by_role("button", name="Sign out").click()
        page.goto(f"{desk.address}/desk/flags")
        assert page.get_by_role("heading", level=1).inner_text() == "Staff desk"
    context.close()
