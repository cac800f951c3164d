"""One answer as HTML: status first, then quotes and sentences with their citations, then whom to call."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Answer, Citation, Sentence, Status
from ingest.knowledge import Contact
from page.citation_button import about_citation, citation_button, citation_mark
from page.contact_box import call_link, contact_box

_URGENT = (Status.EMERGENCY, Status.CRISIS)


def answer_panel(answer: Answer, turn: int, urls: Mapping[str, str]) -> str:
    """One <article>; `turn` numbers it in its conversation, `urls` are the addresses of originals by source id."""
    inner = _urgent(answer, turn) if answer.status in _URGENT else _usual(answer, turn, urls)
    return f'<article class="turn" data-turn="{turn}" aria-labelledby="turn-{turn}">{inner}</article>'


def message_panel(answer: Answer) -> str:
    """A message in place of an answer, when the question was empty or too long or answering failed."""
    words = "".join(f"<p>{escape(sentence.text)}</p>" for sentence in answer.sentences)
    calls = "".join(f"<p>{call_link(contact, f'Call {contact.who}')}</p>" for contact in answer.contacts)
    return f'<div class="message" data-keep="question">{words}{calls}</div>'


def _usual(answer: Answer, turn: int, urls: Mapping[str, str]) -> str:
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    groups = groupby(answer.sentences, key=lambda sentence: sentence.kind == "notice")
    said = "".join(
        _notice_box(list(sentences), numbers, turn)
        if is_notice
        else "".join(_sentence(sentence, numbers, turn) for sentence in sentences)
        for is_notice, sentences in groups
    )
    abouts = "".join(about_citation(c, number, turn, urls.get(c.source_id, "")) for c, number in numbers.items())
    asked = f'<h2 id="turn-{turn}" tabindex="-1"><span class="asked">You asked:</span> {escape(answer.question)}</h2>'
    return f"{asked}{_removed(answer.removed)}{said}{contact_box(answer.contacts)}{abouts}{_next(turn)}"


def _urgent(answer: Answer, turn: int) -> str:
    """Only what helps now: the text, large, and the numbers to call."""
    first, *others = [sentence.text for sentence in answer.sentences]
    lines = "".join(f"<p>{escape(line)}</p>" for line in others)
    calls = "".join(f"<p>{_urgent_call(contact)}</p>" for contact in answer.contacts)
    return f'<div class="urgent"><h2 id="turn-{turn}" tabindex="-1">{escape(first)}</h2>{calls}{lines}</div>'


def _urgent_call(contact: Contact) -> str:
    words = "Call" if contact.number in contact.who else f"{contact.who}: call"
    return call_link(contact, words, css_class="call call-urgent")


def _notice_box(notices: Sequence[Sentence], numbers: Mapping[Citation, int], turn: int) -> str:
    has_ended = any(re.search(r"\bended\b", notice.text) for notice in notices)
    title = "This program has ended" if has_ended else "About this program"
    lines = "".join(_written(notice, numbers, turn) for notice in notices)
    return f'<div class="notice"><p class="notice-title"><span aria-hidden="true">!</span> {title}</p>{lines}</div>'


def _sentence(sentence: Sentence, numbers: Mapping[Citation, int], turn: int) -> str:
    return _quote(sentence, numbers, turn) if sentence.kind == "quote" else _written(sentence, numbers, turn)


def _quote(sentence: Sentence, numbers: Mapping[Citation, int], turn: int) -> str:
    buttons = "".join(citation_button(c, numbers[c], turn, _others(c, numbers)) for c in sentence.citations)
    return f"<blockquote><p>“{escape(sentence.text)}”</p></blockquote>{buttons}"


def _written(sentence: Sentence, numbers: Mapping[Citation, int], turn: int) -> str:
    marks = "".join(" " + citation_mark(c, numbers[c], turn, _others(c, numbers)) for c in sentence.citations)
    return f"<p>{escape(sentence.text)}{marks}</p>"


def _others(citation: Citation, numbers: Mapping[Citation, int]) -> list[Citation]:
    return [other for other in numbers if other != citation]


def _removed(kinds: Sequence[str]) -> str:
    if not kinds:
        return ""
    return (
        '<p class="removed">We took this out of your message and did not keep it: '
        f"<b>{escape(', '.join(kinds))}</b>. You don't need to share it here.</p>"
    )


def _next(turn: int) -> str:
    return '<p class="next"><button type="button" class="plain" data-go="question">Ask another question</button></p>'
