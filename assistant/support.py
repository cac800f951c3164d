"""How much the words a sentence cites hold of it: a score from 0 to 1. No model is asked, and nothing is loaded.

It goes beside the certain signs of ingest/support.py, for what they let pass: a fact that was added, a sentence of
another subject, a denial or a limit that came or went. The weights are in support.toml, fitted by
`python -m evals fit-support`; evals/support_fit.py tells what they were fitted on and what was tried and left out.
"""

import re
import tomllib
from collections.abc import Mapping
from math import exp
from pathlib import Path
from typing import NamedTuple

from ingest.places import COUNTIES
from ingest.support import COMMON, digits_in, missing_names, missing_numbers

# A sentence below it is better quoted than shown; a lone denial that came or went falls just below. The share that it
# keeps, on pairs that the weights were not fitted on (evals/support_fit.py): of the library's sentences 0.85; with a
# number or date changed 0.00, a fact added 0.10, of another answer 0.16, a denial changed 0.24, a name 0.44, a limit
# 0.56. Of public pairs: supported 0.84, in part 0.36, not 0.09. Precision at even odds: library 0.80, public full
# against partial 0.70, full against none 0.90. At 0.50 it keeps 0.87 and 0.84, and of the partial ones 0.39.
MIN_SUPPORT = 0.52
WEIGHTS = Path(__file__).with_name("support.toml")

_WORD = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_APOSTROPHE = re.compile(r"['’](?:s|t|re|ll|ve|d|m)$")
_CLAUSE_END = re.compile(
    r"[,;:.!?]\s+|\n|\s(?=(?:who|which|that|whose|where|because|while|but|if|when|unless)\s)", re.I
)
_ENDINGS = ("ing", "ed", "ly", "s")
_SHORTEST_STEM = 3
# Words that a rewording adds or leaves out without changing a fact: what joins sentences, when and how certainly
# things were said, verbs that lean on a noun. AUROC of full against partial support on the public pairs, which its
# author had read: 0.80 with the list, 0.79 with none, 0.80 with another hand's stop words.
_LIGHT = frozenset(
    "again since however later late early began begin begun start after before while during despite although though "
    "already still yet now once sometimes often become became made make took take taken give gave given get got went "
    "come came held bring brought put set name named known know say says said state stated announce announced report "
    "reported describe described note noted refer referred mention mentioned according include included including "
    "base based relate related regarding follow followed following use used several many other another some various "
    "previous previously prior recent recently current currently eventually afterwards finally initially originally "
    "well particularly generally mainly primarily largely together along alongside across within upon whose whom "
    "remain remained continue continued show shown feature featured appear appeared part way time approximately "
    "around about nearly overall due result then like just even very really simply actually means meant thing things "
    "one people person someone anyone here tell tells told".split()
)
_DENIAL = re.compile(r"\b(?:not|no|never|cannot|without|none|nobody|neither|nor)\b|n[’']t\b", re.I)
# Words that deny in part; where one stands, a "not" on the other side may well mean the same.
_HALF_DENIAL = re.compile(
    r"\b(?:exclud\w+|except\w*|unless|outside|no longer|left out|carved[- ]out|voluntary|optional|ended|only)\b", re.I
)
# What narrows, widens or binds a statement; a sentence may have none of a kind that its source has nowhere.
_LIMITS = tuple(
    re.compile(rf"\b(?:{words})\b", re.I)
    for words in (
        "only|just|solely|exclusively|alone",
        "up to|at most|no more than|maximum",
        "at least|minimum|more than|over|no less than",
        r"unless|except\w*|excluding|other than|but not",
        "if|when|provided|once|as long as",
        "until|through|before|by",
        "all|every|each|any|both",
        "some|most|many|several|part|certain|often",
        r"may|might|could|can|option\w*|voluntar\w*|choose|choice",
        r"must|required?|requires|mandatory|have to|has to|had to|need\w*",
    )
)


