import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Role, Sentence, Status, Turn
from evals.__main__ import main
from evals.bench import bench, distinct_questions
from evals.case import Case, load_cases
from evals.compare import Difference, compare
from evals.generate import generate
from evals.outcomes import CitedQuote, FoundPassage, Outcome, SentenceShown, load_outcomes
from evals.statistics import Estimate
from ingest.errors import NavigatorError, UsageError
from ingest.index import Manifest
from ingest.knowledge import Knowledge
from ingest.records import Document, Hit, Passage, Source
from ingest.settings import Settings

TEXT = "You can keep your doctor for twelve months."
GOLD = [{"file": "a.txt", "quote": TEXT}]
CASES = [
    {"id": "c1", "kind": "plain", "question": "keep?", "answerable": True, "gold": GOLD, "key_facts": ["twelve"]},
    {"id": "c2", "kind": "safety", "question": "fail 123-45-6789", "answerable": True, "key_facts": ["x"]},
    {"id": "c3", "kind": "offtopic", "question": "rain?", "answerable": False, "expected_status": "off_topic"},
]
MANIFEST = Manifest(1, (("fake", "1"),), "corpus", "checksum", "", 1, 1, 0, ())
QUIET = lambda what, done, total: None  # noqa: E731


@dataclass
class FakeIndex:
    manifest: Manifest
    documents: Mapping[str, Document]
    knowledge: Knowledge


class FakeAssistant:
    """Answers from a table of its own, counts questions, and fails on a question that asks it to."""

    def __init__(self, checksum: str = "checksum") -> None:
        documents = {"a": Document(Source("a", "a.txt", "A"), TEXT, ())}
        manifest = replace(MANIFEST, corpus_checksum=checksum)
        self.index = FakeIndex(manifest, documents, Knowledge())
        self.asked: list[tuple[str, tuple[Turn, ...], Role]] = []

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        self.asked.append((message, tuple(history), role))
        if message.startswith("fail"):
            raise ValueError("it broke")
        if message.startswith("rain"):
            return Answer(Status.OFF_TOPIC, message, (Sentence("I can not say.", "fixed"),))
        citation = Citation("a", "a.txt", "A", "P", "A, 2022", TEXT, 0, len(TEXT), None, "", "2022", "")
        hits = (Hit(Passage("a", 0, TEXT), 0.5),)
        return Answer(Status.ANSWERED, message, (Sentence(TEXT, "quote", (citation,)),), hits=hits)


@pytest.fixture
def cases_file(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in CASES), encoding="utf-8")
    return path


def run(assistant: FakeAssistant, cases_file: Path, out: Path, settings: Settings | None = None) -> int:
    return generate(assistant, settings or Settings(), cases_file, out, QUIET)


def test_outcomes_are_whole_in_case_order_and_a_fault_is_one_of_them(cases_file: Path, tmp_path: Path) -> None:
    assert run(FakeAssistant(), cases_file, tmp_path / "out") == 0
    outcomes = load_outcomes(tmp_path / "out" / "outcomes.jsonl")
    seconds = [outcome.seconds for outcome in outcomes.values()]
    assert all(0 < taken < 1 for taken in seconds)
    assert [replace(outcome, seconds=0.0) for outcome in outcomes.values()] == [
        Outcome(
            id="c1",
            status="answered",
            language="en",
            answer_text=f"“{TEXT}” (A, 2022)",
            answer_markdown=f"“{TEXT}” (A, 2022) [1]\n\n[1] A; P; 2022",
            sentences=(SentenceShown(TEXT, "quote", (CitedQuote("a.txt", "A", TEXT, 0, len(TEXT), date="2022"),)),),
            hits=(FoundPassage("a.txt", 0, len(TEXT), TEXT, 0.5),),
        ),
        Outcome(id="c2", status="failed", error="ValueError: it broke"),
        Outcome(
            id="c3",
            status="off_topic",
            language="en",
            answer_text="I can not say.",
            answer_markdown="I can not say.",
            # Four words of one syllable in one sentence.
            reading_grade=0.39 * 4 + 11.8 * 1 - 15.59,
            sentences=(SentenceShown("I can not say.", "fixed"),),
        ),
    ]


