"""Ranked statements -> the sentences of an answer: the best one to four, quoted with their list heads."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import prepared
from assistant.answer import Role, Sentence
from assistant.cite import quote_sentence
from assistant.library import quoted_statements
from assistant.retrieve import Candidate
from assistant.understand import Asked
from ingest.index import Index
from ingest.knowledge import Entry, Gap, Topic
from ingest.records import Document, join_words
from ingest.support import shared_words

# How many statements at most: three for a person who asks one thing, four for staff and for questions in parts.
# Development cases that pass: two statements 0.83, three 0.87, four 0.90, with 87, 110 and 133 words.
MAX_STATEMENTS = 4
MAX_STATEMENTS_PLAIN = 3
# Quotes beside a prepared answer. Development cases that pass: prepared answer alone 0.80 (75 words), with one quote
# (staff two) 0.89 (104), with two (three) 0.95 (122), with three (four) 0.95 (128); quotes alone 0.94 (138).
QUOTES_PLAIN = 2
QUOTES_STAFF = 3
# A sentence of a second answer with this share of its words in the first says it again.
SAID_ALREADY = 0.9
# How near a statement's score must come to the best one's to stand beside it: up to here nothing right is lost.
MIN_SHARE = 0.6
# Words that point at something a reader of the quote does not have, or that ask instead of telling.
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:available|found|click|read|register)\s+here\b|^learn more\b|[?:]$"
    r"|^resources for \w+$|^historical \w+ information$",
    re.I,
)
# Whom the documents say to call is out of date: only for who asks for it.
_OLD_CONTACT = re.compile(r"^for more information\b", re.I)
_ASKS_FOR_CONTACT = re.compile(
    r"\b(?:phone|telephone|number|call|web ?site|web ?page|online|link|url|\d{3}-\d{4})\b", re.I
)
# Words that call the reader's patients theirs confuse whoever is a patient; a prepared answer says what they mean.
_TO_DOCTORS = re.compile(
    r"\b(?:(?:your|seeing) patients?|you will be paid|the physician is willing|provider educational events)\b", re.I
)
# All conditions or none: part of such a list reads as if it were the whole.
_WHOLE_LIST = re.compile(r"\b(?:must be met|required|requirements|conditions|criteria)\b[^.]*:$", re.I)
# A page's own date answers only a question about it.
_STAMP = re.compile(r"last (?:updated|modified)\b", re.I)
_ASKS_FOR_DATE = re.compile(r"\b(?:updated?|modified|dated?|how old|current|up to date|version)\b", re.I)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be said, and the entries or the gap whose prepared answers are in it."""

    sentences: tuple[Sentence, ...] = ()
    topics: tuple[Topic, ...] = ()
    is_definition: bool = False
    """Whether it tells what a word means, and nothing else."""


def compose(asked: Asked, candidates: Sequence[Candidate], index: Index, role: Role) -> tuple[Sentence, ...]:
    """The best statements as quotes, best first; items of one list together."""
    is_plain = role is Role.BENEFICIARY and not asked.has_parts
    wanted = [one for one in candidates if _is_wanted(_words(one, index.documents), asked.read)]
    plain = [one for one in wanted if role is Role.STAFF or not _TO_DOCTORS.search(_words(one, index.documents))]
    chosen = choose(plain or wanted, index.documents, MAX_STATEMENTS_PLAIN if is_plain else MAX_STATEMENTS)
    return _quoted(_with_whole_lists(chosen, index), index)


def _quoted(chosen: Sequence[Candidate], index: Index) -> tuple[Sentence, ...]:
    groups: dict[object, list[Candidate]] = {}
    for candidate in chosen:
        leads = candidate.statement.leads
        groups.setdefault((candidate.source_id, leads) if leads else candidate, []).append(candidate)
    return tuple(
        quote_sentence(
            index.documents[group[0].source_id],
            sorted((candidate.statement for candidate in group), key=lambda statement: statement.start),
            index.knowledge,
        )
        for group in groups.values()
    )


