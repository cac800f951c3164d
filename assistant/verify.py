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
from ingest.support import COMMON, denied_in, denies, missing_numbers, shared_words

# Share of a written sentence's content words (by stem) that its quotes must hold. On public pairs of claims and
# sources, fully supported claims share most words; a plain rewording of a quote here shares about two thirds.
MIN_SHARED_WORDS = 0.5
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\.[A-Z]\.?)?")
# Ordinary words that may open a sentence; any other capitalized word must stand in the quotes.
_OPENERS = frozenset(
    "all any before both doctors each even every members once one only people some their two yes".split()
)
_OFFER = re.compile(
    r"\b(?:can|may|could|should|still|now|today)\b[^.]*\b(?:join|enroll|sign up|choose|get|apply|pick)\b", re.I
)
_ENDED = re.compile(r"\b(?:ended|no longer|until|through|was|were|used to|closed|before)\b", re.I)


def verify(
    sentences: Sequence[Sentence], documents: Mapping[str, Document], knowledge: Knowledge
) -> tuple[Sentence, ...]:
    """The sentences that hold, unchanged and in order; "fixed" ones state nothing and pass."""
    return tuple(sentence for sentence in sentences if _holds(sentence, documents, knowledge))


def _holds(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> bool:
    if sentence.kind in ("fixed", "update"):
        return True
    if not (sentence.citations or sentence.url) or not all(
        _is_verbatim(citation, documents) for citation in sentence.citations
    ):
        return False
    if sentence.kind != "written":
        return True
    quotes = " ".join(citation.quote for citation in sentence.citations)
    return (
        not missing_numbers(sentence.text, quotes)
        and _names_stand_in(sentence.text, quotes)
        and denies(sentence.text) == denied_in(sentence.text, quotes)
        and shared_words(sentence.text, quotes) >= MIN_SHARED_WORDS
        and not _offers_what_ended(sentence.text, knowledge)
    )


def _is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.source_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote != ""


def _names_stand_in(text: str, quotes: str) -> bool:
    names = {name.lower().rstrip("s.") for name in _NAME.findall(text)} - COMMON - _OPENERS
    return all(name in quotes.lower() for name in names)


def _offers_what_ended(text: str, knowledge: Knowledge) -> bool:
    ended = [program for program in named_programs(text, knowledge) if program.status == "ended"]
    return bool(ended) and bool(_OFFER.search(text)) and not _ENDED.search(text)
