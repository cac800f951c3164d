"""What stands beside found words: that their program ended, what is newer, and where the documents disagree."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from desk.items import Item, Kind
from ingest.coverage import is_quoted
from ingest.index import Index
from ingest.knowledge import Entry, Prepared, Update
from ingest.records import Quote, Statement
from ingest.support import stems

# How the library's sentences for staff say that documents disagree or speak of two things in the same words. In the
# shipped library it finds the two counts of people with both programs, the two uses of "1.6 million", and the two
# statements on pay, and no other entry (tests/test_desk_search.py).
_DISAGREES = re.compile(
    r"\b(?:differ|disagree|(?:does|do) not reconcile|not reconciled|do not confuse|another count)\b", re.I
)
# An update of the same program is about the same thing when it shares so many content words with what was found,
# beside the program's own name: with two, any two sentences on "plans in counties" would be.
_SHARED_WORDS = 3
_MOST_NEWER = 3
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence of the library on documents that disagree, and their words."""

    text: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What an agent must know beside what was found; `ended` and `differs` in the library's own proved words."""

    ended: tuple[str, ...] = ()
    newer: tuple[Update, ...] = ()
    differs: tuple[Difference, ...] = ()


class Neighbors:
    """Who speaks of the same: entries by the documents they quote, worked out once for an open index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._entries: dict[str, list[tuple[Quote, Entry]]] = defaultdict(list)
        self._differences: dict[str, list[tuple[Quote, Difference]]] = defaultdict(list)
        for entry in index.knowledge.entries:
            for quote in entry.quotes:
                self._entries[quote.source_id].append((quote, entry))
            for difference in differences(entry):
                for quote in difference.quotes:
                    self._differences[quote.source_id].append((quote, difference))
        names = " ".join(alias for program in index.knowledge.programs for alias in (program.name, *program.aliases))
        self._names = stems(names)
        self._updates = [(stems(update.text), update) for update in index.knowledge.updates]

    def beside(self, item: Item) -> Beside:
        """What stands beside one item; nothing beside an update or a word of the field."""
        if item.kind in (Kind.UPDATE, Kind.DEFINITION):
            return Beside()
        own = item.quotes[-1:] if item.kind is Kind.DOCUMENT else item.quotes
        programs = [self._index.knowledge.program(name) for name in item.facets.get("program", ())]
        past = [program for program in programs if program and program.status in ("ended", "past")]
        is_all_past = bool(past) and len(past) == len(programs)
        notices = (fact.text for program in past for fact in program.notice) if is_all_past else ()
        differing = tuple(each for each in self.differing(own) if each.text not in item.lines)
        return Beside(tuple(dict.fromkeys(notices)), self._newer(item, own), differing)

    def differing(self, quotes: Iterable[Quote]) -> tuple[Difference, ...]:
        """What the library says of documents that disagree at those places."""
        near = (each for quote in quotes for each in _near(quote, self._differences[quote.source_id]))
        return tuple(dict.fromkeys(near))

    def entries(self, quotes: Iterable[Quote]) -> tuple[Entry, ...]:
        """The entries that quote those places, in the order of the library."""
        found = {entry.id: entry for quote in quotes for entry in _near(quote, self._entries[quote.source_id])}
        return tuple(entry for entry in self._index.knowledge.entries if entry.id in found)

    def entries_of(self, source_id: str) -> tuple[Entry, ...]:
        """The entries that quote a document."""
        return tuple({entry.id: entry for _, entry in self._entries[source_id]}.values())

    def _newer(self, item: Item, own: Sequence[Quote]) -> tuple[Update, ...]:
        """The updates in the prepared answers on the same words; then those of its programs that share its words."""
        known = self._index.knowledge
        entries = [each for each in known.entries if each.id == item.id] or list(self.entries(own)[:1])
        linked = [known.update(name) for entry in entries for name in updates_in(entry)]
        words = stems(" ".join((item.title, *item.lines))) - self._names
        programs = set(item.facets.get("program", ()))
        shared = [(len(words & told), each) for told, each in self._updates if programs & set(each.programs)]
        alike = [each for count, each in sorted(shared, key=lambda pair: -pair[0]) if count >= _SHARED_WORDS]
        return tuple(dict.fromkeys(update for update in (*linked, *alike) if update))[:_MOST_NEWER]


def differences(entry: Entry) -> tuple[Difference, ...]:
    """What an entry says of documents that disagree, each sentence with the words it rests on."""
    return tuple(Difference(row.text, row.quotes) for row in entry.staff or entry.plain if _DISAGREES.search(row.text))


def updates_in(entry: Entry) -> tuple[str, ...]:
    """The ids of the updates that a prepared answer tells."""
    rows: Sequence[Prepared] = (*entry.staff, *entry.plain)
    return tuple(dict.fromkeys(row.update for row in rows if row.update))


def _near(quote: Quote, quoted: Iterable[tuple[Quote, _Found]]) -> list[_Found]:
    own = Statement(quote.span.start, quote.span.end)
    return [found for other, found in quoted if is_quoted(own, other)]
