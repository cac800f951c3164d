"""The optional cross-encoder, which reads a question and a text together.

Besides `ingest.embed`, the only module that uses sentence-transformers.
"""

import os
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from ingest.embed import Vectors
from ingest.errors import ModelUnavailable
from ingest.settings import Settings


class Reranker(Protocol):
    """Tells how well each of some texts answers a question."""

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        """One number per text, higher where it answers better."""
        ...


class CrossEncoderReranker:
    """Any sentence-transformers cross-encoder by name or folder; raises ModelUnavailable when it can't be loaded.

    Source: Nogueira and Cho 2019, https://arxiv.org/abs/1901.04085 (passages put in order by a BERT that reads both).
    """

    def __init__(self, model: str) -> None:
        os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        try:
            from sentence_transformers import CrossEncoder

            self._model: Any = CrossEncoder(model, device="cpu")
        except (OSError, ValueError, ImportError) as fault:
            raise _unavailable(model, f"can't be loaded ({type(fault).__name__}: {fault})") from fault
        if self._model.num_labels != 1:
            raise _unavailable(model, f"gives {self._model.num_labels} scores a text instead of one")

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        pairs = [(question, text) for text in texts]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32)


def load_reranker(settings: Settings) -> Reranker | None:
    """The cross-encoder that the settings name; none if they name none."""
    return CrossEncoderReranker(settings.cross_encoder) if settings.cross_encoder else None


def _unavailable(model: str, reason: str) -> ModelUnavailable:
    return ModelUnavailable(
        f"the cross-encoder {model!r} {reason}; set DUALS_NAVIGATOR_CROSS_ENCODER to another name or folder, "
        "or leave it empty"
    )
