"""A written sentence against the words it cites: dates, amounts, addresses, names and absolutes. Certain signs only."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assistant.answer import Sentence
from assistant.understand import named_programs
from ingest.knowledge import Knowledge, Program
from ingest.places import COUNTIES
from ingest.records import Document
from ingest.support import COMMON, missing_names

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)", r"(?P<year>(?:19|20)\d\d)\b"
_DATES = (
    re.compile(rf"\b{_MONTH} {_DAY}(?:,? {_YEAR})?"),
    re.compile(rf"\b{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?"),
    re.compile(rf"\b{_MONTH}(?: of)?,? {_YEAR}"),
    re.compile(rf"\b(?P<number>\d{{1,2}})[/-]{_DAY}[/-]{_YEAR}"),
    re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-{_DAY}"),
)
_PHONE = re.compile(r"(?<![\d-])(?:\+?1[-. ]?)?(?:\(\d{3}\) ?|\d{3}[-. ])?\d{3}[-. ]\d{4}(?![\d-])")
_SPELLED = "zero one two three four five six seven eight nine ten eleven twelve".split()
_AMOUNT = re.compile(
    rf"(?<![\w.])(?P<count>(?!(?:19|20)\d\d\b)\d[\d,.]*|{'|'.join(_SPELLED)})(?:[\s-]+(?!and\b|or\b|to\b|of\b)[A-Za-z]+)?[\s-]*"
    r"(?P<unit>%|percent|hour|day|week|month|year|time|dollar|count(?:y|ies)|plan|visit|trip|member|people|person)s?(?!\w)",
    re.I,
)
# "A year", "per year" and "yearly" say the same as "one year", as far as can be told by signs.
_RATE = re.compile(r"\b(?:an?|per|each|every|in an?) (hour|day|week|month|year|visit|trip)\b", re.I)
_ADVERB = re.compile(r"\b(hour|dai|week|month|year|annual)ly\b|\b(annual)\b", re.I)
_PERIOD = {"dai": "day", "annual": "year"}
_DOLLARS = re.compile(r"\$\s?(\d[\d,.]*)")
_SAME_UNIT = {"percent": "%", "counties": "county", "people": "person"}
_ADDRESS = re.compile(r"(?:https?:|www\.)\S*|\S+@\S+|\b[\w-]+\.(?:org|gov|com|net|edu|info|io|us)\b\S*", re.I)
# Words that promise much, and what in the quotes promises as much.
_ABSOLUTES = tuple(
    (re.compile(rf"\b(?:{said})\b", re.I), re.compile(rf"\b(?:{held})\b", re.I))
    for said, held in (
        (r"only|just|solely", r"only|just|solely|exclusively|limited to"),
        (
            r"all|every|everyone|everything|each|any|entire(?:ly)?|full(?:y)?",
            r"all|every\w*|each|any\w*|entire\w*|full\w*",
        ),
        (r"free", r"free|no (?:extra |additional )?(?:cost|charge|copay\w*|premium)s?"),
        (r"must|required?|have to|has to", r"must|requir\w*|have to|has to|needs?|mandatory|shall"),
        (r"always|guarantee\w*|automatic\w*|unlimited", r"always|guarantee\w*|automatic\w*|passive\w*|unlimited"),
    )
)
_CONTENT = re.compile(r"[a-z][a-z’'-]+")
_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\.[A-Z]\.?)?")
_WORD = re.compile(r"\b\w[\w’'-]*(?:\.[A-Z]\.?)?")
# Ordinary words that may open a sentence; any other capitalized word must stand in the quotes.
_OPENERS = frozenset(
    "after all also although any anyone because before beginning both during each either enrollees even every everyone "
    "having if in keeping many members most no not once one only otherwise part people plans programs providers since "
    "some starting staying the there through to two under unless until using when while without yes".split()
)


class Day(NamedTuple):
    """A date, as much of it as is told; 0 is not told."""

    year: int
    month: int
    day: int


def missing_dates(text: str, quotes: str) -> list[Day]:
    """The dates of the text that no date of the quotes holds: "December 2022" is held by "December 31, 2022"."""
    held = dates_in(quotes)
    return sorted(date for date in dates_in(text) if not any(_is_within(date, other) for other in held))


def dates_in(text: str) -> set[Day]:
    """Every date with a month in it, however it is written in English."""
    found = set()
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict()
            month = parts.get("month")
            number = _MONTHS.index(month[:3].lower()) + 1 if month else int(parts["number"])
            found.add(Day(int(parts.get("year") or 0), number, int(parts.get("day") or 0)))
    return {one for one in found if not any(one != other and _is_within(one, other) for other in found)}


def _is_within(date: Day, other: Day) -> bool:
    return all(part in (0, known) for part, known in zip(date, other, strict=True))


def missing_phones(text: str, quotes: str) -> list[str]:
    """The phone numbers of the text, digits only, that the quotes do not hold as a whole."""
    held = phones_in(quotes)
    return sorted(each for each in phones_in(text) if not any(other.endswith(each) for other in held))


def phones_in(text: str) -> set[str]:
    """The phone numbers of a text, digits only and without the country's 1."""
    return {re.sub(r"\D", "", number)[-10:] for number in _PHONE.findall(text)}


