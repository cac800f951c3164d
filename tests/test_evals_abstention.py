"""Fitting when to refuse."""

from pathlib import Path

import numpy as np
import pytest

from evals.abstention import CURVE, fit_abstention, risk_coverage
from evals.case import Case
from evals.outcomes import Outcome
from ingest.errors import UsageError


def test_the_curve_tells_what_each_threshold_costs() -> None:
    curve = {row[0]: row[1:] for row in risk_coverage(np.array([0.1, 0.2, 0.6, 0.9]), [0, 1, 0, 1])}

    # Above 0.5 two are refused, one of them rightly; of the two that are answered one is not answered by any document.
    assert curve[0.5] == (0.5, 0.5, 0.5, 0.5)
    assert curve[0.95] == (1.0, 0.5, 0.0, 0.0)
    assert curve[0.05] == (0.0, 0.0, 1.0, 1.0)


def run(count: int) -> tuple[list[Case], dict[str, Outcome]]:
    random = np.random.default_rng(3)
    cases = [Case(id=str(at), question="?", answerable=at % 2 == 0) for at in range(count)]
    signs = {case.id: (2.0 * (not case.answerable) + random.normal(), random.normal()) for case in cases}
    return cases, {id_: Outcome(id_, "answered", "en", signs=each) for id_, each in signs.items()}


def test_a_sign_that_tells_gets_the_weight_and_the_curve_is_kept(tmp_path: Path) -> None:
    said = fit_abstention(*run(80), tmp_path).splitlines()
    telling, idle = (float(weight) for weight in said[2].split("weights ")[1].split(";")[0].split(", "))

    assert said[0].startswith("80 cases, 40 of them unanswered")
    assert telling > 1 > abs(idle)
    assert (tmp_path / CURVE).read_text(encoding="utf-8").count("\n") == 20


def test_too_few_cases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="run more cases"):
        fit_abstention(*run(30), tmp_path)
