"""What words of the field mean, told to who asks for it."""

from pathlib import Path

import pytest
from assistant_fixtures import SMALL, assistant_of

from assistant.answer import Sentence, Status
from assistant.cite import cite
from assistant.glossary import Glossary
from assistant.pipeline import Assistant
from assistant.prepared import definition
from ingest.index import Index
from ingest.knowledge import Term

pytest_plugins = ["assistant_fixtures"]


def term(name: str, full: str = "", aliases: tuple[str, ...] = (), slips: tuple[str, ...] = ()) -> Term:
    return Term(name.lower(), name, full, f"The meaning of {name}.", aliases, slips, (), "", "", "")


FORMULARY = term("formulary", "", ("drug list",), ("formulery", "drug lsit", "forumlary"))
IHSS = term("IHSS", "In-Home Supportive Services", (), ("ihhs", "in home suportive services", "inhomesupportive"))
GLOSSARY = Glossary((FORMULARY, IHSS))
MEANING_ASKED = [
    "what is a formulary",
    "What is a formulary?",
    "what's a formulary",
    "what’s the formulary?",
    "whats formulary",
    "wats a formulary",
    "so what is this formulary",
    "please explain formulary",
    "explain the drug list",
    "what was my formulary",
    "what a formulary is",
    "formulary",
    "the drug list?",
]
MEANING_ASKED_PLAINLY = [
    "what does formulary mean",
    "What does “formulary” mean?",
    "what does a drug list mean",
    "what do formulary mean",
    "formulary means what",
    "formulary meaning",
    "the formulary definition",
    "define formulary",
    "Define: formulary!",
    "meaning of formulary",
    "definition of the formulary",
    "what is meant by formulary",
    "what does formulery mean",
    "ok what does drug lsit mean",
]
SOMETHING_ELSE_ASKED = [
    "is there a formulary",
    "what is a formulary for Medi-Medi Plans",
    "what is not on the formulary",
    "what does the formulary cost",
    "does it mean my formulary changes",
    "what are the rules of the formulary",
    "who writes the formulary",
    "does IHSS mean that I lose money",
    "what is the IHSS office's number",
    "what is a formula",
    "what does mean",
    "",
]


@pytest.mark.parametrize("question", MEANING_ASKED)
def test_a_question_that_may_ask_for_a_meaning_names_the_term(question: str) -> None:
    assert GLOSSARY.asked_for(question) == (FORMULARY, False)


@pytest.mark.parametrize("question", MEANING_ASKED_PLAINLY)
def test_a_question_that_asks_for_a_meaning_in_so_many_words_is_known_as_such(question: str) -> None:
    assert GLOSSARY.asked_for(question) == (FORMULARY, True)


@pytest.mark.parametrize("question", ["what does IHSS stand for", "IHSS stands for what"])
def test_a_question_for_the_long_form_asks_for_the_meaning(question: str) -> None:
    assert GLOSSARY.asked_for(question) == (IHSS, True)


@pytest.mark.parametrize("question", ["what are in-home supportive services", "what is in home suportive services"])
def test_a_term_is_known_by_its_long_form_and_by_its_misspellings(question: str) -> None:
    assert GLOSSARY.asked_for(question) == (IHSS, False)


@pytest.mark.parametrize(
    "question",
    [
        "what's formulary mean",
        "what is the meaning of formulary",
        "what is the definition of a formulary",
        "what does the word formulary mean",
        "what does the term formulary mean",
        "can you tell me what a formulary is",
        "tell me what formulary means",
        "i dont know what formulary means",
    ],
)
def test_the_meaning_may_be_asked_for_at_greater_length(question: str) -> None:
    assert GLOSSARY.asked_for(question)[0] == FORMULARY


@pytest.mark.parametrize("question", SOMETHING_ELSE_ASKED)
def test_a_question_that_only_uses_a_term_does_not_ask_for_its_meaning(question: str) -> None:
    assert GLOSSARY.asked_for(question) == (None, False)


def test_without_terms_nothing_is_found() -> None:
    assert Glossary(()).asked_for("what is a formulary") == (None, False)


def test_a_definition_rests_on_the_words_that_use_the_term(small: Assistant) -> None:
    found, index = term_of(small, "ride"), small.index
    citation = cite(index.documents["moon-sheet"], found.quotes[0].span, index.knowledge)

    assert citation.quote == "The Moon Plan pays for rides to the doctor."
    assert definition(found, "en", index) == Sentence(
        "MR (Medical Ride): A trip to the doctor that the plan pays for.", "definition", (citation,)
    )


def test_a_definition_that_rests_on_a_page_says_whose_and_from_when(small: Assistant) -> None:
    assert definition(term_of(small, "copay"), "en", small.index) == Sentence(
        "copay: What you pay for a visit.",
        "definition",
        note="In our own words, after Word list, 2024.",
        url="https://example.org/words",
    )


def test_a_term_is_defined_where_no_entry_is_about_it(tmp_path: Path) -> None:
    files = {name: text for name, text in SMALL.items() if not name.startswith("library")}
    assistant = assistant_of(tmp_path, files)
    copay = definition(term_of(assistant, "copay"), "en", assistant.index)

    for question in ("what does copey mean", "what is a co-payment?", "define copay"):
        answer = assistant.answer(question)
        assert (answer.status, answer.sentences) == (Status.ANSWERED, (copay,))


def test_in_spanish_a_definition_shows_its_english_beside_it(literal: Assistant) -> None:
    found = term_of(literal, "medicare")
    said = definition(found, "es", literal.index)

    assert said.text.startswith("Medicare: ")
    assert said.english == f"Medicare: {found.meaning}"
    assert said.text != said.english


def test_the_line_under_a_definition_is_in_the_readers_language(literal: Assistant) -> None:
    found = term_of(literal, "medicare")

    assert definition(found, "es", literal.index).note != definition(found, "en", literal.index).note


def test_every_name_and_misspelling_of_the_shipped_glossary_leads_to_its_term(shipped: Index) -> None:
    terms = shipped.knowledge.terms
    glossary = Glossary(terms)
    wrong = {
        name: found.id if found else ""
        for each in terms
        for name in (*each.names, *each.misspellings)
        if (found := glossary.asked_for(f"what does {name} mean")[0]) != each
    }

    assert wrong == {}


@pytest.fixture(scope="module")
def shipped(literal: Assistant) -> Index:
    return literal.index


def term_of(assistant: Assistant, term_id: str) -> Term:
    return next(each for each in assistant.index.knowledge.terms if each.id == term_id)
