"""The search page: one box, filters with counts, results with exact words, and what stands beside them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from desk.beside import Beside
from desk.beside_view import beside_list, signs, standing
from desk.filters import KIND_NAMES, NAMES, Choice, Chosen
from desk.items import Item, Kind
from desk.links import card_link, document_link, flag_link, quotes_link, search_link
from desk.search import SHOWN, Order, Query, Results, pairs_of
from desk.words import Sought, marked
from ingest.index import Index
from ingest.records import Document

# Open at first: what narrows most with a caller waiting. The others are one key away.
_OPEN = ("kind", "status", "county", "plan")
_KEYS = (
    ("/", "to the search box"),
    ("↓ ↑", "from result to result"),
    ("Enter", "opens the document at the place"),
    ("c", "copies the citation"),
    ("m", "more results"),
    ("k", "call card"),
    ("f", "flag"),
    ("Esc", "back to the box, then empties it"),
)


def search_page(
    results: Results, hits: str, choices: Mapping[str, Sequence[Choice]], documents: Sequence[Document]
) -> str:
    """The main part of the page; `hits` is `hit_list` of the results, or empty before anything was sought."""
    query = results.query
    start = "" if hits else _start(documents)
    return (
        '<h1 class="visually-hidden">Search</h1>'
        f'<form id="search" role="search" action="/desk" method="get">{_box(query)}</form>'
        f'<div class="columns">{_filters(choices, query.chosen, results.counts)}'
        f'<section id="found" aria-label="Results"><p id="count" class="count">{escape(said(results))}</p>'
        f'<div id="hits">{hits}</div>{start}{_help(is_open=not hits)}</section></div>'
    )


def said(results: Results) -> str:
    """How much was found, as it is shown and spoken."""
    if not results.sought.text and not results.query.chosen:
        return "" if results.query.is_blank else "Only small words so far. Add a word of the subject."
    if not results.total:
        return "Nothing found. Fewer words or filters find more."
    kinds = Counter(item.kind for item in results.items)
    shown = f", the first {len(results.items)} shown" if results.total > len(results.items) else ""
    parts = ", ".join(f"{KIND_NAMES[kind].lower()} {count}" for kind, count in kinds.items())
    gone = f" Taken out before searching: {', '.join(results.query.removed)}." if results.query.removed else ""
    return f"{results.total} found{shown}: {parts}.{gone}"


def hit_list(results: Results, besides: Sequence[Beside], index: Index) -> str:
    """The results as a list; `besides` in their order."""
    rows = (
        _hit(number, item, beside, results, index)
        for number, (item, beside) in enumerate(zip(results.items, besides, strict=True), 1)
    )
    return f'<ol class="hits">{"".join(rows)}</ol>{_more(results)}' if results.items else ""


def _more(results: Results) -> str:
    """The way to the next results; works without a script too."""
    left = results.total - len(results.items)
    if left <= 0:
        return ""
    link = search_link(pairs_of(replace(results.query, upto=results.query.upto + SHOWN)))
    return (
        f'<p class="more"><a id="more" class="plain" href="{escape(link)}">{min(left, SHOWN)} more results '
        '<kbd aria-hidden="true">m</kbd></a></p>'
    )


def _hit(number: int, item: Item, beside: Beside, results: Results, index: Index) -> str:
    link = quotes_link(item.quotes) or item.url or card_link(item.ask)
    title = _with_marks(item.title, results.sought)
    foreign = ' rel="noreferrer"' if link == item.url and not item.quotes else ""
    return (
        f'<li class="hit is-{item.kind.value}{standing(beside)}"><article aria-labelledby="hit-{number}">'
        f'<h2><a id="hit-{number}" class="open" href="{escape(link)}"{foreign}>{title}</a>'
        f'<span class="kind">{signs(beside)} {_one(item.kind)}</span></h2>'
        f'<div id="words-{number}" class="words">{_lines(item, results.sought)}</div>'
        f"{_where(item, index)}{beside_list(beside, index)}{_acts(item, link, results, index)}"
        "</article></li>"
    )


def _lines(item: Item, wanted: Sought) -> str:
    *heads, last = [_with_marks(line, wanted) for line in item.lines] or [""]
    if item.kind is not Kind.DOCUMENT:
        return "".join(f"<p>{line}</p>" for line in (*heads, last) if line)
    lead = "".join(f'<p class="lead">{head}</p>' for head in heads)
    return f"{lead}<blockquote><p>{last}</p></blockquote>"


def _where(item: Item, index: Index) -> str:
    parts = [escape(part) for part in where(item, index)]
    return f'<p class="where">{" · ".join(parts)}</p>'


def where(item: Item, index: Index) -> tuple[str, ...]:
    """Of what document, page or section, and date, an item is."""
    sources = list(dict.fromkeys(quote.source_id for quote in item.quotes))
    if not sources:
        return tuple(filter(None, (item.origin, item.dated)))
    if item.kind is not Kind.DOCUMENT:
        return tuple(_short(index, name) for name in sources)
    document = index.documents[sources[0]]
    page = document.page_at(item.quotes[-1].span.start)
    source = document.source
    place = f"page {page}" if page else f"section “{item.title}”"
    return tuple(filter(None, (source.title, source.publisher, place, source.date)))


def statuses(item: Item, index: Index) -> tuple[str, ...]:
    """Which of the item's programs have ended, where it is about nothing else."""
    programs = [program for program in map(index.knowledge.program, item.facets.get("program", ())) if program]
    gone = [program for program in programs if program.status in ("ended", "past")]
    if len(gone) < len(programs):
        return ()
    return tuple(f"{each.name} ended {each.ended}" for each in gone if each.ended)


