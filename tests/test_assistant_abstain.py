"""When to refuse: each sign counts for it, and a look-up of a few words asks for whatever there is."""

from dataclasses import astuple, replace

import pytest

from assistant.abstain import THRESHOLD, unanswered
from assistant.answer import Signs, Status, Turn
from assistant.pipeline import Assistant
from assistant.texts import say

pytest_plugins = ["assistant_fixtures"]

PLAIN = Signs(gap=-4.0, words=-1.0, meaning=-1.0, lacks_kind=0.0, unknown_words=0.0, asked_most=0.0)


@pytest.mark.parametrize("sign", ["gap", "words", "meaning", "lacks_kind", "unknown_words"])
def test_each_sign_makes_a_refusal_more_likely(sign: str) -> None:
    assert unanswered(replace(PLAIN, **{sign: getattr(PLAIN, sign) + 1})) > unanswered(PLAIN)


def test_a_subject_that_is_asked_most_makes_it_less_likely() -> None:
    assert unanswered(replace(PLAIN, asked_most=0.9)) < unanswered(PLAIN)


def test_nothing_speaks_against_a_plain_question(assistant: Assistant) -> None:
    answer = assistant.answer("is IHSS carved out of the Medi-Medi Plan")

    assert answer.status is Status.ANSWERED
    assert answer.signs is not None
    assert len(astuple(answer.signs)) == 6
    assert unanswered(answer.signs) < THRESHOLD


def test_a_detail_that_nobody_wrote_down_is_refused_beside_one_that_is(assistant: Assistant) -> None:
    told = assistant.answer("did L.A. Care give extra dental care")
    untold = assistant.answer("how many dollars a year did L.A. Care's extra dental care pay")

    assert (told.status, untold.status) == (Status.ANSWERED, Status.NOT_IN_DOCUMENTS)
    assert untold.contacts


def test_a_look_up_of_a_word_is_answered(assistant: Assistant) -> None:
    assert assistant.answer("dental?").status is Status.ANSWERED


@pytest.mark.parametrize(
    ("message", "kind", "language"),
    [
        ("thank you so much dear", "thanks", "en"),
        ("good morning", "hello", "en"),
        ("hola", "hello", "es"),
        ("are you a real person?", "assistant", "en"),
    ],
)
def test_small_talk_is_answered_as_such(assistant: Assistant, message: str, kind: str, language: str) -> None:
    answer = assistant.answer(message)

    assert answer.status is Status.OFF_TOPIC
    assert answer.sentences[0].text == say(kind, language)


def test_a_short_word_after_a_question_is_no_greeting(assistant: Assistant) -> None:
    before = [Turn("user", "do people with Medicare and Medi-Cal get joined care"), Turn("assistant", "About 8% did.")]

    assert assistant.answer("why?", before).status is not Status.OFF_TOPIC
    assert assistant.answer("yes").text.count(say("thanks", "en")) == 0
