"""Drafted sentences -> those that their citations hold. From certain to costly; no model is asked.

1. every quote stands verbatim at its place;  2. the numbers, dates and names of a written sentence stand in its
quotes;  3. it denies only what they deny;  4. enough of its content words are theirs;  5. it does not offer an
ended program as open.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Citation, Sentence
from assistant.understand import named_programs
from ingest.knowledge import Knowledge
from ingest.records import Document

# Share of a written sentence's content words (by stem) that its quotes must hold. On public pairs of claims and
# sources, fully supported claims share most words; a plain rewording of a quote here shares about two thirds.
MIN_SHARED_WORDS = 0.5
_NUMBER = re.compile(r"\d[\d,.]*")
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\.[A-Z]\.?)?")
# Ordinary words that may open a sentence; any other capitalized word must stand in the quotes.
_OPENERS = frozenset(
    "all any before both doctors each even every members once one only people some their two yes".split()
)
_WORD = re.compile(r"[a-z][a-z’'-]+")
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|none|nobody|excluding|excluded|except|n[’']t|unless)\b|n[’']t\b", re.I
)
_EXCLUSION = re.compile(r"\b(?:excluding|excluded|except|excepting|does not include)\b", re.I)
_CLAUSE_END = re.compile(r"[,;:.]\s")
# A sentence leans on a denying clause when that clause holds this share of its content words.
_CLAUSE_SHARE = 0.4
_OFFER = re.compile(
    r"\b(?:can|may|could|should|still|now|today)\b[^.]*\b(?:join|enroll|sign up|choose|get|apply|pick)\b", re.I
)
_ENDED = re.compile(r"\b(?:ended|no longer|until|through|was|were|used to|closed|before)\b", re.I)
_COMMON = frozenset(
    "a an and are as at be been being but by can could do does did for from get had has have he her him his how i if "
    "in into is it its may me might must my of on or our she should so such than that the their them then there these "
    "they this those to too was we were what when where which who will with would you your also about".split()
)


def verify(
    sentences: Sequence[Sentence], documents: Mapping[str, Document], knowledge: Knowledge
) -> tuple[Sentence, ...]:
    """The sentences that hold, unchanged and in order; "fixed" ones state nothing and pass."""
    return tuple(sentence for sentence in sentences if _holds(sentence, documents, knowledge))


def _holds(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> bool:
    if sentence.kind == "fixed":
        return True
    if not sentence.citations or not all(_is_verbatim(citation, documents) for citation in sentence.citations):
        return False
    if sentence.kind != "written":
        return True
    quotes = " ".join(citation.quote for citation in sentence.citations)
    return (
        _numbers(sentence.text) <= _numbers(quotes)
        and _names_stand_in(sentence.text, quotes)
        and _denies(sentence.text) == _denied(sentence.text, quotes)
        and shared_words(sentence.text, quotes) >= MIN_SHARED_WORDS
        and not _offers_what_ended(sentence.text, knowledge)
    )


def _is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.source_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote != ""


def shared_words(text: str, quotes: str) -> float:
    """Share of the text's content words whose stem (first five letters) is among the quotes'; 1.0 if it has none."""
    words, held = _stems(text), _stems(quotes)
    return len(words & held) / len(words) if words else 1.0


def _stems(text: str) -> set[str]:
    return {word[:5] for word in _WORD.findall(text.lower()) if word not in _COMMON}


def _numbers(text: str) -> set[str]:
    return {number.rstrip(".,").replace(",", "") for number in _NUMBER.findall(text)}


def _names_stand_in(text: str, quotes: str) -> bool:
    names = {name.lower().rstrip("s.") for name in _NAME.findall(text)} - _COMMON - _OPENERS
    return all(name in quotes.lower() for name in names)


def _denies(text: str) -> bool:
    return bool(_NEGATION.search(text))


def _denied(text: str, quotes: str) -> bool:
    """Whether the quotes deny what the text is about: a list head excludes it, or the clause it leans on says not."""
    if _EXCLUSION.search(quotes):
        return True
    words = _stems(text)
    return any(
        len(words & _stems(clause)) >= _CLAUSE_SHARE * len(words)
        for clause in _CLAUSE_END.split(quotes)
        if _denies(clause)
    )


def _offers_what_ended(text: str, knowledge: Knowledge) -> bool:
    ended = [program for program in named_programs(text, knowledge) if program.status == "ended"]
    return bool(ended) and bool(_OFFER.search(text)) and not _ENDED.search(text)
