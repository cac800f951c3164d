"""python -m evals: ask the assistant the cases of a file, score the answers, compare two runs, measure speed; fit."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from assistant.support import WEIGHTS
from evals import bench, compare
from evals.abstention import fit_abstention
from evals.case import checksum, load_cases
from evals.generate import OUTCOMES, Assistant, generate
from evals.ground import load_ground
from evals.outcomes import load_outcomes
from evals.record import load_record
from evals.report import headline, report
from evals.score import load_scores, load_summary, save, score, summarise
from evals.support_pairs import library_pairs, load_pairs
from ingest.errors import NavigatorError, UsageError
from ingest.progress import progress_bar
from ingest.records import join_words
from ingest.settings import PROJECT, Settings

Open = Callable[[Settings], Assistant]

DEV_CASES = PROJECT / "evals" / "cases" / "dev.jsonl"
# A common question, for the first answer after a cold start.
_FIRST_QUESTION = "Can I keep my doctor?"


def main(arguments: list[str] | None = None, open_assistant: Open | None = None) -> int:
    """Exit code 0, or 1 with one line on stderr; tests pass their own `open_assistant`."""
    options = _parser().parse_args(arguments)
    try:
        print(_COMMANDS[options.command](options, open_assistant or _open))
    except NavigatorError as fault:
        print(f"error: {join_words(str(fault))}", file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, open_assistant: Open) -> str:
    load_cases(options.cases)
    settings = _settings(options)
    assistant = open_assistant(settings)
    with progress_bar() as progress:
        kept = generate(assistant, settings, options.cases, options.out, progress)
    if kept:
        print(f"{kept} answers kept from before", file=sys.stderr)
    return _scored(options.cases, options.out, options.out / OUTCOMES)


def _score(options: argparse.Namespace, open_assistant: Open) -> str:
    return _scored(options.cases, options.out, options.outcomes or options.out / OUTCOMES)


def _compare(options: argparse.Namespace, open_assistant: Open) -> str:
    records = [load_record(folder) for folder in (options.a, options.b)]
    if len({record.cases_sha256 for record in records if record}) > 1:
        print("note: the two runs were made from different case files", file=sys.stderr)
    return compare.in_words(load_scores(options.a), load_scores(options.b))


def _bench(options: argparse.Namespace, open_assistant: Open) -> str:
    cases = load_cases(options.cases)
    settings = _settings(options)
    cold = bench.cold_start(settings.index, _FIRST_QUESTION)
    speed = bench.bench(open_assistant(settings), cases, options.count, cold)
    return json.dumps(asdict(speed), indent=1) if options.json else bench.in_words(speed)


def _report(options: argparse.Namespace, open_assistant: Open) -> str:
    summary = load_summary(options.out)
    return headline(summary) if options.headline else report(summary)


def _abstention(options: argparse.Namespace, open_assistant: Open) -> str:
    return fit_abstention(load_cases(options.cases), load_outcomes(options.out / OUTCOMES), options.out)


def _fit_support(options: argparse.Namespace, open_assistant: Open) -> str:
    # scikit-learn takes a second to load, and only this command needs it.
    from evals import support_fit

    others = {path.stem: load_pairs(path) for path in options.pairs}
    index = open_assistant(_settings(options)).index
    pairs = library_pairs(index.knowledge, index.documents)
    if not pairs:
        raise UsageError("the index has no library to fit on; name the index of a corpus that has one")
    found = support_fit.all_signs(pairs)
    weights = support_fit.fit(pairs, found)
    support_fit.save(weights, pairs, options.out)
    tests = [
        support_fit.pairs_report(name, other, support_fit.all_signs(other), weights) for name, other in others.items()
    ]
    return "\n\n".join([support_fit.library_report(pairs, found), *tests])


_COMMANDS: dict[str, Callable[[argparse.Namespace, Open], str]] = {
    "run": _run,
    "score": _score,
    "compare": _compare,
    "bench": _bench,
    "report": _report,
    "abstention": _abstention,
    "fit-support": _fit_support,
}


def _scored(cases_file: Path, out: Path, outcomes_file: Path) -> str:
    record = load_record(outcomes_file.parent)
    if record and record.cases_sha256 != checksum(cases_file):
        print(f"note: {cases_file} is not, or no longer, the file that was run", file=sys.stderr)
    scores = score(load_cases(cases_file), load_outcomes(outcomes_file), load_ground(outcomes_file.parent))
    summary = summarise(scores)
    save(scores, summary, out)
    return report(summary)


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings.from_env()
    return replace(settings, index=options.index or settings.index)


def _open(settings: Settings) -> Assistant:
    from assistant.pipeline import Assistant as Product

    return Product.open(settings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="answer the cases, then score; goes on with an interrupted run")
    run.add_argument(
        "--cases", type=Path, required=True, metavar="FILE.jsonl", help="the cases, one JSON object a line"
    )
    run.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the run, new or interrupted")
    _add_index(run)
    score_ = commands.add_parser("score", help="score outcomes again, without asking the assistant")
    score_.add_argument("--cases", type=Path, required=True, metavar="FILE.jsonl", help="the cases that were run")
    score_.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for scores.csv and summary.json")
    score_.add_argument("--outcomes", type=Path, metavar="FILE", help="the outcomes (default: outcomes.jsonl in --out)")
    compare_ = commands.add_parser("compare", help="compare two scored runs case by case")
    compare_.add_argument("--a", type=Path, required=True, metavar="DIR", help="the run before")
    compare_.add_argument("--b", type=Path, required=True, metavar="DIR", help="the run after")
    bench_ = commands.add_parser("bench", help="measure speed, cold start and memory")
    _add_index(bench_)
    bench_.add_argument("--count", type=_positive, default=100, metavar="N", help="distinct questions (default: 100)")
    bench_.add_argument(
        "--cases",
        type=Path,
        default=DEV_CASES,
        metavar="FILE.jsonl",
        help="what to ask (default: evals/cases/dev.jsonl)",
    )
    bench_.add_argument("--json", action="store_true", help="print the measurements as JSON")
    report_ = commands.add_parser("report", help="print the summary of a scored run as Markdown")
    report_.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the scored run")
    report_.add_argument("--headline", action="store_true", help="only the figures that the README shows")
    abstention = commands.add_parser("abstention", help="fit when to refuse, on a run; draw the risk-coverage curve")
    abstention.add_argument("--cases", type=Path, required=True, metavar="FILE.jsonl", help="the cases that were run")
    abstention.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the run")
    _add_fit_support(commands)
    return parser


def _add_fit_support(commands: Any) -> None:
    fit = commands.add_parser(
        "fit-support",
        help="fit the weights of the support score on the library",
        description="Fits the weights by which assistant/support.py scores how much its quotes hold of a sentence: on "
        "the library's sentences with their quotes, and on the same with deliberate faults. Prints, for each fault, "
        "how often a supported sentence scores above it (AUROC) and the share that MIN_SUPPORT keeps, both held out by "
        "entry; then the same for the pairs of each FILE, which are only tested on.",
    )
    fit.add_argument(
        "--pairs",
        type=Path,
        nargs="*",
        default=[],
        metavar="FILE.jsonl",
        help="pairs to test on, one JSON object a line: id, claim, source_sentences (list), label (supported, "
        "partially_supported or not_supported)",
    )
    fit.add_argument(
        "--out", type=Path, default=WEIGHTS, metavar="FILE", help="the weights (default: assistant/support.toml)"
    )
    _add_index(fit)


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--index", type=Path, metavar="DIR", help="folder of the index (default: .index in the project)"
    )


def _positive(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return count


if __name__ == "__main__":
    sys.exit(main())
