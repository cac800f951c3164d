"""What stands around an answer: what ended, gaps by name, whom to call, reviews; and how each kind of answer reads."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from assistant_fixtures import READ_ON, SMALL, assistant_of, topic_of, words_of
from ingest_fixtures import write_files

from assistant import frame
from assistant.answer import Answer, Citation, Role, Sentence, Status, contact_line, source_line
from assistant.decide import Verdict
from assistant.open_points import left_open
from assistant.pipeline import Assistant
from assistant.prepared import sentences
from assistant.texts import say, translated_text
from assistant.understand import understand
from ingest.knowledge import Contact, Entry, Gap, Knowledge, Route
from ingest.reviews import new_review, write_review
from ingest.translations import LANGUAGES

pytest_plugins = ["assistant_fixtures"]

AS_OF = "The documents' words are from 2022 or before. Rules may have changed. Please call to check before you act."
READ_TODAY = f"{READ_ON:%B} {READ_ON.day}, {READ_ON.year}"
SUN_ENDED = "The Sun Plan ended on June 30, 2021."
# One question for each route of the shipped corpus, and all whom it names.
ROUTED = {
    "abuse": ("my son hits me and is stealing my money", ["emergency", "aging-services"]),
    "scam": ("is this a scam", ["medi-cal-fraud", "hicap"]),
    "denial": ("they denied it, I want a hearing", ["ombuds-medicare-medi-cal", "state-hearings"]),
    "medicine-ran-out": ("I'm out of my pills", ["ombuds-medicare-medi-cal", "hicap"]),
    "eligibility": ("who can qualify", ["county-medi-cal", "hicap"]),
    "medicare-choice": ("which plan among Medicare Advantage plans", ["hicap", "medicare"]),
    "medicare": ("what is on my medicare card for part b", ["medicare", "hicap"]),
    "medi-cal-plan-choice": ("how do I switch or opt out", ["health-care-options", "hicap"]),
    "trouble-with-a-combined-plan": ("I have a complaint about a bill", ["ombuds-medicare-medi-cal", "hicap"]),
    "trouble-with-a-medi-cal-plan": ("urgent mental health", ["ombuds-managed-care", "hicap"]),
    "medical-review": ("an independent review please", ["dmhc", "hicap"]),
    "medi-cal": ("does Medi-Cal cover or medi-cal pay", ["medi-cal-helpline", "hicap"]),
    "dental": ("my dentist says my tooth", ["medi-cal-dental", "hicap"]),
    "social-security": ("ssi and extra help", ["social-security", "hicap"]),
    "covered-california": ("covered california", ["covered-california", "hicap"]),
    "aging": ("who brings meals", ["aging-services", "hicap"]),
    "language-and-rights": ("I need an interpreter or braille", ["civil-rights", "hicap"]),
    "anything": ("hello", ["hicap"]),
}
REFUSED = {
    Status.OFF_TOPIC: "how long do you steam tamales",
    Status.EMPTY_QUESTION: "?!",
    Status.QUESTION_TOO_LONG: "words " * 500,
}


def of_kind(answer: Answer, kind: str) -> list[str]:
    return [sentence.text for sentence in answer.sentences if sentence.kind == kind]


def contact_ids(answer: Answer) -> list[str]:
    return [contact.id for contact in answer.contacts]


# What ended.


@pytest.mark.parametrize("role", list(Role))
def test_that_a_program_ended_is_said_once_and_not_again_by_a_prepared_sentence(small: Assistant, role: Role) -> None:
    answer = small.answer("what happened to the Sun Plan", role=role)

    assert of_kind(answer, "notice") == [SUN_ENDED]
    assert answer.sentences[0].text == SUN_ENDED
    assert of_kind(answer, "prepared") == [
        "It paid for glasses once in two years." if role is Role.BENEFICIARY else "Glasses: once in two years."
    ]
    assert [citation.quote for citation in answer.notices[0].citations] == ["The Sun Plan closed on June 30, 2021."]


def test_who_wants_to_join_what_ended_is_told_first_that_it_is_closed(small: Assistant) -> None:
    answer = small.answer("how do I join the Sun Plan")

    assert [sentence.text for sentence in answer.sentences[:2]] == ["You can no longer join Sun Plan.", SUN_ENDED]


def test_a_prepared_answer_keeps_its_order_and_notices_stand_before_or_after_all_of_it(small: Assistant) -> None:
    index = small.index
    sun = sentences(topic_of(small, "sun-past"), Role.BENEFICIARY, "en", index)
    rides = sentences(topic_of(small, "rides"), Role.BENEFICIARY, "en", index)[:2]
    asked = understand("what do I get", (), index.knowledge, small.library.spelling)
    notice, last = Sentence(SUN_ENDED, "notice"), Sentence("Words.", "quote")
    old_first, old_last = (*sun, *rides, last), (*rides, *sun, last)

    assert [frame.today_first(each, asked, index) for each in (old_first, old_last)] == [old_first, old_last]
    assert frame.with_notices((notice,), old_first, asked, index) == (notice, *old_first)
    assert frame.with_notices((notice,), old_last, asked, index) == (*rides, *sun, notice, last)


def test_quotes_without_a_prepared_answer_put_today_first(small: Assistant) -> None:
    asked = understand("what do I get", (), small.index.knowledge, small.library.spelling)
    old, new = Sentence("The Sun Plan paid.", "quote"), Sentence("The Moon Plan pays.", "quote")

    assert frame.today_first((old, new), asked, small.index) == (new, old)


@pytest.mark.parametrize(
    ("words", "is_said"),
    [
        ("The Sun Plan closed its doors in June 2021.", False),
        ("The Sun Plan closed its doors on June 30, 2021.", True),
        ("The Sun Plan closed its doors on June 30, 2021, and so it takes nobody any more.", True),
    ],
    ids=["eight words", "ten words", "sixteen words"],
)
def test_a_prepared_sentence_that_only_repeats_a_notice_is_dropped_if_it_is_short(
    tmp_path: Path, words: str, is_said: bool
) -> None:
    row = '{ say = "The Sun Plan closed on June 30, 2021.", from = [1] }'
    entries = SMALL["library/entries.toml"].replace(row, f'{{ say = "{words}", from = [1] }}')
    answer = assistant_of(tmp_path, {**SMALL, "library/entries.toml": entries}).answer("what happened to the Sun Plan")

    assert of_kind(answer, "notice") == [SUN_ENDED]
    assert of_kind(answer, "prepared") == [*([words] if is_said else []), "It paid for glasses once in two years."]


def test_what_ended_is_not_spoken_of_where_nothing_is_about_it(small: Assistant) -> None:
    assert small.answer("how often does Medi-Cal give new glasses in Kern").notices == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_in_the_readers_language_beside_its_english(literal: Assistant, language: str) -> None:
    answer = literal.answer("What happened to Cal MediConnect?", language=language)
    notice = answer.notices[0]

    assert notice.english == "Cal MediConnect ended on December 31, 2022."
    assert [each.text for each in answer.notices if not each.english or each.english in each.text] == []
    assert f"{notice.text} ({notice.english})" in answer.text


# Gaps.


def test_a_gap_is_named_with_what_is_newer_the_nearest_words_and_its_own_contacts_first(small: Assistant) -> None:
    answer = small.answer("what is the price of a Moon Plan ride")

    assert answer.status is Status.NOT_IN_DOCUMENTS
    assert [(sentence.kind, sentence.text) for sentence in answer.sentences] == [
        ("fixed", "The documents I have do not say what a ride costs."),
        ("update", "The Moon Plan came to Mono in 2025."),
        ("update", "In 2026 a ride with the Moon Plan is free."),
        ("fixed", "The nearest thing the documents say:"),
        ("prepared", "The Moon Plan pays for rides."),
        ("fixed", AS_OF),
    ]
    assert [(each.note, each.url) for each in answer.sentences if each.kind == "update"] == [
        (
            "Not from the documents: our summary of an official page (Moon Office, May 2025). "
            f"Checked on {READ_TODAY}.",
            "https://example.org/moon",
        ),
        (
            f"Not from the documents: our summary of a page (Moon Times, no date). Checked on {READ_TODAY}.",
            "https://example.org/price",
        ),
    ]
    assert contact_ids(answer) == ["civil-rights", "medi-cal-dental"]


def test_a_gap_without_near_words_is_only_named(small: Assistant) -> None:
    answer = small.answer("which color have the Medi-Cal vans")

    assert answer.sentences == (Sentence("The documents I have do not say the color of the vans.", "fixed"),)
    assert contact_ids(answer) == ["medi-cal-dental", "hicap"]


def test_the_gaps_contacts_go_before_those_of_the_questions_words_but_after_those_that_come_with_advice(
    tmp_path: Path,
) -> None:
    asked = "my tooth hurts, what is the price of a Moon Plan ride"
    advice = 'advice = "Bring your card."'
    routes = SMALL["routes.toml"].replace('contacts = ["medi-cal-dental"]', 'contacts = ["hicap"]')
    with_advice = assistant_of(tmp_path / "with", {**SMALL, "routes.toml": routes})
    without = assistant_of(tmp_path / "without", {**SMALL, "routes.toml": routes.replace(advice, "")})

    assert contact_ids(with_advice.answer(asked)) == ["hicap", "civil-rights"]
    assert contact_ids(without.answer(asked)) == ["civil-rights", "medi-cal-dental"]


def test_every_gap_of_the_shipped_library_asked_in_its_own_words_is_a_gap_with_its_contacts(
    literal: Assistant,
) -> None:
    answers = [(gap, literal.answer(words_of(gap))) for gap in literal.index.knowledge.gaps]
    named = [(gap, answer) for gap, answer in answers if say("gap", topic=gap.topic) in answer.text]

    assert len(named) > len(answers) / 2
    assert {gap.id: answer.status for gap, answer in named if answer.status is not Status.NOT_IN_DOCUMENTS} == {}
    assert {
        gap.id: contact_ids(answer)
        for gap, answer in named
        if contact_ids(answer)[: len(gap.contacts)] != _first_to_call(gap, literal)[: len(gap.contacts)]
    } == {}


def _first_to_call(gap: Gap, assistant: Assistant) -> list[str]:
    """A gap's own contacts; before them those of a route that comes with advice."""
    route = frame.route_of(words_of(gap), assistant.index.knowledge)
    urgent = route.contacts if route and route.advice else ()
    return [*dict.fromkeys((*urgent, *gap.contacts))][: frame.MAX_CONTACTS]


