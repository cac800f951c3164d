"""The optional cross-encoder: loaded from a folder, and refused when it can't put texts in order."""

from pathlib import Path

import numpy as np
import pytest
import torch
from rerank_fixtures import cross_encoder
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from ingest.errors import ModelUnavailable
from ingest.rerank import CrossEncoderReranker, load_reranker
from ingest.settings import Settings

TEXTS = ["ride plan", "glasses", "free glasses plan ride", "van"]


def test_each_text_is_scored_beside_the_question(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "model")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder)
    wanted = []
    for text in TEXTS:
        with torch.inference_mode():
            logit = model(**tokenizer("free ride", text, return_tensors="pt")).logits[0, 0]
        wanted.append(float(torch.sigmoid(logit)))
    scores = CrossEncoderReranker(str(folder)).scores("free ride", TEXTS)
    assert scores.shape == (4,)
    assert np.allclose(scores, wanted, atol=1e-5)
    assert min(np.diff(sorted(wanted))) > 0.001


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "no-model").mkdir()
    with pytest.raises(ModelUnavailable) as fault:
        CrossEncoderReranker(str(tmp_path / "no-model"))
    assert str(fault.value).startswith(f"the cross-encoder '{tmp_path / 'no-model'}' can't be loaded (")
    assert str(fault.value).endswith("set DUALS_NAVIGATOR_CROSS_ENCODER to another name or folder, or leave it empty")


def test_a_model_of_several_scores_a_text_is_refused(tmp_path: Path) -> None:
    folder = cross_encoder(tmp_path / "model", labels=3)
    with pytest.raises(ModelUnavailable, match=r"model' gives 3 scores a text instead of one; set "):
        CrossEncoderReranker(str(folder))


def test_it_is_off_unless_it_is_named(tmp_path: Path) -> None:
    assert load_reranker(Settings()) is None
    folder = str(cross_encoder(tmp_path / "model"))
    assert isinstance(load_reranker(Settings(cross_encoder=folder)), CrossEncoderReranker)
