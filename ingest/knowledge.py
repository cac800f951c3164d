"""The corpus's prepared knowledge: programs, contacts, ways people ask, and known gaps.

Every claim in it hangs on words of a document; a quote that is not in its document is refused here,
with the file and line of its entry.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.records import Document, Quote, Span
from ingest.tables import Place, Row, RowType, load_rows

ASIDE_KINDS = ("crisis", "emergency", "off_topic", "none")
# "past": what it was goes on in other programs, and the documents give it no end of its own.
PROGRAM_STATUSES = ("ended", "past", "open", "unknown")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence of ours and the words that prove it; `id` names it for translations."""

    id: str
    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A program, its names, and whether it still runs; `notice` says so in proved sentences."""

    id: str
    name: str
    aliases: tuple[str, ...]
    status: str  # one of PROGRAM_STATUSES
    ended: str
    successor: str
    notice: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; the only phone numbers an answer may show besides a quoted one."""

    id: str
    who: str
    number: str
    purpose: str
    hours: str
    tty: str
    url: str
    page_date: str
    certainty: str
    checked_on: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A topic: many ways people ask about it, and the statements that answer."""

    id: str
    topic: str
    asks: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """What people ask that the documents do not answer; `quotes` are the nearest thing they do say."""

    id: str
    topic: str
    asks: tuple[str, ...]
    quotes: tuple[Quote, ...]
    contacts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """Messages that are no question for the documents: "crisis", "emergency", "off_topic"; or only sound so: "none"."""

    id: str
    kind: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All of it, as one index holds it."""

    programs: tuple[Program, ...] = ()
    contacts: tuple[Contact, ...] = ()
    entries: tuple[Entry, ...] = ()
    gaps: tuple[Gap, ...] = ()
    asides: tuple[Aside, ...] = ()

    def program(self, program_id: str) -> Program | None:
        """The program of that id, if there is one."""
        return next((program for program in self.programs if program.id == program_id), None)

    def contact(self, contact_id: str) -> Contact | None:
        """The contact of that id, if there is one."""
        return next((contact for contact in self.contacts if contact.id == contact_id), None)


class _QuoteRow(Row):
    id: str = ""
    source: str
    quote: str


class _FactRow(Row):
    text: str
    proof: list[_QuoteRow]


class _ProgramRow(Row):
    name: str
    aliases: list[str]
    status: str
    ended: str = ""
    successor: str = ""
    notice: list[_FactRow] = []


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
    keywords: list[str] = []


class _EntryRow(Row):
    topic: str
    asks: list[str]
    quotes: list[_QuoteRow] = []


class _AsideRow(Row):
    kind: str
    asks: list[str]


class _GapRow(_EntryRow):
    contacts: list[str] = []


def load_knowledge(corpus: Path, documents: Mapping[str, Document], *, contacts: Path) -> Knowledge:
    """What lies beside the documents, each quote located; raises CorpusError with file, line and reason.

    `contacts` is used when the corpus folder has no contacts.toml, so that there is always someone to call.
    """
    own_contacts = corpus / "contacts.toml"
    known_contacts = _contacts(own_contacts if own_contacts.exists() else contacts)
    return Knowledge(
        _programs(corpus / "programs.toml", documents),
        known_contacts,
        _entries(_library(corpus, "entries"), documents),
        _gaps(_library(corpus, "gaps"), documents, {contact.id for contact in known_contacts}),
        _asides(_library(corpus, "asides")),
    )


def knowledge_files(corpus: Path) -> list[Path]:
    """The files that `load_knowledge` reads, for the corpus checksum."""
    beside = [corpus / "programs.toml", corpus / "contacts.toml"]
    return [path for path in beside if path.exists()] + sorted((corpus / "library").rglob("*.toml"))


def locate(quote: str, document: Document) -> Span | None:
    """Where the quote's words stand in the document, whatever the white space between them."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    match = re.search(pattern, document.text) if pattern else None
    return Span(*match.span()) if match else None


def _programs(path: Path, documents: Mapping[str, Document]) -> tuple[Program, ...]:
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
            tuple(Fact(fact.id, fact.text, _quotes(place, fact.proof, documents)) for fact in row.notice),
        )
        for place, row in rows
    )


def _contacts(path: Path) -> tuple[Contact, ...]:
    rows = load_rows(path, "contact", _ContactRow) if path.exists() else []
    for place, row in rows:
        if row.certainty not in ("A", "B"):
            raise place.mistake(f"certainty: {row.certainty!r} may not be shown to people; only A and B may")
    return tuple(Contact(**{**row.model_dump(), "keywords": tuple(row.keywords)}) for _, row in rows)


def _library(corpus: Path, table: str) -> list[Path]:
    """The library's files by what they hold: "gaps" and "asides" are named so, all others hold entries."""
    paths = sorted((corpus / "library").rglob("*.toml"))
    named = {path: next((name for name in ("gaps", "asides") if name in path.stem), "entries") for path in paths}
    return [path for path in paths if named[path] == table]


def _rows(paths: Sequence[Path], table: str, row_type: type[RowType]) -> list[tuple[Place, RowType]]:
    """The rows of several files; an id stands in only one of them."""
    rows = [placed for path in paths for placed in load_rows(path, table, row_type)]
    seen: set[str] = set()
    for place, row in rows:
        if row.id in seen:
            raise place.mistake(f"the id {row.id!r} is used in another file too")
        seen.add(row.id)
    return rows


def _asides(paths: Sequence[Path]) -> tuple[Aside, ...]:
    rows = _rows(paths, "aside", _AsideRow)
    for place, row in rows:
        if row.kind not in ASIDE_KINDS:
            raise place.mistake(f"kind: {row.kind!r} is none of {', '.join(ASIDE_KINDS)}")
    return tuple(Aside(row.id, row.kind, tuple(row.asks)) for _, row in rows)


def _entries(paths: Sequence[Path], documents: Mapping[str, Document]) -> tuple[Entry, ...]:
    return tuple(
        Entry(row.id, row.topic, tuple(row.asks), _quotes(place, row.quotes, documents))
        for place, row in _rows(paths, "entry", _EntryRow)
    )


def _gaps(paths: Sequence[Path], documents: Mapping[str, Document], contacts: set[str]) -> tuple[Gap, ...]:
    rows = _rows(paths, "gap", _GapRow)
    for place, row in rows:
        if unknown := [name for name in row.contacts if name not in contacts]:
            raise place.mistake(f"contacts: there is no contact {unknown[0]!r}")
    return tuple(
        Gap(row.id, row.topic, tuple(row.asks), _quotes(place, row.quotes, documents), tuple(row.contacts))
        for place, row in rows
    )


def _quotes(place: Place, rows: Sequence[_QuoteRow], documents: Mapping[str, Document]) -> tuple[Quote, ...]:
    quotes = []
    for row in rows:
        document = documents.get(row.source)
        if document is None:
            raise place.mistake(f"there is no source {row.source!r}")
        span = locate(row.quote, document)
        if span is None:
            raise place.mistake(f"these words are not in {document.source.file}: {row.quote!r}")
        quotes.append(Quote(row.source, span))
    return tuple(quotes)
