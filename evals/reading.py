"""How hard an answer is to read. The only module that uses textstat."""

from collections.abc import Sequence

from assistant.answer import Role
from evals.case import Case
from evals.ground import Ground
from evals.outcomes import Outcome
from evals.program_measures import without_names
from evals.statistics import Undefined, Value

GOAL = 6.0
# What stands for the name of a program: readers know the names they ask about, however long these are.
_STAND_IN = "plan"
_PUBLIC_PROGRAMS = ("Medicare", "Medi-Cal")


def grade(sentences: Sequence[str], program_names: Sequence[str]) -> float | None:
    """The Flesch-Kincaid grade of English sentences, program names excused; None when there are none."""
    import textstat

    ended = [sentence if sentence.rstrip().endswith((".", "!", "?")) else f"{sentence}." for sentence in sentences]
    plain = without_names(" ".join(ended), (*program_names, *_PUBLIC_PROGRAMS), _STAND_IN)
    return float(textstat.flesch_kincaid_grade(plain)) if plain else None


def reading_grade(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """The grade of what the assistant says to a beneficiary in its own words."""
    if outcome.is_failure:
        return Undefined("failed")
    if case.role is not Role.BENEFICIARY:
        return Undefined("for staff")
    if outcome.language != "en":
        return Undefined("not in English")
    found = grade([sentence.text for sentence in outcome.sentences if sentence.kind != "quote"], ground.program_names)
    return Undefined("no sentences of its own") if found is None else found


def reading_at_goal(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """1 when that grade is 6 or below, else 0."""
    found = reading_grade(case, outcome, ground)
    return found if isinstance(found, Undefined) else float(found <= GOAL)
