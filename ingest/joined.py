"""The vectors of several encoders side by side, as one space in which questions are told apart."""

from collections.abc import Mapping, Sequence

import numpy as np

from ingest.embed import Encoder, Vectors

# Multilingual E5's cosines lie close together: its vectors count double beside encoder 1's. With one ask in five left
# out, the right one of 288 topics first: 0.49 alike, 0.50 double, 0.51 triple.
MULTILINGUAL_WEIGHT = 2.0


def side_by_side(encoders: Sequence[Encoder], vectors: Mapping[str, Vectors]) -> Vectors:
    """The vectors of those encoders that are in `vectors` (a row, or a row each), each by its weight, in order."""
    parts = [
        (MULTILINGUAL_WEIGHT if encoder.is_multilingual else 1.0) * vectors[encoder.name]
        for encoder in encoders
        if encoder.name in vectors
    ]
    return np.concatenate(parts, axis=-1)


def cosines(encoders: Sequence[Encoder], found: Mapping[str, Vectors]) -> Vectors:
    """The cosines by several encoders as the product in that space."""
    weights = {encoder.name: (MULTILINGUAL_WEIGHT if encoder.is_multilingual else 1.0) ** 2 for encoder in encoders}
    return np.asarray(sum(weights[name] * each for name, each in found.items()), dtype=np.float32)