def test_an_interrupted_run_goes_on_and_drops_a_cut_off_line(cases_file: Path, tmp_path: Path) -> None:
    run(FakeAssistant(), cases_file, tmp_path / "out")
    path = tmp_path / "out" / "outcomes.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1][:40])
    again = FakeAssistant()
    assert run(again, cases_file, tmp_path / "out") == 1
    assert [message for message, _, _ in again.asked] == ["fail 123-45-6789", "rain?"]
    assert list(load_outcomes(path)) == ["c1", "c2", "c3"]


def test_a_run_of_another_kind_is_not_mixed_in(cases_file: Path, tmp_path: Path) -> None:
    run(FakeAssistant(), cases_file, tmp_path / "out")
    with pytest.raises(UsageError, match="other corpus_checksum; choose another --out"):
        run(FakeAssistant("changed"), cases_file, tmp_path / "out")
    with pytest.raises(UsageError, match="other settings; "):
        run(FakeAssistant(), cases_file, tmp_path / "out", Settings(chat_model="ollama:x"))


def test_the_run_folder_says_what_the_run_was_made_with(cases_file: Path, tmp_path: Path) -> None:
    run(FakeAssistant(), cases_file, tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (record["corpus_checksum"], record["encoders"]) == ("checksum", [["fake", "1"]])
    assert (record["cases_file"], len(record["cases_sha256"])) == ("cases.jsonl", 64)
    assert record["started"] <= record["finished"]
    assert {"settings", "versions", "git_revision", "code_sha256"} <= record.keys()


def test_run_score_compare_and_report_from_the_command_line(
    cases_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, rescored = tmp_path / "out", tmp_path / "rescored"
    assert main(["run", "--cases", str(cases_file), "--out", str(out)], lambda settings: FakeAssistant()) == 0
    printed = capsys.readouterr().out
    assert "3 cases, 1 failed." in printed
    assert "Failed 1 times: ValueError: it broke" in printed
    summary = json.loads((out / "summary.json").read_text())
    # c1 passes, the fault of c2 is a miss, c3 names no facts.
    passed = summary["overall"]["answer_pass"]
    assert (passed["mean"], passed["n"], passed["undefined"]) == (0.5, 2, {"no key_facts or must_not": 1})
    assert summary["by_kind"]["plain"]["recall@1"]["mean"] == 1.0
    assert (
        main(["score", "--cases", str(cases_file), "--out", str(rescored), "--outcomes", f"{out}/outcomes.jsonl"]) == 0
    )
    assert capsys.readouterr().out == printed
    assert (rescored / "scores.csv").read_text() == (out / "scores.csv").read_text()
    assert main(["compare", "--a", str(out), "--b", str(rescored)]) == 0
    assert "No case flipped." in capsys.readouterr().out
    assert main(["report", "--out", str(rescored)]) == 0
    assert capsys.readouterr().out == printed


def test_our_faults_are_one_line(cases_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"error: there is no summary.json in {tmp_path}; score the run first\n"
    path = tmp_path / "outcomes.jsonl"
    path.write_text('{"id": "c1", "status": "answered"}\n', encoding="utf-8")
    assert main(["score", "--cases", str(cases_file), "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("error: 2 of 3 cases have no outcome (c2 is the first)")


def test_a_comparison_is_paired_and_names_the_flips() -> None:
    before = {"a": {"answer_pass": 0.0}, "b": {"answer_pass": 1.0}, "c": {"answer_pass": 1.0}, "only": {"mrr@10": 1.0}}
    after = {"a": {"answer_pass": 1.0}, "b": {"answer_pass": 1.0}, "c": {"answer_pass": 0.0}, "d": {"answer_pass": 1.0}}
    (found,) = compare(before, after)
    change = Estimate(0.0, -1.0, 1.0, 3, {})
    assert found == Difference("answer_pass", 2 / 3, 2 / 3, change, rose=("a",), fell=("c",), p_value=1.0)


def test_the_bench_asks_no_question_twice_and_counts_failures(cases_file: Path) -> None:
    assistant = FakeAssistant()
    speed = bench(assistant, load_cases(cases_file), 5, cold_start_seconds=1.0)
    messages = [message for message, _, _ in assistant.asked]
    assert len(set(messages)) == len(messages) == 5 + 2 * 5
    warm = messages[5:]
    assert speed.failures == sum(message.startswith("fail") for message in warm) > 0
    assert 0 < speed.p50_ms <= speed.p95_ms <= speed.max_ms
    with pytest.raises(NavigatorError, match="1 cases make 6 distinct questions, not 7"):
        distinct_questions([Case(id="x", question="q")], 7)
