"""Translations against their English: what is missing, out of date, or has lost a number, a name or a place to fill."""

import re
import unicodedata
from collections.abc import Iterator
from string import Formatter

from ingest.knowledge import Knowledge
from ingest.support import digits_in
from ingest.translatable import translatable
from ingest.translations import Catalog

_PHONE = re.compile(r"(?<!\d)(?:\(?\d{3}\)?[-. ]?)?\d{3}[-. ]\d{4}(?!\d)")
# Names that stay as they are, so that people find them again on their cards and letters.
_KEPT = ("Medicare", "Medi-Cal", "HICAP", "IHSS", "PACE", "Health Net", "L.A. Care", "CalAIM", "Cal MediConnect")


def missing_texts(knowledge: Knowledge, catalog: Catalog) -> list[str]:
    """The keys of texts that a language should have and has not, or has of another English only."""
    wanted = translatable(knowledge, catalog.language)
    return [key for key, english in wanted.items() if not catalog.words(key, english)]


def unreviewed_texts(catalog: Catalog) -> list[str]:
    """The keys of translations that no person has reviewed."""
    return [key for key, text in catalog.texts.items() if not text.by]


def check_language(knowledge: Knowledge, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Missing fixed texts, and translations that lost something; other missing texts are shown in English."""
    wanted = translatable(knowledge, catalog.language)
    yield from ((key, "is not translated") for key in missing_texts(knowledge, catalog))
    yield from ((key, "translates nothing that is shown") for key in catalog.texts if key not in wanted)
    for key, text in catalog.texts.items():
        yield from ((key, reason) for reason in lost_in_translation(text.english, text.words))


def lost_in_translation(english: str, words: str) -> Iterator[str]:
    """What the English holds and the translation does not, or the other way round: fillings, numbers, names."""
    fillings = _fillings(english), _fillings(words)
    if fillings[0] != fillings[1]:
        yield f"has {' '.join(fillings[1]) or 'nothing'} to fill in, not {' '.join(fillings[0]) or 'nothing'}"
    known = {_last_digits(number) for number in _PHONE.findall(english)}
    if invented := sorted(each for each in set(_PHONE.findall(words)) if _last_digits(each) not in known):
        yield f"has a phone number that the English has not: {', '.join(invented)}"
    if lost := sorted(digits_in(english) - digits_in(words)):
        yield f"has lost the number {', '.join(lost)}"
    if lost_names := [name for name in _KEPT if _stands_in(name, english) and not _stands_in(name, words)]:
        yield f"has lost the name {', '.join(lost_names)}"
    if any(unicodedata.decimal(each, None) is not None and not each.isascii() for each in words):
        yield "has digits that are not 0 to 9"


def _last_digits(number: str) -> str:
    """The last seven digits, which all ways of writing a phone number have in common."""
    return re.sub(r"\D", "", number)[-7:]


def _fillings(text: str) -> list[str]:
    """What is filled in, by name in braces; a brace that can't be filled in counts as something else."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return ["a stray brace"]
    named = [(name, form, conversion) for _, name, form, conversion in parts if name is not None]
    return sorted("{" + name + "}" if not form and not conversion else "a format" for name, form, conversion in named)


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<![A-Za-z]){re.escape(name)}", text) is not None
