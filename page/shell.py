"""The HTML around Gradio: the notice that is always in view, the place of the source panel, and no other host.

Gradio's own entry page names other hosts (social-media cards) and has no title; this takes its body and scripts
and gives them our frame, and a content policy that keeps browsers from asking any other host for anything.
"""

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.knowledge import Contact
from ingest.records import Source
from page.contact_box import linked, short_name
from page.texts import LIMITS, NAME, label

_HERE = Path(__file__).parent
# Gradio's front end compiles templates ('unsafe-eval'); scripts and styles stand in the page ('unsafe-inline').
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-src 'none'; object-src 'none'; "
    "form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)
_FOREIGN = re.compile(
    r'<meta\s+(?:property="og:|name="twitter:)[^>]*>'
    r'|<link rel="manifest"[^>]*>'
    r"|<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>",
    re.DOTALL,
)


class Shell:
    """ASGI middleware that frames the page at "/" and leaves every other response alone."""

    def __init__(self, app: ASGIApp, *, before: str, after: str) -> None:
        self._app, self._before, self._after = app, before, after

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in ("/", "/index.html"):
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, _Framed(send, self._before, self._after))


class _Framed:
    """Holds back an HTML response until it is whole, and sends it framed."""

    def __init__(self, send: Send, before: str, after: str) -> None:
        self._send, self._before, self._after = send, before, after
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and "text/html" in Headers(raw=message["headers"]).get(
            "content-type", ""
        ):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = framed(self._body.decode(), self._before, self._after).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        headers["content-security-policy"] = POLICY
        headers["referrer-policy"] = "no-referrer"
        headers["cache-control"] = "no-store"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def framed(html: str, before: str, after: str) -> str:
    """Gradio's entry page without other hosts, with our title, style and script, and our parts around its body."""
    head = (
        f'<title>{escape(NAME)}</title><meta name="color-scheme" content="light">'
        f"<style>{(_HERE / 'page.css').read_text(encoding='utf-8')}</style>"
        f"<script>{(_HERE / 'page.js').read_text(encoding='utf-8')}</script></head>"
    )
    own = _FOREIGN.sub("", html)
    own = own.replace("</head>", head, 1)
    own = re.sub(r"<gradio-app\b", lambda match: before + match[0], own, count=1)
    return own.replace("</body>", f"{after}</body>", 1)


def before_page(contact: Contact | None) -> str:
    """The notice and the telephone link, for the top of the page."""
    return (
        '<a class="skip" href="#question" data-go="question">'
        f"{label('skip')}</a>"
        f'<header class="bar"><p class="bar-notice">{label("computer_program")}'
        f'<span class="wide-only">{label("not_a_person")}</span>.</p>{_bar_call(contact)}</header>'
        "<noscript><p>This page needs JavaScript to answer. Please call instead.</p></noscript>"
    )


def _bar_call(contact: Contact | None) -> str:
    if contact is None:
        return ""
    who = f'<span class="who-short">{escape(short_name(contact))} </span>'
    words = f"{label('talk_to_a_person')}: {who}"
    return f'<p class="bar-call">{linked(contact, words)}</p>'


def after_page(sources: Iterable[Source]) -> str:
    """The source panel, before anything is cited: the documents that answers come from; and the page's foot."""
    rows = "".join(f"<li>{_source_line(source)}</li>" for source in sources)
    return (
        '<aside id="source" aria-labelledby="source-title"><div id="source-start">'
        '<h2 id="source-title" tabindex="-1">'
        f"{label('documents_title')}</h2>"
        f"<p>{label('documents_lead')}</p>"
        f'<ul class="sources">{rows}</ul></div></aside>'
        f'<footer class="foot"><p>{escape(LIMITS)}</p></footer>'
    )


def _source_line(source: Source) -> str:
    details = escape(", ".join(part for part in (source.publisher, source.date) if part))
    return f'<span class="source-name">{escape(source.title)}</span><br>{details}'
