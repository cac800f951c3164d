"""How fast the assistant answers: warm questions one by one, many at once, a cold start, and the memory it took."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from evals.case import Case
from evals.generate import Assistant, turns
from ingest.errors import NavigatorError
from ingest.settings import PROJECT

WARM_UPS = 5
THREADS = 16
# Longer than any start that is still of use to somebody.
_COLD_LIMIT_SECONDS = 600
# Ways to say the same once more in other words, so that no question is asked twice and no cache can help.
_TAILS = (
    "",
    " Please help.",
    " My neighbor asked me.",
    " I need to know today.",
    " It is for my mother.",
    " Thank you so much.",
)
_COLD_START = """
import sys
from dataclasses import replace
from pathlib import Path
from assistant.pipeline import Assistant
from ingest.settings import Settings
Assistant.open(replace(Settings.from_env(), index=Path(sys.argv[1]))).answer(sys.argv[2])
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured; `failures` counts answers that raised, in either part."""

    questions: int
    p50_ms: float
    p95_ms: float
    max_ms: float
    threads: int
    answers_per_second: float
    failures: int
    cold_start_seconds: float
    peak_memory_mb: float | None


def bench(assistant: Assistant, cases: Sequence[Case], count: int, cold_start_seconds: float) -> Speed:
    """Ask `count` distinct questions one by one, then as many others from 16 threads at once."""
    asked = distinct_questions(cases, WARM_UPS + 2 * count)
    for case in asked[:WARM_UPS]:
        _ask(assistant, case)
    timed = [_ask(assistant, case) for case in asked[WARM_UPS : WARM_UPS + count]]
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        at_once = list(pool.map(lambda case: _ask(assistant, case), asked[WARM_UPS + count :]))
    elapsed = time.perf_counter() - began
    p50, p95, slowest = (float(1000 * at) for at in np.percentile([seconds for seconds, _ in timed], [50, 95, 100]))
    failures = sum(not is_answered for _, is_answered in (*timed, *at_once))
    return Speed(count, p50, p95, slowest, THREADS, count / elapsed, failures, cold_start_seconds, peak_memory_mb())


def distinct_questions(cases: Sequence[Case], count: int) -> tuple[Case, ...]:
    """`count` cases, no question twice; raises NavigatorError when there are too few cases to make them from."""
    made = tuple(islice(_variations(cases), count))
    if len(made) < count:
        raise NavigatorError(f"{len(cases)} cases make {len(made)} distinct questions, not {count}; lower --count")
    return made


def cold_start(index: Path, question: str) -> float:
    """Seconds from starting a new Python process until it has opened the assistant, answered once and ended."""
    command = [sys.executable, "-c", _COLD_START, str(index.resolve()), question]
    began = time.perf_counter()
    try:
        subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=_COLD_LIMIT_SECONDS, check=True)
    except subprocess.CalledProcessError as fault:
        reason = fault.stderr.strip().rpartition("\n")[2]
        raise NavigatorError(f"the cold start failed: {reason}") from fault
    except subprocess.TimeoutExpired as fault:
        raise NavigatorError(f"the cold start took over {_COLD_LIMIT_SECONDS} s") from fault
    return time.perf_counter() - began


def peak_memory_mb() -> float | None:
    """The most memory this process has held, in megabytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    # Linux counts kilobytes, macOS bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def in_words(speed: Speed) -> str:
    """The measurements as lines for people."""
    memory = "not known" if speed.peak_memory_mb is None else f"{speed.peak_memory_mb:.0f} MB"
    return "\n".join(
        [
            f"{speed.questions} questions, one by one: p50 {speed.p50_ms:.1f} ms, p95 {speed.p95_ms:.1f} ms, "
            f"max {speed.max_ms:.1f} ms",
            f"{speed.threads} threads at once: {speed.answers_per_second:.1f} answers a second",
            f"failed: {speed.failures}",
            f"cold start to first answer: {speed.cold_start_seconds:.1f} s",
            f"peak memory: {memory}",
        ]
    )


def _variations(cases: Sequence[Case]) -> Iterator[Case]:
    seen: set[str] = set()
    for tail in _TAILS:
        for case in cases:
            question = case.question + tail
            if question not in seen:
                seen.add(question)
                yield case.model_copy(update={"question": question})


def _ask(assistant: Assistant, case: Case) -> tuple[float, bool]:
    history = turns(case)
    began = time.perf_counter()
    try:
        assistant.answer(case.question, history, role=case.role)
    except Exception:
        # Counted, not raised: how many are lost under load is what is being measured.
        return time.perf_counter() - began, False
    return time.perf_counter() - began, True
