"""python -m desk: hashes of passwords, and what staff flagged as eval cases and as drafts for the library."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from desk.export import cases, drafts
from desk.flags import Flag, Flags
from desk.staff import password_hash
from ingest.encoders import load_encoders
from ingest.errors import NavigatorError, UsageError
from ingest.index import open_index
from ingest.records import Document
from ingest.settings import Settings

Written = Callable[[Iterable[Flag], Mapping[str, Document]], str]


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if all went well, else 1 with one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env()
        if options.task == "password":
            return _password(options.name)
        settings = replace(settings, index=options.index or settings.index)
        return _export(settings, options.file, {"export-cases": cases, "export-drafts": drafts}[options.task])
    except NavigatorError as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m desk", description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    password = tasks.add_parser("password", help="print name:hash for DUALS_NAVIGATOR_STAFF; the password is asked for")
    password.add_argument("name", nargs="?", default="staff", help="who signs in with it (default: staff)")
    for task, words in (
        ("export-cases", "write every flag as an eval case, one JSON object a line"),
        ("export-drafts", "write every flag with a correction as a draft entry of the library"),
    ):
        export = tasks.add_parser(task, help=words)
        export.add_argument("file", type=Path, help="the file to write")
        export.add_argument("--index", type=Path, help="folder of the index (default: .index in the project)")
    return parser


def _password(name: str) -> int:
    """Asked for on a terminal, or read from the first line of what is piped in; never from the command line."""
    if sys.stdin.isatty():
        password = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != password:
            raise UsageError("the two are not the same")
    else:
        password = sys.stdin.readline().rstrip("\n")
    print(f"{name}:{password_hash(password)}")
    return 0


def _export(settings: Settings, file: Path, written: Written) -> int:
    flags = Flags(settings.flags).all()
    if not flags:
        raise UsageError(f"nothing has been flagged in {settings.flags}")
    documents = open_index(settings.index, load_encoders(settings)).documents
    text = written(flags, documents)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise UsageError(f"{file} can't be written: {fault}") from fault
    print(f"{file}: from {len(flags)} flags", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
