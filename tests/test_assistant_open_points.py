"""What an answer leaves open and what it offers next: counties, parts, and questions that may have been meant."""

from dataclasses import replace

import pytest
from assistant_fixtures import topic_of

from assistant.answer import Role, Status
from assistant.decide import Verdict
from assistant.fit import answered_beside_gaps
from assistant.meaning import Likely
from assistant.offer import choices, next_questions
from assistant.open_points import open_points, unanswered_parts, unnamed_counties
from assistant.pipeline import Assistant
from assistant.retrieve import Retrieved, retrieve
from assistant.texts import in_language
from assistant.understand import Asked, understand
from ingest.knowledge import Entry, Gap
from ingest.translatable import topic_key
from ingest.translations import LANGUAGES

pytest_plugins = ["assistant_fixtures"]

PHONE = "plan-phone-and-address"
ENDED = "cal-mediconnect-ended-when"
VAGUE = "my brother in law the mechanic says this plan business is a mess, what now"


def asked_of(assistant: Assistant, question: str, language: str = "en") -> Asked:
    return understand(question, (), assistant.index.knowledge, assistant.library.spelling, language)


def found_of(assistant: Assistant, asked: Asked, *parts: dict[str, float]) -> Retrieved:
    found = retrieve(asked, assistant.index, assistant.library)
    return replace(found, evidence=replace(found.evidence, parts=tuple(map(Likely, parts))))


def entry_of(assistant: Assistant, topic_id: str) -> Entry:
    topic = topic_of(assistant, topic_id)
    assert isinstance(topic, Entry)
    return topic


def test_a_county_that_no_document_names_is_named_back_with_what_a_newer_page_says(literal: Assistant) -> None:
    topic = entry_of(literal, "medi-medi-counties-2023")
    told = unnamed_counties(asked_of(literal, "is it in Fresno"), (topic,), (), literal.library)

    assert told[0].text == "The documents I have do not name Fresno County."
    assert [(each.kind, "Fresno" in each.text) for each in told[1:]] == [("update", True)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("is it in Riverside", []),
        ("do they pay for orange juice", []),
        ("is it in Mono or Yuba county", ["Mono", "Yuba"]),
    ],
)
def test_only_counties_that_no_document_names_are_named_back(
    literal: Assistant, question: str, told: list[str]
) -> None:
    said = unnamed_counties(asked_of(literal, question), (), (), literal.library)

    assert [each.text for each in said] == [f"The documents I have do not name {county} County." for county in told]


def test_a_county_is_named_back_in_the_language_of_the_question(literal: Assistant) -> None:
    (said,) = unnamed_counties(asked_of(literal, "¿Y en Fresno?", "es"), (), (), literal.library)

    assert said.text == "Los documentos que tengo no nombran el condado de Fresno."


def test_what_an_answer_already_says_of_a_county_is_not_said_again(literal: Assistant) -> None:
    topic, asked = entry_of(literal, "medi-medi-counties-2023"), asked_of(literal, "is it in Fresno")
    update = unnamed_counties(asked, (topic,), (), literal.library)[1]

    assert len(unnamed_counties(asked, (topic,), (update,), literal.library)) == 1


def test_a_part_that_nothing_answers_is_named_unless_it_is_the_answer(literal: Assistant) -> None:
    gap = topic_of(literal, PHONE)
    assert isinstance(gap, Gap)
    asked = asked_of(literal, "When did it end? What is the phone number? Which number is it?")
    tells = asked_of(literal, "When did it end? I have the phone number. It is that number.")
    evidence = found_of(literal, asked, {ENDED: 0.9}, {PHONE: 0.6}, {PHONE: 0.7}).evidence
    unsure = found_of(literal, asked, {ENDED: 0.9}, {PHONE: 0.4}, {}).evidence
    gaps = literal.library.gaps
    others = {each.id: 0.25 for each in gaps[:4] if each != gap}

    assert [each.text for each in unanswered_parts(asked, (), evidence, gaps)] == [
        f"The documents I have do not say {gap.topic}."
    ]
    assert unanswered_parts(asked, (gap,), evidence, gaps) == ()
    assert unanswered_parts(asked, (), unsure, gaps) == ()
    assert unanswered_parts(tells, (), evidence, gaps) == ()
    assert unanswered_parts(asked, (), found_of(literal, asked, {ENDED: 0.9}, others, {}).evidence, gaps) == ()
    assert open_points(asked, (gap,), (), evidence, literal.library) == ()


