"""What the README promises: settings, commands, options and figures are those of the code and of the committed run."""

import re
import subprocess
import sys
from dataclasses import fields

import pytest

from evals.report import headline
from evals.score import load_summary
from ingest.settings import PREFIX, PROJECT, Settings

README = (PROJECT / "README.md").read_text(encoding="utf-8")
TEST_RUN = PROJECT / "evals" / "results" / "test"


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    assert set(re.findall(rf"{PREFIX}[A-Z_]+", README)) == {PREFIX + field.name.upper() for field in fields(Settings)}


@pytest.mark.parametrize("command", ["app.py", "-m assistant", "-m ingest", "-m evals run"])
def test_every_option_in_the_readme_is_one_of_the_command(command: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith(f"| `python {command}"))
    shown = set(re.findall(r"--[a-z-]+", row))
    said = subprocess.run(
        [sys.executable, *command.split(), "--help"], capture_output=True, text=True, check=True, cwd=PROJECT
    ).stdout

    assert shown
    assert shown <= set(re.findall(r"--[a-z-]+", said))


def test_the_figures_are_those_of_the_committed_run() -> None:
    shown = re.search(r"<!-- results -->\n(.*?)\n<!-- /results -->", README, re.S)

    assert shown
    assert shown[1].strip() == headline(load_summary(TEST_RUN)).strip()


def test_every_target_in_the_readme_is_in_the_makefile() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", README)) - {"and"}

    assert named
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.M)} == set()


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"`?((?:corpus|evals|assistant|ingest|page|tests)/[\w./-]+\.(?:md|py|toml|jsonl))`?", README)

    assert named
    assert [name for name in named if not (PROJECT / name).exists()] == []
