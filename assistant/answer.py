"""What an answer is: its status, its sentences, the citations that hold them, and how it reads as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.texts import say
from ingest.knowledge import Contact
from ingest.records import Hit


class Status(StrEnum):
    """How a question ended. A refusal is a status with its text, never an exception."""

    ANSWERED = "answered"
    NOT_IN_DOCUMENTS = "not_in_documents"
    OFF_TOPIC = "off_topic"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    EMPTY_QUESTION = "empty_question"
    QUESTION_TOO_LONG = "question_too_long"
    FAILED = "failed"


class Role(StrEnum):
    """Who asks; staff see the exact words first, beneficiaries what to do."""

    BENEFICIARY = "beneficiary"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation; role is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The words of a document that hold a sentence: documents[source_id].text[start:end] == quote."""

    source_id: str
    file: str
    title: str
    publisher: str
    label: str
    quote: str
    start: int
    end: int
    page: int | None
    heading: str
    date: str
    program_status: str
    """Whether the program that the words are about has ended, in words; empty if that is not known."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or quote of an answer, and what holds it.

    kind: "notice" (what ended), "prepared" (an answer of the library), "quote", "written" (by a chat model), "update"
    (our summary of a newer page), "definition" (of the glossary) or "fixed": the assistant's own (what the documents
    don't say, whom to call), which states no fact of theirs.
    """

    text: str
    kind: str
    citations: tuple[Citation, ...] = ()
    english: str = ""
    """Of a translated sentence, the English it was made from."""
    note: str = ""
    """Of what rests on a page and not on a document: whose page, from when, and when it was checked. Of what a chat
    model translated: that it did."""
    url: str = ""
    """The address of that page."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a question that no document answers, each the larger the more it does; the last, against it."""

    gap: float
    """Log odds of the likeliest known gap."""
    words: float
    """Log odds by the question's words (ingest/unsaid.py)."""
    meaning: float
    """Log odds by what the question means."""
    lacks_kind: float
    """1 where the kind of thing asked for, or a person it names, is not in the words found."""
    unknown_words: float
    """How many content words stand in no document, update, or ask that is answered, at most three."""
    asked_most: float
    """How likely it is about the subject of an entry that is marked as asked most."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets. `hits` are for evals and logs, best first."""

    status: Status
    question: str
    """The message with identifiers masked."""
    sentences: tuple[Sentence, ...]
    """In reading order: notices first, then quotes or written sentences, then fixed ones."""
    contacts: tuple[Contact, ...] = ()
    language: str = "en"
    standalone_question: str = ""
    removed: tuple[str, ...] = ()
    """Kinds of identifiers that were masked in the message, for example "Social Security number"."""
    review: str = ""
    """Of a prepared answer: "checked" by program only, or by whom and when a person reviewed it."""
    words: tuple[tuple[str, str], ...] = ()
    """Words of the field in a prepared answer, each with its plain meaning."""
    choices: tuple[str, ...] = ()
    """Short words to answer with, where the answer ends in a question of its own: "Los Angeles", "San Diego"."""
    next_questions: tuple[str, ...] = ()
    """What people ask next about the topic, each a question that is answered, in the answer's language."""
    hits: tuple[Hit, ...] = ()
    signs: Signs | None = None
    """What spoke for a refusal, for evals; None where it was not weighed."""

    @property
    def notices(self) -> tuple[Sentence, ...]:
        """The sentences that say whether a program still runs."""
        return tuple(sentence for sentence in self.sentences if sentence.kind == "notice")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every citation once, in the order in which they are numbered."""
        return tuple(dict.fromkeys(citation for sentence in self.sentences for citation in sentence.citations))

    @property
    def text(self) -> str:
        """The answer as plain text, as shown, without citation marks."""
        return "\n".join([*(_shown(sentence) for sentence in self.sentences), *map(contact_line, self.contacts)])

    @property
    def markdown(self) -> str:
        """The answer with numbered citations and the list of its sources."""
        numbers = {citation: number for number, citation in enumerate(self.citations, 1)}
        lines = [_shown(sentence) + _marks(sentence.citations, numbers) for sentence in self.sentences]
        if self.choices:
            lines.append("\n".join((say("which_one", self.language), *(f"- {choice}" for choice in self.choices))))
        sources = [f"[{number}] {source_line(citation)}" for citation, number in numbers.items()]
        calls = [f"- {contact_line(contact)}" for contact in self.contacts]
        parts = ["\n\n".join(lines), "\n".join(calls), "\n".join(sources)]
        return "\n\n".join(part for part in parts if part)


def source_line(citation: Citation) -> str:
    """Title, publisher, date, page or section, and program status of a citation, in one line."""
    place = f"page {citation.page}" if citation.page else f"section “{citation.heading}”" if citation.heading else ""
    parts = [citation.title, citation.publisher, citation.date, place, citation.program_status]
    return "; ".join(part for part in parts if part)


def contact_line(contact: Contact) -> str:
    """Who, the number, its hours, and for what."""
    details = [contact.number, f"TTY {contact.tty}" if contact.tty else "", contact.hours]
    return f"{contact.who}: {', '.join(detail for detail in details if detail)}. {contact.purpose}."


def _shown(sentence: Sentence) -> str:
    if sentence.kind != "quote":
        english = f" ({sentence.english})" if sentence.english else ""
        origin = f" ({' '.join(filter(None, (sentence.note, sentence.url)))})" if sentence.note else ""
        return f"{sentence.text}{english}{origin}"
    label = sentence.citations[0].label
    return f"“{sentence.text}”" + (f" ({label})" if label else "")


def _marks(citations: Sequence[Citation], numbers: dict[Citation, int]) -> str:
    return "".join(f" [{numbers[citation]}]" for citation in citations)
