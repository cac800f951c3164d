"""The buttons that show a citation's words in their document, and the lines that say what that document is."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.answer import Citation

Numbers = Mapping[Citation, int]
"""The citations of one answer, each with its number."""


def citation_button(cited: Sequence[Citation], numbers: Numbers, turn: int) -> str:
    """The whole-line button below a quote: numbers, publisher, title, page, date.

    `cited` are the parts of one quote in one document; pressing it marks them all.
    """
    marks = " ".join(f"[{numbers[citation]}]" for citation in cited)
    shown = f"<b>{marks}</b> {escape(_named(cited[0]))}"
    return f'<button type="button" class="cite" {_target(cited, numbers, turn)}>{shown}</button>'


def citation_mark(citation: Citation, numbers: Numbers, turn: int) -> str:
    """The small button after a sentence; its name for screen readers says what the source is."""
    mark = f"[{numbers[citation]}]"
    label = escape(f"{mark} Source: {_named(citation)}")
    target = _target([citation], numbers, turn)
    return f'<button type="button" class="cite-mark" aria-label="{label}" {target}>{mark}</button>'


def about_citation(citation: Citation, number: int, turn: int, url: str) -> str:
    """What heads the source panel for this citation, kept hidden beside its answer."""
    place = f"Page {citation.page}" if citation.page else f"Section “{citation.heading}”" if citation.heading else ""
    address = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if _is_web_address(url) else ""
    rows = [
        ("From", escape(citation.publisher)),
        ("Date", escape(citation.date)),
        ("Where", escape(place)),
        ("Today", escape(citation.program_status)),
        ("Original", address),
    ]
    lines = "".join(f"<div><dt>{term}</dt><dd>{words}</dd></div>" for term, words in rows if words)
    return (
        f'<div id="{_about_id(number, turn)}" hidden><p class="panel-title">[{number}] {escape(citation.title)}</p>'
        f"<dl>{lines}</dl></div>"
    )


def _target(cited: Sequence[Citation], numbers: Numbers, turn: int) -> str:
    """Where the document's text is asked for: these words marked strongly, the answer's others in it lightly."""
    source_id = cited[0].source_id
    show = [("show", f"{citation.start}-{citation.end}") for citation in cited]
    others = (other for other in numbers if other.source_id == source_id and other not in cited)
    also = [("also", f"{other.start}-{other.end}") for other in others]
    address = f"source/{quote(source_id, safe='')}?{urlencode([*show, *also])}"
    return f'data-source="{escape(address)}" data-about="{_about_id(numbers[cited[0]], turn)}"'


def _named(citation: Citation) -> str:
    """The document's short name and page; one without a short name is named by publisher, title and date."""
    page = f"page {citation.page}" if citation.page else ""
    if citation.label not in ("", citation.title):
        parts = [citation.label, page]
    else:
        parts = [_short(citation.publisher), citation.title, page, citation.date]
    return ", ".join(part for part in parts if part)


def _short(publisher: str) -> str:
    """The abbreviation in a publisher's name, if it has one: "DHCS"."""
    abbreviation = re.search(r"\(([A-Z]{2,})\)", publisher)
    return abbreviation[1] if abbreviation else publisher


def _is_web_address(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _about_id(number: int, turn: int) -> str:
    return f"about-{turn}-{number}"
