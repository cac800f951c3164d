"""The library as the answer path reads it: which ask belongs to which topic, and which statements a topic quotes."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.cite import ended_programs
from assistant.glossary import Glossary
from ingest.coverage import is_quoted
from ingest.embed import Vectors
from ingest.index import Index
from ingest.knowledge import Entry, Gap, Program
from ingest.records import Quote, Statement

Place = tuple[str, Statement]
"""A statement and the id of its source."""

# Of the nearest asks, those of gaps against those of answered topics, each weighed by exp(-distance / width).
# Development cases, telling what the documents do not answer: AUROC 0.92; by the single nearest of each 0.90.
VOTERS = 15
VOTE_WIDTH = 0.15
# For telling gaps from answered topics, fewer and nearer ones tell more. Each of the library's own asks left out in
# turn, and development cases: AUROC 0.94 and 0.93 (15 voters of width 0.15: 0.94 and 0.91).
GAP_VOTERS = 10
GAP_WIDTH = 0.1
# For choosing among entries, many. Development cases, an entry with a right quote first, and among two (with the weight
# of statements in fit.py): 15 of width 0.15 0.85 and 0.95, 25 of 0.15 0.90 and 0.95, 40 of 0.25 0.91 and 0.96.
ENTRY_VOTERS = 40
ENTRY_WIDTH = 0.25


@dataclass(frozen=True, slots=True)
class About:
    """Ended programs, counties and plans that a statement is about: those it names, else its document's."""

    ended: tuple[Program, ...]
    counties: frozenset[str]
    plans: frozenset[str]


class Library:
    """Topics (entries, gaps) and asides of an open index, in the order in which their asks' vectors are kept."""

    def __init__(self, index: Index) -> None:
        self.entries: Sequence[Entry] = index.knowledge.entries
        self.gaps: Sequence[Gap] = index.knowledge.gaps
        topics = index.knowledge.topics
        self._owner = np.array([at for at, topic in enumerate(topics) for _ in topic.all_asks], dtype=np.int64)
        asides = index.knowledge.asides
        self._aside_kinds = np.array([aside.kind for aside in asides for _ in aside.asks], dtype=object)
        self.glossary = Glossary(index.knowledge.terms)
        self.places = [
            tuple(place for quote in entry.quotes for place in quoted_statements(index, quote))
            for entry in self.entries
        ]

        self._about: dict[Place, About] = {}
        sources = [document.source for document in index.documents.values()]
        self._counties = frozenset(county for source in sources for county in source.counties)
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

    def counties_in(self, text: str) -> frozenset[str]:
        """The counties of the corpus that the text names."""
        return frozenset(county for county in self._counties if _stands_in(county, text))

    def plans_in(self, text: str) -> frozenset[str]:
        """The plans of the corpus that the text names."""
        return frozenset(plan for plan in self._plans if _stands_in(plan, text))

    def gap_vote(self, asks: Vectors) -> tuple[Gap | None, float, float]:
        """The gap that the nearest asks speak for most, the vote of gaps, and that one gap's share of all (0 to 1).

        The vote goes from -1 (none of the nearest asks is a gap's) to 1 (all are).
        """
        nearest, weights = _voters(asks[: len(self._owner)], GAP_VOTERS, GAP_WIDTH)
        by_gap: dict[int, float] = defaultdict(float)
        for ask, weight in zip(nearest, weights, strict=True):
            if (at := int(self._owner[ask]) - len(self.entries)) >= 0:
                by_gap[at] += float(weight)
        if not by_gap:
            return None, -1.0, 0.0
        gap = max(by_gap, key=lambda at: by_gap[at])
        total = float(weights.sum())
        return self.gaps[gap], 2 * sum(by_gap.values()) / total - 1, by_gap[gap] / total

    def entry_votes(self, asks: Vectors) -> dict[str, float]:
        """By id of an entry, its share (0 to 1) of the vote of the nearest asks of all topics."""
        nearest, weights = _voters(asks[: len(self._owner)], ENTRY_VOTERS, ENTRY_WIDTH)
        votes: dict[str, float] = defaultdict(float)
        for ask, weight in zip(nearest, weights, strict=True):
            if (at := int(self._owner[ask])) < len(self.entries):
                votes[self.entries[at].id] += float(weight / weights.sum())
        return votes

    def aside_votes(self, asks: Vectors) -> dict[str, float]:
        """By kind of aside, its share (0 to 1) of the vote of the nearest asks of all."""
        nearest, weights = _voters(asks)
        votes: dict[str, float] = defaultdict(float)
        for ask, weight in zip(nearest, weights, strict=True):
            if (at := int(ask) - len(self._owner)) >= 0:
                votes[self._aside_kinds[at]] += float(weight / weights.sum())
        votes.pop("none", None)
        return votes

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


def _voters(
    asks: Vectors, count: int = VOTERS, width: float = VOTE_WIDTH
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The nearest asks and the weight of each."""
    nearest = np.argsort(-asks, kind="stable")[:count]
    return nearest, np.exp((asks[nearest] - asks[nearest[:1]]) / width)


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
