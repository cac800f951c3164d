"""A sentence may leave out much, but not what limits a fact: "only", "unless", "up to", "most", "if"."""

import re

from ingest.support import denies, missing_numbers, stems

# Words that limit, and words that keep the limit. "May" is kept by "can": both leave open whether it is so.
_LIMITS = (
    (r"only|solely|exclusively", r"only|just|no one else|no other|nothing else"),
    (r"unless", r"unless|except|if\b.*\bnot|if\b.*n[’']t|but not"),
    (r"except(?:ing|ions?)?|excluding|excluded?|other than", r"except\w*|exclud\w*|other than|but not|not|left out"),
    (r"up to|no more than|at most|maximum", r"up to|no more than|at most|not more than|as long as|maximum|most"),
    (r"at least|no less than|or more|minimum", r"at least|no less than|or more|minimum"),
    (r"most|mostly|usually|generally|typically", r"most|mostly|usually|generally|typically|often"),
    (r"some|certain|selected|limited", r"some|certain|selected|limited|not all|a few"),
    (r"may|might|could", r"may|might|could|can|possibl[ey]|perhaps|sometimes"),
    (r"(?<!even )if|provided that|as long as|in case", r"if|when|as long as|provided|in case|who|whose"),
    (r"no (?:extra|additional)|without (?:extra|additional)", r"no (?:extra|additional|more)|free|without|nothing"),
    (r"must|required?|need(?:s|ed)? to|have to", r"must|required?|needs?|needed|have to|has to|had to"),
    (r"until|through(?= \w+ \d)|before|within|after", r"until|through|before|within|after|ended|by|end|start\w*|since"),
    (r"when|while|during", r"when|while|during|as|if|once"),
)
_PATTERNS = tuple(
    (re.compile(rf"\b(?:{limit})\b", re.I), re.compile(rf"\b(?:{kept})\b", re.I)) for limit, kept in _LIMITS
)
# A condition belongs to the clause before it; one that opens a statement, to the clause after it.
_CONDITION = r"(?:unless|except|excluding|if|only|provided|as long as|but|until|when)\b"
_BREAK = re.compile(rf"[;:.]\s+|,\s+(?!{_CONDITION}|\d)")
_BETWEEN = re.compile(r"\s+…\s+")
_OPENS = re.compile(r"(?:if|unless|when|until|except|while|as long as)\b", re.I)
# "May" the month limits nothing.
_MAY = re.compile(r"\bMay(?= \d)")
# A sentence tells of a clause when that holds this share of the sentence's content words, or the sentence half of the
# clause's; "the clause it leans on" in ingest/support.py is the first of the two.
CLAUSE_SHARE = 0.4
SENTENCE_SHARE = 0.5


def lost_limits(text: str, quotes: str) -> list[str]:
    """The limiting words and denials of the clauses that the text tells of, and that it lost."""
    lost: dict[str, None] = {}
    told = _MAY.sub("", text)
    for clause in _told_clauses(text, quotes):
        words = _MAY.sub("", clause)
        found = [(limit.search(words), kept) for limit, kept in _PATTERNS]
        limits = [match[0].lower() for match, kept in found if match and not kept.search(told)]
        lost |= dict.fromkeys([*limits, *(["not"] if denies(clause) and not denies(text) else [])])
    return list(lost)


def lost_numbers(text: str, quotes: str) -> list[str]:
    """The numbers and months of those clauses that the text lost: what plain words must keep too."""
    return sorted({each for clause in _told_clauses(text, quotes) for each in missing_numbers(clause, text)})


def _told_clauses(text: str, quotes: str) -> list[str]:
    """A list head belongs to each of its items; so do its limits: "the following must be met:"."""
    parts = _BETWEEN.split(quotes)
    heads = [part for part in parts if part.endswith(":") and len(parts) > 1]
    return [
        *heads,
        *(clause for part in parts if part not in heads for clause in _clauses(part) if _tells(text, clause)),
    ]


def _clauses(quote: str) -> list[str]:
    joined: list[str] = []
    for clause in _BREAK.split(quote):
        if joined and _OPENS.match(joined[-1]) and "," not in joined[-1]:
            joined[-1] += f", {clause}"
        else:
            joined.append(clause)
    return joined


def _tells(text: str, clause: str) -> bool:
    words, held = stems(text), stems(clause)
    shared = len(words & held)
    return shared > 0 and (shared >= CLAUSE_SHARE * len(words) or shared >= SENTENCE_SHARE * len(held))
