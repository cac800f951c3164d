"""Misspelt words, set right only where that is sure."""

import random
import re
from pathlib import Path

import pytest
from assistant_fixtures import SMALL, assistant_of

from assistant.library import Library
from assistant.pipeline import Assistant
from assistant.spelling import Spelling
from ingest.index import Index
from ingest.knowledge import Term

pytest_plugins = ["assistant_fixtures"]


def term(name: str, full: str = "", aliases: tuple[str, ...] = (), slips: tuple[str, ...] = ()) -> Term:
    return Term(name.lower(), name, full, f"The meaning of {name}.", aliases, slips, (), "", "", "")


FORMULARY = term("formulary", "", ("drug list",), ("formulery", "drug lsit", "forumlary"))
IHSS = term("IHSS", "In-Home Supportive Services", (), ("ihhs", "in home suportive services", "inhomesupportive"))
SPELLING = Spelling((FORMULARY, IHSS))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is it on the formulery?", "is it on the formulary?"),
        ("FORUMLARY please", "formulary please"),
        ("my ihhs hours, IHHS pay", "my IHSS hours, IHSS pay"),
        ("inhomesupportive help", "In-Home Supportive Services help"),
        ("the drug lsit", "the drug lsit"),
        ("formuleryx and x-ihhs stay", "formuleryx and x-ihhs stay"),
        ("is it on the formulary?", "is it on the formulary?"),
        ("", ""),
    ],
)
def test_one_word_slips_are_set_right_to_the_name_they_are_nearest_to(typed: str, meant: str) -> None:
    assert SPELLING.known_slips(typed) == meant


def test_every_one_word_slip_of_the_shipped_glossary_is_set_right(shipped: Index) -> None:
    terms = shipped.knowledge.terms
    spelling = Spelling(terms)
    slips = [(slip, each) for each in terms for slip in each.misspellings if " " not in slip]

    assert {
        slip: spelling.known_slips(slip) for slip, each in slips if spelling.known_slips(slip) not in each.names
    } == {}


@pytest.mark.parametrize(
    "text",
    [
        "can I keep my doctor in the Medi-Medi Plan",
        "IHSS and CBAS hours in San Diego",
        "the plan denied my appeal and the judge said no",
        "Medicare Part A, Part B and Part D",
    ],
)
def test_the_shipped_glossary_leaves_right_words_alone(shipped: Index, text: str) -> None:
    assert Spelling(shipped.knowledge.terms).known_slips(text) == text


@pytest.fixture(scope="module")
def shipped(literal: Assistant) -> Index:
    return literal.index


@pytest.fixture(scope="module")
def spelling(shipped: Index) -> Spelling:
    return Library(shipped).spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("do they cover dialisis", "do they cover dialysis"),
        ("my docter wont take teh plan", "my doctor wont take the plan"),
        ("wheelchare and hopsital bed", "wheelchair and hospital bed"),
        ("can i kepe my IHSS werker", "can i keep my IHSS worker"),
        ("Whihc plan is it?", "Which plan is it?"),
        ("my spesialist, my perscription", "my specialist, my prescription"),
        ("cuonty transportaton", "county transportation"),
    ],
)
def test_a_slip_is_set_right_to_the_word_that_is_meant(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrected(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "does Dr. Ramachandran or doctor okonkwo-smith take it",
        "my aunt rosa gonzalez and her nurse Nguyet in fresno, tulare, siskiyou and kern county",
        "kaiser, molina, iehp, caloptima, cencal, humana, wellcare or blue shield",
        "write to helpme@exmaple.org or www.dhcs.ca.gov/pagse, room B12x, [number removed]",
        "My sister Xiulan called Mr. Wojciechowski",
        "CPO DME NEMT SNF PASRR",
        "dont wanna, gonna, ain't, hasn't, y'all, can't",
        "calaim hicap medi-cal dsnp ihss",
        "",
    ],
)
def test_names_plans_counties_addresses_and_odd_words_stay_as_they_are(spelling: Spelling, text: str) -> None:
    assert spelling.corrected(text) == text


def test_every_county_and_contact_of_the_corpus_stays_as_it_is(shipped: Index, spelling: Spelling) -> None:
    counties = {county for document in shipped.documents.values() for county in document.source.counties}
    names = [*counties, *(contact.who for contact in shipped.knowledge.contacts)]

    assert counties and {name: spelling.corrected(name.lower()) for name in names} == {
        name: name.lower() for name in names
    }


def test_most_single_slips_in_long_words_come_back_and_few_become_another_word(
    shipped: Index, spelling: Spelling
) -> None:
    chance = random.Random(11)
    asks = [ask for topic in shipped.knowledge.topics for ask in topic.asks[:4]]
    words = [word for word in re.findall(r"[a-z]{6,}", " ".join(asks)) if spelling.corrected(word) == word]
    slips = [(word, _slip(word, chance)) for word in words]
    back = [spelling.corrected(slip) == word for word, slip in slips]

    assert len(slips) > 1000
    assert sum(back) / len(back) > 0.9


def test_a_question_is_shown_as_typed_and_found_as_meant(tmp_path: Path) -> None:
    small = assistant_of(tmp_path, SMALL)
    plain, slipped = (
        small.answer("which rides to the doctor do I get"),
        small.answer("which rieds to teh docter do I get"),
    )

    assert slipped.question == "which rieds to teh docter do I get"
    assert (slipped.status, slipped.sentences) == (plain.status, plain.sentences)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]))
