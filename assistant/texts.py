"""The assistant's own sentences, in English and in the languages of phrases.toml.

Every text that a person may read and that no document holds is here, there, or in triage.toml.
"""

import tomllib
from functools import cache
from pathlib import Path

# Longer than any question people typed on the public help pages that were read; a letter pasted whole is longer.
MAX_QUESTION_CHARS = 2000

ENGLISH = {
    "not_in_documents": "I looked, but the documents I have do not answer this. I will not guess.",
    "off_topic": (
        "I can only help with programs for people who have both Medicare and Medi-Cal. "
        "That is not something my documents are about."
    ),
    "empty_question": "Please type your question. For example: Can I keep my doctor?",
    "question_too_long": (
        f"That is too long for me to read well. Please ask in fewer words (up to {MAX_QUESTION_CHARS:,} letters). "
        "Your text is still in the box."
    ),
    "failed": "Something went wrong on our side. Please try again, or call. Your question was not kept.",
    "unsure": "I am not sure that the documents I have answer this.",
    "gap": "The documents I have do not say {topic}.",
    "nearest": "The nearest thing they say:",
    "as_of": "These words are from {year} or before. Rules may have changed. Please call to check before you act.",
    "closed": "You can no longer join {name}.",
}
_PHRASES = Path(__file__).with_name("phrases.toml")


def say(key: str, language: str = "en", **values: object) -> str:
    """The text of that key in a language, with its values filled in; in English where it has not been translated."""
    words = translated(key, language) or ENGLISH[key]
    return words.format(**values) if values else words


def translated(key: str, language: str) -> str:
    """The text of that key in another language than English; empty where there is none."""
    return _phrases().get(language, {}).get(key, "")


def speaks(language: str) -> bool:
    """Whether the assistant's own sentences exist in that language."""
    return language == "en" or language in _phrases()


@cache
def _phrases() -> dict[str, dict[str, str]]:
    return tomllib.loads(_PHRASES.read_text(encoding="utf-8"))