def test_a_gap_is_named_in_spanish_where_its_topic_is_translated(literal: Assistant) -> None:
    gap = topic_of(literal, "asset-limit")
    topic = translated_text("gap.asset-limit.topic", gap.topic, "es")
    verdict = Verdict(Status.NOT_IN_DOCUMENTS, gap) if isinstance(gap, Gap) else None

    assert topic
    assert verdict
    assert frame.body(Status.NOT_IN_DOCUMENTS, verdict, (), "es")[0].text == say("gap", "es", topic=topic)
    assert literal.answer(words_of(gap), language="es").sentences[0].text == say("gap", "es", topic=topic)


def test_a_gap_whose_topic_is_not_translated_is_not_named_in_english(small: Assistant) -> None:
    answer = small.answer("what is the price of a Moon Plan ride", language="es")

    assert answer.status is Status.NOT_IN_DOCUMENTS
    assert answer.sentences[0] == Sentence(say("not_in_documents", "es"), "fixed")
    assert "what a ride costs" not in answer.text


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_that_a_gap_is_unsure_is_said_in_the_answers_language(language: str) -> None:
    verdict = Verdict(Status.NOT_IN_DOCUMENTS, Gap("g", "t", ()), is_sure=False)
    quote = Sentence("Words.", "quote")
    said = frame.body(Status.NOT_IN_DOCUMENTS, verdict, (quote,), language)

    assert said[:2] == (Sentence(say("unsure", language), "fixed"), Sentence(say("nearest", language), "fixed"))
    assert said[-1] == quote
    assert (said[0].text == say("unsure")) == (language == "en")


