"""Texts -> unit vectors: the encoder protocol, the sentence-transformers encoder, and one for tests.

The only module that uses sentence-transformers.
"""

import hashlib
import os
import sys
import threading
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from ingest.minilm import load_minilm

Vectors = NDArray[np.float32]
_Encode = Callable[[Sequence[str]], Vectors]


class Encoder(Protocol):
    """Turns texts into vectors of unit length; `name` and `version` identify it in an index."""

    name: str
    version: str
    is_multilingual: bool

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """One row of float32 per question."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One row of float32 per passage."""
        ...


class SentenceTransformerEncoder:
    """Any sentence-transformers model by name or folder; by default the packaged all-MiniLM-L6-v2.

    The packaged one is read by `ingest.minilm`, which starts four seconds sooner than the library and takes half its
    time for a question. A model is loaded at first use, so that an unchanged corpus costs no loading.
    Source: Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084 (sentence embeddings).
    """

    is_multilingual = False

    def __init__(self, model: str = "") -> None:
        self.name = Path(model).name if model else "all-MiniLM-L6-v2"
        self.version = version("sentence-transformers")
        self._path = model
        self._loaded: _Encode | None = None
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        with self._lock:
            if self._loaded is None:
                self._loaded = _named(self._path) if self._path else _packaged()
        return self._loaded(texts)


def _packaged() -> _Encode:
    means = load_minilm()
    return lambda texts: unit(means(texts))


def _named(path: str) -> _Encode:
    model = _load(path)

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    return encode


def _load(path: str) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return SentenceTransformer(path, device="cpu")
    except (OSError, ValueError, ImportError) as fault:
        raise ModelUnavailable(
            f"the encoder {path!r} can't be loaded ({type(fault).__name__}: {fault}); "
            "set DUALS_NAVIGATOR_SENTENCE_ENCODER to a model's folder, or leave it empty"
        ) from fault


def unit(vectors: Vectors) -> Vectors:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def stay_on_one_thread() -> None:
    """From here on, OpenMP work of this thread stays on it, and BLAS work of any thread on its own.

    Threads that share one short question wait for each other at every step, for long where cores are busy: on two
    cores that others used too, both encoders took 59 ms side by side with one thread each, 74 ms one after the other
    with one thread, and two seconds one after the other with two. NumPy's BLAS has one pool for all: with it, an answer
    took 135 ms and 10 were given a second from 16 threads; without it, 80 ms and 15.
    """
    import threadpoolctl

    # Looked for anew while models may still be loading theirs.
    loaded = len(sys.modules)
    if getattr(_this_thread, "loaded", 0) != loaded:
        threadpoolctl.threadpool_limits(limits=1)
        _this_thread.loaded = loaded


_this_thread = threading.local()


class HashEncoder:
    """For tests: each word adds to one of 384 numbers, so texts that share words are near. Needs no model."""

    is_multilingual = True

    def __init__(self, name: str = "hash") -> None:
        self.name, self.version = name, "1"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self.encode_passages(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, int(hashlib.sha256(word.strip(".,?!:;").encode()).hexdigest(), 16) % 384] += 1
        return unit(vectors)
