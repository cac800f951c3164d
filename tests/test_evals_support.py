"""Pairs of claims and quotes: reading them, making faulty ones, and fitting the weights of the support score."""

import json
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from assistant.support import WEIGHTS, Signs
from evals.__main__ import main
from evals.generate import Assistant
from evals.support_fit import all_signs, auroc, fit
from evals.support_pairs import FAULTS, Pair, library_pairs, load_pairs
from ingest.describe import load_knowledge
from ingest.errors import UsageError
from ingest.knowledge import Knowledge
from ingest.read import read
from ingest.records import Document
from ingest.settings import PROJECT
from ingest.sources import find_sources


@dataclass(frozen=True)
class Library:
    knowledge: Knowledge
    documents: dict[str, Document]
    pairs: tuple[Pair, ...]


@pytest.fixture(scope="module")
def library() -> Library:
    corpus = PROJECT / "corpus"
    documents = {source.id: read(path, source) for path, source in find_sources(corpus)[0]}
    knowledge = load_knowledge(corpus, documents, home=corpus)
    return Library(knowledge, documents, library_pairs(knowledge, documents))


def test_a_file_of_pairs_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "public.jsonl"
    row = {"id": "p1", "claim": "It ended.", "source_sentences": ["It is over.", "Yes."], "label": "supported", "x": 1}
    path.write_text(json.dumps(row) + "\n\n", encoding="utf-8")

    assert load_pairs(path) == (Pair("It ended.", ("It is over.", "Yes."), "supported", "public", "p1"),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "p1"}', "line 1: claim: Field required"),
        ("no", "line 1: : Invalid JSON"),
        (
            '{"id": "p1", "claim": "a", "source_sentences": [], "label": "true"}',
            "line 1: label: Input should be 'supported'",
        ),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "public.jsonl"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(UsageError, match=reason):
        load_pairs(path)


def test_a_missing_file_of_pairs_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be read"):
        load_pairs(tmp_path / "none.jsonl")


def test_pairs_of_the_library_are_the_same_on_every_run(library: Library) -> None:
    assert library_pairs(library.knowledge, library.documents) == library.pairs


def test_every_kind_of_fault_changes_a_sentence_of_the_library(library: Library) -> None:
    counts = Counter(pair.kind for pair in library.pairs)
    whole = {(pair.claim, pair.source) for pair in library.pairs if pair.is_supported}

    assert set(counts) == {"library", "sibling", "added", *FAULTS}
    assert min(counts.values()) >= 50
    assert [pair for pair in library.pairs if pair.kind in FAULTS and (pair.claim, pair.source) in whole] == []


def test_a_name_number_or_date_that_was_put_in_stands_nowhere_in_the_source(library: Library) -> None:
    sentences = {(pair.source, pair.group): set[str]() for pair in library.pairs}
    for pair in library.pairs:
        if pair.is_supported:
            sentences[pair.source, pair.group] |= set(pair.claim.split())
    put_in = [
        (pair, set(pair.claim.split()) - sentences[pair.source, pair.group] - set(" ".join(pair.source).split()))
        for pair in library.pairs
        if pair.kind in ("number", "date", "name")
    ]
    assert [pair for pair, new in put_in if not new] == []


def test_the_shipped_weights_are_those_of_the_library_nearly(library: Library) -> None:
    """Nearly, for the library goes on being written; far from it, they are to be fitted again."""
    fitted = fit(library.pairs, all_signs(library.pairs)).weights
    shipped = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]

    assert fitted == {name: pytest.approx(shipped[name], rel=0.3, abs=0.1) for name in Signs._fields}


def test_a_sign_that_never_differs_has_no_weight() -> None:
    pairs = [Pair("a", ("a",), "supported", "x", "1"), Pair("b", ("a",), "not_supported", "y", "2")]
    found = np.array([[0.0, 0, 0, 0, 0, 0], [1.0, 0, 0, 0, 0, 0]])

    weights = fit(pairs, found).weights

    assert weights["facts"] < 0
    assert {name: weight for name, weight in weights.items() if weight} == {"facts": weights["facts"]}


@pytest.mark.parametrize(
    ("higher", "lower", "area"),
    [([2, 3], [1], 1.0), ([1], [2, 3], 0.0), ([1, 1], [1], 0.5), ([1, 3], [2, 2], 0.5), ([3, 2], [1, 2], 0.875)],
)
def test_the_area_is_how_often_the_one_is_above_the_other(higher: list[int], lower: list[int], area: float) -> None:
    assert auroc(np.array(higher, dtype=float), np.array(lower, dtype=float)) == area


def opened(knowledge: Any, documents: Any = None) -> Assistant:
    index = SimpleNamespace(knowledge=knowledge, documents=documents or {})
    return cast(Assistant, SimpleNamespace(index=index))


def test_the_command_fits_saves_and_tests(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": "1", "claim": "It is 5.", "source_sentences": ["It is 5."], "label": "supported"},
        {"id": "2", "claim": "It is 6.", "source_sentences": ["It is 5."], "label": "not_supported"},
    ]
    others, out = tmp_path / "public.jsonl", tmp_path / "weights.toml"
    others.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    arguments = ["fit-support", "--pairs", str(others), "--out", str(out)]
    code = main(arguments, lambda settings: opened(library.knowledge, library.documents))

    said = capsys.readouterr().out
    assert code == 0
    assert tuple(tomllib.loads(out.read_text(encoding="utf-8"))["weights"]) == Signs._fields
    assert [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("| ")] == [
        *("the library's pairs", "-------------------", "supported", "name", "denial", "limit", "sibling", "added"),
        *("date", "number", "public", "-------------", "supported", "not_supported"),
    ]
    assert "| not_supported | 1.000 [1.000, 1.000] | 0.00 | 1 |" in said


def test_an_index_without_a_library_can_not_be_fitted_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "weights.toml"

    assert main(["fit-support", "--out", str(out)], lambda settings: opened(Knowledge())) == 1
    assert capsys.readouterr().err == (
        "error: the index has no library to fit on; name the index of a corpus that has one\n"
    )
    assert not out.exists()
