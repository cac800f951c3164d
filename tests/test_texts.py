"""The fixed texts that people read: all there in every language, with the names, dates and places of the English."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest

from ingest.settings import PROJECT
from ingest.texts import fixed_text, fixed_texts, speaks, translated_text
from ingest.translations import LANGUAGES as NAMED
from ingest.translations import RIGHT_TO_LEFT, Catalog, catalog_file, read_catalog

LANGUAGES = ("es", "zh", "zh-Hans", "vi", "tl", "ko", "hy", "fa", "ru", "ar", "km")
FIXED = ("say", "triage", "page", "notice", "contact", "route", "update")
# Names that people find again on their cards and letters.
NAMES = (
    *("Cal MediConnect", "Coordinated Care Initiative (CCI)", "Medi-Medi Plan", "Medicare", "Medi-Cal", "HICAP"),
    *("IHSS", "PACE", "Health Net", "CalAIM", "DHCS", "DMHC", "HMO", "D-SNP"),
)
# The ways in which a language writes the two dates that matter most.
DATES = {
    "es": ("31 de diciembre de 2022", "1 de enero de 2023"),
    "zh": ("2022 年 12 月 31 日", "2023 年 1 月 1 日"),
    "zh-Hans": ("2022 年 12 月 31 日", "2023 年 1 月 1 日"),
    "vi": ("31 tháng 12 năm 2022", "1 tháng 1 năm 2023"),
    "ko": ("2022년 12월 31일", "2023년 1월 1일"),
    "ru": ("31 декабря 2022 года", "1 января 2023 года"),
    "tl": ("Disyembre 31, 2022", "Enero 1, 2023"),
    "hy": ("2022 թվականի դեկտեմբերի 31", "2023 թվականի հունվարի 1"),
    "fa": ("31 دسامبر 2022", "1 ژانویهٔ 2023"),
    "ar": ("31 كانون الأول/ديسمبر 2022", "1 كانون الثاني/يناير 2023"),
    "km": ("31 ខែធ្នូ ឆ្នាំ 2022", "1 ខែមករា ឆ្នាំ 2023"),
}
SCRIPTS = {
    **dict.fromkeys(("zh", "zh-Hans"), "CJK"),
    **dict.fromkeys(("es", "vi", "tl"), "LATIN"),
    **dict.fromkeys(("fa", "ar"), "ARABIC"),
    **{"ko": "HANGUL", "hy": "ARMENIAN", "ru": "CYRILLIC", "km": "KHMER"},
}
# Characters that are written in one of the two kinds of Chinese only.
SIMPLIFIED = frozenset("们这说话电请问还让给费计医疗务员县会过时见规变确认电脑选择无论对应该")
TRADITIONAL = frozenset("們這說話電請問還讓給費計醫療務員縣會過時見規變確認電腦選擇無論對應該")
ENDINGS = {".": ".。।։។۔", "?": "?？՞؟", ":": ":：՝៖", "!": "!！"}
ILLNESS = re.compile(r"(?<!\w)(AIDS|SIDA|СПИД|ՁԻԱՀ|HIV)(?!\w)|愛滋|艾滋|에이즈|ایدز|الإيدز|អេដស៍", re.IGNORECASE)


def english() -> dict[str, str]:
    """The English of every fixed text, by key."""
    return {**fixed_texts(), **dict(_facts())}


def _facts() -> Iterator[tuple[str, str]]:
    for program in _table("program"):
        yield from ((f"notice.{notice['id']}", notice["text"]) for notice in program.get("notice", ()))
    for contact in _table("contact"):
        yield from (
            (f"contact.{contact['id']}.{part}", contact[part])
            for part in ("who", "purpose", "hours")
            if contact.get(part)
        )
    yield from ((f"route.{route['id']}.advice", route["advice"]) for route in _table("route") if route.get("advice"))
    yield from ((f"update.{update['id']}", update["text"]) for update in _table("update"))


def _table(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((PROJECT / f"corpus/{name}s.toml").read_text("utf-8"))[name]
    return rows


ENGLISH = english()


def catalog(language: str) -> Catalog:
    return read_catalog(catalog_file(PROJECT / "corpus", language))


def fixed(language: str) -> dict[str, str]:
    """The fixed texts of a language that are made from today's English, by key."""
    found = {key: catalog(language).words(key, text) for key, text in ENGLISH.items()}
    return {key: words for key, words in found.items() if words}


