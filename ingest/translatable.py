"""Which texts are to be translated into which language, by key.

Spanish: everything. Other languages: every fixed text, and the entries marked `often`, which
are asked most; Khmer: the fixed texts.
"""

from collections.abc import Iterator, Mapping

from ingest.knowledge import Entry, Gap, Knowledge, Topic
from ingest.texts import fixed_texts

WHOLE = ("es",)
FIXED_ONLY = ("km",)


def translatable(knowledge: Knowledge, language: str) -> Mapping[str, str]:
    """The English texts that a language should have, by key, in the order in which people meet them."""
    is_whole = language in WHOLE
    texts = {**fixed_texts(), **dict(_facts(knowledge))}
    for topic in knowledge.topics:
        if is_whole or (isinstance(topic, Entry) and topic.often and language not in FIXED_ONLY):
            texts |= dict(_topic(topic, with_staff=is_whole))
    if is_whole:
        texts |= {f"term.{term.id}.meaning": term.meaning for term in knowledge.terms}
    return texts


def topic_key(topic: Topic, part: str) -> str:
    """The key of a part of an entry or gap: "topic", "unsaid", "plain.1"."""
    return f"{'gap' if isinstance(topic, Gap) else 'entry'}.{topic.id}.{part}"


def _facts(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield from ((f"notice.{fact.id}", fact.text) for fact in knowledge.facts.values())
    yield from ((f"update.{update.id}", update.text) for update in knowledge.updates)
    for contact in knowledge.contacts:
        for part in ("who", "purpose", "hours"):
            if words := getattr(contact, part):
                yield f"contact.{contact.id}.{part}", words
    yield from ((f"route.{route.id}.advice", route.advice) for route in knowledge.routes if route.advice)


def _topic(topic: Topic, *, with_staff: bool) -> Iterator[tuple[str, str]]:
    yield topic_key(topic, "topic"), topic.topic
    registers = {"plain": topic.plain, **({"staff": topic.staff} if with_staff else {})}
    for register, sentences in registers.items():
        for number, sentence in enumerate(sentences, 1):
            yield topic_key(topic, f"{register}.{number}"), sentence.text
    if isinstance(topic, Entry):
        optional = {"question": topic.question, "unsaid": topic.unsaid}
        yield from ((topic_key(topic, part), text) for part, text in optional.items() if text)
