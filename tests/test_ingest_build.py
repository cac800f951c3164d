"""Building: what is encoded anew, what is kept, what is said, and the command line."""

import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from ingest_fixtures import CountingEncoder, build, opened, quiet, run_python, search, texts_in, write_files

from ingest import __main__ as command
from ingest.asking import in_common, told_apart
from ingest.build import build_index, save_vectors
from ingest.embed import HashEncoder, Vectors
from ingest.errors import CorpusError, IndexMismatch, IndexMissing
from ingest.index import Search, embedding_text, open_index, statement_text
from ingest.shipped import ship_vectors, shipped_vectors

GOOD = "The plan is free for members.\n\nIt pays for rides.\n"
LIBRARY = '[[entry]]\nid = "e"\ntopic = "t"\nasks = ["Is it free?", "Any rides?"]\nquotes = []\n'


class NarrowEncoder(HashEncoder):
    """Eight numbers a text."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        vectors = super().encode_passages(texts)[:, :8] + 0.01
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    files = {f"documents/{at}.txt": f"Care\n\nPlan c{at} pays for care of kind c{at}.\n" for at in range(30)}
    return write_files(tmp_path / "corpus", {**files, "library/e.toml": LIBRARY})


def test_everything_is_encoded_once(corpus: Path, tmp_path: Path) -> None:
    encoder = CountingEncoder()
    summary = build(corpus, tmp_path / "index", encoder)
    found = opened(tmp_path / "index")
    passages = [embedding_text(found.documents, passage) for passage in found.passages]
    statements = [statement_text(found.documents[source], each) for source, each in found.statements]
    assert sorted(encoder.texts) == sorted({*passages, *statements, "Is it free?", "Any rides?"})
    assert replace(summary, seconds=0.0) == type(summary)(30, 30, 2, len(encoder.texts), (), False, 0.0)


def test_an_unchanged_corpus_encodes_nothing_and_is_quick(corpus: Path, tmp_path: Path) -> None:
    first, second = CountingEncoder(), CountingEncoder()
    built = build(corpus, tmp_path / "index", first)
    before = sorted(path.name for path in (tmp_path / "index").iterdir())
    began = time.monotonic()
    again = build(corpus, tmp_path / "index", second)
    assert time.monotonic() - began < 0.5
    assert second.texts == []
    assert again == replace(built, encoded=0, is_unchanged=True, seconds=again.seconds)
    assert sorted(path.name for path in (tmp_path / "index").iterdir()) == before


def test_only_what_is_new_is_encoded(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    write_files(corpus, {"documents/7.txt": "Care\n\nPlan c7 pays for care of kind c7.\n\nNow it is free.\n"})
    encoder = CountingEncoder()
    summary = build(corpus, tmp_path / "index", encoder)
    assert sorted(encoder.texts) == [
        "Care\nCare\n\nPlan c7 pays for care of kind c7.\n\nNow it is free.",
        "Care\nNow it is free.",
    ]
    assert (summary.documents, summary.encoded, summary.is_unchanged) == (30, 2, False)


@pytest.mark.parametrize("change", ["added", "removed", "renamed", "moved", "asks", "described"])
def test_every_change_is_noticed(corpus: Path, tmp_path: Path, change: str) -> None:
    build(corpus, tmp_path / "index")
    names = set(opened(tmp_path / "index").documents)
    documents = corpus / "documents"
    if change == "added":
        write_files(documents, {"new.txt": GOOD})
        names.add("new.txt")
    elif change == "removed":
        (documents / "7.txt").unlink()
        names.remove("7.txt")
    elif change in ("renamed", "moved"):
        name = "x.txt" if change == "renamed" else "deep/7.txt"
        (documents / "deep").mkdir()
        (documents / "7.txt").rename(documents / name)
        names = names - {"7.txt"} | {name}
    elif change == "asks":
        write_files(corpus, {"library/e.toml": LIBRARY.replace("Any", "No")})
    else:
        write_files(corpus, {"sources.toml": '[[source]]\nid = "seven"\nfile = "7.txt"\ntitle = "Seven"\n'})
        names = names - {"7.txt"} | {"seven"}
    assert build(corpus, tmp_path / "index").is_unchanged is False
    found = opened(tmp_path / "index")
    assert set(found.documents) == names
    assert found.knowledge.entries[0].asks[1] == ("No rides?" if change == "asks" else "Any rides?")


def test_a_folder_of_documents_alone(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "anywhere", {"a.txt": GOOD, "b/c.md": "# Rides\n\nRides are free.\n"})
    build(corpus, tmp_path / "index")
    found = opened(tmp_path / "index")
    assert {source: document.source.title for source, document in found.documents.items()} == {
        "a.txt": "a",
        "b/c.md": "Rides",
    }
    (hits,) = search(found, ["which rides are free"], 5)
    assert [found.passages[at].source_id for at in hits.rankings["bm25"]] == ["b/c.md", "a.txt"]
    assert [found.passages[at].source_id for at in hits.rankings["hash"]] == ["b/c.md", "a.txt"]
    assert (hits.asks["hash"].shape, hits.statements["hash"].shape) == ((0,), (3,))


def test_what_is_asked_is_nearest_to_itself(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    found = opened(tmp_path / "index")
    texts = [embedding_text(found.documents, passage) for passage in found.passages]
    for at, hits in enumerate(search(found, texts, 3)):
        assert hits.rankings["hash"][0] == hits.rankings["bm25"][0] == at
        assert len(hits.rankings["hash"]) == 3
        (own,) = HashEncoder().encode_queries(texts[at : at + 1])
        (apart,) = told_apart(own[np.newaxis], in_common(HashEncoder(), "en"))
        assert hits.passage_cosines["hash"] == pytest.approx(apart @ own, abs=1e-5)
    (hits,) = search(found, ["Any rides?"], 99)
    assert hits.asks["hash"][1] == pytest.approx(1, abs=1e-5)
    assert sorted(hits.rankings["hash"]) == list(range(30))


def test_an_encoder_of_another_width_without_a_library(tmp_path: Path) -> None:
    corpus, encoder = write_files(tmp_path / "corpus", {"a.txt": GOOD}), NarrowEncoder("narrow")
    build(corpus, tmp_path / "index", encoder)
    (hits,) = search(open_index(tmp_path / "index", [encoder]), ["rides"], 5)
    assert (hits.asks["narrow"].shape, hits.statements["narrow"].shape) == ((0,), (2,))


def test_two_encoders(tmp_path: Path) -> None:
    corpus, encoders = write_files(tmp_path / "corpus", {"a.txt": GOOD}), (HashEncoder("one"), HashEncoder("two"))
    build_index(corpus, tmp_path / "index", encoders, progress=quiet)
    (hits,) = search(open_index(tmp_path / "index", encoders), ["rides"], 5)
    assert sorted(hits.rankings) == ["bm25", "one", "two"]
    assert sorted(hits.statements) == ["bm25", "one", "two"]


@pytest.mark.parametrize(
    "files",
    [{}, {"a.txt": ""}, {"a.doc": "Words."}, {"a.md": "# A heading\n\n## Another\n"}, {"sources.toml": ""}],
    ids=["nothing", "empty", "unknown", "headings", "description"],
)
def test_nothing_to_index(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    corpus = write_files(tmp_path / "corpus", files)
    with pytest.raises(CorpusError) as fault:
        build(corpus, tmp_path / "index")
    assert str(fault.value).startswith(f"nothing in {corpus} can be indexed (")
    assert "\n" not in str(fault.value)
    assert not (tmp_path / "index").exists()


def test_no_corpus_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as fault:
        build(tmp_path / "gone", tmp_path / "index")
    assert str(fault.value) == f"{tmp_path / 'gone'} is not a folder; name a folder of documents with --corpus"


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as fault:
        opened(tmp_path / "index")
    command_line = f"python -m ingest --index {tmp_path / 'index'}"
    assert str(fault.value) == f"there is no index in {tmp_path / 'index'}; build it with: {command_line}"


@pytest.mark.parametrize(("name", "version"), [("other", "1"), ("hash", "2")])
def test_another_encoder(corpus: Path, tmp_path: Path, name: str, version: str) -> None:
    index, encoder = tmp_path / "index", CountingEncoder(name, version)
    build(corpus, index)
    with pytest.raises(IndexMismatch) as fault:
        open_index(index, [encoder])
    assert str(fault.value) == (
        f"the index in {index} was built with hash (1), but here are {name} ({version}); "
        f"build it with: python -m ingest --index {index}"
    )
    assert build(corpus, index, encoder).encoded == len(encoder.texts) > 30
    assert open_index(index, [encoder]).manifest.encoders == ((name, version),)


def test_one_more_encoder_keeps_the_first_ones_vectors(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    first, second = CountingEncoder(), CountingEncoder("second")
    summary = build_index(corpus, tmp_path / "index", [first, second], progress=quiet)
    assert (first.texts, len(second.texts)) == ([], summary.encoded)


def test_only_the_build_before_is_kept_for_its_readers(corpus: Path, tmp_path: Path) -> None:
    for at in range(4):
        write_files(corpus, {"documents/new.txt": f"Version {at} is here.\n"})
        reader = opened(tmp_path / "index") if at else None
        build(corpus, tmp_path / "index")
        if reader:
            assert reader.documents["new.txt"].text == f"Version {at - 1} is here."
            assert search(reader, ["version"], 3)[0].rankings["bm25"]
    assert texts_in(tmp_path / "index")["new.txt"] == "Version 3 is here."
    assert len(list((tmp_path / "index").iterdir())) == 3


def test_progress_is_told(corpus: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    encoder = HashEncoder()
    build_index(corpus, tmp_path / "index", [encoder], progress=lambda *step: told.append(step))
    assert told[29] == ("reading", 30, 30)
    assert {(what, total) for what, done, total in told if done == total} == {
        ("reading", 30),
        ("passages, hash", 30),
        ("statements, hash", 30),
        ("asks, hash", 2),
    }


def test_saved_vectors_save_encoding(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    (saved,) = save_vectors(corpus, tmp_path / "index", [HashEncoder()])
    assert saved == corpus / "vectors" / "hash-1.npz"
    encoder = CountingEncoder()
    assert build(corpus, tmp_path / "other", encoder).encoded == 0
    (near,) = search(opened(tmp_path / "other"), ["Is it free?"], 3)
    (exact,) = search(opened(tmp_path / "index"), ["Is it free?"], 3)
    assert near.rankings["bm25"] == exact.rankings["bm25"]
    assert np.abs(near.statements["hash"] - exact.statements["hash"]).max() < 0.0005


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "middle", "other texts"])
def test_damaged_saved_vectors_only_cost_encoding(corpus: Path, tmp_path: Path, damage: str) -> None:
    whole = build(corpus, tmp_path / "index").encoded
    (saved,) = save_vectors(corpus, tmp_path / "index", [HashEncoder()])
    content = saved.read_bytes()
    if damage == "other texts":
        ship_vectors(corpus, HashEncoder(), {"Any rides?": np.ones(384, dtype=np.float32)})
    else:
        middle = content[:150] + bytes(100) + content[250:]
        saved.write_bytes({"cut": content[: len(content) // 2], "empty": b"", "text": b"x"}.get(damage, middle))
    assert build(corpus, tmp_path / "other").encoded == whole - (damage == "other texts")
    assert set(opened(tmp_path / "other").documents) == {f"{at}.txt" for at in range(30)}


def test_saved_vectors_beside_documents_are_no_documents(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", {"a.txt": GOOD})
    build(corpus, tmp_path / "index")
    save_vectors(corpus, tmp_path / "index", [HashEncoder()])
    again = build(corpus, tmp_path / "index")
    assert (again.is_unchanged, again.skips) == (True, ())


def test_vectors_without_an_index(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no index in .* to take vectors from; run: python -m ingest"):
        save_vectors(corpus, tmp_path / "index", [HashEncoder()])


def test_shipped_vectors_are_those_asked_for(tmp_path: Path) -> None:
    vectors = HashEncoder().encode_passages(["one", "two"])
    ship_vectors(tmp_path, HashEncoder(), dict(zip(["one", "two"], vectors, strict=True)))
    found = shipped_vectors(tmp_path, HashEncoder(), ["two", "three"])
    assert list(found) == ["two"]
    assert np.array_equal(found["two"], vectors[1])
    assert shipped_vectors(tmp_path, HashEncoder("other"), ["two"]) == {}


def run_command(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The command line, with an encoder that needs no model."""
    monkeypatch.setattr(command, "load_encoders", lambda settings: [HashEncoder()])
    return command.main([str(argument) for argument in arguments])


