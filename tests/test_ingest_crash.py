"""Builds that are killed, files that are cut off, and builds at the same time: the index answers or says what to do."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ingest_fixtures import CountingEncoder, build, opened, run_python, search, texts_in, write_files

from ingest import build as building
from ingest.errors import IndexMismatch, IndexMissing
from ingest.settings import PROJECT

# Builds argv[1] into argv[2]; ends the process without any cleaning up where argv[3] says.
BUILDER = """
import os, sys
from pathlib import Path
from ingest import build, index
from ingest.embed import HashEncoder

corpus, folder, where, number = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
write_build, write_vectors = build.write_build, index.write_vectors

class Killer(HashEncoder):
    batches = 0
    def encode_passages(self, texts):
        self.batches += 1
        if where == "batch" and self.batches == number:
            os._exit(9)
        return super().encode_passages(texts)

def killed_after(step):
    def run(*arguments):
        step(*arguments)
        os._exit(9)
    return run

if where == "vectors":
    index.write_vectors = killed_after(write_vectors)
if where == "written":
    build.write_build = killed_after(write_build)
if where == "renamed":
    build.os.replace = lambda *arguments: os._exit(9)
if where == "swapped":
    build._sweep = lambda *arguments, **named: os._exit(9)
print("ready", flush=True)
build.build_index(corpus, folder, [Killer()], progress=lambda *step: None)
"""


def builder(corpus: Path, index: Path, where: str = "", number: int = 0) -> subprocess.CompletedProcess[str]:
    """A build in a process of its own."""
    return run_python("-c", BUILDER, str(corpus), str(index), where, str(number))


def plans(count: int, version: str) -> dict[str, str | bytes]:
    return {f"{at}.txt": f"Plan {at} pays for care {version}{at}.\n" for at in range(count)}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write_files(tmp_path / "corpus", plans(40, "old"))


def check_recovery(corpus: Path, index: Path, answering: str) -> None:
    """The index answers, and the next build leaves nothing behind but the builds it needs."""
    assert texts_in(index) == {
        name: text.strip() for name, text in plans(40, answering).items() if isinstance(text, str)
    }
    assert search(opened(index), ["care"], 3)[0].rankings["bm25"]
    write_files(corpus, plans(40, "next"))
    build(corpus, index)
    assert texts_in(index)["3.txt"] == "Plan 3 pays for care next3."
    names = sorted(path.name.split("-")[0] for path in index.iterdir())
    assert names in (["CURRENT", "build"], ["CURRENT", "build", "build"])


@pytest.mark.parametrize(
    ("where", "number", "answering"),
    [
        ("batch", 2, "old"),
        ("vectors", 0, "old"),
        ("written", 0, "old"),
        ("renamed", 0, "old"),
        ("swapped", 0, "new"),
    ],
)
def test_a_killed_build_leaves_an_index_that_answers(
    corpus: Path, tmp_path: Path, where: str, number: int, answering: str
) -> None:
    build(corpus, tmp_path / "index")
    write_files(corpus, plans(40, "new"))
    ran = builder(corpus, tmp_path / "index", where, number)
    assert (ran.returncode, ran.stdout, ran.stderr) == (9, "ready\n", "")
    check_recovery(corpus, tmp_path / "index", answering)


@pytest.mark.parametrize("delay", [0.05, 0.25])
def test_a_build_killed_at_any_moment(corpus: Path, tmp_path: Path, delay: float) -> None:
    build(corpus, tmp_path / "index")
    write_files(corpus, plans(40, "new"))
    arguments = [sys.executable, "-c", BUILDER, str(corpus), str(tmp_path / "index"), "", "0"]
    with subprocess.Popen(arguments, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        time.sleep(delay)
        process.kill()
    answering = "new" if "new" in texts_in(tmp_path / "index")["0.txt"] else "old"
    check_recovery(corpus, tmp_path / "index", answering)


def test_a_first_build_that_is_killed_leaves_no_index(corpus: Path, tmp_path: Path) -> None:
    assert builder(corpus, tmp_path / "index", "written").returncode == 9
    with pytest.raises(IndexMissing):
        opened(tmp_path / "index")
    build(corpus, tmp_path / "index")
    check_recovery(corpus, tmp_path / "index", "old")


def files_of(index: Path) -> list[Path]:
    return sorted(path for path in index.glob("build-*/**/*") if path.is_file() and path.stat().st_size)


def mismatch(index: Path) -> str:
    with pytest.raises(IndexMismatch) as fault:
        opened(index)
    assert "\n" not in str(fault.value)
    assert str(fault.value).endswith(f"; build it with: python -m ingest --index {index}")
    return str(fault.value)


@pytest.mark.parametrize("damage", ["half", "empty", "gone"])
def test_every_cut_off_file_is_noticed(tmp_path: Path, damage: str) -> None:
    corpus, index = write_files(tmp_path / "corpus", {"a.txt": "The plan is free.\n"}), tmp_path / "index"
    build(corpus, index)
    files = files_of(index)
    assert {path.name for path in files} >= {"manifest.json", "store.json", "chroma.sqlite3", "params.index.json"}
    for path in files:
        content = path.read_bytes()
        path.unlink()
        if damage != "gone":
            path.write_bytes(content[: len(content) // 2 if damage == "half" else 0])
        message = mismatch(index)
        name = path.relative_to(index).as_posix().split("/", 1)[1]
        assert f"is damaged: {name} is cut off or gone" in message or name == "manifest.json"
        path.write_bytes(content)
    assert texts_in(index) == {"a.txt": "The plan is free."}


@pytest.mark.parametrize("name", ["manifest.json", "store.json", "chroma.sqlite3", "vocab.index.json", "CURRENT"])
def test_the_next_build_mends_a_cut_off_file(tmp_path: Path, name: str) -> None:
    corpus, index = write_files(tmp_path / "corpus", {"a.txt": "The plan is free.\n"}), tmp_path / "index"
    build(corpus, index)
    (path,) = index.rglob(name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    summary = build(corpus, index)
    assert (summary.documents, summary.is_unchanged) == (1, False)
    assert texts_in(index) == {"a.txt": "The plan is free."}


@pytest.mark.parametrize(
    "name", ["store.json", "manifest.json", "vocab.index.json", "data.csc.index.npy", "chroma.sqlite3"]
)
def test_overwritten_files_are_one_line_too(tmp_path: Path, name: str) -> None:
    corpus, index = write_files(tmp_path / "corpus", {"a.txt": "The plan is free.\n"}), tmp_path / "index"
    build(corpus, index)
    (path,) = index.rglob(name)
    path.write_bytes(b"\xff" * path.stat().st_size)
    assert mismatch(index)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"build-gone", b"..\x00", b"."])
def test_a_broken_pointer_is_no_index_and_is_mended(tmp_path: Path, content: bytes) -> None:
    corpus, index = write_files(tmp_path / "corpus", {"a.txt": "The plan is free.\n"}), tmp_path / "index"
    build(corpus, index)
    (index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexMissing):
        opened(index)
    build(corpus, index)
    assert texts_in(index) == {"a.txt": "The plan is free."}


class Interrupted(CountingEncoder):
    """While it encodes for the first time, another process builds the same corpus to the end."""

    def __init__(self, corpus: Path, index: Path) -> None:
        super().__init__()
        self._folders = (corpus, index)
        self.other: subprocess.CompletedProcess[str] | None = None

    def encode_passages(self, texts: object) -> object:  # type: ignore[override]
        self.other = self.other or builder(*self._folders)
        return super().encode_passages(texts)  # type: ignore[arg-type]


def test_a_build_during_a_build(corpus: Path, tmp_path: Path) -> None:
    encoder = Interrupted(corpus, tmp_path / "index")
    build(corpus, tmp_path / "index", encoder)
    assert encoder.other
    assert (encoder.other.returncode, encoder.other.stderr) == (0, "")
    check_recovery(corpus, tmp_path / "index", "old")


def test_a_build_while_another_is_about_to_swap(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap = os.replace

    def other_first(*paths: Path) -> None:
        monkeypatch.setattr(os, "replace", swap)
        assert builder(corpus, tmp_path / "index").returncode == 0
        swap(*paths)

    monkeypatch.setattr(os, "replace", other_first)
    build(corpus, tmp_path / "index")
    check_recovery(corpus, tmp_path / "index", "old")


def test_a_build_while_another_is_about_to_sweep(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(corpus, tmp_path / "index")
    sweep = building._sweep

    def other_first(index: Path, keep: set[Path | None]) -> None:
        write_files(corpus, plans(40, "newer"))
        assert builder(corpus, index).returncode == 0
        sweep(index, keep)

    write_files(corpus, plans(40, "new"))
    monkeypatch.setattr(building, "_sweep", other_first)
    build(corpus, tmp_path / "index")
    monkeypatch.undo()
    check_recovery(corpus, tmp_path / "index", "newer")