def every(language: str) -> dict[str, tuple[str, str]]:
    """The English and the translation of all that a language has, entries and terms too, by key."""
    return {key: (text.english, text.words) for key, text in catalog(language).texts.items()}


def names_in(text: str) -> set[str]:
    return {name for name in NAMES if re.search(rf"(?<![A-Za-z]){re.escape(name)}", text)}


def numbers_in(text: str) -> list[str]:
    """The numbers of a text, without commas between thousands."""
    return re.findall(r"\d+", re.sub(r"(?<=\d)[,.  ](?=\d{3}(?!\d))", "", text))


def numbers_to_call(text: str) -> list[str]:
    """911 and 988, in the order in which the text first names them; not the key to press for Spanish."""
    return list(dict.fromkeys(re.findall(r"\d{3,}", text)))


def test_the_languages_are_those_of_los_angeles_county_and_both_kinds_of_chinese() -> None:
    assert set(NAMED) == set(LANGUAGES)
    assert {path.stem for path in (PROJECT / "corpus/translations").glob("*.po")} == set(LANGUAGES)


def test_english_has_texts_of_every_kind_and_the_names_that_are_compared_with_it() -> None:
    assert {key.partition(".")[0] for key in ENGLISH} == set(FIXED)
    assert all(text == " ".join(text.split()) != "" for text in ENGLISH.values())
    assert names_in(ENGLISH["say.off_topic"]) == {"Medicare", "Medi-Cal"}
    assert names_in(ENGLISH["notice.cci-older"]) == {"Cal MediConnect", "Coordinated Care Initiative (CCI)"}
    assert names_in(ENGLISH["notice.medi-medi-next"]) == {"Medi-Medi Plan"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_fixed_text_of_todays_english(language: str) -> None:
    assert sorted(set(ENGLISH) - set(fixed(language))) == []
    assert speaks(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_no_fixed_text_that_english_has_not(language: str) -> None:
    found = {key for key in catalog(language).texts if key.partition(".")[0] in FIXED}

    assert sorted(found - set(ENGLISH)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_without_stray_blanks(language: str) -> None:
    assert {key: words for key, (_, words) in every(language).items() if words != " ".join(words.split())} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_differ_in_english_differ(language: str) -> None:
    by_words: dict[str, set[str]] = {}
    for key, words in fixed(language).items():
        by_words.setdefault(words, set()).add(ENGLISH[key])

    assert {words: texts for words, texts in by_words.items() if len(texts) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_kept_and_nothing_is_added(language: str) -> None:
    marks = re.compile(r"\{.*?\}|[{}]")

    assert {
        key: words
        for key, (text, words) in every(language).items()
        if sorted(marks.findall(text)) != sorted(marks.findall(words))
    } == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_program_names_stay_in_latin_letters(language: str) -> None:
    lost = {key: names_in(text) - names_in(words) for key, (text, words) in every(language).items()}

    assert {key: names for key, names in lost.items() if names} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dates_of_the_notices_are_whole(language: str) -> None:
    ended, began = DATES[language]
    texts = fixed(language)

    assert ended in texts["notice.cal-mediconnect-ended"]
    assert began in texts["notice.medi-medi-next"]
    assert {"31", "2022"} <= set(numbers_in(ended))
    assert {"1", "2023"} <= set(numbers_in(began))


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_are_ascii_and_no_number_is_lost(language: str) -> None:
    foreign = {key: words for key, (_, words) in every(language).items() if re.search(r"(?![0-9])\d", words)}
    lost = {key: set(numbers_in(text)) - set(numbers_in(words)) for key, (text, words) in every(language).items()}

    assert foreign == {}
    assert {key: numbers for key, numbers in lost.items() if numbers} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_added_only_for_the_months_of_dates(language: str) -> None:
    # Updates count in other units ("1.7 million"), hours are told in figures, and Spanish is key 2 of the crisis line.
    texts = {key: words for key, words in fixed(language).items() if not key.startswith(("update.", "contact."))}
    added = {key: set(numbers_in(words)) - set(numbers_in(ENGLISH[key])) for key, words in texts.items()}

    assert {key: numbers for key, numbers in added.items() if any(int(each) > 12 for each in numbers)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_in_its_own_script_and_in_no_other_but_latin_names(language: str) -> None:
    other = set(SCRIPTS.values()) - {SCRIPTS[language], "LATIN"}
    if language == "ko":
        other.discard("CJK")
    scripts = {key: _scripts(words) for key, (_, words) in every(language).items()}
    # A contact's name may be a name and nothing else: "Social Security".
    bare = {key for key in scripts if not key.endswith(".who")}

    assert [key for key, found in scripts.items() if found & other] == []
    assert [key for key in bare if SCRIPTS[language] not in scripts[key]] == []


def _scripts(text: str) -> set[str]:
    return {unicodedata.name(letter, "").split()[0] for letter in text if letter.isalpha()}


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_right_to_left_text_starts_with_its_own_script(language: str) -> None:
    """A browser that guesses the direction goes by the first letter."""
    first = {key: _first_strong(words) for key, (_, words) in every(language).items() if not key.endswith(".who")}

    assert {key: direction for key, direction in first.items() if direction != "AL"} == {}


def _first_strong(text: str) -> str:
    directions = map(unicodedata.bidirectional, re.sub(r"\{\w*\}", "", text))
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "")


def test_each_kind_of_chinese_is_written_in_its_own_characters() -> None:
    only_simplified, only_traditional = SIMPLIFIED - TRADITIONAL, TRADITIONAL - SIMPLIFIED

    assert {key: words for key, (_, words) in every("zh").items() if only_simplified & set(words)} == {}
    assert {key: words for key, (_, words) in every("zh-Hans").items() if only_traditional & set(words)} == {}
    assert any(only_traditional & set(words) for words in fixed("zh").values())
    assert any(only_simplified & set(words) for words in fixed("zh-Hans").values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_ends_as_its_english_does(language: str) -> None:
    wrong = {}
    for key, words in fixed(language).items():
        end = next((ends for mark, ends in ENDINGS.items() if ENGLISH[key].endswith(mark)), "")
        # Armenian asks by a mark within the word.
        if end and words.rstrip('»”"」』')[-1] not in end and not (language == "hy" and "՞" in words):
            wrong[key] = words

    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_never_the_illness(language: str) -> None:
    """Machine translation has turned "aids and services" into AIDS."""
    assert [key for key, (_, words) in every(language).items() if ILLNESS.search(words)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["crisis", "emergency", "hurt"])
def test_what_is_said_to_an_alarm_names_the_numbers_of_the_english_in_their_order(language: str, kind: str) -> None:
    words = fixed_text(f"triage.{kind}", language)

    assert numbers_to_call(words) == numbers_to_call(ENGLISH[f"triage.{kind}"])
    assert words != ENGLISH[f"triage.{kind}"]


def test_the_english_of_each_alarm_names_its_numbers() -> None:
    assert {kind: numbers_to_call(fixed_text(f"triage.{kind}")) for kind in ("crisis", "emergency", "hurt")} == {
        "crisis": ["988", "911"],
        "emergency": ["911"],
        "hurt": ["911", "988"],
    }


def test_a_translation_counts_only_for_the_english_it_was_made_from() -> None:
    key = "say.not_reviewed"

    assert translated_text(key, ENGLISH[key], "es") == fixed_text(key, "es") != ENGLISH[key]
    assert translated_text(key, f"{ENGLISH[key]} And more.", "es") == ""
    assert translated_text("say.nothing", ENGLISH[key], "es") == ""
    assert translated_text(key, ENGLISH[key], "de") == ""


def test_a_language_without_catalog_is_not_spoken_and_gets_english() -> None:
    assert not speaks("de")
    assert speaks("en")
    assert fixed_text("say.nearest", "de") == ENGLISH["say.nearest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_counts_as_reviewed_without_a_name_and_a_date(language: str) -> None:
    texts = catalog(language).texts

    assert [key for key, text in texts.items() if bool(text.by) != bool(text.on)] == []
    assert [key for key, text in texts.items() if text.by and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.on)] == []
