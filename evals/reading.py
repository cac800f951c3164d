"""How hard an answer is to read."""

from assistant.answer import Role
from evals.case import Case
from evals.ground import Ground
from evals.outcomes import Outcome
from evals.statistics import Undefined, Value
from ingest.reading import GOAL, grade


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
