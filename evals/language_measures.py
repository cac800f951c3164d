"""Whether the answer is in the language of the question, by what it claims and by how its words look."""

import unicodedata
from collections import Counter

from evals.case import Case
from evals.ground import Ground
from evals.outcomes import Outcome
from evals.program_measures import without_names
from evals.statistics import Value
from evals.text import words

_SCRIPTS = {
    "zh": "CJK",
    "ko": "HANGUL",
    "ru": "CYRILLIC",
    "hy": "ARMENIAN",
    "fa": "ARABIC",
    "ar": "ARABIC",
    "km": "KHMER",
}
# Names and addresses stay in Latin letters, so an answer in another script is rarely wholly in it.
_SCRIPT_SHARE = 0.3
_COMMON_WORDS = {
    "en": frozenset(words("the of to and in that is for you are this with be can not it or do your by")),
    "es": frozenset(words("el la los las de que en es para usted con no su por un una del puede se y")),
    "vi": frozenset(words("và của là không có được quý vị cho các này một người trong đã tại với bạn")),
    "tl": frozenset(words("ang ng sa na mga hindi po kayo ay para at ito ka inyong ninyo kung may iyong")),
}


def answered_in_language(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """1 when the outcome names the case's language and its own sentences (else its quotes) look like it, else 0."""
    own = [sentence.text for sentence in outcome.sentences if sentence.kind != "quote"]
    shown = " ".join(own or [sentence.text for sentence in outcome.sentences])
    is_named = _base(outcome.language) == _base(case.lang)
    return float(is_named and looks_like(without_names(shown, ground.program_names, ""), case.lang))


def _base(language: str) -> str:
    """The language without its script: "zh" of "zh-Hans"."""
    return language.partition("-")[0]


def looks_like(text: str, language: str) -> bool:
    """Whether script or common words fit the language; languages that can't be told so are taken to fit."""
    if language in _SCRIPTS:
        scripts = Counter(unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
        return scripts[_SCRIPTS[language]] >= _SCRIPT_SHARE * max(1, scripts.total())
    if language not in _COMMON_WORDS:
        return True
    found = words(text)
    counts = {name: sum(word in common for word in found) for name, common in _COMMON_WORDS.items()}
    return counts[language] == max(counts.values()) and not _is_in_another_script(text)


def _is_in_another_script(text: str) -> bool:
    return any(looks_like(text, language) for language in _SCRIPTS)
