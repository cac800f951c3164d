"""Models fitted on examples: logistic regressions and small networks. The only module that uses scikit-learn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Vectors = NDArray[np.float32]
_FOLDS = 10
_MOST_STEPS = 1000
# The numbers of unit vectors are small beside the weights that a network begins with.
_STRETCH = np.float32(10.0)
_BATCH = 128


def fit(
    rows: Any, labels: Sequence[int], freedom: float, counts: Sequence[float] | Numbers | None = None
) -> tuple[Numbers, float]:
    """The weights and the intercept that tell label 1 from 0; `rows` may be sparse, `freedom` is scikit-learn's C.

    `counts` says how much each row counts; all alike without it.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=freedom, max_iter=_MOST_STEPS)
    model.fit(rows, np.asarray(labels), sample_weight=counts)
    return np.asarray(model.coef_[0], dtype=np.float64), float(model.intercept_[0])


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer of rectified units, then a logit for each label (one for two labels).

    Source: Rumelhart, Hinton and Williams 1986; Nair and Hinton 2010 (rectified units).
    """

    center: Vectors
    """The middle of the rows that it was fitted on."""
    hidden: Vectors
    """A row for each number of the input, a column for each unit."""
    hidden_offsets: Vectors
    last: Vectors
    """A row for each unit, a column for each logit."""
    last_offsets: Vectors

    def logits(self, row: Vectors) -> Vectors:
        """The log odds of each label, up to a constant; of two labels, those of the second."""
        inner = (row - self.center) * _STRETCH @ self.hidden + self.hidden_offsets
        return np.asarray(np.maximum(inner, 0.0) @ self.last + self.last_offsets, dtype=np.float32)


def stacked(networks: Sequence[Network]) -> dict[str, Vectors]:
    """Networks of one shape as arrays by name, to be saved."""
    return {field.name: np.array([getattr(network, field.name) for network in networks]) for field in fields(Network)}


def unstacked(stored: Mapping[str, Vectors]) -> tuple[Network, ...]:
    """The networks that `stacked` took apart; raises KeyError or ValueError for what it did not make."""
    return tuple(Network(*each) for each in zip(*(stored[field.name] for field in fields(Network)), strict=True))


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is fitted: its hidden units, how often it sees every row, and what large weights cost."""

    units: int
    passes: int
    penalty: float


def fit_network(rows: Vectors, labels: Sequence[int], plan: Plan, seed: int) -> Network:
    """A network that tells labels 0, 1, ... apart; `seed` chooses the order of the rows and the first weights."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    center, batch = rows.mean(axis=0), min(_BATCH, len(rows))
    model = MLPClassifier((plan.units,), alpha=plan.penalty, max_iter=plan.passes, batch_size=batch, random_state=seed)
    with warnings.catch_warnings():
        # To stop before it has learned the rows by heart is meant.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit((rows - center) * _STRETCH, np.asarray(labels))
    (hidden, last), (offsets, last_offsets) = model.coefs_, model.intercepts_
    return Network(*(np.asarray(each, dtype=np.float32) for each in (center, hidden, offsets, last, last_offsets)))


def cross_validated(rows: Numbers, labels: Sequence[int], freedom: float, seeds: int) -> Numbers:
    """For each row the probability of label 1 by models that were fitted without it, the mean over `seeds` splits."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    told = [
        cross_val_predict(
            LogisticRegression(C=freedom),
            rows,
            np.asarray(labels),
            cv=StratifiedKFold(_FOLDS, shuffle=True, random_state=seed),
            method="predict_proba",
        )[:, 1]
        for seed in range(seeds)
    ]
    return np.asarray(np.mean(told, axis=0), dtype=np.float64)


def folds(groups: Sequence[str], count: int, seed: int) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """(rows to fit on, rows to test on), each group wholly in one of `count` folds."""
    from sklearn.model_selection import GroupKFold

    yield from GroupKFold(count, shuffle=True, random_state=seed).split(np.zeros(len(groups)), groups=groups)


def auroc(labels: Sequence[int], scores: Numbers) -> float:
    """Area under the receiver operating characteristic."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(np.asarray(labels), scores))
