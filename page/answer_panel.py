"""One answer as HTML: status first, then quotes and sentences with their citations, then whom to call."""

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from urllib.parse import urlsplit

from assistant.answer import Answer, Sentence, Status
from page.citation_button import Numbers, about_citation, citation_button, citation_mark
from page.contact_box import call_link, contact_box
from page.texts import label

_URGENT = (Status.EMERGENCY, Status.CRISIS)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")
# What the library or a newer page answers: the point of the answer, set off from the lines around it.
_OWN_ANSWERS = ("prepared", "update", "definition")
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
        _notice_box(list(sentences), numbers, turn, answer.language)
        if is_notice
        else "".join(_sentence(sentence, numbers, turn, answer.language) for sentence in sentences)
        for is_notice, sentences in groups
    )
    own = _in(answer.language)
    abouts = "".join(about_citation(c, number, turn, urls.get(c.source_id, "")) for c, number in numbers.items())
    asked = (
        f'<h2 id="turn-{turn}" tabindex="-1"><span class="asked"{own}>{label("you_asked", answer.language)}</span> '
        f"<span{_in(answer.language)}>{escape(answer.question)}</span></h2>"
    )
    calls = contact_box(answer.contacts, answer.language)
    words = _words(answer.words, answer.language)
    after = f"{words}{_review(answer.review, answer.language)}{calls}{abouts}{_next(answer.language)}"
    return f"{asked}{_removed(answer.removed, answer.language)}{said}{after}"


def _urgent(answer: Answer, turn: int) -> str:
    """Only what helps now: the first sentence, large, the numbers to call, then the rest."""
    first, *others = [line for sentence in answer.sentences for line in _SENTENCE_END.split(sentence.text) if line]
    call = label("call", answer.language)
    calls = "".join(f"<p>{call_link(contact, call, css_class='call call-urgent')}</p>" for contact in answer.contacts)
    rest = f"<p>{escape(' '.join(others))}</p>" if others else ""
    heading = f'<h2 id="turn-{turn}" tabindex="-1">{escape(first)}</h2>'
    return f'<div class="urgent"{_in(answer.language)}>{heading}{calls}{rest}</div>'


def _notice_box(notices: Sequence[Sentence], numbers: Numbers, turn: int, language: str) -> str:
    """The box names what ended, so that it can't be taken for the program that was asked about."""
    ended = next((match[1] for each in notices if (match := _ENDED.match(each.english or each.text))), "")
    title = label("has_ended", language, name=ended) if ended else label("please_note", language)
    lines = "".join(_written(notice, numbers, turn, language) for notice in notices)
    head = f'<p class="notice-title"{_in(language)}><span aria-hidden="true">!</span> {escape(title)}</p>'
    return f'<div class="notice">{head}{lines}</div>'


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
    kind = f' class="said {sentence.kind}"' if sentence.kind in _OWN_ANSWERS else ""
    english = f'<p class="english" lang="en" dir="ltr">{escape(sentence.english)}</p>' if sentence.english else ""
    return f"<p{kind}{_in(language)}>{escape(sentence.text)}{marks}</p>{english}{_origin(sentence, language)}"


def _origin(sentence: Sentence, language: str) -> str:
    """Of what rests on a page: whose page, from when, and its address."""
    if not sentence.note:
        return ""
    host = urlsplit(sentence.url).hostname or ""
    is_page = host and sentence.url.startswith(("https://", "http://"))
    link = f'<a href="{escape(sentence.url)}" rel="noreferrer">{escape(host)}</a>' if is_page else escape(sentence.url)
    return f'<p class="origin"{_in(language)}>{escape(sentence.note)} {link}</p>'


def _words(words: Sequence[tuple[str, str]], language: str) -> str:
    """What words of the field mean, behind one tap."""
    if not words:
        return ""
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(meaning)}</dd></div>" for name, meaning in words)
    title = f"{label('meaning', language)}: {', '.join(name for name, _ in words)}"
    return f'<details class="words"{_in(language)}><summary>{escape(title)}</summary><dl>{rows}</dl></details>'


def _review(review: str, language: str) -> str:
    """Whether a person has reviewed the prepared answer."""
    if not review:
        return ""
    words = label("checked", language) if review == "checked" else label("reviewed", language, by=review)
    return f'<p class="review"{_in(language)}>{escape(words)}</p>'


def _in(language: str) -> str:
    """Attributes that tell screen readers the language, and browsers the direction, of words not in English."""
    return "" if language == "en" else f' lang="{escape(language)}" dir="auto"'


def _removed(kinds: Sequence[str], language: str) -> str:
    if not kinds:
        return ""
    words = escape(label("taken_out", language, kinds="{kinds}")).replace(
        "{kinds}", f"<b>{escape(', '.join(kinds))}</b>"
    )
    return f'<p class="removed"{_in(language)}>{words}</p>'


def _next(language: str) -> str:
    words = escape(label("ask_another", language))
    return f'<p class="next"{_in(language)}><button type="button" class="plain" data-go="question">{words}</button></p>'
