"""The addresses of the desk: of a search, a place in a document, a call card and a flag."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from ingest.records import Quote, Span

SEARCH = "/desk"
DOCUMENTS = "/documents"
# Mail programs on Windows cut addresses off at about 2,000 characters.
_MAX_MAIL_CHARS = 1900
_LINE_END = "\r\n"


def search_link(pairs: Sequence[tuple[str, str]]) -> str:
    """The search with those parameters."""
    return f"{SEARCH}?{urlencode(pairs)}" if pairs else SEARCH


def document_link(source_id: str, spans: Iterable[Span] = ()) -> str:
    """A document, opened at the first of the places, all of them marked; it works without JavaScript."""
    shown = urlencode([("show", f"{span.start}-{span.end}") for span in spans])
    return f"{DOCUMENTS}/{quote(source_id, safe='')}" + (f"?{shown}#cited-words" if shown else "")


def quotes_link(quotes: Sequence[Quote]) -> str:
    """The document of the first quote, with all its places of theirs marked; empty without quotes."""
    if not quotes:
        return ""
    first = quotes[0].source_id
    return document_link(first, [each.span for each in quotes if each.source_id == first])


def card_link(question: str, language: str = "en") -> str:
    """The call card of a question."""
    return f"{SEARCH}/card?" + urlencode([("q", question), *([("language", language)] if language != "en" else [])])


def flag_link(question: str, answer: str = "", source_id: str = "") -> str:
    """The form to flag an answer with, filled in as far as it is known."""
    given = [("q", question), ("answer", answer), ("source", source_id)]
    return f"{SEARCH}/flag?" + urlencode([(name, value) for name, value in given if value])


def mail_link(subject: str, text: str) -> str:
    """A new mail with that text, cut at a line where it would be too long for a mail program (RFC 6068)."""
    lines = text.split("\n")
    while len(found := f"mailto:?subject={quote(subject)}&body={quote(_LINE_END.join(lines))}") > (_MAX_MAIL_CHARS):
        lines = [*lines[:-2], "..."]
    return found
