"""The documents for everybody: their list, and each one whole, with its outline and the cited words marked."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from desk.links import document_link
from ingest.knowledge import Entry, Knowledge
from ingest.records import Block, Document, Source, Span, join_words
from page.source_panel import document_panel

# More documents than this are found by typing part of their name.
LISTED = 100
_OUTLINE = 80


def documents_page(documents: Sequence[Document], known: Knowledge, typed: str) -> str:
    """The list, narrowed to the documents whose title, publisher or plan holds what was typed."""
    found = [each for each in documents if typed.lower() in _named(each.source)]
    rows = "".join(_row(each, known) for each in found[:LISTED])
    more = f" The first {LISTED} are shown." if len(found) > LISTED else ""
    return (
        '<article class="documents"><h1>Documents</h1><form method="get" action="/documents" class="ask" role="search">'
        '<label for="name">Title, publisher or plan</label>'
        f'<input id="name" name="q" type="search" value="{escape(typed)}" maxlength="200" autocomplete="off">'
        f'<button class="main">Find</button></form><p class="count">{len(found)} of {len(documents)}.{more}</p>'
        f'<ul class="rows">{rows}</ul></article>'
    )


def document_page(document: Document, entries: Sequence[Entry], known: Knowledge, shown: Sequence[Span]) -> str:
    """One document; `shown` are the places to mark, `entries` the prepared answers that cite it."""
    return (
        f'<article class="document-page"><h1>{escape(document.source.title)}</h1>{_facts(document, known)}'
        f'{_cited_by(entries, document.source.id)}<div class="columns"><div class="outline">{_outline(document)}</div>'
        f'<div id="text">{document_panel(document, shown)}</div></div></article>'
    )


def _row(document: Document, known: Knowledge) -> str:
    source = document.source
    details = " · ".join(map(escape, filter(None, (source.publisher, source.date, _about(source)))))
    return (
        f'<li><h2><a href="{escape(document_link(source.id))}">{escape(source.title)}</a></h2>'
        f'<p class="where">{details} {_chips(source, known)}</p></li>'
    )


def _about(source: Source) -> str:
    return ", ".join(filter(None, (source.plan, f"for {source.audience}" if source.audience else "")))


def _chips(source: Source, known: Knowledge) -> str:
    programs = filter(None, map(known.program, source.programs))
    gone = [each for each in programs if each.status in ("ended", "past")]
    return "".join(
        f'<span class="chip ended">{escape(f"{each.name} ended {each.ended}" if each.ended else f"{each.name}: past")}'
        "</span>"
        for each in gone
    )


def _named(source: Source) -> str:
    return " ".join((source.title, source.publisher, source.plan, source.label)).lower()


def _facts(document: Document, known: Knowledge) -> str:
    source = document.source
    address = escape(source.url)
    link = f'<a href="{address}" rel="noreferrer">{address}</a>' if source.url.startswith(("https:", "http:")) else ""
    rows = [
        ("Publisher", escape(source.publisher)),
        ("Date", escape(source.date)),
        ("Written for", escape(source.audience)),
        ("Plan", escape(source.plan)),
        ("Counties", escape(", ".join(source.counties))),
        ("Programs today", _chips(source, known)),
        ("Original", link),
        ("Pages", str(len(document.page_starts)) if document.page_starts else ""),
        ("Versions", "One is indexed. What changed since an earlier one can't be told here."),
    ]
    return f'<dl class="facts">{"".join(f"<div><dt>{n}</dt><dd>{v}</dd></div>" for n, v in rows if v)}</dl>'


def _outline(document: Document) -> str:
    """The headings, and pages where they are known, each a place in the text."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    rows = [*_pages(document), *((block.start, f"at-{block.start}", _words(document, block)) for block in headings)]
    if not rows:
        return ""
    items = "".join(f'<li><a href="#{place}">{escape(words)}</a></li>' for _, place, words in sorted(rows)[:_OUTLINE])
    return f'<nav aria-label="Outline"><h2>Outline</h2><ol>{items}</ol></nav>'


def _pages(document: Document) -> Iterable[tuple[int, str, str]]:
    ends = (*document.page_starts, len(document.text) + 1)
    held = [any(start <= block.start < end for block in document.blocks) for start, end in pairwise(ends)]
    # Just before the first heading of its page.
    return [
        (start - 1, f"page-{number}", f"Page {number}")
        for number, (start, is_held) in enumerate(zip(document.page_starts, held, strict=True), 1)
        if is_held
    ]


def _words(document: Document, block: Block) -> str:
    return join_words(document.text[block.start : block.end])


def _cited_by(entries: Sequence[Entry], source_id: str) -> str:
    if not entries:
        return ""
    rows = "".join(
        f'<li><a href="{escape(document_link(source_id, _places(entry, source_id)))}">{escape(entry.topic)}</a></li>'
        for entry in entries
    )
    return (
        f'<details class="cited-by"><summary>{len(entries)} prepared answers cite it</summary><ul>{rows}</ul></details>'
    )


def _places(entry: Entry, source_id: str) -> list[Span]:
    return [quote.span for quote in entry.quotes if quote.source_id == source_id]
