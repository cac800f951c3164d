"""Prepared answers of the library -> sentences: the one that fits best, and what others add to it.

The numbers were fitted on evals/cases/dev.jsonl; evals/results/README.md keeps the tables.
"""

import re
from datetime import date
from urllib.parse import urlsplit

from assistant.answer import Citation, Role, Sentence
from assistant.cite import cite
from assistant.texts import in_language, say
from ingest.check import is_outdated
from ingest.index import Index
from ingest.knowledge import Prepared, Term, Topic, Update
from ingest.texts import translated_text
from ingest.translatable import topic_key

# Their pages are sure, and yet no office's own.
_NOT_OFFICES = (".lawserver.com", "healthnet.com")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def register_of(topic: Topic, role: Role) -> tuple[Prepared, ...]:
    """The sentences for a role; those for beneficiaries where there are none for staff."""
    return (topic.staff if role is Role.STAFF else ()) or topic.plain


def sentences(topic: Topic, role: Role, language: str, index: Index) -> tuple[Sentence, ...]:
    """The prepared answer of a topic, in a language if all of it was translated, else nothing."""
    rows = register_of(topic, role)
    register = "staff" if rows is topic.staff else "plain"
    keyed = ((topic_key(topic, f"{register}.{number}"), row.text) for number, row in enumerate(rows, 1))
    words = [in_language(key, text, language) for key, text in keyed]
    if not all(words):
        return ()
    return tuple(_sentence(row, text, language, index) for row, text in zip(rows, words, strict=True))


def update_sentence(update: Update, language: str, today: date) -> Sentence:
    """A newer fact, with the line that says whose summary of what page it is."""
    words = translated_text(f"update.{update.id}", update.text, language)
    english = update.text if words else ""
    origin = _origin(update, language, today)
    return Sentence(words or update.text, "update", english=english, note=origin, url=update.url)


def definition(term: Term, language: str, index: Index) -> Sentence:
    """What a term of the glossary means, with the words of the documents that use it, or the page that explains it."""
    meaning = in_language(f"term.{term.id}.meaning", term.meaning, language) or term.meaning
    name = f"{term.name} ({term.full})" if term.full else term.name
    note = (
        ""
        if not term.page
        else say("glossary", language, page=term.page, date=term.page_date or say("no_date", language))
    )
    english = f"{name}: {term.meaning}" if meaning != term.meaning else ""
    citations = tuple(cite(index.documents[each.source_id], each.span, index.knowledge) for each in term.quotes)
    return Sentence(f"{name}: {meaning}", "definition", citations, english, note, term.url)


def _origin(update: Update, language: str, today: date) -> str:
    is_official = update.certainty == "A" and not urlsplit(update.url).netloc.endswith(_NOT_OFFICES)
    key = "update_official" if is_official else "update_other"
    checked = date.fromisoformat(update.checked_on)
    shown = f"{checked:%B} {checked.day}, {checked.year}" if language == "en" else update.checked_on
    page_date = _dated(update.page_date, language)
    old = f" {say('update_outdated', language)}" if is_outdated(update.checked_on, today) else ""
    return say(key, language, page=update.page, date=page_date, checked=shown) + old


def _dated(page_date: str, language: str) -> str:
    """The date of a page; its year alone in other languages than English, which page dates are written in."""
    years = _YEAR.findall(page_date)
    return (page_date if language == "en" else years[-1] if years else "") or say("no_date", language)


def _sentence(row: Prepared, words: str, language: str, index: Index) -> Sentence:
    english = "" if language == "en" else row.text
    if row.update and (update := index.knowledge.update(row.update)):
        origin = _origin(update, language, date.today())
        return Sentence(words, "update", english=english, note=origin, url=update.url)
    quotes = [*row.quotes, *(index.knowledge.facts[row.fact].quotes if row.fact else ())]
    cited = (cite(index.documents[quote.source_id], quote.span, index.knowledge) for quote in quotes)
    citations: tuple[Citation, ...] = tuple(dict.fromkeys(cited))
    kind = "prepared" if citations else "fixed"
    return Sentence(words, kind, citations, english=english)
