"""What is found, and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from ingest_fixtures import build, opened, quiet, write_files
from rerank_fixtures import cross_encoder

from assistant import retrieve as retrieval
from assistant.answer import Turn
from assistant.bridge import CorpusRetriever
from assistant.library import Library, quoted_statements
from assistant.pipeline import Assistant
from assistant.retrieve import RERANKED, Retrieved, retrieve
from assistant.understand import understand
from ingest import index as indexing
from ingest.build import build_index
from ingest.embed import Vectors
from ingest.encoders import load_encoders
from ingest.index import Index
from ingest.rerank import CrossEncoderReranker
from ingest.settings import Settings

PLACES = ("Kern", "Inyo", "Mono", "Yolo", "Lake")
SEVEN = "help number7 to members"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of 40 documents, each with its own word, of five places."""
    at = tmp_path_factory.mktemp("places")
    files = {f"{n:02}.txt": f"The office of {PLACES[n % 5]} gives help number{n} to members.\n" for n in range(40)}
    build(write_files(at / "corpus", files), at / "index")
    return at / "index"


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return opened(folder)


@dataclass
class WordReranker:
    """Puts texts with the word last; keeps what it was asked."""

    word: str
    asked: list[tuple[str, int]] = field(default_factory=list)

    def scores(self, question: str, texts: Sequence[str]) -> Vectors:
        self.asked.append((question, len(texts)))
        return np.array([0.0 if self.word in text else 1.0 for text in texts], dtype=np.float32)


def found_in(
    index: Index,
    question: str,
    history: Sequence[Turn] = (),
    *,
    language: str = "en",
    reranker: WordReranker | None = None,
) -> Retrieved:
    library = Library(index)
    asked = understand(question, history, index.knowledge, library.spelling, language)
    return retrieve(asked, index, library, reranker)


def sources(found: Retrieved) -> list[str]:
    return [hit.passage.source_id for hit in found.hits]


@pytest.mark.parametrize(
    ("question", "turns_before"), [("who is it there", 1.0), ("Which of the members can go to see offices?", 0.5)]
)
def test_what_the_answer_before_names_rises_by_as_much_as_the_turns_before_count(
    index: Index, question: str, turns_before: float
) -> None:
    history = [Turn("user", "Where do the members go for a bit of help?"), Turn("assistant", "To number23.")]
    with_answer, without = (
        {hit.passage.source_id: hit.score for hit in found_in(index, question, turns).hits}
        for turns in (history, history[:1])
    )

    assert with_answer["23.txt"] - without["23.txt"] == pytest.approx(turns_before / (retrieval.PASSAGE_K + 1))


def test_the_answer_before_is_not_searched_in_other_languages(index: Index) -> None:
    history = [Turn("user", "¿quién ayuda?"), Turn("assistant", "number23 number23 number23")]

    with_answer, without = (found_in(index, "¿y a members?", turns, language="es") for turns in (history, history[:1]))
    assert sources(with_answer) == sources(without)


def test_a_statements_number_is_its_position_in_the_index(example_index: Path) -> None:
    found = opened(example_index)
    library = Library(found)
    assert library.statements[: len(found.statements)] == found.statements
    assert [library.number(place) for place in library.statements] == list(range(len(library.statements)))
    assert library.number(("gone", found.statements[0][1])) == -1
    for entry, numbers in zip(library.entries, library.quoted, strict=True):
        held = [place for quote in entry.quotes for place in quoted_statements(found, quote)]
        assert [library.statements[number] for number in numbers] == held


def test_the_passage_of_the_best_statement_comes_first(index: Index) -> None:
    found = found_in(index, "help number7")

    assert (sources(found)[0], found.candidates[0].source_id) == ("07.txt", "07.txt")


def test_the_parts_of_a_question_choose_statements_only(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "HIT_STATEMENT_WEIGHT", 0.0)
    library = Library(index)
    question = "Who is it that gives number7 here? And who gives members number8?"
    asked = understand(question, (), index.knowledge, library.spelling)
    found, whole = (retrieve(each, index, library) for each in (asked, replace(asked, searches=asked.searches[:1])))

    assert len(asked.searches) == 3
    assert found.hits == whole.hits
    assert found.candidates != whole.candidates


def test_where_statements_are_not_encoded_their_words_count_less(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "STATEMENTS_UP_TO", 0)
    at = folder.parent / "unencoded"
    build(folder.parent / "corpus", at)
    index = opened(at)
    scores = {}
    for weight in (0.0, retrieval.HIT_WORDS_WEIGHT):
        monkeypatch.setattr(retrieval, "HIT_WORDS_WEIGHT", weight)
        scores[weight] = found_in(index, SEVEN).hits[0].score

    assert index.statements == ()
    weight = retrieval.HIT_WORDS_WEIGHT
    assert scores[weight] - scores[0.0] == pytest.approx(weight / (retrieval.PASSAGE_K + 1))


def test_a_cross_encoder_puts_the_first_passages_and_statements_in_order(index: Index) -> None:
    reranker = WordReranker("number7 ")
    plain, found = (found_in(index, SEVEN, reranker=each) for each in (None, reranker))
    last = RERANKED - 1

    assert reranker.asked == [(SEVEN, 2 * RERANKED)]
    assert (sources(plain)[0], sources(found)[last]) == ("07.txt", "07.txt")
    assert sources(found)[:last] == sources(plain)[1 : last + 1]
    assert sources(found)[RERANKED:] == sources(plain)[RERANKED:]
    assert [hit.score for hit in found.hits] == [hit.score for hit in plain.hits]
    assert found.candidates[last] == replace(plain.candidates[0], score=plain.candidates[last].score)
    assert found.evidence == plain.evidence


def test_answers_and_the_retriever_use_the_cross_encoder(index: Index) -> None:
    plain = Assistant(index, Library(index))
    ordered = replace(plain, reranker=WordReranker("number7 "))

    for assistant, place in ((plain, 0), (ordered, RERANKED - 1)):
        assert assistant.answer(SEVEN).hits[place].passage.source_id == "07.txt"
        documents = CorpusRetriever(assistant=assistant, count=RERANKED).invoke(SEVEN)
        assert "number7 " in documents[place].page_content


def test_the_settings_name_the_cross_encoder(folder: Path, tmp_path: Path) -> None:
    build_index(folder.parent / "corpus", tmp_path / "index", load_encoders(Settings()), progress=quiet)
    settings = Settings(index=tmp_path / "index")
    named = replace(settings, cross_encoder=str(cross_encoder(tmp_path / "model")))

    assert Assistant.open(settings).reranker is None
    assert isinstance(Assistant.open(named).reranker, CrossEncoderReranker)
