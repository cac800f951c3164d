"""Whether answers helped: counted in memory, without a word of any question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock

from assistant.answer import Answer
from assistant.frame import PREPARED
from ingest.knowledge import Knowledge, Prepared

# Of an answer without a prepared part.
OTHER = "other"


class Helpful:
    """Counts of "yes" and "no" by topic, since the program was started."""

    def __init__(self, topics: Iterable[str]) -> None:
        self._known = frozenset(topics)
        self._counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        self._lock = Lock()

    def count(self, useful: bool, topics: Sequence[str]) -> None:
        """Count one answer under each of its topics that there is; nothing else that is sent is kept."""
        known = self._known.intersection(topics) or {OTHER}
        with self._lock:
            self._counts[useful].update(known)

    @property
    def counts(self) -> Mapping[str, tuple[int, int]]:
        """How often yes and no was said, by topic."""
        with self._lock:
            yes, no = self._counts[True], self._counts[False]
            return {topic: (yes[topic], no[topic]) for topic in sorted({*yes, *no})}


def topics_of(answer: Answer, knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the entries and gaps whose prepared words stand in an answer, for most of their sentences."""
    said = {sentence.english or sentence.text for sentence in answer.sentences if sentence.kind in PREPARED}
    return tuple(
        topic.id for topic in knowledge.topics if any(_is_said(each, said) for each in (topic.plain, topic.staff))
    )


def _is_said(sentences: Sequence[Prepared], said: set[str]) -> bool:
    """Whether most of them are: topics share sentences, and one that repeats a notice is left out."""
    return 2 * sum(sentence.text in said for sentence in sentences) > len(sentences)