def compose_prepared(
    asked: Asked, entries: Sequence[Entry], candidates: Sequence[Candidate], index: Index, role: Role
) -> tuple[Sentence, ...]:
    """The prepared answers of the entries, and the best statements that they do not cite, quoted."""
    said: dict[Sentence, None] = {}
    for entry in entries:
        told = " ".join(sentence.text for sentence in said)
        new = prepared.sentences(entry, role, asked.spoken, index)
        said |= dict.fromkeys(each for each in new if not told or shared_words(each.text, told) < SAID_ALREADY)
    count = QUOTES_STAFF if role is Role.STAFF else QUOTES_PLAIN
    meant = [one for one in candidates if role is Role.STAFF or not _TO_DOCTORS.search(_words(one, index.documents))]
    return (*said, *_not_cited(asked, list(said), meant, index, count)) if said else ()


def _not_cited(
    asked: Asked, said: Sequence[Sentence], candidates: Sequence[Candidate], index: Index, count: int
) -> list[Sentence]:
    """The best statements that the sentences do not cite, quoted."""
    cited = [(citation.source_id, citation.start, citation.end) for each in said for citation in each.citations]
    best = [one for one in candidates if _is_wanted(_words(one, index.documents), asked.read)]
    chosen = choose(best, index.documents, count + 2)
    left = [
        one
        for one in chosen[:MAX_STATEMENTS]
        if not any(
            source == one.source_id and min(end, one.statement.end) - max(start, one.statement.start) > 0
            for source, start, end in cited
        )
    ][:count]
    return list(_quoted(left, index))


def choose(candidates: Sequence[Candidate], documents: Mapping[str, Document], count: int) -> list[Candidate]:
    """Up to `count` candidates to quote: quotable, each its own words, near the best in score."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        words = _words(candidate, documents)
        if len(chosen) == count or (chosen and candidate.score < MIN_SHARE * chosen[0].score):
            break
        if not _POINTS_ELSEWHERE.search(words) and not any(words in _words(one, documents) for one in chosen):
            chosen = [one for one in chosen if _words(one, documents) not in words] + [candidate]
    return chosen


def _is_wanted(words: str, question: str) -> bool:
    if _STAMP.match(words):
        return bool(_ASKS_FOR_DATE.search(question))
    return not _OLD_CONTACT.match(words) or bool(_ASKS_FOR_CONTACT.search(question))


def _with_whole_lists(chosen: Sequence[Candidate], index: Index) -> list[Candidate]:
    """The candidates, and for one item of a list of conditions all its items."""
    whole: dict[tuple[str, int], Candidate] = {}
    for one in chosen:
        text = index.documents[one.source_id].text
        leads = one.statement.leads
        is_condition = bool(leads) and bool(_WHOLE_LIST.search(text[leads[-1].start : leads[-1].end]))
        same = [each for each in index.statements_of(one.source_id) if each.leads == leads] if is_condition else []
        for statement in same or [one.statement]:
            whole.setdefault((one.source_id, statement.start), replace(one, statement=statement))
    return list(whole.values())


def _words(candidate: Candidate, documents: Mapping[str, Document]) -> str:
    statement = candidate.statement
    return join_words(documents[candidate.source_id].text[statement.start : statement.end])


def nearest_words(gap: Gap, index: Index, role: Role, language: str) -> tuple[Sentence, ...]:
    """What the documents do say near a known gap: prepared, or quoted; and what newer pages say of it."""
    said = prepared.sentences(gap, role, language, index)
    if not said:
        places = [place for quote in gap.quotes for place in quoted_statements(index, quote)[:1]]
        said = tuple(
            quote_sentence(index.documents[source], [found], index.knowledge) for source, found in dict.fromkeys(places)
        )
    updates = [update for name in gap.updates if (update := index.knowledge.update(name))]
    return (*said, *(prepared.update_sentence(update, language, date.today()) for update in updates))
