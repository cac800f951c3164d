"""Flags -> eval cases and drafts for the library: what staff corrected becomes a test, and a text to review."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desk.flags import Fault, Flag
from ingest.quoted import locate
from ingest.records import Document, Span, join_words
from ingest.support import digits_in

_DRAFTS = """# Drafts made from what staff flagged. No person has reviewed them; `python -m ingest check` has not run.
# Before an entry moves into corpus/library: read it against its source, write 12 ways of asking and plain words at
# grade 6, and give it an id and topic of its own. Entries whose id begins with "draft-" stay drafts.
"""


def cases(flags: Iterable[Flag], documents: Mapping[str, Document]) -> str:
    """The flags as eval cases, one JSON object a line, oldest first, as `evals.case.load_cases` reads them.

    A number of the correction must be in the answer, and the words at fault may not. What staff wrote stays beside it.
    """
    rows = sorted(flags, key=lambda flag: flag.number)
    return "".join(json.dumps(_case(flag, documents), ensure_ascii=False) + "\n" for flag in rows)


def drafts(flags: Iterable[Flag], documents: Mapping[str, Document]) -> str:
    """The flags with a correction as entries in the library's format, marked as drafts."""
    rows = sorted((flag for flag in flags if flag.correction), key=lambda flag: flag.number)
    return "\n".join([_DRAFTS, *(_draft(flag, documents) for flag in rows)])


def quoted(flag: Flag, documents: Mapping[str, Document]) -> str:
    """The words of the document that a flag names as they stand there; empty where they do not."""
    document = documents.get(flag.source_id)
    span: Span | None = locate(flag.quote, document) if document and flag.quote else None
    return document.text[span.start : span.end] if document and span else ""


def _case(flag: Flag, documents: Mapping[str, Document]) -> dict[str, Any]:
    quote = quoted(flag, documents)
    gold = [{"file": documents[flag.source_id].source.file, "quote": quote}] if quote else []
    kept = {"fault": flag.fault.value, "on": flag.made, "by": flag.by, "correction": flag.correction}
    return {
        "id": f"flag-{flag.number}",
        "kind": "flagged",
        "lang": "en",
        "role": "staff",
        "question": flag.question,
        **({"answerable": True} if gold else {}),
        "gold": gold,
        "key_facts": [_number(each) for each in sorted(digits_in(flag.correction))],
        "must_not": [_words(flag.at_fault)] if flag.at_fault and flag.fault is not Fault.UNCLEAR else [],
        "flagged": {name: value for name, value in {**kept, "page": flag.page}.items() if value},
    }


def _number(digits: str) -> str:
    """The number by itself, with or without commas."""
    whole, dot, rest = digits.partition(".")
    grouped = f"{int(whole):,}".replace(",", ",?") if len(whole) > 4 and not whole.startswith("0") else whole
    return rf"(?<![\d.,]){grouped}{re.escape(dot + rest)}(?!\d)"


def _words(text: str) -> str:
    return r"\s+".join(re.escape(word) for word in text.split())


def _draft(flag: Flag, documents: Mapping[str, Document]) -> str:
    quote = join_words(quoted(flag, documents))
    lines = [
        "[[entry]]",
        f"id = {_text(f'draft-{flag.number}')}",
        f"topic = {_text(flag.question)}",
        f"asks = [{_text(flag.question)}]",
    ]
    if quote:
        lines.append(f"quotes = [{{ source = {_text(flag.source_id)}, quote = {_text(quote)} }}]")
        lines.append(f"staff = [{{ say = {_text(join_words(flag.correction))}, from = [1] }}]")
    head = [f"# DRAFT, flagged as {flag.fault.value} on {flag.made[:10]}" + (f" by {flag.by}" if flag.by else "")]
    rest = [] if quote else [f"# No document holds it yet. Correction: {flag.correction}"]
    page = [f"# Source given: {flag.page}"] if flag.page else []
    return "\n".join([*_comments([*head, *rest, *page]), *lines, ""])


def _comments(lines: Sequence[str]) -> list[str]:
    return ["".join(each if each.isprintable() else " " for each in line) for line in lines]


def _text(words: str) -> str:
    """A TOML basic string: JSON's, whose escapes TOML knows, with DEL escaped too (toml.io/en/v1.0.0#string)."""
    return json.dumps(join_words(words), ensure_ascii=False).replace("\x7f", "\\u007f")
