"""The assistant's own sentences, in English and in the languages that they have been translated into."""

from ingest.texts import fixed_text, speaks, translated_text

__all__ = ["MAX_QUESTION_CHARS", "in_language", "say", "speaks", "translated_text"]

# Longer than any question people typed on the public help pages that were read; a letter pasted whole is longer.
MAX_QUESTION_CHARS = 2000


def in_language(key: str, english: str, language: str) -> str:
    """A text of the corpus in a language: itself in English, else its translation, empty where there is none."""
    return english if language == "en" else translated_text(key, english, language)


def say(key: str, language: str = "en", **values: object) -> str:
    """The text of that key in a language, with its values filled in; in English where it has not been translated."""
    words = fixed_text(f"say.{key}", language)
    return words.format(**values) if values else words
