"""California's counties, whose names steer answers and are known to readers, and how people call them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from ingest.settings import HOME
from ingest.tables import Row, load_rows

COUNTIES = (
    *"Alameda Alpine Amador Butte Calaveras Colusa Fresno Glenn Humboldt Imperial Inyo Kern Kings Lake Lassen".split(),
    *"Madera Marin Mariposa Mendocino Merced Modoc Mono Monterey Napa Nevada Orange Placer Plumas Riverside".split(),
    *"Sacramento Shasta Sierra Siskiyou Solano Sonoma Stanislaus Sutter Tehama Trinity Tulare Tuolumne".split(),
    *"Ventura Yolo Yuba".split(),
    "Contra Costa",
    "Del Norte",
    "El Dorado",
    "Los Angeles",
    "San Benito",
    "San Bernardino",
    "San Diego",
    "San Francisco",
    "San Joaquin",
    "San Luis Obispo",
    "San Mateo",
    "Santa Barbara",
    "Santa Clara",
    "Santa Cruz",
)

# What stands before a name that is a county's for sure, and after it, in languages with Latin letters.
_COUNTY_BEFORE = re.compile(r"(?:county of|condado del?|quan|hat|county ng)\s+$", re.I)
_COUNTY_AFTER = re.compile(r"\s+(?:(?:and|or|&|y|o|at)\s+(?:\w+\s+){1,3})?(?:county|counties|condado|co\.)", re.I)
# What makes a name a place; a longer name of which it is only the beginning is another place or thing.
_PLACE_BEFORE = re.compile(r"\b(?:in|from|near|around|outside|about|en|sa|taga|o|tai)\s+$", re.I)
_PLACE_AFTER = re.compile(r",?\s+(?:ca|calif|california)\b", re.I)
_LONGER_NAME = re.compile(
    r"\s+(?:beach|canyon|city|cove|grove|hills|juice|lake|park|peel|river|state|tahoe|valley|village)\b", re.I
)
# Between two names of one list.
_JOINER = re.compile(r"\s*(?:,|&|/|;|\b(?:and|or|y|o|at)\b|\s)+\s*", re.I)
_WORD = re.compile(r"\w+")
# Its name holds the abbreviation of a county without being one.
_PLAN_AFTER = re.compile(r"\s*Care\b", re.I)


class _CountyRow(Row):
    needs: Literal["", "place", "county"] = ""
    names: list[str] = []
    short: list[str] = []
    scripts: list[str] = []


@dataclass(frozen=True, slots=True)
class CountyNames:
    """What a county is called. `needs`: "place" or "county" where its name alone is also something else."""

    county: str
    needs: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    scripts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    county: str
    is_sure: bool


@cache
def county_names(path: Path = HOME / "places.toml") -> tuple[CountyNames, ...]:
    """The names of all counties of a file; raises CorpusError on a mistake in it."""
    return tuple(
        CountyNames(row.id, row.needs, tuple(row.names), tuple(row.short), tuple(row.scripts))
        for _, row in load_rows(path, "county", _CountyRow)
    )


def counties_named(text: str) -> frozenset[str]:
    """The counties that a text names, in any of the library's languages, by their English names.

    A name that is also a common word ("orange", "lake") counts only where the words beside it make it a place.
    """
    plain = _without_accents(text)
    mentions = sorted(_mentions(plain), key=lambda each: (each.start, -each.end))
    latin = {each.county for each in _sure_of_lists(mentions, plain)}
    if text.isascii():
        return frozenset(latin)
    joined = _letters(text)
    return frozenset(latin | {county for county, name in _other_scripts() if name in joined})


def _mentions(plain: str) -> list[_Mention]:
    found = []
    for each in _named_by(plain):
        own, others, short = _patterns(each)
        found += [_Mention(*m.span(), each.county, _is_sure(each.needs, plain, m)) for m in own.finditer(plain)]
        for pattern in filter(None, (others, short)):
            spans = [m for m in pattern.finditer(plain) if pattern is others or not _PLAN_AFTER.match(plain, m.end())]
            found += [_Mention(*m.span(), each.county, True) for m in spans]
    return found


def _named_by(plain: str) -> list[CountyNames]:
    """Those of whose names a first word stands in the text: few texts name a county, and there are 58 to look for."""
    words = set(_WORD.findall(plain.casefold()))
    return [names for names, first_words in _first_words() if not first_words.isdisjoint(words)]


@cache
def _first_words() -> tuple[tuple[CountyNames, frozenset[str]], ...]:
    """Of all names in Latin letters of each county."""
    return tuple(
        (each, frozenset(_WORD.findall(_without_accents(name).casefold())[0] for name in _latin_names(each)))
        for each in county_names()
    )


def _latin_names(names: CountyNames) -> tuple[str, ...]:
    return (names.county, *names.names, *names.short)


@cache
def _patterns(names: CountyNames) -> tuple[re.Pattern[str], re.Pattern[str] | None, re.Pattern[str] | None]:
    """The English name, the other names, and the abbreviations; None where there are none."""
    own = _whole([names.county], re.I)
    others = _whole([_without_accents(name) for name in names.names], re.I) if names.names else None
    return own, others, _whole(names.short, re.NOFLAG) if names.short else None


def _whole(names: list[str] | tuple[str, ...], flags: re.RegexFlag) -> re.Pattern[str]:
    spelled = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in names)
    return re.compile(rf"(?<![\w.])(?:{spelled})(?!\w)", flags)


def _is_sure(needs: str, plain: str, match: re.Match[str]) -> bool:
    before, end = plain[: match.start()], match.end()
    if not needs or _COUNTY_BEFORE.search(before) or _COUNTY_AFTER.match(plain, end):
        return True
    if needs == "county" or _LONGER_NAME.match(plain, end):
        return False
    return bool(_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(plain, end))


def _sure_of_lists(mentions: list[_Mention], plain: str) -> list[_Mention]:
    """The sure mentions, and those that stand in one list with a sure one."""
    lists: list[list[_Mention]] = [[each] for each in mentions[:1]]
    for first, second in pairwise(mentions):
        if second.start < first.end or not _JOINER.fullmatch(plain[first.end : second.start]):
            lists.append([])
        lists[-1].append(second)
    return [each for one in lists for each in one if each.is_sure or any(other.is_sure for other in one)]


@cache
def _other_scripts() -> tuple[tuple[str, str], ...]:
    return tuple((each.county, _letters(name)) for each in county_names() for name in each.scripts)


def _without_accents(text: str) -> str:
    """The text in single letters without their marks, so that names in it keep their places in what is searched."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each))


def _letters(text: str) -> str:
    """Only the letters, in small ones, without accents, blanks and hyphens; vowels written as marks stay."""
    return "".join(each for each in _without_accents(text).casefold() if unicodedata.category(each)[0] in "LMN")
