"""What a search can be narrowed to: the facets, their values in a corpus, and what each choice leaves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desk.items import Facets, Item, Kind
from ingest.index import Index
from ingest.places import counties_named

NAMES: Mapping[str, str] = {
    "kind": "What",
    "status": "Program status",
    "program": "Program",
    "county": "County",
    "plan": "Plan",
    "document": "Document",
    "publisher": "Publisher",
    "audience": "Written for",
    "year": "Year",
}
KIND_NAMES = {
    Kind.DOCUMENT: "Words of documents",
    Kind.PREPARED: "Prepared answers",
    Kind.GAP: "Not in the documents",
    Kind.UPDATE: "Updates",
    Kind.DEFINITION: "Definitions",
}
STATUS_NAMES = {
    "ended": "Ended",
    "past": "Past, part of others now",
    "open": "Open in the documents",
    "unknown": "Documents do not say",
}
# More values of one facet than this are no list to choose from; typing the name finds the rest.
MOST_VALUES = 40

Chosen = Mapping[str, frozenset[str]]
"""By facet, the values of which an item needs one; a facet that is not there leaves all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet."""

    value: str
    name: str


def chosen_of(pairs: Iterable[tuple[str, str]]) -> Chosen:
    """The choices in the parameters of an address; others, and empty ones, are left alone."""
    found: dict[str, set[str]] = {}
    for name, value in pairs:
        if name in NAMES and value:
            found.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


def is_left(facets: Facets, chosen: Chosen, *, but: str = "") -> bool:
    """Whether an item of those facets passes every choice, that of the facet `but` aside."""
    return all(name == but or not values.isdisjoint(facets.get(name, ())) for name, values in chosen.items())


def counts(items: Sequence[Item], chosen: Chosen) -> dict[str, Counter[str]]:
    """By facet and value, how many items choosing it would leave beside the choices in the other facets."""
    return {
        name: Counter(
            value for item in items if is_left(item.facets, chosen, but=name) for value in item.facets.get(name, ())
        )
        for name in NAMES
    }


def choices(index: Index) -> dict[str, tuple[Choice, ...]]:
    """The values of every facet that has at least two in this corpus, in a fixed order."""
    sources = [document.source for document in index.documents.values()]
    updates = index.knowledge.updates
    newer = [county for update in updates for county in counties_named(update.text)]
    statuses = {program.status for program in index.knowledge.programs}
    values = {
        "kind": [Choice(kind.value, name) for kind, name in KIND_NAMES.items()],
        "status": [Choice(status, name) for status, name in STATUS_NAMES.items() if status in statuses],
        "program": [Choice(program.id, program.name) for program in index.knowledge.programs],
        "county": _sorted((*(county for source in sources for county in source.counties), *newer)),
        "plan": _sorted(source.plan for source in sources),
        "document": [Choice(source.id, source.label or source.title) for source in sources],
        "publisher": _sorted((*(source.publisher for source in sources), *(update.page for update in updates))),
        "audience": _sorted(source.audience for source in sources),
        "year": _sorted(str(source.year or "") for source in sources)[::-1],
    }
    return {name: tuple(found[:MOST_VALUES]) for name, found in values.items() if len(found) > 1}


def _sorted(values: Iterable[str]) -> list[Choice]:
    return [Choice(value, value) for value in sorted(set(filter(None, values)))]
