import json
from pathlib import Path

import pytest

from assistant.answer import Role
from evals.case import Case, Gold, PastTurn, load_cases, matches
from ingest.errors import UsageError


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_a_case_is_read_and_unknown_fields_are_kept(tmp_path: Path) -> None:
    row = {
        "id": "a",
        "kind": "staff",
        "lang": "es",
        "question": "q",
        "history": [{"role": "user", "content": "before"}],
        "answerable": True,
        "role": "staff",
        "gold": [{"file": "f.txt", "quote": "w"}],
        "key_facts": ["x|y"],
        "note": 7,
    }
    (case,) = load_cases(write(tmp_path / "cases.jsonl", row))
    assert case == Case(
        id="a",
        kind="staff",
        lang="es",
        question="q",
        history=(PastTurn(role="user", content="before"),),
        answerable=True,
        role=Role.STAFF,
        gold=(Gold(file="f.txt", quote="w"),),
        key_facts=("x|y",),
        note=7,
    )
    assert case.model_extra == {"note": 7}


def test_a_retrieval_only_case_needs_no_kind_or_language(tmp_path: Path) -> None:
    row = {
        "id": "r",
        "question": "q",
        "history": [{"role": "assistant", "text": "t"}],
        "gold_doc_ids": ["d1"],
        "answerable": None,
    }
    (case,) = load_cases(write(tmp_path / "questions.jsonl", row))
    assert (case.kind, case.lang, case.answerable, case.expects_refusal) == ("unspecified", "en", None, None)
    assert (case.history[0].content, case.gold_doc_ids) == ("t", ("d1",))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"id": "b"}', "line 2: question: Field required"),
        ('{"id": "b", "question"', "line 2: Invalid JSON"),
        ('{"id": "b", "question": "q", "key_facts": ["("]}', "line 2: key_facts.0: Value error, '(' is not a regular"),
        ('{"id": "a", "question": "q"}', "the id 'a' is used twice"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "a", "question": "q"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError) as fault:
        load_cases(path)
    assert str(fault.value).startswith(f"{path}: ")
    assert reason in str(fault.value)


def test_patterns_match_case_blind_in_normalised_text() -> None:
    assert matches("december 31,? 2022", "It ended on December\n31, ２０２２.")
    assert matches("don’t", "They DON'T.")
    assert not matches("2023", "2022")
