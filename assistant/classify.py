"""Which topic of the library a question is about: linear discriminant analysis over the vectors of its asks."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.embed import Vectors

# Added to the diagonal of the covariance, in units of its mean: each topic has about 22 asks in 768 dimensions. With
# one ask in five left out, the right topic first: 0.3 0.47, 1 0.50, 2 0.50, 4 0.51; a vote of the nearest asks 0.34.
SHRINKAGE = 2.0
# Of a library with an ask or two a topic, whose own spread says nothing; that of the shipped library is about 0.0015.
LEAST_SPREAD = 1e-3
# Discriminant scores are too sure of themselves; times this, left-out asks are told best (log loss 2.10 of 5.66).
TEMPERATURE = 0.25


class TopicClassifier:
    """Linear discriminant analysis (Fisher 1936) with a shrunk covariance (Friedman 1989, Ledoit and Wolf 2004).

    `vectors` holds one row an ask, `owner` the number of the topic of each.
    """

    def __init__(self, vectors: Vectors, owner: NDArray[np.int64], topics: int) -> None:
        rows = vectors.astype(np.float64)
        self._center = rows.mean(axis=0)
        rows -= self._center
        counts = np.bincount(owner, minlength=topics)
        sums = np.zeros((topics, rows.shape[1]))
        np.add.at(sums, owner, rows)
        means = sums / np.maximum(counts, 1)[:, None]
        within = rows - means[owner]
        covariance = within.T @ within / len(rows)
        spread = max(np.trace(covariance) / len(covariance), LEAST_SPREAD)
        covariance += SHRINKAGE * spread * np.eye(len(covariance))
        self._directions = np.linalg.solve(covariance, means.T)
        self._offsets = -0.5 * np.einsum("td,dt->t", means, self._directions)
        # A topic without asks is never meant.
        self._offsets[counts == 0] = -np.inf

    def scores(self, vector: Vectors) -> Vectors:
        """The discriminant score of each topic for the vector of one question."""
        return np.asarray((vector - self._center) @ self._directions + self._offsets, dtype=np.float32)


def shares(scores: Sequence[tuple[Vectors, float]]) -> Vectors:
    """The probability of each topic, from the log odds by one or more texts and the weight of each."""
    total = sum(weight for _, weight in scores)
    pooled = sum((weight / total * each for each, weight in scores), np.zeros(len(scores[0][0])))
    likely = np.exp(pooled - pooled.max())
    return np.asarray(likely / likely.sum(), dtype=np.float32)
