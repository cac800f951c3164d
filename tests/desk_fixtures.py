"""The desk on a loopback port, who may sign in there, and its pages as pictures."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from assistant.pipeline import Assistant
from desk.server import create_desk
from desk.staff import Staff, password_hash

PASSWORD = "a long password"
NAME = "ana"
DESKTOP = (1280, 860)
PHONE = (390, 844)
# The narrowest that WCAG 1.4.10 asks for: 1280 px at 400% zoom.
NARROW = (320, 256)


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that answers."""

    address: str
    flags: Path


@cache
def staff_setting() -> str:
    """One person and the hash of their password; made once, since hashing is slow by design."""
    return f"{NAME}:{password_hash(PASSWORD)}"


@contextmanager
def served_desk(assistant: Assistant, flags: Path) -> Iterator[Served]:
    """The desk alone, without the page."""
    with listening(create_desk(assistant, Staff(staff_setting()), flags)) as address:
        yield Served(address, flags)


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """An application on a free loopback port; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1, lifespan="off")
    )
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


def sign_in(page: Page, address: str) -> None:
    """Sign in by the form, as a person would."""
    page.goto(f"{address}/desk")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#q").wait_for()


def signed_in(browser: Browser, address: str) -> BrowserContext:
    """A browser whose clipboard can be read, signed in."""
    context = browser.new_context(viewport=ViewportSize(width=DESKTOP[0], height=DESKTOP[1]))
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, address)
    page.close()
    return context


VIEWS = {
    "desk-search": "/desk?q=1.6+million",
    "desk-filter": "/desk?q=continuity+of+care&county=Los+Angeles",
    "desk-card": "/desk/card?q=is+continuity+of+care+6+months+or+12+months&language=es",
    "desk-flag": "/desk/flag?q=can+I+keep+my+doctor",
    "desk-flags": "/desk/flags",
    "documents": "/documents",
    "document": "/documents/la-care-brochure?show=3845-3914#cited-words",
}


def desk_pictures(context: BrowserContext, address: str, folder: Path) -> tuple[Path, ...]:
    """A picture of each view of a desk that `context` has signed in to, as PNG files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    page = context.new_page()
    found = []
    for name, path in VIEWS.items():
        page.goto(address + path)
        page.screenshot(path=folder / f"{name}.png")
        found.append(folder / f"{name}.png")
    page.close()
    return tuple(found)
