"""python -m ingest: build or refresh the index of a folder of documents."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from ingest.build import Summary, build_index, save_vectors
from ingest.encoders import load_encoders
from ingest.errors import NavigatorError
from ingest.progress import progress_bar
from ingest.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if anything is indexed, else 1 with one line on stderr."""
    parser = argparse.ArgumentParser(prog="python -m ingest", description=__doc__)
    parser.add_argument("--corpus", type=Path, help="folder of documents (default: the project's corpus)")
    parser.add_argument("--index", type=Path, help="folder of the index (default: .index in the project)")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")
    parser.add_argument("--save-vectors", action="store_true", help="keep the vectors beside the corpus as well")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_env()
        corpus, index = options.corpus or settings.corpus, options.index or settings.index
        encoders = load_encoders(settings)
        with progress_bar() as progress:
            summary = build_index(corpus, index, encoders, progress=progress)
        if options.save_vectors:
            save_vectors(corpus, index, encoders)
    except NavigatorError as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1
    print(json.dumps(asdict(summary), indent=1) if options.json else in_words(summary))
    return 0


def in_words(summary: Summary) -> str:
    """The summary as lines for people."""
    state = "unchanged" if summary.is_unchanged else f"{summary.encoded} texts newly encoded"
    lines = [
        f"{summary.documents} documents, {summary.passages} passages, {summary.asks} ways of asking; "
        f"{state}; {summary.seconds:.1f} s"
    ]
    lines += [f"skipped {skip.file}: {skip.reason}" for skip in summary.skips]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
