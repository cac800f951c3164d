"""The buttons that show a citation's words in their document, and the lines that say what that document is."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.answer import Citation
from page.texts import ENGLISH, label

Numbers = Mapping[Citation, int]
"""The citations of one answer, each with its number."""


def citation_button(cited: Sequence[Citation], numbers: Numbers, turn: int) -> str:
    """The whole-line button below a quote: numbers, publisher, title, page, date.

    `cited` are the parts of one quote in one document; pressing it marks them all.
    """
    marks = " ".join(f"[{numbers[citation]}]" for citation in cited)
    shown = f"<b>{marks}</b> {escape(_named(cited[0]))}"
    return f'<button type="button" class="cite" lang="en" dir="ltr" {_target(cited, numbers, turn)}>{shown}</button>'


def citation_mark(citation: Citation, numbers: Numbers, turn: int, language: str = ENGLISH) -> str:
    """The small button after a sentence; its name for screen readers says what the source is."""
    mark = f"[{numbers[citation]}]"
    name = escape(f"{mark} {label('source', language)}: {_named(citation)}")
    target = _target([citation], numbers, turn)
    return f'<button type="button" class="cite-mark" aria-label="{name}" {target}>{numbers[citation]}</button>'


def about_citation(citation: Citation, number: int, turn: int, url: str, language: str = ENGLISH) -> str:
    """What heads the source panel for this citation: hidden beside its answer on a screen, written out on paper."""
    address = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if _is_web_address(url) else ""
    english = ' lang="en" dir="ltr"'
    quoted = f'<blockquote class="cited-quote"{english}>{escape(citation.quote)}</blockquote>'
    rows = [
        ("publisher", english, escape(citation.publisher)),
        ("date", english, escape(citation.date)),
        ("place", "", _place(citation, language)),
        ("today", english, escape(citation.program_status)),
        ("original", english, address),
    ]
    lines = "".join(
        f"<div><dt>{escape(label(term, language))}</dt><dd{spoken}>{words}</dd></div>"
        for term, spoken, words in rows
        if words
    )
    return (
        f'<div class="about" id="{_about_id(number, turn)}">'
        f'<p class="panel-title"{english}>[{number}] {escape(citation.title)}</p><dl>{lines}</dl>{quoted}</div>'
    )


def _place(citation: Citation, language: str) -> str:
    if citation.page:
        words = label("page_number", language, number=citation.page)
    else:
        words = label("section", language, name=citation.heading) if citation.heading else ""
    return escape(words)


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
