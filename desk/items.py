"""What can be found at the desk, as one kind of value: document words, prepared answers, gaps, updates, definitions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assistant.understand import named_programs
from ingest.index import Index, statement_text
from ingest.knowledge import Entry, Gap, Program, Term, Update
from ingest.places import counties_named
from ingest.records import Document, Passage, Quote, Source, Span, Statement, join_words

_MONTHS = "January February March April May June July August September October November December".split()
_DAY = re.compile(rf"\b({'|'.join(_MONTHS)})(?: (\d{{1,2}}),)? ((?:19|20)\d\d)\b")
# Not after an initial: "L.A. Care".
_SENTENCES = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)\s+(?=[A-Z])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Kind(StrEnum):
    """What an item is."""

    DOCUMENT = "document"
    PREPARED = "prepared"
    GAP = "gap"
    UPDATE = "update"
    DEFINITION = "definition"


Facets = Mapping[str, tuple[str, ...]]
"""By facet (desk/filters.py), the values an item has."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be found."""

    kind: Kind
    id: str
    title: str
    lines: tuple[str, ...]
    """What it says; of words of a document the exact words, each list head before its item."""
    facets: Facets
    quotes: tuple[Quote, ...] = ()
    """Its places in documents, in the order of the lines for words of a document."""
    day: str = ""
    """When its words are from, as far as it is known: "2022-10-03", "2022"; sorts by time."""
    dated: str = ""
    """The same in words."""
    url: str = ""
    """The page it rests on, where that is no document."""
    origin: str = ""
    """Whose page that is."""
    ask: str = ""
    """A question that the assistant answers with it."""

    @property
    def words(self) -> str:
        """All that it says; the title of an update is its first sentence."""
        return " ".join((self.title, *self.lines) if self.kind is Kind.UPDATE else self.lines)


def of_statement(index: Index, source_id: str, statement: Statement) -> Item:
    """A sentence or list item of a document, with its list heads."""
    spans = (*statement.leads, Span(statement.start, statement.end))
    return _words_of(index, index.documents[source_id], spans, statement.headings)


def of_passage(index: Index, passage: Passage) -> Item:
    """A passage of a corpus that is too large for each statement to be kept."""
    return _words_of(index, index.documents[passage.source_id], (Span(passage.start, passage.end),), passage.headings)


def _words_of(index: Index, document: Document, spans: tuple[Span, ...], headings: tuple[str, ...]) -> Item:
    source = document.source
    lines = tuple(join_words(document.text[span.start : span.end]) for span in spans)
    programs = named_programs(" ".join((*headings, *lines)), index.knowledge)
    named = programs or tuple(filter(None, map(index.knowledge.program, source.programs)))
    return Item(
        Kind.DOCUMENT,
        f"{source.id}:{spans[-1].start}-{spans[-1].end}",
        headings[-1] if headings else source.title,
        lines,
        _facets(Kind.DOCUMENT, [source], named),
        tuple(Quote(source.id, span) for span in spans),
        sortable_day(source.date, source.year),
        source.date,
        source.url,
    )


def of_entry(index: Index, entry: Entry) -> Item:
    """A prepared answer, in the words for staff where it has some."""
    sources = _sources(index, entry.quotes)
    programs = tuple(filter(None, map(index.knowledge.program, entry.programs)))
    facets = dict(_facets(Kind.PREPARED, sources, programs))
    facets |= {"county": (entry.county,)} if entry.county else {}
    facets |= {"plan": (entry.plan,)} if entry.plan else {}
    newest = max(sources, key=lambda source: sortable_day(source.date, source.year), default=None)
    return Item(
        Kind.PREPARED,
        entry.id,
        entry.topic,
        tuple(row.text for row in entry.staff or entry.plain),
        facets,
        entry.quotes,
        sortable_day(newest.date, newest.year) if newest else "",
        newest.date if newest else "",
        ask=next(iter(entry.asks), ""),
    )


def of_gap(index: Index, gap: Gap) -> Item:
    """What people ask and no document answers, with the nearest that they say."""
    near = tuple(row.text for row in gap.staff or gap.plain)
    return Item(
        Kind.GAP,
        gap.id,
        f"Not in the documents: {gap.topic}",
        near,
        _facets(Kind.GAP, _sources(index, gap.quotes), ()),
        gap.quotes,
        ask=next(iter(gap.asks), ""),
    )


def of_update(index: Index, update: Update) -> Item:
    """Our summary of a page that is newer than the documents."""
    programs = tuple(filter(None, map(index.knowledge.program, update.programs)))
    facets = dict(_facets(Kind.UPDATE, [], programs))
    day = sortable_day(update.page_date) or update.checked_on
    facets |= {"publisher": (update.page,), "year": (day[:4],), "county": tuple(sorted(counties_named(update.text)))}
    dated = f"{update.page_date or 'no date on the page'}; checked {update.checked_on}"
    title, *rest = _SENTENCES.split(update.text, maxsplit=1)
    return Item(
        Kind.UPDATE,
        update.id,
        title,
        tuple(rest),
        facets,
        day=day,
        dated=dated,
        url=update.url,
        origin=update.page,
    )


def of_term(index: Index, term: Term) -> Item:
    """A word of the field and what it means."""
    title = f"{term.name} ({term.full})" if term.full else term.name
    sources = _sources(index, term.quotes)
    facets = _facets(Kind.DEFINITION, sources, ())
    day = sortable_day(term.page_date)
    return Item(
        Kind.DEFINITION,
        term.id,
        title,
        (term.meaning,),
        facets,
        term.quotes,
        day,
        term.page_date,
        term.url,
        term.page,
    )


def searched_text(index: Index, item: Item) -> str:
    """What is searched for an item: its title, other names and all that it says, in both registers."""
    if item.kind is Kind.DEFINITION:
        term = next(each for each in index.knowledge.terms if each.id == item.id)
        return "\n".join((item.title, *term.names, *item.lines))
    if item.kind in (Kind.PREPARED, Kind.GAP):
        topic = next(each for each in index.knowledge.topics if each.id == item.id)
        return "\n".join((item.title, *(row.text for row in (*topic.staff, *topic.plain))))
    return "\n".join((item.title, *item.lines))


def searched_statement(index: Index, source_id: str, statement: Statement) -> str:
    """What is searched for a statement: its document's title, the headings and list heads above it, its words."""
    return statement_text(index.documents[source_id], statement)


def sortable_day(words: str, year: int = 0) -> str:
    """A date in words as one that sorts: "last modified October 3, 2022" is "2022-10-03"; else the year, if any."""
    if match := _DAY.search(words):
        month, day, of_year = match.groups()
        return f"{of_year}-{_MONTHS.index(month) + 1:02}" + (f"-{int(day):02}" if day else "")
    years = _YEAR.findall(words)
    return str(year) if year else years[-1] if years else ""


def _sources(index: Index, quotes: Iterable[Quote]) -> list[Source]:
    return [index.documents[source_id].source for source_id in dict.fromkeys(quote.source_id for quote in quotes)]


def _facets(kind: Kind, sources: Iterable[Source], programs: Iterable[Program]) -> Facets:
    sources, programs = list(sources), list(programs)
    facets = {
        "kind": [kind.value],
        "status": [program.status for program in programs],
        "program": [program.id for program in programs],
        "county": [county for source in sources for county in source.counties],
        "plan": [source.plan for source in sources],
        "document": [source.id for source in sources],
        "publisher": [source.publisher for source in sources],
        "audience": [source.audience for source in sources],
        "year": [str(source.year or "") for source in sources],
    }
    return {name: tuple(dict.fromkeys(filter(None, values))) for name, values in facets.items()}
