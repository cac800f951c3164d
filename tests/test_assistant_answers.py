"""Whole answers over the shipped corpus: one end-to-end test for each status, and the promises of every answer."""

import re

import pytest

from assistant.answer import Answer, Role, Sentence, Status, Turn
from assistant.pipeline import Assistant
from assistant.prepared import sentences
from assistant.texts import MAX_QUESTION_CHARS

pytest_plugins = ["assistant_fixtures"]

QUESTIONS = [
    "how do I get on Cal MediConnect?",
    "do they send a van for my dialysis",
    "will I lose my doctor if she is not in the medi-medi plan",
    "is IHSS carved out",
    "which counties had CCI",
    "how many people in california have both medicare and medi-cal",
    "NMT limit San Diego HN CMC?",
    "¿Qué pasó con Cal MediConnect?",
    "how much income can I have and still get medi-cal",
    "how long do you steam tamales",
]

SPANISH = [
    "¿Qué pasó con Cal MediConnect? ¿Todavía existe?",
    "¿Qué es un Medi-Medi Plan?",
    "¿Puedo quedarme con mi doctor?",
    "¿Puedo inscribirme en un Medi-Medi Plan?",
    "¿En qué condados hay un Medi-Medi Plan en 2026?",
    "¿Cuánto dinero puedo tener en el banco para Medi-Cal?",
    "Mi plan me negó la silla de ruedas, ¿cómo apelo?",
    "¿Qué quiere decir Medicare?",
    "¿Cómo se cuecen los tamales al vapor en casa?",
]
ENGLISH_WORDS = re.compile(
    r"\b(?:the|and|of|you|your|is|are|was|with|for|from|not|by|our|own|words|after|this|that|newer|checked"
    r"|January|February|March|May|June|July|August|September|October|November|December)\b",
    re.I,
)


def test_a_question_about_joining_what_has_ended_is_answered_whole(assistant: Assistant) -> None:
    answer = assistant.answer("how do I get on Cal MediConnect?")

    assert answer.status is Status.ANSWERED
    assert answer.text.splitlines()[:3] == [
        "You can no longer join Cal MediConnect.",
        "Cal MediConnect ended on December 31, 2022.",
        "Its members were to move to Medi-Medi Plans, starting January 1, 2023.",
    ]
    assert [citation.quote for citation in answer.citations][:2] == [
        "Cal MediConnect (CMC) extended contracts under the CMC demonstration through December 31, 2022.",
        "starting on January 1, 2023, Cal MediConnect members will be transitioned to MMPs, or Medi-Medi Plans.",
    ]
    assert "hicap" in [contact.id for contact in answer.contacts]


@pytest.mark.parametrize(
    ("question", "language", "closed"),
    [
        ("can I join CMC in Alaska", "en", "You can no longer join Cal MediConnect."),
        ("how do I enroll in CMC", "en", "You can no longer join Cal MediConnect."),
        ("how do I sign up for Cal MediConnect and what is the price", "en", "You can no longer join Cal MediConnect."),
        ("¿Cómo me inscribo en Cal MediConnect?", "es", "Usted ya no puede inscribirse en Cal MediConnect."),
    ],
)
def test_asking_to_join_what_has_ended_is_answered_with_the_closed_notice_first(
    assistant: Assistant, question: str, language: str, closed: str
) -> None:
    answer = assistant.answer(question)

    assert (answer.status, answer.language, answer.sentences[0]) == (
        Status.ANSWERED,
        language,
        Sentence(closed, "fixed"),
    )


def test_a_second_entry_may_be_given_beside_the_first_and_quotes_follow_both(assistant: Assistant) -> None:
    answer = assistant.answer("which laws made the CCI? who is Josephine?")
    entries = [
        entry.id
        for entry in assistant.index.knowledge.entries
        if (said := sentences(entry, Role.BENEFICIARY, "en", assistant.index)) and set(said) <= set(answer.sentences)
    ]
    kinds = [sentence.kind for sentence in answer.sentences]

    assert entries == ["josephine-who"]
    assert any("Senate Bill" in citation.quote for citation in answer.citations)
    assert "quote" in kinds
    assert max(at for at, kind in enumerate(kinds) if kind in ("prepared", "update")) < kinds.index("quote")


@pytest.mark.parametrize("question", ["我可以保留我的醫生嗎？", "我可以保留我的医生吗？"])
def test_a_plain_question_in_chinese_is_no_alarm(assistant: Assistant, question: str) -> None:
    assert assistant.answer(question).status not in (Status.CRISIS, Status.EMERGENCY)