def test_the_command_prints_a_summary(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(corpus, {"documents/a.txt": "", "documents/old.doc": "Words."})
    arguments = ("--corpus", corpus, "--index", tmp_path / "index")
    assert run_command(monkeypatch, *arguments, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert {**summary, "seconds": 0, "encoded": 0} == {
        "documents": 30,
        "passages": 30,
        "asks": 2,
        "encoded": 0,
        "skips": [
            {"file": "a.txt", "reason": "holds no text (an empty file, or a scan that needs text recognition first)"},
            {
                "file": "old.doc",
                "reason": "unknown format .doc; .htm, .html, .markdown, .md, .pdf, .text, .txt can be read",
            },
        ],
        "is_unchanged": False,
        "seconds": 0,
    }
    assert run_command(monkeypatch, *arguments, "--save-vectors") == 0
    first, *skipped = capsys.readouterr().out.splitlines()
    assert first.startswith("30 documents, 30 passages, 2 ways of asking; unchanged; ")
    assert [line.split(":")[0] for line in skipped] == ["skipped a.txt", "skipped old.doc"]
    assert (corpus / "vectors" / "hash-1.npz").exists()


@pytest.mark.parametrize("files", [{}, {"a.toml": "x"}, {"a.txt": ""}], ids=["nothing", "no documents", "unreadable"])
def test_the_command_says_in_one_line_that_nothing_is_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], files: dict[str, str | bytes]
) -> None:
    corpus = write_files(tmp_path / "corpus", files)
    assert run_command(monkeypatch, "--corpus", corpus, "--index", tmp_path / "index") == 1
    printed = capsys.readouterr()
    errors = [line for line in printed.err.splitlines() if not line.startswith("reading: ") and line.strip()]
    assert (printed.out, len(errors)) == ("", 1)
    assert errors[0].startswith(f"error: nothing in {corpus} can be indexed (")


