"""Pairs of a claim and the words it cites: from a file, or made from a corpus's library with deliberate faults."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import UsageError
from ingest.knowledge import Entry, Knowledge, Prepared
from ingest.places import COUNTIES
from ingest.records import Document
from ingest.support import COMMON

Label = Literal["supported", "partially_supported", "not_supported"]
FAULTS = ("number", "date", "name", "denial", "limit")
# Faults are chosen by chance, the same on every run.
_SEED = 20221231
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBER = re.compile(r"(?<![\w.-])(?!(?:19|20)\d\d\b)\d+(?:,\d{3})*(?![\w-])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b(?=[ ,]+\d)")
_DENIED = re.compile(r"\b(is|are|was|were|can|could|will|may|must|do|does|did|should)(?: not|n[’']t)\b", re.I)
_VERB = re.compile(r"\b(is|are|was|were|can|could|will|may|must|should)\b(?! not|n[’']t)")
_LIMIT = re.compile(
    r" (?:only|just|up to|at least|no more than|more than|about|almost)\b|,? (?:unless|except|if|until) [^,.;]+", re.I
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim, the words it cites sentence by sentence, and whether they hold all of it."""

    claim: str
    source: tuple[str, ...]
    label: Label
    kind: str
    """Where the pair is from, or which fault it has."""
    group: str
    """Pairs of one group share words, and are never split between fitting and testing."""

    @property
    def is_supported(self) -> bool:
        """Whether the source holds the whole claim."""
        return self.label == "supported"


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    claim: str
    source_sentences: list[str]
    label: Label


def load_pairs(path: Path) -> tuple[Pair, ...]:
    """The pairs of a JSONL file (id, claim, source_sentences, label); raises UsageError with file, line and reason."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"the file of pairs {path} can't be read: {fault}") from fault
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return tuple(Pair(row.claim, tuple(row.source_sentences), row.label, path.stem, row.id) for row in rows)


def library_pairs(knowledge: Knowledge, documents: Mapping[str, Document]) -> tuple[Pair, ...]:
    """Each sentence of the library that rests on quotes alone, with them; and the same with each fault it can have."""
    chance = random.Random(_SEED)
    names = _kinds_of_names(knowledge, documents)
    pairs: list[Pair] = []
    for entry in knowledge.entries:
        for sentence in filter(_rests_on_quotes, dict.fromkeys((*entry.plain, *entry.staff))):
            source = _source_of(sentence, documents)
            faults = _Faults(names, chance, " ".join(source))
            found = _pairs_of(sentence, _elsewhere(sentence, entry, knowledge), source, faults)
            pairs += [replace(pair, group=entry.id) for pair in found]
    return tuple(pairs)


def _rests_on_quotes(sentence: Prepared) -> bool:
    return bool(sentence.quotes) and not (sentence.update or sentence.fact or sentence.contact)


def _row(path: Path, number: int, line: str) -> _Row:
    try:
        return _Row.model_validate_json(line)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: line {number}: {place}: {first['msg']}") from fault


def _kinds_of_names(knowledge: Knowledge, documents: Mapping[str, Document]) -> tuple[tuple[str, ...], ...]:
    """Names that can stand for each other, one kind a row: counties, plans, programs."""
    plans = sorted({document.source.plan for document in documents.values() if document.source.plan})
    return (COUNTIES, tuple(plans), tuple(program.aliases[0] for program in knowledge.programs if program.aliases))


@dataclass(frozen=True, slots=True)
class _Faults:
    """Each method gives the text with one fault of its kind, or the text itself if it can't have that fault."""

    names: tuple[tuple[str, ...], ...]
    chance: random.Random
    held: str
    """The words that the text cites; what is put in must not stand there."""

    def number(self, text: str) -> str:
        return self._replaced(_NUMBER, text, [str(number) for number in range(2, 60)])

    def date(self, text: str) -> str:
        if _MONTH.search(text):
            return self._replaced(_MONTH, text, _MONTHS)
        return self._replaced(_YEAR, text, [str(year) for year in range(2009, 2031)])

    def name(self, text: str) -> str:
        for kind in self.chance.sample(self.names, len(self.names)):
            present = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in kind))
            if present.search(text):
                return self._replaced(present, text, kind)
        return text

    def denial(self, text: str) -> str:
        """One dropped where there is one, else one added."""
        if _DENIED.search(text):
            return _DENIED.sub(r"\1", text, count=1)
        return _VERB.sub(r"\1 not", text, count=1)

    def limit(self, text: str) -> str:
        """One dropped where there is one, else "only" added."""
        return _LIMIT.sub("", text, count=1) if _LIMIT.search(text) else _VERB.sub(r"\1 only", text, count=1)

    def _replaced(self, pattern: re.Pattern[str], text: str, by: Sequence[str]) -> str:
        places = list(pattern.finditer(text))
        others = [word for word in by if word not in f"{text} {self.held}"]
        if not places or not others:
            return text
        place = self.chance.choice(places)
        return text[: place.start()] + self.chance.choice(others) + text[place.end() :]


def _pairs_of(sentence: Prepared, others: Sequence[str], source: tuple[str, ...], faults: _Faults) -> Iterator[Pair]:
    """The sentence as it is, with each fault, and with or as another of `others`; the group is left open."""
    yield Pair(sentence.text, source, "supported", "library", "")
    for kind in FAULTS:
        faulty = getattr(faults, kind)(sentence.text)
        if faulty != sentence.text:
            yield Pair(faulty, source, "not_supported", kind, "")
    if others:
        other = faults.chance.choice(others)
        yield Pair(other, source, "not_supported", "sibling", "")
        joined = f"{sentence.text.rstrip('.')}, and {_inside(other)}"
        yield Pair(joined, source, "partially_supported", "added", "")


def _inside(sentence: str) -> str:
    """A sentence as it stands after an "and"."""
    first = sentence.split(" ", 1)[0].lower()
    return sentence[0].lower() + sentence[1:] if first in COMMON else sentence


def _source_of(sentence: Prepared, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The quotes, and last what their documents are, which a sentence may say without a quote."""
    quotes = [documents[quote.source_id].text[quote.span.start : quote.span.end] for quote in sentence.quotes]
    sources = {quote.source_id: documents[quote.source_id].source for quote in sentence.quotes}.values()
    return (*quotes, *(f"{source.label}; {source.publisher}; {source.title}; {source.date}" for source in sources))


def _elsewhere(sentence: Prepared, entry: Entry, knowledge: Knowledge) -> list[str]:
    """Sentences of the entry and of related ones that rest on other quotes alone."""
    near = [each for each in knowledge.entries if each.id in (entry.id, *entry.related)]
    return [
        other.text
        for each in near
        for other in (*each.plain, *each.staff)
        if _rests_on_quotes(other) and not set(other.quotes) & set(sentence.quotes)
    ]
