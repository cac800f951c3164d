"""Which counties a text names: in English, by abbreviation, misspelt, in lists, and in other scripts."""

from pathlib import Path

import pytest

from ingest.errors import CorpusError
from ingest.places import COUNTIES, counties_named, county_names

# The ten with the most people, and the seven of the Coordinated Care Initiative.
IN_ALL_SCRIPTS = {
    *("Los Angeles", "San Diego", "Orange", "Riverside", "San Bernardino", "Santa Clara", "Alameda", "Sacramento"),
    *("Contra Costa", "Fresno", "San Mateo"),
}
SCRIPTS = {
    "Chinese": ("\u4e00", "\u9fff"),
    "Korean": ("\uac00", "\ud7a3"),
    "Cyrillic": ("\u0400", "\u04ff"),
    "Armenian": ("\u0530", "\u058f"),
    "Arabic": ("\u0600", "\u06ff"),
    "Khmer": ("\u1780", "\u17ff"),
}


def named(text: str) -> set[str]:
    return set(counties_named(text))


def test_the_file_holds_every_county_once() -> None:
    assert sorted(each.county for each in county_names()) == sorted(COUNTIES)


@pytest.mark.parametrize("county", sorted(IN_ALL_SCRIPTS))
def test_the_counties_asked_about_most_have_names_in_every_script(county: str) -> None:
    names = next(each.scripts for each in county_names() if each.county == county)
    written = {
        script for script, (first, last) in SCRIPTS.items() for name in names if any(first <= a <= last for a in name)
    }
    assert written == set(SCRIPTS)


@pytest.mark.parametrize("county", COUNTIES)
def test_each_county_is_known_by_its_english_name(county: str) -> None:
    assert named(f"I live in {county} County, can I join?") == {county}
    assert named(f"condado de {county}") == {county}


def test_every_other_name_leads_to_its_county_alone() -> None:
    for each in county_names():
        for name in (*each.names, *each.short, *each.scripts):
            assert named(f"- {name}?") == {each.county}, name


@pytest.mark.parametrize(
    ("text", "counties"),
    [
        ("is it in LA", {"Los Angeles"}),
        ("mom lives in l.a. county", {"Los Angeles"}),
        ("LA/OC/SD members", {"Los Angeles", "Orange", "San Diego"}),
        ("the OC", {"Orange"}),
        ("we are in orange", {"Orange"}),
        ("Orange, CA 92866", {"Orange"}),
        ("Kings and Tulare counties", {"Kings", "Tulare"}),
        ("Mono, Inyo and San Joaquin", {"Mono", "Inyo", "San Joaquin"}),
        ("Vivo en Los Ángeles", {"Los Angeles"}),
        ("tôi ở Quận Cam", {"Orange"}),
        ("San Bernadino", {"San Bernardino"}),
        ("聖地牙哥有這個計劃嗎", {"San Diego"}),
        ("로스앤젤레스에 살아요", {"Los Angeles"}),
        ("오렌지 카운티", {"Orange"}),
        ("Я живу в Лос-Анджелесе, а мама в Санта-Кларе", {"Los Angeles", "Santa Clara"}),
        ("Ես ապրում եմ Լոս Անջելեսում", {"Los Angeles"}),
        ("لس\u200cآنجلس", {"Los Angeles"}),
        ("أعيش في سان دييغو", {"San Diego"}),
    ],
)
def test_a_county_is_heard_as_people_say_it(text: str, counties: set[str]) -> None:
    assert named(text) == counties


@pytest.mark.parametrize(
    "text",
    [
        "can I eat an orange with my pills",
        "is there sugar in orange juice",
        "Lake Tahoe and Imperial Beach",
        "I moved to Nevada",
        "soy del norte, es un placer",
        "la tarjeta de mi mamá",
        "Senate Bill 1008 (SB 1008)",
        "does LA Care or L.A. Care pay",
        "Sutter Health, Santa Clarita",
        "я люблю апельсины",
        "橙子",
        "",
    ],
)
def test_words_that_only_look_like_counties_are_none(text: str) -> None:
    assert named(text) == set()


def test_the_documents_list_of_seven_is_read_whole() -> None:
    seven = "Los Angeles, Orange, Riverside, San Bernardino, San Diego, San Mateo, and Santa Clara"
    assert named(f"The seven counties are {seven}.") == set(seven.replace("and ", "").split(", "))


def test_a_mistake_in_the_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "places.toml"
    path.write_text('[[county]]\nid = "Kern"\nneeds = "luck"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"places\.toml: line 1: needs: "):
        county_names(path)
