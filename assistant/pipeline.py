"""The order of an answer, and nothing else."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self
from unicodedata import category

from assistant import frame
from assistant.answer import Answer, Role, Sentence, Status, Turn
from assistant.compose import MAX_STATEMENTS, choose, compose, nearest_words
from assistant.decide import Verdict, decide, heard_alarm
from assistant.fit import prefer_fitting
from assistant.library import Library
from assistant.model import ChatModel, write
from assistant.privacy import mask
from assistant.retrieve import Retrieved, retrieve
from assistant.texts import MAX_QUESTION_CHARS, say, speaks
from assistant.triage import Alarm, alarm_of, triage
from assistant.understand import Asked, understand
from assistant.verify import verify
from ingest.encoders import load_encoders
from ingest.errors import ModelUnavailable
from ingest.index import Index, open_index
from ingest.records import join_words
from ingest.settings import Settings

# Statements to look at for words to show with a gap that may not be one.
UNSURE_STATEMENTS = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one index; keeps nothing of a conversation, so one serves everybody."""

    index: Index
    library: Library
    model: ChatModel | None = None

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the index and the chat model that the settings name; raises what `open_index` raises."""
        index = open_index(settings.index, load_encoders(settings))
        return cls(index, Library(index), _chat_model(settings))

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        """Answer one message, given the turns before it, oldest first; `language` overrides the detected one."""
        if alarm := triage(message):
            return self._alarm(message, alarm)
        masked = mask(_legible(message))
        if status := _unreadable(masked.text):
            return self._refusal(status, masked.text[:MAX_QUESTION_CHARS], masked.removed)
        asked = understand(masked.text, _masked(history), self.index.knowledge, language)
        found = retrieve(asked, self.index, self.library)
        if kind := heard_alarm(found.evidence):
            return self._alarm(message, alarm_of(kind, asked.language))
        found = replace(found, candidates=prefer_fitting(asked, found.candidates, self.index, self.library))
        verdict = decide(asked, found.evidence, self._best_words(found))
        drafted = self._draft(asked, found, verdict, role)
        sentences = verify(drafted, self.index.documents, self.index.knowledge)
        return replace(self._framed(asked, sentences, verdict, found), removed=masked.removed)

    def _draft(self, asked: Asked, found: Retrieved, verdict: Verdict, role: Role) -> tuple[Sentence, ...]:
        if verdict.gap and verdict.is_sure:
            return nearest_words(verdict.gap, self.index)
        if verdict.gap:
            return compose(asked, found.candidates[:UNSURE_STATEMENTS], self.index, role)
        if verdict.status is not Status.ANSWERED:
            return ()
        return self._written(asked, found, role) or compose(asked, found.candidates, self.index, role)

    def _written(self, asked: Asked, found: Retrieved, role: Role) -> tuple[Sentence, ...]:
        """What a chat model wrote and the check let stand; nothing without one, and quotes take its place."""
        if self.model is None:
            return ()
        try:
            drafted = write(asked, found.candidates, self.index, role, self.model)
        except ModelUnavailable as fault:
            log.warning("the chat model did not answer: %s", fault)
            return ()
        return verify(drafted, self.index.documents, self.index.knowledge)

    def _framed(self, asked: Asked, sentences: tuple[Sentence, ...], verdict: Verdict, found: Retrieved) -> Answer:
        is_empty = verdict.status is Status.ANSWERED and not sentences
        status = Status.NOT_IN_DOCUMENTS if is_empty else verdict.status
        language = asked.language if speaks(asked.language) else "en"
        notices = frame.notices(asked, sentences, self.index) if status is not Status.OFF_TOPIC else ()
        gap = verdict.gap if verdict.is_sure else None
        middle = frame.body(status, verdict, _beside(notices, sentences), language)
        return Answer(
            status,
            asked.question,
            (*frame.with_notices(notices, middle, asked), *frame.closing(sentences, self.index, language)),
            frame.contacts(asked.standalone, self.index.knowledge, gap.contacts if gap else ()),
            language,
            asked.standalone,
            hits=found.hits,
        )

    def _best_words(self, found: Retrieved) -> str:
        chosen = choose(found.candidates, self.index.documents, MAX_STATEMENTS)
        return " ".join(
            self.index.documents[one.source_id].text[one.statement.start : one.statement.end] for one in chosen
        )

    def _alarm(self, message: str, alarm: Alarm) -> Answer:
        status = Status(alarm.kind)
        contacts = frame.alarm_contacts(status, self.index.knowledge)
        masked = mask(message)
        return Answer(
            status, masked.text, (frame.fixed(alarm.text),), contacts, alarm.language, masked.text, masked.removed
        )

    def _refusal(self, status: Status, question: str, removed: tuple[str, ...]) -> Answer:
        contacts = frame.contacts("", self.index.knowledge)
        return Answer(status, question, (frame.fixed(say(status.value)),), contacts, "en", question, removed)


def _beside(notices: Sequence[Sentence], sentences: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that do not only repeat the words that a notice already cites; all if nothing else is left."""
    told = {citation for notice in notices for citation in notice.citations}
    new = tuple(sentence for sentence in sentences if not set(sentence.citations) <= told)
    return new or tuple(sentences)


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

    return LangChainModel(settings.chat_model, settings.chat_base_url)
