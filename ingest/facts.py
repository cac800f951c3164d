"""programs.toml, updates.toml, contacts.toml, routes.toml and glossary.toml -> values; mistakes name file and line."""

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from ingest.knowledge import PROGRAM_STATUSES, Contact, Fact, Program, Route, Term, Update
from ingest.quoted import QuoteRow, located
from ingest.records import Document
from ingest.tables import Place, Row, load_rows

_SHOWN_CERTAINTIES = ("A", "B")


class _FactRow(Row):
    text: str
    proof: list[QuoteRow]


class _ProgramRow(Row):
    name: str
    aliases: list[str]
    status: str
    ended: str = ""
    successor: str = ""
    notice: list[_FactRow] = []


class _UpdateRow(Row):
    text: str
    url: str
    page: str
    page_date: str
    checked_on: str
    certainty: str
    programs: list[str] = []


class _ContactRow(Row):
    who: str
    number: str
    purpose: str
    hours: str = ""
    tty: str = ""
    url: str
    page_date: str = ""
    certainty: str
    checked_on: str


class _RouteRow(Row):
    purpose: str
    words: list[str]
    contacts: list[str]
    advice: str = ""


class _PageRow(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    page: str
    url: str
    page_date: str = ""


class _TermRow(Row):
    name: str
    full: str = ""
    meaning: str
    aliases: list[str] = []
    misspellings: list[str] = []
    quotes: list[QuoteRow] = []
    source: _PageRow | Literal[""] = ""


def load_programs(path: Path, documents: Mapping[str, Document]) -> tuple[Program, ...]:
    """The programs of a file, none if there is no such file."""
    rows = load_rows(path, "program", _ProgramRow) if path.exists() else []
    ids = {row.id for _, row in rows}
    for place, row in rows:
        if row.status not in PROGRAM_STATUSES:
            raise place.mistake(f"status: {row.status!r} is none of {', '.join(PROGRAM_STATUSES)}")
        if row.successor and row.successor not in ids:
            raise place.mistake(f"successor: there is no program {row.successor!r}")
    return tuple(
        Program(
            row.id,
            row.name,
            tuple(row.aliases),
            row.status,
            row.ended,
            row.successor,
            tuple(Fact(fact.id, fact.text, located(place, fact.proof, documents)) for fact in row.notice),
        )
        for place, row in rows
    )


def load_updates(path: Path, programs: Collection[str]) -> tuple[Update, ...]:
    """The updates of a file, none if there is no such file."""
    rows = load_rows(path, "update", _UpdateRow) if path.exists() else []
    for place, row in rows:
        _require_shown(place, row.certainty)
        _require_date(place, row.checked_on)
        _require_page(place, row.url)
        for program in row.programs:
            if program not in programs:
                raise place.mistake(f"programs: there is no program {program!r}")
    return tuple(Update(**{**row.model_dump(), "programs": tuple(row.programs)}) for _, row in rows)


def load_contacts(path: Path) -> tuple[Contact, ...]:
    """The contacts of a file, none if there is no such file."""
    rows = load_rows(path, "contact", _ContactRow) if path.exists() else []
    for place, row in rows:
        _require_shown(place, row.certainty)
        _require_date(place, row.checked_on)
    return tuple(Contact(**row.model_dump()) for _, row in rows)


def load_routes(path: Path, contacts: Collection[str]) -> tuple[Route, ...]:
    """The routes of a file, none if there is no such file; each leads to contacts that exist."""
    rows = load_rows(path, "route", _RouteRow) if path.exists() else []
    for place, row in rows:
        require_known(place, "contacts", row.contacts, contacts)
    return tuple(Route(row.id, row.purpose, tuple(row.words), tuple(row.contacts), row.advice) for _, row in rows)


def load_terms(path: Path, documents: Mapping[str, Document]) -> tuple[Term, ...]:
    """The glossary of a file, none if there is no such file; each term has a quote or a page that explains it."""
    rows = load_rows(path, "term", _TermRow) if path.exists() else []
    for place, row in rows:
        if not row.quotes and not row.source:
            raise place.mistake("needs quotes, or a source with page and url")
        if row.source:
            _require_page(place, row.source.url)
    return tuple(_term(place, row, documents) for place, row in rows)


def require_known(place: Place, field: str, wanted: Collection[str], known: Collection[str]) -> None:
    """Raise CorpusError when one of the ids `wanted` is not among the `known` ones."""
    for name in wanted:
        if name not in known:
            raise place.mistake(f"{field}: there is no {field.removesuffix('s')} {name!r}")


def _term(place: Place, row: _TermRow, documents: Mapping[str, Document]) -> Term:
    page, url, page_date = (row.source.page, row.source.url, row.source.page_date) if row.source else ("", "", "")
    quotes = located(place, row.quotes, documents)
    names = tuple(row.aliases), tuple(row.misspellings)
    return Term(row.id, row.name, row.full, row.meaning, *names, quotes, page, url, page_date)


def _require_shown(place: Place, certainty: str) -> None:
    if certainty not in _SHOWN_CERTAINTIES:
        raise place.mistake(f"certainty: {certainty!r} may not be shown to people; only A and B may")


def _require_page(place: Place, url: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise place.mistake("url: is not the address of a page")


def _require_date(place: Place, checked_on: str) -> None:
    try:
        date.fromisoformat(checked_on)
    except ValueError:
        raise place.mistake(f"checked_on: {checked_on!r} is not a date such as 2026-11-22") from None
