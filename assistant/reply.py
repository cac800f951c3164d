"""The text of a model's reply, as it comes -> the whole objects in it, and the places of the words that they quote."""

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.model import ChatModel, Given, Prompt
from ingest.errors import ModelUnavailable
from ingest.records import Document, Span

# Fewer words stand in any passage, and show nothing.
MIN_QUOTE_WORDS = 3
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")
_LEFT_OUT = re.compile(r"\s*(?:…|\.\.\.)\s*")
# Models write these marks straight where documents write them curly, or the other way round.
_ALIKE = str.maketrans("’‘“”", "''\"\"")

Kind = TypeVar("Kind", bound=BaseModel)

log = logging.getLogger(__name__)


def replies(model: ChatModel, prompt: Prompt, kind: type[Kind]) -> Iterator[Kind]:
    """The objects of the model's reply as they come; those that were whole when it failed, if it does."""
    try:
        yield from items((piece.text for piece in model.stream(prompt)), prompt.key, kind)
    except ModelUnavailable as fault:
        log.warning("the chat model did not answer: %s", fault)


def items(pieces: Iterable[str], key: str, kind: type[Kind]) -> Iterator[Kind]:
    """The objects of the list under `key`, each as soon as all of it has come; a broken one ends the list.

    An object of another shape is passed over, and so is all text around the list.
    """
    opening = re.compile(rf'"{key}"\s*:\s*\[')
    text, at = "", -1
    for piece in pieces:
        text += piece
        if at < 0 and (match := opening.search(text)):
            at = match.end()
        while at >= 0:
            start = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing at least
            try:
                found, at = _DECODER.raw_decode(text, start)
            except json.JSONDecodeError:
                break
            if (one := _shaped(found, kind)) is not None:
                yield one


def locate_quote(quote: str, given: Given, document: Document) -> tuple[Span, ...]:
    """Where the quoted words stand in the passage, whatever the white space; nothing if any of them does not.

    An ellipsis stands between words that need not follow each other.
    """
    words = unescape(quote).strip(" \"“”'")
    parts = [part for part in _LEFT_OUT.split(words) if part]
    if len(words.split()) < MIN_QUOTE_WORDS and _folded(words) != _folded(given.text):
        return ()
    found = [_locate(part, given.spans(), document.text) for part in parts]
    return tuple(span for span in found if span) if all(found) else ()


def _locate(words: str, spans: Sequence[Span], text: str) -> Span | None:
    pattern = re.compile(r"\s+".join(re.escape(word) for word in _folded(words).split()))
    for span in spans:
        match = pattern.search(_folded(text[span.start : span.end]))
        if match and match[0]:
            return Span(span.start + match.start(), span.start + match.end())
    return None


def _folded(text: str) -> str:
    return text.translate(_ALIKE)


def _shaped(found: object, kind: type[Kind]) -> Kind | None:
    try:
        return kind.model_validate(found)
    except ValidationError:
        return None