def missing_amounts(text: str, quotes: str) -> list[str]:
    """Numbers with what they count that the quotes do not count so: "12 days" where they say "twelve months"."""
    return sorted(amounts_in(text) - amounts_in(quotes))


def amounts_in(text: str) -> set[str]:
    """Numbers with what they count, one word between them at most: "12 month", "20 dollar"."""
    counted = {f"{_digits(match['count'])} {_unit(match['unit'])}" for match in _AMOUNT.finditer(text)}
    rates = {f"1 {unit.lower()}" for unit in _RATE.findall(text)}
    periods = {(first or second).lower() for first, second in _ADVERB.findall(text)}
    rates |= {f"1 {_PERIOD.get(period, period)}" for period in periods}
    return counted | rates | {f"{_digits(number)} dollar" for number in _DOLLARS.findall(text)}


def _digits(count: str) -> str:
    spelled = count.lower()
    return str(_SPELLED.index(spelled)) if spelled in _SPELLED else count.rstrip(".,").replace(",", "")


def _unit(unit: str) -> str:
    return _SAME_UNIT.get(unit.lower(), unit.lower())


def missing_addresses(text: str, quotes: str) -> list[str]:
    """Addresses of pages and mail in the text that the quotes do not hold."""
    return [address for address in _ADDRESS.findall(text) if address.rstrip(".,;)") not in quotes]


def missing_absolutes(text: str, quotes: str) -> list[str]:
    """Words such as "only", "all", "free" or "must" in the text, where the quotes do not say as much of the same thing.

    The same thing: the next content word is one of the next three in the quotes, behind a word that says as much.
    """
    return [
        match[0].lower()
        for said, held in _ABSOLUTES
        for match in said.finditer(text)
        if not any(_goes_on(text[match.end() :], quotes[other.end() :]) for other in held.finditer(quotes))
    ]


def _goes_on(text: str, quotes: str) -> bool:
    said, held = _CONTENT.findall(text.lower()), _CONTENT.findall(quotes.lower())
    next_said = next((word[:5] for word in said if word not in COMMON), "")
    return not next_said or next_said in [word[:5] for word in held if word not in COMMON][:3]


def strange_names(sentence: Sentence, text: str, documents: Mapping[str, Document], knowledge: Knowledge) -> list[str]:
    """Programs, plans, counties and other names in the text that what it cites is not about.

    A citation is about what it names, and about the plan (with its county) or the one program that its document is
    wholly about; it is the word of its publisher.
    """
    quotes = " ".join(citation.quote for citation in sentence.citations)
    cited = {each.source_id: documents[each.source_id] for each in sentence.citations}.values()
    about = " ".join([quotes, *(_about(document, knowledge) for document in cited)])
    programs = set(named_programs(text, knowledge)) - set(named_programs(about, knowledge))
    plans = sorted({document.source.plan for document in documents.values() if document.source.plan})
    places = missing_names(text, [*plans, *COUNTIES], about)
    known = [about, *(_names(program) for program in named_programs(about, knowledge))]
    known += [f"{document.source.publisher} {document.source.label}" for document in cited]
    strange = _strange_words(text, " ".join(known)) - _opener(text, cited)
    return [*sorted(program.name for program in programs), *places, *sorted(strange)]


def _about(document: Document, knowledge: Knowledge) -> str:
    source = document.source
    county = source.counties if source.plan and len(source.counties) == 1 else ()
    programs = [program for program in map(knowledge.program, source.programs) if program]
    return " ".join([source.plan, *county, *(_names(program) for program in programs[: len(programs) == 1])])


def _names(program: Program) -> str:
    return f" {program.name} {' '.join(program.aliases)}"


def _opener(text: str, cited: Iterable[Document]) -> set[str]:
    """The first word of the text, if a cited document writes it small: then it is an ordinary word and no name."""
    first = next(iter(_NAME.findall(text)), "") if text[:1].isupper() else ""
    is_ordinary = bool(first) and any(re.search(rf"\b{re.escape(first.lower())}\b", each.text) for each in cited)
    return _bare([first]) if is_ordinary else set()


def _strange_words(text: str, known: str) -> set[str]:
    held = _bare(_WORD.findall(known))
    held |= {part for word in held for part in word.split("-")}
    found = _bare(_NAME.findall(text)) - COMMON - _OPENERS - held
    return {name for name in found if not set(name.split("-")) <= held}


def _bare(words: Sequence[str]) -> set[str]:
    """Words in small letters without the endings of many and of whose."""
    return {re.sub(r"[’']s$", "", word.lower()).rstrip("s.'’") for word in words}
