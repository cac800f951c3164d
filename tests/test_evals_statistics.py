import numpy as np
import pytest

from evals.statistics import Estimate, Undefined, estimate, mcnemar, percentile


def test_means_skip_what_is_undefined_and_count_it_by_reason() -> None:
    found = estimate([1.0, Undefined("no gold"), 1.0, Undefined("no gold"), Undefined("other")])
    assert found == Estimate(1.0, 1.0, 1.0, 2, {"no gold": 2, "other": 1})


def test_nothing_defined_has_no_mean_and_one_value_no_interval() -> None:
    assert estimate([Undefined("x")]) == Estimate(None, None, None, 0, {"x": 1})
    assert estimate([0.5]) == Estimate(0.5, None, None, 1, {})


def test_the_interval_is_near_the_normal_one_and_repeats() -> None:
    values = [1.0] * 60 + [0.0] * 40
    found = estimate(values)
    assert found == estimate(values)
    assert found.low is not None
    assert found.high is not None
    half_width = 1.96 * np.sqrt(0.6 * 0.4 / 100)
    assert abs(found.low - (0.6 - half_width)) < 0.02
    assert abs(found.high - (0.6 + half_width)) < 0.02


def test_percentiles_are_estimated_too() -> None:
    assert estimate([1.0, 2.0, 3.0, 4.0, 100.0], percentile(50)).mean == 3.0


@pytest.mark.parametrize(
    # 2 * (1 + 5 + 10) / 2**5 is over 1; 2 * (1 + 8) / 2**8; 2 / 2**6.
    ("gained", "lost", "p_value"),
    [(0, 0, 1.0), (2, 3, 1.0), (7, 1, 18 / 256), (0, 6, 1 / 32)],
)
def test_mcnemar_is_exact(gained: int, lost: int, p_value: float) -> None:
    assert mcnemar(gained, lost) == p_value
