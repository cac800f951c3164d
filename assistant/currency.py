"""What holds now goes before what has ended, unless the past is what was asked about."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.retrieve import Candidate
from assistant.understand import Asked
from ingest.index import Index

# Of a statement about an ended program, when the question does not name that program. On the development cases 0.85
# costs no answer (0.8 and less do) and puts the plans of today first.
ENDED_SHARE = 0.85
# Of a statement that tells how to join an ended program, when the question asks how to join today.
INVITING_SHARE = 0.5

_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|back then|before|ago|history|historical|originally|in the .* days|old)\b",
    re.I,
)
_WANTS_IN = re.compile(
    r"\b(?:join|enroll|enrol|sign(?:ed)? (?:me |us |him |her |my \w+ )?up|get (?:on|in|into|onto)|get back (?:on|in)"
    r"|apply|want in|still (?:open|going|there|around|available)|start(?:ed)? with|become a member)\b",
    re.I,
)
_INVITES = re.compile(r"\b(?:participate|enroll|join|choose|choosing)\b", re.I)


def prefer_current(
    asked: Asked, candidates: Sequence[Candidate], index: Index, library: Library
) -> tuple[Candidate, ...]:
    """The candidates, best first, with those about ended programs moved back where today is asked about."""
    if asks_about_past(asked) or not any(program.status == "ended" for program in index.knowledge.programs):
        return tuple(candidates)
    weighed = [replace(one, score=one.score * _share(asked, one, index, library)) for one in candidates]
    return tuple(sorted(weighed, key=lambda candidate: -candidate.score))


def wants_to_join_ended(asked: Asked) -> bool:
    """Whether someone asks to join, today, a program that has ended."""
    names_ended = any(program.status == "ended" for program in asked.programs)
    return names_ended and bool(_WANTS_IN.search(asked.question)) and not asks_about_past(asked)


def asks_about_past(asked: Asked) -> bool:
    """Whether the question is in the past tense."""
    return bool(_PAST.search(asked.question))


def _share(asked: Asked, candidate: Candidate, index: Index, library: Library) -> float:
    ended = library.ended(index, (candidate.source_id, candidate.statement))
    if not ended:
        return 1.0
    if not any(program in asked.programs for program in ended):
        return ENDED_SHARE
    words = index.documents[candidate.source_id].text[candidate.statement.start : candidate.statement.end]
    return INVITING_SHARE if wants_to_join_ended(asked) and _INVITES.search(words) else 1.0
