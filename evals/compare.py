"""Two scored runs, compared case by case."""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.measures import MEASURES, Measure
from evals.report import table
from evals.statistics import Estimate, estimate, mcnemar

Run = Mapping[str, Mapping[str, float]]
"""By case id and measure, the defined values."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed in one measure from run A to run B, over the cases that both define."""

    measure: str
    mean_a: float
    mean_b: float
    change: Estimate
    """Of B minus A."""
    rose: tuple[str, ...] = ()
    """Of a pass-or-fail measure: the cases that went from 0 to 1."""
    fell: tuple[str, ...] = ()
    p_value: float | None = None


def compare(run_a: Run, run_b: Run) -> tuple[Difference, ...]:
    """The paired difference of each measure that some case has in both runs."""
    found = (_difference(measure, run_a, run_b) for measure in MEASURES)
    return tuple(difference for difference in found if difference)


def in_words(run_a: Run, run_b: Run) -> str:
    """The comparison as a table, then the cases that flipped."""
    differences = compare(run_a, run_b)
    rows = [_row(difference) for difference in differences]
    flips = [line for difference in differences for line in _flips(difference)]
    shared = len(run_a.keys() & run_b.keys())
    parts = [
        f"{shared} cases in both runs, {len(run_a) - shared} only in A, {len(run_b) - shared} only in B. "
        "Differences are B minus A, paired by case; p by McNemar's exact test.",
        table(["measure", "A", "B", "difference", "95% interval", "n", "p"], rows),
        "\n".join(flips) or "No case flipped.",
    ]
    return "\n\n".join(parts)


def _difference(measure: Measure, run_a: Run, run_b: Run) -> Difference | None:
    name = measure.name
    pairs = {
        id_: (run_a[id_][name], run_b[id_][name]) for id_ in run_a if name in run_a[id_] and name in run_b.get(id_, {})
    }
    if not pairs:
        return None
    change = estimate([after - before for before, after in pairs.values()])
    mean_a, mean_b = (sum(pair[at] for pair in pairs.values()) / len(pairs) for at in (0, 1))
    if not measure.is_pass_fail:
        return Difference(name, mean_a, mean_b, change)
    rose = tuple(id_ for id_, (before, after) in pairs.items() if after > before)
    fell = tuple(id_ for id_, (before, after) in pairs.items() if after < before)
    return Difference(name, mean_a, mean_b, change, rose, fell, mcnemar(len(rose), len(fell)))


def _row(found: Difference) -> list[str]:
    change = found.change
    interval = "" if change.low is None else f"[{change.low:+.3f}, {change.high:+.3f}]"
    p_value = "" if found.p_value is None else f"{found.p_value:.3f}"
    return [
        found.measure,
        f"{found.mean_a:.3f}",
        f"{found.mean_b:.3f}",
        f"{change.mean:+.3f}",
        interval,
        str(change.n),
        p_value,
    ]


def _flips(found: Difference) -> list[str]:
    ways = (("0 to 1", found.rose), ("1 to 0", found.fell))
    return [f"{found.measure}, {way} ({len(ids)}): {', '.join(ids)}" for way, ids in ways if ids]
