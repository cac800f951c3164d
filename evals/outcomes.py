"""Outcomes: what the assistant made of each case, and the file that holds them, one JSON object a line."""

from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Sentence, Status
from assistant.answer import Citation as AnswerCitation
from ingest.errors import UsageError
from ingest.records import Document, Hit

# Measures look at the first 20 hits, and at 100 when documents are ranked by their best one.
_HITS_KEPT = 100


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation: text[start:end] of the document, as the reader gives it, is the quote."""

    file: str
    title: str
    quote: str
    start: int
    end: int
    page: int | None = None
    heading: str = ""
    date: str = ""
    program_status: str = ""


@dataclass(frozen=True, slots=True)
class SentenceShown:
    """A sentence of the answer; kind as in `assistant.answer.Sentence`."""

    text: str
    kind: str
    citations: tuple[CitedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that retrieval found."""

    file: str
    start: int
    end: int
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one case came to; an exception is an outcome with `error`."""

    id: str
    status: str
    language: str = ""
    answer_text: str = ""
    answer_markdown: str = ""
    reading_grade: float | None = None
    sentences: tuple[SentenceShown, ...] = ()
    notices: tuple[str, ...] = ()
    contacts: tuple[Mapping[str, object], ...] = ()
    standalone_question: str = ""
    hits: tuple[FoundPassage, ...] = ()
    signs: tuple[float, ...] = ()
    """What spoke for a refusal; empty where it was not weighed."""
    seconds: float = 0.0
    error: str | None = None

    @property
    def is_failure(self) -> bool:
        """Whether there is no answer to judge; a failure scores as a miss."""
        return self.error is not None or self.status == Status.FAILED


_OUTCOME = TypeAdapter(Outcome)


def as_outcome(
    case_id: str, answer: Answer, documents: Mapping[str, Document], seconds: float, reading_grade: float | None
) -> Outcome:
    """The outcome of an answer."""
    return Outcome(
        id=case_id,
        status=str(answer.status),
        language=answer.language,
        answer_text=answer.text,
        answer_markdown=answer.markdown,
        reading_grade=reading_grade,
        sentences=tuple(
            SentenceShown(sentence.text, sentence.kind, tuple(map(_cited, sentence.citations)))
            for sentence in answer.sentences
        ),
        notices=tuple(_with_english(notice) for notice in answer.notices),
        contacts=tuple(asdict(contact) for contact in answer.contacts),
        standalone_question=answer.standalone_question,
        hits=tuple(_found(hit, documents) for hit in answer.hits[:_HITS_KEPT]),
        signs=astuple(answer.signs) if answer.signs else (),
        seconds=seconds,
    )


def _with_english(sentence: Sentence) -> str:
    return f"{sentence.text} ({sentence.english})" if sentence.english else sentence.text


def as_failure(case_id: str, fault: Exception, seconds: float) -> Outcome:
    """The outcome of an exception."""
    return Outcome(case_id, str(Status.FAILED), seconds=seconds, error=f"{type(fault).__name__}: {fault}")


def to_line(outcome: Outcome) -> bytes:
    """The outcome as one line of the file."""
    return _OUTCOME.dump_json(outcome) + b"\n"


def load_outcomes(path: Path) -> dict[str, Outcome]:
    """The outcomes by case id, in the file's order; raises UsageError with file and line on a bad one."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as fault:
        raise UsageError(f"the outcomes {path} can't be read: {fault}") from fault
    outcomes = [_outcome(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return {outcome.id: outcome for outcome in outcomes}


def drop_cut_off_line(path: Path) -> None:
    """Cut away what an interrupted run left of its last line; every whole line ends with a line feed."""
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with path.open("r+b") as file:
            file.truncate(whole)


def _outcome(path: Path, number: int, line: bytes) -> Outcome:
    try:
        return _OUTCOME.validate_json(line)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{path}: line {number}: {place}: {first['msg']}") from fault


def _cited(citation: AnswerCitation) -> CitedQuote:
    return CitedQuote(
        citation.file,
        citation.title,
        citation.quote,
        citation.start,
        citation.end,
        citation.page,
        citation.heading,
        citation.date,
        citation.program_status,
    )


def _found(hit: Hit, documents: Mapping[str, Document]) -> FoundPassage:
    passage = hit.passage
    file = documents[passage.source_id].source.file
    return FoundPassage(file, passage.start, passage.end, passage.text, hit.score)
