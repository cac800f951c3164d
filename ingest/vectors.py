"""Vectors on disk and in search. The only module that uses Chroma."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ingest.asking import in_common, told_apart
from ingest.embed import Encoder, Vectors, stay_on_one_thread

# Chroma takes at most 5,461 records a call on common SQLite builds.
_BATCH = 4096
# At 200 candidates HNSW misses almost nothing of the exact answer and costs about a millisecond.
_EF_SEARCH = 200
# What is compared exactly needs no graph of neighbors: the least that Chroma takes is made in a third of the time.
_NO_GRAPH = {"ef_construction": 4, "max_neighbors": 2}
# Kept in memory and compared exactly: the nearest ask of every topic is wanted, not the nearest asks of all.
_EXACT = ("asks", "statements")
# BLAS lays out all of a matrix anew for a product, and these fit into the cache: three questions and 10,974 asks take
# 2.5 ms so and 4.5 ms at once, with 512 rows 6.6 ms.
_ROWS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Near:
    """What is near one question, by one encoder."""

    passages: list[int]
    """Positions, nearest first."""
    passage_cosine: float
    """Of the nearest passage."""
    asks: Vectors
    statements: Vectors
    """Cosines of all of them, in order.

    The multilingual encoder compares passages and statements with the question less what questions have in common;
    asks are questions themselves.
    """
    vector: Vectors
    """Of the question itself."""


class Searcher:
    """Encoders and what they have encoded; encoders run side by side, each on one thread for a question."""

    def __init__(
        self, encoders: Sequence[Encoder], passages: dict[str, Any], exact: dict[str, dict[str, Vectors]]
    ) -> None:
        self.encoders, self._passages, self._exact = encoders, passages, exact
        self._counts = {name: collection.count() for name, collection in passages.items()}
        self._common: dict[tuple[str, str], Vectors] = {}
        self._pool = ThreadPoolExecutor(max_workers=16, thread_name_prefix="encoder")

    def search(self, texts: Mapping[str, Sequence[str]], language: str, count: int) -> dict[str, Future[list[Near]]]:
        """By encoder, what is near each of the texts in that language given to it, with up to `count` passages.

        The encoders are still at work when this returns.
        """
        return {
            encoder.name: self._pool.submit(self._near, encoder, texts[encoder.name], language, count)
            # The last has the most to do, so it begins.
            for encoder in reversed(self.encoders)
            if texts.get(encoder.name)
        }

    def asks(self, encoder: str) -> Vectors:
        """What an encoder made of every ask, a row each."""
        return self._exact[encoder]["asks"]

    def _near(self, encoder: Encoder, texts: Sequence[str], language: str, count: int) -> list[Near]:
        stay_on_one_thread()
        vectors = encoder.encode_queries(texts)
        apart = told_apart(vectors, self._in_common(encoder, language)) if encoder.is_multilingual else vectors
        wanted = min(count, self._counts[encoder.name])
        near = self._passages[encoder.name].query(apart, n_results=wanted, include=["distances"])
        exact = self._exact[encoder.name]
        # Reshaped for the collections with nothing in them, which have no width.
        asks, statements = (
            _products(compared, exact[kind].reshape(-1, vectors.shape[1]))
            for compared, kind in zip((vectors, apart), _EXACT, strict=True)
        )
        return [
            Near([int(at) for at in ids], 1.0 - float(distances[0]), asks[row], statements[row], vectors[row])
            for row, (ids, distances) in enumerate(zip(near["ids"], near["distances"], strict=True))
        ]

    def _in_common(self, encoder: Encoder, language: str) -> Vectors:
        """Worked out at the first question of a language."""
        key = (encoder.name, language)
        if key not in self._common:
            self._common[key] = in_common(encoder, language)
        return self._common[key]


def _products(few: Vectors, many: Vectors) -> Vectors:
    """Each of a few rows times each of many."""
    blocks = [few @ many[start : start + _ROWS_AT_ONCE].T for start in range(0, len(many), _ROWS_AT_ONCE)]
    return np.concatenate(blocks, axis=1) if blocks else few @ many.T


def write_vectors(
    folder: Path, texts: Mapping[str, Sequence[str]], vectors: Mapping[str, Mapping[str, Vectors]]
) -> None:
    """Write each encoder's vectors of each collection's texts."""
    client = _client(folder)
    for encoder, by_collection in vectors.items():
        for kind, rows in by_collection.items():
            graph = _NO_GRAPH if kind in _EXACT else {"ef_search": _EF_SEARCH}
            _fill(client.create_collection(**_plan(_name(kind, encoder), graph)), texts[kind], rows)
    _close(client)


def load_searcher(folder: Path, encoders: Sequence[Encoder], texts: Mapping[str, Sequence[str]]) -> Searcher:
    """Open what `write_vectors` wrote; raises ValueError when it does not hold the vectors of `texts`."""
    client = _client(folder)
    passages, exact = {}, {}
    for encoder in encoders:
        passages[encoder.name] = client.get_collection(_name("passages", encoder.name), embedding_function=None)
        if (count := passages[encoder.name].count()) != len(texts["passages"]):
            raise ValueError(f"it holds {count} of {len(texts['passages'])} passages")
        exact[encoder.name] = {kind: _exact(client, _name(kind, encoder.name), texts[kind]) for kind in _EXACT}
    return Searcher(encoders, passages, exact)


def stored_vectors(folder: Path, encoder: Encoder) -> dict[str, Vectors]:
    """Each text that the encoder has encoded into `folder`, with its vector, to be used again."""
    client = _client(folder)
    known: dict[str, Vectors] = {}
    for kind in ("passages", *_EXACT):
        known |= _contents(client, _name(kind, encoder.name))
    _close(client)
    return known


def _exact(client: Any, name: str, texts: Sequence[str]) -> Vectors:
    known = _contents(client, name)
    return np.array([known[text] for text in texts], dtype=np.float32)


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))


def _close(client: Any) -> None:
    """Let go of the files, so that the folder can be renamed or deleted on any system."""
    close: Callable[[], None] = getattr(client, "close", lambda: None)
    close()


def _plan(name: str, graph: Mapping[str, int]) -> dict[str, Any]:
    return {"name": name, "embedding_function": None, "configuration": {"hnsw": {"space": "cosine", **graph}}}


def _fill(collection: Any, texts: Sequence[str], vectors: Vectors) -> None:
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        ids = [str(at) for at in range(start, start + len(batch))]
        collection.add(ids=ids, embeddings=vectors[start : start + _BATCH], documents=batch)


def _contents(client: Any, name: str) -> dict[str, Vectors]:
    content = client.get_collection(name, embedding_function=None).get(include=["documents", "embeddings"])
    return dict(zip(content["documents"], content["embeddings"], strict=True))


def _name(kind: str, encoder: str) -> str:
    """Chroma allows letters, digits, dots, dashes and underscores."""
    safe = "".join(character if character.isalnum() or character in "-_." else "-" for character in encoder)
    return f"{kind}-{safe.strip('-_.')}"