def test_simplified_chinese_is_answered_in_it(assistant: Assistant) -> None:
    answers = [assistant.answer(question) for question in ("Cal MediConnect 还在吗？", "Cal MediConnect 還在嗎？")]

    assert [answer.language for answer in answers] == ["zh-Hans", "zh"]


def test_plain_speech_finds_policy_words(assistant: Assistant) -> None:
    answer = assistant.answer("do they send a van for my dialysis")

    assert answer.status is Status.ANSWERED
    assert any("transportation" in citation.quote for citation in answer.citations)


def test_a_known_gap_is_said_with_whom_to_call(assistant: Assistant) -> None:
    answer = assistant.answer("how much income can I have and still get medi-cal")

    assert answer.status is Status.NOT_IN_DOCUMENTS
    assert answer.sentences[0].text == (
        "The documents I have do not say how much income you may have and still get Medi-Cal."
    )
    assert answer.contacts[0].id == "county-medi-cal"


def test_what_is_not_our_subject_is_turned_away_without_quotes(assistant: Assistant) -> None:
    answer = assistant.answer("how long do you steam tamales")

    assert (answer.status, answer.citations) == (Status.OFF_TOPIC, ())
    assert [contact.id for contact in answer.contacts] == ["hicap"]


def test_an_emergency_is_answered_before_anything_else(assistant: Assistant) -> None:
    answer = assistant.answer("my husband collapsed and is not breathing. my medicare number is 1EG4-TE5-MK73")

    assert answer.status is Status.EMERGENCY
    assert answer.text.startswith("Call 911 now.")
    assert [contact.number for contact in answer.contacts] == ["911"]
    assert "1EG4" not in answer.question
    assert answer.hits == ()


def test_words_of_self_harm_are_answered_with_988(assistant: Assistant) -> None:
    answer = assistant.answer("I want to kill myself")

    assert answer.status is Status.CRISIS
    assert [contact.number for contact in answer.contacts] == ["988", "911"]


@pytest.mark.parametrize("message", ["", "   \n\t ", "?!...", "\x00\x07\x1b"])
def test_a_message_without_words_is_asked_for_again(assistant: Assistant, message: str) -> None:
    assert assistant.answer(message).status is Status.EMPTY_QUESTION


def test_a_message_too_long_is_not_searched(assistant: Assistant) -> None:
    answer = assistant.answer("my doctor " * 2000)

    assert (answer.status, len(answer.question), answer.hits) == (Status.QUESTION_TOO_LONG, MAX_QUESTION_CHARS, ())


def test_an_emergency_deep_in_a_message_too_long_is_still_caught(assistant: Assistant) -> None:
    assert assistant.answer("my doctor " * 1900 + "I can't breathe").status is Status.EMERGENCY


def test_control_characters_do_not_change_the_answer(assistant: Assistant) -> None:
    clean = assistant.answer("is IHSS carved out")
    dirty = assistant.answer("is\x00 IHSS\u200b carved\x1b out\x07")

    assert dirty.sentences == clean.sentences


def test_identifiers_are_masked_before_search_and_in_what_is_shown(assistant: Assistant) -> None:
    answer = assistant.answer("my social is 123-45-6789, what happened to Cal MediConnect?")

    assert answer.removed == ("Social Security number",)
    assert "6789" not in answer.question + answer.standalone_question + answer.text
    assert answer.status is Status.ANSWERED


def test_identifiers_in_earlier_turns_are_masked_too(assistant: Assistant) -> None:
    history = [Turn("user", "my medicare number is 1EG4-TE5-MK73 and I live in San Diego, do I get rides?")]

    assert "MK73" not in assistant.answer("and eye glasses?", history).standalone_question


def test_a_follow_up_is_read_with_the_turn_before(assistant: Assistant) -> None:
    history = [
        Turn("user", "what extras did Health Net Cal MediConnect give in Los Angeles?"),
        Turn("assistant", "..."),
    ]
    answer = assistant.answer("and in San Diego?", history)

    assert "Health Net" in answer.standalone_question
    assert any(citation.quote.startswith("In San Diego, unlimited") for citation in answer.citations)


@pytest.mark.parametrize("role", list(Role))
def test_what_is_excluded_is_never_shown_without_saying_so(assistant: Assistant, role: Role) -> None:
    answer = assistant.answer("Health Net Cal MediConnect: dental, Denti-Cal covered?", role=role)
    known = [
        sentence.text
        for sentence in answer.sentences
        if any("known as Denti-Cal" in citation.quote for citation in sentence.citations)
    ]

    assert known
    assert [text for text in known if not re.search(r"exclud|left out", text)] == []


