import re
import tomllib
import unicodedata

import pytest

from assistant.texts import ENGLISH
from ingest.settings import PROJECT

PHRASES: dict[str, dict[str, str]] = tomllib.loads((PROJECT / "assistant/phrases.toml").read_text(encoding="utf-8"))
LANGUAGES = ("es", "zh", "vi", "ko", "ru", "tl", "hy", "fa", "ar", "km")
PLACEHOLDERS = {"as_of": ["{year}"], "closed": ["{name}"]}
NOTICES = ("cal-mediconnect-ended", "medi-medi-next", "cci-older")
FROM_MESSAGES = ("not_in_documents", "off_topic", "question_too_long", "empty_question", "failed")
KEYS = {
    *NOTICES,
    *FROM_MESSAGES,
    *PLACEHOLDERS,
    "english_quotes",
    "nearest",
    "not_reviewed",
    "talk_to_person",
    "removed",
}
NAMES = ("Cal MediConnect", "Coordinated Care Initiative (CCI)", "Medi-Medi Plan", "Medicare", "Medi-Cal", "HICAP")
DATES = {
    "es": ("31 de diciembre de 2022", "1 de enero de 2023"),
    "zh": ("2022 年 12 月 31 日", "2023 年 1 月 1 日"),
    "vi": ("31 tháng 12 năm 2022", "1 tháng 1 năm 2023"),
    "ko": ("2022년 12월 31일", "2023년 1월 1일"),
    "ru": ("31 декабря 2022 года", "1 января 2023 года"),
    "tl": ("Disyembre 31, 2022", "Enero 1, 2023"),
    "hy": ("2022 թվականի դեկտեմբերի 31", "2023 թվականի հունվարի 1"),
    "fa": ("31 دسامبر 2022", "1 ژانویهٔ 2023"),
    "ar": ("31 كانون الأول/ديسمبر 2022", "1 كانون الثاني/يناير 2023"),
    "km": ("31 ខែធ្នូ ឆ្នាំ 2022", "1 ខែមករា ឆ្នាំ 2023"),
}


def english() -> dict[str, str]:
    """The English of every phrase that names a program or a date."""
    programs = tomllib.loads((PROJECT / "corpus/programs.toml").read_text(encoding="utf-8"))["program"]
    notices = {notice["id"]: notice["text"] for program in programs for notice in program.get("notice", ())}
    return ENGLISH | notices


def names_in(text: str) -> list[str]:
    return [name for name in NAMES if re.search(rf"(?<!\w){re.escape(name)}", text)]


def test_the_languages_are_those_of_los_angeles_county() -> None:
    assert set(PHRASES) == set(LANGUAGES)


def test_english_has_the_phrases_that_are_compared_with_it() -> None:
    texts = english()
    assert [key for key in (*NOTICES, *FROM_MESSAGES) if key not in texts] == []
    assert names_in(texts["off_topic"]) == ["Medicare", "Medi-Cal"]
    assert {key: names_in(texts[key]) for key in NOTICES} == {
        "cal-mediconnect-ended": ["Cal MediConnect"],
        "medi-medi-next": ["Medi-Medi Plan"],
        "cci-older": ["Cal MediConnect", "Coordinated Care Initiative (CCI)"],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_phrase_and_no_other(language: str) -> None:
    assert set(PHRASES[language]) == KEYS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_a_text_without_stray_blanks(language: str) -> None:
    wrong = {key: text for key, text in PHRASES[language].items() if not text or text != " ".join(text.split())}
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_phrases_of_a_language_are_the_same(language: str) -> None:
    assert len(set(PHRASES[language].values())) == len(KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_kept_and_none_is_added(language: str) -> None:
    found = {key: re.findall(r"\{.*?\}|[{}]", text) for key, text in PHRASES[language].items()}
    assert {key: marks for key, marks in found.items() if marks} == PLACEHOLDERS


@pytest.mark.parametrize("language", LANGUAGES)
def test_program_names_stay_in_latin_letters(language: str) -> None:
    texts = english()
    wanted = {key: names_in(texts[key]) for key in (*NOTICES, *FROM_MESSAGES)}
    assert {key: names_in(PHRASES[language][key]) for key in wanted} == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_of_the_notices_are_whole(language: str) -> None:
    ended, began = DATES[language]
    assert ended in PHRASES[language]["cal-mediconnect-ended"]
    assert began in PHRASES[language]["medi-medi-next"]
    assert {"31", "2022"} <= set(re.findall(r"[0-9]+", ended))
    assert {"1", "2023"} <= set(re.findall(r"[0-9]+", began))


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_ascii_and_only_in_dates(language: str) -> None:
    digits = {key: "".join(letter for letter in text if letter.isdigit()) for key, text in PHRASES[language].items()}
    ended, began = (re.sub(r"[^0-9]", "", date) for date in DATES[language])
    assert {key: found for key, found in digits.items() if found} == {
        "cal-mediconnect-ended": ended,
        "medi-medi-next": began,
    }


@pytest.mark.parametrize("language", ["fa", "ar"])
def test_a_right_to_left_phrase_starts_with_its_own_script(language: str) -> None:
    """A browser that guesses the direction goes by the first letter."""
    directions = {key: unicodedata.bidirectional(text[0]) for key, text in PHRASES[language].items()}
    assert set(directions.values()) == {"AL"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_never_the_illness(language: str) -> None:
    """Machine translation has turned "aids and services" into AIDS."""
    words = re.compile(r"(?<!\w)(AIDS|SIDA|СПИД|ՁԻԱՀ|HIV)(?!\w)|愛滋|艾滋|에이즈|ایدز|الإيدز|អេដស៍", re.IGNORECASE)
    assert [key for key, text in PHRASES[language].items() if words.search(text)] == []
