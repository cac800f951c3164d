"""The buttons that show a citation's words in their document, and the lines that say what that document is."""

import re
from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.answer import Citation


def citation_button(citation: Citation, number: int, turn: int, others: Sequence[Citation]) -> str:
    """The whole-line button below a quote: number, publisher, title, page, date."""
    shown = f"<b>[{number}]</b> {escape(_named(citation))}"
    return f'<button type="button" class="cite" {_target(citation, number, turn, others)}>{shown}</button>'


def citation_mark(citation: Citation, number: int, turn: int, others: Sequence[Citation]) -> str:
    """The small button after a sentence; its name for screen readers says what the source is."""
    label = escape(f"[{number}] Source: {_named(citation)}")
    target = _target(citation, number, turn, others)
    return f'<button type="button" class="cite-mark" aria-label="{label}" {target}>[{number}]</button>'


def about_citation(citation: Citation, number: int, turn: int, url: str) -> str:
    """What heads the source panel for this citation, kept hidden beside its answer."""
    place = f"Page {citation.page}" if citation.page else f"Section “{citation.heading}”" if citation.heading else ""
    address = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if is_web_address(url) else ""
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


def is_web_address(url: str) -> bool:
    """Whether an address may become a link."""
    return url.startswith(("https://", "http://"))


def _target(citation: Citation, number: int, turn: int, others: Sequence[Citation]) -> str:
    also = [("also", f"{other.start}-{other.end}") for other in others if other.source_id == citation.source_id]
    spans = urlencode([("show", f"{citation.start}-{citation.end}"), *also])
    address = f"source/{quote(citation.source_id, safe='')}?{spans}"
    return f'data-source="{escape(address)}" data-about="{_about_id(number, turn)}"'


def _named(citation: Citation) -> str:
    page = f"page {citation.page}" if citation.page else ""
    parts = [_short(citation.publisher), citation.title, page, citation.date]
    return ", ".join(part for part in parts if part)


def _short(publisher: str) -> str:
    """The abbreviation in a publisher's name, if it has one: "DHCS"."""
    abbreviation = re.search(r"\(([A-Z]{2,})\)", publisher)
    return abbreviation[1] if abbreviation else publisher


def _about_id(number: int, turn: int) -> str:
    return f"about-{turn}-{number}"
