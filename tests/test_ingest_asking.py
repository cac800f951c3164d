"""What questions have in common, and what is left of a question without it."""

from pathlib import Path

import numpy as np
import pytest
from ingest_fixtures import CountingEncoder, build, write_files

from assistant.language import LANGUAGES
from ingest.asking import ORDINARY, SHARE, in_common, told_apart
from ingest.embed import HashEncoder
from ingest.errors import ModelUnavailable
from ingest.index import Search, open_index
from ingest.multilingual import E5Encoder

FORM = "Your questions: What is this? Who is it? When did it begin? Where is it? Why? How does it work?"
RIDE = "Vans bring members to dialysis and home again."


def test_every_language_that_is_told_has_the_same_twelve_questions() -> None:
    told = {code.lower() for code in LANGUAGES} | {"km", "zh-Hans"}
    assert set(ORDINARY) == told
    assert {len(set(questions)) for questions in ORDINARY.values()} == {12}


def test_what_is_common_is_a_share_of_the_mean_of_ordinary_questions() -> None:
    mean = HashEncoder().encode_queries(ORDINARY["ko"]).mean(axis=0)
    assert np.allclose(in_common(HashEncoder(), "ko"), SHARE * mean)


def test_a_language_without_questions_of_its_own_gets_one_of_each_other() -> None:
    encoder = CountingEncoder()
    in_common(encoder, "fr")
    assert encoder.texts == [questions[at % 12] for at, questions in enumerate(ORDINARY.values())]


def test_questions_are_told_apart_at_length_one() -> None:
    questions = np.array([[1.0, 0.0], [0.6, 0.8]], dtype=np.float32)
    apart = told_apart(questions, np.array([0.6, 0.0], dtype=np.float32))
    assert np.allclose(apart, [[1, 0], [0, 1]])
    assert not told_apart(questions[:1], questions[0]).any()


def test_the_ordinary_questions_of_a_language_are_encoded_once(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", {"a.txt": f"{RIDE}\n"})
    build(corpus, tmp_path / "index")
    encoder = CountingEncoder()
    index = open_index(tmp_path / "index", [encoder])
    for language in ("ko", "ko", "es"):
        index.search([Search("rides", (encoder.name,))], 1, language)
    assert encoder.texts == ["rides", *ORDINARY["ko"], "rides", "rides", *ORDINARY["es"]]


def test_a_korean_question_is_nearer_to_what_it_is_about_than_to_other_questions() -> None:
    try:
        encoder = E5Encoder()
    except ModelUnavailable as fault:
        pytest.skip(str(fault))
    questions = encoder.encode_queries(["투석받으러 갈 때 누가 데려다 주나요?"])
    passages = encoder.encode_passages([FORM, RIDE])
    (before,) = questions @ passages.T
    (after,) = told_apart(questions, in_common(encoder, "ko")) @ passages.T
    assert after[1] - after[0] > before[1] - before[0] + 0.02
