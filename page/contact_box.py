"""Whom to call, as HTML: telephone links from contacts and nothing else."""

import re
from collections.abc import Sequence
from html import escape

from ingest.knowledge import Contact, Knowledge
from page.texts import label

_DIALABLE = re.compile(r"[\d()+. -]+")


def person_to_call(knowledge: Knowledge) -> Contact | None:
    """The free counselors; another contact where a corpus brings its own list without them."""
    return knowledge.contact("hicap") or next(iter(knowledge.contacts), None)


def call_link(contact: Contact, words: str = "", *, css_class: str = "call") -> str:
    """A telephone link that reads `words` and the number; plain text where the number can't be dialed."""
    return linked(contact, f"{escape(words)} " if words else "", css_class=css_class)


def linked(contact: Contact, words_html: str, *, css_class: str = "call") -> str:
    """The same, for words that are HTML already."""
    shown = f'{words_html}<span class="number">{escape(contact.number)}</span>'
    if not _DIALABLE.fullmatch(contact.number):
        return f'<span class="no-call">{shown}</span>'
    return f'<a class="{escape(css_class)}" href="tel:{_dialed(contact.number)}">{shown}</a>'


def contact_box(contacts: Sequence[Contact], language: str = "en") -> str:
    """The box "Talk to a person"; empty without contacts."""
    if not contacts:
        return ""
    items = "".join(_item(contact, language) for contact in contacts)
    attributes = "" if language == "en" else f' lang="{escape(language)}" dir="auto"'
    title = escape(label("talk_to_a_person", language))
    return f'<section class="contacts"{attributes}><h3>{title}</h3><ul>{items}</ul></section>'


def short_name(contact: Contact) -> str:
    """Who it is, without what stands in brackets: "HICAP"."""
    return contact.who.partition(" (")[0]


def _item(contact: Contact, language: str) -> str:
    details = [f"TTY {contact.tty}" if contact.tty else "", contact.hours]
    more = escape(". ".join(detail for detail in details if detail))
    return (
        f'<li><p class="who">{escape(contact.who)}</p><p>{escape(contact.purpose)}.</p>'
        f"<p>{call_link(contact, label('call', language) if _DIALABLE.fullmatch(contact.number) else '')}</p>"
        + (f'<p class="details">{more}</p>' if more else "")
        + "</li>"
    )


def _dialed(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10:
        return f"+1{digits}"
    return f"+{digits}" if len(digits) == 11 else digits
