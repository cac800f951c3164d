"""A document's text as HTML, with the cited words marked in place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise

from ingest.records import Block, Document, Span
from page.texts import ENGLISH, label, tag


@dataclass(frozen=True, slots=True)
class _Marks:
    """What to mark: `shown` strongly, `others` lightly; all inside the blocks' text."""

    shown: tuple[Span, ...]
    others: tuple[Span, ...]
    language: str

    def said(self, words: str) -> str:
        """Words of ours within the document's, for who can't see the marks."""
        told = "" if self.language == ENGLISH else f' lang="{escape(tag(self.language))}"'
        return f'<span class="visually-hidden"{told}>{escape(words)}</span>'


def document_panel(
    document: Document, shown: Sequence[Span], others: Sequence[Span] = (), language: str = ENGLISH
) -> str:
    """The whole text, block by block; the first stretch of `shown` has the id "cited-words".

    What is said of it besides its own words is in the reader's `language`.

    Page 2 has the id "page-2", a heading that begins at character 40 of the text the id "at-40".
    """
    marks = _Marks(_inside(document.blocks, shown), _inside(document.blocks, others), language)
    text = "".join(
        _page(document.text, list(blocks), page, marks)
        for page, blocks in groupby(document.blocks, key=lambda block: document.page_at(block.start))
    )
    name = escape(label("document_text", language))
    if language != ENGLISH:
        text = f'<div lang="en" dir="ltr">{text}</div>'
    told = "" if language == ENGLISH else f' lang="{escape(tag(language))}"'
    return f'<div class="document"{told} tabindex="0" role="region" aria-label="{name}">{text}</div>'


def _inside(blocks: Sequence[Block], spans: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of the spans that stand in blocks, in order; between blocks are white space and list signs."""
    overlaps = (Span(max(b.start, s.start), min(b.end, s.end)) for s in spans for b in blocks)
    return tuple(sorted(overlap for overlap in overlaps if overlap.start < overlap.end))


def _page(text: str, blocks: Sequence[Block], page: int | None, marks: _Marks) -> str:
    told = "" if marks.language == ENGLISH else f' lang="{escape(tag(marks.language))}"'
    words = escape(label("page_number", marks.language, number=page))
    number = f'<p class="page-number" id="page-{page}"{told}>{words}</p>' if page else ""
    runs = groupby(blocks, key=lambda block: block.kind == "item")
    return number + "".join(_run(text, list(run), is_list, marks) for is_list, run in runs)


def _run(text: str, blocks: Sequence[Block], is_list: bool, marks: _Marks) -> str:
    lines = "".join(_block(text, block, marks) for block in blocks)
    return f"<ul>{lines}</ul>" if is_list else lines


def _block(text: str, block: Block, marks: _Marks) -> str:
    words = "".join(_pieces(text, block, marks))
    if block.kind == "item":
        return f'<li class="depth-{min(len(block.leads), 4)}">{words}</li>'
    return f'<h3 id="at-{block.start}">{words}</h3>' if block.kind == "heading" else f"<p>{words}</p>"


def _pieces(text: str, block: Block, marks: _Marks) -> Iterator[str]:
    """The block's words, cut wherever a mark begins or ends, so that marks may overlap."""
    edges = {edge for span in (*marks.shown, *marks.others) for edge in span if block.start < edge < block.end}
    for start, end in pairwise(sorted({block.start, *edges, block.end})):
        words = escape(text[start:end])
        if any(span.start <= start < span.end for span in marks.shown):
            yield _cited(words, marks, start, end)
        elif any(span.start <= start < span.end for span in marks.others):
            yield f'<mark class="also">{words}</mark>'
        else:
            yield words


def _cited(words: str, marks: _Marks, start: int, end: int) -> str:
    is_first, is_last = start == marks.shown[0].start, end == max(span.end for span in marks.shown)
    begin = marks.said(f"{label('cited_words', marks.language)} ") if is_first else ""
    ended = marks.said(f" ({label('end_of_cited_words', marks.language)})") if is_last else ""
    name = ' id="cited-words"' if is_first else ""
    return f'<mark class="cited"{name}>{begin}{words}{ended}</mark>'
