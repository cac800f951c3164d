"""Who may come in: the cookie of a request, where its form came from, and signing in and out."""

from typing import Annotated
from urllib.parse import parse_qsl, quote, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from desk.attempts import Attempts
from desk.frame_view import page
from desk.session import COOKIE, MAX_AGE_SECONDS, Sessions
from desk.sign_in_view import closed_page, sign_in_page
from desk.staff import Staff

_HOME = "/desk"
# Who has signed in keeps the desk's bar at the documents, which are open to everybody. The page itself gets no cookie.
_COOKIE_PATHS = (_HOME, "/documents")
# A flag has seven texts of at most 4,000 characters, each up to twelve bytes long in a form.
_MAX_FORM_BYTES = 400_000


class Refused(Exception):
    """A request that goes no further, with what is answered instead."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


async def posted(request: Request) -> dict[str, str]:
    """The fields of a form of our own pages; raises Refused for one from another site, or one too long."""
    origin = request.headers.get("origin", "")
    if urlsplit(origin).netloc != request.headers.get("host", "") or not origin:
        raise Refused(Response("this form is not from this page", 403))
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MAX_FORM_BYTES:
            raise Refused(Response("this form is too long", 413))
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


Posted = Annotated[dict[str, str], Depends(posted)]


class Doors:
    """The staff of one desk, and who has failed to sign in lately."""

    def __init__(self, staff: Staff, attempts: Attempts | None = None) -> None:
        self._staff, self._attempts = staff, attempts or Attempts()
        self._sessions = Sessions(staff.signing_key)

    def name_in(self, request: Request) -> str:
        """Who has signed in; raises Refused with the page to sign in on, or with how to set the desk up."""
        if not self._staff.names:
            raise Refused(page("The staff desk is closed", closed_page(), code=503))
        if name := self._sessions.name_in(request.cookies.get(COOKIE, "")):
            return name
        if request.headers.get("sec-fetch-site") == "cross-site" and request.method == "GET":
            # A link from a mail: the cookie is kept back from other sites, and sent when our own page asks again.
            raise Refused(page("One moment", '<p><a id="again" href="">Go on to the desk</a></p>'))
        target = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        wanted = f"{_HOME}/sign-in?target={quote(target, safe='')}" if request.method == "GET" else f"{_HOME}/sign-in"
        is_page = "text/html" in request.headers.get("accept", "text/html")
        raise Refused(RedirectResponse(wanted, 303) if is_page else Response(status_code=401))

    def seen(self, request: Request) -> str:
        """Who has signed in, on a page that is open to everybody; empty for all others."""
        return self._sessions.name_in(request.cookies.get(COOKIE, "")) if self._staff.names else ""

    def router(self) -> APIRouter:
        """Signing in and out."""
        router = APIRouter(prefix=_HOME)

        @router.get("/sign-in")
        def form(target: str = _HOME) -> HTMLResponse:
            return self._form(target)

        @router.post("/sign-in")
        def sign_in(request: Request, given: Posted) -> Response:
            return self._signed_in(request, given)

        @router.post("/sign-out")
        def sign_out(given: Posted) -> Response:
            out = RedirectResponse(f"{_HOME}/sign-in", 303)
            for path in _COOKIE_PATHS:
                out.delete_cookie(COOKIE, path=path)
            return out

        return router

    def _form(self, target: str, problem: str = "", code: int = 200) -> HTMLResponse:
        if not self._staff.names:
            return page("The staff desk is closed", closed_page(), code=503)
        return page("Sign in", sign_in_page(self._staff.names, _inside(target), problem), code=code)

    def _signed_in(self, request: Request, given: dict[str, str]) -> Response:
        name, target = given.get("name", ""), _inside(given.get("target", ""))
        who = f"{request.client.host if request.client else ''} {name}"
        if wait := self._attempts.wait_seconds(who):
            return self._form(target, f"Too many wrong passwords. Try again in {wait // 60 + 1} minutes.", 429)
        if not self._staff.is_right(name, given.get("password", "")):
            self._attempts.failed(who)
            return self._form(target, "That is not the password.", 403)
        self._attempts.succeeded(who)
        answer = RedirectResponse(target, 303)
        for path in _COOKIE_PATHS:
            answer.set_cookie(
                COOKIE,
                self._sessions.cookie_of(name),
                max_age=MAX_AGE_SECONDS,
                path=path,
                secure=request.url.scheme == "https",
                httponly=True,
                samesite="strict",
            )
        return answer


def _inside(target: str) -> str:
    """The address to go to after signing in: one of the desk's own, never another site's."""
    is_ours = target == _HOME or target.startswith((f"{_HOME}?", f"{_HOME}/"))
    return target if is_ours and target.isprintable() and "\\" not in target else _HOME
