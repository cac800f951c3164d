"""What fits the question goes first: today before what has ended, and the county and plan that were named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.library import Library
from assistant.meaning import Likely
from assistant.retrieve import Candidate, Retrieved
from assistant.understand import Asked
from ingest.index import Index
from ingest.knowledge import Entry, Gap, Program

# Of a statement about an ended program, when the question does not name that program. On the development cases 0.7
# costs no answer (0.6 does: right source 0.91 -> 0.89) and puts the plans of today first.
ENDED_SHARE = 0.7
# Of a statement or entry that tells how to join an ended program, when the question asks how to join today.
INVITING_SHARE = 0.3

# How much an entry's best statement counts beside the vote of its asks. Development cases, an entry with a right quote
# first: without 0.87, with 0.25 0.90, with 0.5 0.91, by statements alone 0.84.
STATEMENT_WEIGHT = 0.4
# Below this an entry does not fit; the best statements are quoted instead.
MIN_FIT = 0.4
# An entry's share is taken among entries, since known gaps have been weighed already; of less than this for them all
# it would say too much. 588 development cases, passes and right sources: among all topics 0.959, 0.945, among entries
# 0.966 and 0.950 from 0.5, 0.964 and 0.950 from 0.25 and from 0.1; with 0.5 fewer get a prepared answer.
LEAST_ENTRIES_SHARE = 0.25
MAX_ENTRIES = 3
# A second entry is given too when it fits this much of the first, more than one about elsewhere can. 588 development
# cases, passes, right sources and words in all: from 0.7 0.954, 0.938, 154; from 0.5 0.961, 0.943, 160.
SECOND_SHARE = 0.62
# A part of a question has its own entry when that has this share of the part's vote; how well it fits the whole
# question counts too.
PART_VOTE = 0.15
PART_FIT_WEIGHT = 0.25
# A part of a question is for a known gap with this share for all of them and that for the one; for entries, though
# another part is a gap's, with the shares below.
PART_GAP_SHARE, PART_GAP_LEAST = 0.5, 0.3
PART_ENTRIES_SHARE, PART_ENTRY_SHARE = 0.45, 0.2
# Of a statement about other counties, or of another plan, than the question names.
ELSEWHERE_SHARE = 0.6
# Weights only lower a score, so what stands far down can't come up among the few that are quoted.
MAX_WEIGHED = 40

_ASKS = re.compile(
    r"\?\s*$|^\W*(?:(?:and|but|so|also|or)\s+)?(?:what|how|who|when|where|which|why|is|are|am|do|does|did|can|could|will"
    r"|would|should|may)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:was|were|did|had|used to|back (?:then|under|in|when)|before|ago|history|historical|originally|in the .* days"
    r"|old)\b",
    re.I,
)
_WANTS_IN = re.compile(
    r"\b(?:join|enroll|enrol|sign(?:ed)? (?:me |us |him |her |my \w+ )?up|get (?:on|in|into|onto)|get back (?:on|in)"
    r"|apply|want in|still (?:open|going|there|around|available)|start(?:ed)? with|become a member"
    r"|inscrib\w+|apuntar\w*|unirme|entrar|meterme)\b",
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


def fitting_entries(asked: Asked, found: Retrieved, library: Library) -> list[tuple[Entry, float]]:
    """The entries and how well each fits, best first: by its asks' vote, its statements, its time, county and plan."""
    counties, plans = library.counties_in(asked.standalone), library.plans_in(asked.standalone)
    scores = {library.number((one.source_id, one.statement)): one.score for one in found.candidates}
    best = max((one.score for one in found.candidates), default=0.0) or 1.0
    wants_in = wants_to_join_ended(asked)
    fits = []
    # Of what is asked, which a known gap may share: an entry's share among the entries.
    entries_share = max(sum(about(found.evidence.likely, entry) for entry in library.entries), LEAST_ENTRIES_SHARE)
    for entry, quoted, ended in zip(library.entries, library.quoted, library.ended, strict=True):
        nearest = max((scores.get(number, 0.0) for number in quoted), default=0.0) / best
        fit = about(found.evidence.likely, entry) / entries_share + STATEMENT_WEIGHT * nearest
        if fit > 0:
            share = _today_share(asked, ended) * _place_share(counties, _set(entry.county))
            share *= INVITING_SHARE if wants_in and ended and not _tells_of_today(entry) else 1.0
            fits.append((entry, fit * share * _place_share(plans, _set(entry.plan))))
    return sorted(fits, key=lambda each: -each[1])


