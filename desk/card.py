"""A question -> what an agent needs with a caller waiting: script, policy, what to ask first, where to transfer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer, Role, Sentence, Status
from assistant.pipeline import Assistant
from assistant.prepared import sentences
from assistant.texts import say, translated_text
from desk.beside import Difference, Neighbors, updates_in
from ingest.knowledge import Contact, Entry, Topic, Update
from ingest.records import Quote, Span

URGENT = (Status.EMERGENCY, Status.CRISIS)
# Words that limit what is said: an exception, a condition, a ceiling.
_LIMIT = re.compile(
    r"\b(?:except\w*|exclud\w*|unless|however|only|up to|limited|not covered|carved[- ]out|regardless|if|but not)\b",
    re.I,
)
_SPOKEN = ("notice", "prepared", "written", "update", "definition", "fixed")
# Who a prepared answer is for, in the library's word; what to ask a caller.
_WHO = {"provider": "Is the caller a doctor or another provider?"}


@dataclass(frozen=True, slots=True)
class Card:
    """Everything on one call card, in the order in which it is needed."""

    question: str
    """Masked."""
    status: Status
    script: tuple[Sentence, ...]
    """What to read aloud, in `language`; empty where only quotes answer."""
    language: str
    """Of the script; English where there is none in the caller's language."""
    ask_first: tuple[str, ...] = ()
    policy: tuple[Sentence, ...] = ()
    """What the documents say: sentences for staff with the words they rest on, and quotes."""
    limits: tuple[Sentence, ...] = ()
    """The other sentences for staff: those that hold an exception, a condition or a ceiling."""
    differs: tuple[Difference, ...] = ()
    """Where the documents that it rests on disagree."""
    contacts: tuple[Contact, ...] = ()
    unsaid: tuple[str, ...] = ()
    newer: tuple[Update, ...] = ()
    removed: tuple[str, ...] = ()
    review: str = ""
    """Whether a person has reviewed the prepared answer, as in an `Answer`."""

    @property
    def is_urgent(self) -> bool:
        """Whether only a number to call counts."""
        return self.status in URGENT


def make_card(assistant: Assistant, neighbors: Neighbors, question: str, language: str = "en") -> Card:
    """The card of a question; `language` is the caller's, the question may be typed in any.

    A chat model is asked once, for the words to say; the policy is in the documents' own.
    """
    own = replace(assistant, model=None)
    staff = own.answer(question, role=Role.STAFF)
    plain = own.answer(question)
    topics = topics_in(plain, assistant.index.knowledge.topics)
    script = _script(assistant, question, plain, topics, language)
    policy, limits = _parted([each for each in staff.sentences if each.citations])
    return Card(
        staff.question,
        staff.status,
        script.sentences if _is_told(script) or staff.status is not Status.ANSWERED else (),
        script.language,
        _ask_first(plain, topics),
        policy,
        limits,
        neighbors.differing(Quote(each.source_id, Span(each.start, each.end)) for each in staff.citations),
        staff.contacts,
        _unsaid(staff, topics),
        _newer(assistant, topics),
        staff.removed,
        plain.review,
    )


def _parted(cited: Sequence[Sentence]) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """The policy, and what limits it. The first sentence after the notices is the policy, whatever it holds."""
    first = next((each for each in cited if each.kind != "notice"), None)
    limits = [each for each in cited if each is not first and each.kind != "notice" and _LIMIT.search(each.text)]
    return tuple(each for each in cited if each not in limits), tuple(limits)


def _is_told(script: Answer) -> bool:
    return any(sentence.kind in ("prepared", "written", "update", "definition") for sentence in script.sentences)


def topics_in(answer: Answer, topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """The entries and gaps whose prepared sentences an answer shows, the one with the most first."""
    texts = {each.english or each.text for each in answer.sentences if each.kind in ("prepared", "update", "fixed")}
    shown = [(texts.intersection(row.text for row in (*topic.plain, *topic.staff)), topic) for topic in topics]
    found: list[Topic] = []
    for said, topic in sorted(shown, key=lambda each: -len(each[0])):
        if said & texts:
            found.append(topic)
            texts -= said
    return tuple(found)


def _script(assistant: Assistant, question: str, plain: Answer, topics: Sequence[Topic], language: str) -> Answer:
    """The answer whose words are read aloud; prepared ones in the caller's language where they have been translated."""
    is_other = language != plain.language and plain.status not in URGENT
    if is_other and (translated := _translated(assistant, plain, topics, language)):
        return translated
    told = plain
    if assistant.model or (is_other and not topics):
        told = assistant.answer(question, language=language if is_other and not topics else "")
    return replace(told, sentences=tuple(each for each in told.sentences if each.kind in _SPOKEN))


def _translated(assistant: Assistant, plain: Answer, topics: Sequence[Topic], language: str) -> Answer | None:
    said = [each for topic in topics for each in sentences(topic, Role.BENEFICIARY, language, assistant.index)]
    if not said:
        return None
    notices = [_in_language(assistant, notice, language) for notice in plain.notices]
    return replace(plain, sentences=(*notices, *said, _checked(language)), language=language)


def _checked(language: str) -> Sentence:
    return Sentence(say("not_reviewed", language), "fixed")


def _in_language(assistant: Assistant, notice: Sentence, language: str) -> Sentence:
    english = notice.english or notice.text
    keys = [fact.id for fact in assistant.index.knowledge.facts.values() if fact.text == english]
    words = translated_text(f"notice.{keys[0]}", english, language) if keys else ""
    return replace(notice, text=words or english, english=english if words else "")


def _ask_first(answer: Answer, topics: Sequence[Topic]) -> tuple[str, ...]:
    """The answer's own question with what to choose from; then the conditions of the prepared answers."""
    entries = [topic for topic in topics if isinstance(topic, Entry)]
    choices = [f"Do you mean: {choice}" for choice in answer.choices]
    counties = [f"Is it about {entry.county} County? This answer holds there." for entry in entries if entry.county]
    plans = [f"Is the plan {entry.plan}? This answer is of that plan." for entry in entries if entry.plan]
    who = [_WHO.get(entry.who, f"Is the caller: {entry.who}?") for entry in entries if entry.who]
    return tuple(dict.fromkeys((*choices, *counties, *plans, *who)))


def _unsaid(answer: Answer, topics: Sequence[Topic]) -> tuple[str, ...]:
    open_ends = [say("gap", topic=topic.unsaid) for topic in topics if isinstance(topic, Entry) and topic.unsaid]
    refused = answer.status is Status.NOT_IN_DOCUMENTS
    return (*dict.fromkeys(open_ends), *(each.text for each in answer.sentences if refused and each.kind == "fixed"))


def _newer(assistant: Assistant, topics: Sequence[Topic]) -> tuple[Update, ...]:
    known = assistant.index.knowledge
    named = [name for topic in topics if isinstance(topic, Entry) for name in updates_in(topic)]
    found = map(known.update, dict.fromkeys(named))
    return tuple(update for update in found if update)
