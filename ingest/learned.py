"""What an index learns from the asks of its library when it is built, to be read when it is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest import learning, unsaid
from ingest.embed import Encoder, Vectors
from ingest.joined import side_by_side
from ingest.kinds import kinds_of, names_of
from ingest.knowledge import Knowledge
from ingest.learning import Network, Plan, stacked, unstacked
from ingest.unsaid import Unsaid

FILE = "meaning.npz"
# Measured beside linear discriminants, for which English has the nearest asks now (assistant/meaning.py). 403
# answerable development cases in English, an entry with a right quote first, and log loss: discriminants alone 0.935
# and 0.73, a network alone 0.935 and 0.39, both 0.950 and 0.37; with 128 units 0.943 and 0.39, 6 passes 0.945 and 0.37,
# ten times the penalty 0.945 and 0.39.
_PLAN = Plan(units=256, passes=12, penalty=0.1)
# Of fewer asks, or where a kind has no English one, the discriminants tell by themselves.
_FEWEST = 1000


@dataclass(frozen=True, slots=True)
class Learned:
    """Models fitted on asks; None where there are too few."""

    unsaid: Unsaid | None = None
    meaning: Network | None = None
    """Of English vectors of all encoders side by side: a logit for each of `kinds.names_of`."""

    def save(self, folder: Path) -> None:
        """Write it into the folder of a build."""
        if self.unsaid:
            self.unsaid.save(folder)
        if self.meaning:
            np.savez(folder / FILE, allow_pickle=False, **stacked([self.meaning]))

    @classmethod
    def load(cls, folder: Path) -> "Learned":
        """What `save` wrote. Raises what numpy raises for a damaged file."""
        if not (folder / FILE).exists():
            return cls(Unsaid.load(folder))
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls(Unsaid.load(folder), unstacked(stored)[0])


def learn(
    knowledge: Knowledge, encoders: Sequence[Encoder], asks: Sequence[str], vectors: Mapping[str, Vectors]
) -> Learned:
    """Fit the models; `asks` are those of `index.asks_of`, `vectors` a row for each by encoder."""
    if not vectors:
        return Learned()
    joined = side_by_side(encoders, vectors)
    return Learned(unsaid.fit(knowledge, dict(zip(asks, joined, strict=True))), _meaning(knowledge, joined))


def _meaning(knowledge: Knowledge, joined: Vectors) -> Network | None:
    kinds = kinds_of(knowledge)
    number = {kind: at for at, kind in enumerate(names_of(kinds))}
    labels = np.array([number.get(kind, -1) if english else -1 for kind, count, english in kinds for _ in range(count)])
    rows = np.flatnonzero(labels >= 0)
    if len(rows) < _FEWEST or len(set(labels[rows])) < len(number):
        return None
    return learning.fit_network(joined[rows], labels[rows].tolist(), _PLAN, seed=0)