def test_beside_a_gap_only_a_part_that_asks_and_is_clear_is_answered(literal: Assistant) -> None:
    clear, gap, vague = {ENDED: 0.9}, {PHONE: 0.8}, {ENDED: 0.3, PHONE: 0.2}
    asks = asked_of(literal, "When did the plan end? And what is its phone number?")
    tells = asked_of(literal, "The plan has ended by now. And what is its phone number?")

    def answered(asked: Asked, *parts: dict[str, float]) -> list[str]:
        found = found_of(literal, asked, *parts)
        return [entry.id for entry in answered_beside_gaps(asked, found, literal.library)]

    assert answered(asks, clear, gap) == [ENDED]
    assert answered(asks, vague, gap) == answered(tells, clear, gap) == answered(asks, clear, clear) == []


def test_a_question_half_of_which_is_answered_gets_that_half_and_hears_of_the_other(assistant: Assistant) -> None:
    answer = assistant.answer("When did Cal MediConnect end? And what is the phone number of the plan I am in now?")
    gap = topic_of(assistant, PHONE)

    assert answer.status is Status.ANSWERED
    assert "Cal MediConnect ended on December 31, 2022." in answer.text
    assert f"The documents I have do not say {gap.topic}." in answer.text


def test_what_people_ask_next_is_near_and_not_yet_told(literal: Assistant) -> None:
    first = entry_of(literal, "health-net-rides-la")
    second = entry_of(literal, "health-net-rides-san-diego")
    entries = literal.library.entries
    near = [entry_of(literal, name) for name in first.related if name != "book-a-ride"]

    assert next_questions(Likely(), (first,), entries, "en") == tuple(entry.question for entry in near)
    assert second.question not in next_questions(Likely(), (first, second), entries, "en")
    assert next_questions(Likely(), (), entries, "en") == ()


def test_what_else_may_have_been_meant_comes_before_what_is_near(literal: Assistant) -> None:
    first, other = entry_of(literal, "health-net-rides-la"), entry_of(literal, ENDED)
    likely = Likely({first.id: 0.6, ENDED: 0.2, "medi-medi-rides": 0.05})

    assert next_questions(likely, (first,), literal.library.entries, "en")[0] == other.question


def test_an_unsure_answer_offers_what_may_have_been_meant_likeliest_first(literal: Assistant) -> None:
    likely = Likely({"health-net-rides-la": 0.05, ENDED: 0.09, "medi-medi-rides": 0.08, "la-care-rides": 0.02})
    told, unsure = (entry_of(literal, "medi-medi-rides"),), Verdict(Status.ANSWERED, is_sure=False)
    offered = [entry_of(literal, name).question for name in (ENDED, "health-net-rides-la")]

    assert choices(unsure, likely, told, literal.library.entries, "en") == tuple(offered)
    assert choices(Verdict(Status.ANSWERED), likely, told, literal.library.entries, "en") == ()


def test_a_message_that_may_mean_much_gets_choices_and_says_so(assistant: Assistant) -> None:
    answer = assistant.answer(VAGUE)

    assert answer.choices and not answer.next_questions
    assert "I am not sure that the documents I have answer this." in answer.text
    assert "\n".join(("Did you mean one of these?", *(f"- {each}" for each in answer.choices))) in answer.markdown


def test_the_question_of_every_entry_is_answered_by_it_in_each_language(literal: Assistant) -> None:
    entries = literal.library.entries
    meanings = literal.library.meanings
    questions = {
        (entry.id, language): text
        for entry in entries
        for language in ("en", *LANGUAGES)
        if (text := in_language(topic_key(entry, "question"), entry.question, language))
    }
    meant = {key: meanings.in_so_many_words(text) for key, text in questions.items()}

    assert (
        {entry.id for entry in entries} == {name for name, _ in questions} == {n for n, at in questions if at == "es"}
    )
    assert {key for key, likely in meant.items() if likely is None or likely.topics[key[0]] != 1.0} == set()


def test_questions_are_short_different_and_ask(literal: Assistant) -> None:
    questions = [entry.question for entry in literal.library.entries]

    assert len(set(questions)) == len(questions)
    assert [text for text in questions if not text.endswith("?") or len(text) > 80] == []


def test_staff_are_offered_the_same_next_questions(literal: Assistant) -> None:
    question = entry_of(literal, "medi-medi-rides").question
    plain, staff = (literal.answer(question, role=role) for role in (Role.BENEFICIARY, Role.STAFF))

    assert plain.next_questions == staff.next_questions != ()