class Signs(NamedTuple):
    """What speaks for or against a sentence; each has a weight in support.toml."""

    facts: float
    """Numbers, months and counties that the source lacks."""
    names: float
    """Words with a capital inside the sentence that the source lacks, nor are they short for its words."""
    words: float
    """Other words of content that the source lacks."""
    share: float
    """What share of the sentence's words and numbers the source lacks."""
    denial: float
    """1 when one of the sentence and the nearest clause denies and the other does not."""
    limit: float
    """Kinds of limits ("only", "up to", "must") that the source has nowhere."""


class SupportScorer:
    """Scores sentences against the words they cite, by the weights of a file."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        table = tomllib.loads(weights.read_text(encoding="utf-8"))
        self._base = float(table["base"])
        self._weights = tuple(float(table["weights"][name]) for name in Signs._fields)

    def score(self, claim: str, source: str) -> float:
        """How sure it is, 0 to 1, that `source` holds all that `claim` says; clauses of a source may be lines."""
        weighted = zip(self._weights, signs(claim, source), strict=True)
        return 1 / (1 + exp(-self._base - sum(weight * sign for weight, sign in weighted)))


def signs(claim: str, source: str) -> Signs:
    """The signs of a sentence beside the words it cites."""
    held = {_stem(word) for word in _WORD.findall(source)}
    content = _content(claim, _initials(source))
    missing = [is_name for stem, is_name in content.items() if stem not in held]
    numbers, counties = missing_numbers(claim, source), missing_names(claim, COUNTIES, source)
    names = sum(missing)
    count = len(content) + len(digits_in(claim))
    nearest = _nearest_clause(set(content), source)
    return Signs(
        facts=float(len(numbers) + len(counties)),
        names=float(names),
        words=float(len(missing) - names),
        share=(len(numbers) + len(missing)) / max(1, count),
        denial=float(_denial_differs(claim, nearest)),
        limit=float(_limits_beyond(claim, source)),
    )


def _content(claim: str, initials: str) -> Mapping[str, bool]:
    """The stems of the claim's words of content but those in `initials`, each with whether it is written as a name."""
    found: dict[str, bool] = {}
    for match in _WORD.finditer(claim):
        word = match[0]
        is_short = word.isupper() and len(word) >= _SHORTEST_STEM and word in initials
        if len(word) > 1 and not is_short and word.lower() not in COMMON and word.lower() not in _LIGHT:
            found.setdefault(_stem(word), word[0].isupper() and match.start() > 0)
    return found


def _initials(source: str) -> str:
    """The first letters of all words, in capitals: "In-Home Supportive Services" holds IHSS."""
    return "".join(word[0] for word in _WORD.findall(source)).upper()


def _stem(word: str) -> str:
    stem = _APOSTROPHE.sub("", word.lower())
    ending = next((each for each in _ENDINGS if stem.endswith(each) and not stem.endswith("ss")), "")
    if len(stem) - len(ending) >= _SHORTEST_STEM:
        stem = stem.removesuffix(ending)
    if len(stem) > _SHORTEST_STEM and stem[-1] in "ei":
        return stem[:-1] + ("y" if stem[-1] == "i" else "")
    return stem


def _nearest_clause(content: set[str], source: str) -> str:
    """The clause of the source that shares most with the claim, a shorter one first."""

    def nearness(clause: str) -> float:
        stems = {_stem(word) for word in _WORD.findall(clause)}
        return len(content & stems) - len(stems) / (1 + len(source))

    return max(_CLAUSE_END.split(source), key=nearness)


def _denial_differs(claim: str, clause: str) -> bool:
    if _HALF_DENIAL.search(claim) or _HALF_DENIAL.search(clause):
        return False
    return bool(_DENIAL.search(claim)) != bool(_DENIAL.search(clause))


def _limits_beyond(text: str, other: str) -> int:
    return sum(bool(limit.search(text)) and not limit.search(other) for limit in _LIMITS)
