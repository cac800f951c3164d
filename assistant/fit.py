"""What fits the question goes first: today before what has ended, and the county and plan that were named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.retrieve import Candidate
from assistant.understand import Asked
from ingest.index import Index
from ingest.knowledge import Program

# Of a statement about an ended program, when the question does not name that program. On the development cases 0.7
# costs no answer (0.6 does: right source 0.91 -> 0.89) and puts the plans of today first.
ENDED_SHARE = 0.7
# Of a statement that tells how to join an ended program, when the question asks how to join today.
INVITING_SHARE = 0.3

# Of a statement about other counties, or of another plan, than the question names.
ELSEWHERE_SHARE = 0.6
# Weights only lower a score, so what stands far down can't come up among the few that are quoted.
MAX_WEIGHED = 40

_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|back then|before|ago|history|historical|originally|in the .* days|old)\b",
    re.I,
)
_WANTS_IN = re.compile(
    r"\b(?:join|enroll|enrol|sign(?:ed)? (?:me |us |him |her |my \w+ )?up|get (?:on|in|into|onto)|get back (?:on|in)"
    r"|apply|want in|still (?:open|going|there|around|available)|start(?:ed)? with|become a member)\b",
    re.I,
)
_INVITES = re.compile(r"\b(?:participate|enroll(?:ed)?|join|choose|choosing|of their choice|offers?|offering)\b", re.I)


def prefer_fitting(
    asked: Asked, candidates: Sequence[Candidate], index: Index, library: Library
) -> tuple[Candidate, ...]:
    """The candidates, best first, with those about another time, county or plan than the question's moved back."""
    counties, plans = library.counties_in(asked.standalone), library.plans_in(asked.standalone)
    weighed = []
    for candidate in candidates[:MAX_WEIGHED]:
        about = library.about(index, (candidate.source_id, candidate.statement))
        document = index.documents[candidate.source_id]
        words = document.text[candidate.statement.start : candidate.statement.end]
        share = _time_share(asked, words, about.ended) * _place_share(counties, about.counties)
        weighed.append(replace(candidate, score=candidate.score * share * _place_share(plans, about.plans)))
    return tuple(sorted(weighed, key=lambda candidate: -candidate.score))


def wants_to_join_ended(asked: Asked) -> bool:
    """Whether someone asks to join, today, a program that has ended."""
    names_ended = any(program.status == "ended" for program in asked.programs)
    return names_ended and bool(_WANTS_IN.search(asked.question)) and not asks_about_past(asked)


def asks_about_past(asked: Asked) -> bool:
    """Whether the question is in the past tense."""
    return bool(_PAST.search(asked.question))


def _time_share(asked: Asked, words: str, ended: Sequence[Program]) -> float:
    if not ended or asks_about_past(asked):
        return 1.0
    wants_in = wants_to_join_ended(asked)
    if wants_in and _INVITES.search(words):
        return INVITING_SHARE
    return 1.0 if any(program in asked.programs for program in ended) and not wants_in else ENDED_SHARE


def _place_share(named: frozenset[str], about: frozenset[str]) -> float:
    return ELSEWHERE_SHARE if named and about and not named & about else 1.0
