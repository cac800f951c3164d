"""The desk as a web application, and where it stands beside the page: /desk for staff, /documents for everybody."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, HTTPException, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.pipeline import Assistant
from desk.beside import Neighbors
from desk.document_view import document_page, documents_page
from desk.doors import Doors, Refused
from desk.flags import Flags
from desk.frame_view import ASSETS, HEADERS, page
from desk.inside import Desk, inside_router
from desk.shelf import Shelf
from desk.staff import Staff
from ingest.errors import NavigatorError
from ingest.index import Index
from ingest.records import Span

_PATHS = ("/desk", "/documents")
_ASSETS = {"desk.css": "text/css", "desk.js": "text/javascript"}
# Their addresses change with them.
_KEEP = "public, max-age=31536000, immutable"
_Places = Annotated[tuple[str, ...], Query(max_length=100)]


def mount_desk(app: FastAPI, assistant: Assistant, *, staff: str, flags: Path) -> None:
    """Answer /desk and /documents beside whatever the app answers; raises UsageError when `staff` can't be read."""
    app.add_middleware(_Beside, desk=create_desk(assistant, Staff(staff), flags))


def create_desk(assistant: Assistant, staff: Staff, flags: Path) -> FastAPI:
    """The desk's own application, over one open index."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    index = assistant.index
    neighbors = Neighbors(index)
    doors = Doors(staff)
    app.include_router(doors.router())
    app.include_router(_open_router(index, neighbors, doors))
    app.include_router(inside_router(Desk(assistant, Shelf(index, assistant.library), neighbors, Flags(flags)), doors))

    @app.exception_handler(Refused)
    def refused(request: Request, refusal: Refused) -> Response:
        return refusal.response

    @app.exception_handler(NavigatorError)
    def failed(request: Request, fault: NavigatorError) -> HTMLResponse:
        return page("Something went wrong", f"<h1>Something went wrong</h1><p>{type(fault).__name__}</p>", code=500)

    @app.exception_handler(404)
    def nothing(request: Request, fault: Exception) -> HTMLResponse:
        words = '<h1>There is no such page</h1><p>See the <a href="/documents">list of documents</a>.</p>'
        return page("There is no such page", words, code=404)

    return app


class _Beside:
    """ASGI middleware: the desk's addresses go to the desk, everything else to the app."""

    def __init__(self, app: ASGIApp, *, desk: ASGIApp) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        is_ours = scope["type"] == "http" and any(path == own or path.startswith(f"{own}/") for own in _PATHS)
        await (self._desk if is_ours else self._app)(scope, receive, send)


def _open_router(index: Index, neighbors: Neighbors, doors: Doors) -> APIRouter:
    """What needs no signing in: the documents, and the files that every page asks for."""
    router = APIRouter()

    @router.get("/desk/assets/{file}")
    def asset(file: str) -> FileResponse:
        if file not in _ASSETS:
            raise HTTPException(404)
        headers = {**HEADERS, "cache-control": _KEEP}
        return FileResponse(ASSETS / file, media_type=_ASSETS[file], headers=headers)

    @router.get("/documents")
    def documents(request: Request, q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
        main = documents_page(list(index.documents.values()), index.knowledge, q.strip())
        return page("Documents", main, name=doors.seen(request))

    @router.get("/documents/{source_id:path}")
    def document(request: Request, source_id: str, show: _Places = ()) -> HTMLResponse:
        found = index.documents.get(source_id)
        if found is None:
            raise HTTPException(404)
        shown = [span for span in map(_span, show) if span]
        main = document_page(found, neighbors.entries_of(source_id), index.knowledge, shown)
        return page(found.source.title, main, name=doors.seen(request))

    return router


def _span(words: str) -> Span | None:
    """The stretch written as "12-40"; anything else marks nothing."""
    start, _, end = words.partition("-")
    is_span = start.isdecimal() and end.isdecimal() and len(words) < 24
    return Span(int(start), int(end)) if is_span else None
