"""Outcomes -> scores: the table of cases and measures, and its summary. Asks nothing of the assistant."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.case import Case
from evals.ground import Ground
from evals.measures import MEASURES
from evals.outcomes import Outcome
from evals.statistics import Estimate, Undefined, Value, estimate, percentile
from ingest.errors import UsageError

SCORES = "scores.csv"
SUMMARY = "summary.json"
_ERRORS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Scores:
    """A value for each case and measure."""

    cases: tuple[Case, ...]
    outcomes: tuple[Outcome, ...]
    values: Mapping[str, Sequence[Value]]
    """By measure, in the order of the cases."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run comes to: estimates by measure; overall, by kind of case and by language."""

    cases: int
    failures: int
    errors: dict[str, int]
    """The commonest messages of exceptions, and how often each came."""
    overall: dict[str, Estimate]
    by_kind: dict[str, dict[str, Estimate]]
    by_language: dict[str, dict[str, Estimate]]


_SUMMARY = TypeAdapter(Summary)


def score(cases: Sequence[Case], outcomes: Mapping[str, Outcome], ground: Ground) -> Scores:
    """Every measure of every case; raises UsageError when a case has no outcome."""
    missing = [case.id for case in cases if case.id not in outcomes]
    if missing:
        raise UsageError(
            f"{len(missing)} of {len(cases)} cases have no outcome ({missing[0]} is the first); finish the run first"
        )
    judged = [(case, outcomes[case.id]) for case in cases]
    values = {measure.name: measure.score(judged, ground) for measure in MEASURES}
    return Scores(tuple(cases), tuple(outcome for _, outcome in judged), values)


def summarise(scores: Scores) -> Summary:
    """Estimates over all cases and over each kind and language."""
    return Summary(
        cases=len(scores.cases),
        failures=sum(outcome.is_failure for outcome in scores.outcomes),
        errors=dict(Counter(outcome.error for outcome in scores.outcomes if outcome.error).most_common(_ERRORS_SHOWN)),
        overall=_estimates(scores, range(len(scores.cases))),
        by_kind=_by(scores, [case.kind for case in scores.cases]),
        by_language=_by(scores, [case.lang for case in scores.cases]),
    )


def save(scores: Scores, summary: Summary, folder: Path) -> None:
    """Write scores.csv (undefined cells are empty) and summary.json."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / SCORES).open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "kind", "lang", "status", *scores.values])
        for at, (case, outcome) in enumerate(zip(scores.cases, scores.outcomes, strict=True)):
            cells = [_cell(values[at]) for values in scores.values.values()]
            writer.writerow([case.id, case.kind, case.lang, outcome.status, *cells])
    (folder / SUMMARY).write_bytes(_SUMMARY.dump_json(summary, indent=1) + b"\n")


def load_scores(folder: Path) -> dict[str, dict[str, float]]:
    """By case id, the measures that are defined for it; raises UsageError when the folder was not scored."""
    path = folder / SCORES
    if not path.exists():
        raise UsageError(f"there is no {SCORES} in {folder}; write it with: python -m evals score --out {folder}")
    names = [measure.name for measure in MEASURES]
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return {row["id"]: {name: float(row[name]) for name in names if row.get(name)} for row in rows}
    except (ValueError, KeyError) as fault:
        raise UsageError(f"{path} is not a table of scores ({fault}); score the run again") from fault


def load_summary(folder: Path) -> Summary:
    """The summary of a scored run; raises UsageError when there is none."""
    path = folder / SUMMARY
    try:
        return _SUMMARY.validate_json(path.read_bytes())
    except OSError as fault:
        raise UsageError(f"there is no {SUMMARY} in {folder}; score the run first") from fault
    except ValidationError as fault:
        raise UsageError(f"{path} is damaged; score the run again") from fault


def _by(scores: Scores, labels: Sequence[str]) -> dict[str, dict[str, Estimate]]:
    return {
        label: _estimates(scores, [at for at, other in enumerate(labels) if other == label])
        for label in dict.fromkeys(labels)
    }


def _estimates(scores: Scores, chosen: Sequence[int]) -> dict[str, Estimate]:
    found = {name: estimate([values[at] for at in chosen]) for name, values in scores.values.items()}
    seconds = [scores.values["seconds"][at] for at in chosen]
    return found | {f"seconds_p{share}": estimate(seconds, percentile(share)) for share in (50, 95)}


def _cell(value: Value) -> str:
    return "" if isinstance(value, Undefined) else repr(round(value, 6))
