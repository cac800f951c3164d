"""Ids of word pieces -> vectors: the arithmetic of both encoders on the CPU. The only module that uses torch.

It computes what the class BertModel of `transformers` computes, without padding and with weights packed for the
matrix library once: for one short text that takes less than half the time.
Source: Devlin et al. 2019, https://arxiv.org/abs/1810.04805 (BERT).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
Ids = NDArray[np.int64]

# Word pieces in one pass. 512, 2,048 and 8,192 encode the same number of short texts a second; more only take memory.
_PIECES_AT_ONCE = 2048


@dataclass(frozen=True, slots=True)
class Weights:
    """A BERT encoder's numbers, named as BertModel of `transformers` names them."""

    tensor: Callable[[str], Rows]
    """The tensor of a name, such as "encoder.layer.0.output.dense.weight"."""
    word_rows: Callable[[Ids], Rows]
    """The word embeddings of some ids: the table is the largest tensor, and a text needs few of its rows."""
    layers: int
    heads: int
    epsilon: float
    """Added to the variance in every normalization."""


class Bert:
    """An encoder ready to run, in bfloat16 where the processor multiplies it; safe to use from many threads."""

    def __init__(self, weights: Weights) -> None:
        self._word_rows, self._heads, self._epsilon = weights.word_rows, weights.heads, weights.epsilon
        kinds = weights.tensor("embeddings.token_type_embeddings.weight")
        self._positions = weights.tensor("embeddings.position_embeddings.weight") + kinds[0]
        self._first_norm = _norm(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{at}.") for at in range(weights.layers)]

    def means(self, texts: Sequence[Sequence[int]]) -> Rows:
        """One row per text: the mean of the last layer over its ids, of which it has at least one."""
        found = np.empty((len(texts), self._positions.shape[1]), dtype=np.float32)
        for batch in _batches([len(text) for text in texts]):
            found[batch] = self._run([texts[at] for at in batch])
        return found

    def _run(self, texts: Sequence[Sequence[int]]) -> Rows:
        """The means of texts that are sorted by length."""
        import torch

        spans = [(length, len(list(same))) for length, same in groupby(len(text) for text in texts)]
        ids = np.concatenate([np.asarray(text, dtype=np.int64) for text in texts])
        positions = np.concatenate([np.arange(len(text)) for text in texts])
        with torch.inference_mode():
            rows = torch.from_numpy(self._word_rows(ids) + self._positions[positions])
            rows = self._normalized(rows, self._first_norm)
            for layer in self._layers:
                rows = self._through(layer, rows, spans)
            means = [each.mean(dim=1) for each in _by_length(rows, spans)]
            return np.asarray(torch.cat(means).numpy())

    def _through(self, layer: "_Layer", rows: Any, spans: Sequence[tuple[int, int]]) -> Any:
        """One layer: each text looks at itself, then each row by itself; both are added to what was there."""
        attended = layer.attended(self._attention(layer.attention(rows), spans))
        rows = self._normalized(rows + attended, layer.attended_norm)
        return self._normalized(rows + layer.narrow(layer.widen(rows)), layer.norm)

    def _attention(self, rows: Any, spans: Sequence[tuple[int, int]]) -> Any:
        """Each text's rows (queries, keys, values side by side) -> weighted values; texts of one length at once."""
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        found = []
        for each in _by_length(rows, spans):
            texts, length, width = each.shape
            split = each.view(texts, length, 3, self._heads, width // 3 // self._heads)
            values = scaled_dot_product_attention(*split.permute(2, 0, 3, 1, 4))
            found.append(values.transpose(1, 2).reshape(texts * length, width // 3))
        return torch.cat(found)

    def _normalized(self, rows: Any, norm: tuple[Any, Any]) -> Any:
        from torch.nn.functional import layer_norm

        return layer_norm(rows.float(), norm[0].shape, *norm, eps=self._epsilon)


@dataclass(frozen=True, slots=True)
class _Layer:
    """Functions of rows, and normalizations as (weight, bias)."""

    attention: Callable[[Any], Any]
    """Queries, keys and values in one product."""
    attended: Callable[[Any], Any]
    attended_norm: tuple[Any, Any]
    widen: Callable[[Any], Any]
    narrow: Callable[[Any], Any]
    norm: tuple[Any, Any]


def _layer(weights: Weights, name: str) -> _Layer:
    looks = [f"{name}attention.self.{each}" for each in ("query", "key", "value")]
    return _Layer(
        _product(weights, looks),
        _product(weights, [f"{name}attention.output.dense"]),
        _norm(weights, f"{name}attention.output.LayerNorm"),
        _product(weights, [f"{name}intermediate.dense"], "gelu"),
        _product(weights, [f"{name}output.dense"]),
        _norm(weights, f"{name}output.LayerNorm"),
    )


def _norm(weights: Weights, name: str) -> tuple[Any, Any]:
    import torch

    return torch.tensor(weights.tensor(f"{name}.weight")), torch.tensor(weights.tensor(f"{name}.bias"))


def _product(weights: Weights, names: Sequence[str], then: str = "none") -> Callable[[Any], Any]:
    """Rows -> rows times the named weights, stacked, plus their biases; `then` is "none" or "gelu"."""
    import torch

    kind = _number_kind()
    weight = torch.tensor(np.concatenate([weights.tensor(f"{name}.weight") for name in names])).to(kind)
    bias = torch.tensor(np.concatenate([weights.tensor(f"{name}.bias") for name in names])).to(kind)
    return _packed(weight, bias, then) or _plain(weight, bias, then)


def _packed(weight: Any, bias: Any, then: str) -> Callable[[Any], Any] | None:
    """The product with weights laid out once for oneDNN, as torch's own compiler does; None where it can't be.

    For the 35 pieces of a question, on one thread, the products of E5 take 11 ms so, and plain 16 ms in bfloat16
    or 28 ms in float32.
    """
    import torch

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return None
    try:
        multiply = torch.ops.mkldnn._linear_pointwise
        packed = torch.ops.mkldnn._reorder_linear_weight(weight, 32)
        multiply(weight[:1], packed, bias, then, [], "none")
    except (AttributeError, RuntimeError):
        return None
    return lambda rows: multiply(rows.to(bias.dtype), packed, bias, then, [], "none")


def _plain(weight: Any, bias: Any, then: str) -> Callable[[Any], Any]:
    from torch.nn.functional import gelu, linear

    if then == "gelu":
        return lambda rows: gelu(linear(rows.to(bias.dtype), weight, bias))
    return lambda rows: linear(rows.to(bias.dtype), weight, bias)


def _number_kind() -> Any:
    """bfloat16 where the processor multiplies it (the cosine to float32's vectors is over 0.9999), else float32."""
    import torch

    multiplies = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return torch.bfloat16 if multiplies() else torch.float32


def _by_length(rows: Any, spans: Sequence[tuple[int, int]]) -> Iterator[Any]:
    """Views of the rows as (texts, length, width), for each length."""
    parts = rows.split([length * texts for length, texts in spans])
    for part, (length, texts) in zip(parts, spans, strict=True):
        yield part.view(texts, length, -1)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Positions of all texts, sorted by length, as many together as one pass takes."""
    batch: list[int] = []
    pieces = 0
    for at in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and pieces + lengths[at] > _PIECES_AT_ONCE:
            yield batch
            batch, pieces = [], 0
        batch.append(at)
        pieces += lengths[at]
    if batch:
        yield batch
