"""Corpus folder -> index: what is read, what is encoded anew, and how the new build takes the old one's place."""

import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.describe import knowledge_files, load_knowledge
from ingest.embed import Encoder, Vectors
from ingest.errors import CorpusError, NavigatorError, UsageError
from ingest.index import (
    CURRENT,
    FORMAT,
    Manifest,
    Store,
    asks_of,
    current_build,
    damaged_file,
    encoded_texts,
    read_manifest,
    write_build,
)
from ingest.learned import Learned, learn
from ingest.read import Unreadable, read
from ingest.records import Document, Skip, Source
from ingest.settings import HOME
from ingest.shipped import ship_vectors, shipped_vectors
from ingest.sources import DESCRIPTION, find_sources, verify_checksum
from ingest.split import split
from ingest.vectors import stored_vectors

# Texts encoded between two steps of the progress bar.
_BATCH = 32
_ASIDE = ".building-"
_BUILD = "build-"

Progress = Callable[[str, int, int], None]
"""Told what is going on, how many are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did."""

    documents: int
    passages: int
    asks: int
    encoded: int
    skips: tuple[Skip, ...]
    is_unchanged: bool
    seconds: float


def build_index(corpus: Path, index: Path, encoders: Sequence[Encoder], *, progress: Progress) -> Summary:
    """Build or refresh the index; the old build answers until the new one is whole, then they swap.

    Raises CorpusError when nothing can be indexed or a describing file is wrong; the old build stays.
    """
    began = time.monotonic()
    marks = tuple((encoder.name, encoder.version) for encoder in encoders)
    files, missing = find_sources(corpus)
    checksum = corpus_checksum(corpus)
    if same := _unchanged(index, checksum, marks):
        return Summary(same.documents, same.passages, same.asks, 0, same.skips, True, time.monotonic() - began)
    documents, skips = _read_all(files, progress)
    skips = (*missing, *skips)
    passages = tuple(passage for document in documents.values() for passage in split(document))
    if not passages:
        raise CorpusError(f"nothing in {corpus} can be indexed{_because(skips)}")
    store = Store(documents, passages, load_knowledge(corpus, documents, home=HOME))
    vectors, encoded = _encode(store, corpus, current_build(index), encoders, progress)
    asks = asks_of(store.knowledge)
    ask_vectors = {name: by_collection["asks"] for name, by_collection in vectors.items()}
    learned = learn(store.knowledge, encoders, asks, ask_vectors)
    built_at = datetime.now(UTC).isoformat()
    manifest = Manifest(
        FORMAT, marks, str(corpus.resolve()), checksum, built_at, len(documents), len(passages), len(asks), skips
    )
    _swap_in(index, store, manifest, vectors, learned)
    return Summary(len(documents), len(passages), len(asks), encoded, skips, False, time.monotonic() - began)


def save_vectors(corpus: Path, index: Path, encoders: Sequence[Encoder]) -> list[Path]:
    """Keep the vectors of a built index beside the corpus, for quick first builds; returns the files."""
    build = current_build(index)
    if build is None:
        raise CorpusError(f"there is no index in {index} to take vectors from; run: python -m ingest --index {index}")
    return [ship_vectors(corpus, encoder, stored_vectors(build / "chroma", encoder)) for encoder in encoders]


def corpus_checksum(corpus: Path) -> str:
    """One checksum over every file that the index is made from, and over the code that makes it."""
    files, _ = find_sources(corpus)
    people = [HOME / "contacts.toml", HOME / "routes.toml"]
    beside = [*knowledge_files(corpus), *people, *sorted(Path(__file__).parent.glob("*.py"))]
    described = corpus / DESCRIPTION
    digest = hashlib.sha256()
    for path in [*(path for path, _ in files), *([described] if described.exists() else []), *beside]:
        name = path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else path.name
        digest.update(f"{name}\0".encode())
        digest.update(_content_digest(path))
    return digest.hexdigest()


