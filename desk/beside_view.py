"""What stands beside found words, as HTML: signs to see at a glance, and both sides where documents differ."""

from collections.abc import Iterable
from html import escape

from desk.beside import Beside, Difference
from desk.links import document_link
from ingest.index import Index
from ingest.knowledge import Update
from ingest.records import Span, join_words

# Each sign has a shape of its own, so that it is told from the others without colors.
_DIFFERS = '<span class="sign differs"><span aria-hidden="true">≠</span> Documents disagree</span>'
_ENDED = '<span class="sign gone"><span aria-hidden="true">✕</span> Program ended</span>'
_NEWER = '<span class="sign newer"><span aria-hidden="true">↑</span> Newer</span>'


def signs(beside: Beside) -> str:
    """The signs that something holds no longer, or is not all there is."""
    shown = ((beside.differs, _DIFFERS), (beside.ended, _ENDED), (beside.newer, _NEWER))
    return "".join(sign for is_so, sign in shown if is_so)


def standing(beside: Beside) -> str:
    """The same as further names of classes: how the whole result is drawn."""
    shown = ((beside.differs, " is-disputed"), (beside.ended, " is-past"))
    return "".join(name for is_so, name in shown if is_so)


def beside_list(beside: Beside, index: Index) -> str:
    """Each in a line of its own; what disagrees first."""
    differs = "".join(f'<li class="differs">{_DIFFERS} {difference(each, index)}</li>' for each in beside.differs)
    ended = f'<li class="gone">{_ENDED} {escape(" ".join(beside.ended))}</li>' if beside.ended else ""
    newer = "".join(f'<li class="newer">{_NEWER} {newer_words(each)}</li>' for each in beside.newer)
    return f'<ul class="beside">{differs}{ended}{newer}</ul>' if differs or ended or newer else ""


def difference(found: Difference, index: Index) -> str:
    """What the library says of documents that disagree, and the words of each document side by side."""
    places: dict[str, list[Span]] = {}
    for quote in found.quotes:
        places.setdefault(quote.source_id, []).append(quote.span)
    sides = "".join(_side(source_id, spans, index) for source_id, spans in places.items())
    return f'{escape(found.text)}<div class="sides">{sides}</div>'


def newer_words(update: Update) -> str:
    """An update with its page."""
    when = escape(update.page_date or f"no date, checked {update.checked_on}")
    return f'{escape(update.text)} <a href="{escape(update.url)}" rel="noreferrer">{escape(update.page)}, {when}</a>'


def _side(source_id: str, spans: Iterable[Span], index: Index) -> str:
    document = index.documents[source_id]
    spans = list(spans)
    words = " … ".join(join_words(document.text[span.start : span.end]) for span in spans)
    name = document.source.label or document.source.title
    link = document_link(source_id, spans)
    copied = f"“{words}” ({name})"
    return (
        f'<blockquote><p>“{escape(words)}”</p><footer><a href="{escape(link)}">{escape(name)}</a> '
        f'<button type="button" class="quiet" data-copy="{escape(copied)}" data-link="{escape(link)}" '
        f'aria-label="Copy this quote of {escape(name)}">Copy</button></footer></blockquote>'
    )
