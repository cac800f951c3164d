"""What takes several cases to see: whether the same question, put otherwise, gets the same answer."""

from collections.abc import Sequence

from evals.answer_measures import answer_pass
from evals.case import Case
from evals.outcomes import Outcome
from evals.statistics import Undefined, Value

Judged = Sequence[tuple[Case, Outcome]]


def stability(judged: Judged) -> list[Value]:
    """For each case, the share of its group's others with the same status and the same first cited quote."""
    return [_agreement(at, judged) for at in range(len(judged))]


def language_gap(judged: Judged) -> list[Value]:
    """For each case not in English, how far its pass is below the mean of its group's English cases."""
    return [_gap(case, outcome, judged) for case, outcome in judged]


def _agreement(at: int, judged: Judged) -> Value:
    case, outcome = judged[at]
    if not case.group:
        return Undefined("no group")
    others = [other for place, (mate, other) in enumerate(judged) if place != at and mate.group == case.group]
    if not others:
        return Undefined("alone in its group")
    if outcome.is_failure:
        return 0.0
    return sum(_gist(outcome) == _gist(other) for other in others) / len(others)


def _gap(case: Case, outcome: Outcome, judged: Judged) -> Value:
    if case.lang == "en" or not case.group:
        return Undefined("English" if case.lang == "en" else "no group")
    mates = [answer_pass(mate, other) for mate, other in judged if mate.group == case.group and mate.lang == "en"]
    passes = [value for value in mates if not isinstance(value, Undefined)]
    own = answer_pass(case, outcome)
    if not passes or isinstance(own, Undefined):
        return Undefined("no pair to compare")
    return sum(passes) / len(passes) - own


def _gist(outcome: Outcome) -> tuple[str, str, str]:
    """Status and first cited quote; notices are left out, since they are the same whatever was asked."""
    cited = [citation for sentence in outcome.sentences if sentence.kind != "notice" for citation in sentence.citations]
    return (outcome.status, cited[0].file, cited[0].quote) if cited else (outcome.status, "", "")
