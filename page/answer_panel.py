"""One answer as HTML: status first, then quotes and sentences with their citations, then whom to call."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from assistant.answer import Answer, Sentence, Status
from page.citation_button import Numbers, about_citation, citation_button, citation_mark
from page.contact_box import call_link, contact_box

_URGENT = (Status.EMERGENCY, Status.CRISIS)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
_ENDED = re.compile(r"^(.{2,60}?) ended\b")


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
        else "".join(_sentence(sentence, numbers, turn, answer.language) for sentence in sentences)
        for is_notice, sentences in groups
    )
    abouts = "".join(about_citation(c, number, turn, urls.get(c.source_id, "")) for c, number in numbers.items())
    asked = (
        f'<h2 id="turn-{turn}" tabindex="-1"><span class="asked">You asked:</span> '
        f"<span{_in(answer.language)}>{escape(answer.question)}</span></h2>"
    )
    return f"{asked}{_removed(answer.removed)}{said}{contact_box(answer.contacts)}{abouts}{_NEXT}"


def _urgent(answer: Answer, turn: int) -> str:
    """Only what helps now: the first sentence, large, the numbers to call, then the rest."""
    first, *others = [line for sentence in answer.sentences for line in _SENTENCE_END.split(sentence.text) if line]
    calls = "".join(f"<p>{call_link(contact, 'Call', css_class='call call-urgent')}</p>" for contact in answer.contacts)
    rest = f"<p>{escape(' '.join(others))}</p>" if others else ""
    heading = f'<h2 id="turn-{turn}" tabindex="-1">{escape(first)}</h2>'
    return f'<div class="urgent"{_in(answer.language)}>{heading}{calls}{rest}</div>'


def _notice_box(notices: Sequence[Sentence], numbers: Numbers, turn: int) -> str:
    """The box names what ended, so that it can't be taken for the program that was asked about."""
    ended = next((match[1] for notice in notices if (match := _ENDED.match(notice.text))), "")
    title = f"{escape(ended)} has ended" if ended else "Please note"
    lines = "".join(_written(notice, numbers, turn) for notice in notices)
    return f'<div class="notice"><p class="notice-title"><span aria-hidden="true">!</span> {title}</p>{lines}</div>'


def _sentence(sentence: Sentence, numbers: Numbers, turn: int, language: str) -> str:
    return _quote(sentence, numbers, turn) if sentence.kind == "quote" else _written(sentence, numbers, turn, language)


def _quote(sentence: Sentence, numbers: Numbers, turn: int) -> str:
    # A list's items begin with a bullet, or with the sign for items left out before them.
    head, *items = re.split(r"\s*•\s+|\s+(?=… )", f"“{sentence.text}”")
    listed = f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""
    documents = groupby(sentence.citations, key=lambda citation: (citation.source_id, citation.page))
    buttons = "".join(citation_button(list(cited), numbers, turn) for _, cited in documents)
    return f"<blockquote><p>{escape(head)}</p>{listed}</blockquote>{buttons}"


def _written(sentence: Sentence, numbers: Numbers, turn: int, language: str = "en") -> str:
    marks = "".join(f" {citation_mark(citation, numbers, turn)}" for citation in sentence.citations)
    return f"<p{_in(language)}>{escape(sentence.text)}{marks}</p>"


def _in(language: str) -> str:
    """Attributes that tell screen readers the language, and browsers the direction, of words not in English."""
    return "" if language == "en" else f' lang="{escape(language)}" dir="auto"'


def _removed(kinds: Sequence[str]) -> str:
    if not kinds:
        return ""
    return (
        '<p class="removed">We took this out of your message and did not keep it: '
        f"<b>{escape(', '.join(kinds))}</b>. You don't need to share it here.</p>"
    )


_NEXT = '<p class="next"><button type="button" class="plain" data-go="question">Ask another question</button></p>'
