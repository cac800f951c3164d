"""One question from the page to the assistant: what happens to a fault, and which answers join the conversation."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Role, Sentence, Status, Turn
from ingest.index import Index
from page.contact_box import person_to_call
from page.conversation import history

_LOG = logging.getLogger(__name__)
# The question can be mended or sent again, so it stays in the box and not in the conversation.
KEPT = (Status.EMPTY_QUESTION, Status.QUESTION_TOO_LONG, Status.FAILED)
_FAILED = "Something went wrong on our side. Your question is still in the box. Please try again, or call a person."


class Assistant(Protocol):
    """What the page needs of an assistant."""

    @property
    def index(self) -> Index:
        """The open index."""
        ...

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        """The answer to one message."""
        ...


def respond(assistant: Assistant, message: str, answers: Sequence[Answer], role: Role) -> Answer:
    """The answer; a fault becomes one of status FAILED, and only its kind and place are logged."""
    try:
        # A conversation keeps what is shown; hits are for evals.
        return replace(assistant.answer(message, history(answers), role=role), hits=())
    except Exception as fault:
        # Whatever failed, the person gets a number to call. A fault's own text may hold the question.
        _LOG.error("answering failed: %s at %s", type(fault).__name__, _place(fault))
        contact = person_to_call(assistant.index.knowledge)
        return Answer(Status.FAILED, "", (Sentence(_FAILED, "fixed"),), (contact,) if contact else ())


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
