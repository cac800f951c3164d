"""python docs/screenshots.py: pictures of the page and the desk, as people see them, in docs/*.png.

Needs Chromium and an index (python -m ingest). Pictures have few colors, so that each stays under 150 kB.
"""

import io
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from assistant.pipeline import Assistant  # noqa: E402
from desk.server import mount_desk  # noqa: E402
from desk.staff import password_hash  # noqa: E402
from ingest.settings import Settings  # noqa: E402
from page.server import create_app  # noqa: E402

PHONE, DESK = (360, 640), (1280, 860)
_COLORS = 96
_NAME, _PASSWORD = "ana", "for-pictures-only"
_QUESTION = "How do I get on Cal MediConnect?"
_SPANISH = "¿Puedo quedarme con mi doctor en un Medi-Medi Plan?"


@dataclass(frozen=True, slots=True)
class View:
    """A picture's name, what is done before it is taken, and on which device."""

    name: str
    steps: Callable[[Page], None]
    locale: str = "en-US"
    is_dark: bool = False
    sizes: Sequence[tuple[int, int]] = (PHONE, DESK)
    path: str = "/"


def _nothing(page: Page) -> None:
    page.locator("#question").wait_for()


def _asks(question: str) -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        page.locator("#question").fill(question)
        page.locator("#send").click()
        page.locator(".turn").wait_for()

    return ask


def _opens_source(page: Page) -> None:
    _asks(_QUESTION)(page)
    page.locator(".cite-mark").first.click()
    page.locator("#source #cited-words").wait_for()


def _signs_in(address: str) -> Callable[[Page], None]:
    """Sign in, then go on to an address of the desk."""

    def sign_in(page: Page) -> None:
        if page.get_by_label("Name").count():
            page.get_by_label("Name").fill(_NAME)
        page.get_by_label("Password").fill(_PASSWORD)
        page.keyboard.press("Enter")
        page.locator("#q").wait_for()
        page.goto(page.url.partition("/desk")[0] + address)

    return sign_in


def _waits(page: Page) -> None:
    page.wait_for_load_state()


VIEWS = (
    View("empty", _nothing),
    View("answer", _asks(_QUESTION)),
    View("source", _opens_source),
    View("spanish", _asks(_SPANISH), locale="es-MX"),
    View("dark", _asks("Do Medi-Medi Plans cover rides to the doctor?"), is_dark=True),
    View("persian", _asks("آیا هنوز می‌توانم عضو Cal MediConnect شوم؟"), locale="fa-IR", sizes=(PHONE,)),
    View("emergency", _asks("I have chest pain"), sizes=(PHONE,)),
    View("desk-search", _signs_in("/desk?q=passive+enrollment"), path="/desk"),
    View("desk-card", _signs_in("/desk/card?q=is+continuity+of+care+6+months+or+12+months&language=es"), path="/desk"),
    View("desk-flag", _signs_in("/desk/flag?q=can+I+keep+my+doctor"), path="/desk"),
    View("documents", _waits, path="/documents"),
    View("document", _waits, path="/documents/la-care-brochure?show=3845-3914#cited-words"),
)


def take(browser: Browser, address: str, views: Sequence[View], folder: Path) -> list[Path]:
    """Take the pictures of all views on all their devices; the files that were written."""
    written = []
    for view in views:
        for width, height in view.sizes:
            context = browser.new_context(
                viewport=ViewportSize(width=width, height=height),
                locale=view.locale,
                color_scheme="dark" if view.is_dark else "light",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(address + view.path)
            view.steps(page)
            page.wait_for_timeout(200)
            file = folder / f"{view.name}-{width}.png"
            _save(page.screenshot(), file)
            context.close()
            written.append(file)
    return written


def _save(picture: bytes, file: Path) -> None:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(_COLORS, dither=Image.Dither.NONE).save(file, optimize=True)


@contextmanager
def _served() -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    assistant = Assistant.open(Settings.from_env())
    app = create_app(assistant)
    folder = tempfile.TemporaryDirectory()
    mount_desk(app, assistant, staff=f"{_NAME}:{password_hash(_PASSWORD)}", flags=Path(folder.name) / "flags.sqlite")
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        folder.cleanup()


def main() -> int:
    """Exit code 0 when all pictures were taken, 1 without a browser."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.stderr.write("error: pictures need a browser: apt-get install chromium\n")
        return 1
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for file in take(browser, address, VIEWS, HERE):
            sys.stderr.write(f"{file.name}: {file.stat().st_size // 1000} kB\n")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
