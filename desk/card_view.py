"""The call card as a page, as a sheet to print, and as text to mail."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.answer import Citation, Sentence, contact_line, source_line
from assistant.texts import speaks
from desk.beside import Difference
from desk.beside_view import difference, newer_words
from desk.card import Card
from desk.links import document_link, flag_link, mail_link
from ingest.index import Index
from ingest.knowledge import Contact, Update
from ingest.records import Quote, Span
from ingest.translations import LANGUAGES, RIGHT_TO_LEFT
from page.contact_box import call_link


def card_page(card: Card, wanted: str, index: Index) -> str:
    """The main part of the page; `wanted` is the language that was asked for."""
    if card.is_urgent:
        return (
            f'<article class="card urgent">{_heading(card)}{_script(card, wanted)}{_transfer(card.contacts)}</article>'
        )
    left = f"{_script(card, wanted)}{_ask_first(card.ask_first)}{_transfer(card.contacts)}"
    own, near = _parted(card)
    told = {each.text for each in own}
    shown: set[Citation] = set()
    policy, limits = ([each for each in said if each.text not in told] for said in (card.policy, card.limits))
    first = f"{_differs(own, index)}{_policy(policy, shown) if policy or not own else ''}{_limits(limits, shown)}"
    right = f"{first}{_newer(card.newer)}{_unsaid(card)}{_differs(near, index)}"
    return (
        f'<article class="card">{_heading(card)}{_tools(card, wanted)}'
        f'<div class="halves"><div>{left}</div><div>{right}</div></div>'
        f"{_sources((*card.policy, *card.limits))}</article>"
    )


def _parted(card: Card) -> tuple[list[Difference], list[Difference]]:
    """Where the documents disagree on what was asked, which is part of the policy; and on what stands near it."""
    texts = {each.text for each in (*card.policy, *card.limits)}
    return [each for each in card.differs if each.text in texts], [
        each for each in card.differs if each.text not in texts
    ]


def empty_card_page() -> str:
    """What stands there before a question."""
    return (
        '<article class="card"><h1>Call card</h1><form method="get" action="/desk/card" class="ask">'
        '<label for="card-q">The caller\'s question</label><input id="card-q" name="q" type="text" autofocus required '
        'maxlength="2000" autocomplete="off"><button class="main">Make the card</button></form></article>'
    )


def card_text(card: Card) -> str:
    """The card as plain text, the script first."""
    script = [each.text for each in card.script] or ["(No prepared words; read from the policy.)"]
    cited = (citation for each in (*card.policy, *card.limits) for citation in each.citations)
    numbers = {line: number for number, line in enumerate(dict.fromkeys(map(source_line, cited)), 1)}
    parts = [
        ("Question", [card.question]),
        ("Say", script),
        ("Ask the caller first", card.ask_first),
        ("The documents do not say", card.unsaid),
        ("Transfer to", [contact_line(contact) for contact in card.contacts]),
        ("Policy", _numbered(card.policy, numbers)),
        ("Exceptions and limits", _numbered(card.limits, numbers)),
        ("The documents disagree", [each.text for each in _parted(card)[1]]),
        ("Sources", [f"[{number}] {line}" for line, number in numbers.items()]),
    ]
    return "\n\n".join("\n".join([f"{title}:", *lines]) for title, lines in parts if lines)


def _numbered(said: Iterable[Sentence], numbers: Mapping[str, int]) -> list[str]:
    """Sentences, each with the numbers of its sources."""
    return [
        " ".join((each.text, *dict.fromkeys(f"[{numbers[source_line(citation)]}]" for citation in each.citations)))
        for each in said
    ]


def _heading(card: Card) -> str:
    gone = "".join(
        f'<span class="chip ended"><span aria-hidden="true">✕</span> {escape(words)}</span>'
        for words in _ended((*card.policy, *card.limits))
    )
    removed = (
        f'<p class="note">Taken out of the question: {escape(", ".join(card.removed))}.</p>' if card.removed else ""
    )
    return f'<h1><span class="what">Call card</span> {escape(card.question)}</h1><p class="chips">{gone}</p>{removed}'


def _ended(policy: Iterable[Sentence]) -> list[str]:
    told = (each.program_status for sentence in policy for each in sentence.citations if each.program_status)
    return list(dict.fromkeys(part for words in told for part in words.split("; ")))


def _tools(card: Card, wanted: str) -> str:
    languages = {"en": "English", **{code: name for code, name in LANGUAGES.items() if speaks(code)}}
    options = "".join(
        f'<option value="{code}"{" selected" if code == wanted else ""}>{escape(name)}</option>'
        for code, name in languages.items()
    )
    mail = mail_link(f"Answer: {card.question}"[:120], card_text(card))
    flag = flag_link(card.question, " ".join(each.text for each in card.script)[:600])
    return (
        '<div class="tools"><form method="get" action="/desk/card">'
        f'<input type="hidden" name="q" value="{escape(card.question)}">'
        '<label for="language">Caller\'s language</label> '
        f'<select id="language" name="language">{options}</select> <button class="plain">Show</button></form>'
        '<button type="button" class="plain" id="print">Print</button>'
        f'<a class="plain" href="{escape(mail)}">E-mail</a>'
        f'<button type="button" class="plain" data-copy="{escape(card_text(card))}">Copy all</button>'
        f'<a class="plain" href="{escape(flag)}">Flag</a></div>'
    )


def _script(card: Card, wanted: str) -> str:
    if not card.script:
        return _section("say", "Say this", "<p>No prepared words fit. Read from the policy, word for word.</p>")
    missing = (
        f'<p class="note">There are no prepared words in {escape(LANGUAGES.get(wanted, wanted))}; '
        "read the English to an interpreter.</p>"
        if wanted != card.language
        else ""
    )
    review = {"": "", "checked": "Checked by a program; no person has reviewed it yet."}.get(
        card.review, f"Reviewed by {card.review}."
    )
    lines = "".join(_spoken(each, card.language) for each in card.script)
    return _section("say", "Say this", f'{missing}{lines}<p class="note">{escape(review)}</p>')


def _spoken(sentence: Sentence, language: str) -> str:
    turned = ' dir="rtl"' if language in RIGHT_TO_LEFT else ""
    attributes = "" if language == "en" else f' lang="{escape(language)}"{turned}'
    english = f'<span class="english" lang="en" dir="ltr">{escape(sentence.english)}</span>' if sentence.english else ""
    kind = " told-ended" if sentence.kind == "notice" else ""
    return f'<p class="line{kind}"><span{attributes}>{escape(sentence.text)}</span>{english}</p>'


def _ask_first(questions: Sequence[str]) -> str:
    if not questions:
        return ""
    return _section("ask-first", "Ask the caller first", _list(escape(each) for each in questions))


def _unsaid(card: Card) -> str:
    if not card.unsaid:
        return ""
    return _section("unsaid", "The documents do not say", _list(escape(each) for each in card.unsaid))


def _transfer(contacts: Sequence[Contact]) -> str:
    rows = (
        f"<b>{escape(contact.who)}</b> {call_link(contact)}"
        f"<span>{escape('. '.join(filter(None, (f'TTY {contact.tty}' if contact.tty else '', contact.hours))))}</span>"
        f"<span>{escape(contact.purpose)}.</span>"
        for contact in contacts
    )
    return _section("transfer", "Transfer to", _list(rows)) if contacts else ""


def _policy(policy: Sequence[Sentence], shown: set[Citation]) -> str:
    if not policy:
        return _section("policy", "Policy", "<p>No words of the documents answer this.</p>")
    return _section("policy", "Policy, word for word", "".join(_said(sentence, shown) for sentence in policy))


def _said(sentence: Sentence, shown: set[Citation]) -> str:
    """A sentence for staff with its quotes, those that are not yet among the `shown`; of a quote only the quote."""
    own = "" if sentence.kind == "quote" else f'<p class="exact">{escape(sentence.text)}</p>'
    by_document: dict[str, list[Citation]] = {}
    for citation in sorted(sentence.citations, key=lambda each: each.start):
        by_document.setdefault(citation.source_id, []).append(citation)
    new = [cited for cited in by_document.values() if not shown.issuperset(cited)]
    shown.update(sentence.citations)
    return own + ("".join(map(_quote, new)) or '<p class="note">In the words quoted above.</p>')


def _quote(cited: Sequence[Citation]) -> str:
    words = " … ".join(" ".join(each.quote.split()) for each in cited)
    link = document_link(cited[0].source_id, [Span(each.start, each.end) for each in cited])
    where = source_line(cited[-1])
    text = f"“{words}” ({where})"
    past = ' class="past"' if cited[-1].program_status else ""
    return (
        f'<blockquote{past}><p>“{escape(words)}”</p><footer><a href="{escape(link)}">{escape(where)}</a> '
        f'<button type="button" class="quiet" data-copy="{escape(text)}" data-link="{escape(link)}" '
        f'aria-label="Copy this quote of {escape(cited[0].title)}">Copy</button></footer></blockquote>'
    )


def _limits(limits: Sequence[Sentence], shown: set[Citation]) -> str:
    found = "".join(_said(each, shown) for each in limits)
    return _section("policy limits", "Exceptions and limits, word for word", found) if limits else ""


def _differs(found: Sequence[Difference], index: Index) -> str:
    told: set[Quote] = set()
    rows = []
    for each in found:
        # Words that stand above already are not shown again.
        rows.append(escape(each.text) if told.issuperset(each.quotes) else difference(each, index))
        told.update(each.quotes)
    return _section("differs disputed", f"{_sign('≠')} The documents disagree", _list(rows)) if found else ""


def _newer(updates: Sequence[Update]) -> str:
    return (
        _section("newer", f"{_sign('↑')} Newer than the documents", _list(map(newer_words, updates))) if updates else ""
    )


def _sign(shape: str) -> str:
    return f'<span aria-hidden="true">{shape}</span>'


def _sources(policy: Sequence[Sentence]) -> str:
    """For the printed sheet, where links can't be opened."""
    lines = dict.fromkeys(source_line(citation) for sentence in policy for citation in sentence.citations)
    return f'<section class="print-only"><h2>Sources</h2>{_list(map(escape, lines))}</section>' if lines else ""


def _section(name: str, title: str, inner: str) -> str:
    return f'<section class="{name}"><h2>{title}</h2>{inner}</section>'


def _list(rows: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"
