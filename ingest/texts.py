"""The fixed sentences that people read: English from corpus/texts.toml, other languages from their catalogs.

They belong to the product and not to a corpus, so every corpus gets the same ones.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ingest.errors import CorpusError
from ingest.settings import HOME
from ingest.tables import load_texts
from ingest.translations import LANGUAGES, catalog_file, read_catalog

# Until a language has these, the assistant does not answer in it.
NEEDED = ("say.not_in_documents", "say.not_reviewed")


@cache
def fixed_texts(path: Path = HOME / "texts.toml") -> Mapping[str, str]:
    """The English texts by key ("say.unsure"); raises CorpusError when the file can't be used."""
    return {f"{table}.{name}": text for table, texts in load_texts(path).items() for name, text in texts.items()}


def fixed_text(key: str, language: str = "en") -> str:
    """The text of a key in a language, else in English; raises CorpusError when there is no such key."""
    if key not in fixed_texts():
        raise CorpusError(f"texts.toml has no text {key!r}")
    return translated_text(key, fixed_texts()[key], language) or fixed_texts()[key]


def translated_text(key: str, english: str, language: str) -> str:
    """The translation of a text of the product's own corpus; empty where there is none of this English."""
    if language not in LANGUAGES:
        return ""
    return read_catalog(catalog_file(HOME, language)).words(key, english)


def speaks(language: str) -> bool:
    """Whether the fixed sentences exist in that language."""
    return language == "en" or all(translated_text(key, fixed_texts()[key], language) for key in NEEDED)
