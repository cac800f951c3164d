"""Drafted sentences -> those that their citations hold. From certain to costly; no model is asked.

1. every quote stands verbatim at its place;  2. the numbers, dates, amounts, phone numbers, addresses and names of a
written sentence are those of its quotes;  3. it denies only what they deny, and keeps what limits it and adds nothing
absolute;  4. it does not tell of an ended program as if it were open;  5. its quotes support it.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.agree import (
    missing_absolutes,
    missing_addresses,
    missing_amounts,
    missing_dates,
    missing_phones,
    strange_names,
)
from assistant.answer import Citation, Sentence
from assistant.cite import ended_in
from assistant.limiting import lost_limits
from ingest.knowledge import Knowledge
from ingest.records import Document, join_words
from ingest.support import denied_in, denies, missing_numbers, shared_words

# Share of the content words (by stem) that the quotes must hold, of each clause of a written sentence. The library's
# own sentences against their own quotes, and against other quotes of the same entry: at 0.5 92% of staff sentences and
# 57% of plain ones pass, and 20% and 24% with the wrong quotes; at 0.6 84% and 37%, 12% and 13%.
MIN_SHARED_WORDS = 0.6
_CLAUSE = re.compile(r"[.;:!?]\s+|,?\s+(?:and|but|so|because|which)\s+|,\s+")
# A clause with fewer words is weighed with the one before it: "in Los Angeles, Kern, and Inyo".
_MIN_CLAUSE_WORDS = 4
_PRESENT = re.compile(
    r"\b(?:can|may|will|is|are|has|have|do|does|offers?|covers?|provides?|pays?|gives?|gets?|helps?|lets?|includes?"
    r"|works?|joins?|enrolls?|applies|apply|choose|sign up|pick)\b",
    re.I,
)
_PAST = re.compile(
    r"\b(?:ended|was|were|had|did|used to|closed|could|would|stopped)\b|\b(?:until|through) (?:\w+ )?(?:\d{1,2}, )?\d",
    re.I,
)
_STILL_OPEN = re.compile(
    r"\b(?:still|now|today|currently)\b|\b(?:can|may|will)\b[^.]*\b(?:join|enroll|sign up|choose|get|apply|pick)\b",
    re.I,
)
_NO_LONGER = re.compile(r"\bno longer\b|\b(?:can|may|will)(?: ?not|n[’']t)\b", re.I)


def verify(
    sentences: Sequence[Sentence], documents: Mapping[str, Document], knowledge: Knowledge
) -> tuple[Sentence, ...]:
    """The sentences that hold, unchanged and in order; "fixed" ones state nothing and pass."""
    return tuple(sentence for sentence in sentences if not fault(sentence, documents, knowledge))


def fault(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> str:
    """The first check that the sentence does not pass, in a word; empty if it holds. A translation by its English."""
    if sentence.kind in ("fixed", "update"):
        return ""
    if not (sentence.citations or sentence.url) or not all(
        _is_verbatim(citation, documents) for citation in sentence.citations
    ):
        return "quote"
    return _written_fault(sentence, documents, knowledge) if sentence.kind == "written" else ""


def is_supported(text: str, quotes: str) -> bool:
    """Whether the quotes hold enough of what each clause of the text says."""
    return all(shared_words(clause, quotes) >= MIN_SHARED_WORDS for clause in _clauses(text))


def _written_fault(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> str:
    text = sentence.english or sentence.text
    # An ellipsis between them, so that no clause is made of the end of one and the start of the next.
    quotes = " … ".join(join_words(citation.quote) for citation in sentence.citations)
    checks = (
        ("number", lambda: missing_numbers(text, quotes)),
        ("date", lambda: missing_dates(text, quotes)),
        ("phone", lambda: missing_phones(text, quotes)),
        ("address", lambda: missing_addresses(text, quotes)),
        ("amount", lambda: missing_amounts(text, quotes)),
        ("name", lambda: strange_names(sentence, text, documents, knowledge)),
        ("denial", lambda: denies(text) != denied_in(text, quotes)),
        ("absolute", lambda: missing_absolutes(text, quotes)),
        ("limit", lambda: lost_limits(text, quotes)),
        ("ended", lambda: ended_in(sentence, documents, knowledge) and any(map(_sounds_open, _clauses(text)))),
        ("support", lambda: not is_supported(text, quotes)),
    )
    return next((name for name, fails in checks if fails()), "")


def _is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.source_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote != ""


def _sounds_open(text: str) -> bool:
    if _STILL_OPEN.search(text) and not _NO_LONGER.search(text):
        return True
    return bool(_PRESENT.search(text)) and not _PAST.search(text) and not _NO_LONGER.search(text)


def _clauses(text: str) -> list[str]:
    joined: list[str] = []
    for clause in _CLAUSE.split(text):
        if joined and len(clause.split()) < _MIN_CLAUSE_WORDS:
            joined[-1] += f" {clause}"
        else:
            joined.append(clause)
    return joined
