"""Answers that staff flagged, in a SQLite file that several processes may use at once; no caller's data is kept.

Source: https://www.sqlite.org/wal.html (one writer at a time, readers never wait).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from assistant.privacy import mask
from ingest.errors import UsageError

# Longer than any correction that somebody types with a caller waiting; a file pasted whole is no correction.
MAX_CHARS = 4000
_WAIT_SECONDS = 10


class Fault(StrEnum):
    """What is wrong with an answer."""

    WRONG = "wrong"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Flag:
    """One flagged answer; every text is masked before it is kept."""

    fault: Fault
    question: str
    answer: str = ""
    """What was shown, or the words that were found."""
    at_fault: str = ""
    """The words of the answer that are wrong or old."""
    correction: str = ""
    """What it should say."""
    source_id: str = ""
    quote: str = ""
    """The words of that document that hold the correction."""
    page: str = ""
    """The address or name of another source."""
    by: str = ""
    made: str = ""
    """When, in UTC."""
    number: int = 0
    """Given by the store."""
    settled: str = ""
    """By whom and when it was settled; empty while it is open."""


_COLUMNS = [field.name for field in fields(Flag) if field.name != "number"]
_TABLE = (
    "CREATE TABLE IF NOT EXISTS flag (number INTEGER PRIMARY KEY AUTOINCREMENT, "
    + ", ".join(f"{name} TEXT NOT NULL" for name in _COLUMNS)
    + ")"
)


class Flags:
    """The file of flags; made at the first flag. Safe to use from many threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, flag: Flag) -> Flag:
        """Keep a flag, masked and cut to size, and return it as it is kept."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        kept = replace(masked(flag), made=flag.made or made)
        marks = ", ".join("?" * len(_COLUMNS))
        with self._opened() as store:
            row = store.execute(
                f"INSERT INTO flag ({', '.join(_COLUMNS)}) VALUES ({marks})",
                [str(getattr(kept, name)) for name in _COLUMNS],
            )
        return replace(kept, number=int(row.lastrowid or 0))

    def all(self) -> tuple[Flag, ...]:
        """Every flag, the newest first; none where there is no file yet."""
        if not self._path.exists():
            return ()
        with self._opened() as store:
            rows = store.execute(f"SELECT number, {', '.join(_COLUMNS)} FROM flag ORDER BY number DESC").fetchall()
        return tuple(_flag(row) for row in rows)

    def settle(self, number: int, by: str) -> None:
        """Note that a flag is dealt with; it stays in the list and in exports."""
        done = f"{by} on {datetime.now(UTC):%Y-%m-%d}"
        with self._opened() as store:
            store.execute("UPDATE flag SET settled = ? WHERE number = ? AND settled = ''", (done, number))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for each use: connections may not be shared between threads."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            store = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        except (OSError, sqlite3.Error) as fault:
            raise UsageError(f"the file of flags {self._path} can't be opened: {fault}") from fault
        try:
            store.execute("PRAGMA journal_mode=WAL")
            store.execute(_TABLE)
            with store:
                yield store
        except sqlite3.DatabaseError as fault:
            raise UsageError(f"the file of flags {self._path} can't be used: {fault}") from fault
        finally:
            store.close()


def masked(flag: Flag) -> Flag:
    """The flag without numbers that name a person, each text cut to size."""
    return replace(
        flag,
        question=_masked(flag.question),
        answer=_masked(flag.answer),
        at_fault=_masked(flag.at_fault),
        correction=_masked(flag.correction),
        quote=_masked(flag.quote),
        page=_masked(flag.page),
    )


def _masked(text: str) -> str:
    return mask(text).text.strip()[:MAX_CHARS]


def _flag(row: tuple[int | str, ...]) -> Flag:
    number, *values = row
    given = dict(zip(_COLUMNS, map(str, values), strict=True))
    fault = Fault(given.pop("fault"))
    return Flag(fault, **given, number=int(number))
