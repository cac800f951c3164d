"""Quotes in the corpus's TOML files -> their places in the documents."""

import re
from collections.abc import Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from ingest.records import Document, Quote, Span
from ingest.tables import Place


class QuoteRow(BaseModel):
    """Words of a source, as written in a TOML file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    source: str
    quote: str


def locate(quote: str, document: Document) -> Span | None:
    """Where the quote's words stand in the document, whatever the white space between them."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    match = re.search(pattern, document.text) if pattern else None
    return Span(*match.span()) if match else None


def located(place: Place, rows: Sequence[QuoteRow], documents: Mapping[str, Document]) -> tuple[Quote, ...]:
    """Each quote at its place; raises CorpusError for a source that does not exist or words it does not hold."""
    quotes = []
    for row in rows:
        document = documents.get(row.source)
        if document is None:
            raise place.mistake(f"there is no source {row.source!r}")
        span = locate(row.quote, document)
        if span is None:
            raise place.mistake(f"these words are not in {document.source.file}: {row.quote!r}")
        quotes.append(Quote(row.source, span))
    return tuple(quotes)