def choose_entries(found: Retrieved, fits: Sequence[tuple[Entry, float]]) -> list[Entry]:
    """The entries whose prepared answers to give: the one that fits best, or the best of each part; none if unsure."""
    if not fits or fits[0][1] < MIN_FIT:
        return []
    parts = best_by_part(found, fits)
    if len(parts) > 1:
        return parts[:MAX_ENTRIES]
    if parts and parts[0] != fits[0][0]:
        return [fits[0][0], *parts]
    near = [entry for entry, fit in fits[1:2] if fit >= SECOND_SHARE * fits[0][1]]
    return [fits[0][0], *near]


def best_by_part(found: Retrieved, fits: Sequence[tuple[Entry, float]]) -> list[Entry]:
    """For each part of the question that one entry clearly answers, that entry; each once."""
    best: dict[str, Entry] = {}
    for likely in found.evidence.parts:
        entry, _ = max(fits, key=lambda each: about(likely, each[0]) + PART_FIT_WEIGHT * each[1])
        if about(likely, entry) >= PART_VOTE:
            best[entry.id] = entry
    return list(best.values())


def gap_of(part: Likely, gaps: Sequence[Gap]) -> Gap | None:
    """The likeliest of the known gaps, where a part of a question clearly asks for them and mostly for that one."""
    gap = max(gaps, key=lambda each: part.topics.get(each.id, 0.0), default=None)
    shares = sum(part.topics.get(each.id, 0.0) for each in gaps), part.topics.get(gap.id, 0.0) if gap else 0.0
    return gap if shares[0] >= PART_GAP_SHARE and shares[1] >= PART_GAP_LEAST else None


def asks(part: str) -> bool:
    """Whether a part of a message asks something, and does not only tell."""
    return bool(_ASKS.search(part))


def answered_beside_gaps(asked: Asked, found: Retrieved, library: Library) -> list[Entry]:
    """Of a question one part of which a known gap takes, the entries that clearly answer another; none otherwise."""
    parts = found.evidence.parts
    is_example = 1.0 in found.evidence.likely.topics.values()
    if is_example or not any(gap_of(part, library.gaps) for part in parts):
        return []
    clear: dict[str, Entry] = {}
    for text, part in zip(asked.parts, parts, strict=True):
        entry = max(library.entries, key=lambda each: about(part, each))
        shares = sum(about(part, each) for each in library.entries), about(part, entry)
        if asks(text) and shares[0] >= PART_ENTRIES_SHARE and shares[1] >= PART_ENTRY_SHARE:
            clear[entry.id] = entry
    return list(clear.values())


def about(likely: Likely, entry: Entry) -> float:
    """How likely a question is about an entry's subject, whether the entry answers it or not."""
    return likely.topics.get(entry.id, 0.0)


def _tells_of_today(entry: Entry) -> bool:
    """Whether an entry says what came later; else it tells how one joined then."""
    return any(row.update for row in entry.plain)


def _set(name: str) -> frozenset[str]:
    return frozenset(filter(None, [name]))


def wants_to_join_ended(asked: Asked) -> bool:
    """Whether someone asks to join, today, a program that has ended."""
    names_ended = any(program.status == "ended" for program in asked.programs)
    return names_ended and bool(_WANTS_IN.search(asked.read)) and not asks_about_past(asked)


def asks_about_past(asked: Asked) -> bool:
    """Whether the question is in the past tense."""
    return bool(_PAST.search(asked.read))


def _today_share(asked: Asked, ended: Sequence[Program]) -> float:
    is_asked_for = not ended or asks_about_past(asked) or any(program in asked.programs for program in ended)
    return 1.0 if is_asked_for else ENDED_SHARE


def _time_share(asked: Asked, words: str, ended: Sequence[Program]) -> float:
    if not ended or asks_about_past(asked):
        return 1.0
    wants_in = wants_to_join_ended(asked)
    if wants_in and _INVITES.search(words):
        return INVITING_SHARE
    return 1.0 if any(program in asked.programs for program in ended) and not wants_in else ENDED_SHARE


def _place_share(named: frozenset[str], about: frozenset[str]) -> float:
    return ELSEWHERE_SHARE if named and about and not named & about else 1.0
