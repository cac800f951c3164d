"""Cases -> outcomes: asks the product's own assistant, case by case, and goes on where a run was cut off."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Role, Turn
from evals.case import Case, load_cases
from evals.ground import Ground, Holdings, ground_of, save_ground
from evals.outcomes import Outcome, as_failure, as_outcome, drop_cut_off_line, load_outcomes, to_line
from evals.record import RunRecord, differences, load_record, record_of, save_record
from ingest.errors import UsageError
from ingest.reading import grade
from ingest.settings import Settings

OUTCOMES = "outcomes.jsonl"

Progress = Callable[[str, int, int], None]


class Assistant(Protocol):
    """What evals ask of the assistant."""

    @property
    def index(self) -> Holdings:
        """The index it answers from."""

    def answer(
        self, message: str, history: Sequence[Turn] = (), *, role: Role = Role.BENEFICIARY, language: str = ""
    ) -> Answer:
        """The answer to a message."""


def generate(assistant: Assistant, settings: Settings, cases_file: Path, out: Path, progress: Progress) -> int:
    """Answer each case into out/outcomes.jsonl, in case order; returns how many were kept from an interrupted run.

    Raises UsageError when the folder holds a run of other settings, cases, corpus or code.
    """
    cases = load_cases(cases_file)
    started = datetime.now(UTC).isoformat(timespec="seconds")
    record = _continued(record_of(settings, assistant.index.manifest, cases_file, started), out)
    ground = ground_of(assistant.index)
    out.mkdir(parents=True, exist_ok=True)
    save_record(record, out)
    save_ground(ground, out)
    done = _kept(out / OUTCOMES)
    with (out / OUTCOMES).open("ab") as file:
        for count, case in enumerate(cases, 1):
            if case.id not in done:
                file.write(to_line(answer_case(assistant, case, ground)))
                file.flush()
            progress("answering", count, len(cases))
    save_record(_finished(record), out)
    return len(done)


def answer_case(assistant: Assistant, case: Case, ground: Ground) -> Outcome:
    """The outcome of one case, whatever happens."""
    history = turns(case)
    began = time.perf_counter()
    try:
        answer = assistant.answer(case.question, history, role=case.role)
    except Exception as fault:
        # The run goes on: a fault is a result too, and scores as a miss.
        return as_failure(case.id, fault, time.perf_counter() - began)
    seconds = time.perf_counter() - began
    return as_outcome(case.id, answer, assistant.index.documents, seconds, _grade(answer, ground))


def turns(case: Case) -> tuple[Turn, ...]:
    """The case's history as the assistant takes it."""
    return tuple(Turn(turn.role, turn.content) for turn in case.history)


def _grade(answer: Answer, ground: Ground) -> float | None:
    if answer.language != "en":
        return None
    own = [sentence.text for sentence in answer.sentences if sentence.kind != "quote"]
    return grade(own, ground.program_names)


def _continued(record: RunRecord, out: Path) -> RunRecord:
    """The record to go on with: that of the interrupted run, if there is one."""
    before = load_record(out)
    if before is None:
        if (out / OUTCOMES).exists():
            raise UsageError(f"{out} holds outcomes of an unknown run; choose another --out, or delete them")
        return record
    if changed := differences(before, record):
        raise UsageError(
            f"{out} holds a run with other {', '.join(changed)}; choose another --out, or delete it to run anew"
        )
    return before


def _kept(path: Path) -> set[str]:
    if not path.exists():
        return set()
    drop_cut_off_line(path)
    return set(load_outcomes(path))


def _finished(record: RunRecord) -> RunRecord:
    return record if record.finished else replace(record, finished=datetime.now(UTC).isoformat(timespec="seconds"))