def test_a_gap_in_spanish_shows_newer_facts_in_spanish(literal: Assistant) -> None:
    gap = topic_of(literal, "asset-limit")
    answer = literal.answer(words_of(gap), language="es")
    newer = [sentence for sentence in answer.sentences if sentence.kind == "update"]
    update = literal.index.knowledge.update("asset-limit-2026")

    assert update
    assert [sentence.english for sentence in newer] == [update.text]
    assert newer[0].text.startswith("Desde el 1 de enero de 2026")
    assert newer[0].url == update.url


# Whom to call.


def test_there_is_a_question_for_each_route(literal: Assistant) -> None:
    assert [route.id for route in literal.index.knowledge.routes] == list(ROUTED)


@pytest.mark.parametrize("route_id", ROUTED)
def test_the_words_of_a_question_lead_to_whom_to_call(literal: Assistant, route_id: str) -> None:
    question, expected = ROUTED[route_id]
    knowledge = literal.index.knowledge
    route = frame.route_of(question, knowledge)

    assert (route.id if route else "anything") == route_id
    assert [contact.id for contact in frame.contacts(question, knowledge)] == expected


def test_the_route_with_most_words_is_taken_and_the_first_of_equals() -> None:
    one, two = Route("one", "", ("ride", "van"), ("a",)), Route("two", "", ("bill", "late"), ("b",))
    knowledge = Knowledge(routes=(one, two))
    questions = ["a ride and a LATE bill", "a ride and a bill", "nothing"]

    assert [frame.route_of(question, knowledge) for question in questions] == [two, one, None]


