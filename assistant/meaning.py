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
from ingest.index import Index
from ingest.joined import side_by_side
from ingest.kinds import NO_MEANING, kinds_of, names_of
from ingest.knowledge import Entry
from ingest.learning import Network
from ingest.translatable import topic_key
from ingest.translations import LANGUAGES

Texts = Sequence[tuple[Mapping[str, Vectors], float]]
"""What a message is told by: the vectors of each of its texts by encoder, and the text's weight."""


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
        asks = {_words(ask): topic.id for topic in index.knowledge.topics for ask in topic.all_asks}
        self._said = asks | {_words(text): entry.id for entry in index.knowledge.entries for text in _questions(entry)}
        self._index = index
        self._all = frozenset(encoder.name for encoder in index.encoders)
        self._classifiers: dict[frozenset[str], TopicClassifier] = {}
        self._lock = threading.Lock()

    def in_so_many_words(self, question: str) -> Likely | None:
        """What an example means that says just what the question says; None if none does."""
        topic = self._said.get(_words(question))
        return (
            Likely({name: float(name == topic) for group, name in self._names if group == "topic"}) if topic else None
        )

    def likely(self, texts: Texts) -> Likely:
        """How likely each meaning is; all texts must have been read by the same encoders."""
        encoders = frozenset(texts[0][0]) if texts else frozenset()
        if not self._names or not encoders:
            return Likely()
        classifier = self._classifier(encoders)
        joined = [(side_by_side(self._index.encoders, vectors), weight) for vectors, weight in texts]
        network = self._index.learned.meaning if encoders == self._all else None
        found = shares([(_scores(classifier, network, vector), weight) for vector, weight in joined])
        by_group: dict[str, dict[str, float]] = defaultdict(dict)
        for (group, name), share in zip(self._names, found, strict=True):
            by_group[group][name] = float(share)
        return Likely(by_group["topic"], by_group["aside"])

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


def _scores(classifier: TopicClassifier, network: Network | None, vector: Vectors) -> Vectors:
    """Log odds of each kind, up to a constant: the discriminants' and, where there is one, the network's too."""
    discriminants = TEMPERATURE * classifier.scores(vector)
    return discriminants if network is None else discriminants + network.logits(vector)


def _questions(entry: Entry) -> list[str]:
    """The question that the entry answers, in each language that has it."""
    key, english = topic_key(entry, "question"), entry.question
    return [text for language in ("en", *LANGUAGES) if (text := in_language(key, english, language))]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))
