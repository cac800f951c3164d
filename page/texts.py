"""The page's fixed words, besides those of answers, and the languages it speaks."""

import re
from collections.abc import Mapping
from functools import cache

from assistant.privacy import MEDI_CAL, MEDICARE, SOCIAL_SECURITY
from ingest.settings import HOME
from ingest.texts import fixed_text
from ingest.translations import RIGHT_TO_LEFT, catalog_file, read_catalog

NAME = "Duals Navigator"
ENGLISH = "en"
# Each language by its own name, so that people find theirs on a page they can't read.
LANGUAGE_NAMES: Mapping[str, str] = {
    ENGLISH: "English",
    "es": "Español",
    "zh": "繁體中文",
    "zh-Hans": "简体中文",
    "vi": "Tiếng Việt",
    "tl": "Tagalog",
    "ko": "한국어",
    "hy": "Հայերեն",
    "fa": "فارسی",
    "ru": "Русский",
    "ar": "العربية",
    "km": "ខ្មែរ",
}
# What people ask first, by topic: the keys of a heading and of its questions. Each is answered by a prepared answer.
STARTERS: Mapping[str, tuple[str, ...]] = {
    "topic_plans": ("ask_plan", "ask_counties"),
    "topic_care": ("ask_doctor", "ask_medicine"),
    "topic_help": ("ask_rides", "ask_home"),
    "topic_old": ("ask_ended", "ask_join"),
}
_REMOVED = {
    SOCIAL_SECURITY: "social_security_number",
    MEDICARE: "medicare_number",
    MEDI_CAL: "medi_cal_number",
}
# Plain "zh" is read as simplified Chinese, in its letters and by its voices.
_TAGS = {"zh": "zh-Hant"}
# What browsers call some of the languages: Filipino, Cantonese, Chinese of a place or script.
_ALIASES = {"fil": "tl", "yue": "zh", "prs": "fa", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans"}


def label(key: str, language: str = ENGLISH, **values: object) -> str:
    """The text of that key in a language, with its values filled in; in English where it has not been translated."""
    words = fixed_text(f"page.{key}", language)
    return words.format(**values) if values else words


def removed_kind(kind: str, language: str) -> str:
    """What a number that was taken out of a message is called."""
    return label(_REMOVED[kind], language) if kind in _REMOVED else kind


def direction(language: str) -> str:
    """In which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def tag(language: str) -> str:
    """What a `lang` attribute calls a language (BCP 47)."""
    return _TAGS.get(language, language)


@cache
def ended_words(status: str, language: str) -> str:
    """What a citation says of an ended program, in a language: the words of the notice that says the same; else empty.

    `status` is as in a `Citation`, without a full stop.
    """
    texts = read_catalog(catalog_file(HOME, language)).texts
    notices = (each for key, each in texts.items() if key.startswith("notice.") and each.english == f"{status}.")
    return next((each.words for each in notices), "")


def known(language: str) -> str:
    """The page's own name of a language by any of its tags ("zh-Hant" is "zh"); empty if the page does not speak it."""
    return _known(language.lower())


def spoken(language: str) -> str:
    """The same, but English for one that it does not speak."""
    return known(language) or ENGLISH


def preferred(accepted: str) -> str:
    """The first language of an Accept-Language header that the page speaks; English where there is none."""
    wishes = [part.partition(";q=") for part in accepted[:500].replace(" ", "").lower().split(",")]
    for tag, _, _ in sorted(wishes, key=lambda wish: -_weight(wish[2])):
        if language := _known(tag):
            return language
    return ENGLISH


def _weight(quality: str) -> float:
    return float(quality) if re.fullmatch(r"\d(?:\.\d{1,3})?", quality) else 1.0


def _known(tag: str) -> str:
    """The page's own name of a browser's language, by its longest known beginning; empty if it speaks none of it."""
    parts = tag.split("-")
    for count in range(len(parts), 0, -1):
        begin = "-".join(parts[:count])
        name = _ALIASES.get(begin, begin)
        if name in LANGUAGE_NAMES:
            return name
    return ""
