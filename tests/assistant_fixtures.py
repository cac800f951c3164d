"""The assistant over the shipped corpus with its real encoders, and a chat model that says what it is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.library import Library
from assistant.pipeline import Assistant
from ingest.build import build_index
from ingest.encoders import load_encoders
from ingest.errors import ModelUnavailable
from ingest.index import open_index
from ingest.settings import PROJECT, Settings


@dataclass
class ScriptedModel:
    """Replies with the given texts in turn and keeps what it was asked; None is a model that does not answer."""

    replies: list[str | None]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def complete(self, system: str, user: str) -> str:
        self.asked.append((system, user))
        reply = self.replies.pop(0)
        if reply is None:
            raise ModelUnavailable("the chat model failed (TimeoutError)")
        return reply


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped corpus."""
    index = tmp_path_factory.mktemp("shipped") / "index"
    build_index(PROJECT / "corpus", index, load_encoders(Settings()), progress=lambda what, done, total: None)
    return index


@pytest.fixture(scope="session")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    """The assistant people get, without a chat model."""
    index = open_index(shipped_index, load_encoders(Settings()))
    yield Assistant(index, Library(index))
