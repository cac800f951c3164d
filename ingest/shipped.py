"""Vectors that come with a corpus, so that a first start need not encode what has not changed.

They are a cache and never the truth: a text or an encoder that is not in it is encoded as usual.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from ingest.embed import Encoder, Vectors

FOLDER = "vectors"
# A byte for each number, in 127 steps up to the row's largest: a quarter of the size, and a cosine moves by 0.0003,
# by 0.0024 at most.
_STEPS = 127
_SMALLEST = np.float32(1e-9)


def shipped_vectors(corpus: Path, encoder: Encoder, texts: Iterable[str]) -> dict[str, Vectors]:
    """Those of `texts` whose vectors lie in the corpus folder, with them; none if there are none of this encoder."""
    path = _file(corpus, encoder)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            keys, rows = stored["keys"], stored["rows"] * stored["scales"][:, np.newaxis]
    except Exception:
        # A missing or damaged file (of which zip, zlib and numpy each say so in their own way) only costs time.
        return {}
    known = {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}
    return {text: known[key] for text in texts if (key := _key(text)) in known}


def ship_vectors(corpus: Path, encoder: Encoder, vectors: Mapping[str, Vectors]) -> Path:
    """Write the vectors of texts into the corpus folder; returns the file."""
    path = _file(corpus, encoder)
    path.parent.mkdir(exist_ok=True)
    texts = sorted(vectors)
    keys = np.array([np.frombuffer(_key(text), dtype=np.uint8) for text in texts])
    rows = np.array([vectors[text] for text in texts], dtype=np.float32)
    scales = np.maximum(np.abs(rows).max(axis=1), _SMALLEST) / _STEPS
    np.savez_compressed(path, keys=keys, rows=np.rint(rows / scales[:, np.newaxis]).astype(np.int8), scales=scales)
    return path


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]


def _file(corpus: Path, encoder: Encoder) -> Path:
    return corpus / FOLDER / f"{Path(encoder.name).name}-{encoder.version}.npz"
