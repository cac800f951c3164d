"""What stands on a call card, and what is mailed of it."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from assistant_fixtures import topic_of, words_of
from chat_fixtures import ScriptedModel, number_of, reply, sentence

from assistant.answer import Answer, Status
from assistant.pipeline import Assistant
from desk.beside import Neighbors
from desk.card import Card, make_card, topics_in
from desk.card_view import card_page, card_text
from desk.links import document_link, flag_link, mail_link, quotes_link, search_link
from ingest.records import Quote, Span

pytest_plugins = ["assistant_fixtures", "chat_fixtures"]


def card_of(assistant: Assistant, question: str, language: str = "en") -> Card:
    return make_card(assistant, Neighbors(assistant.index), question, language)


def test_a_card_holds_script_policy_limits_transfer_and_what_is_open(small: Assistant) -> None:
    rides = topic_of(small, "rides")
    card = card_of(small, words_of(rides))
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
    card = card_of(small, words_of(entry) + where)
    assert set(asked) <= set(card.ask_first)
    assert bool(card.ask_first) == bool(asked)


def test_an_answers_own_question_is_asked_first_of_all(small: Assistant) -> None:
    class Asking(Assistant):
        def answer(self, *given: Any, **named: Any) -> Answer:
            return replace(super().answer(*given, **named), choices=("Kern", "Inyo"))

    card = card_of(Asking(small.index, small.library), words_of(topic_of(small, "rides")))
    assert card.ask_first == ("Do you mean: Kern", "Do you mean: Inyo")


def test_what_no_document_answers_is_said_with_whom_to_call(small: Assistant) -> None:
    card = card_of(small, words_of(topic_of(small, "ride-color")))
    assert card.status is Status.NOT_IN_DOCUMENTS
    assert "the color of the vans" in card.unsaid[0]
    assert card.policy == ()
    assert card.contacts


def test_a_chat_model_is_asked_once_and_only_for_the_words_to_say(told: Assistant) -> None:
    question = "how many rides does the Moon Plan pay for"
    fact = "The Moon Plan pays for rides to the doctor."
    asked = ScriptedModel([reply()])
    replace(told, model=asked).answer(question)
    number = number_of(asked.asked[0].user, fact)
    model = ScriptedModel([reply(sentence("The Moon Plan pays for rides to the doctor.", (number, fact)))])
    card = card_of(replace(told, model=model), question)
    assert len(model.asked) == 1
    assert "older person" in model.asked[0].user
    assert [each.text for each in card.script if each.kind == "written"] == [fact]
    assert {each.kind for each in card.policy} == {"quote"}


def test_a_card_in_another_language_asks_the_model_no_more_often(told: Assistant) -> None:
    model = ScriptedModel([None])
    card_of(replace(told, model=model), "how many rides does the Moon Plan pay for", "es")
    assert len(model.asked) == 1


def test_what_limits_the_policy_is_told_once_with_its_words(literal: Assistant) -> None:
    for entry in literal.index.knowledge.entries[::12]:
        card = card_of(literal, entry.asks[0])
        assert not set(card.policy) & set(card.limits)
        if card.is_urgent:
            continue
        shown = card_page(card, "en", literal.index).partition('<section class="policy')[2]
        exact = re.findall(
            r'<p class="exact">(.*?)</p>|<blockquote[^>]*><p>(.*?)</p>',
            re.split("print-only|differs disputed", shown)[0],
        )
        assert len(exact) == len(set(exact)), entry.id


def test_all_that_is_copied_names_each_source_once(literal: Assistant) -> None:
    for entry in literal.index.knowledge.entries[::12]:
        said, _, sources = card_text(card_of(literal, entry.asks[0])).partition("\n\nSources:\n")
        numbers, lines = zip(*(line.split(" ", 1) for line in sources.splitlines()), strict=True)
        assert numbers == tuple(f"[{n + 1}]" for n in range(len(lines)))
        assert len(set(lines)) == len(lines)
        assert not any(line in said for line in lines), entry.id


def test_a_card_shows_where_its_documents_disagree_and_what_is_of_the_past(literal: Assistant) -> None:
    entry = next(each for each in literal.index.knowledge.entries if each.id == "how-many-duals")
    card = card_of(literal, entry.asks[0])
    assert any(each.text.startswith("The figures differ: 1.5 million") for each in card.differs)
    shown = card_page(card, "en", literal.index)
    assert (
        '<section class="differs disputed"><h2><span aria-hidden="true">≠</span> The documents disagree</h2>' in shown
    )
    assert shown.count("<blockquote><p>“") >= 2, "the words of both"
    assert shown.partition('class="halves"')[2].count("The figures differ: 1.5 million") == 1, (
        "it is the policy, and not told again below"
    )
    old = next(each for each in literal.index.knowledge.entries if each.id == "cal-mediconnect-ended-when")
    assert '<blockquote class="past">' in card_page(card_of(literal, old.asks[0]), "en", literal.index)


def test_an_emergency_leaves_only_the_number_to_call(literal: Assistant) -> None:
    card = card_of(literal, "I have chest pain right now", "es")
    shown = card_page(card, "es", literal.index)
    assert (card.is_urgent, [contact.number for contact in card.contacts]) == (True, ["911"])
    assert 'href="tel:911"' in shown
    assert "Policy" not in shown


def test_a_language_without_prepared_words_is_said_and_english_stays(small: Assistant) -> None:
    card = card_of(small, words_of(topic_of(small, "rides")), "ko")
    assert card.language == "en"
    assert "There are no prepared words in Korean" in card_page(card, "ko", small.index)


def test_arabic_is_read_from_the_right(literal: Assistant) -> None:
    entry = next(each for each in literal.index.knowledge.entries if each.often)
    card = card_of(literal, entry.asks[0], "ar")
    assert card.language == "ar"
    assert '<span lang="ar" dir="rtl">' in card_page(card, "ar", literal.index)


def test_a_number_that_names_a_person_is_on_no_card(small: Assistant) -> None:
    card = card_of(small, "does the Moon Plan pay for medical rides 123-45-6789")
    assert card.removed == ("Social Security number",)
    assert "123-45-6789" not in card_page(card, "en", small.index) + card_text(card)


def test_topics_are_known_by_their_sentences(small: Assistant) -> None:
    topics = small.index.knowledge.topics
    for topic in topics:
        answer = small.answer(words_of(topic))
        own = {row.text for row in topic.plain}
        if own & {sentence.text for sentence in answer.sentences}:
            assert topic.id in {found.id for found in topics_in(answer, topics)}


def test_the_text_of_a_card_begins_with_what_to_say(small: Assistant) -> None:
    text = card_text(card_of(small, words_of(topic_of(small, "rides"))))
    titles = [line for line in text.splitlines() if line.endswith(":")]
    assert titles == ["Question:", "Say:", "The documents do not say:", "Transfer to:", "Policy:", "Sources:"]
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
