"""The buttons that show a citation's words in their document, and the lines that say what that document is."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import quote, urlencode

from assistant.answer import Citation
from page.texts import ENGLISH, ended_words, label, tag

Numbers = Mapping[Citation, int]
"""The citations of one answer, each with its number."""


def citation_button(cited: Sequence[Citation], numbers: Numbers, turn: int, language: str = ENGLISH) -> str:
    """The whole-line button below a quote: numbers, publisher, title, page, date.

    `cited` are the parts of one quote in one document; pressing it marks them all.
    """
    marks = " ".join(f"[{numbers[citation]}]" for citation in cited)
    name, page = escape(named(cited[0], language)), escape(_page(cited[0], language))
    if page and language != ENGLISH:
        name = name.replace(page, f'<bdi lang="{escape(tag(language))}">{page}</bdi>')
    shown = f"<b>{marks}</b> {name}"
    target = _target(cited, numbers, turn, language)
    return f'<button type="button" class="cite" lang="en" dir="ltr" {target}>{shown}</button>'


def citation_mark(citation: Citation, numbers: Numbers, turn: int, language: str = ENGLISH) -> str:
    """The small button after a sentence; its name for screen readers says what the source is."""
    mark = f"[{numbers[citation]}]"
    name = escape(f"{mark} {label('source', language)}: {named(citation, language)}")
    target = _target([citation], numbers, turn, language)
    return f'<button type="button" class="cite-mark" aria-label="{name}" {target}>{numbers[citation]}</button>'


def about_citation(citation: Citation, number: int, turn: int, url: str, language: str = ENGLISH) -> str:
    """What heads the source panel for this citation: hidden beside its answer on a screen, written out on paper."""
    address = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>' if _is_web_address(url) else ""
    english = ' lang="en" dir="ltr"'
    quoted = f'<blockquote class="cited-quote"{english}>{escape(citation.quote)}</blockquote>'
    rows = [
        ("publisher", english, escape(citation.publisher)),
        ("date", english, escape(citation.date)),
        ("place", "", escape(place(citation, language))),
        ("today", *_today(citation, language, english)),
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


def place(citation: Citation, language: str) -> str:
    """The page of a citation, or its section where the document has no pages, in a language; empty for neither."""
    if citation.page:
        return label("page_number", language, number=citation.page)
    return label("section", language, name=citation.heading) if citation.heading else ""


def status(citation: Citation, language: str) -> str:
    """What has ended of what the cited words are about, in a language; in English where that has no words for it."""
    parts = citation.program_status.split("; ")
    return "; ".join(ended_words(part, language) or part for part in parts)


def _today(citation: Citation, language: str, english: str) -> tuple[str, str]:
    """The attributes of what has ended, and its words as HTML."""
    words = status(citation, language)
    return ("" if words != citation.program_status else english), escape(words)


def _page(citation: Citation, language: str) -> str:
    if not citation.page:
        return ""
    return f"page {citation.page}" if language == ENGLISH else label("page_number", language, number=citation.page)


def _target(cited: Sequence[Citation], numbers: Numbers, turn: int, language: str) -> str:
    """Where the document's text is asked for: these words marked strongly, the answer's others in it lightly."""
    source_id = cited[0].source_id
    show = [("show", f"{citation.start}-{citation.end}") for citation in cited]
    others = (other for other in numbers if other.source_id == source_id and other not in cited)
    also = [("also", f"{other.start}-{other.end}") for other in others]
    told = [("lang", language)] if language != ENGLISH else []
    address = f"source/{quote(source_id, safe='')}?{urlencode([*show, *also, *told])}"
    return f'data-source="{escape(address)}" data-about="{_about_id(numbers[cited[0]], turn)}"'


def named(citation: Citation, language: str = ENGLISH) -> str:
    """The document's short name and page; one without a short name is named by publisher, title and date."""
    page = _page(citation, language)
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