def _content_digest(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"unreadable"


def _unchanged(index: Path, checksum: str, marks: tuple[tuple[str, str], ...]) -> Manifest | None:
    build = current_build(index)
    if build is None:
        return None
    try:
        manifest = read_manifest(build)
    except NavigatorError:
        return None
    whole = not damaged_file(build, manifest)
    return manifest if whole and manifest.corpus_checksum == checksum and manifest.encoders == marks else None


def _read_all(files: Sequence[tuple[Path, Source]], progress: Progress) -> tuple[dict[str, Document], tuple[Skip, ...]]:
    documents: dict[str, Document] = {}
    skips: list[Skip] = []
    for done, (path, source) in enumerate(files, 1):
        try:
            verify_checksum(path, source)
            documents[source.id] = _titled(read(path, source))
        except Unreadable as reason:
            skips.append(Skip(source.file, str(reason)))
        except OSError as fault:
            skips.append(Skip(source.file, f"can't be opened: {fault.strerror}"))
        progress("reading", done, len(files))
    return documents, tuple(skips)


def _titled(document: Document) -> Document:
    """A document that sources.toml does not describe is called by its first heading, else by its file's name."""
    if document.source.title:
        return document
    first = document.blocks[0]
    heading = document.text[first.start : first.end] if first.kind == "heading" else ""
    return replace(document, source=replace(document.source, title=heading or Path(document.source.file).stem))


def _because(skips: Sequence[Skip]) -> str:
    return f" ({skips[0].file}: {skips[0].reason})" if skips else " (no files, or none with more than headings)"


def _encode(
    store: Store, corpus: Path, old: Path | None, encoders: Sequence[Encoder], progress: Progress
) -> tuple[dict[str, dict[str, Vectors]], int]:
    """The vectors of `encoded_texts` by encoder and collection, and how many had to be encoded."""
    texts = encoded_texts(store)
    all_texts = {text for wanted in texts.values() for text in wanted}
    vectors: dict[str, dict[str, Vectors]] = {}
    encoded = 0
    for encoder in encoders:
        known = shipped_vectors(corpus, encoder, all_texts) | _known(old, encoder)
        encode = {"asks": encoder.encode_queries}
        for kind, wanted in texts.items():
            new = sorted({text for text in wanted if text not in known}, key=len)
            encoded += len(new)
            known |= _encoded(encode.get(kind, encoder.encode_passages), new, f"{kind}, {encoder.name}", progress)
        vectors[encoder.name] = {kind: _stack(known, wanted) for kind, wanted in texts.items()}
    return vectors, encoded


def _known(old: Path | None, encoder: Encoder) -> dict[str, Vectors]:
    try:
        if old is None or (encoder.name, encoder.version) not in read_manifest(old).encoders:
            return {}
        return stored_vectors(old / "chroma", encoder)
    except Exception:
        # A damaged old build only costs the time to encode anew.
        return {}


def _encoded(
    encode: Callable[[Sequence[str]], Vectors], texts: Sequence[str], what: str, progress: Progress
) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        found |= dict(zip(batch, encode(batch), strict=True))
        progress(what, start + len(batch), len(texts))
    return found


def _stack(known: dict[str, Vectors], texts: Sequence[str]) -> Vectors:
    return np.array([known[text] for text in texts], dtype=np.float32)


def _swap_in(
    index: Path, store: Store, manifest: Manifest, vectors: dict[str, dict[str, Vectors]], learned: Learned
) -> None:
    """Write the build aside, then point CURRENT at it in one step; the build before it is kept for its readers."""
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    aside, build = index / f"{_ASIDE}{name}", index / f"{_BUILD}{name}"
    try:
        aside.mkdir(parents=True)
        write_build(aside, store, manifest, vectors, learned)
        before = current_build(index)
        aside.rename(build)
        pointer = build / CURRENT
        pointer.write_text(build.name, encoding="utf-8")
        os.replace(pointer, index / CURRENT)
    except OSError as fault:
        raise UsageError(f"the index can't be written into {index} ({fault.strerror}); set --index") from fault
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _sweep(index, keep={build, before})


def _sweep(index: Path, keep: set[Path | None]) -> None:
    """Delete builds that nobody reads any more and what a killed build left behind; other running builds stay."""
    candidates = [path for path in index.iterdir() if path.name.startswith((_ASIDE, _BUILD)) and path not in keep]
    current = current_build(index)
    for path in candidates:
        if path != current and not _is_running_elsewhere(path):
            shutil.rmtree(path, ignore_errors=True)


def _is_running_elsewhere(path: Path) -> bool:
    """Whether another process that still runs is making this build; where that can't be asked, assume it."""
    pid = path.name.removeprefix(_ASIDE).removeprefix(_BUILD).partition("-")[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    if os.name == "nt":
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
