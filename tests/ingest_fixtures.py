"""For the tests of ingest: folders of documents, builds without a model, and encoders that count or end the process."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.build import Summary, build_index
from ingest.embed import HashEncoder, Vectors
from ingest.index import BM25, Found, Index, Search, open_index
from ingest.read import read
from ingest.records import Document, Source
from ingest.settings import PROJECT
from ingest.sources import find_sources
from ingest.structure import statements

SHIPPED = PROJECT / "corpus"
BROCHURE, DHCS, HEALTH_NET = "la-care-brochure", "dhcs-cci-page", "health-net-manual"
FACT_SHEET, CHCF = "dhcs-medi-medi-fact-sheet", "chcf-in-alignment"


class CountingEncoder(HashEncoder):
    """Keeps every text it has encoded."""

    def __init__(self, name: str = "hash", version: str = "1") -> None:
        super().__init__(name)
        self.version = version
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().encode_passages(texts)


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with those files in it, by name; text is UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def build(corpus: Path, index: Path, encoder: HashEncoder | None = None) -> Summary:
    """Build without a model."""
    return build_index(corpus, index, [encoder or HashEncoder()], progress=quiet)


def opened(index: Path) -> Index:
    """The index, opened without a model."""
    return open_index(index, [HashEncoder()])


def search(index: Index, texts: Sequence[str], count: int) -> list[Found]:
    """What each text finds by every ranker."""
    rankers = (BM25, *(encoder.name for encoder in index.encoders))
    return index.search([Search(text, rankers) for text in texts], count)


def texts_in(index: Path) -> dict[str, str]:
    """The text of each document of an index."""
    return {source_id: document.text for source_id, document in opened(index).documents.items()}


def document(folder: Path, name: str, content: str | bytes, *column_heads: tuple[str, ...]) -> Document:
    """The document in a file of that name and content."""
    write_files(folder, {name: content})
    return read(folder / name, Source(id=name, file=name, title="A title", column_heads=column_heads))


def shipped_documents() -> dict[str, tuple[str, Document]]:
    """By source id: the raw text of the file and the document read from it."""
    files, _ = find_sources(SHIPPED)
    return {source.id: (path.read_bytes().decode("utf-8"), read(path, source)) for path, source in files}


def said(found: Document) -> list[str]:
    """The words of each statement."""
    return [found.text[each.start : each.end] for each in statements(found)]


def leads_of(found: Document, words: str) -> tuple[str, ...]:
    """The list heads of the one statement that begins with `words`."""
    (leads,) = [each.leads for each in statements(found) if found.text[each.start : each.end].startswith(words)]
    return tuple(found.text[lead.start : lead.end] for lead in leads)


def headings(found: Document) -> list[str]:
    """The headings in reading order."""
    return [found.text[block.start : block.end] for block in found.blocks if block.kind == "heading"]


def run_python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, in the project's folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=os.environ | {"HF_HUB_OFFLINE": "1"} | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
