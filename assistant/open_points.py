"""What an answer leaves open, said plainly: what its topic does not tell, a part nobody answers, a county not named."""

from collections.abc import Sequence
from datetime import date

from assistant.answer import Sentence
from assistant.fit import asks, gap_of
from assistant.frame import fixed
from assistant.library import Library
from assistant.prepared import update_sentence
from assistant.retrieve import Evidence
from assistant.texts import in_language, say
from assistant.understand import Asked
from ingest.knowledge import Entry, Gap, Topic
from ingest.places import counties_named
from ingest.translatable import topic_key


def open_points(
    asked: Asked, topics: Sequence[Topic], said: Sequence[Sentence], evidence: Evidence, library: Library
) -> tuple[Sentence, ...]:
    """All that an answer with these topics and sentences leaves open."""
    return (
        *left_open(topics, asked.spoken),
        *unanswered_parts(asked, topics, evidence, library.gaps),
        *unnamed_counties(asked, topics, said, library),
    )


def left_open(topics: Sequence[Topic], language: str) -> tuple[Sentence, ...]:
    """What the documents do not say about the topic that was answered, as far as it is known in that language."""
    first = topics[0] if topics else None
    if not isinstance(first, Entry) or not first.unsaid:
        return ()
    return _not_said(first, "unsaid", first.unsaid, language)


def unanswered_parts(
    asked: Asked, told: Sequence[Topic], evidence: Evidence, gaps: Sequence[Gap]
) -> tuple[Sentence, ...]:
    """The known gaps that parts of a question ask for, beside what was told."""
    parts = [part for text, part in zip(asked.parts, evidence.parts, strict=True) if asks(text)]
    found = {gap.id: gap for part in parts if (gap := gap_of(part, gaps)) and gap not in told}
    return tuple(sentence for gap in found.values() for sentence in _not_said(gap, "topic", gap.topic, asked.spoken))


def unnamed_counties(
    asked: Asked, topics: Sequence[Topic], said: Sequence[Sentence], library: Library
) -> tuple[Sentence, ...]:
    """Of each county that the question names and no document does, just that, and what a newer page says of it."""
    programs = {program.id for program in asked.programs}
    programs |= {name for topic in topics if isinstance(topic, Entry) for name in topic.programs}
    strange = sorted(counties_named(asked.read) - library.counties)
    shown = counties_named(" ".join(each.english or each.text for each in said)) if strange else frozenset[str]()
    told = []
    for county in strange:
        told.append(fixed(say("county_not_named", asked.spoken, county=county)))
        newer = (each for each in library.updates if programs & set(each.programs))
        update = next((each for each in newer if county in counties_named(each.text)), None)
        told += [update_sentence(update, asked.spoken, date.today())] if update and county not in shown else []
    return tuple(dict.fromkeys(told))


def _not_said(topic: Topic, part: str, english: str, language: str) -> tuple[Sentence, ...]:
    words = in_language(topic_key(topic, part), english, language)
    return (fixed(say("gap", language, topic=words)),) if words else ()
