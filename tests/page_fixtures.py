"""For the page's tests: a real index, answers of every kind from it, and a served page with a real browser."""

import asyncio
import queue
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from assistant.answer import Answer, Citation, Role, Sentence, Status, Turn
from ingest.build import build_index
from ingest.embed import HashEncoder
from ingest.index import Index, open_index
from ingest.quoted import locate
from ingest.settings import PROJECT
from ingest.texts import fixed_text
from page.respond import Assistant
from page.server import create_app

DESKTOP, PHONE, ZOOMED = (1280, 900), (360, 640), (320, 256)
HOSTILE = '<script>window.harmed = 1</script><img src=x onerror="window.harmed = 1">{{value}}${window.harmed = 1}'
ENDED = "Cal MediConnect (CMC) extended contracts under the CMC demonstration through December 31, 2022."
SEVEN = "The seven counties are Los Angeles, Orange, Riverside, San Bernardino, San Diego, San Mateo, and Santa Clara."
IMPLEMENTED = "The CCI was implemented in seven counties beginning in 2014."
NO_LIST = "Patients can still opt out later even if they are passively enrolled."
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def build(corpus: Path, folder: Path) -> Index:
    """A real index of a corpus, without a model."""
    build_index(corpus, folder, [HashEncoder()], progress=lambda what, done, total: None)
    return open_index(folder, [HashEncoder()])


def shipped(folder: Path) -> Index:
    """The shipped corpus, indexed without a model."""
    return build(PROJECT / "corpus", folder)


def cite(index: Index, source_id: str, quote: str, program_status: str = "") -> Citation:
    """The citation of words that stand in a document."""
    document = index.documents[source_id]
    span = locate(quote, document)
    assert span, quote
    source = document.source
    heading = next((b.headings[-1] for b in document.blocks if b.start <= span.start < b.end and b.headings), "")
    return Citation(
        source_id=source_id,
        file=source.file,
        title=source.title,
        publisher=source.publisher,
        label=source.label or source.title,
        quote=document.text[span.start : span.end],
        start=span.start,
        end=span.end,
        page=document.page_at(span.start),
        heading=heading,
        date=source.date,
        program_status=program_status,
    )


class FakeAssistant:
    """Answers by the words in the message, with real citations into a real index; keeps what it was asked."""

    model: object = None

    def __init__(self, index: Index) -> None:
        self.index = index
        self.asked: list[tuple[str, tuple[Turn, ...], Role]] = []
        self.languages: list[str] = []

    def watched(self, asking: Callable[[], None], shown: Callable[[Sentence], None]) -> Assistant:
        return self

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        self.asked.append((message, tuple(history), role))
        self.languages.append(language)
        hicap = self.index.knowledge.contact("hicap")
        assert hicap
        if not message.strip():
            words = fixed_text("say.empty_question", language)
            return Answer(Status.EMPTY_QUESTION, "", (Sentence(words, "fixed"),), (), language or "en")
        if len(message) > 2000:
            return Answer(Status.QUESTION_TOO_LONG, "", (Sentence("That is too long. Please shorten it.", "fixed"),))
        if "break" in message:
            raise RuntimeError(message)
        if "slow" in message:
            time.sleep(1.5)
        if "chest pain" in message:
            emergency = self.index.knowledge.contact("emergency")
            assert emergency
            return Answer(Status.EMERGENCY, message, (Sentence("Call 911 now. Do not wait.", "fixed"),), (emergency,))
        if "123-45-6789" in message:
            masked = message.replace("123-45-6789", "[number removed]")
            return Answer(
                Status.NOT_IN_DOCUMENTS,
                masked,
                (Sentence("The documents don't say.", "fixed"),),
                (hicap,),
                removed=("Social Security number",),
            )
        if language not in ("", "en") or "¿" in message:
            return self._translated(message, language or "es")
        return Answer(
            Status.ANSWERED,
            message,
            self._sentences(),
            (hicap,),
            review="checked",
            words=(("CCI", "The state plan from 2012."), ("LTSS", "Long-term help.")),
            choices=("Los Angeles", "San Diego") if "Which" in message else (),
            next_questions=("Can I keep my doctor?",),
        )

    def _translated(self, message: str, language: str) -> Answer:
        hicap = self.index.knowledge.contact("hicap")
        assert hicap
        seven = cite(self.index, "dhcs-cci-page", SEVEN)
        said = Sentence(fixed_text("say.nearest", language), "prepared", (seven,), "The CCI was for seven counties.")
        fixed = Sentence(fixed_text("say.not_reviewed", language), "fixed")
        quote = Sentence(seven.quote, "quote", (seven,))
        return Answer(Status.ANSWERED, message, (said, quote, fixed), (hicap,), language, review="checked")

    def _sentences(self) -> tuple[Sentence, ...]:
        ended = cite(self.index, "health-net-manual", ENDED, "This program ended on December 31, 2022.")
        seven = cite(self.index, "dhcs-cci-page", SEVEN)
        implemented = cite(self.index, "dhcs-cci-page", IMPLEMENTED)
        opt_out = cite(self.index, "la-care-brochure", NO_LIST)
        return (
            Sentence("Cal MediConnect ended on December 31, 2022. It takes no new members.", "notice", (ended,)),
            Sentence("The CCI was for seven counties.", "prepared", (seven,)),
            Sentence(
                "More counties came later.",
                "update",
                note="Not from the documents: our summary of a page (An office, 2026).",
                url="https://example.org/counties",
            ),
            Sentence(seven.quote, "quote", (seven,)),
            Sentence("It began in 2014.", "written", (implemented,)),
            Sentence(" ".join(opt_out.quote.split()), "quote", (opt_out,)),
            Sentence("The documents don't say which plans are open today.", "fixed"),
        )


