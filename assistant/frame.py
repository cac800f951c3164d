"""Sentences and a status -> the answer people get: what ended, as of when, in which language, and whom to call."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from assistant.answer import Sentence, Status
from assistant.cite import cite, ended_in
from assistant.decide import Verdict
from assistant.fit import wants_to_join_ended
from assistant.glossary import Glossary
from assistant.texts import in_language, say, translated_text
from assistant.understand import Asked
from ingest.index import Index
from ingest.knowledge import Contact, Fact, Knowledge, Route, Topic
from ingest.translatable import topic_key

# Whom to call when nothing in the question points to another office: free, and for every question of both programs.
GENERAL_CONTACT = "hicap"
MAX_CONTACTS = 2
URGENT_CONTACT = "emergency"
# Words explained below one answer.
MAX_WORDS = 4
# Kinds of sentences that a prepared answer is made of.
PREPARED = ("prepared", "update")
# Who helps when papers or people do not speak one's language.
LANGUAGE_CONTACT = "civil-rights"
ALARM_CONTACTS = {Status.EMERGENCY: ("emergency",), Status.CRISIS: ("crisis-line", "emergency")}


def notices(asked: Asked, quotes: Sequence[Sentence], index: Index) -> tuple[Sentence, ...]:
    """What to know of each ended program that the question names or the quotes are about, each proved."""
    ended = [program for program in asked.programs if program.status == "ended"]
    closed = ended[:1] if wants_to_join_ended(asked) else []
    told = [program for each in quotes for program in ended_in(each, index.documents, index.knowledge)]
    programs = [*asked.programs, *told]
    facts = dict.fromkeys(fact for program in programs for fact in program.notice)
    return (
        *(fixed(say("closed", asked.spoken, name=program.name)) for program in closed),
        *(_notice(fact, asked.spoken, index) for fact in facts),
    )


def with_notices(
    notices: Sequence[Sentence], middle: Sequence[Sentence], asked: Asked, index: Index
) -> tuple[Sentence, ...]:
    """Notices first; or, when the question names no program of the past, beside the first words about what ended.

    A prepared answer stays in one piece: they go before it when it begins with what ended, else after it.
    """
    old = [at for at, each in enumerate(middle) if ended_in(each, index.documents, index.knowledge)]
    if any(program.notice for program in asked.programs) or not old:
        return (*notices, *middle)
    at = old[0]
    first, end = _piece(middle, at)
    at = end if first < at else first
    return (*middle[:at], *notices, *middle[at:])


def _piece(sentences: Sequence[Sentence], at: int) -> tuple[int, int]:
    """Where the prepared answer that holds the sentence at `at` begins and ends; the sentence itself if none does."""
    first, end = at, at + 1
    while first > 0 and sentences[at].kind in PREPARED and sentences[first - 1].kind in PREPARED:
        first -= 1
    while end < len(sentences) and sentences[at].kind in PREPARED and sentences[end].kind in PREPARED:
        end += 1
    return first, end


def today_first(sentences: Sequence[Sentence], asked: Asked, index: Index) -> tuple[Sentence, ...]:
    """Quotes with those on what has ended last, unless the question names a program of the past."""
    if any(program.notice for program in asked.programs) or any(each.kind in PREPARED for each in sentences):
        return tuple(sentences)
    return tuple(sorted(sentences, key=lambda each: bool(ended_in(each, index.documents, index.knowledge))))


def body(status: Status, verdict: Verdict, quotes: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """The middle of an answer: quotes with what must be said before them, or why there are none."""
    opening: tuple[Sentence, ...] = ()
    topic = verdict.gap and in_language(topic_key(verdict.gap, "topic"), verdict.gap.topic, language)
    if topic and verdict.is_sure:
        opening = (fixed(say("gap", language, topic=topic)),)
    elif quotes and not verdict.is_sure:
        opening = (fixed(say("unsure", language)),)
    elif status is not Status.ANSWERED:
        opening = (fixed(say(verdict.small_talk or status.value, language)),)
    if status is Status.ANSWERED or not quotes:
        return (*opening, *_introduced(quotes, language))
    newer = tuple(sentence for sentence in quotes if sentence.kind == "update")
    nearest = tuple(sentence for sentence in quotes if sentence.kind != "update")
    return (*opening, *newer, *((fixed(say("nearest", language)), *nearest) if nearest else ()))


def closing(asked: Asked, sentences: Iterable[Sentence], index: Index, language: str) -> tuple[Sentence, ...]:
    """From when the quoted words are, what to know before calling, and that a translation was not checked."""
    cited = {citation.source_id for sentence in sentences for citation in sentence.citations}
    years = [index.documents[source_id].source.year for source_id in cited]
    as_of = (fixed(say("as_of", language, year=max(years))),) if years and all(years) else ()
    route = route_of(asked.standalone, index.knowledge)
    advice = in_language(f"route.{route.id}.advice", route.advice, language) if route and route.advice else ""
    others = ("not_reviewed", "talk_to_person") if language != "en" else ()
    return (*as_of, *((fixed(advice),) if advice else ()), *(fixed(say(key, language)) for key in others))


def contacts_of(topics: Sequence[Topic]) -> tuple[str, ...]:
    """The contacts of the first topic."""
    return topics[0].contacts if topics else ()


def words_of(sentences: Sequence[Sentence], glossary: Glossary, language: str) -> tuple[tuple[str, str], ...]:
    """The words of the field in the prepared sentences, each with its meaning, in that language where it is known."""
    said = " ".join(each.english or each.text for each in sentences if each.kind in PREPARED)
    terms = glossary.terms_in(said)[:MAX_WORDS]
    meanings = [in_language(f"term.{term.id}.meaning", term.meaning, language) or term.meaning for term in terms]
    return tuple((term.name, meaning) for term, meaning in zip(terms, meanings, strict=True))


def review_of(topics: Sequence[Topic], knowledge: Knowledge) -> str:
    """By whom and when the topics were reviewed; "checked" if not all were, nothing if there are none."""
    names = [knowledge.reviewed.get(topic.id, "") for topic in topics]
    return "; ".join(dict.fromkeys(names)) if names and all(names) else "checked" if names else ""


def fixed(text: str) -> Sentence:
    """A sentence of the assistant's own."""
    return Sentence(text, "fixed")


