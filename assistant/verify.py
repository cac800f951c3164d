"""Drafted sentences -> those that their citations hold. From certain to costly; no model is asked.

1. every quote stands verbatim at its place;  2. a written sentence is whole and stands by itself;  3. the numbers,
dates, amounts, phone numbers, addresses and names in it are those of its quotes;  4. it denies only what they deny,
keeps what limits it and adds nothing absolute;  5. it does not tell of an ended program as if it were open;  6. its
quotes support it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache

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
from assistant.form import fault_of_form
from assistant.limiting import lost_limits
from assistant.support import MIN_SUPPORT, SupportScorer
from assistant.understand import named_programs
from ingest.knowledge import Knowledge
from ingest.records import Document, join_words
from ingest.support import COMMON, denied_in, denies, missing_numbers, shared_words

# Besides the support score, the share of the content words (by stem) that the quotes must hold of the whole and of each
# clause. A small model that makes things up got "the seven counties actually began in 2014" past 0.5; a quote stands in
# for what is lost, so the stricter one is taken.
MIN_SHARED_WORDS = 0.66
_CLAUSE = re.compile(r"[.;:!?]\s+|,?\s+(?:and|but|so|because|which)\s+|,\s+")
# Of a clause with fewer words every one must be held: "..., including dental".
_MIN_CLAUSE_WORDS = 4
# So many content words in a row that the quotes lack say something of their own: "was a significant innovation", "the
# state will take the house".
_STRANGE_RUN = 2
_WORD = re.compile(r"[a-z][a-z’'-]+")
_SUBJECT = re.compile(r"(?:The|A|An|Your|Each|Every|All|Some) ([A-Za-z-]+)")
_DONE = re.compile(r"\b(?:is|are|was|were|be|been|being) (?:[a-z]+ly )?([a-z]{3,}ed)\b")
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
    """Whether the quotes hold enough of what the text says, as a whole and in each of its clauses."""
    is_scored = _scorer().score(text, quotes.replace(" … ", "\n")) >= MIN_SUPPORT
    is_shared = all(shared_words(part, quotes) >= MIN_SHARED_WORDS for part in (text, *_clauses(text)))
    held = {word[:5] for word in _WORD.findall(quotes.lower())}
    strange = [word[:5] not in held for word in _WORD.findall(text.lower()) if word not in COMMON]
    runs = zip(*(strange[at:] for at in range(_STRANGE_RUN)), strict=False)
    return is_scored and is_shared and _has_core(text, held) and not any(map(all, runs))


def _has_core(text: str, held: set[str]) -> bool:
    """Whether the quotes hold the words it opens with ("The card is ..."), what was done, and short additions."""
    subject = _SUBJECT.match(text)
    short = [clause for clause in _CLAUSE.split(text) if len(clause.split()) < _MIN_CLAUSE_WORDS]
    added = [word for clause in short for word in _WORD.findall(clause.lower()) if word not in (*COMMON, "including")]
    core = [*_DONE.findall(text), *([subject[1]] if subject else []), *added]
    return all(word.lower()[:5] in held for word in core)


@cache
def _scorer() -> SupportScorer:
    return SupportScorer()


def _written_fault(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> str:
    text = sentence.english or sentence.text
    # An ellipsis between them, so that no clause is made of the end of one and the start of the next.
    quotes = " … ".join(join_words(citation.quote) for citation in sentence.citations)
    checks = (
        ("form", lambda: fault_of_form(text)),
        ("number", lambda: missing_numbers(text, quotes)),
        ("date", lambda: missing_dates(text, quotes)),
        ("phone", lambda: missing_phones(text, quotes)),
        ("address", lambda: missing_addresses(text, quotes)),
        ("amount", lambda: missing_amounts(text, quotes)),
        ("name", lambda: strange_names(sentence, text, documents, knowledge)),
        ("denial", lambda: denies(text) != denied_in(text, quotes)),
        ("absolute", lambda: missing_absolutes(text, quotes)),
        ("limit", lambda: lost_limits(text, quotes)),
        ("ended", lambda: _is_past(sentence, documents, knowledge) and any(map(_sounds_open, [text, *_clauses(text)]))),
        ("support", lambda: not is_supported(text, quotes)),
    )
    return next((name for name, fails in checks if fails()), "")


def _is_verbatim(citation: Citation, documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation.source_id)
    return document is not None and document.text[citation.start : citation.end] == citation.quote != ""


def _is_past(sentence: Sentence, documents: Mapping[str, Document], knowledge: Knowledge) -> bool:
    """Whether it is about an ended program: it or its documents are, or its quotes and it names no open one."""
    if ended_in(sentence, documents, knowledge):
        return True
    named = named_programs(sentence.english or sentence.text, knowledge)
    is_open = any(program.status == "open" for program in named)
    return not is_open and any(citation.program_status for citation in sentence.citations)


def _sounds_open(text: str) -> bool:
    if _STILL_OPEN.search(text) and not _NO_LONGER.search(text):
        return True
    return bool(_PRESENT.search(text)) and not _PAST.search(text) and not _NO_LONGER.search(text)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.split(text) if len(clause.split()) >= _MIN_CLAUSE_WORDS]
