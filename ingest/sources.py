"""A corpus folder -> the files in it, each with its Source, as sources.toml describes them."""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.errors import CorpusError
from ingest.records import Skip, Source
from ingest.tables import Row, load_rows

DESCRIPTION = "sources.toml"


class _SourceRow(Row):
    file: str
    title: str
    publisher: str = ""
    label: str = ""
    date: str = ""
    year: int = 0
    audience: str = ""
    programs: list[str] = []
    plan: str = ""
    counties: list[str] = []
    url: str = ""
    sha256: str = ""
    column_heads: list[list[str]] = []


def find_sources(corpus: Path) -> tuple[list[tuple[Path, Source]], list[Skip]]:
    """The corpus's files with their sources, by name; and described files that are missing.

    Documents lie in corpus/documents if there is such a folder, else anywhere in the corpus folder.
    Raises CorpusError when the folder is missing or its sources.toml can't be used.
    """
    if not corpus.is_dir():
        raise CorpusError(f"{corpus} is not a folder; name a folder of documents with --corpus")
    root = corpus / "documents" if (corpus / "documents").is_dir() else corpus
    described = {source.file: source for source in load_sources(corpus / DESCRIPTION)}
    found = [(path, _source(path, root, described)) for path in _files(root)]
    names = {source.file for _, source in found}
    doubled, count = next(iter(Counter(source.id for _, source in found).most_common(1)), ("", 0))
    if count > 1:
        raise CorpusError(f"{corpus / DESCRIPTION}: the id {doubled!r} is also the name of a file; choose another id")
    return found, [
        Skip(file, f"{DESCRIPTION} names it, but it is not there") for file in described if file not in names
    ]


def load_sources(path: Path) -> list[Source]:
    """The entries of a sources.toml; none if there is no such file. Raises CorpusError with file, line and reason."""
    rows = load_rows(path, "source", _SourceRow) if path.exists() else []
    files: set[str] = set()
    for place, row in rows:
        if row.file in files:
            raise place.mistake(f"the file {row.file!r} is described twice")
        files.add(row.file)
    return [_as_source(row) for _, row in rows]


def checksum(content: bytes) -> str:
    """SHA-256 in hex, as `sha256sum` prints it."""
    return hashlib.sha256(content).hexdigest()


def verify_checksum(path: Path, source: Source) -> None:
    """Raises CorpusError when the file is not the one that sources.toml describes."""
    if source.sha256 and (now := checksum(path.read_bytes())) != source.sha256:
        raise CorpusError(
            f"{path} is not the file that {DESCRIPTION} describes; check its entry {source.id!r} "
            f'(its date above all), then set sha256 = "{now}"'
        )


def _files(root: Path) -> list[Path]:
    """Every file below `root` but hidden ones, those that describe a corpus and its vectors."""
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
        and path.suffix.lower() not in (".toml", ".npz")
    )


def _source(path: Path, root: Path, described: dict[str, Source]) -> Source:
    name = path.relative_to(root).as_posix()
    return described.get(name) or Source(id=name, file=name, title="")


def _as_source(row: _SourceRow) -> Source:
    values: dict[str, Any] = row.model_dump()
    values["column_heads"] = tuple(tuple(heads) for heads in row.column_heads)
    for name in ("programs", "counties"):
        values[name] = tuple(values[name])
    return Source(**values)
