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
INVITING_SHARE = 0.5

# Of a statement about other counties, or of another plan, than the question names.
ELSEWHERE_SHARE = 0.6

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


def prefer_fitting(
    asked: Asked, candidates: Sequence[Candidate], index: Index, library: Library
) -> tuple[Candidate, ...]:
    """The candidates, best first, with those about another time, county or plan than the question's moved back."""
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
    document = index.documents[candidate.source_id]
    words = document.text[candidate.statement.start : candidate.statement.end]
    share = _time_share(asked, words, library.ended(index, (candidate.source_id, candidate.statement)))
    for named, all_named, own in (
        (_counties(asked.standalone, index), _counties(words, index), document.source.counties),
        (
            _plans(asked.standalone, index),
            _plans(words, index),
            (document.source.plan,) if document.source.plan else (),
        ),
    ):
        about = all_named or frozenset(own)
        if named and about and not named & about:
            share *= ELSEWHERE_SHARE
    return share


def _time_share(asked: Asked, words: str, ended: Sequence[Program]) -> float:
    if not ended or asks_about_past(asked):
        return 1.0
    if not any(program in asked.programs for program in ended):
        return ENDED_SHARE
    return INVITING_SHARE if wants_to_join_ended(asked) and _INVITES.search(words) else 1.0


def _counties(text: str, index: Index) -> frozenset[str]:
    known = {county for document in index.documents.values() for county in document.source.counties}
    return frozenset(county for county in known if _stands_in(county, text))


def _plans(text: str, index: Index) -> frozenset[str]:
    known = {document.source.plan for document in index.documents.values() if document.source.plan}
    return frozenset(plan for plan in known if _stands_in(plan, text))


def _stands_in(name: str, text: str) -> bool:
    """Whether a county or plan is named, also by its usual abbreviation ("LA", "SD", "HN")."""
    initials = "".join(word[0] for word in name.split())
    spelled = name.lower().replace(".", "")
    return spelled in text.lower().replace(".", "") or (
        len(initials) > 1 and bool(re.search(rf"(?<!\w){initials}(?!\w)", text))
    )
