"""What lies beside the documents -> knowledge, in the order in which one file names what another defines.

Certain mistakes are refused here: a quote that is not in its document, an id that does not exist. What needs measuring
(numbers, denials, reading grade, coverage) is `python -m ingest check`'s.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from ingest.facts import load_contacts, load_programs, load_routes, load_terms, load_updates
from ingest.knowledge import Knowledge
from ingest.records import Document
from ingest.reviews import load_reviews, reviewed
from ingest.topics import library_files, load_asides, load_details, load_topics

_BESIDE = ("programs.toml", "updates.toml", "contacts.toml", "routes.toml", "glossary.toml", "reviews.toml")


def load_knowledge(corpus: Path, documents: Mapping[str, Document], *, home: Path) -> Knowledge:
    """The knowledge of a corpus; raises CorpusError with file, line and reason.

    Contacts and routes are those in `home` when the corpus has none, so that there is always someone to call.
    """
    people = corpus if (corpus / "contacts.toml").exists() else home
    programs = load_programs(corpus / "programs.toml", documents)
    contacts = load_contacts(people / "contacts.toml")
    known = Knowledge(
        programs=programs,
        contacts=contacts,
        updates=load_updates(corpus / "updates.toml", {program.id for program in programs}),
        routes=load_routes(people / "routes.toml", {contact.id for contact in contacts}),
        terms=load_terms(corpus / "glossary.toml", documents),
        asides=load_asides(corpus),
    )
    entries, gaps = load_topics(corpus, documents, known)
    whole = replace(known, entries=entries, gaps=gaps, details=load_details(corpus, entries))
    return replace(whole, reviewed=reviewed(whole, documents, load_reviews(corpus / "reviews.toml")))


def knowledge_files(corpus: Path) -> list[Path]:
    """The files that `load_knowledge` reads, for the corpus checksum."""
    return [path for name in _BESIDE if (path := corpus / name).exists()] + library_files(corpus)
