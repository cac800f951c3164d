"""The shape of the library's files as a JSON schema, for editors that complete and check TOML while one types."""

import json
from typing import Any

from ingest.topics import EntryRow, GapRow

_FIELDS = {
    "id": "kebab-case; stands in one file only",
    "topic": "of an entry a label; of a gap the words that complete: The documents do not say ...",
    "asks": "at least 12 ways different people ask",
    "quotes": "whole sentences or list items of the documents, exact words, best first",
    "plain": "the answer for beneficiaries: grade 6 or below, the point first",
    "staff": "the answer in exact terms",
    "contacts": "ids of contacts.toml, best first",
    "related": "ids that people ask next",
    "programs": "ids of programs.toml",
    "plan": "when the answer holds for one plan only",
    "county": "when it holds for one county only",
    "who": "when it is for providers",
    "unsaid": "completes: The documents do not say ...",
    "question": "the question it answers, well put, at most 80 letters; offered to who asked about something near",
    "often": "asked most: translated first",
    "updates": "ids of updates.toml that answer it, or part of it, today",
}


def library_schema() -> str:
    """The JSON schema of a library file, as text."""
    entry, gap = (row.model_json_schema(by_alias=True) for row in (EntryRow, GapRow))
    definitions: dict[str, Any] = entry.pop("$defs") | gap.pop("$defs")
    for row in (entry, gap):
        for name, field in row["properties"].items():
            field["description"] = _FIELDS[name]
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Library of answers",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "entry": {"type": "array", "items": {"$ref": "#/$defs/EntryRow"}},
            "gap": {"type": "array", "items": {"$ref": "#/$defs/GapRow"}},
        },
        "$defs": {**definitions, "EntryRow": entry, "GapRow": gap},
    }
    return json.dumps(schema, indent=1) + "\n"
