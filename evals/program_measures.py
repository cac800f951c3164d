"""Whether an answer about an ended program says that it ended, and when.

The rule, to be checked by eye. An answer is about an ended program when a sentence that is not a notice names it by
an alias, or cites a document all of whose programs (of known status) ended. It says so when its notices name the
program and hold every number of its end date. It presents the program as open when it does not say so, or when a
sentence that is not a quote says that one can join it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from evals.case import Case
from evals.ground import Ground, KnownProgram
from evals.outcomes import Outcome, SentenceShown
from evals.statistics import Undefined, Value
from evals.text import normalise

_JOIN = r"can (?:still |now )?(?:join|enroll in|sign up for) (?:the |a |an )?"


def stale_as_current(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """1 when an ended program is presented as open, else 0 (the target)."""
    if outcome.is_failure:
        return Undefined("failed")
    if not ground.programs:
        return Undefined("programs not known")
    is_silent = not all(_is_told(programs, outcome) for programs in _concerned(outcome, ground))
    return float(is_silent or _invites(outcome, ground))


def status_shown(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """Of answers about an ended program: 1 when a notice says so with its date, else 0."""
    if not ground.programs:
        return Undefined("programs not known")
    concerned = _concerned(outcome, ground)
    if not concerned:
        return Undefined("not about an ended program")
    return float(all(_is_told(programs, outcome) for programs in concerned))


def without_names(text: str, names: tuple[str, ...], word: str) -> str:
    """The normalised text with each of the names replaced by `word`."""
    return normalise(_pattern(names).sub(word, normalise(text)) if names else text)


def _concerned(outcome: Outcome, ground: Ground) -> list[tuple[KnownProgram, ...]]:
    """The ended programs that need a notice; of each tuple one is enough."""
    ended = {program.id: program for program in ground.programs if program.status == "ended"}
    is_open = {program.id for program in ground.programs if program.status == "open"}
    said = _said(outcome)
    named = [(program,) for program in ended.values() if any(_names(program, sentence.text) for sentence in said)]
    files = dict.fromkeys(citation.file for sentence in said for citation in sentence.citations)
    abouts = [ground.programs_of.get(file, ()) for file in files]
    cited = [tuple(ended[id_] for id_ in about if id_ in ended) for about in abouts if not is_open & set(about)]
    return [*named, *(programs for programs in cited if programs)]


def _is_told(programs: Sequence[KnownProgram], outcome: Outcome) -> bool:
    notices = " ".join(outcome.notices)
    numbers = set(re.findall(r"\d+", normalise(notices)))
    return any(_names(program, notices) and set(re.findall(r"\d+", program.ended)) <= numbers for program in programs)


def _invites(outcome: Outcome, ground: Ground) -> bool:
    own = " ".join(sentence.text for sentence in outcome.sentences if sentence.kind != "quote")
    ended = [name for program in ground.programs if program.status == "ended" for name in program.names]
    names = "|".join(re.escape(normalise(name)) for name in ended)
    return bool(ended) and re.search(rf"{_JOIN}(?:{names})\b", normalise(own), re.IGNORECASE) is not None


def _said(outcome: Outcome) -> list[SentenceShown]:
    return [sentence for sentence in outcome.sentences if sentence.kind != "notice"]


def _names(program: KnownProgram, text: str) -> bool:
    return _pattern(program.names).search(normalise(text)) is not None


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names as whole words, the longest first; case-blind but for short forms ("PACE" is not "pace")."""
    longest_first = sorted(map(normalise, names), key=len, reverse=True)
    parts = [re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in longest_first]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")
