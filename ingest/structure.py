"""Laid-out text -> blocks that know their headings and list heads, and statements: what can be quoted.

This module alone knows what a piece of text needs beside it to keep its sense: an item needs the
list head it hangs on ("All standard benefits, excluding:"), a nested item those of its parents too.
"""

import re
from collections.abc import Iterator, Sequence

from ingest.layout import Layout
from ingest.records import Block, Document, Source, Span, Statement

_ABBREVIATIONS = frozenset("dr mr mrs ms st no nos vs e.g i.e etc inc ch sec u.s ph.d jr sr approx dept fig".split())
_SENTENCE_END = re.compile(
    r"[.!?]+[”’\"')\]]*(?=\s+[“‘\"'(\[]?[A-Z0-9•])"  # the ordinary end
    r"|(?<=[a-z]{3})\.(?=[A-Z][a-z]*\s)"  # "plan.All of": the blank was lost in extraction
    r"|[。！？]"
)
_LEANS_BACK = re.compile(r"(?:They|He|She|It|Her|His|Their|This|These|However|Instead|Through these|That)\b")
# A longer item is quoted sentence by sentence; the longest in the five program documents has 514 characters,
# and its parts mislead alone (an exception inside an exclusion).
_MAX_ITEM_CHARS = 700


def make_document(source: Source, layout: Layout) -> Document:
    """The document with each block's headings and list heads worked out."""
    return Document(source, layout.text, tuple(_blocks(layout, source)), layout.page_starts, layout.origins)


def statements(document: Document) -> tuple[Statement, ...]:
    """Every sentence and list item of the document, in reading order; list heads stand with their items."""
    leads = {lead for block in document.blocks for lead in block.leads}
    return tuple(
        Statement(span.start, span.end, block.leads, block.headings)
        for block in document.blocks
        if block.kind != "heading"
        for span in _spans(document.text, block)
        if span not in leads
    )


def _spans(text: str, block: Block) -> list[Span]:
    if block.kind == "item" and block.end - block.start <= _MAX_ITEM_CHARS:
        return [Span(block.start, block.end)]
    alone = list(sentences(text, block.start, block.end))
    return [_with_its_subject(text, before, span) for before, span in zip([None, *alone], alone, strict=False)]


def _with_its_subject(text: str, before: Span | None, span: Span) -> Span:
    """A sentence that opens on "They", "However" or the like is quoted with the one before it, which says who."""
    return Span(before.start, span.end) if before and _leans_back(text, before, span) else span


def _leans_back(text: str, before: Span, span: Span) -> bool:
    return bool(_LEANS_BACK.match(text, span.start)) and span.end - before.start <= _MAX_ITEM_CHARS


def unbroken(text: str, start: int, end: int) -> list[Span]:
    """The sentences of text[start:end], those that are quoted together as one span."""
    spans: list[Span] = []
    before: Span | None = None
    for span in sentences(text, start, end):
        if before and _leans_back(text, before, span):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
        before = span
    return spans


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of the sentences of text[start:end], without the blanks between them."""
    at = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if match.end() < end and not _is_abbreviation(text[at : match.end()]):
            yield Span(at, match.end())
            at = match.end()
            while at < end and text[at].isspace():
                at += 1
    if at < end:
        yield Span(at, end)


def _is_abbreviation(sentence: str) -> bool:
    words = sentence.rstrip("”’\"')]").split()
    last = words[-1].rstrip(".!?").lstrip("(“\"'")
    is_initial = len(last) == 1 and last.isalpha() and (len(words) < 2 or words[-2].lower() not in ("part", "parts"))
    return words[-1].endswith(".") and (
        is_initial or last.lower() in _ABBREVIATIONS or bool(re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last))
    )


def _blocks(layout: Layout, source: Source) -> Iterator[Block]:
    trail: list[tuple[int, Span]] = []  # (level, heading) in force
    leads: list[tuple[int, Span]] = []  # (indent, list head) in force; -1 is the line before the list
    columns: list[Span] = []  # heads of side-by-side lists still to come
    before = ""
    for kind, level, start, end in layout.blocks:
        span, text = Span(start, end), layout.text[start:end]
        if kind == "heading":
            trail = _entered(trail, level, span, follows_heading=before == "heading")
            columns = _columns(source, span, text)
            leads = [(-1, columns.pop(0) if columns else span)]
        elif kind == "paragraph":
            leads = [(-1, list(sentences(layout.text, start, end))[-1])] if text.endswith(":") else []
        else:
            if columns and before == "item" and _is_apart(layout.text, start):
                leads = [(-1, columns.pop(0))]
            leads = [(indent, lead) for indent, lead in leads if indent < level]
        yield Block(kind, start, end, _words(layout.text, trail), _lead_spans(kind, leads))
        if kind == "item" and text.endswith(":"):
            leads.append((level, span))
        before = kind


def _entered(trail: list[tuple[int, Span]], level: int, span: Span, *, follows_heading: bool) -> list[tuple[int, Span]]:
    """Markdown headings have levels; of others, one that directly follows another stands under it."""
    if level:
        return [(above, heading) for above, heading in trail if above < level] + [(level, span)]
    return [*(trail if follows_heading else []), (0, span)]


def _columns(source: Source, span: Span, text: str) -> list[Span]:
    for heads in source.column_heads:
        if text == " ".join(heads):
            starts = [span.start + sum(len(head) + 1 for head in heads[:number]) for number in range(len(heads))]
            return [Span(start, start + len(head)) for start, head in zip(starts, heads, strict=True)]
    return []


def _is_apart(text: str, start: int) -> bool:
    return "\n\n" in text[max(0, start - 4) : start]


def _words(text: str, trail: Sequence[tuple[int, Span]]) -> tuple[str, ...]:
    return tuple(text[span.start : span.end] for _, span in trail)


def _lead_spans(kind: str, leads: Sequence[tuple[int, Span]]) -> tuple[Span, ...]:
    return tuple(span for _, span in leads) if kind == "item" else ()
