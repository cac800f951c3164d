"""What to offer after an answer: what people ask next, or, when it is not sure what was meant, what that may be."""

from collections.abc import Iterable, Sequence

from assistant.decide import Verdict
from assistant.fit import about
from assistant.meaning import Likely
from assistant.texts import in_language
from ingest.knowledge import Entry, Topic
from ingest.translatable import topic_key

MAX_OFFERED = 3
# Less likely ones have nothing to do with the question.
LEAST_CHOICE = 0.03
LEAST_NEXT = 0.1


def next_questions(likely: Likely, told: Sequence[Topic], entries: Sequence[Entry], language: str) -> tuple[str, ...]:
    """Up to three questions that are answered: what may also be meant, then what is near the first topic told."""
    by_id = {entry.id: entry for entry in entries}
    related = [by_id[name] for name in (told[0].related if told else ()) if name in by_id]
    near = {entry.id: entry for entry in (*_likeliest(likely, entries, LEAST_NEXT), *related) if entry not in told}
    return _questions(near.values(), language)


def choices(
    verdict: Verdict, likely: Likely, told: Sequence[Topic], entries: Sequence[Entry], language: str
) -> tuple[str, ...]:
    """Of an unsure answer, up to three questions that may have been meant, likeliest first, but those answered."""
    if verdict.is_sure:
        return ()
    near = (entry for entry in _likeliest(likely, entries, LEAST_CHOICE) if entry not in told)
    return _questions(near, language)


def _likeliest(likely: Likely, entries: Sequence[Entry], least: float) -> list[Entry]:
    near = [entry for entry in entries if about(likely, entry) >= least]
    return sorted(near, key=lambda entry: -about(likely, entry))


def _questions(entries: Iterable[Entry], language: str) -> tuple[str, ...]:
    texts = (in_language(topic_key(entry, "question"), entry.question, language) for entry in entries)
    return tuple(text for text in texts if text)[:MAX_OFFERED]
