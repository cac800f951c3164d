"""What staff see once they have signed in: search, call cards and flags."""

import logging
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.pipeline import Assistant
from assistant.texts import MAX_QUESTION_CHARS
from desk.beside import Neighbors
from desk.card import make_card
from desk.card_view import card_page, empty_card_page
from desk.doors import Doors, Posted
from desk.filters import choices
from desk.flag_view import flag_page, flags_page
from desk.flags import Fault, Flag, Flags, masked
from desk.frame_view import HEADERS, page
from desk.links import search_link
from desk.search import Results, pairs_of, query_of, search_meaning, search_words
from desk.search_view import hit_list, said, search_page
from desk.shelf import Shelf
from ingest.translations import LANGUAGES

_LOG = logging.getLogger(__name__)
_FAILED = (
    "<h1>Something went wrong on our side</h1><p>The card could not be made. Search for the words instead, or try "
    'again. <a href="/desk">Search</a></p>'
)
_TEXTS = ("question", "answer", "at_fault", "correction", "quote", "page")
_Question = Annotated[str, Query(max_length=MAX_QUESTION_CHARS)]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk works with; it keeps nothing of what is asked but flags."""

    assistant: Assistant
    shelf: Shelf
    neighbors: Neighbors
    flags: Flags


def inside_router(desk: Desk, doors: Doors) -> APIRouter:
    """Every route of it asks who is there first."""
    router = APIRouter(prefix="/desk", dependencies=[Depends(doors.name_in)])
    _add_search(router, desk, doors)
    _add_card(router, desk, doors)
    _add_flags(router, desk, doors)
    return router


def _add_search(router: APIRouter, desk: Desk, doors: Doors) -> None:
    index = desk.assistant.index
    documents = list(index.documents.values())
    found_choices = choices(index)

    @router.get("")
    def search(request: Request) -> HTMLResponse:
        results = search_meaning(desk.shelf, query_of(request.query_params.multi_items()))
        main = search_page(results, _hits(desk, results), found_choices, documents)
        return page(results.query.typed or "Search", main, name=doors.name_in(request))

    @router.get("/results")
    def results(request: Request) -> JSONResponse:
        pairs = request.query_params.multi_items()
        look = search_meaning if ("deep", "1") in pairs else search_words
        return JSONResponse(_as_json(desk, look(desk.shelf, query_of(pairs))), headers=HEADERS)


def _hits(desk: Desk, results: Results) -> str:
    besides = [desk.neighbors.beside(item) for item in results.items]
    return hit_list(results, besides, desk.assistant.index)


def _as_json(desk: Desk, results: Results) -> Mapping[str, object]:
    """What the script puts into the page; its address holds no number that names a person."""
    counts = {f"{name}:{value}": n for name, counter in results.counts.items() for value, n in counter.items()}
    address = search_link(pairs_of(results.query))
    return {"hits": _hits(desk, results), "count": said(results), "counts": counts, "address": address}


def _add_card(router: APIRouter, desk: Desk, doors: Doors) -> None:
    @router.get("/card")
    def card(request: Request, q: _Question = "", language: str = "en") -> HTMLResponse:
        name = doors.name_in(request)
        if not q.strip():
            return page("Call card", empty_card_page(), name=name)
        wanted = language if language in LANGUAGES else "en"
        try:
            made = make_card(desk.assistant, desk.neighbors, q, wanted)
        except Exception as fault:
            # A fault's own text may hold the question.
            last = traceback.extract_tb(fault.__traceback__)[-1]
            _LOG.error("a card failed: %s at %s:%s", type(fault).__name__, Path(last.filename).name, last.lineno)
            return page("Call card", _FAILED, name=name, code=500)
        return page(f"Call card: {made.question}", card_page(made, wanted, desk.assistant.index), name=name)


def _add_flags(router: APIRouter, desk: Desk, doors: Doors) -> None:
    documents = list(desk.assistant.index.documents.values())
    sources = [document.source for document in documents]

    @router.get("/flag")
    def form(request: Request, q: _Question = "", answer: str = "", source: str = "") -> HTMLResponse:
        flag = masked(Flag(Fault.WRONG, q, answer, source_id=source))
        return page("Flag an answer", flag_page(flag, sources), name=doors.name_in(request))

    @router.post("/flag")
    def keep(request: Request, given: Posted) -> Response:
        name = doors.name_in(request)
        flag = _flag(given, name, {source.id for source in sources})
        if not flag.question.strip():
            main = flag_page(flag, sources, "Give the question, so that it can be asked again.")
            return page("Flag an answer", main, name=name, code=422)
        kept = desk.flags.add(flag)
        return RedirectResponse(f"/desk/flags#flag-{kept.number}", 303, HEADERS)

    @router.get("/flags")
    def flags(request: Request) -> HTMLResponse:
        return page("Flags", flags_page(desk.flags.all(), documents), name=doors.name_in(request))

    @router.post("/flags/{number}/settled")
    def settled(request: Request, number: int, given: Posted) -> Response:
        desk.flags.settle(number, doors.name_in(request))
        return RedirectResponse("/desk/flags", 303, HEADERS)


def _flag(given: Mapping[str, str], by: str, known: set[str]) -> Flag:
    if given.get("fault") not in set(Fault):
        raise HTTPException(422, "say what is wrong with the answer")
    question, answer, at_fault, correction, quote, link = (given.get(name, "") for name in _TEXTS)
    source = given.get("source_id", "") if given.get("source_id") in known else ""
    return masked(Flag(Fault(given["fault"]), question, answer, at_fault, correction, source, quote, link, by))
