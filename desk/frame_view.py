"""The frame of every page of the desk and of the documents: title, bar, main part; and the policy for browsers."""

from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

NAME = "Duals Navigator"
ASSETS = Path(__file__).parent
# Nothing from any other host, no script or style in the page itself.
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


def page(title: str, main: str, *, name: str = "", code: int = 200) -> HTMLResponse:
    """A whole page; `name` is who has signed in, empty on pages for everybody."""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<link rel="icon" href="data:,">'
        f"<title>{escape(title)} · {NAME}</title>"
        f'<link rel="stylesheet" href="/desk/assets/desk.css?{_version("desk.css")}">'
        f'<script defer src="/desk/assets/desk.js?{_version("desk.js")}"></script></head><body>'
        '<a class="skip" href="#main">Skip to the main part</a>'
        f'{_bar(name)}<main id="main" tabindex="-1">{main}</main>'
        '<div id="said" class="visually-hidden" role="status" aria-live="polite"></div></body></html>'
    )
    return HTMLResponse(html, code, HEADERS)


def _bar(name: str) -> str:
    links = [("/desk", "Search"), ("/documents", "Documents"), ("/desk/flags", "Flags")]
    shown = links if name else [("/documents", "Documents"), ("/desk", "Staff desk")]
    items = "".join(f'<li><a href="{address}">{words}</a></li>' for address, words in shown)
    out = (
        f'<form class="out" method="post" action="/desk/sign-out"><span class="who">{escape(name)}</span>'
        '<button class="quiet">Sign out</button></form>'
        if name
        else ""
    )
    about = "Staff desk" if name else ""
    return (
        f'<header class="bar"><a class="brand" href="/">{NAME}</a><span class="about">{about}</span>'
        f'<nav aria-label="Desk"><ul>{items}</ul></nav>{out}</header>'
    )


@cache
def _version(file: str) -> str:
    """Changes with the file, so that browsers keep it until then."""
    return sha256((ASSETS / file).read_bytes()).hexdigest()[:12]
