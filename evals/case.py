"""Eval cases: reading and checking a file of them."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import Role
from evals.text import normalise
from ingest.errors import UsageError

# Kinds whose every gold quote is needed; of all others any one is a fair citation.
NEEDS_EACH_GOLD = frozenset({"multi", "conflict"})


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as fault:
        raise ValueError(f"{text!r} is not a regular expression: {fault}") from fault
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow")


class PastTurn(_Row):
    """A message before the question."""

    role: Literal["user", "assistant"]
    content: str = Field(validation_alias=AliasChoices("content", "text"))


class Gold(_Row):
    """Words of a document that answer the question."""

    file: str
    quote: str = Field(min_length=1)


class Case(_Row):
    """One question and what is known about its answer; fields that are not named here are kept and ignored."""

    id: str = Field(min_length=1)
    question: str
    kind: str = "unspecified"
    lang: str = "en"
    history: tuple[PastTurn, ...] = ()
    answerable: bool | None = None
    role: Role = Role.BENEFICIARY
    gold: tuple[Gold, ...] = ()
    key_facts: tuple[Pattern, ...] = ()
    must_not: tuple[Pattern, ...] = ()
    soft_facts: tuple[Pattern, ...] = ()
    expected_status: str | None = None
    gold_doc_ids: tuple[str, ...] = ()
    group: str | None = None
    """Cases of one group ask the same in other words, spelling or language."""

    @property
    def needs_each_gold(self) -> bool:
        """Whether an answer needs every gold quote, rather than any one."""
        return self.kind in NEEDS_EACH_GOLD

    @property
    def expects_refusal(self) -> bool | None:
        """Whether the right answer is "not in the documents" or "off topic"; None when the case does not say."""
        if self.answerable is None:
            return None
        return not self.answerable and self.expected_status in (None, "", "not_in_documents", "off_topic")


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSONL file in its order; raises UsageError with file, line and reason."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"the case file {path} can't be read: {fault}") from fault
    cases = [_case(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise UsageError(f"{path} holds no case")
    _refuse_repeats(path, cases)
    return tuple(cases)


def checksum(path: Path) -> str:
    """The SHA-256 of a case file; raises UsageError when it can't be read."""
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        raise UsageError(f"the case file {path} can't be read: {fault}") from fault


def matches(pattern: str, text: str) -> bool:
    """Whether the regular expression is found, case-blind, in the normalised text."""
    straight = pattern.translate(str.maketrans("‘’“”", "''\"\""))
    return re.search(straight, normalise(text), re.IGNORECASE) is not None


def _case(path: Path, number: int, line: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg']}" if place else first["msg"]
        raise UsageError(f"{path}: line {number}: {reason}") from fault


def _refuse_repeats(path: Path, cases: list[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise UsageError(f"{path}: the id {case.id!r} is used twice")
        seen.add(case.id)
