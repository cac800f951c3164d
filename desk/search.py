"""One search at the desk: what was typed and chosen -> the items, in order, and what each filter would leave."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.privacy import mask
from assistant.texts import MAX_QUESTION_CHARS
from desk.filters import Chosen, chosen_of, counts, is_left
from desk.items import Item
from desk.shelf import Shelf, fused
from desk.words import Sought, sought

# Shown at once, and that many more at each wish: a better word is typed more quickly than more of them are read.
SHOWN = 25
_MOST_SHOWN = 500
# With fewer words something is looked up, not asked; what they might mean would only stand before what holds them.
_MIN_QUESTION_WORDS = 3


class Order(StrEnum):
    """How items are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed and chosen; `typed` holds no number that names a person."""

    typed: str = ""
    chosen: Chosen = field(default_factory=dict)
    order: Order = Order.RELEVANCE
    removed: tuple[str, ...] = ()
    """Kinds of numbers that were taken out."""
    upto: int = SHOWN
    """How many are shown at most."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing is typed and nothing chosen."""
        return not self.typed.strip() and not self.chosen


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found: the first items, how many there are, and the counts beside filters."""

    query: Query
    sought: Sought
    items: tuple[Item, ...]
    total: int
    counts: Mapping[str, Counter[str]]


def query_of(pairs: Sequence[tuple[str, str]]) -> Query:
    """The query in the parameters of an address; what it does not know is left alone."""
    given = dict(pairs)
    masked = mask(given.get("q", "")[:MAX_QUESTION_CHARS])
    order = Order.NEWEST if given.get("sort") == Order.NEWEST.value else Order.RELEVANCE
    return Query(masked.text, chosen_of(pairs), order, masked.removed, _upto(given.get("upto", "")))


def _upto(typed: str) -> int:
    """A number of whole lists of results."""
    wanted = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
    return min(max(-(-wanted // SHOWN), 1) * SHOWN, _MOST_SHOWN)


def pairs_of(query: Query) -> list[tuple[str, str]]:
    """The parameters of the address of a query: what `query_of` reads."""
    typed = [("q", query.typed)] if query.typed.strip() else []
    order = [("sort", query.order.value)] if query.order is not Order.RELEVANCE else []
    upto = [("upto", str(query.upto))] if query.upto > SHOWN else []
    chosen = [(name, value) for name, values in query.chosen.items() for value in sorted(values)]
    return [*typed, *chosen, *order, *upto]


def search_words(shelf: Shelf, query: Query) -> Results:
    """What holds the typed words: quick enough for every key."""
    wanted = sought(shelf.library.spelling.known_slips(query.typed), shelf.library.glossary, shelf.vocabulary)
    return _results(shelf, query, wanted, _by_words(shelf, wanted))


def search_meaning(shelf: Shelf, query: Query) -> Results:
    """The same, joined with what the assistant takes a question for; phrases in quotation marks stay exact."""
    wanted = sought(shelf.library.spelling.known_slips(query.typed), shelf.library.glossary, shelf.vocabulary)
    found = _by_words(shelf, wanted)
    if wanted.text and not wanted.phrases and len(query.typed.split()) >= _MIN_QUESTION_WORDS:
        sure, meant = shelf.by_meaning(query.typed)
        found = list(dict.fromkeys((*sure, *fused(meant, found))))
    return _results(shelf, query, wanted, found)


def _by_words(shelf: Shelf, wanted: Sought) -> list[int]:
    """What holds every word, in other forms too; where nothing does, what holds some."""
    if not wanted.text:
        return list(shelf.all())
    found = shelf.by_words(wanted.text)
    if wanted.phrases:
        rest = set(shelf.all()).difference(found)
        return [at for at in (*found, *sorted(rest)) if _shows(shelf.item(at), wanted.phrases)]
    whole = [at for at in found if _holds_all(shelf.text(at), wanted)]
    return whole or found


def _shows(item: Item, phrases: Sequence[re.Pattern[str]]) -> bool:
    """Whether the phrases stand in what is shown of it; each in one line or the title."""
    return all(any(phrase.search(text) for text in (item.title, *item.lines)) for phrase in phrases)


def _holds_all(text: str, wanted: Sought) -> bool:
    return all(pattern.search(text) for pattern in wanted.needed)


def _results(shelf: Shelf, query: Query, wanted: Sought, found: Sequence[int]) -> Results:
    """Nothing to be found by and nothing chosen finds nothing: everything is no answer."""
    items = [shelf.item(at) for at in found] if wanted.text or query.chosen else []
    left = [item for item in items if is_left(item.facets, query.chosen)]
    if query.order is Order.NEWEST:
        left.sort(key=lambda item: item.day, reverse=True)
    return Results(query, wanted, tuple(left[: query.upto]), len(left), counts(items, query.chosen))
