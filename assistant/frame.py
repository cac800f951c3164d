"""Sentences and a status -> the answer people get: what ended, as of when, in which language, and whom to call."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from assistant.answer import Sentence, Status
from assistant.cite import cite
from assistant.decide import Verdict
from assistant.fit import wants_to_join_ended
from assistant.texts import say, translated
from assistant.understand import Asked
from ingest.index import Index
from ingest.knowledge import Contact, Fact, Knowledge, Program

# Whom to call when nothing in the question points to another office: free, and for every question of both programs.
GENERAL_CONTACT = "hicap"
MAX_CONTACTS = 2
ALARM_CONTACTS = {Status.EMERGENCY: ("emergency",), Status.CRISIS: ("crisis-line", "emergency")}


def notices(asked: Asked, quotes: Sequence[Sentence], index: Index) -> tuple[Sentence, ...]:
    """What to know of each ended program that the question names or the quotes are about, each proved."""
    ended = [program for program in asked.programs if program.status == "ended"]
    closed = ended[:1] if wants_to_join_ended(asked) else []
    programs = [*asked.programs, *_cited_programs(quotes, index.knowledge)]
    facts = dict.fromkeys(fact for program in programs for fact in program.notice)
    return (
        *(fixed(say("closed", asked.language, name=program.name)) for program in closed),
        *(_notice(fact, asked.language, index) for fact in facts),
    )


def with_notices(notices: Sequence[Sentence], middle: Sequence[Sentence], asked: Asked) -> tuple[Sentence, ...]:
    """Notices first; or, when the question names no program of the past, between today's programs and what ended."""
    if any(program.notice for program in asked.programs):
        return (*notices, *middle)
    opening = tuple(takewhile(lambda sentence: sentence.kind == "fixed", middle))
    rest = middle[len(opening) :]
    old = tuple(sentence for sentence in rest if any(citation.program_status for citation in sentence.citations))
    current = tuple(sentence for sentence in rest if sentence not in old)
    return (*opening, *current, *notices, *old) if current else (*notices, *middle)


def body(status: Status, verdict: Verdict, quotes: Sequence[Sentence], language: str) -> tuple[Sentence, ...]:
    """The middle of an answer: quotes with what must be said before them, or why there are none."""
    opening: tuple[Sentence, ...] = ()
    if verdict.gap and verdict.is_sure and language == "en":
        opening = (fixed(say("gap", topic=verdict.gap.topic)),)
    elif verdict.gap and quotes and language == "en":
        opening = (fixed(say("unsure")),)
    elif status is not Status.ANSWERED:
        opening = (fixed(say(status.value, language)),)
    if not quotes:
        return opening
    if status is not Status.ANSWERED:
        return (*opening, fixed(say("nearest", language)), *quotes)
    return (*_introduction(language), *quotes)


def closing(sentences: Iterable[Sentence], index: Index, language: str) -> tuple[Sentence, ...]:
    """From when the quoted words are, when that is known, and that a translation was not checked."""
    cited = {citation.source_id for sentence in sentences for citation in sentence.citations}
    years = [index.documents[source_id].source.year for source_id in cited]
    as_of = (fixed(say("as_of", language, year=max(years))),) if years and all(years) else ()
    others = [translated(key, language) for key in ("not_reviewed", "talk_to_person")]
    return (*as_of, *(fixed(words) for words in others if words))


def fixed(text: str) -> Sentence:
    """A sentence of the assistant's own."""
    return Sentence(text, "fixed")


def contacts(question: str, knowledge: Knowledge, preferred: Sequence[str] = ()) -> tuple[Contact, ...]:
    """Whom to call: the gap's own contacts, else the office whose words the question uses, and the general one."""
    ids = [*preferred, *_by_words(question, knowledge), GENERAL_CONTACT]
    found = [contact for contact in map(knowledge.contact, dict.fromkeys(ids)) if contact]
    return tuple(found[:MAX_CONTACTS])


def alarm_contacts(status: Status, knowledge: Knowledge) -> tuple[Contact, ...]:
    """Whom to call at once."""
    return tuple(contact for contact in map(knowledge.contact, ALARM_CONTACTS[status]) if contact)


def _introduction(language: str) -> tuple[Sentence, ...]:
    words = translated("english_quotes", language)
    return (fixed(words),) if words else ()


def _by_words(question: str, knowledge: Knowledge) -> list[str]:
    text = question.lower()
    matches = [(sum(word in text for word in contact.keywords), contact.id) for contact in knowledge.contacts]
    best = max((count for count, _ in matches), default=0)
    return [contact_id for count, contact_id in matches if count == best > 0][:1]


def _cited_programs(quotes: Sequence[Sentence], knowledge: Knowledge) -> list[Program]:
    statuses = {citation.program_status for sentence in quotes for citation in sentence.citations}
    return [program for program in knowledge.programs if any(f"{program.name} ended" in status for status in statuses)]


def _notice(fact: Fact, language: str, index: Index) -> Sentence:
    citations = (cite(index.documents[quote.source_id], quote.span, index.knowledge) for quote in fact.quotes)
    words = translated(fact.id, language)
    return Sentence(f"{words} ({fact.text})" if words else fact.text, "notice", tuple(citations))