def _acts(item: Item, link: str, results: Results, index: Index) -> str:
    words = citation(item, index)
    asked = item.ask or results.query.typed or item.words
    source = item.quotes[0].source_id if item.quotes else ""
    flag = flag_link(results.query.typed or item.title, item.words[:600], source)
    name = escape(item.title)
    return (
        f'<p class="acts"><button type="button" class="quiet" data-copy="{escape(words)}" data-link="{escape(link)}" '
        f'aria-label="Copy citation: {name}">Copy <kbd aria-hidden="true">c</kbd></button>'
        f'<a class="quiet" data-key="k" href="{escape(card_link(asked))}" aria-label="Call card: {name}">'
        'Call card <kbd aria-hidden="true">k</kbd></a>'
        f'<a class="quiet" data-key="f" href="{escape(flag)}" aria-label="Flag: {name}">'
        'Flag <kbd aria-hidden="true">f</kbd></a></p>'
    )


def citation(item: Item, index: Index) -> str:
    """An item as text to paste: its words, where they stand, and what has ended; the link is added by who copies."""
    shown = f"“{item.words}”" if item.kind is Kind.DOCUMENT else item.words
    return f"{shown} ({'; '.join((*where(item, index), *statuses(item, index)))})"


def _short(index: Index, source_id: str) -> str:
    source = index.documents[source_id].source
    return source.label or source.title


def _one(kind: Kind) -> str:
    """The name of one item of a kind."""
    return {
        Kind.DOCUMENT: "Document words",
        Kind.PREPARED: "Prepared answer",
        Kind.GAP: "Known gap",
        Kind.UPDATE: "Update",
        Kind.DEFINITION: "Definition",
    }[kind]


def _with_marks(text: str, wanted: Sought) -> str:
    return "".join(
        f"<mark>{escape(piece)}</mark>" if is_sought else escape(piece)
        for piece, is_sought in marked(text, wanted.marks)
    )


def _box(query: Query) -> str:
    options = "".join(
        f'<option value="{order.value}"{" selected" if order is query.order else ""}>{words}</option>'
        for order, words in ((Order.RELEVANCE, "Best match"), (Order.NEWEST, "Newest"))
    )
    return (
        '<div class="box"><label for="q" class="visually-hidden">Search documents, answers, updates and words</label>'
        f'<input id="q" name="q" type="search" value="{escape(query.typed)}" autocomplete="off" spellcheck="false" '
        'autofocus maxlength="2000" placeholder="Words, “exact phrase”, abbreviation or section" '
        'aria-describedby="count">'
        '<button class="main">Search</button>'
        '<button class="plain" id="to-card" formaction="/desk/card">Call card</button>'
        f'<label class="sort">Sort <select id="sort" name="sort">{options}</select></label></div>'
    )


def _filters(choices: Mapping[str, Sequence[Choice]], chosen: Chosen, counts: Mapping[str, Counter[str]]) -> str:
    facets = "".join(_facet(name, found, chosen, counts.get(name, Counter())) for name, found in choices.items())
    clear = '<a class="clear" href="/desk" id="clear">Clear filters</a>'
    return f'<details class="filters" open><summary>Filters</summary>{facets}{clear}</details>'


def _facet(name: str, found: Sequence[Choice], chosen: Chosen, counts: Counter[str]) -> str:
    values = chosen.get(name, frozenset())
    rows = "".join(
        f'<label class="choice"><input type="checkbox" form="search" name="{name}" value="{escape(each.value)}"'
        f"{' checked' if each.value in values else ''}><span>{escape(each.name)}</span>"
        f'<span class="n" data-count="{name}:{escape(each.value)}">{counts[each.value] or ""}</span></label>'
        for each in found
    )
    is_open = " open" if name in _OPEN or values else ""
    return (
        f'<details class="facet"{is_open}><summary>{NAMES[name]}</summary>'
        f'<div role="group" aria-label="{NAMES[name]}">{rows}</div></details>'
    )


def _start(documents: Sequence[Document]) -> str:
    rows = "".join(
        f'<li><a href="{escape(document_link(each.source.id))}">{escape(each.source.title)}</a> '
        f"<span>{escape(', '.join(filter(None, (each.source.publisher, each.source.date))))}</span></li>"
        for each in documents[:12]
    )
    return f'<div id="start"><h2>Documents</h2><ul class="sources">{rows}</ul></div>'


def _help(*, is_open: bool) -> str:
    rows = "".join(f"<div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div>" for keys, what in _KEYS)
    return (
        f'<details class="keys"{" open" if is_open else ""}><summary>Keys</summary><dl>{rows}</dl>'
        '<label><input type="checkbox" id="keys-on" checked> Keys of one letter work outside the box</label></details>'
    )
