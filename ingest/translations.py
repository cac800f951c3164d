"""What people read, in other languages: gettext PO files by language. The only module that uses polib.

A translation belongs to a key (msgctxt) and to the English it was made from (msgid); when the English changes, the
translation is out of date and is not shown. Who reviewed it stands in the translator's comment.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ingest.errors import CorpusError

FOLDER = "translations"
# Traditional and simplified Chinese are told apart; languages are named by their BCP 47 tags.
LANGUAGES = {
    "es": "Spanish",
    "zh": "Chinese (traditional)",
    "zh-Hans": "Chinese (simplified)",
    "vi": "Vietnamese",
    "tl": "Tagalog",
    "ko": "Korean",
    "hy": "Armenian",
    "fa": "Farsi",
    "ru": "Russian",
    "ar": "Arabic",
    "km": "Khmer",
}
RIGHT_TO_LEFT = ("ar", "fa")
_REVIEWED = re.compile(r"reviewed by (.+?) on (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language, the English it was made from, and who reviewed it and when (empty: nobody yet)."""

    english: str
    words: str
    by: str = ""
    on: str = ""


@dataclass(frozen=True, slots=True)
class Catalog:
    """All translations into one language, by key."""

    language: str
    texts: Mapping[str, Translation] = field(default_factory=dict)

    def words(self, key: str, english: str) -> str:
        """The text of a key in this language; empty where there is none, or only of another English."""
        found = self.texts.get(key)
        return found.words if found and found.english == english else ""

    def is_reviewed(self, key: str, english: str) -> bool:
        """Whether a person has reviewed that text."""
        return bool(self.words(key, english)) and bool(self.texts[key].by)


def catalog_file(corpus: Path, language: str) -> Path:
    """Where a corpus keeps its translations into a language."""
    return corpus / FOLDER / f"{language}.po"


@cache
def read_catalog(path: Path) -> Catalog:
    """The catalog of a file, empty if there is none; raises CorpusError when it can't be read."""
    return Catalog(path.stem, dict(_entries(path))) if path.exists() else Catalog(path.stem)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write a catalog, ordered by key."""
    import polib

    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": catalog.language,
    }
    file.header = _HEAD.format(name=LANGUAGES.get(catalog.language, catalog.language))
    for key, text in sorted(catalog.texts.items()):
        comment = f"reviewed by {text.by} on {text.on}" if text.by else ""
        file.append(polib.POEntry(msgctxt=key, msgid=text.english, msgstr=text.words, tcomment=comment))
    path.parent.mkdir(exist_ok=True)
    file.save(str(path))
    read_catalog.cache_clear()


def _entries(path: Path) -> Iterator[tuple[str, Translation]]:
    import polib

    try:
        file: Any = polib.pofile(str(path), encoding="utf-8", check_for_duplicates=True)
    except (OSError, ValueError, UnicodeDecodeError) as fault:
        raise CorpusError(f"{path}: can't be read as a PO file: {fault}") from fault
    for entry in file:
        if entry.msgctxt and entry.msgstr and not entry.obsolete and not entry.fuzzy:
            match = _REVIEWED.search(entry.tcomment)
            by, on = (match[1], match[2]) if match else ("", "")
            yield entry.msgctxt, Translation(entry.msgid, entry.msgstr, by, on)


_HEAD = """{name}: what people read, besides the documents' own words.
Machine-assisted. A text is reviewed only where a comment says "reviewed by NAME on DATE"; the rest is shown with a
notice that no human translator has checked it. Program names stay in English, digits stay as they are."""
