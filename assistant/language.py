"""Which language a message is in. The only module that uses lingua."""

import re
from functools import cache
from typing import Any

# Los Angeles County's threshold languages, and others spoken by many Californians.
LANGUAGES = ("EN", "ES", "VI", "TL", "ZH", "KO", "HY", "RU", "FA", "AR", "JA", "HI", "PA", "TH", "UK")
# Latin letters alone don't tell "dental LA" from Spanish, or "who is the ombudsman" (0.55) from Tagalog: below this
# share of certainty it is taken as English. All 316 development questions are told right with it.
MIN_CERTAINTY = 0.6
_KHMER = re.compile(r"[\u1780-\u17ff]")
_SMALL_SPANISH = frozenset(
    "que qué es el los las un una del al mi mis para por como cómo donde dónde quien quién cual cuál".split()
    + "puedo tengo hay con está estoy yo su pero también ya muy".split()
)
_SPANISH_GREETINGS = frozenset("hola gracias adiós adios buenos buenas".split())
_SMALL_TAGALOG = frozenset(
    "ang ng nang sa mga ko mo ba po ako ka ikaw siya kami tayo sila ito iyan ano paano saan sino kailan bakit hindi"
    " wala mayroon meron may pwede puwede kung para pa rin din lang akin nanay tatay niya namin".split()
)
_SMALL_ENGLISH = frozenset(
    "the a an is are was do does did i my me to for of in on and or what how who where when why which can will it with"
    " if you they get this that he she her his not no from".split()
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the text's language, "zh-Hans" for simplified Chinese; "en" when it can't be told."""
    if _KHMER.search(text):
        return "km"
    own = "".join(letter for letter in text if not _LATIN.match(letter))
    if sum(letter.isalpha() for letter in own) > 1:
        # Names of programs stay in Latin letters in every script.
        text = own
    best = _detector().compute_language_confidence_values(text)[0]
    letters = [character for character in text if character.isalpha()]
    is_latin = sum(bool(_LATIN.match(letter)) for letter in letters) > 0.9 * len(letters)
    if is_latin and best.value < MIN_CERTAINTY:
        return "es" if has_spanish_words(text) else "tl" if _has_tagalog_words(text) else "en"
    if best.language.name == "TAGALOG" and not _has_tagalog_words(text):
        return "en"
    code = str(best.language.iso_code_639_1.name.lower()) if best.value else "en"
    return _chinese(text) if code == "zh" else code


def has_spanish_words(text: str) -> bool:
    """Whether a text too short to tell holds a greeting in Spanish, or two of its smallest words that English lacks."""
    words = set(re.findall(r"\w+", text.lower()))
    return len(_SMALL_SPANISH & words) > 1 or not _SPANISH_GREETINGS.isdisjoint(words)


def _has_tagalog_words(text: str) -> bool:
    """English with slips, or made of abbreviations, is told as Tagalog: that must show in its smallest words."""
    words = re.findall(r"\w+", text.lower())
    return sum(word in _SMALL_TAGALOG for word in words) > sum(word in _SMALL_ENGLISH for word in words)


def _chinese(text: str) -> str:
    """Traditional ("zh") or simplified ("zh-Hans"), by which national character set alone holds more of the letters."""
    simplified = sum(_fits(letter, "gb2312") and not _fits(letter, "big5") for letter in text)
    traditional = sum(_fits(letter, "big5") and not _fits(letter, "gb2312") for letter in text)
    return "zh-Hans" if simplified > traditional else "zh"


def _fits(letter: str, encoding: str) -> bool:
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@cache
def _detector() -> Any:
    from lingua import IsoCode639_1, LanguageDetectorBuilder

    codes = [getattr(IsoCode639_1, code) for code in LANGUAGES]
    return LanguageDetectorBuilder.from_iso_codes_639_1(*codes).build()
