"""Whether each entry's ways of asking lead to it and not to another, each left out in turn."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Encoder, Vectors
from ingest.knowledge import Knowledge, Topic

# An entry is mistaken for another when more than this share of its ways of asking is nearest to that one's.
MISTAKEN_SHARE = 0.5
# All at once would take gigabytes.
_ROWS_AT_ONCE = 1024


def check_asks(
    knowledge: Knowledge, encoders: Sequence[Encoder], vectors: Mapping[str, Mapping[str, Vectors]]
) -> Iterator[tuple[str, str]]:
    """Entries and gaps most of whose asks retrieve one other; `vectors` are those of all asks, by encoder and text.

    Related topics may share asks. Other languages are compared by the multilingual encoder only.
    """
    topics = knowledge.topics
    english = [encoder.name for encoder in encoders]
    multilingual = [encoder.name for encoder in encoders if encoder.is_multilingual]
    yield from _mistaken(topics, [topic.asks for topic in topics], [vectors[name] for name in english])
    for language in sorted({language for topic in topics for language in topic.other_asks}):
        asks = [topic.other_asks.get(language, ()) for topic in topics]
        yield from _mistaken(topics, asks, [vectors[name] for name in multilingual])


def _mistaken(
    topics: Sequence[Topic], asks: Sequence[Sequence[str]], vectors: Sequence[Mapping[str, Vectors]]
) -> Iterator[tuple[str, str]]:
    owner = np.array([at for at, texts in enumerate(asks) for _ in texts])
    texts = [text for each in asks for text in each]
    if not texts or not vectors:
        return
    found = owner[_nearest([np.array([each[text] for text in texts]) for each in vectors])]
    for at, topic in enumerate(topics):
        others = Counter(int(each) for each in found[owner == at] if each != at)
        for other, count in others.most_common(1):
            is_related = topics[other].id in topic.related or topic.id in topics[other].related
            if count > MISTAKEN_SHARE * len(asks[at]) and not is_related:
                yield topic.id, f"asks: {count} of {len(asks[at])} retrieve {topics[other].id!r} instead"


def _nearest(matrices: Sequence[Vectors]) -> NDArray[np.int64]:
    """For each row the other row that is nearest by all matrices together."""
    nearest = np.empty(len(matrices[0]), dtype=np.int64)
    for start in range(0, len(nearest), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        cosines = sum((matrix[rows] @ matrix.T for matrix in matrices[1:]), matrices[0][rows] @ matrices[0].T)
        cosines[np.arange(len(cosines)), np.arange(start, start + len(cosines))] = -np.inf
        nearest[rows] = np.argmax(cosines, axis=1)
    return nearest