@pytest.mark.parametrize(
    ("question", "route_id"),
    [
        ("mi hijo me pega", "abuse"),
        ("I ran out of my seizure pills, who fills them", "medicine-ran-out"),
        ("se me acabaron las pastillas", "medicine-ran-out"),
        ("they denied my refill and I have two pills left", "denial"),
        ("me roba mi dinero", "abuse"),
        ("creo que es una estafa", "scam"),
        ("me negaron la silla de ruedas", "denial"),
        ("quiero apelar", "denial"),
        ("¿califico para esto?", "eligibility"),
        ("¿cómo me inscribo?", "medi-cal-plan-choice"),
        ("tengo una queja", "trouble-with-a-combined-plan"),
        ("mi dentista", "dental"),
        ("seguro social", "social-security"),
        ("las comidas a domicilio", "aging"),
        ("necesito un intérprete", "language-and-rights"),
    ],
)
def test_spanish_words_lead_to_whom_to_call(literal: Assistant, question: str, route_id: str) -> None:
    route = frame.route_of(question, literal.index.knowledge)

    assert route
    assert route.id == route_id


def test_who_comes_with_advice_goes_before_the_topics_own_contacts(literal: Assistant) -> None:
    knowledge = literal.index.knowledge
    found = {
        question: [contact.id for contact in frame.contacts(question, knowledge, ("medicare", "hicap"))]
        for question in ("my son hits me", "is this a scam", "they denied it")
    }

    assert found == {
        "my son hits me": ["emergency", "aging-services"],
        "is this a scam": ["medi-cal-fraud", "medicare"],
        "they denied it": ["ombuds-medicare-medi-cal", "state-hearings"],
    }
    assert {route.id for route in knowledge.routes if route.advice} == {"abuse", "denial", "medicine-ran-out", "scam"}


