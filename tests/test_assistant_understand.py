"""What is understood of a question before anything is searched."""

import pytest

from assistant.answer import Turn
from assistant.language import detect_language
from assistant.spelling import Spelling
from assistant.understand import named_programs, understand
from ingest.knowledge import Knowledge, Program, Term


def program(name: str, *aliases: str) -> Program:
    return Program(name.lower(), name, aliases, "open", "", "", ())


KNOWLEDGE = Knowledge(programs=(program("Cal MediConnect", "CMC", "medi connect"), program("PACE", "PACE")))
SPELLING = Spelling((Term("dual", "dual eligible", "", "", (), ("duel elegible", "dueleligible"), (), "", "", ""),))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is cal mediconnect open", ["Cal MediConnect"]),
        ("CMC LA", ["Cal MediConnect"]),
        ("who runs pace-setting plans at their own pace", []),
        ("tell me about PACE", ["PACE"]),
        ("cmcs", []),
    ],
)
def test_programs_are_known_by_their_names(text: str, names: list[str]) -> None:
    assert [found.name for found in named_programs(text, KNOWLEDGE)] == names


def test_a_question_that_leans_on_the_turn_before_is_searched_with_it_first() -> None:
    asked = understand(
        "what about San Diego?", [Turn("user", "rides in LA?"), Turn("assistant", "Yes.")], KNOWLEDGE, SPELLING
    )

    assert asked.standalone == "rides in LA? what about San Diego?"
    assert asked.searches == (("rides in LA? what about San Diego?", 1.0), ("what about San Diego?", 0.5))


def test_a_new_topic_after_another_counts_most_by_itself() -> None:
    question = "Which counties have Medi-Medi Plans in California right now, please?"
    asked = understand(question, [Turn("user", "rides in LA?")], KNOWLEDGE, SPELLING)

    assert (asked.standalone, asked.searches) == (question, ((f"rides in LA? {question}", 0.5), (question, 1.0)))


def test_the_first_words_of_the_answer_before_are_kept_behind_the_question_said_twice() -> None:
    answer = " ".join(f"word{at}" for at in range(40))
    history = [Turn("assistant", "older"), Turn("user", "rides in LA?"), Turn("assistant", answer)]
    first_words = " ".join(answer.split()[:30])

    assert understand("and when?", history, KNOWLEDGE, SPELLING).recalled == f"and when? and when? {first_words}"
    assert understand("and when?", [Turn("user", "rides?")], KNOWLEDGE, SPELLING).recalled == ""


def test_a_question_in_parts_is_searched_by_its_parts_too() -> None:
    asked = understand("What kind of plan takes over? How long can she keep her doctor?", (), KNOWLEDGE, SPELLING)

    assert asked.has_parts
    assert asked.searches[1:] == (("What kind of plan takes over?", 0.5), ("How long can she keep her doctor?", 0.5))


def test_a_misspelt_word_is_searched_as_it_is_meant_and_shown_as_it_was_typed() -> None:
    asked = understand("am I dueleligible for this", (), KNOWLEDGE, SPELLING)

    assert (asked.question, asked.searches) == ("am I dueleligible for this", (("am I dual eligible for this", 1.0),))


def test_the_clause_that_held_a_masked_number_is_not_searched() -> None:
    asked = understand("my number is [number removed], can I keep my doctor", (), KNOWLEDGE, SPELLING)

    assert asked.searches == (("can I keep my doctor", 1.0),)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Puwede?", "en"), ("¿Puedo quedarme con mi doctor de CMC?", "es"), ("Cal MediConnect PACE", "en")],
)
def test_a_question_is_in_the_language_of_its_words_and_not_of_its_names(text: str, language: str) -> None:
    assert understand(text, (), KNOWLEDGE, SPELLING).language == language


def test_a_word_or_two_are_in_the_language_of_the_turns_before() -> None:
    before = [Turn("user", "¿Puedo quedarme con mi doctor de CMC?"), Turn("assistant", "...")]

    assert understand("en Los Angeles", before, KNOWLEDGE, SPELLING).language == "es"


def test_the_language_that_is_given_counts() -> None:
    assert understand("Can I keep my doctor?", (), KNOWLEDGE, SPELLING, "vi").language == "vi"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("NEMT SD HN?", "en"),
        ("dental LA", "en"),
        ("¿Puedo quedarme con mi doctor?", "es"),
        ("我可以保留我的醫生嗎", "zh"),
        ("我可以保留我的医生吗", "zh-Hans"),
        ("제 의사를 계속 만날 수 있나요?", "ko"),
        ("Tôi có thể giữ bác sĩ của tôi không?", "vi"),
        ("Могу ли я остаться у своего врача?", "ru"),
        ("Կարո՞ղ եմ պահել իմ բժշկին", "hy"),
        ("هل يمكنني الاحتفاظ بطبيبي؟", "ar"),
        ("آیا می‌توانم پزشکم را نگه دارم؟", "fa"),
        ("តើខ្ញុំអាចរក្សាគ្រូពេទ្យរបស់ខ្ញុំបានទេ?", "km"),
        ("Puwede ko bang panatilihin ang aking doktor?", "tl"),
        ("puedo keep mi doctor?", "es"),
        ("mi doctor no está in the new plan", "es"),
        ("do they cubren dientes", "es"),
        ("paano ko ma-keep ang doctor ko", "tl"),
        ("Libre ba ang dialysis", "tl"),
        ("can i keep mi doctora", "en"),
        ("who drivse me to teh docter", "en"),
        ("HN CMC LA: NMET trrip limit?", "en"),
        ("12345", "en"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_name_with_a_full_stop_is_no_end_of_a_part() -> None:
    asked = understand("What was the plan and what number did L.A. Care give to Dr. Lee?", (), KNOWLEDGE, SPELLING)

    assert [text for text, _ in asked.searches[1:]] == [
        "What was the plan",
        "and what number did L.A. Care give to Dr. Lee?",
    ]


def test_of_a_long_story_the_last_sentences_ask() -> None:
    story = "My aunt is ninety and she likes to talk. " * 10 + "Who drives her? She can't walk."

    assert understand(story, (), KNOWLEDGE, SPELLING).point == "Who drives her? She can't walk."
    assert understand("Who drives her?", (), KNOWLEDGE, SPELLING).point == "Who drives her?"
