"""The library as the answer path reads it: which ask belongs to which topic, and which statements a topic quotes."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.cite import ended_programs
from assistant.glossary import Glossary
from assistant.meaning import Meanings
from assistant.spelling import Spelling
from ingest.coverage import is_quoted
from ingest.embed import Vectors
from ingest.index import Index
from ingest.knowledge import Entry, Gap, Knowledge, Program
from ingest.places import COUNTIES, counties_named
from ingest.records import Quote, Statement
from ingest.support import stems

# A shorter word that nobody wrote down is more often a typing error than a subject.
_SHORTEST_STRANGE = 5

Place = tuple[str, Statement]
"""A statement and the id of its source."""


@dataclass(frozen=True, slots=True)
class About:
    """Ended programs, counties and plans that a statement is about: those it names, else its document's."""

    ended: tuple[Program, ...]
    counties: frozenset[str]
    plans: frozenset[str]


class Library:
    """Topics (entries, gaps) and asides of an open index, in the order in which their asks' vectors are kept.

    `statements` are all that are encoded or quoted; `quoted` says of each entry which, by their numbers, which are
    compared faster than they; `ended` names its programs if all of them have ended.
    """

    def __init__(self, index: Index) -> None:
        self.updates = index.knowledge.updates
        self._texts = [document.text for document in index.documents.values()]
        self.entries: Sequence[Entry] = index.knowledge.entries
        self.gaps: Sequence[Gap] = index.knowledge.gaps
        topics = index.knowledge.topics
        self._owner = np.array([at for at, topic in enumerate(topics) for _ in topic.all_asks], dtype=np.int64)
        self.meanings = Meanings(index)
        self._known = frozenset[str]().union(
            *(stems(document.text) for document in index.documents.values()),
            *(stems(update.text) for update in index.knowledge.updates),
            *(stems(" ".join(entry.asks)) for entry in index.knowledge.entries),
        )
        self.glossary = Glossary(index.knowledge.terms)
        self.spelling = Spelling(index.knowledge.terms, _right_texts(index), _asks(index))
        quoted = [
            tuple(place for quote in entry.quotes for place in quoted_statements(index, quote))
            for entry in self.entries
        ]
        # Those of the index first, so that their numbers are their positions in it.
        self.statements = tuple(dict.fromkeys([*index.statements, *(place for places in quoted for place in places)]))
        self._numbers = {place: number for number, place in enumerate(self.statements)}
        self.quoted = [tuple(self._numbers[place] for place in places) for places in quoted]
        self.ended = [_ended_only(entry, index.knowledge) for entry in self.entries]
        self._about: dict[Place, About] = {}
        sources = [document.source for document in index.documents.values()]
        self._plans = frozenset(source.plan for source in sources if source.plan)
        self._passages: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for position, passage in enumerate(index.passages):
            self._passages[passage.source_id].append((passage.start, position))
        self._ends = [passage.end for passage in index.passages]

    def about(self, index: Index, place: Place) -> About:
        """What a statement is about, worked out at first use."""
        if place not in self._about:
            source_id, statement = place
            document = index.documents[source_id]
            words = document.text[statement.start : statement.end]
            source = document.source
            self._about[place] = About(
                tuple(ended_programs(document, words, index.knowledge)),
                self.counties_in(words) or frozenset(source.counties),
                self.plans_in(words) or frozenset(filter(None, [source.plan])),
            )
        return self._about[place]

    def number(self, place: Place) -> int:
        """The number of a statement in `statements`; -1 if it is not there."""
        return self._numbers.get(place, -1)

    def unknown_words(self, text: str) -> int:
        """How many longer content words of the text stand in no document, update, or ask of an entry."""
        return sum(len(stem) >= _SHORTEST_STRANGE for stem in stems(text) - self._known)

    @cached_property
    def counties(self) -> frozenset[str]:
        """The counties that any document names."""
        return frozenset(county for county in COUNTIES if any(county in text for text in self._texts))

    def counties_in(self, text: str) -> frozenset[str]:
        """The counties of California that the text names."""
        return counties_named(text)

    def plans_in(self, text: str) -> frozenset[str]:
        """The plans of the corpus that the text names."""
        return frozenset(plan for plan in self._plans if _stands_in(plan, text))

    def nearest_topic(self, asks: Vectors) -> float:
        """The cosine of the nearest ask of any topic; 0 if there is none."""
        topics = asks[: len(self._owner)]
        return float(topics.max()) if topics.size else 0.0

    def passage_of(self, source_id: str, statement: Statement) -> int | None:
        """The position of the passage that holds the statement; None when no single one does."""
        starts = self._passages[source_id]
        at = bisect_right(starts, (statement.start, len(self._ends))) - 1
        return starts[at][1] if at >= 0 and statement.end <= self._ends[starts[at][1]] else None

    def statements_in(self, index: Index, position: int) -> list[Place]:
        """The statements of one passage, in reading order."""
        passage = index.passages[position]
        inside = [each for each in index.statements_of(passage.source_id) if passage.start <= each.start < passage.end]
        return [(passage.source_id, each) for each in inside]

    def nearness(self, asks: Vectors) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The cosine of the nearest ask of each entry, and of each gap."""
        best = np.full(len(self.entries) + len(self.gaps), -1.0, dtype=np.float32)
        np.maximum.at(best, self._owner, asks[: len(self._owner)])
        return best[: len(self.entries)], best[len(self.entries) :]


def _ended_only(entry: Entry, knowledge: Knowledge) -> tuple[Program, ...]:
    """The entry's programs if all of them have ended, else none."""
    programs = tuple(program for name in entry.programs if (program := knowledge.program(name)))
    return programs if all(program.status == "ended" for program in programs) else ()


def _right_texts(index: Index) -> Iterator[str]:
    """English that is spelt right."""
    yield from (document.text for document in index.documents.values())
    yield from (update.text for update in index.knowledge.updates)
    yield from (contact.who for contact in index.knowledge.contacts)


def _asks(index: Index) -> Iterator[str]:
    return (ask for topic in index.knowledge.topics for ask in topic.asks)


def quoted_statements(index: Index, quote: Quote) -> list[Place]:
    """The statements of the quote's document that the quote holds, or that hold it."""
    return [
        (quote.source_id, statement)
        for statement in index.statements_of(quote.source_id)
        if is_quoted(statement, quote)
    ]


def _stands_in(name: str, text: str) -> bool:
    """Whether a county or plan is named, also by its usual abbreviation ("LA", "SD", "HN")."""
    initials = "".join(word[0] for word in name.split())
    spelled = name.lower().replace(".", "")
    return spelled in text.lower().replace(".", "") or (
        len(initials) > 1 and bool(re.search(rf"(?<!\w){initials}(?!\w)", text))
    )