def test_the_topics_own_contacts_go_first_and_two_are_enough(literal: Assistant) -> None:
    knowledge = literal.index.knowledge
    found = [
        [contact.id for contact in frame.contacts("my dentist", knowledge, preferred)]
        for preferred in ((), ("medicare",), ("medicare", "social-security"), ("medi-cal-dental", "hicap"))
    ]

    assert found == [
        ["medi-cal-dental", "hicap"],
        ["medicare", "medi-cal-dental"],
        ["medicare", "social-security"],
        ["medi-cal-dental", "hicap"],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_another_language_who_helps_in_it_is_always_among_them(literal: Assistant, language: str) -> None:
    knowledge = literal.index.knowledge
    found = frame.contacts("my dentist", knowledge, (), language)

    assert [contact.id for contact in found] == ["medi-cal-dental", "hicap", "civil-rights"]
    assert [(contact.number, contact.tty) for contact in found] == [
        ("1-800-322-6384", "1-800-735-2922"),
        ("1-800-434-0222", ""),
        ("(916) 440-7370", "711"),
    ]
    assert [contact.purpose for contact in found if contact == knowledge.contact(contact.id)] == []


def test_who_helps_with_languages_is_not_named_twice(literal: Assistant) -> None:
    found = frame.contacts("I need an interpreter", literal.index.knowledge, (), "es")

    assert [contact.id for contact in found] == ["civil-rights", "hicap"]


def test_a_denial_comes_with_what_to_do_first(literal: Assistant) -> None:
    answer = literal.answer("my plan denied my wheelchair and I want to appeal to a judge")

    assert answer.sentences[-1] == Sentence(
        "First read the letter you got. It says how to ask again, and by when.", "fixed"
    )
    assert contact_ids(answer)[0] == "ombuds-medicare-medi-cal"


@pytest.mark.parametrize(
    "question",
    [
        "my son hits me and is stealing my money",
        "is there help against abuse of old people on Medi-Cal",
        "I think my caregiver abuses my mom who has Medi-Cal",
        "my in-home caregiver is stealing my money and hits me, who can help with IHSS",
    ],
)
def test_whoever_speaks_of_abuse_is_told_of_911_and_adult_protective_services(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.answer(question)

    assert "911" in answer.text
    assert answer.status is Status.EMERGENCY or (
        "If you are in danger now, call 911. If not, call your county's Adult Protective Services." in answer.text
        and "emergency" in contact_ids(answer)
    )


def test_advice_is_given_in_the_readers_language(literal: Assistant) -> None:
    english = {"First read the letter you got. It says how to ask again, and by when."}
    answer = literal.answer("my plan denied my wheelchair and I want to appeal to a judge", language="es")
    shown = {sentence.text for sentence in answer.sentences}

    assert english & shown == set()
    assert any("carta" in text for text in shown)


# What is left open, and who has reviewed it.


def test_what_the_documents_leave_open_is_said_after_the_answer(small: Assistant) -> None:
    answer = small.answer("does the Moon Plan pay for medical rides")

    assert of_kind(answer, "fixed") == [
        "Ask the counselors for a ride.",
        "The documents I have do not say how many rides you get.",
        AS_OF,
    ]
    assert of_kind(small.answer("how often does Medi-Cal give new glasses in Kern"), "fixed") == [AS_OF]


def test_what_is_left_open_is_said_in_spanish_or_not_at_all(literal: Assistant) -> None:
    entries = [entry for entry in literal.index.knowledge.entries if entry.unsaid]
    said = {entry.id: left_open((entry,), "es") for entry in entries}

    assert [entry.id for entry in entries if entry.unsaid in "".join(each.text for each in said[entry.id])] == []
    assert [id_ for id_, sentences in said.items() if len(sentences) != 1] == []
    assert left_open((replace(entries[0], unsaid="something new"),), "es") == ()
    assert left_open((Gap("g", "t", ()),), "en") == ()


def test_a_prepared_answer_says_who_reviewed_it_or_that_only_a_program_checked_it() -> None:
    one, two = Entry("one", "", ()), Entry("two", "", ())
    reviews = {"one": "A. Person, 2026-11-22", "two": "B. Person, 2026-11-23"}
    knowledge = Knowledge(reviewed=reviews)

    assert [frame.review_of(topics, knowledge) for topics in ((), (one,), (one, one), (one, two))] == [
        "",
        "A. Person, 2026-11-22",
        "A. Person, 2026-11-22",
        "A. Person, 2026-11-22; B. Person, 2026-11-23",
    ]
    assert frame.review_of((one, two), Knowledge(reviewed={"one": "A. Person, 2026-11-22"})) == "checked"


def test_an_answer_bears_the_review_of_what_it_says_until_that_is_changed(tmp_path: Path) -> None:
    index = assistant_of(tmp_path / "first").index
    review = new_review("rides", "A. Person", index.knowledge, index.documents, date(2026, 11, 22))
    for name in ("same", "changed"):
        write_files(tmp_path / name / "corpus", {})
        write_review(tmp_path / name / "corpus" / "reviews.toml", review)
    entries = SMALL["library/entries.toml"].replace("Ask the counselors", "Call the counselors")
    same = assistant_of(tmp_path / "same")
    changed = assistant_of(tmp_path / "changed", {**SMALL, "library/entries.toml": entries})

    rides = "does the Moon Plan pay for medical rides"
    questions = (rides, "what is the price of a Moon Plan ride", "how long do you steam tamales")
    assert [same.answer(question).review for question in questions] == ["A. Person, 2026-11-22", "checked", ""]
    assert changed.answer(rides).review == "checked"


# How it reads.


def test_an_answer_reads_whole(small: Assistant) -> None:
    answer = small.answer("my tooth: does the Moon Plan pay for medical rides")
    update = (
        "In 2026 a ride is free. (Not from the documents: our summary of a page (Moon Times, no date). "
        f"Checked on {READ_TODAY}. https://example.org/price)"
    )
    quotes = [sentence for sentence in answer.sentences if sentence.kind == "quote"]
    calls = ["Dental office: 555-0101, TTY 555-0102, Monday to Friday. Teeth.", "Counselors: 555-0100. Free help."]
    closing = ["The documents I have do not say how many rides you get.", AS_OF, "Bring your card."]

    assert answer.text.splitlines() == [
        "The Moon Plan pays for your rides to the doctor.",
        update,
        "Ask the counselors for a ride.",
        *(f"“{quote.text}” ({quote.citations[0].label})" for quote in quotes),
        *closing,
        *calls,
    ]
    assert answer.markdown.split("\n\n") == [
        "The Moon Plan pays for your rides to the doctor. [1]",
        update,
        "Ask the counselors for a ride.",
        *(f"“{quote.text}” ({quote.citations[0].label}) [{number}]" for number, quote in enumerate(quotes, 2)),
        *closing,
        "\n".join(f"- {call}" for call in calls),
        "\n".join(f"[{number}] {source_line(each)}" for number, each in enumerate(answer.citations, 1)),
    ]
    assert answer.review == "checked"


def test_a_gap_reads_whole(small: Assistant) -> None:
    assert small.answer("which color have the Medi-Cal vans").text == (
        "The documents I have do not say the color of the vans.\n"
        "Dental office: 555-0101, TTY 555-0102, Monday to Friday. Teeth.\n"
        "Counselors: 555-0100. Free help."
    )
    assert small.answer("what is the price of a Moon Plan ride").markdown == (
        "The documents I have do not say what a ride costs.\n\n"
        "The Moon Plan came to Mono in 2025. (Not from the documents: our summary of an official page "
        f"(Moon Office, May 2025). Checked on {READ_TODAY}. https://example.org/moon)\n\n"
        "In 2026 a ride with the Moon Plan is free. (Not from the documents: our summary of a page "
        f"(Moon Times, no date). Checked on {READ_TODAY}. https://example.org/price)\n\n"
        "The nearest thing the documents say:\n\n"
        "The Moon Plan pays for rides. [1]\n\n"
        f"{AS_OF}\n\n"
        "- Language help: 555-0103. Help in your language.\n"
        "- Dental office: 555-0101, TTY 555-0102, Monday to Friday. Teeth.\n\n"
        "[1] Moon Plan sheet; Moon Office; March 2022"
    )


def test_what_ended_reads_whole(small: Assistant) -> None:
    answer = small.answer("what happened to the Sun Plan")
    quotes = [sentence for sentence in answer.sentences if sentence.kind == "quote"]

    assert answer.markdown.split("\n\n")[:2] == [f"{SUN_ENDED} [1]", "It paid for glasses once in two years. [2]"]
    assert answer.text.splitlines() == [
        SUN_ENDED,
        "It paid for glasses once in two years.",
        *(f"“{quote.text}” ({quote.citations[0].label})" for quote in quotes),
        AS_OF,
        "Counselors: 555-0100. Free help.",
    ]


def test_each_refusal_reads_whole(small: Assistant) -> None:
    call = "Counselors: 555-0100. Free help."
    said = {
        Status.OFF_TOPIC: "I can only help with programs for people who have both Medicare and Medi-Cal. "
        "That is not something my documents are about.",
        Status.EMPTY_QUESTION: "Please type your question. For example: Can I keep my doctor?",
        Status.QUESTION_TOO_LONG: "That is too long for me to read well. Please ask in fewer words "
        "(up to 2,000 letters). Your text is still in the box.",
    }
    answers = {status: small.answer(question) for status, question in REFUSED.items()}

    assert {status: answer.status for status, answer in answers.items()} == {status: status for status in said}
    assert {status: answer.text for status, answer in answers.items()} == {
        status: f"{words}\n{call}" for status, words in said.items()
    }
    assert {status: answer.markdown for status, answer in answers.items()} == {
        status: f"{words}\n\n- {call}" for status, words in said.items()
    }


@pytest.mark.parametrize("status", [Status.QUESTION_TOO_LONG, Status.OFF_TOPIC])
def test_a_refusal_is_in_the_readers_language(small: Assistant, status: Status) -> None:
    answer = small.answer(REFUSED[status], language="es")
    words = say(status.value, "es", **({"most": "2,000"} if status is Status.QUESTION_TOO_LONG else {}))

    assert (answer.status, answer.language, answer.sentences[0].text) == (status, "es", words)


def test_a_question_too_long_is_refused_in_the_language_it_is_in(small: Assistant) -> None:
    answer = small.answer("Mi médico me dijo que necesito muchas cosas y no entiendo nada de mi plan. " * 40)
    words = say("question_too_long", "es", most="2,000")

    assert (answer.status, answer.language, answer.sentences) == (
        Status.QUESTION_TOO_LONG,
        "es",
        (Sentence(words, "fixed"),),
    )


def test_each_alarm_reads_whole(literal: Assistant) -> None:
    crisis, emergency = literal.answer("I want to kill myself"), literal.answer("she is not breathing")

    assert emergency.text == (
        "Call 911 now. If you cannot call, ask someone near you to call. Stay on the line and do what they tell you. "
        "I am a computer program and cannot call for you.\n"
        "Emergency: 911. Danger now."
    )
    assert crisis.markdown == (
        "Please call or text 988 now, for yourself or for the person you are worried about. I am sorry it hurts this "
        "much; you do not have to face it alone. If you or someone else is in danger now, call 911.\n\n"
        "- 988 Suicide & Crisis Lifeline: 988, all day, every day. "
        "Call or text 988 to talk with a person now; press 2 for Spanish.\n"
        "- Emergency: 911. Danger now."
    )


def test_a_translated_sentence_reads_with_its_english_and_a_page_with_its_address() -> None:
    citation = Citation("a", "a.txt", "Sheet", "Office", "Sheet, 2022", "It ended.", 0, 9, 2, "", "2022", "It ended")
    contact = Contact("c", "Consejeros", "555-0100", "Ayuda", "de lunes a viernes", "711", "", "", "A", "2026-11-22")
    sentences = (
        Sentence("Terminó.", "prepared", (citation,), "It ended."),
        Sentence("It ended.", "quote", (citation,)),
        Sentence("Es gratis.", "update", (), "It is free.", "Nuestro resumen.", "https://example.org"),
        Sentence("copago: lo que paga.", "definition", (citation,), "copay: what you pay."),
        Sentence("No dicen más.", "fixed"),
    )
    answer = Answer(Status.ANSWERED, "q", sentences, (contact,), "es")

    assert answer.markdown == (
        "Terminó. (It ended.) [1]\n\n"
        "“It ended.” (Sheet, 2022) [1]\n\n"
        "Es gratis. (It is free.) (Nuestro resumen. https://example.org)\n\n"
        "copago: lo que paga. (copay: what you pay.) [1]\n\n"
        "No dicen más.\n\n"
        "- Consejeros: 555-0100, TTY 711, de lunes a viernes. Ayuda.\n\n"
        "[1] Sheet; Office; 2022; page 2; It ended"
    )
    assert contact_line(replace(contact, hours="", tty="")) == "Consejeros: 555-0100. Ayuda."
