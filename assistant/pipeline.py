"""The order of an answer, and nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self
from unicodedata import category

from assistant import frame
from assistant.answer import Answer, Citation, Role, Sentence, Status, Turn
from assistant.compose import MAX_STATEMENTS, Draft, choose, compose, compose_prepared, nearest_words
from assistant.decide import Verdict, decide, heard_alarm
from assistant.fit import about, answered_beside_gaps, choose_entries, fitting_entries, prefer_fitting
from assistant.language import detect_language
from assistant.library import Library
from assistant.model import ChatModel
from assistant.offer import choices, next_questions
from assistant.open_points import open_points
from assistant.prepared import definition, sentences
from assistant.privacy import mask
from assistant.retrieve import Evidence, Retrieved, retrieve
from assistant.texts import MAX_QUESTION_CHARS, say, speaks
from assistant.triage import Alarm, alarm_of, triage
from assistant.understand import Asked, understand
from assistant.verify import verify
from assistant.writer import Shown, Writer, is_covered
from ingest.encoders import load_encoders
from ingest.index import Index, open_index
from ingest.knowledge import Entry
from ingest.records import join_words
from ingest.rerank import Reranker, load_reranker
from ingest.settings import Settings

# An entry with this share of the vote is about the word that is asked for, and says more of it than the glossary.
ENTRY_VOTE = 0.25
# When the meaning is asked for in so many words.
PLAIN_ENTRY_VOTE = 0.5
# An entry with this share of the vote is near enough to a gap to be told beside it.
NEAREST_VOTE = 0.08
# A prepared sentence as short as a notice says no more than the notice that cites the same words.
NOTICE_WORDS = 9


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one index; keeps nothing of a conversation, so one serves everybody."""

    index: Index
    library: Library
    model: ChatModel | None = None
    shown: Shown | None = None
    """Called with each sentence that a chat model wrote once it has passed every check, before the answer is whole."""
    reranker: Reranker | None = None
    asking: Callable[[], None] | None = None
    """Called when the chat model is asked, before it has said anything."""

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the index and the models that the settings name; raises what `open_index` and `load_reranker` raise."""
        index = open_index(settings.index, load_encoders(settings))
        return cls(index, Library(index), _chat_model(settings), reranker=load_reranker(settings))

    def answer(
        self,
        message: str,
        history: Sequence[Turn] = (),
        *,
        role: Role = Role.BENEFICIARY,
        language: str = "",
        shown: Shown | None = None,
    ) -> Answer:
        """Answer one message, given the turns before it, oldest first; `language` overrides the detected one.

        `shown` is called with each sentence of a chat model as soon as it has passed every check.
        """
        if shown is not None:
            return replace(self, shown=shown).answer(message, history, role=role, language=language)
        if alarm := triage(message):
            return self._alarm(message, alarm)
        masked = mask(_legible(message))
        if status := _unreadable(masked.text):
            return self._refusal(status, masked.text[:MAX_QUESTION_CHARS], masked.removed, language)
        asked = understand(masked.text, _masked(history), self.index.knowledge, self.library.spelling, language)
        found = retrieve(asked, self.index, self.library, self.reranker)
        if kind := heard_alarm(asked, found.evidence):
            return self._alarm(message, alarm_of(kind, asked.language))
        fits = fitting_entries(asked, found, self.library)
        entries = choose_entries(found, fits)
        found = replace(found, candidates=prefer_fitting(asked, found.candidates, self.index, self.library))
        verdict = decide(asked, found.evidence, self._best_words(found, entries), self.library.gaps)
        if verdict.gap and (clear := answered_beside_gaps(asked, found, self.library)):
            verdict, entries = Verdict(Status.ANSWERED, signs=verdict.signs), clear
        draft = self._defined(asked, entries, found) or self._draft(asked, found, entries, verdict, role)
        if draft.is_definition:
            verdict = Verdict(Status.ANSWERED, signs=verdict.signs)
        verified = verify(draft.sentences, self.index.documents, self.index.knowledge)
        answer = self._framed(asked, replace(draft, sentences=verified), verdict, found.evidence)
        return replace(answer, removed=masked.removed, hits=found.hits, signs=verdict.signs)

    def watched(self, asking: Callable[[], None], shown: Shown) -> Self:
        """The same assistant, which calls these while it answers."""
        return replace(self, asking=asking, shown=shown)

    def _defined(self, asked: Asked, entries: Sequence[Entry], found: Retrieved) -> Draft | None:
        """The meaning of a word, where the question asks for that and no entry is about it."""
        term, is_plain = self.library.glossary.asked_for(asked.read)
        share = about(found.evidence.likely, entries[0]) if entries else 0.0
        if term is None or share >= (PLAIN_ENTRY_VOTE if is_plain else ENTRY_VOTE):
            return None
        return Draft((definition(term, asked.spoken, self.index),), is_definition=True)

    def _draft(self, asked: Asked, found: Retrieved, entries: Sequence[Entry], verdict: Verdict, role: Role) -> Draft:
        if verdict.gap and verdict.is_sure:
            near = nearest_words(verdict.gap, self.index, role, asked.spoken)
            return Draft(near or self._nearest_answer(asked, found, entries, role), (verdict.gap,))
        if verdict.status is not Status.ANSWERED and not verdict.gap:
            return Draft()
        if not verdict.gap and (written := self._written(asked, found, entries, role)):
            return written
        if said := compose_prepared(asked, entries, found.candidates, self.index, role):
            return Draft(said, tuple(entries))
        return Draft(compose(asked, found.candidates, self.index, role))

    def _nearest_answer(
        self, asked: Asked, found: Retrieved, entries: Sequence[Entry], role: Role
    ) -> tuple[Sentence, ...]:
        """For a gap with nothing near it, the prepared answer that some asks speak for, if there is one."""
        first = entries[0] if entries else None
        if first is None or about(found.evidence.likely, first) < NEAREST_VOTE:
            return ()
        return sentences(first, role, asked.spoken, self.index)

    def _written(self, asked: Asked, found: Retrieved, entries: Sequence[Entry], role: Role) -> Draft | None:
        """The answer with what a chat model adds to it; none without a model, or where prepared answers say all."""
        if self.model is None:
            return None
        said = compose_prepared(asked, entries, found.candidates, self.index, role)
        if said and is_covered(found.evidence, entries):
            return None
        without = said or compose(asked, found.candidates, self.index, role)
        if self.asking:
            self.asking()
        written = Writer(self.model, self.index, role, self.shown).answer(asked, found.candidates, without)
        return Draft(written, tuple(entries) if said else ()) if written else None

    def _framed(self, asked: Asked, draft: Draft, verdict: Verdict, evidence: Evidence) -> Answer:
        is_empty = verdict.status is Status.ANSWERED and not draft.sentences
        status = Status.NOT_IN_DOCUMENTS if is_empty else verdict.status
        language = asked.spoken
        is_ours = status is not Status.OFF_TOPIC
        left_open = open_points(asked, draft.topics, draft.sentences, evidence, self.library) if is_ours else ()
        told = (*draft.sentences, *left_open, *(frame.fixed(topic.topic) for topic in draft.topics[:1]))
        notices = frame.notices(asked, told, self.index) if is_ours else ()
        said = frame.today_first(_beside(notices, draft.sentences), asked, self.index)
        middle = frame.body(status, verdict, said, language)
        meant = choices(verdict, evidence.likely, draft.topics, self.library.entries, language) if is_ours else ()
        return Answer(
            status,
            asked.question,
            (
                *frame.with_notices(notices, middle, asked, self.index),
                *left_open,
                *frame.closing(asked, draft.sentences, self.index, language),
            ),
            frame.contacts(asked.standalone, self.index.knowledge, frame.contacts_of(draft.topics), language),
            language,
            asked.standalone,
            words=frame.words_of(draft.sentences, self.library.glossary, language),
            review=frame.review_of(draft.topics, self.index.knowledge),
            choices=meant,
            next_questions=()
            if meant
            else next_questions(evidence.likely, draft.topics, self.library.entries, language),
        )

    def _best_words(self, found: Retrieved, entries: Sequence[Entry]) -> str:
        """The words of the best statements and of the prepared answers, to see what they hold."""
        chosen = choose(found.candidates, self.index.documents, MAX_STATEMENTS)
        prepared = (row.text for entry in entries for row in (*entry.plain, *entry.staff))
        return " ".join(prepared) + " ".join(
            self.index.documents[one.source_id].text[one.statement.start : one.statement.end] for one in chosen
        )

    def _alarm(self, message: str, alarm: Alarm) -> Answer:
        status = Status(alarm.kind)
        contacts = frame.alarm_contacts(status, self.index.knowledge)
        masked = mask(message)
        return Answer(
            status, masked.text, (frame.fixed(alarm.text),), contacts, alarm.language, masked.text, masked.removed
        )

    def _refusal(self, status: Status, question: str, removed: tuple[str, ...], language: str) -> Answer:
        told = language or (detect_language(question) if status is Status.QUESTION_TOO_LONG else "en")
        language = told if speaks(told) else "en"
        contacts = frame.contacts("", self.index.knowledge, language=language)
        words = say(status.value, language, most=f"{MAX_QUESTION_CHARS:,}")
        return Answer(status, question, (frame.fixed(words),), contacts, language, question, removed)


def _beside(notices: Sequence[Sentence], sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that do not only repeat what a notice says; all if nothing else is left."""
    told = {citation for notice in notices for citation in notice.citations}
    new = tuple(each for each in sentences if not _repeats(each, told))
    return new or tuple(sentences)


