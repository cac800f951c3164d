"""python -m ingest: build or refresh the index of a folder of documents, and look after what lies beside them."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from ingest.build import Summary, build_index, save_vectors
from ingest.encoders import load_encoders
from ingest.errors import NavigatorError, UsageError
from ingest.progress import progress_bar
from ingest.schema import library_schema
from ingest.settings import Settings
from ingest.tasks import check_corpus, export_translations, import_translations, review
from ingest.translations import LANGUAGES

Task = Callable[[Settings, argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if all went well (building: if anything is indexed), else 1 with one line a problem."""
    arguments = sys.argv[1:] if arguments is None else arguments
    name = arguments[0] if arguments and arguments[0] in TASKS else ""
    options = _parser(name).parse_args(arguments[1:] if name else arguments)
    try:
        settings = Settings.from_env()
        settings = replace(settings, corpus=options.corpus or settings.corpus, index=options.index or settings.index)
        return TASKS.get(name, _build)(settings, options)
    except NavigatorError as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1


def _parser(task: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"python -m ingest {task}".strip(),
        description=HELP.get(task, __doc__),
        epilog="" if task else f"other tasks: {', '.join(TASKS)}; each has its own --help",
    )
    parser.add_argument("--corpus", type=Path, help="folder of documents (default: the project's corpus)")
    parser.add_argument("--index", type=Path, help="folder of the index (default: .index in the project)")
    if not task:
        parser.add_argument("--json", action="store_true", help="print the summary as JSON")
        parser.add_argument("--save-vectors", action="store_true", help="keep the vectors beside the corpus as well")
    if task == "check":
        parser.add_argument("--notes", action="store_true", help="also print what is not wrong but worth knowing")
    if task == "review":
        parser.add_argument("id", help="of an entry, gap or term")
        parser.add_argument("--by", required=True, metavar="NAME", help="the person who read it against its sources")
    if task.endswith("translations"):
        parser.add_argument("language", choices=LANGUAGES, metavar="LANG", help=", ".join(LANGUAGES))
        parser.add_argument("file", type=Path, nargs="?" if task.startswith("export") else None, help="the CSV file")
    return parser


def _build(settings: Settings, options: argparse.Namespace) -> int:
    encoders = load_encoders(settings)
    with progress_bar() as progress:
        summary = build_index(settings.corpus, settings.index, encoders, progress=progress)
    if options.save_vectors:
        save_vectors(settings.corpus, settings.index, encoders)
    print(json.dumps(asdict(summary), indent=1) if options.json else in_words(summary))
    return 0


def _check(settings: Settings, options: argparse.Namespace) -> int:
    checked = check_corpus(settings, date.today())
    for problem in checked.problems:
        print(problem)
    for note in checked.notes if options.notes else ():
        print(f"note: {note}")
    covered = checked.coverage
    print(
        f"{len(checked.problems)} problems, {len(checked.notes)} notes; "
        f"entries cite {covered.cited} of {covered.statements} statements ({covered.share:.0%})"
    )
    return 1 if checked.problems else 0


def _review(settings: Settings, options: argparse.Namespace) -> int:
    print(review(settings.corpus, options.id, options.by, date.today()))
    return 0


def _schema(settings: Settings, options: argparse.Namespace) -> int:
    sys.stdout.write(library_schema())
    return 0


def _export(settings: Settings, options: argparse.Namespace) -> int:
    table = export_translations(settings.corpus, options.language)
    if options.file:
        try:
            options.file.write_text(table, encoding="utf-8", newline="")
        except OSError as fault:
            raise UsageError(f"{options.file} can't be written: {fault.strerror}; name another file") from fault
    else:
        sys.stdout.write(table)
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    changed, refused = import_translations(settings.corpus, options.language, options.file)
    for line in refused:
        print(line)
    print(f"{changed} texts changed, {len(refused)} lines refused")
    return 1 if refused else 0


def in_words(summary: Summary) -> str:
    """The summary as lines for people."""
    state = "unchanged" if summary.is_unchanged else f"{summary.encoded} texts newly encoded"
    lines = [
        f"{summary.documents} documents, {summary.passages} passages, {summary.asks} ways of asking; "
        f"{state}; {summary.seconds:.1f} s"
    ]
    lines += [f"skipped {skip.file}: {skip.reason}" for skip in summary.skips]
    return "\n".join(lines)


TASKS: dict[str, Task] = {
    "check": _check,
    "review": _review,
    "schema": _schema,
    "export-translations": _export,
    "import-translations": _import,
}
HELP = {
    "check": "Check everything beside the documents; exit 1 and one line a problem.",
    "review": "Note that a person has reviewed an entry, gap or term as it stands now.",
    "schema": "Print the JSON schema of the library's files, for editors.",
    "export-translations": "Write a language's texts as a CSV table for translators.",
    "import-translations": "Take in a translators' CSV table.",
}


if __name__ == "__main__":
    sys.exit(main())
