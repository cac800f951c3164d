"""What is understood of a question before anything is searched."""

import pytest

from assistant.answer import Turn
from assistant.language import detect_language
from assistant.understand import named_programs, understand
from ingest.knowledge import Knowledge, Program


def program(name: str, *aliases: str) -> Program:
    return Program(name.lower(), name, aliases, "open", "", "", ())


KNOWLEDGE = Knowledge(programs=(program("Cal MediConnect", "CMC", "medi connect"), program("PACE", "PACE")))


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
    asked = understand("what about San Diego?", [Turn("user", "rides in LA?"), Turn("assistant", "Yes.")], KNOWLEDGE)

    assert asked.standalone == "rides in LA? what about San Diego?"
    assert asked.searches == (("rides in LA? what about San Diego?", 1.0), ("what about San Diego?", 0.5))


def test_a_new_topic_after_another_counts_most_by_itself() -> None:
    question = "Which counties have Medi-Medi Plans in California right now, please?"
    asked = understand(question, [Turn("user", "rides in LA?")], KNOWLEDGE)

    assert (asked.standalone, asked.searches) == (question, ((f"rides in LA? {question}", 0.5), (question, 1.0)))


def test_a_question_in_parts_is_searched_by_its_parts_too() -> None:
    asked = understand("What kind of plan takes over? How long can she keep her doctor?", (), KNOWLEDGE)

    assert asked.has_parts
    assert asked.searches[1:] == (("What kind of plan takes over?", 0.5), ("How long can she keep her doctor?", 0.5))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("NEMT SD HN?", "en"),
        ("dental LA", "en"),
        ("¿Puedo quedarme con mi doctor?", "es"),
        ("我可以保留我的醫生嗎", "zh"),
        ("제 의사를 계속 만날 수 있나요?", "ko"),
        ("Tôi có thể giữ bác sĩ của tôi không?", "vi"),
        ("Могу ли я остаться у своего врача?", "ru"),
        ("Կարո՞ղ եմ պահել իմ բժշկին", "hy"),
        ("هل يمكنني الاحتفاظ بطبيبي؟", "ar"),
        ("آیا می‌توانم پزشکم را نگه دارم؟", "fa"),
        ("តើខ្ញុំអាចរក្សាគ្រូពេទ្យរបស់ខ្ញុំបានទេ?", "km"),
        ("Puwede ko bang panatilihin ang aking doktor?", "tl"),
        ("12345", "en"),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert detect_language(text) == language
