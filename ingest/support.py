"""Whether quotes hold a sentence: its numbers, months, names and denials. Certain signs only; no model is asked."""

import re
from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"\d[\d,.]*")
_SPELLED = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_MONTHS = "January February March April May June July August September October November December".split()
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?= \d)")
_WORD = re.compile(r"[a-z][a-z’'-]+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|none|nobody|excluding|excluded|except|unless)\b|n[’']t\b", re.I
)
_EXCLUSION = re.compile(r"\b(?:excluding|excluded|except|excepting|does not include)\b", re.I)
# Words that deny as much as "not": a plain sentence may say "you don't have to" for "voluntary".
_DENIES_TOO = re.compile(
    r"\b(?:no longer|instead|separate(?:ly)?|other|only|except|but|left out|leaves? out|outside|apart|ended|stopped"
    r"|voluntary|optional|option|choose|choice|opt(?:ed)? out|carved[- ]out|fragmented|little|limited|despite|even if"
    r"|missing|through december|prior|former|wrap-around|additional|over and above|supplemental|extra|will be|until"
    r"|difficult\w*|avoidable|unnecessary|prevent|streamline|easier|any|regardless|all|alone|up to|historical|was|were"
    r"|may be|must|required|still|instead of|rather than|stakeholders?|currently|free)\b",
    re.I,
)
# Fewer words let a sentence stand for a quote's "not".
_MAY_DENY = re.compile(
    r"\b(?:no longer|instead|separate(?:ly)?|apart|only|just|except|but|left out|leaves? out|outside|ended|end|stopped"
    r"|over|gone|voluntary|optional|option|choose|choice|say no|opt(?:ed)? out|carved[- ]out|missing|despite|even if"
    r"|little|few|less|without|beyond|hard|trouble|some|additional)\b",
    re.I,
)
_LEAVES_OUT = re.compile(r"\bnot (?:be )?covered\b|\bdon[’']t sell\b", re.I)
_CLAUSE_END = re.compile(r"[,;:.]\s")
# A sentence leans on a denying clause when that clause holds this share of its content words.
_CLAUSE_SHARE = 0.4
COMMON = frozenset(
    "a an and are as at be been being but by can could do does did for from get had has have he her him his how i if "
    "in into is it its may me might must my of on or our she should so such than that the their them then there these "
    "they this those to too was we were what when where which who will with would you your also about".split()
)


def missing_numbers(text: str, quotes: str) -> list[str]:
    """The numbers and months of the text that the quotes lack; "twelve" and "12" are the same number."""
    numbers = sorted(numbers_in(text) - numbers_in(quotes))
    return numbers + sorted(set(_MONTH.findall(text)) - set(re.findall(r"\w+", quotes)))


def digits_in(text: str) -> set[str]:
    """The numbers that a text writes in digits, without commas."""
    return {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(text)}


def numbers_in(text: str) -> set[str]:
    """The numbers of a text in digits, those from two to twelve also where they are spelled out."""
    return digits_in(text) | {_SPELLED[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _SPELLED}


def missing_names(text: str, names: Iterable[str], quotes: str) -> list[str]:
    """Those of `names` that the text holds and the quotes do not, whatever the case."""
    return [name for name in names if _holds(name, text) and not _holds(name, quotes)]


def shared_words(text: str, quotes: str) -> float:
    """Share of the text's content words whose stem (first five letters) is among the quotes'; 1.0 if it has none."""
    words, held = stems(text), stems(quotes)
    return len(words & held) / len(words) if words else 1.0


def denies(text: str) -> bool:
    """Whether the text holds a "not" or the like."""
    return bool(_NEGATION.search(text))


def denied_in(text: str, quotes: str) -> bool:
    """Whether the quotes deny what the text is about: a list head excludes it, or the clause it leans on says not."""
    if _EXCLUSION.search(quotes):
        return True
    words = stems(text)
    return any(
        len(words & stems(clause)) >= _CLAUSE_SHARE * len(words)
        for clause in _CLAUSE_END.split(quotes)
        if denies(clause)
    )


def lost_denial(text: str, quotes: Sequence[str]) -> str:
    """What is wrong with the denials of a plain sentence: one that got lost, or one that the quotes don't hold."""
    joined = " ".join(quotes)
    # Words that leave some things out take others in: there, a sentence may well say what is in.
    excludes = bool(_EXCLUSION.search(joined) or _LEAVES_OUT.search(joined))
    may_deny = denies(text) or bool((_DENIES_TOO if excludes else _MAY_DENY).search(text))
    if not may_deny and any(denied_in(text, quote) for quote in quotes):
        return "its quotes deny what it says"
    if denies(text) and not denies(joined) and not _DENIES_TOO.search(joined):
        return "it denies something, its quotes deny nothing"
    return ""


def _holds(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I))


def stems(text: str) -> set[str]:
    """The first five letters of each content word."""
    return {word[:5] for word in _WORD.findall(text.lower()) if word not in COMMON}
