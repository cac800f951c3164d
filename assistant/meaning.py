"""What a message may mean: a topic of the library, or no question for it at all."""

import re
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.classify import TEMPERATURE, TopicClassifier, shares
from assistant.texts import in_language
from ingest.embed import Vectors
from ingest.index import Found, Index
from ingest.joined import cosines, side_by_side
from ingest.kinds import NO_MEANING, Kind, kinds_of, names_of
from ingest.knowledge import Entry, Knowledge
from ingest.learning import Network
from ingest.translatable import topic_key
from ingest.translations import LANGUAGES

Texts = Sequence[tuple[Found, float]]
"""What a message is told by: what was found for each of its texts, and the text's weight."""
# How much the cosine of a kind's nearest ask adds to a network's log odds of it. 403 answerable development cases in
# English, an entry with a right quote first, log loss, and the likeliest gap telling what is not answered, AUROC:
# discriminants 0.935, 0.73 and 0.82; network 0.935, 0.39 and 0.88; both 0.950, 0.37 and 0.85; network and nearest asks
# 0.950, 0.31 and 0.87; all three 0.950, 0.32 and 0.86.
NEAREST_WEIGHT = 6.0


@dataclass(frozen=True, slots=True)
class Likely:
    """How likely each meaning is; together they are 1, or nothing where the corpus has no library."""

    topics: Mapping[str, float] = field(default_factory=dict)
    """By id of an entry or gap."""
    asides: Mapping[str, float] = field(default_factory=dict)
    """By kind of aside."""


class Meanings:
    """All that people's examples tell apart, one classifier for each set of encoders that read a message."""

    def __init__(self, index: Index) -> None:
        kinds = kinds_of(index.knowledge)
        self._names = names_of(kinds)
        number = {kind: at for at, kind in enumerate(self._names)} | {NO_MEANING: -1}
        self._owner = np.array([number[kind] for kind, count, _ in kinds for _ in range(count)], dtype=np.int64)
        self._is_english = np.array([english for _, count, english in kinds for _ in range(count)], dtype=bool)
        self._said = _said(index.knowledge)
        self._english = np.flatnonzero((self._owner >= 0) & self._is_english)
        self._index = index
        self._all = frozenset(encoder.name for encoder in index.encoders)
        self._classifiers: dict[frozenset[str], TopicClassifier] = {}
        self._lock = threading.Lock()

    def in_so_many_words(self, question: str) -> Likely | None:
        """What an example means that says just what the question says; None if none does."""
        kind = self._said.get(_words(question))
        return self._as_likely([float(name == kind) for name in self._names]) if kind else None

    def likely(self, texts: Texts) -> Likely:
        """How likely each meaning is; all texts must have been read by the same encoders."""
        encoders = frozenset(texts[0][0].vectors) if texts else frozenset()
        if not self._names or not encoders:
            return Likely()
        network = self._index.learned.meaning if encoders == self._all else None
        found = shares([(self._scores(found, network), weight) for found, weight in texts])
        return self._as_likely(found.tolist())

    def _as_likely(self, found: Sequence[float]) -> Likely:
        by_group: dict[str, dict[str, float]] = defaultdict(dict)
        for (group, name), share in zip(self._names, found, strict=True):
            by_group[group][name] = share
        return Likely(by_group["topic"], by_group["aside"])

    def _scores(self, found: Found, network: Network | None) -> Vectors:
        """Log odds of each kind, up to a constant: by the network and the nearest asks, or by the discriminants."""
        vector = side_by_side(self._index.encoders, found.vectors)
        if network is None:
            return TEMPERATURE * self._classifier(frozenset(found.vectors)).scores(vector)
        nearest = np.full(len(self._names), -np.inf, dtype=np.float32)
        np.maximum.at(nearest, self._owner[self._english], cosines(self._index.encoders, found.asks)[self._english])
        return np.asarray(network.logits(vector) + NEAREST_WEIGHT * nearest, dtype=np.float32)

    def _classifier(self, encoders: frozenset[str]) -> TopicClassifier:
        """Made at first use; of English examples only where one of the encoders reads nothing else."""
        with self._lock:
            if encoders not in self._classifiers:
                reads_all = all(each.is_multilingual for each in self._index.encoders if each.name in encoders)
                rows = np.flatnonzero((self._owner >= 0) & (reads_all | self._is_english))
                vectors = {name: self._index.ask_vectors(name)[rows] for name in encoders}
                joined = side_by_side(self._index.encoders, vectors)
                self._classifiers[encoders] = TopicClassifier(joined, self._owner[rows], len(self._names))
            return self._classifiers[encoders]


def _said(knowledge: Knowledge) -> dict[tuple[str, ...], Kind]:
    """The kind of each example and of each entry's question, by its words."""
    said: dict[tuple[str, ...], Kind] = {
        _words(ask): ("aside", aside.kind) for aside in knowledge.asides for ask in aside.asks
    }
    said |= {_words(ask): ("topic", topic.id) for topic in knowledge.topics for ask in topic.all_asks}
    return said | {_words(text): ("topic", entry.id) for entry in knowledge.entries for text in _questions(entry)}


def _questions(entry: Entry) -> list[str]:
    """The question that the entry answers, in each language that has it."""
    key, english = topic_key(entry, "question"), entry.question
    return [text for language in ("en", *LANGUAGES) if (text := in_language(key, english, language))]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))
