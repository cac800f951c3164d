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


def next_questions(told: Sequence[Topic], entries: Sequence[Entry], language: str) -> tuple[str, ...]:
    """Up to three questions that are answered, about what is near to the first topic told, in that language."""
    by_id = {entry.id: entry for entry in entries}
    near = [by_id[name] for name in (told[0].related if told else ()) if name in by_id]
    return _questions((entry for entry in near if entry not in told), language)


def choices(
    verdict: Verdict, likely: Likely, told: Sequence[Topic], entries: Sequence[Entry], language: str
) -> tuple[str, ...]:
    """Of an unsure answer, up to three questions that may have been meant, likeliest first, but those answered."""
    if verdict.is_sure:
        return ()
    near = [entry for entry in entries if about(likely, entry) >= LEAST_CHOICE and entry not in told]
    return _questions(sorted(near, key=lambda entry: -about(likely, entry)), language)


def _questions(entries: Iterable[Entry], language: str) -> tuple[str, ...]:
    texts = (in_language(topic_key(entry, "question"), entry.question, language) for entry in entries)
    return tuple(text for text in texts if text)[:MAX_OFFERED]
