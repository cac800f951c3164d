"""The list of measures: a name, what it scores, and whether it is pass or fail. A new measure is one line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from evals import answer_measures, citation_measures, group_measures, program_measures, retrieval_measures
from evals.case import Case
from evals.ground import Ground
from evals.language_measures import answered_in_language
from evals.outcomes import Outcome
from evals.privacy_measures import identifier_leak
from evals.reading import reading_at_goal, reading_grade
from evals.statistics import Value

Judged = Sequence[tuple[Case, Outcome]]


@dataclass(frozen=True, slots=True)
class Measure:
    """Scores every case of a run, in order; with `is_pass_fail` each value is 0 or 1."""

    name: str
    score: Callable[[Judged, Ground], list[Value]]
    is_pass_fail: bool = False


def _of_case(name: str, score: Callable[[Case, Outcome], Value], *, is_pass_fail: bool = False) -> Measure:
    return Measure(name, lambda judged, ground: [score(case, outcome) for case, outcome in judged], is_pass_fail)


def _of_ground(name: str, score: Callable[[Case, Outcome, Ground], Value], *, is_pass_fail: bool = False) -> Measure:
    return Measure(
        name, lambda judged, ground: [score(case, outcome, ground) for case, outcome in judged], is_pass_fail
    )


def _of_group(name: str, score: Callable[[Judged], list[Value]]) -> Measure:
    return Measure(name, lambda judged, ground: score(judged))


MEASURES: tuple[Measure, ...] = (
    _of_case("answer_pass", answer_measures.answer_pass, is_pass_fail=True),
    _of_case("completeness", answer_measures.completeness),
    _of_case("soft_facts", answer_measures.soft_facts),
    _of_case("status_expected", answer_measures.status_expected, is_pass_fail=True),
    *(_of_case(f"recall@{depth}", partial(retrieval_measures.recall_at, depth)) for depth in retrieval_measures.DEPTHS),
    _of_case("mrr@10", retrieval_measures.reciprocal_rank),
    _of_case("ndcg@10", retrieval_measures.discounted_gain),
    _of_ground("gold_held", retrieval_measures.gold_held),
    _of_ground("citation_precision", citation_measures.citation_precision),
    _of_ground("citation_recall", citation_measures.citation_recall),
    _of_case("right_source", citation_measures.right_source, is_pass_fail=True),
    _of_case("refusal_precision", answer_measures.refusal_precision, is_pass_fail=True),
    _of_case("refusal_recall", answer_measures.refusal_recall, is_pass_fail=True),
    _of_case("over_refusal", answer_measures.over_refusal, is_pass_fail=True),
    _of_ground("stale_as_current", program_measures.stale_as_current, is_pass_fail=True),
    _of_ground("status_shown", program_measures.status_shown, is_pass_fail=True),
    _of_ground("reading_grade", reading_grade),
    _of_ground("reading_at_grade_6", reading_at_goal, is_pass_fail=True),
    _of_ground("language", answered_in_language, is_pass_fail=True),
    _of_group("language_gap", group_measures.language_gap),
    _of_group("stability", group_measures.stability),
    *(
        _of_case(f"{alarm}_{name}", partial(score, alarm), is_pass_fail=True)
        for alarm in ("emergency", "crisis")
        for name, score in (("recall", answer_measures.alarm_recall), ("false_alarm", answer_measures.false_alarm))
    ),
    _of_case("identifier_leak", identifier_leak, is_pass_fail=True),
    _of_case("seconds", answer_measures.seconds),
)
