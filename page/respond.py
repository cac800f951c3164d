"""One question from the page to the assistant: in which language, and what happens to a fault."""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Role, Sentence, Status, Turn
from ingest.index import Index
from page.contact_box import person_to_call
from page.texts import ENGLISH, STARTERS, label, spoken

_LOG = logging.getLogger(__name__)
# The question can be mended or sent again, so it stays in the box and not in the conversation.
KEPT = (Status.EMPTY_QUESTION, Status.QUESTION_TOO_LONG, Status.FAILED)


class Assistant(Protocol):
    """What the page needs of an assistant."""

    @property
    def index(self) -> Index:
        """The open index."""
        ...

    @property
    def model(self) -> object:
        """The chat model; None where there is none."""
        ...

    def watched(self, asking: Callable[[], None], shown: Callable[[Sentence], None]) -> "Assistant":
        """The same assistant; it calls `asking` when it asks the model, `shown` with each sentence that passed."""
        ...

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        """The answer to one message."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A message and the turns before it, oldest first; the page's language, and whether it was chosen by hand."""

    message: str
    history: tuple[Turn, ...] = ()
    language: str = ENGLISH
    is_chosen: bool = False
    role: Role = Role.BENEFICIARY
    starter: str = ""
    """The key of a question that the page offers, if that was pressed."""

    @property
    def told_in(self) -> str:
        """The language to answer in; empty: that of the message.

        English chosen by hand is no wish: people leave a page in English and type in their own language.
        """
        return self.language if self.is_chosen and self.language != ENGLISH else ""

    @property
    def searched(self) -> str:
        """What is searched for.

        Of the page's own questions that is the English, which finds the answer that was written for it: all of 70 in
        ten languages, where their own words found 61.
        """
        return label(self.starter) if self.is_starter else self.message

    @property
    def is_starter(self) -> bool:
        """Whether the page offers such a question."""
        return any(self.starter in asks for asks in STARTERS.values())


def respond(assistant: Assistant, asked: Asked) -> Answer:
    """The answer; a fault becomes one of status FAILED, and only its kind and place are logged."""
    try:
        answer = assistant.answer(asked.searched, asked.history, role=asked.role, language=asked.told_in)
        if asked.is_starter:
            return replace(answer, question=label(asked.starter, asked.language))
        if answer.status in KEPT and answer.language != asked.language:
            # There are no words to tell the language of the message by, so it is that of the page.
            answer = assistant.answer(asked.message, role=asked.role, language=asked.language)
    except Exception as fault:
        # Whatever failed, the person gets a number to call. A fault's own text may hold the question.
        _LOG.error("answering failed: %s at %s", type(fault).__name__, _place(fault))
        return _failed(assistant, asked.language)
    return answer


def _failed(assistant: Assistant, language: str) -> Answer:
    contact = person_to_call(assistant.index.knowledge, language)
    words = Sentence(label("failed", language), "fixed")
    return Answer(Status.FAILED, "", (words,), (contact,) if contact else (), spoken(language))


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