def test_the_command_says_what_is_not_a_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUALS_NAVIGATOR_INDXE", "x")
    assert run_command(monkeypatch) == 1
    assert capsys.readouterr().err.startswith("error: DUALS_NAVIGATOR_INDXE is not a setting; ")


def test_the_command_explains_itself() -> None:
    ran = run_python("-m", "ingest", "--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [word for word in ("--corpus", "--index", "--json", "--save-vectors") if word not in ran.stdout] == []


def test_an_index_that_is_a_file(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index").write_text("x")
    assert run_command(monkeypatch, "--corpus", corpus, "--index", tmp_path / "index") == 1


def test_a_build_does_not_need_the_corpus_afterwards(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    shutil.rmtree(corpus)
    assert len(opened(tmp_path / "index").documents) == 30


def test_each_search_asks_only_its_rankers(tmp_path: Path) -> None:
    corpus, encoders = write_files(tmp_path / "corpus", {"a.txt": GOOD}), (HashEncoder("one"), HashEncoder("two"))
    build_index(corpus, tmp_path / "index", encoders, progress=quiet)
    searches = [Search("rides", rankers) for rankers in (("two",), ("bm25", "one"), ("bm25",))]
    found = open_index(tmp_path / "index", encoders).search(searches, 5)
    assert [sorted(each.rankings) for each in found] == [["two"], ["bm25", "one"], ["bm25"]]
    assert [sorted(each.statements) for each in found] == [["two"], ["bm25", "one"], ["bm25"]]


def test_every_statement_is_compared_however_many_fit_at_once(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus, tmp_path / "index")
    monkeypatch.setattr("ingest.vectors._ROWS_AT_ONCE", 7)
    found, encoder = opened(tmp_path / "index"), HashEncoder()
    (near,) = search(found, ["Which plan pays for c8?"], 5)
    texts = [statement_text(found.documents[source], each) for source, each in found.statements]
    (apart,) = told_apart(near.vectors["hash"][np.newaxis], in_common(encoder, "en"))
    assert near.statements["hash"] == pytest.approx(encoder.encode_passages(texts) @ apart, abs=1e-6)
    assert len(texts) % 7 != 0


def test_a_search_by_words_alone(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    index = opened(tmp_path / "index")
    (found,) = index.search([Search("plan c7", ("bm25",))], 1)
    assert [index.passages[at].source_id for at in found.rankings["bm25"]] == ["7.txt"]