@contextmanager
def served(assistant: Assistant) -> Iterator[str]:
    """The page on a free loopback port; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    running: queue.Queue[uvicorn.Server] = queue.Queue()

    async def serve() -> None:
        # Made inside the event loop, or Gradio makes loops of its own and leaves them open.
        app = create_app(assistant)
        server = uvicorn.Server(
            uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        )
        running.put(server)
        await server.serve(sockets=[listener])

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    server = running.get(timeout=60)
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser; fails with what to install when there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "the page's tests need a browser: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser,
    address: str,
    size: tuple[int, int] = DESKTOP,
    scheme: Literal["light", "dark"] = "light",
    locale: str = "en-US",
    before: str = "",
) -> Iterator[Page]:
    """The page on a device of its own, whose browser does `before` first.

    Fails if the page asked another host for anything or its script failed.
    """
    width, height = size
    viewport = ViewportSize(width=width, height=height)
    with browser.new_context(viewport=viewport, color_scheme=scheme, locale=locale) as context:
        context.set_default_timeout(15_000)
        context.add_init_script(before or "null")
        page = context.new_page()
        asked: list[str] = []
        faults: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(address)
        yield page
        own = "/".join(address.split("/")[:3])
        assert [url for url in asked if not url.startswith((own, "data:", "blob:"))] == []
        assert faults == []


def ask(page: Page, question: str) -> None:
    """Ask by keyboard and wait for the answer in the page."""
    answers = page.locator(".turn").count()
    page.locator("#question").focus()
    page.keyboard.insert_text(question)
    page.keyboard.press("Enter")
    page.wait_for_function("count => document.querySelectorAll('.turn').length > count", arg=answers)


def open_source(page: Page, number: int = 1) -> None:
    """Press a citation's number and wait for its words."""
    page.locator(f'.turn [data-about$="-{number}"]').first.click()
    page.locator("#source #cited-words").wait_for()


def unfold(page: Page) -> None:
    """Open all that is folded away in answers."""
    page.evaluate("document.querySelectorAll('.turn details').forEach(part => { part.open = true; })")


def is_in_view(page: Page, selector: str) -> bool:
    """Whether the whole element lies in the window, below the bar."""
    script = """selector => {
      const box = document.querySelector(selector).getBoundingClientRect();
      const bar = document.querySelector('.bar').getBoundingClientRect();
      const below = selector.startsWith('.bar') ? 0 : Math.max(0, bar.bottom);
      return box.top >= below - 1 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    }"""
    return bool(page.evaluate(script, selector))


def is_wider_than_window(page: Page) -> list[str]:
    """What stands out of the window to the side; nothing where nothing does."""
    script = """() => [...document.querySelectorAll('body *')]
      .filter(part => part.offsetParent && !part.closest('.visually-hidden, .skip, svg'))
      .filter(part => {
        const box = part.getBoundingClientRect();
        return box.right > innerWidth + 1 || box.left < -1;
      }).map(part => part.outerHTML.slice(0, 90))"""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth") is True
    return [*(["the page"] if wide else []), *page.evaluate(script)]


def violations(page: Page, *, enhanced: bool = True) -> list[tuple[str, list[str]]]:
    """What axe finds, by its strictest rule for contrast too where that is wanted."""
    rules = {"rules": {"color-contrast-enhanced": {"enabled": enhanced}, "target-size": {"enabled": True}}}
    found = Axe().run(page, options=rules).response["violations"]
    return [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
