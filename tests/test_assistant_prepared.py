"""Prepared answers of the library: the register of the reader, the condition, the language, and what holds each."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

import pytest
from assistant_fixtures import READ_ON, SMALL, topic_of, words_of

from assistant.answer import Answer, Citation, Role, Sentence, Status, Turn
from assistant.cite import cite
from assistant.pipeline import Assistant
from assistant.prepared import register_of, sentences, update_sentence
from assistant.texts import say
from ingest.knowledge import Prepared, Topic, Update
from ingest.quoted import locate
from ingest.translations import LANGUAGES

pytest_plugins = ["assistant_fixtures"]

OWN = ("prepared", "update", "fixed", "notice")
# Of this language only the fixed texts are translated.
FIXED_ONLY = "km"
UPDATE = Update(
    "new", "It is free.", "https://example.org/new", "An office", "May 2026", "2026-11-22", "A", ("cal-mediconnect",)
)
READ_TODAY = f"{calendar.month_name[READ_ON.month]} {READ_ON.day}, {READ_ON.year}"


def cited(assistant: Assistant, source_id: str, words: str) -> Citation:
    """The citation of those words."""
    document = assistant.index.documents[source_id]
    span = locate(words, document)
    assert span, words
    return cite(document, span, assistant.index.knowledge)


def prepared_in(answer: Answer) -> list[str]:
    return [sentence.text for sentence in answer.sentences if sentence.kind == "prepared"]


def test_a_beneficiary_gets_the_plain_answer_and_what_holds_each_sentence(small: Assistant) -> None:
    answer = small.answer("does the Moon Plan pay for medical rides")

    assert answer.status is Status.ANSWERED
    assert answer.sentences[:3] == (
        Sentence(
            "The Moon Plan pays for your rides to the doctor.",
            "prepared",
            (cited(small, "moon-sheet", "The Moon Plan pays for rides to the doctor."),),
        ),
        Sentence(
            "In 2026 a ride is free.",
            "update",
            note=f"Not from the documents: our summary of a page (Moon Times, no date). Checked on {READ_TODAY}.",
            url="https://example.org/price",
        ),
        Sentence("Ask the counselors for a ride.", "fixed"),
    )


def test_staff_get_the_exact_terms(small: Assistant) -> None:
    answer = small.answer("does the Moon Plan pay for medical rides", role=Role.STAFF)

    assert answer.sentences[0] == Sentence(
        "Moon Plan: medical rides are paid.",
        "prepared",
        (cited(small, "moon-sheet", "The Moon Plan pays for rides to the doctor."),),
    )
    assert "The Moon Plan pays for your rides to the doctor." not in answer.text


def test_staff_get_the_plain_answer_where_there_is_no_other(small: Assistant) -> None:
    answer = small.answer("how often does Medi-Cal give new glasses in Kern", role=Role.STAFF)

    assert prepared_in(answer) == ["In Kern you get glasses once a year."]


def test_a_register_is_never_borrowed_from_staff_for_beneficiaries() -> None:
    plain, staff = (Prepared("Plain.", fact="a"),), (Prepared("Staff.", fact="a"),)

    assert [register_of(Topic("a", "a", (), plain=plain, staff=staff), role) for role in Role] == [plain, staff]
    assert [register_of(Topic("a", "a", (), plain=plain), role) for role in Role] == [plain, plain]
    assert [register_of(Topic("a", "a", (), staff=staff), role) for role in Role] == [(), staff]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("how often does Medi-Cal give new glasses in Kern", "In Kern you get glasses once a year."),
        ("how often does Medi-Cal give new glasses in Inyo", "In Inyo you get glasses each month."),
        ("when is my Medi-Cal letter answered at Blue Health", "Blue Health answers in nine days."),
        ("when is my Medi-Cal letter answered at Red Health", "Red Health answers in four weeks."),
    ],
)
def test_the_county_and_the_plan_that_are_named_choose_the_answer(small: Assistant, question: str, said: str) -> None:
    assert prepared_in(small.answer(question)) == [said]


def test_a_county_named_in_a_follow_up_chooses_the_answer_to_the_question_before(small: Assistant) -> None:
    before = [Turn("user", "how often does Medi-Cal give new glasses"), Turn("assistant", "...")]

    assert prepared_in(small.answer("and in Inyo?", before)) == ["In Inyo you get glasses each month."]
    assert prepared_in(small.answer("and in Kern?", before)) == ["In Kern you get glasses once a year."]


def test_quotes_beside_a_prepared_answer_are_words_it_does_not_cite(small: Assistant) -> None:
    for question in ("does the Moon Plan pay for medical rides", "how often does Medi-Cal give new glasses in Kern"):
        answer = small.answer(question)
        own = {citation for each in answer.sentences if each.kind == "prepared" for citation in each.citations}
        quoted = {citation for each in answer.sentences if each.kind == "quote" for citation in each.citations}
        assert own
        assert quoted
        assert own.isdisjoint(quoted)


@pytest.mark.parametrize("role", list(Role))
def test_every_prepared_answer_of_the_shipped_library_is_held_by_words_or_a_page(
    literal: Assistant, role: Role
) -> None:
    index = literal.index
    for topic in index.knowledge.topics:
        said = sentences(topic, role, "en", index)
        assert [each.text for each in said] == [row.text for row in register_of(topic, role)]
        for each, row in zip(said, register_of(topic, role), strict=True):
            assert each.kind in OWN
            assert bool(each.citations) == bool(row.quotes or row.fact)
            assert bool(each.note and each.url) == bool(row.update)
            assert each.english == ""
            for citation in each.citations:
                text = index.documents[citation.source_id].text
                assert text[citation.start : citation.end] == citation.quote != ""


def test_every_entry_has_an_answer_for_each_role(literal: Assistant) -> None:
    entries = literal.index.knowledge.entries

    assert [entry.id for entry in entries if not register_of(entry, Role.BENEFICIARY)] == []
    assert [entry.id for entry in entries if not entry.staff] == []


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != FIXED_ONLY])
def test_what_is_asked_most_is_said_in_the_readers_language_with_its_english(literal: Assistant, language: str) -> None:
    often = [entry for entry in literal.index.knowledge.entries if entry.often]
    untranslated = {}
    for entry in often:
        said = sentences(entry, Role.BENEFICIARY, language, literal.index)
        if [each.english for each in said] != [row.text for row in entry.plain]:
            untranslated[entry.id] = said
        assert all(each.text != each.english for each in said)

    assert untranslated == {}


def test_a_translated_answer_stands_whole_in_spanish(literal: Assistant) -> None:
    entry = topic_of(literal, "medi-medi-what-is-it")
    answer = literal.answer(words_of(entry), language="es")
    said = [each for each in answer.sentences if each.kind in ("prepared", "update")]

    assert (answer.status, answer.language) == (Status.ANSWERED, "es")
    assert said == list(sentences(entry, Role.BENEFICIARY, "es", literal.index))
    assert [each.english for each in said] == [row.text for row in entry.plain]
    assert f"{said[0].text} ({said[0].english})" in answer.text


def test_a_translated_answer_says_that_it_was_not_reviewed_and_who_helps_in_ones_language(literal: Assistant) -> None:
    answer = literal.answer(words_of(topic_of(literal, "medi-medi-what-is-it")), language="es")

    assert [each.text for each in answer.sentences[-2:]] == [
        "Ningún traductor humano ha revisado este texto. Lo que vale es el texto en inglés.",
        "Usted puede hablar con una persona. Llame y pida un intérprete:",
    ]
    assert answer.contacts[-1].id == "civil-rights"
    assert answer.text.splitlines()[-1] == (
        "DHCS Office of Civil Rights (oficina de derechos civiles): (916) 440-7370, TTY 711. "
        "Discriminación, o problemas para recibir ayuda en su idioma."
    )


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "es"])
def test_an_answer_without_translation_is_quoted_in_english_with_an_introduction(
    literal: Assistant, language: str
) -> None:
    entry = topic_of(literal, "medi-medi-parts-abd")
    assert sentences(entry, Role.BENEFICIARY, language, literal.index) == ()

    answer = literal.answer(words_of(entry), language=language)
    kinds = [each.kind for each in answer.sentences]
    first = kinds.index("quote")
    assert "prepared" not in kinds
    assert answer.sentences[first - 1] == Sentence(say("english_quotes", language), "fixed")
    assert any("Medicare Part A, B, and D services" in citation.quote for citation in answer.citations)
    assert answer.review == ""
    assert say("not_reviewed", language) in answer.text


def test_khmer_has_fixed_texts_and_no_prepared_answers(literal: Assistant) -> None:
    topics = [topic for topic in literal.index.knowledge.topics if topic.plain]

    assert topics
    assert [each.id for each in topics if sentences(each, Role.BENEFICIARY, FIXED_ONLY, literal.index)] == []


def test_half_a_translation_is_none(literal: Assistant) -> None:
    entry = topic_of(literal, "medi-medi-what-is-it")
    changed = replace(entry, plain=(*entry.plain[:-1], replace(entry.plain[-1], text="Something new.")))

    assert sentences(entry, Role.BENEFICIARY, "es", literal.index) != ()
    assert sentences(changed, Role.BENEFICIARY, "es", literal.index) == ()


def test_a_language_that_nobody_translates_gets_english(small: Assistant) -> None:
    answer = small.answer("does the Moon Plan pay for medical rides", language="de")

    assert answer.language == "en"
    assert "prepared" in [each.kind for each in answer.sentences]


@pytest.mark.parametrize(
    ("page_date", "english", "other"),
    [
        ("May 2026", "May 2026", "2026"),
        ("for 2025", "for 2025", "2025"),
        ("2025 or 2026", "2025 or 2026", "2026"),
        ("", "no date", ""),
        ("undated", "undated", ""),
    ],
)
def test_the_date_of_a_page_is_its_year_alone_in_other_languages(page_date: str, english: str, other: str) -> None:
    update, today = replace(UPDATE, page_date=page_date), date(2026, 12, 1)
    notes = {language: update_sentence(update, language, today).note for language in ("en", "es")}

    assert f"(An office, {english})" in notes["en"]
    assert f"(An office, {other or say('no_date', 'es')})" in notes["es"]


def test_the_states_pages_are_named_in_short(literal: Assistant) -> None:
    state = {each.page for each in literal.index.knowledge.updates if "dhcs.ca.gov/" in each.url}

    assert "DHCS" in state
    assert [page for page in state if page.startswith("DHCS") and page != "DHCS"] == []


def test_a_sentence_that_rests_on_a_program_fact_is_prepared_and_cites_its_proof(small: Assistant) -> None:
    said = sentences(topic_of(small, "sun-past"), Role.STAFF, "en", small.index)

    assert said[0] == Sentence(
        "The Sun Plan has ended.",
        "prepared",
        (cited(small, "sun-guide", "The Sun Plan closed on June 30, 2021."),),
    )


def test_a_newer_fact_says_whose_page_it_sums_up_its_address_and_when_it_was_checked() -> None:
    assert update_sentence(UPDATE, "en", date(2026, 12, 1)) == Sentence(
        "It is free.",
        "update",
        note="Not from the documents: our summary of an official page (An office, May 2026). "
        "Checked on November 22, 2026.",
        url="https://example.org/new",
    )


def test_a_page_that_is_not_official_or_has_no_date_is_named_as_such() -> None:
    other = replace(UPDATE, certainty="B", page_date="")

    assert update_sentence(other, "en", date(2026, 12, 1)).note == (
        "Not from the documents: our summary of a page (An office, no date). Checked on November 22, 2026."
    )


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (365, False), (366, True), (4000, True)])
def test_a_year_after_it_was_checked_a_newer_fact_says_that_it_may_be_out_of_date(days: int, is_old: bool) -> None:
    today = date.fromisoformat(UPDATE.checked_on) + timedelta(days=days)
    note = update_sentence(UPDATE, "en", today).note

    assert note.startswith("Not from the documents: ")
    assert note.endswith(" It was checked more than a year ago, so it may be out of date.") == is_old


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_newer_fact_is_told_in_every_language_with_its_english(literal: Assistant, language: str) -> None:
    for update in literal.index.knowledge.updates:
        said = update_sentence(update, language, date(2028, 1, 1))
        assert (said.kind, said.english, said.url) == ("update", update.text, update.url)
        assert said.text != update.text
        assert update.page in said.note
        assert update.checked_on in said.note
        assert say("update_outdated", language) in said.note


def test_an_answer_from_a_page_shows_its_note_and_address_in_text_and_markdown(small: Assistant) -> None:
    answer = small.answer("does the Moon Plan pay for medical rides")
    line = (
        "In 2026 a ride is free. (Not from the documents: our summary of a page (Moon Times, no date). "
        f"Checked on {READ_TODAY}. https://example.org/price)"
    )

    assert line in answer.text.splitlines()
    assert line in answer.markdown.splitlines()


def test_the_small_corpus_asks_nothing_twice_but_where_a_condition_decides() -> None:
    """The tests of conditions rest on entries that differ in nothing else."""
    assert SMALL["library/entries.toml"].count('asks = ["how often does Medi-Cal give new glasses"]') == 2
    assert SMALL["library/entries.toml"].count('asks = ["when is my Medi-Cal letter answered"]') == 2
