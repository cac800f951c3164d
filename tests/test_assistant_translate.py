"""A checked sentence in the reader's language: what must come through, and what happens when it does not."""

from dataclasses import replace

import pytest
from chat_fixtures import MOON, ScriptedModel, number_of, reply, sentence, translations

from assistant.answer import Answer, Sentence
from assistant.pipeline import Assistant
from assistant.texts import say
from assistant.translate import kept_names, lost_facts

pytest_plugins = ["assistant_fixtures", "chat_fixtures"]

QUESTION = "¿cuántos viajes paga el Moon Plan? Quiero saber si paga el viaje a mi doctor en Kern"
RIDES = "The Moon Plan pays for rides to the doctor."
VAN = "The Moon Plan may send a van on May 3, 2022 in Kern."
RIDES_ES = "El Moon Plan paga los viajes al doctor."
VAN_ES = "El Moon Plan puede enviar una camioneta el 3 de mayo de 2022 en Kern."
NAMES = ["Moon Plan", "Sun Plan", "Blue Health", "Kern", "Inyo", "Cal MediConnect"]


def answered(told: Assistant, *texts: str, shown: list[Sentence] | None = None) -> tuple[Answer, ScriptedModel]:
    """The answer in Spanish when the model writes two right sentences and translates them so."""
    model = ScriptedModel([None])
    with_model = replace(told, model=model)
    with_model.answer(QUESTION, language="es")
    held = [(number_of(model.asked[0].user, quote), quote) for quote in (RIDES, VAN)]
    said = reply(sentence(RIDES, held[0]), sentence(VAN, held[1]))
    model.replies, model.asked = [said, translations(*texts) if texts else None], []
    listener = None if shown is None else shown.append
    return with_model.answer(QUESTION, language="es", shown=listener), model


def written(answer: Answer) -> list[Sentence]:
    return [each for each in answer.sentences if each.kind == "written"]


def test_checked_sentences_are_translated_in_a_second_call_and_marked(told: Assistant) -> None:
    shown: list[Sentence] = []
    answer, model = answered(told, RIDES_ES, VAN_ES, shown=shown)
    note = say("machine_translated", "es")

    assert [(each.text, each.english, each.note) for each in written(answer)] == [
        (RIDES_ES, RIDES, note),
        (VAN_ES, VAN, note),
    ]
    assert [citation.quote for each in written(answer) for citation in each.citations] == [RIDES, VAN]
    assert shown == written(answer)
    assert f"{RIDES_ES} ({RIDES}) ({note})" in answer.text.splitlines()
    assert "Spanish" in model.asked[1].system
    assert model.asked[1].user == f'<sentence number="1">{RIDES}</sentence>\n<sentence number="2">{VAN}</sentence>'


@pytest.mark.parametrize(
    "wrong",
    [
        "El Moon Plan puede enviar una camioneta el 4 de mayo de 2022 en Kern.",
        "El Moon Plan puede enviar una camioneta el 3 de marzo de 2022 en Kern.",
        "El Moon Plan puede enviar una camioneta el 3 de mayo de 2022 en Inyo.",
        "El Plan Luna puede enviar una camioneta el 3 de mayo de 2022 en Kern.",
        "El Moon Plan puede enviar 2 camionetas el 3 de mayo de 2022 en Kern.",
        "El Moon Plan puede enviar una camioneta el 3 de mayo de 2022 en Kern. Llame al 555-012-3456.",
        VAN,
        "",
    ],
    ids="day month county program added-number added-phone not-translated nothing".split(),
)
def test_a_translation_that_lost_a_fact_leaves_the_english_sentence(told: Assistant, wrong: str) -> None:
    answer, _ = answered(told, RIDES_ES, wrong)

    assert [(each.text, each.english, each.note) for each in written(answer)] == [
        (RIDES_ES, RIDES, say("machine_translated", "es")),
        (VAN, "", ""),
    ]


def test_without_a_second_reply_the_english_sentences_are_shown(told: Assistant) -> None:
    shown: list[Sentence] = []
    answer, _ = answered(told, shown=shown)

    assert [(each.text, each.english) for each in written(answer)] == [(RIDES, ""), (VAN, "")]
    assert shown == written(answer)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Cal MediConnect terminó el 31 de diciembre de 2022.", "es"),
        ("Cal MediConnect 於 2022 年 12 月 31 日結束。", "zh"),
        ("Cal MediConnect는 2022년 12월 31일에 끝났습니다.", "ko"),
        ("Cal MediConnect đã kết thúc vào ngày 31 tháng 12 năm 2022.", "vi"),
        ("Natapos ang Cal MediConnect noong Disyembre 31, 2022.", "tl"),
        ("Cal MediConnect закончилась 31 декабря 2022 года.", "ru"),
        ("Cal MediConnect-ը ավարտվեց 2022 թվականի դեկտեմբերի 31-ին։", "hy"),
        ("Cal MediConnect در 31 دسامبر 2022 پایان یافت.", "fa"),
        ("انتهى Cal MediConnect في 31 كانون الأول/ديسمبر 2022.", "ar"),
        ("Cal MediConnect បានបញ្ចប់នៅថ្ងៃទី 31 ខែធ្នូ ឆ្នាំ 2022។", "km"),
    ],
)
def test_dates_and_names_are_found_again_in_every_language(words: str, language: str) -> None:
    english = "Cal MediConnect ended on December 31, 2022."

    assert lost_facts(english, words, language, NAMES) == []
    assert lost_facts("Cal MediConnect ended on March 31, 2022.", words, language, NAMES)
    assert lost_facts(english, words.replace("2022", "2023"), language, NAMES)
    assert lost_facts(english, words.replace("Cal MediConnect", "Sun Plan"), language, NAMES)


def test_names_are_those_of_programs_plans_and_counties(told: Assistant) -> None:
    assert {"Moon Plan", "Sun Plan", "Blue Health", "Red Health", "Los Angeles"} <= set(kept_names(told.index))


def test_the_corpus_of_these_tests_holds_the_quotes() -> None:
    assert all(quote in MOON for quote in (RIDES, VAN))
