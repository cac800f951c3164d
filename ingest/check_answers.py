"""Prepared answers against what holds them: numbers, names and denials of each sentence, and how hard it reads."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.knowledge import Entry, Knowledge, Prepared, Program, Topic
from ingest.places import COUNTIES
from ingest.reading import GOAL, grade
from ingest.records import Document, Quote
from ingest.support import lost_denial, missing_names, missing_numbers

# Fewer ways of asking leave people unheard: a trial library of 12 each found 91% of unseen questions.
MIN_ASKS = 12
# Of the languages that the whole library speaks.
MIN_OTHER_ASKS = {"es": 6}
# Sentences of one answer; a person on a phone reads four.
MAX_SENTENCES = 6

Found = Iterator[tuple[str, str]]
"""Pairs of the id of an entry and what is wrong with it."""


def check_answers(knowledge: Knowledge, documents: Mapping[str, Document]) -> Found:
    """What is wrong with entries, gaps, updates and terms."""
    for topic in knowledge.topics:
        yield from ((topic.id, reason) for reason in _asks(topic))
        if isinstance(topic, Entry):
            yield from ((topic.id, f"{name}: is missing") for name in _missing_parts(topic))
        for register, sentences in (("plain", topic.plain), ("staff", topic.staff)):
            if len(sentences) > MAX_SENTENCES:
                yield topic.id, f"{register}: {len(sentences)} sentences, at most {MAX_SENTENCES}"
            for number, sentence in enumerate(sentences, 1):
                where = f"{register}, sentence {number}"
                yield from ((topic.id, f"{where}: {reason}") for reason in _unheld(sentence, knowledge, documents))
        yield from _too_hard(topic.id, [sentence.text for sentence in topic.plain], knowledge)
    for update in knowledge.updates:
        yield from _too_hard(f"update.{update.id}", [update.text], knowledge)
    for term in knowledge.terms:
        yield from _too_hard(f"term.{term.id}", [term.meaning], knowledge)


def check_same(entries: Sequence[Entry]) -> Found:
    """Pairs of entries that give the same plain answer under the same conditions."""
    seen: dict[tuple[object, ...], str] = {}
    for entry in entries:
        answer = (tuple(sentence.text for sentence in entry.plain), entry.plan, entry.county, entry.who)
        quotes = (frozenset(entry.quotes), frozenset(entry.programs), entry.topic.lower())
        for key in (answer, quotes):
            if entry.plain and key in seen:
                yield entry.id, f"answers the same as {seen[key]!r}; make them one entry"
            seen.setdefault(key, entry.id)


def _asks(topic: Topic) -> Iterator[str]:
    if len(topic.asks) < MIN_ASKS:
        yield f"asks: {len(topic.asks)} ways of asking, at least {MIN_ASKS} are wanted"
    for language, least in MIN_OTHER_ASKS.items():
        if (count := len(topic.other_asks.get(language, ()))) < least:
            yield f"asks/{language}.toml: {count} ways of asking, at least {least} are wanted"
    words = [" ".join(ask.lower().split()) for ask in topic.all_asks]
    yield from (f"asks: {ask!r} stands twice" for ask in sorted(set(words)) if words.count(ask) > 1)


def _missing_parts(entry: Entry) -> list[str]:
    return [name for name in ("quotes", "plain", "staff", "contacts") if not getattr(entry, name)]


def _unheld(sentence: Prepared, knowledge: Knowledge, documents: Mapping[str, Document]) -> Iterator[str]:
    held = _held(sentence, knowledge, documents)
    words = " ".join(held)
    about = f"{words} {_about(sentence.quotes, documents, knowledge)}"
    if missing := missing_numbers(sentence.text, about):
        yield f"nothing that it rests on holds {', '.join(missing)}: {sentence.text!r}"
    if missing := missing_names(sentence.text, _names(documents), about):
        yield f"nothing that it rests on names {', '.join(missing)}: {sentence.text!r}"
    if missing := [program.name for program in _unnamed(sentence.text, about, knowledge)]:
        yield f"nothing that it rests on is about {', '.join(missing)}: {sentence.text!r}"
    if reason := lost_denial(sentence.text, held):
        yield f"{reason}: {sentence.text!r}"


def _held(sentence: Prepared, knowledge: Knowledge, documents: Mapping[str, Document]) -> list[str]:
    held = [documents[quote.source_id].text[quote.span.start : quote.span.end] for quote in sentence.quotes]
    if update := knowledge.update(sentence.update):
        held.append(f"{update.text} {update.page_date}")
    if contact := knowledge.contact(sentence.contact):
        held.append(" ".join((contact.who, contact.number, contact.tty, contact.hours, contact.purpose)))
    if sentence.fact:
        held.append(knowledge.facts[sentence.fact].text)
    return held


def _about(quotes: Sequence[Quote], documents: Mapping[str, Document], knowledge: Knowledge) -> str:
    """What the quotes are about by their documents: plan, date and programs, whose names they need not repeat."""
    sources = {quote.source_id: documents[quote.source_id].source for quote in quotes}.values()
    programs = [program for source in sources for program in map(knowledge.program, source.programs) if program]
    names = [name for program in programs for name in (program.name, *program.aliases)]
    county = [each for source in sources if source.plan and len(source.counties) == 1 for each in source.counties]
    dates = [f"{source.plan} {source.date} {source.label} {source.publisher}" for source in sources]
    return " ".join([*names, *county, *dates])


def _names(documents: Mapping[str, Document]) -> list[str]:
    """Plans and counties that the corpus knows: naming the wrong one is the error that costs most."""
    sources = [document.source for document in documents.values()]
    return sorted({name for source in sources for name in (source.plan, *source.counties) if name})


def _unnamed(text: str, about: str, knowledge: Knowledge) -> list[Program]:
    return [
        program
        for program in knowledge.programs
        if missing_names(text, (program.name, *program.aliases), "")
        and not missing_names(about, (program.name, *program.aliases), "")
    ]


def _too_hard(id_: str, sentences: Sequence[str], knowledge: Knowledge) -> Found:
    names = [name for program in knowledge.programs for name in (program.name, *program.aliases)]
    names += [name for term in knowledge.terms for name in term.names]
    names += [*COUNTIES, *(entry.plan for entry in knowledge.entries if entry.plan)]
    found = grade(sentences, names) if sentences else None
    if found is not None and found > GOAL:
        yield id_, f"reads at grade {found:.1f}, at most {GOAL:.0f} is wanted"
