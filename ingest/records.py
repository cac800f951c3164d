"""The values that flow from documents to answers: what a source, a document, a passage and a hit are."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a document's text: characters [start, end)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of sources.toml: whose words a document holds, from when, and for whom."""

    id: str
    file: str
    title: str
    publisher: str = ""
    label: str = ""
    """Whose words, of where and when, in a few words; stands behind each quote."""
    date: str = ""
    """The document's own date in words, for example "last updated May 23, 2022"; empty if unknown."""
    year: int = 0
    """The year the words are from, or the latest it can be; 0 if unknown."""
    audience: str = ""
    programs: tuple[str, ...] = ()
    plan: str = ""
    counties: tuple[str, ...] = ()
    url: str = ""
    sha256: str = ""
    column_heads: tuple[tuple[str, ...], ...] = ()
    """Headings of side-by-side columns that text extraction ran together on one line."""


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or list item of a document's text, without its marker."""

    kind: str  # "heading" | "paragraph" | "item"
    start: int
    end: int
    headings: tuple[str, ...] = ()
    leads: tuple[Span, ...] = ()
    """The list heads this item hangs on, outermost first ("..., excluding:")."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source and its text as the reader gives it; every offset in the product is into `text`."""

    source: Source
    text: str
    blocks: tuple[Block, ...]
    page_starts: tuple[int, ...] = ()
    """Where page 1, 2, ... begin in `text`; empty when the pages are not known."""
    origins: tuple[tuple[int, int], ...] = ()
    """(offset in text, offset in the file's own text) where each untouched stretch begins."""

    def page_at(self, offset: int) -> int | None:
        """The page number, from 1, at an offset; None when pages are not known."""
        return bisect_right(self.page_starts, offset) or None

    def original_offset(self, offset: int) -> int:
        """Where the character at `offset` stood in the file's own text, before repairs."""
        at = bisect_right(self.origins, (offset, 1 << 62)) - 1
        start, origin = self.origins[at]
        return origin + offset - start


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or list item, with the list heads that complete its sense."""

    start: int
    end: int
    leads: tuple[Span, ...] = ()
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one document: document.text[start:start + len(text)] == text, always."""

    source_id: str
    start: int
    text: str
    headings: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable name of the passage within one index."""
        return f"{self.source_id}:{self.start}"

    @property
    def end(self) -> int:
        """Offset just after the passage."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found, with its fused score (higher is better, no absolute meaning)."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, located: documents[source_id].text[span.start:span.end]."""

    source_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Skip:
    """A file that was not indexed, and why."""

    file: str
    reason: str


def join_words(text: str) -> str:
    """`text` with every run of white space as one blank."""
    return " ".join(text.split())


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
