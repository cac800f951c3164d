"""The library's files -> entries, gaps and asides; a name that does not exist is a mistake with its file and line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from ingest.errors import CorpusError
from ingest.facts import require_known
from ingest.knowledge import ASIDE_KINDS, Aside, Detail, Entry, Gap, Knowledge, Prepared
from ingest.quoted import QuoteRow, located
from ingest.records import Document, Quote
from ingest.tables import Place, Row, RowType, load_lists, load_rows
from ingest.translations import LANGUAGES

LIBRARY = "library"
MORE_ASKS = "asks"
DETAILS = "details"


class SentenceRow(BaseModel):
    """One sentence of an answer: what it says, and what holds it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)
    say: str
    quotes: list[int] = Field(default=[], alias="from")
    update: str = ""
    fact: str = ""
    contact: str = ""


class TopicRow(Row):
    """What an entry and a gap are written with."""

    topic: str
    asks: list[str]
    quotes: list[QuoteRow] = []
    plain: list[SentenceRow] = []
    staff: list[SentenceRow] = []
    contacts: list[str] = []
    related: list[str] = []


class EntryRow(TopicRow):
    """[[entry]]: a question that the documents answer."""

    programs: list[str] = []
    plan: str = ""
    county: str = ""
    who: str = ""
    unsaid: str = ""
    question: str = ""
    often: bool = False


class GapRow(TopicRow):
    """[[gap]]: a question that they don't."""

    updates: list[str] = []


class AsideRow(Row):
    """[[aside]]: messages that are no question for them."""

    kind: str
    asks: list[str]


def load_asides(corpus: Path) -> tuple[Aside, ...]:
    """The asides of a corpus."""
    rows = _rows(_files(corpus, "asides"), "aside", AsideRow)
    for place, row in rows:
        if row.kind not in ASIDE_KINDS:
            raise place.mistake(f"kind: {row.kind!r} is none of {', '.join(ASIDE_KINDS)}")
    return tuple(Aside(row.id, row.kind, tuple(row.asks)) for _, row in rows)


def load_topics(
    corpus: Path, documents: Mapping[str, Document], known: Knowledge
) -> tuple[tuple[Entry, ...], tuple[Gap, ...]]:
    """The entries and gaps of a corpus, each name in them one of `known`."""
    entries = _rows(_files(corpus, ""), "entry", EntryRow)
    gaps = _rows(_files(corpus, "gaps"), "gap", GapRow)
    ids = _ids_once([*entries, *gaps])
    asks = load_more_asks(corpus, ids)
    for place, row in (*entries, *gaps):
        require_known(place, "contacts", row.contacts, {contact.id for contact in known.contacts})
        require_known(place, "related", row.related, ids)
    return (
        tuple(_entry(place, row, documents, known, asks) for place, row in entries),
        tuple(_gap(place, row, documents, known, asks) for place, row in gaps),
    )


def load_more_asks(corpus: Path, ids: set[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Ways people ask besides those written with an entry or gap, by its id and by language."""
    return _asks_by_language(corpus / LIBRARY / MORE_ASKS, ids, ("en", *LANGUAGES))


def load_details(corpus: Path, entries: Sequence[Entry]) -> tuple[Detail, ...]:
    """What people ask about entries and the documents do not say, in the order of the entries."""
    ids = {entry.id for entry in entries}
    asks = _asks_by_language(corpus / LIBRARY / DETAILS, ids, ("en", *LANGUAGES))
    return tuple(Detail(entry.id, asks[entry.id]) for entry in entries if entry.id in asks)


def _asks_by_language(folder: Path, ids: set[str], languages: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem not in languages:
            raise CorpusError(f"{path}: {path.stem!r} is none of the languages: {', '.join(languages)}")
        for place, topic, asks in load_lists(path):
            if topic not in ids:
                raise place.mistake(f"there is no entry or gap {topic!r}")
            found.setdefault(topic, {})[path.stem] = tuple(asks)
    return found


def library_files(corpus: Path) -> list[Path]:
    """Every file of a corpus's library."""
    return sorted((corpus / LIBRARY).rglob("*.toml"))


Asks = Mapping[str, dict[str, tuple[str, ...]]]


def _entry(place: Place, row: EntryRow, documents: Mapping[str, Document], known: Knowledge, asks: Asks) -> Entry:
    require_known(place, "programs", row.programs, {program.id for program in known.programs})
    return Entry(
        **_topic(place, row, documents, known, asks),
        programs=tuple(row.programs),
        plan=row.plan,
        county=row.county,
        who=row.who,
        unsaid=row.unsaid,
        question=row.question,
        often=row.often,
    )


def _gap(place: Place, row: GapRow, documents: Mapping[str, Document], known: Knowledge, asks: Asks) -> Gap:
    require_known(place, "updates", row.updates, {update.id for update in known.updates})
    return Gap(**_topic(place, row, documents, known, asks), updates=tuple(row.updates))


def _topic(
    place: Place, row: TopicRow, documents: Mapping[str, Document], known: Knowledge, asks: Asks
) -> dict[str, Any]:
    """The fields that an entry and a gap have in common."""
    quotes = located(place, row.quotes, documents)
    more = asks.get(row.id, {})
    return {
        "id": row.id,
        "topic": row.topic,
        "asks": (*row.asks, *more.get("en", ())),
        "quotes": quotes,
        "plain": _sentences(place, "plain", row.plain, quotes, known),
        "staff": _sentences(place, "staff", row.staff, quotes, known),
        "contacts": tuple(row.contacts),
        "related": tuple(row.related),
        "other_asks": {language: texts for language, texts in more.items() if language != "en"},
    }


def _sentences(
    place: Place, register: str, rows: Sequence[SentenceRow], quotes: Sequence[Quote], known: Knowledge
) -> tuple[Prepared, ...]:
    return tuple(
        _sentence(place, f"{register}, sentence {number}", row, quotes, known) for number, row in enumerate(rows, 1)
    )


def _sentence(place: Place, where: str, row: SentenceRow, quotes: Sequence[Quote], known: Knowledge) -> Prepared:
    for number in row.quotes:
        if not 1 <= number <= len(quotes):
            raise place.mistake(f"{where}: from: there is no quote {number}; there are {len(quotes)}")
    if row.update and known.update(row.update) is None:
        raise place.mistake(f"{where}: there is no update {row.update!r}")
    if row.fact and row.fact not in known.facts:
        raise place.mistake(f"{where}: no program has the notice {row.fact!r}")
    if row.contact and known.contact(row.contact) is None:
        raise place.mistake(f"{where}: there is no contact {row.contact!r}")
    if not (row.quotes or row.update or row.fact or row.contact):
        raise place.mistake(f"{where}: nothing holds it; give from, update, fact or contact")
    return Prepared(row.say, tuple(quotes[number - 1] for number in row.quotes), row.update, row.fact, row.contact)


def _files(corpus: Path, folder: str) -> list[Path]:
    return sorted((corpus / LIBRARY / folder).glob("*.toml"))


def _rows(paths: Sequence[Path], table: str, row_type: type[RowType]) -> list[tuple[Place, RowType]]:
    rows = [placed for path in paths for placed in load_rows(path, table, row_type)]
    _ids_once(rows)
    return rows


def _ids_once(rows: Sequence[tuple[Place, Row]]) -> set[str]:
    """The ids; raises CorpusError when one stands in two files."""
    seen: set[str] = set()
    for place, row in rows:
        if row.id in seen:
            raise place.mistake(f"the id {row.id!r} is used in another file too")
        seen.add(row.id)
    return seen
