"""How much of what the documents say the library answers: the share of statements that an entry cites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.knowledge import Entry
from ingest.records import Document, Quote, Statement
from ingest.structure import statements

# A quote may hold part of a statement, or several; half of the shorter one settles that they are the same.
SAME_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many statements an entry cites, of how many; and those that none does, as (source id, words)."""

    cited: int
    statements: int
    missing: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """From 0 to 1; 1 for a corpus without statements."""
        return self.cited / self.statements if self.statements else 1.0


def coverage(documents: Mapping[str, Document], entries: Sequence[Entry]) -> Coverage:
    """Which statements of the documents the entries cite."""
    quotes = [quote for entry in entries for quote in entry.quotes]
    everything = [(source_id, each) for source_id, document in documents.items() for each in statements(document)]
    missing = tuple(
        (source_id, documents[source_id].text[statement.start : statement.end])
        for source_id, statement in everything
        if not any(quote.source_id == source_id and is_quoted(statement, quote) for quote in quotes)
    )
    return Coverage(len(everything) - len(missing), len(everything), missing)


def is_quoted(statement: Statement, quote: Quote) -> bool:
    """Whether the quote, of the same document, holds the statement, or the statement the quote, for the most part."""
    shared = min(statement.end, quote.span.end) - max(statement.start, quote.span.start)
    return shared > 0 and shared >= SAME_SHARE * min(statement.end - statement.start, quote.span.end - quote.span.start)