def contacts(
    question: str, knowledge: Knowledge, preferred: Sequence[str] = (), language: str = "en"
) -> tuple[Contact, ...]:
    """Whom to call: the topic's own contacts, then the office whose words the question uses, and the general one.

    The office goes first where it comes with advice: a denial, abuse.

    In another language, also who gives free help in it; names and hours are in that language.
    """
    route = route_of(question, knowledge)
    routed = route.contacts if route else ()
    ids = [*routed, *preferred, GENERAL_CONTACT] if route and route.advice else [*preferred, *routed, GENERAL_CONTACT]
    found = [contact for contact in map(knowledge.contact, dict.fromkeys(ids)) if contact][:MAX_CONTACTS]
    if language != "en":
        helper = knowledge.contact(LANGUAGE_CONTACT)
        found += [helper] if helper and helper not in found else []
    return tuple(_in_language(contact, language) for contact in found)


def route_of(question: str, knowledge: Knowledge) -> Route | None:
    """The route most of whose words stand in the question, the first of equals; None if none has any.

    One that leads to 911 goes before all others, however few of its words are there.
    """
    counts = [
        (sum(bool(_beginning(words).search(question)) for words in route.words), route) for route in knowledge.routes
    ]
    found = [(count, route) for count, route in counts if count]
    urgent = [(count, route) for count, route in found if URGENT_CONTACT in route.contacts]
    return max(urgent or found, key=lambda each: each[0], default=(0, None))[1]


@cache
def _beginning(words: str) -> re.Pattern[str]:
    """The words from the beginning of a word on: "pace" does not stand in "space"."""
    return re.compile(rf"(?<!\w){re.escape(words)}", re.I)


def _in_language(contact: Contact, language: str) -> Contact:
    parts = {part: getattr(contact, part) for part in ("who", "purpose", "hours")}
    words = {part: translated_text(f"contact.{contact.id}.{part}", text, language) for part, text in parts.items()}
    return replace(contact, **{part: text for part, text in words.items() if text})


def alarm_contacts(status: Status, knowledge: Knowledge) -> tuple[Contact, ...]:
    """Whom to call at once."""
    return tuple(contact for contact in map(knowledge.contact, ALARM_CONTACTS[status]) if contact)


def _introduced(quotes: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """The sentences; in another language with a word on why the quotes among them are in English."""
    first = next((at for at, sentence in enumerate(quotes) if sentence.kind == "quote"), None)
    if language == "en" or first is None:
        return tuple(quotes)
    return (*quotes[:first], fixed(say("english_quotes", language)), *quotes[first:])


def _notice(fact: Fact, language: str, index: Index) -> Sentence:
    citations = (cite(index.documents[quote.source_id], quote.span, index.knowledge) for quote in fact.quotes)
    words = translated_text(f"notice.{fact.id}", fact.text, language)
    return Sentence(words or fact.text, "notice", tuple(citations), fact.text if words else "")
