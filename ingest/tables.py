"""TOML files of rows -> checked values; every mistake is named with its file, line and reason."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import CorpusError


class Row(BaseModel):
    """A table row; a misspelt field is a mistake, not a comment."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    id: str


RowType = TypeVar("RowType", bound=Row)


class Place(NamedTuple):
    """Where in which file a row begins."""

    file: Path
    line: int

    def mistake(self, reason: str) -> CorpusError:
        """The error that says so."""
        return CorpusError(f"{self.file}: line {self.line}: {reason}")


def load_rows(path: Path, table: str, row_type: type[RowType]) -> list[tuple[Place, RowType]]:
    """The rows under [[table]] with their places; raises CorpusError on any mistake."""
    text, data = _parse(path)
    if unknown := sorted(set(data) - {table}):
        raise Place(path, _line_of(text, unknown[0])).mistake(f"only [[{table}]] entries belong here, not {unknown[0]}")
    entries = data.get(table, [])
    if not isinstance(entries, list):
        raise Place(path, _line_of(text, table)).mistake(f"write each entry under a line [[{table}]]")
    places = _places(path, text, table, len(entries))
    rows = [(place, _row(place, entry, row_type)) for place, entry in zip(places, entries, strict=True)]
    seen: set[str] = set()
    for place, row in rows:
        if row.id in seen:
            raise place.mistake(f"the id {row.id!r} is used twice")
        seen.add(row.id)
    return rows


def load_lists(path: Path) -> list[tuple[Place, str, list[str]]]:
    """Every `name = [texts]` of a file with its place; raises CorpusError on any mistake."""
    text, data = _parse(path)
    lists = []
    for name, texts in data.items():
        place = Place(path, _line_of(text, name))
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            raise place.mistake(f"{name}: must be a list of texts in quotation marks")
        lists.append((place, name, texts))
    return lists


def load_texts(path: Path) -> dict[str, dict[str, str]]:
    """Every [table] of `name = "text"` of a file; raises CorpusError on any mistake."""
    text, data = _parse(path)
    for table, texts in data.items():
        if not isinstance(texts, dict) or not all(isinstance(each, str) for each in texts.values()):
            raise Place(path, _line_of(text, table)).mistake(f"[{table}] must hold only texts in quotation marks")
    return data


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"line (\d+)", str(fault))
        number = int(line[1]) if line else text.count("\n") + 1
        raise Place(path, number).mistake(f"is not TOML: {fault}") from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise CorpusError(f"{path}: can't be read as UTF-8 text: {fault}") from fault


def _row(place: Place, entry: object, row_type: type[RowType]) -> RowType:
    try:
        return row_type.model_validate(entry)
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise place.mistake(f"{field or 'entry'}: {_REASONS.get(first['type'], first['msg'])}") from fault


_REASONS = {
    "extra_forbidden": "is not a field of this kind of entry",
    "missing": "is missing",
    "string_type": "must be text in quotation marks",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
}


def _places(path: Path, text: str, table: str, count: int) -> list[Place]:
    starts = [match.start(1) for match in re.finditer(rf"^\s*(\[\[\s*{table}\s*\]\])", text, re.M)]
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    return [Place(path, line) for line in (lines if len(lines) == count else [1] * count)]


def _line_of(text: str, key: str) -> int:
    match = re.search(rf"^\s*\[*\s*[\"']?({re.escape(key)})(?=[\"']?\s*[=\]])", text, re.M)
    return text.count("\n", 0, match.start(1)) + 1 if match else 1
