"""The HTML around Gradio: a title and a way back, and no other host.

Gradio's own entry page names other hosts (social-media cards) and has no title; this takes its body and scripts
and gives them our frame, and a content policy that keeps browsers from asking any other host for anything.
"""

import re
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
    """ASGI middleware that frames Gradio's entry page at `path` and leaves every other response alone."""

    def __init__(self, app: ASGIApp, *, path: str, title: str) -> None:
        self._app, self._path, self._title = app, path, title

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].rstrip("/") != self._path:
            await self._app(scope, receive, send)
            return
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, _Framed(send, self._title))


class _Framed:
    """Holds back an HTML response until it is whole, and sends it framed."""

    def __init__(self, send: Send, title: str) -> None:
        self._send, self._title = send, title
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
        body = framed(self._body.decode(), self._title).encode()
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["content-length"] = str(len(body))
        headers["content-security-policy"] = POLICY
        headers["referrer-policy"] = "no-referrer"
        headers["cache-control"] = "no-store"
        await self._send({**start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": body})


def framed(html: str, title: str) -> str:
    """Gradio's entry page without other hosts, with our title."""
    return _FOREIGN.sub("", html).replace("</head>", f"<title>{escape(title)}</title></head>", 1)