def _repeats(sentence: Sentence, told: set[Citation]) -> bool:
    is_short = sentence.kind == "quote" or len(sentence.text.split()) <= NOTICE_WORDS
    return bool(sentence.citations) and set(sentence.citations) <= told and is_short


def _legible(message: str) -> str:
    """The message without characters that show nothing: control codes become blanks, invisible joiners go."""
    shown = (" " if category(each) == "Cc" else each for each in message if category(each) != "Cf")
    return join_words("".join(shown))


def _unreadable(question: str) -> Status | None:
    if not any(character.isalnum() for character in question):
        return Status.EMPTY_QUESTION
    return Status.QUESTION_TOO_LONG if len(question) > MAX_QUESTION_CHARS else None


def _masked(history: Sequence[Turn]) -> tuple[Turn, ...]:
    return tuple(Turn(turn.role, join_words(mask(turn.content).text)[:MAX_QUESTION_CHARS]) for turn in history)


def _chat_model(settings: Settings) -> ChatModel | None:
    if not settings.chat_model:
        return None
    from assistant.bridge import LangChainModel
    from assistant.guard import GuardedModel, Limits

    model = LangChainModel(settings.chat_model, settings.chat_base_url)
    return GuardedModel(model, Limits(daily_tokens=settings.chat_daily_tokens))
