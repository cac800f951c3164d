"""Who has reviewed which prepared text, and whether it still is the text that was reviewed.

An entry without a valid review is "checked": it passed `python -m ingest check`. Only a person's word makes it
reviewed.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.errors import UsageError
from ingest.knowledge import Entry, Gap, Knowledge, Prepared, Term
from ingest.records import Document, Quote
from ingest.tables import Row, load_rows


@dataclass(frozen=True, slots=True)
class Review:
    """A person's review of one entry, gap or term, as it was then."""

    id: str
    by: str
    on: str
    digest: str


class _ReviewRow(Row):
    by: str
    on: str
    digest: str


def load_reviews(path: Path) -> tuple[Review, ...]:
    """The reviews of a file, none if there is no such file."""
    rows = load_rows(path, "review", _ReviewRow) if path.exists() else []
    return tuple(Review(**row.model_dump()) for _, row in rows)


def reviewed(knowledge: Knowledge, documents: Mapping[str, Document], reviews: Sequence[Review]) -> dict[str, str]:
    """By id, name and date of each review whose text has not changed since."""
    texts = {id_: digest(each, documents, knowledge) for id_, each in _reviewable(knowledge).items()}
    return {review.id: f"{review.by}, {review.on}" for review in reviews if texts.get(review.id) == review.digest}


def write_review(path: Path, review: Review) -> None:
    """Add a review to a file, in place of an earlier one of the same text."""
    others = [each for each in load_reviews(path) if each.id != review.id]
    path.write_text(_HEAD + "".join(map(_row, sorted([*others, review], key=lambda each: each.id))), encoding="utf-8")


def new_review(id_: str, by: str, knowledge: Knowledge, documents: Mapping[str, Document], today: date) -> Review:
    """The review of an entry, gap or term by a person; raises UsageError when there is no such id or no name."""
    found = _reviewable(knowledge).get(id_)
    if found is None:
        raise UsageError(f"there is no entry, gap or term {id_!r} to review; a term's id begins with term.")
    if not by.strip():
        raise UsageError("name the person who reviewed it: --by NAME")
    return Review(id_, by.strip(), today.isoformat(), digest(found, documents, knowledge))


def _reviewable(knowledge: Knowledge) -> dict[str, Entry | Gap | Term]:
    """By id; terms may have the id of a gap, so theirs begin with "term."."""
    texts: list[Entry | Gap] = [*knowledge.entries, *knowledge.gaps]
    topics: dict[str, Entry | Gap | Term] = {each.id: each for each in texts}
    return topics | {f"term.{term.id}": term for term in knowledge.terms}


def digest(text: Entry | Gap | Term, documents: Mapping[str, Document], knowledge: Knowledge) -> str:
    """A short checksum of all that a reader sees of it; ways of asking are not part of it."""
    parts: list[object] = [text.id, _words(text.quotes, documents)]
    if isinstance(text, Term):
        parts += [text.name, text.full, text.meaning, text.page, text.url, text.page_date]
    else:
        said = [*text.plain, *text.staff]
        parts += [text.topic, _sentences(text.plain, documents), _sentences(text.staff, documents), text.contacts]
        parts += [text.unsaid, text.plan, text.county] if isinstance(text, Entry) else [text.updates]
        updates = {*(each.update for each in said), *(text.updates if isinstance(text, Gap) else ())}
        parts += [update.text for update in knowledge.updates if update.id in updates]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def _sentences(sentences: Sequence[Prepared], documents: Mapping[str, Document]) -> list[object]:
    return [[each.text, _words(each.quotes, documents), each.update, each.fact, each.contact] for each in sentences]


def _words(quotes: Sequence[Quote], documents: Mapping[str, Document]) -> list[str]:
    return [documents[quote.source_id].text[quote.span.start : quote.span.end] for quote in quotes]


def _row(review: Review) -> str:
    fields = {"id": review.id, "by": review.by, "on": review.on, "digest": review.digest}
    return "\n[[review]]\n" + "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()
    )


_HEAD = """# Which prepared texts a person has reviewed, and when. Written by: python -m ingest review ID --by NAME
# digest is a checksum of the text then; when the text changes, it counts as checked only, until it is reviewed anew.
"""
