"""A maintainer's tasks besides building the index: check, review, and the exchange with translators."""

from datetime import date
from pathlib import Path

from ingest.build import build_index
from ingest.check import Checked, Corpus, check
from ingest.describe import load_knowledge
from ingest.encoders import load_encoders
from ingest.errors import UsageError
from ingest.exchange import export_csv, import_csv
from ingest.index import asks_of, current_build, open_index
from ingest.knowledge import Knowledge
from ingest.progress import progress_bar
from ingest.read import read
from ingest.records import Document
from ingest.reviews import new_review, write_review
from ingest.settings import HOME, Settings
from ingest.sources import find_sources
from ingest.translatable import translatable
from ingest.translations import LANGUAGES, catalog_file, read_catalog, write_catalog
from ingest.vectors import stored_vectors


def check_corpus(settings: Settings, today: date) -> Checked:
    """Build the index if anything changed, and check all that lies beside the documents."""
    encoders = load_encoders(settings)
    with progress_bar() as progress:
        build_index(settings.corpus, settings.index, encoders, progress=progress)
    index = open_index(settings.index, encoders)
    build = current_build(settings.index)
    wanted = set(asks_of(index.knowledge))
    vectors = {
        encoder.name: {text: row for text, row in stored_vectors(build / "chroma", encoder).items() if text in wanted}
        for encoder in encoders
        if build
    }
    return check(Corpus(settings.corpus, index.documents, index.knowledge, encoders, vectors), today)


def review(corpus: Path, id_: str, by: str, today: date) -> str:
    """Note that a person has reviewed an entry, gap or term as it stands; returns what was noted."""
    documents, knowledge = _read(corpus)
    noted = new_review(id_, by, knowledge, documents, today)
    write_review(corpus / "reviews.toml", noted)
    return f"{noted.id}: reviewed by {noted.by} on {noted.on}"


def export_translations(corpus: Path, language: str) -> str:
    """The table of a language's texts for translators, as CSV."""
    _require_language(language)
    _, knowledge = _read(corpus)
    return export_csv(read_catalog(catalog_file(corpus, language)), translatable(knowledge, language))


def import_translations(corpus: Path, language: str, table: Path) -> tuple[int, tuple[str, ...]]:
    """Take in a translators' table; returns how many texts changed, and the lines that were refused."""
    _require_language(language)
    try:
        text = table.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{table} can't be read as UTF-8 text: {fault}; save it as CSV in UTF-8") from fault
    _, knowledge = _read(corpus)
    path = catalog_file(corpus, language)
    imported = import_csv(text, read_catalog(path), translatable(knowledge, language))
    if imported.changed:
        write_catalog(path, imported.catalog)
    return len(imported.changed), imported.refused


def _read(corpus: Path) -> tuple[dict[str, Document], Knowledge]:
    files, _ = find_sources(corpus)
    documents = {source.id: read(path, source) for path, source in files}
    return documents, load_knowledge(corpus, documents, home=HOME)


def _require_language(language: str) -> None:
    if language not in LANGUAGES:
        raise UsageError(f"{language!r} is none of the languages: {', '.join(LANGUAGES)}")
