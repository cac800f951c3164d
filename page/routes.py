"""What the page asks for: itself, its files, answers, the text of documents; and whether all is well."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse
from pydantic import BaseModel, Field

from assistant.answer import Turn
from ingest.index import Index
from ingest.records import Span
from page import assets, frame
from page.contact_box import person_to_call
from page.helpful import Helpful
from page.pace import Pace
from page.reply import Replies, Reply
from page.respond import Asked, Assistant, respond
from page.said import passed_line
from page.source_panel import document_panel
from page.stream import EVENT_STREAM, STREAM_HEADERS, Told, events
from page.texts import known, preferred, spoken

# A citation has a few parts and an answer a few citations; more than this is not asked by the page.
_Stretches = Annotated[tuple[str, ...], Query(max_length=100)]
_PAGE_HEADERS = {
    "content-security-policy": frame.POLICY,
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "vary": "accept-language",
    "x-content-type-options": "nosniff",
}


class _Turn(BaseModel):
    role: Annotated[str, Field(pattern="^(?:user|assistant)$")]
    content: Annotated[str, Field(max_length=20_000)]


class _Question(BaseModel):
    """A message from the page, with the conversation that the tab keeps; nothing of it stays here."""

    message: Annotated[str, Field(max_length=50_000)]
    history: Annotated[list[_Turn], Field(max_length=40)] = []
    language: Annotated[str, Field(max_length=12)] = ""
    is_chosen: bool = False
    starter: Annotated[str, Field(max_length=40)] = ""
    """The key of a question that the page offers."""
    turn: Annotated[int, Field(ge=1, le=10_000)] = 1


class _Help(BaseModel):
    """Whether an answer helped, and the ids of its prepared parts."""

    useful: bool
    topics: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=12)] = []


def page_routes(index: Index, *, is_streamed: bool) -> APIRouter:
    """The page in every language and what it shows that needs no assistant; `is_streamed`: it asks at ask/stream."""
    routes = APIRouter()
    sources = [document.source for document in index.documents.values()]

    @routes.get("/", response_class=HTMLResponse)
    def page(lang: str = "", accept_language: Annotated[str, Header()] = "") -> HTMLResponse:
        language = known(lang) or preferred(accept_language)
        contact = person_to_call(index.knowledge, language)
        return HTMLResponse(frame.page(language, contact, sources, is_streamed=is_streamed), headers=_PAGE_HEADERS)

    @routes.get("/assets/{version}/{name}")
    def asset(version: str, name: str) -> Response:
        if name not in assets.FILES:
            raise HTTPException(404, "there is no such file")
        # Only what has come under its own version may be kept.
        kept = "public, max-age=31536000, immutable" if version == assets.VERSION else "no-store"
        headers = {"cache-control": kept, "x-content-type-options": "nosniff"}
        return Response(assets.FILES[name], media_type=assets.asset_type(name), headers=headers)

    @routes.get("/source/{source_id}", response_class=HTMLResponse)
    def source(source_id: str, show: _Stretches = (), also: _Stretches = (), lang: str = "") -> str:
        document = index.documents.get(source_id)
        if document is None:
            raise HTTPException(404, "there is no such document")
        return document_panel(document, list(map(_span, show)), list(map(_span, also)), spoken(lang))

    @routes.get("/health")
    def health() -> dict[str, str | int]:
        return {"status": "ok", "documents": len(index.documents), "passages": len(index.passages)}

    return routes


def answer_routes(assistant: Assistant, helpful: Helpful) -> APIRouter:
    """Questions and whether their answers helped."""
    routes = APIRouter()
    replies, pace = Replies(assistant.index), Pace()

    @routes.post("/ask")
    def ask(question: _Question) -> Reply:
        return replies.reply(respond(assistant, _asked(question)), question.turn)

    @routes.post("/ask/stream")
    async def stream(question: _Question) -> StreamingResponse:
        def answered(tell: Callable[[Told], None]) -> Told:
            watched = assistant.watched(
                lambda: tell({"step": "checking"}), lambda sentence: tell({"passed": passed_line(sentence)})
            )
            return {"answer": replies.reply(respond(watched, _asked(question)), question.turn)}

        return StreamingResponse(events(answered), media_type=EVENT_STREAM, headers=STREAM_HEADERS)

    @routes.post("/helpful", status_code=204)
    def count_helpful(request: Request, said: _Help) -> None:
        if not pace.allows(request.client.host if request.client else ""):
            raise HTTPException(429, "too many at once from this address")
        helpful.count(said.useful, said.topics)

    return routes


def _asked(question: _Question) -> Asked:
    history = tuple(Turn(turn.role, turn.content) for turn in question.history)
    language = spoken(question.language)
    return Asked(question.message, history, language, question.is_chosen, starter=question.starter)


def _span(words: str) -> Span:
    """The stretch written as "12-40"; a request with anything else is refused."""
    start, _, end = words.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(words) < 24):
        raise HTTPException(422, "a stretch of text is written as 12-40")
    return Span(int(start), int(end))
