"""python -m assistant: ask one question and print the cited answer."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from assistant.answer import Role, Turn
from assistant.pipeline import Assistant
from assistant.record import as_record
from ingest.errors import NavigatorError, UsageError
from ingest.settings import Settings


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 with an answer (a refusal is one), else 1 with one line on stderr."""
    parser = argparse.ArgumentParser(prog="python -m assistant", description=__doc__)
    parser.add_argument("question", help="the question, in quotation marks")
    parser.add_argument("--history", type=Path, help='JSON file of earlier turns: [{"role": "user", "content": "..."}]')
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.BENEFICIARY.value)
    parser.add_argument("--language", default="", help="language code of the question (default: detected)")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")
    parser.add_argument("--index", type=Path, help="folder of the index (default: .index in the project)")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_env()
        history = read_history(options.history) if options.history else ()
        assistant = Assistant.open(replace(settings, index=options.index or settings.index))
        answer = assistant.answer(options.question, history, role=Role(options.role), language=options.language)
    except NavigatorError as fault:
        print(f"error: {fault}", file=sys.stderr)
        return 1
    print(json.dumps(as_record(answer), ensure_ascii=False, indent=1) if options.json else answer.markdown)
    return 0


def read_history(path: Path) -> tuple[Turn, ...]:
    """The turns of a history file, oldest first; raises UsageError when it can't be read."""
    try:
        turns = json.loads(path.read_text(encoding="utf-8"))
        return tuple(Turn(str(turn["role"]), str(turn["content"])) for turn in turns)
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise UsageError(f"{path} is not a list of turns with role and content ({type(fault).__name__})") from fault


if __name__ == "__main__":
    sys.exit(main())
