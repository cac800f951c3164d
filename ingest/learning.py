"""Models fitted on examples: logistic regressions and small networks. The only module that uses scikit-learn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
_FOLDS = 10
_MOST_STEPS = 1000


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
    """One hidden layer of rectified units (Rosenblatt 1958; Nair and Hinton 2010), then one logit."""

    hidden: NDArray[np.float32]
    """A row for each number of the input, a column for each unit."""
    hidden_offsets: NDArray[np.float32]
    last: NDArray[np.float32]
    last_offset: float

    def logit(self, row: NDArray[np.float32]) -> float:
        """The log odds of label 1."""
        return float(np.maximum(row @ self.hidden + self.hidden_offsets, 0.0) @ self.last) + self.last_offset


def fit_network(rows: Any, labels: Sequence[int], units: int, passes: int, penalty: float, seed: int) -> Network:
    """A network that tells label 1 from 0, by `passes` over the rows in an order that `seed` chooses."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier((units,), alpha=penalty, max_iter=passes, random_state=seed)
    with warnings.catch_warnings():
        # To stop before it has learned the rows by heart is meant.
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(rows, np.asarray(labels))
    (hidden, last), (offsets, last_offset) = model.coefs_, model.intercepts_
    return Network(
        hidden.astype(np.float32), offsets.astype(np.float32), last[:, 0].astype(np.float32), float(last_offset[0])
    )


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
