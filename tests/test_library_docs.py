"""What a maintainer is told of the library: the worked example, the schema and the tasks are those of the code."""

import re
import subprocess
import sys
import tomllib

import pytest

from ingest.schema import library_schema
from ingest.settings import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
LIBRARY = PROJECT / "corpus" / "library"


def test_the_worked_example_is_an_entry_of_the_library() -> None:
    shown = re.search(r"<!-- example -->\n```toml\n(.*?)```\n<!-- /example -->", README, re.S)
    assert shown
    [example] = tomllib.loads(shown[1])["entry"]
    files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in LIBRARY.glob("*.toml")]
    [kept] = [entry for file in files for entry in file["entry"] if entry["id"] == example["id"]]

    assert example["asks"] == kept["asks"][: len(example["asks"])]
    assert example | {"asks": []} == kept | {"asks": []}


def test_the_schema_is_that_of_the_code() -> None:
    assert (LIBRARY / "schema.json").read_text(encoding="utf-8") == library_schema()


def test_every_file_of_answers_names_its_schema() -> None:
    paths = [*LIBRARY.glob("*.toml"), *(LIBRARY / "gaps").glob("*.toml")]
    named = {path: path.read_text(encoding="utf-8").splitlines()[0] for path in paths}

    assert len(paths) > 5
    assert {path for path, line in named.items() if not line.startswith("#:schema ")} == set()
    assert {
        path for path, line in named.items() if not (path.parent / line.removeprefix("#:schema ")).exists()
    } == set()


@pytest.mark.parametrize("task", ["check", "review", "export-translations", "import-translations", "schema"])
def test_every_option_of_a_task_in_the_readme_is_one_of_the_task(task: str) -> None:
    row = next(line for line in README.splitlines() if line.startswith("| `python -m ingest") and task in line)
    shown = set(re.findall(r"--[a-z-]+", row))
    command = [sys.executable, "-m", "ingest", task, "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT).stdout

    assert shown <= set(re.findall(r"--[a-z-]+", said))
