"""The ground a run answered from: document texts and programs, kept in its folder so that scoring needs no index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter, ValidationError

from ingest.errors import UsageError
from ingest.index import Manifest
from ingest.knowledge import Knowledge
from ingest.records import Document

FILE = "corpus.json"


class Holdings(Protocol):
    """The part of an open index that evals read."""

    manifest: Manifest
    documents: Mapping[str, Document]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class KnownProgram:
    """A program by its names, and whether and when it ended."""

    id: str
    names: tuple[str, ...]
    status: str
    ended: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What citations and program statuses are checked against; empty when it was not kept."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By file name: the document's text as the reader gives it."""
    programs_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By file name: the ids of the programs that the document is about."""
    programs: tuple[KnownProgram, ...] = ()

    @property
    def program_names(self) -> tuple[str, ...]:
        """Every name of every program."""
        return tuple(name for program in self.programs for name in program.names)


_GROUND = TypeAdapter(Ground)


def ground_of(index: Holdings) -> Ground:
    """What an index holds of it."""
    documents = index.documents.values()
    return Ground(
        {document.source.file: document.text for document in documents},
        {document.source.file: document.source.programs for document in documents},
        tuple(
            KnownProgram(program.id, (program.name, *program.aliases), program.status, program.ended)
            for program in index.knowledge.programs
        ),
    )


def save_ground(ground: Ground, folder: Path) -> None:
    """Write it into a run folder."""
    (folder / FILE).write_bytes(_GROUND.dump_json(ground))


def load_ground(folder: Path) -> Ground:
    """What a run folder holds, or an empty ground; raises UsageError when the file is damaged."""
    path = folder / FILE
    if not path.exists():
        return Ground()
    try:
        return _GROUND.validate_json(path.read_bytes())
    except ValidationError as fault:
        raise UsageError(f"{path} is damaged; run the evals into a new folder") from fault