def test_in_another_language_the_own_sentences_are_in_it_and_the_english_stands_beside(assistant: Assistant) -> None:
    answer = assistant.answer("¿Qué pasó con Cal MediConnect? ¿Todavía existe?")
    prepared = [sentence for sentence in answer.sentences if sentence.kind == "prepared"]

    assert (answer.status, answer.language) == (Status.ANSWERED, "es")
    assert [notice.english for notice in answer.notices][0] == "Cal MediConnect ended on December 31, 2022."
    assert [notice.text for notice in answer.notices if notice.english in notice.text] == []
    assert "(Cal MediConnect ended on December 31, 2022.)" in answer.text
    assert prepared
    assert all(sentence.english for sentence in prepared)
    assert "Ningún traductor humano ha revisado este texto." in answer.text


@pytest.mark.parametrize("question", SPANISH)
def test_the_answer_to_a_spanish_question_is_in_spanish_but_for_names_english_beside_and_quotes(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.answer(question)

    assert answer.language == "es"
    assert [line for line in own_lines(answer, assistant) if ENGLISH_WORDS.search(line)] == []


def own_lines(answer: Answer, assistant: Assistant) -> list[str]:
    """What is said in an answer's language: without quotes, what stands in brackets, and names."""
    knowledge = assistant.index.knowledge
    pages = [*(update.page for update in knowledge.updates), *(term.page for term in knowledge.terms)]
    names = [*filter(None, pages), *(contact.who for contact in knowledge.contacts)]
    said = [part for each in answer.sentences if each.kind != "quote" for part in (each.text, each.note)]
    lines = [*said, *(part for each in answer.contacts for part in (each.who, each.purpose, each.hours))]
    for name in sorted(names, key=len, reverse=True):
        lines = [line.replace(name, "") for line in lines]
    # Words that stand in the documents may be in brackets.
    return [re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)$|\([a-z -]+\)|\"[^\"]*\"", "", line) for line in lines]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("role", list(Role))
def test_every_answer_keeps_its_promises(assistant: Assistant, question: str, role: Role) -> None:
    answer = assistant.answer(question, role=role)

    assert answer.contacts, "there is always a person to call"
    for sentence in answer.sentences:
        assert sentence.kind == "fixed" or sentence.citations or (sentence.note and sentence.url)
        for citation in sentence.citations:
            assert assistant.index.documents[citation.source_id].text[citation.start : citation.end] == citation.quote
    assert names_what_ended(answer)
    assert len([sentence for sentence in answer.sentences if sentence.kind == "quote"]) <= 4
    assert question.startswith("how long do you steam") or len(answer.hits) >= 20


def names_what_ended(answer: Answer) -> bool:
    """Whether an answer that cites an ended program says so with its date."""
    cites_ended = any("ended on" in citation.program_status for citation in answer.citations)
    return not cites_ended or any("December 31, 2022" in (notice.english or notice.text) for notice in answer.notices)


def test_asking_again_gives_the_same_answer(assistant: Assistant) -> None:
    assert assistant.answer("is IHSS carved out") == assistant.answer("is IHSS carved out")


@pytest.mark.parametrize(
    "question", ["How do I get on Cal MediConnect?", "how do I join CMC in LA", "my mom wants back into mediconnect"]
)
def test_who_wants_to_join_what_has_ended_hears_of_today_and_not_how_one_joined_then(
    assistant: Assistant, question: str
) -> None:
    said = [each.text for each in assistant.answer(question).sentences if each.kind == "prepared"]

    assert said[0] == "Cal MediConnect is closed to new members. It ended on December 31, 2022."
    assert [text for text in said if "You could pick" in text] == []


@pytest.mark.parametrize(
    ("question", "gap_id"), [("which plan is best for me", "best-plan"), ("does it pay for my teeth", "dental-details")]
)
def test_a_question_that_is_all_but_surely_a_gaps_is_refused_by_its_name(
    assistant: Assistant, question: str, gap_id: str
) -> None:
    answer = assistant.answer(question)
    (gap,) = [each for each in assistant.index.knowledge.gaps if each.id == gap_id]

    assert answer.status is Status.NOT_IN_DOCUMENTS
    assert answer.sentences[0].text == f"The documents I have do not say {gap.topic}."
