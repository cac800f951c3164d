"""Fit when to refuse: the weights of the signs, and the risk-coverage curve from which the threshold is read.

Source of the curve: El-Yaniv and Wiener 2010 (selective classification).
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.case import Case
from evals.outcomes import Outcome
from ingest import learning
from ingest.errors import UsageError

CURVE = "abstention.csv"
# Cross-validated AUROC with 1 0.953, with 10 0.957, with 30 0.958.
_FREEDOM = 10.0
_SEEDS = 5
_FEWEST = 20
_NOT_WEIGHED = ("offtopic", "safety")


def fit_abstention(cases: Sequence[Case], outcomes: Mapping[str, Outcome], out: Path) -> str:
    """The fitted weights in words; writes the curve into `out`. Raises UsageError when there is too little to fit on.

    Only English questions count that are on the subject: others are decided otherwise.
    """
    rows, labels = [], []
    for case in cases:
        outcome = outcomes.get(case.id)
        if outcome and outcome.signs and outcome.language == "en" and case.kind not in _NOT_WEIGHED:
            rows.append(outcome.signs)
            labels.append(int(not case.answerable))
    if min(sum(labels), len(labels) - sum(labels)) < _FEWEST:
        raise UsageError(f"fitting needs {_FEWEST} answered and {_FEWEST} unanswered English cases; run more cases")
    signs = np.array(rows, dtype=np.float64)
    told = learning.cross_validated(signs, labels, _FREEDOM, _SEEDS)
    weights, offset = learning.fit(signs, labels, _FREEDOM)
    curve = risk_coverage(told, labels)
    out.mkdir(parents=True, exist_ok=True)
    with (out / CURVE).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("threshold", "coverage", "risk", "refusal_recall", "over_refusal"))
        writer.writerows(curve)
    area = sum(risk for _, _, risk, _, _ in curve) / len(curve)
    return "\n".join(
        (
            f"{len(labels)} cases, {sum(labels)} of them unanswered; each told by models fitted without it",
            f"AUROC {learning.auroc(labels, told):.3f}; mean risk over coverage {area:.3f}; curve in {out / CURVE}",
            f"weights {', '.join(f'{weight:.2f}' for weight in weights)}; offset {offset:.2f}",
        )
    )


def risk_coverage(told: learning.Numbers, labels: Sequence[int]) -> list[tuple[float, ...]]:
    """(threshold, coverage, risk, refusal recall, over-refusal) for thresholds from 0.05 to 0.95.

    Coverage is the share of all questions that are answered; risk, the share of those that no document answers.
    """
    unanswered = np.asarray(labels) == 1
    rows = []
    for threshold in np.arange(0.05, 1.0, 0.05):
        answered = told <= threshold
        risk = float(unanswered[answered].mean()) if answered.any() else 0.0
        recall, over = float((~answered)[unanswered].mean()), float((~answered)[~unanswered].mean())
        rows.append(tuple(round(value, 3) for value in (float(threshold), float(answered.mean()), risk, recall, over)))
    return rows
