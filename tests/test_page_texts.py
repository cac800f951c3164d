"""The page's own words: plain, in every language, and in the language that a browser asks for."""

import pytest

from ingest.reading import GOAL, grade
from ingest.texts import fixed_texts
from ingest.translations import LANGUAGES
from page import frame
from page.texts import (
    LANGUAGE_NAMES,
    STARTERS,
    direction,
    ended_words,
    known,
    label,
    preferred,
    removed_kind,
    spoken,
    tag,
)

NAMES = ("Medi-Medi Plans", "Medi-Medi Plan", "Cal MediConnect", "IHSS", "JavaScript", "Social Security")


def test_every_language_of_the_library_is_offered_by_its_own_name() -> None:
    assert set(LANGUAGE_NAMES) == {"en", *LANGUAGES}
    assert len(set(LANGUAGE_NAMES.values())) == len(LANGUAGE_NAMES)


def test_every_sentence_of_the_page_reads_at_grade_six_or_below() -> None:
    sentences = {key: text for key, text in fixed_texts().items() if key.startswith("page.") and text[-1] in ".?!"}
    grades = {key: grade([text.replace("{", "").replace("}", "")], NAMES) for key, text in sentences.items()}

    assert len(grades) > 20
    assert {key: found for key, found in grades.items() if found and found > GOAL} == {}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de-DE,de;q=0.9", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("de;q=0.9, es;q=0.5, ko;q=0.7", "ko"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans-US", "zh-Hans"),
        ("zh-Hant-TW", "zh"),
        ("zh-HK,zh", "zh"),
        ("fil-PH", "tl"),
        ("fa-IR", "fa"),
        ("*", "en"),
        (";;q=,,q=es;q=9999", "en"),
        ("es" * 10_000, "en"),
    ],
)
def test_the_browsers_first_language_that_the_page_speaks_is_chosen(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_languages_have_a_direction_and_unknown_ones_are_english() -> None:
    assert [code for code in LANGUAGE_NAMES if direction(code) == "rtl"] == ["fa", "ar"]
    assert (spoken("ko"), spoken("ja"), spoken('"><script>')) == ("ko", "en", "en")


def test_traditional_chinese_is_marked_as_such_and_known_by_its_mark() -> None:
    assert [tag(language) for language in ("zh", "zh-Hans", "es", "en")] == ["zh-Hant", "zh-Hans", "es", "en"]
    assert [known(tag(language)) for language in LANGUAGE_NAMES] == list(LANGUAGE_NAMES)
    assert ' lang="zh"' not in frame.page("zh", None, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_ended_is_said_in_every_language(language: str) -> None:
    words = ended_words("Cal MediConnect ended on December 31, 2022", language)
    assert "Cal MediConnect" in words
    assert "ended" not in words
    assert ended_words("The Sun Plan ended on May 1, 2020", language) == ""


@pytest.mark.parametrize("language", LANGUAGE_NAMES)
def test_the_whole_page_is_in_its_language(language: str) -> None:
    html = frame.page(language, None, ())

    assert f'<html lang="{tag(language)}" dir="{direction(language)}" data-language="{language}"' in html
    for key in ("title", "lead", "limits", "privacy_hint", "ask", "start_over", "text_size", "colors", "kept_title"):
        assert label(key, language) in html.replace("&#x27;", "'").replace("&quot;", '"')
    for topic, asks in STARTERS.items():
        assert all(label(key, language) in html for key in (topic, *asks))
    assert label("start_over", language) in label("kept", language, start_over=label("start_over", language))


def test_what_was_taken_out_is_named_in_the_language_of_the_answer() -> None:
    assert removed_kind("Medicare number", "es") == "número de Medicare"
    assert removed_kind("something new", "es") == "something new"


def test_what_the_script_says_stands_in_the_page_in_every_language() -> None:
    for language in LANGUAGE_NAMES:
        html = frame.page(language, None, ())
        assert html.count(" data-still-working=") == 1
        assert ' data-no-connection=""' not in html
