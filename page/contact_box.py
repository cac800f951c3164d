"""Whom to call, as HTML: telephone links from contacts and nothing else."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from ingest.knowledge import Contact, Knowledge
from ingest.texts import translated_text
from page.texts import ENGLISH, label

_DIALABLE = re.compile(r"[\d()+. -]+")


def person_to_call(knowledge: Knowledge, language: str = ENGLISH) -> Contact | None:
    """The free counselors, in a language; another contact where a corpus brings its own list without them."""
    contact = knowledge.contact("hicap") or next(iter(knowledge.contacts), None)
    if contact is None:
        return None
    parts = {part: getattr(contact, part) for part in ("who", "purpose", "hours")}
    words = {part: translated_text(f"contact.{contact.id}.{part}", text, language) for part, text in parts.items()}
    return replace(contact, **{part: text for part, text in words.items() if text})


def call_link(contact: Contact, words: str = "", *, css_class: str = "call") -> str:
    """A telephone link that reads `words` and the number; plain text where the number can't be dialed."""
    return linked(contact, f"{escape(words)} " if words else "", css_class=css_class)


def linked(contact: Contact, words_html: str, *, css_class: str = "call") -> str:
    """The same, for words that are HTML already."""
    shown = f'{words_html}<bdi class="number">{escape(contact.number)}</bdi>'
    if not _DIALABLE.fullmatch(contact.number):
        return f'<span class="no-call">{shown}</span>'
    return f'<a class="{escape(css_class)}" href="tel:{_dialed(contact.number)}">{shown}</a>'


def contact_box(contacts: Sequence[Contact], language: str = ENGLISH) -> str:
    """The box "Talk to a person"; the first of them whole, the others by their names behind a tap; empty for none."""
    if not contacts:
        return ""
    first, *others = (_item(contact, language) for contact in contacts)
    title = escape(label("talk_to_a_person", language))
    names = " · ".join(f"<bdi>{escape(short_name(contact))}</bdi>" for contact in contacts[1:])
    more = f'<details class="others"><summary>{names}</summary><ul>{"".join(others)}</ul></details>' if others else ""
    return f'<section class="contacts"><h3 class="say">{title}</h3><ul>{first}</ul>{more}</section>'


def short_name(contact: Contact) -> str:
    """Who it is, without what stands in brackets: "HICAP"."""
    return contact.who.partition(" (")[0]


def _item(contact: Contact, language: str) -> str:
    details = [f"TTY {contact.tty}" if contact.tty else "", contact.hours]
    more = escape(". ".join(detail for detail in details if detail))
    call = label("call", language) if _DIALABLE.fullmatch(contact.number) else ""
    return (
        f'<li><p class="who say">{escape(contact.who)}</p>'
        f'<p class="say">{call_link(contact, call)}</p>'
        f'<p class="details">{escape(contact.purpose)}.{f" {more}" if more else ""}</p></li>'
    )


def _dialed(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10:
        return f"+1{digits}"
    return f"+{digits}" if len(digits) == 11 else digits
