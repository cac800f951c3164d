"""A BERT encoder's arithmetic, the file that its weights come in, and the split of words into pieces."""

import struct
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel

from ingest.bert import Bert, Weights
from ingest.packed import read_packed
from ingest.pieces import Splitter, Vocabulary

TEXTS = [[5, 6, 7, 8, 9], [3], [8, 8, 2], [1, 2, 4], [9] * 12, [6, 5, 7]]


@pytest.fixture(scope="module")
def model() -> BertModel:
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=10,
        hidden_size=64,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=12,
        initializer_range=0.3,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return BertModel(config)


def bert_of(model: BertModel) -> Bert:
    tensors = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
    words = tensors["embeddings.word_embeddings.weight"]
    return Bert(Weights(tensors.__getitem__, words.__getitem__, layers=3, heads=4, epsilon=1e-12))


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(("kind", "off"), [(torch.float32, 1e-5), (torch.bfloat16, 0.06)])
def test_means_are_those_of_the_reference(
    model: BertModel, packed: bool, kind: torch.dtype, off: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.bert._number_kind", lambda: kind)
    monkeypatch.setattr("ingest.bert._PIECES_AT_ONCE", 7)
    if not packed:
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    with torch.inference_mode():
        expected = np.stack([model(torch.tensor([text])).last_hidden_state[0].mean(dim=0).numpy() for text in TEXTS])
    assert np.abs(bert_of(model).means(TEXTS) - expected).max() < off


def test_no_texts_have_no_means(model: BertModel) -> None:
    assert bert_of(model).means([]).shape == (0, 64)


VOCABULARY = Vocabulary(
    pieces=("<s>", "</s>", "<unk>", "\u2581", "\u2581a", "b", "ab", "\u2581ab", "c", "bc"),
    scores=(0.0, 0.0, 0.0, -2.0, -3.0, -3.5, -9.0, -4.0, -5.0, -4.5),
    begin=0,
    end=1,
    unknown=2,
    normal={ord("\n"): " ", ord("\u00c5"): "a", ord("\u200b"): ""},
)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ab", [7]),
        ("abc", [4, 9]),
        ("a b", [4, 3, 5]),
        (" a\n \u200bb", [4, 3, 5]),
        ("\u00c5b", [7]),
        ("axxb", [4, 2, 2, 5]),
        ("a ", [4, 3]),
        ("", [3]),
    ],
)
def test_a_text_is_split_where_it_is_likeliest(text: str, pieces: list[int]) -> None:
    assert Splitter(VOCABULARY).ids(text) == pieces


def model_file(mark: bytes = b"E5S1", version: int = 1) -> bytes:
    """One layer's worth of a file: 32 numbers wide, three of its tensors."""
    text = "".join(VOCABULARY.pieces).encode()
    ends = np.cumsum([0, *(len(piece.encode()) for piece in VOCABULARY.pieces)])
    head = struct.pack("<4sI7ifi", mark, version, 32, 1, 4, 64, 2, 12, 1, 1e-12, 32)
    head += struct.pack("<5iQ", len(VOCABULARY.pieces), 0, 1, 1, 2, len(text))
    head += ends.astype("<u4").tobytes() + np.array(VOCABULARY.scores, dtype="<f4").tobytes() + text
    changes = b"".join(
        struct.pack(f"<IB{len(to)}I", code, len(to), *map(ord, to)) for code, to in VOCABULARY.normal.items()
    )
    head += struct.pack("<iI", len(VOCABULARY.normal), len(changes)) + changes
    words = block(0.5, range(16), [8] * 16) + block(2.0, [8] * 16, range(16))
    narrow = block(1.0, [9] * 16, [7] * 16) * 64
    bias = np.arange(32, dtype="<f4").tobytes()
    tensors = [("emb.word", 1, words), ("l0.fo.w", 1, narrow), ("l0.fo.b", 0, bias)]
    start = len(head) + 4 + sum(2 + len(name) + struct.calcsize("<BIQQ") for name, _, _ in tensors)
    head += struct.pack("<i", len(tensors))
    for name, kind, data in tensors:
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, 0, start, len(data))
        start += len(data)
    return head + words + narrow + bias


def block(scale: float, low: Iterable[int], high: Iterable[int]) -> bytes:
    halves = zip(low, high, strict=True)
    return np.array(scale, dtype="<f2").tobytes() + bytes(one | other << 4 for one, other in halves)


def test_a_model_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(model_file())
    packed = read_packed(tmp_path / "model.bin")
    assert (packed.positions, packed.weights.layers, packed.weights.heads) == (12, 1, 4)
    assert packed.vocabulary == Vocabulary(list(VOCABULARY.pieces), list(VOCABULARY.scores), 0, 1, 2, VOCABULARY.normal)
    ramp = np.arange(-8, 8, dtype=np.float32)
    one, other = (ramp / 2).tolist() + [0.0] * 16, [0.0] * 16 + (ramp * 2).tolist()
    assert packed.weights.word_rows(np.array([1, 0, 1])).tolist() == [other, one, other]
    narrow = packed.weights.tensor("encoder.layer.0.output.dense.weight")
    assert narrow.tolist() == [([1.0] * 16 + [-1.0] * 16) * 2] * 32
    assert packed.weights.tensor("encoder.layer.0.output.dense.bias").tolist() == list(range(32))
    with pytest.raises(ValueError, match=r"the model file has no tensor l0\.q\.w"):
        packed.weights.tensor("encoder.layer.0.attention.self.query.weight")


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "empty file"),
        (model_file(mark=b"GGUF"), "the model file says b'GGUF' 1, not b'E5S1' 1"),
        (model_file(version=2), "the model file says b'E5S1' 2, not b'E5S1' 1"),
        (model_file()[:-1], "the model file is cut off"),
        (model_file()[:300], "cut off"),
    ],
)
def test_a_model_file_that_is_not_understood_is_refused(tmp_path: Path, data: bytes, fault: str) -> None:
    (tmp_path / "model.bin").write_bytes(data)
    with pytest.raises(ValueError) as raised:
        read_packed(tmp_path / "model.bin")
    assert fault in str(raised.value)
