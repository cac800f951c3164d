"""What stands on a call card, and what is mailed of it."""

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from assistant_fixtures import topic_of, words_of

from assistant.answer import Answer, Status
from assistant.pipeline import Assistant
from desk.card import make_card, topics_in
from desk.card_view import card_page, card_text
from desk.links import document_link, flag_link, mail_link, quotes_link, search_link
from ingest.records import Quote, Span

pytest_plugins = ["assistant_fixtures"]


def test_a_card_holds_script_policy_limits_transfer_and_what_is_open(small: Assistant) -> None:
    rides = topic_of(small, "rides")
    card = make_card(small, words_of(rides))
    assert [each.text for each in card.script if each.kind in ("prepared", "update")] == [
        "The Moon Plan pays for your rides to the doctor.",
        "In 2026 a ride is free.",
    ]
    assert [(each.text, each.citations[0].quote) for each in card.policy if each.kind == "prepared"] == [
        ("Moon Plan: medical rides are paid.", "The Moon Plan pays for rides to the doctor.")
    ]
    assert [contact.id for contact in card.contacts] == ["medi-cal-dental", "hicap"]
    assert card.unsaid == ("The documents I have do not say how many rides you get.",)
    assert [update.id for update in card.newer] == ["moon-price"]
    assert (card.status, card.language, card.review, card.is_urgent) == (Status.ANSWERED, "en", "checked", False)


@pytest.mark.parametrize(
    ("topic", "asked"),
    [
        ("glasses-kern", ("Is it about Kern County? This answer holds there.",)),
        ("letters-blue", ("Is the plan Blue Health? This answer is of that plan.",)),
        ("rides", ()),
    ],
)
def test_the_conditions_of_an_answer_are_asked_first(small: Assistant, topic: str, asked: tuple[str, ...]) -> None:
    entry = topic_of(small, topic)
    where = {"glasses-kern": " in Kern", "letters-blue": " from Blue Health"}.get(topic, "")
    card = make_card(small, words_of(entry) + where)
    assert set(asked) <= set(card.ask_first)
    assert bool(card.ask_first) == bool(asked)


def test_an_answers_own_question_is_asked_first_of_all(small: Assistant) -> None:
    class Asking(Assistant):
        def answer(self, *given: Any, **named: Any) -> Answer:
            return replace(super().answer(*given, **named), choices=("Kern", "Inyo"))

    card = make_card(Asking(small.index, small.library), words_of(topic_of(small, "rides")))
    assert card.ask_first == ("Do you mean: Kern", "Do you mean: Inyo")


def test_what_no_document_answers_is_said_with_whom_to_call(small: Assistant) -> None:
    card = make_card(small, words_of(topic_of(small, "ride-color")))
    assert card.status is Status.NOT_IN_DOCUMENTS
    assert "the color of the vans" in card.unsaid[0]
    assert card.policy == ()
    assert card.contacts


def test_an_emergency_leaves_only_the_number_to_call(literal: Assistant) -> None:
    card = make_card(literal, "I have chest pain right now", "es")
    shown = card_page(card, "es")
    assert (card.is_urgent, [contact.number for contact in card.contacts]) == (True, ["911"])
    assert 'href="tel:911"' in shown
    assert "Policy" not in shown


def test_a_language_without_prepared_words_is_said_and_english_stays(small: Assistant) -> None:
    card = make_card(small, words_of(topic_of(small, "rides")), "ko")
    assert card.language == "en"
    assert "There are no prepared words in Korean" in card_page(card, "ko")


def test_arabic_is_read_from_the_right(literal: Assistant) -> None:
    entry = next(each for each in literal.index.knowledge.entries if each.often)
    card = make_card(literal, entry.asks[0], "ar")
    assert card.language == "ar"
    assert '<span lang="ar" dir="rtl">' in card_page(card, "ar")


def test_a_number_that_names_a_person_is_on_no_card(small: Assistant) -> None:
    card = make_card(small, "does the Moon Plan pay for medical rides 123-45-6789")
    assert card.removed == ("Social Security number",)
    assert "123-45-6789" not in card_page(card, "en") + card_text(card)


def test_topics_are_known_by_their_sentences(small: Assistant) -> None:
    topics = small.index.knowledge.topics
    for topic in topics:
        answer = small.answer(words_of(topic))
        own = {row.text for row in topic.plain}
        if own & {sentence.text for sentence in answer.sentences}:
            assert topic.id in {found.id for found in topics_in(answer, topics)}


def test_the_text_of_a_card_begins_with_what_to_say(small: Assistant) -> None:
    text = card_text(make_card(small, words_of(topic_of(small, "rides"))))
    titles = [line for line in text.splitlines() if line.endswith(":")]
    assert titles == ["Question:", "Say:", "The documents do not say:", "Transfer to:", "Policy:"]
    assert "Counselors: 555-0100" in text
    assert "Moon Plan sheet; Moon Office; March 2022" in text


def test_a_mail_is_cut_where_mail_programs_would() -> None:
    text = "\n".join(f"line {number} of a long card & more" for number in range(200))
    link = mail_link("A & B?", text)
    body = parse_qs(urlsplit(link).query)["body"][0]
    assert len(link) <= 1900
    assert body.endswith("\r\n...")
    assert text.startswith(body.removesuffix("\r\n...").replace("\r\n", "\n"))
    assert unquote(mail_link("A", "one\ntwo")) == "mailto:?subject=A&body=one\r\ntwo"


def test_addresses_say_what_they_open() -> None:
    quotes = [Quote("a/b", Span(1, 2)), Quote("c", Span(3, 4)), Quote("a/b", Span(5, 6))]
    assert quotes_link(quotes) == "/documents/a%2Fb?show=1-2&show=5-6#cited-words"
    assert (quotes_link([]), document_link("x")) == ("", "/documents/x")
    assert flag_link("a b", "", "c") == "/desk/flag?q=a+b&source=c"
    assert search_link([("q", "a&b")]) == "/desk?q=a%26b"
