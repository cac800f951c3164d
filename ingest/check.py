"""Everything beside the documents, checked: what must be mended, and what a maintainer should know."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ingest.check_answers import check_answers, check_same
from ingest.check_asks import check_asks
from ingest.check_languages import check_language, unreviewed_texts
from ingest.coverage import Coverage, coverage
from ingest.describe import knowledge_files
from ingest.embed import Encoder, Vectors
from ingest.knowledge import Knowledge
from ingest.problem import Problem
from ingest.records import Document
from ingest.translations import LANGUAGES, catalog_file, read_catalog

_PREFIXES = {
    "glossary.toml": "term.",
    "updates.toml": "update.",
    "contacts.toml": "contact.",
    "programs.toml": "program.",
    "routes.toml": "route.",
}
_NO_TERM = re.compile(r"^(?:update|contact)\.")
# Statements that no entry cites may be this share: menus, empty links and headings without content.
LEAST_COVERAGE = 0.95
# Numbers and rules of programs change with the calendar year.
MAX_AGE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: `problems` must be mended; `notes` are for people; how much is covered."""

    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is checked: a corpus folder as it was read, and the vectors of its asks by encoder and text."""

    folder: Path
    documents: Mapping[str, Document]
    knowledge: Knowledge
    encoders: Sequence[Encoder]
    vectors: Mapping[str, Mapping[str, Vectors]]


def check(corpus: Corpus, today: date) -> Checked:
    """Check all of it, in the order of the files that a maintainer works in."""
    knowledge = corpus.knowledge
    files = _files_by_id(corpus.folder)
    covered = coverage(corpus.documents, knowledge.entries)
    found = [
        *_named(files, check_answers(knowledge, corpus.documents)),
        *_named(files, check_same(knowledge.entries)),
        *_named(files, check_asks(knowledge, corpus.encoders, corpus.vectors)),
        *_named(files, _outdated_contacts(knowledge, today)),
    ]
    if covered.share < LEAST_COVERAGE and knowledge.entries:
        found.append(
            Problem("library", "", f"entries cite {covered.share:.0%} of the statements, {_least()} are wanted")
        )
    notes = [*_outdated_updates(knowledge, today), *_uncovered(covered), _review_note(knowledge)]
    for language in LANGUAGES:
        path = catalog_file(corpus.folder, language)
        if path.exists():
            catalog = read_catalog(path)
            name = path.relative_to(corpus.folder).as_posix()
            found += [Problem(name, key, reason) for key, reason in check_language(knowledge, catalog)]
            notes.append(f"{name}: {len(unreviewed_texts(catalog))} of {len(catalog.texts)} texts not reviewed")
    return Checked(tuple(found), tuple(notes), covered)


def is_outdated(checked_on: str, today: date) -> bool:
    """Whether what was checked on that day (ISO date) is too old to be told without saying so."""
    return today - date.fromisoformat(checked_on) > MAX_AGE


def _least() -> str:
    return f"{LEAST_COVERAGE:.0%}"


def _named(files: Mapping[str, str], found: Iterable[tuple[str, str]]) -> list[Problem]:
    # Ids begin with the kind where other kinds may have the same; only those of terms are shown so.
    return [Problem(files.get(id_, "corpus"), _NO_TERM.sub("", id_), reason) for id_, reason in found]


def _files_by_id(folder: Path) -> dict[str, str]:
    files: dict[str, str] = {}
    for path in knowledge_files(folder):
        prefix = _PREFIXES.get(path.name, "")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("id = "):
                id_ = prefix + line.removeprefix("id = ").strip("\"' ")
                files.setdefault(id_, path.relative_to(folder).as_posix())
    return files


def _outdated_contacts(knowledge: Knowledge, today: date) -> Iterator[tuple[str, str]]:
    for contact in knowledge.contacts:
        if is_outdated(contact.checked_on, today):
            yield (
                f"contact.{contact.id}",
                f"checked on {contact.checked_on}, more than {MAX_AGE.days} days ago; ring it and renew",
            )


def _outdated_updates(knowledge: Knowledge, today: date) -> list[str]:
    return [
        f"updates.toml: {update.id}: checked on {update.checked_on}; read the page again and renew"
        for update in knowledge.updates
        if is_outdated(update.checked_on, today)
    ]


def _uncovered(covered: Coverage) -> list[str]:
    return [f"no entry cites ({source_id}): {' '.join(words.split())}" for source_id, words in covered.missing]


def _review_note(knowledge: Knowledge) -> str:
    texts = (*knowledge.topics, *knowledge.terms)
    return f"{len(knowledge.reviewed)} of {len(texts)} entries, gaps and terms reviewed by a person"
