"""The web application: health, the text of documents, and the page."""

from typing import Annotated

from fastapi import FastAPI, HTTPException, Query
from fastapi.responses import HTMLResponse

from ingest.records import Span
from page.blocks import mount_page
from page.contact_box import person_to_call
from page.respond import Assistant
from page.shell import Shell, after_page, before_page
from page.source_panel import document_panel

# A citation has a few parts and an answer a few citations; more than this is not asked by the page.
_Stretches = Annotated[tuple[str, ...], Query(max_length=100)]


def create_app(assistant: Assistant) -> FastAPI:
    """Everything that is served, over one open index."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    index = assistant.index

    @app.get("/health")
    def health() -> dict[str, str | int]:
        return {"status": "ok", "documents": len(index.documents), "passages": len(index.passages)}

    @app.get("/source/{source_id}", response_class=HTMLResponse)
    def source(source_id: str, show: _Stretches = (), also: _Stretches = ()) -> str:
        document = index.documents.get(source_id)
        if document is None:
            raise HTTPException(404, "there is no such document")
        return document_panel(document, list(map(_span, show)), list(map(_span, also)))

    mount_page(app, assistant)
    app.add_middleware(
        Shell,
        before=before_page(person_to_call(index.knowledge)),
        after=after_page(document.source for document in index.documents.values()),
    )
    return app


def _span(words: str) -> Span:
    """The stretch written as "12-40"; a request with anything else is refused."""
    start, _, end = words.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(words) < 24):
        raise HTTPException(422, "a stretch of text is written as 12-40")
    return Span(int(start), int(end))
