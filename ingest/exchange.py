"""Translations to and from translators, as CSV that any spreadsheet opens; nothing is lost on the way.

Columns: key, english, translation, reviewed by, reviewed on. A translator fills in or corrects `translation` and,
having checked a line, writes name and date.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ingest.check_languages import lost_in_translation
from ingest.errors import UsageError
from ingest.translations import Catalog, Translation

COLUMNS = ("key", "english", "translation", "reviewed by", "reviewed on")


@dataclass(frozen=True, slots=True)
class Imported:
    """The catalog after an import, what changed, and the lines that were not taken, each with its reason."""

    catalog: Catalog
    changed: tuple[str, ...]
    refused: tuple[str, ...]


def export_csv(catalog: Catalog, wanted: Mapping[str, str]) -> str:
    """Every text the language should have, with its translation if there is one of this English.

    Begins with a byte order mark, without which spreadsheets take UTF-8 for something else.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for key, english in wanted.items():
        known = catalog.texts.get(key) if catalog.words(key, english) else None
        writer.writerow([key, english, *((known.words, known.by, known.on) if known else ("", "", ""))])
    return "\ufeff" + out.getvalue()


def import_csv(text: str, catalog: Catalog, wanted: Mapping[str, str]) -> Imported:
    """The catalog with the lines of a CSV taken in; an empty translation changes nothing.

    A line is refused, with its number, when its key or English is not that of the product now, when it lost a number, a
    name or a place to fill, or when its date is none. Raises UsageError when it is no such table.
    """
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != COLUMNS:
        raise UsageError(f"the first line must name the columns: {', '.join(COLUMNS)}")
    texts, changed, refused = dict(catalog.texts), [], []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row) or (len(row) > 2 and not row[2].strip()):
            continue
        if reason := _reason(row, wanted):
            refused.append(f"line {number}: {reason}")
            continue
        key, english, words, by, on = (cell.strip() for cell in row)
        known = texts.get(key)
        is_same_english = known is not None and known.english == wanted[key]
        if known and is_same_english and known.words.strip() != words and (by, on) == (known.by, known.on):
            # A corrected text is not the one that was reviewed.
            by, on = "", ""
        translation = Translation(wanted[key], words, by, on)
        if texts.get(key) != translation:
            texts[key] = translation
            changed.append(key)
    return Imported(Catalog(catalog.language, texts), tuple(changed), tuple(refused))


def _reason(row: list[str], wanted: Mapping[str, str]) -> str:
    if len(row) != len(COLUMNS):
        return f"{len(row)} columns, not {len(COLUMNS)}"
    key, english, words, by, on = (cell.strip() for cell in row)
    if key not in wanted:
        return f"there is no text {key!r}"
    if wanted[key].strip() != english:
        return f"{key}: the English has changed; export again"
    if bool(by) != bool(on) or (on and not _is_date(on)):
        return f"{key}: give both who reviewed it and a date such as 2026-11-22, or neither"
    return next((f"{key}: {reason}" for reason in lost_in_translation(english, words)), "")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
