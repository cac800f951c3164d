"""One answer as HTML: the question, what is said, whom to call, what to ask next, and what to do with the answer."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer import Answer, Status
from page.citation_button import about_citation
from page.contact_box import call_link, contact_box
from page.said import Parts, told
from page.texts import direction, label, removed_kind, tag

_URGENT = (Status.EMERGENCY, Status.CRISIS)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


def answer_panel(
    answer: Answer, turn: int, urls: Mapping[str, str], topics: Sequence[str] = (), parts: Parts = ()
) -> str:
    """One <article>; `turn` numbers it in its conversation, `urls` are the addresses of originals by source id.

    `topics` are the ids of the prepared answers in it, which are counted when someone says whether it helped; `parts`
    are their sentences.
    """
    inner = _urgent(answer, turn) if answer.status in _URGENT else _usual(answer, turn, urls, parts)
    return (
        f'<article class="turn" data-turn="{turn}" data-topics="{escape(" ".join(topics))}" '
        f'lang="{escape(tag(answer.language))}" dir="{direction(answer.language)}" aria-labelledby="turn-{turn}">'
        f"{inner}</article>"
    )


def message_panel(answer: Answer) -> str:
    """A message in place of an answer, when the question was empty or too long or answering failed."""
    words = "".join(f'<p class="say">{escape(sentence.text)}</p>' for sentence in answer.sentences)
    call = label("call", answer.language)
    calls = "".join(f"<p>{call_link(each, f'{call} {each.who}')}</p>" for each in answer.contacts)
    return (
        f'<div class="message" lang="{escape(tag(answer.language))}" dir="{direction(answer.language)}">'
        f"{words}{calls}</div>"
    )


def _usual(answer: Answer, turn: int, urls: Mapping[str, str], parts: Parts) -> str:
    language = answer.language
    abouts = "".join(
        about_citation(citation, number, turn, urls.get(citation.source_id, ""), language)
        for number, citation in enumerate(answer.citations, 1)
    )
    words = told(answer, turn, parts)
    return "".join(
        (
            _heading(answer, turn),
            _removed(answer.removed, language),
            words.said,
            _to_ask("choices", answer.choices, language),
            contact_box(answer.contacts, language),
            words.folded,
            _review(answer.review, language),
            _next(answer.next_questions, language),
            _tools(language),
            _helpful(language),
            abouts,
        )
    )


def _heading(answer: Answer, turn: int) -> str:
    return (
        f'<h2 id="turn-{turn}" tabindex="-1"><span class="asked">{escape(label("you_asked", answer.language))}</span> '
        f'<span class="question" dir="auto">{escape(answer.question)}</span></h2>'
    )


def _urgent(answer: Answer, turn: int) -> str:
    """Only what helps now: the first sentence, large, the numbers to call, then the rest."""
    first, *others = [line for sentence in answer.sentences for line in _SENTENCE_END.split(sentence.text) if line]
    call = label("call", answer.language)
    calls = "".join(f"<p>{call_link(contact, call, css_class='call call-urgent')}</p>" for contact in answer.contacts)
    rest = f'<p class="say">{escape(" ".join(others))}</p>' if others else ""
    heading = f'<h2 id="turn-{turn}" class="say" tabindex="-1">{escape(first)}</h2>'
    return f'<div class="urgent">{heading}{calls}{rest}</div>'


def _review(review: str, language: str) -> str:
    """Whether a person has reviewed the prepared answer."""
    if not review:
        return ""
    words = label("checked", language) if review == "checked" else label("reviewed", language, by=review)
    return f'<p class="review">{escape(words)}</p>'


def _removed(kinds: Sequence[str], language: str) -> str:
    if not kinds:
        return ""
    named = ", ".join(removed_kind(kind, language) for kind in kinds)
    words = escape(label("taken_out", language, kinds="{kinds}")).replace("{kinds}", f"<b>{escape(named)}</b>")
    return f'<p class="removed say">{words}</p>'


def _to_ask(key: str, messages: Sequence[str], language: str) -> str:
    """Buttons that send their words as the next message."""
    if not messages:
        return ""
    return f'<div class="{key}"><p class="to-ask">{escape(label(key, language))}</p>{_asks(messages)}</div>'


def _next(messages: Sequence[str], language: str) -> str:
    """The same, behind a tap."""
    if not messages:
        return ""
    title = escape(label("next_questions", language))
    return f'<details class="next_questions"><summary>{title}</summary>{_asks(messages)}</details>'


def _asks(messages: Sequence[str]) -> str:
    items = "".join(
        f'<li><button type="button" class="ask-this">{escape(message)}</button></li>' for message in messages
    )
    return f"<ul>{items}</ul>"


def _tools(language: str) -> str:
    """Copy, print, read aloud; the last stays hidden where the browser can't."""
    keys = ("copy", "copied", "print", "read_aloud", "stop_reading", "ask_another")
    words = {key: escape(label(key, language)) for key in keys}
    return (
        '<div class="tools">'
        f'<button type="button" data-do="copy" data-done="{words["copied"]}">{words["copy"]}</button>'
        f'<button type="button" data-do="print">{words["print"]}</button>'
        f'<button type="button" data-do="read" data-done="{words["stop_reading"]}" hidden>'
        f"{words['read_aloud']}</button>"
        f'<button type="button" data-do="ask-another">{words["ask_another"]}</button>'
        "</div>"
    )


def _helpful(language: str) -> str:
    words = {key: escape(label(key, language)) for key in ("helpful", "yes", "no", "thanks", "not_counted")}
    return (
        f'<div class="helpful" data-thanks="{words["thanks"]}" data-not-counted="{words["not_counted"]}">'
        f"<span>{words['helpful']}</span> "
        f'<button type="button" data-useful="true">{words["yes"]}</button> '
        f'<button type="button" data-useful="false">{words["no"]}</button></div>'
    )
