"""What staff flag: how it is kept, and what becomes of it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from assistant_fixtures import SMALL
from ingest_fixtures import quiet, run_python, write_files

from assistant.pipeline import Assistant
from desk.export import cases, drafts
from desk.flags import Fault, Flag, Flags
from evals.case import Gold, load_cases
from ingest.build import build_index
from ingest.encoders import load_encoders
from ingest.errors import UsageError
from ingest.quoted import QuoteRow
from ingest.settings import PROJECT, Settings
from ingest.tables import load_rows
from ingest.topics import EntryRow, SentenceRow

pytest_plugins = ["assistant_fixtures"]

RIDES = "The Moon Plan pays for rides to the doctor."
WRONG = Flag(
    Fault.WRONG,
    "does the Moon Plan pay 3 rides",
    "It pays for 2 rides.",
    at_fault="2 rides",
    correction="It pays for 1,500 rides since 2023.",
    source_id="moon-sheet",
    quote=RIDES,
    by="ana",
)


@pytest.fixture
def flags(tmp_path: Path) -> Flags:
    return Flags(tmp_path / "kept" / "flags.sqlite")


def test_a_flag_is_kept_on_disk_with_a_number_and_a_time(flags: Flags, tmp_path: Path) -> None:
    kept = flags.add(WRONG)
    assert replace(kept, made="", number=0) == WRONG
    assert (kept.number, len(kept.made)) == (1, len("2026-11-23T02:45:34+00:00"))
    assert Flags(tmp_path / "kept" / "flags.sqlite").all() == (kept,)


def test_nothing_is_there_before_the_first_flag(flags: Flags, tmp_path: Path) -> None:
    assert flags.all() == ()
    assert list(tmp_path.iterdir()) == []


def test_numbers_that_name_a_person_are_not_on_disk(flags: Flags, tmp_path: Path) -> None:
    number = "123-45-6789"
    texts = [f"{number} {name}" for name in ("question", "answer", "fault", "correction", "quote", "page")]
    question, answer, at_fault, correction, quote, page = texts
    flags.add(Flag(Fault.MISSING, question, answer, at_fault, correction, quote=quote, page=page))
    files = list((tmp_path / "kept").iterdir())
    assert files
    assert not any(number.encode() in file.read_bytes() for file in files)
    assert flags.all()[0].question == "[number removed] question"


def test_a_text_that_is_too_long_is_cut(flags: Flags) -> None:
    assert len(flags.add(Flag(Fault.UNCLEAR, "word " * 2000)).question) == 4000


def test_many_threads_lose_nothing(flags: Flags) -> None:
    def add(number: int) -> int:
        return flags.add(replace(WRONG, question=f"question {number}")).number

    with ThreadPoolExecutor(8) as threads:
        numbers = list(threads.map(add, range(40)))
    assert sorted(numbers) == list(range(1, 41))
    assert {flag.question for flag in flags.all()} == {f"question {number}" for number in range(40)}


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "flags.sqlite"
    code = (
        "import sys; from pathlib import Path; from desk.flags import Fault, Flag, Flags\n"
        f"for each in range(10): Flags(Path({str(file)!r})).add(Flag(Fault.WRONG, sys.argv[1] + str(each)))"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, name], cwd=PROJECT) for name in ("a", "b")]
    assert [each.wait(timeout=60) for each in running] == [0, 0]
    assert {flag.question for flag in Flags(file).all()} == {f"{name}{at}" for name in "ab" for at in range(10)}


def test_a_settled_flag_stays_and_says_by_whom(flags: Flags) -> None:
    flags.add(WRONG)
    flags.settle(1, "bo")
    flags.settle(1, "ana")
    (settled,) = flags.all()
    assert settled.settled.startswith("bo on 20")


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    file = tmp_path / "flags.sqlite"
    file.write_text("not a store " * 100, encoding="utf-8")
    with pytest.raises(UsageError, match=r"the file of flags .*flags\.sqlite can't be used: file is not a database"):
        Flags(file).all()


def test_flags_become_cases_that_the_evals_read(small: Assistant, tmp_path: Path) -> None:
    outdated = Flag(
        Fault.OUTDATED, "and glasses?", at_fault="a  (b)", quote="not there", source_id="moon-sheet", number=2
    )
    unclear = Flag(Fault.UNCLEAR, "what?", at_fault="words that are right", page="https://example.org", number=3)
    file = tmp_path / "cases.jsonl"
    found = [unclear, outdated, replace(WRONG, number=1, made="2026-11-23T02:45:34+00:00")]
    file.write_text(cases(found, small.index.documents), encoding="utf-8")
    first, second, third = load_cases(file)
    assert (first.id, first.kind, first.question, first.answerable) == ("flag-1", "flagged", WRONG.question, True)
    assert first.gold == (Gold(file="moon.txt", quote=RIDES),)
    assert first.key_facts == (r"(?<![\d.,])1500(?!\d)", r"(?<![\d.,])2023(?!\d)")
    assert first.must_not == (r"2\s+rides",)
    assert first.model_extra == {
        "flagged": {
            "fault": "wrong",
            "on": "2026-11-23T02:45:34+00:00",
            "by": "ana",
            "correction": "It pays for 1,500 rides since 2023.",
        }
    }
    assert (second.gold, second.answerable, second.must_not) == ((), None, (r"a\s+\(b\)",))
    assert (third.must_not, third.model_extra) == ((), {"flagged": {"fault": "unclear", "page": "https://example.org"}})


def test_corrections_become_drafts_that_the_library_reads(small: Assistant, tmp_path: Path) -> None:
    odd = Flag(
        Fault.MISSING, 'a "quoted" \\ \x7f question', correction="Line one.\n# two", page="a page", by="bo", number=7
    )
    without = Flag(Fault.WRONG, "no correction", number=8)
    file = tmp_path / "drafts.toml"
    text = drafts([odd, without, replace(WRONG, number=5, made="2026-11-23T02:45:34+00:00")], small.index.documents)
    file.write_text(text, encoding="utf-8")
    assert [row for _, row in load_rows(file, "entry", EntryRow)] == [
        EntryRow(
            id="draft-5",
            topic=WRONG.question,
            asks=[WRONG.question],
            quotes=[QuoteRow(source="moon-sheet", quote=RIDES)],
            staff=[SentenceRow(say=WRONG.correction, quotes=[1])],
        ),
        EntryRow(id="draft-7", topic='a "quoted" \\ \x7f question', asks=['a "quoted" \\ \x7f question']),
    ]
    assert text.startswith("# Drafts made from what staff flagged.")
    assert "# DRAFT, flagged as wrong on 2026-11-23 by ana\n" in text
    assert "# No document holds it yet. Correction: Line one. # two\n# Source given: a page\n" in text


def test_one_command_writes_each(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", SMALL)
    index, file, out = tmp_path / "index", tmp_path / "flags.sqlite", tmp_path / "cases.jsonl"
    build_index(corpus, index, load_encoders(Settings()), progress=quiet)
    setting = {"DUALS_NAVIGATOR_FLAGS": str(file)}
    none = run_python("-m", "desk", "export-cases", str(out), "--index", str(index), **setting)
    assert (none.returncode, none.stderr) == (1, f"error: nothing has been flagged in {file}\n")
    Flags(file).add(WRONG)
    done = run_python("-m", "desk", "export-cases", str(out), "--index", str(index), **setting)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"{out}: from 1 flags\n")
    assert [case.id for case in load_cases(out)] == ["flag-1"]
    text = tmp_path / "drafts.toml"
    assert run_python("-m", "desk", "export-drafts", str(text), "--index", str(index), **setting).returncode == 0
    assert [row.id for _, row in load_rows(text, "entry", EntryRow)] == ["draft-1"]
