"""The page's panels as HTML, without Gradio or a browser."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from page_fixtures import HOSTILE, cite

from assistant.answer import Answer, Citation, Sentence, Status
from ingest.embed import HashEncoder
from ingest.index import Index, open_index
from ingest.knowledge import Contact, Knowledge
from ingest.records import Block, Document, Source, Span
from ingest.texts import fixed_text, translated_text
from ingest.translations import LANGUAGES, RIGHT_TO_LEFT
from page.answer_panel import answer_panel, message_panel
from page.citation_button import about_citation
from page.contact_box import call_link, contact_box, person_to_call
from page.frame import page
from page.plain import plain_answer
from page.shell import framed
from page.source_panel import document_panel
from page.texts import label
from page.words import Use, first_uses

HICAP = Contact(
    "hicap", "HICAP (free)", "1-800-434-0222", "Free help", "Monday to Friday", "711", "", "", "A", "2026-11-22"
)
FACT = Citation(
    source_id="a",
    file="a.txt",
    title="Fact sheet on plans",
    publisher="Department (DHCS)",
    label="DHCS fact sheet, May 2022",
    quote="It ended.",
    start=0,
    end=9,
    page=2,
    heading="",
    date="May 2022",
    program_status="It has ended.",
)
PAGE = replace(
    FACT, source_id="b", title="Web page", label="", publisher="L.A. Care", start=5, end=9, page=None, heading="Who"
)


def said_in(answer: Answer) -> str:
    """The panel of an answer without its heading, and what follows what is said."""
    panel = answer_panel(answer, 1, {}).partition("</h2>")[2]
    return re.split(r'<section class="contacts"|<div class="tools"', panel)[0]


@pytest.fixture(scope="module")
def index(example_index: Path) -> Index:
    return open_index(example_index, [HashEncoder()])


def test_an_answer_shows_status_quotes_sentences_and_whom_to_call() -> None:
    answer = Answer(
        Status.ANSWERED,
        "What happened?",
        (
            Sentence("The plan ended.", "notice", (FACT,)),
            Sentence("It ended.", "quote", (PAGE,)),
            Sentence("It is over.", "written", (FACT, PAGE)),
            Sentence("The documents don't say more.", "fixed"),
        ),
        (HICAP,),
    )
    first = 'data-source="source/a?show=0-9" data-about="about-3-1"'
    second = 'data-source="source/b?show=5-9" data-about="about-3-2"'
    first_label = 'aria-label="[1] Source: DHCS fact sheet, May 2022, page 2"'
    second_label = 'aria-label="[2] Source: L.A. Care, Web page, May 2022"'
    english = 'lang="en" dir="ltr"'
    quoted = f'<blockquote class="cited-quote" {english}>It ended.</blockquote>'
    assert answer_panel(answer, 3, {"b": "https://example.org/b"}, ("end", "other")) == (
        '<article class="turn" data-turn="3" data-topics="end other" lang="en" dir="ltr" aria-labelledby="turn-3">'
        '<h2 id="turn-3" tabindex="-1"><span class="asked">You asked:</span> '
        '<span class="question" dir="auto">What happened?</span></h2>'
        '<div class="notice"><p class="notice-title say">The plan has ended</p>'
        '<p class="aside"><span class="say">The plan ended.</span> '
        f'<button type="button" class="cite-mark" {first_label} {first}>1</button></p></div>'
        f'<blockquote class="say" {english}><p>“It ended.”</p></blockquote>'
        f'<button type="button" class="cite" {english} {second}><b>[2]</b> L.A. Care, Web page, May 2022</button>'
        '<p class="aside"><span class="say">It is over.</span> '
        f'<button type="button" class="cite-mark" {first_label} {first}>1</button> '
        f'<button type="button" class="cite-mark" {second_label} {second}>2</button></p>'
        '<p class="aside"><span class="say">The documents don&#x27;t say more.</span></p>'
        '<section class="contacts"><h3 class="say">Talk to a person</h3><ul><li><p class="who say">HICAP (free)</p>'
        '<p class="say"><a class="call" href="tel:+18004340222">Call <bdi class="number">1-800-434-0222</bdi></a></p>'
        '<p class="details">Free help. TTY 711. Monday to Friday</p></li></ul></section>'
        '<div class="tools"><button type="button" data-do="copy" data-done="Copied">Copy</button>'
        '<button type="button" data-do="print">Print</button>'
        '<button type="button" data-do="read" data-done="Stop reading" hidden>Read aloud</button>'
        '<button type="button" data-do="ask-another">Ask another question</button></div>'
        f'<div class="helpful" data-thanks="{label("thanks")}" data-not-counted="{label("not_counted")}">'
        "<span>Was this helpful?</span> "
        '<button type="button" data-useful="true">Yes</button> '
        '<button type="button" data-useful="false">No</button></div>'
        f'<div class="about" id="about-3-1"><p class="panel-title" {english}>[1] Fact sheet on plans</p><dl>'
        f"<div><dt>From</dt><dd {english}>Department (DHCS)</dd></div>"
        f"<div><dt>Date</dt><dd {english}>May 2022</dd></div><div><dt>Where</dt><dd>Page 2</dd></div>"
        f"<div><dt>Today</dt><dd {english}>It has ended.</dd></div></dl>{quoted}</div>"
        f'<div class="about" id="about-3-2"><p class="panel-title" {english}>[2] Web page</p><dl>'
        f"<div><dt>From</dt><dd {english}>L.A. Care</dd></div><div><dt>Date</dt><dd {english}>May 2022</dd></div>"
        "<div><dt>Where</dt><dd>Section “Who”</dd></div>"
        f"<div><dt>Today</dt><dd {english}>It has ended.</dd></div><div><dt>Original</dt><dd {english}>"
        '<a href="https://example.org/b" rel="noreferrer">https://example.org/b</a></dd></div>'
        f"</dl>{quoted}</div></article>"
    )


def test_a_notice_that_names_no_end_does_not_say_that_a_program_ended() -> None:
    answer = Answer(Status.ANSWERED, "q", (Sentence("Plans started in 2023.", "notice"),))
    assert (
        'Please note</p><p class="aside"><span class="say">Plans started in 2023.</span></p></div>'
    ) in answer_panel(answer, 1, {})


def test_the_parts_of_a_quote_share_a_button_and_the_answers_other_citations_are_asked_for_beside_them() -> None:
    part = replace(FACT, start=20, end=30, quote="Other words")
    other = replace(FACT, start=40, end=50, quote="More words")
    sentences = (Sentence("x: • y … z", "quote", (FACT, part, PAGE)), Sentence("w", "quote", (other,)))
    english = 'lang="en" dir="ltr"'
    assert said_in(Answer(Status.ANSWERED, "q", sentences)) == (
        f'<blockquote class="say" {english}><p>“x:</p><ul><li>y</li><li>… z”</li></ul></blockquote>'
        f'<button type="button" class="cite" {english} data-source="source/a?show=0-9&amp;show=20-30&amp;also=40-50" '
        'data-about="about-1-1"><b>[1] [2]</b> DHCS fact sheet, May 2022, page 2</button>'
        f'<button type="button" class="cite" {english} data-source="source/b?show=5-9" '
        'data-about="about-1-3"><b>[3]</b> L.A. Care, Web page, May 2022</button>'
        f'<blockquote class="say" {english}><p>“w”</p></blockquote>'
        f'<button type="button" class="cite" {english} data-source="source/a?show=40-50&amp;also=0-9&amp;also=20-30" '
        'data-about="about-1-4"><b>[4]</b> DHCS fact sheet, May 2022, page 2</button>'
    )


def test_an_answer_in_another_language_says_so_and_so_does_the_english_in_it() -> None:
    answer = Answer(Status.ANSWERED, "¿Qué pasó?", (Sentence("Terminó.", "fixed"), Sentence("It", "quote")), (), "es")
    panel = answer_panel(answer, 1, {})
    assert '<article class="turn" data-turn="1" data-topics="" lang="es" dir="ltr" ' in panel
    assert '<span class="question" dir="auto">¿Qué pasó?</span>' in panel
    assert '<span class="say">Terminó.</span></p><blockquote class="say" lang="en" dir="ltr"><p>“It”' in panel


def test_the_first_prepared_sentence_is_the_point_and_says_that_no_person_reviewed_it() -> None:
    sentences = (Sentence("It ended.", "prepared", (FACT,)), Sentence("Call.", "prepared"))
    assert said_in(Answer(Status.ANSWERED, "q", sentences, review="checked")) == (
        '<p class="said prepared point"><span class="say">It ended.</span> <button type="button" class="cite-mark" '
        'aria-label="[1] Source: DHCS fact sheet, May 2022, page 2" data-source="source/a?show=0-9" '
        'data-about="about-1-1">1</button></p><p class="said prepared"><span class="say">Call.</span></p>'
        '<p class="review">A program checked this answer against the documents. No person has reviewed it yet.</p>'
    )


def test_exact_words_stand_behind_one_tap_where_the_answer_has_words_of_its_own() -> None:
    said, exact = Sentence("It ended.", "prepared"), Sentence("It will end.", "quote", (FACT,))
    assert said_in(Answer(Status.ANSWERED, "q", (said, exact))).startswith(
        '<p class="said prepared point"><span class="say">It ended.</span></p>'
        '<details class="exact"><summary>Exact words of the documents</summary><blockquote'
    )
    assert "<details" not in said_in(Answer(Status.ANSWERED, "q", (exact,)))


def test_the_end_of_a_long_prepared_answer_stands_behind_a_tap_but_nothing_newer_does() -> None:
    old = [Sentence(f"{letter * 150}.", "prepared") for letter in "abcde"]
    new, call = Sentence("It is free.", "update"), Sentence("Call.", "fixed")
    shown = said_in(Answer(Status.ANSWERED, "q", (*old[:4], new, old[4], call)))
    said, more, rest = re.split(
        r'<details class="more"><summary>More of this answer</summary>|</details>', shown, maxsplit=2
    )
    assert [letter for letter in "abcde" if letter * 150 in said] == ["a", "b"]
    assert [letter for letter in "abcde" if letter * 150 in more] == ["c", "d"]
    assert [word in rest for word in ("It is free.", "e" * 150, "Call.")] == [True, True, True]


def test_of_each_of_several_prepared_answers_two_sentences_are_said_at_once() -> None:
    said = [Sentence(f"{letter * 150}.", "prepared") for letter in "abcdefgh"]
    parts = [frozenset(each.text for each in said[:4]), frozenset(each.text for each in said[4:])]
    panel = answer_panel(Answer(Status.ANSWERED, "q", tuple(said)), 1, {}, ("one", "two"), parts)
    folded = "".join(re.findall(r'<details class="more">.*?</details>', panel))
    assert [letter for letter in "abcdefgh" if letter * 150 in folded] == ["c", "d", "g", "h"]
    short = [Sentence("One.", "prepared"), Sentence("Two.", "prepared"), Sentence("c" * 500, "prepared")]
    assert "<details" not in answer_panel(Answer(Status.ANSWERED, "q", tuple(short)), 1, {}), "one is not worth a tap"


def test_a_page_is_named_once_after_the_last_of_the_sentences_that_rest_on_it() -> None:
    page = "https://example.org"
    said = [Sentence(text, "update", (), "", note, page) for text, note in (("A.", "P"), ("B.", "P"), ("C.", "Q"))]
    assert [
        part.count('class="origin"')
        for part in said_in(Answer(Status.ANSWERED, "q", tuple(said))).split('</p><p class="said')
    ] == [0, 1, 1]


def test_those_to_call_besides_the_first_stand_behind_their_names() -> None:
    other = replace(HICAP, id="other", who="Office (state)", number="555-0100")
    assert re.sub(r"<li>.*?</li>", "*", contact_box((HICAP, other))) == (
        '<section class="contacts"><h3 class="say">Talk to a person</h3><ul>*</ul><details class="others">'
        "<summary><bdi>Office</bdi></summary><ul>*</ul></details></section>"
    )


def test_what_introduces_exact_words_goes_with_them() -> None:
    words = fixed_text("say.english_quotes", "es")
    said = (Sentence("Terminó.", "prepared"), Sentence(words, "fixed"), Sentence("It will end.", "quote", (FACT,)))
    html = said_in(Answer(Status.ANSWERED, "q", said, (), "es"))
    assert f'</summary><p class="aside"><span class="say">{words}</span></p><blockquote' in html


def test_the_english_of_a_translated_answer_stands_beside_it() -> None:
    answer = Answer(Status.ANSWERED, "q", (Sentence("Terminó.", "prepared", (), "It ended."),), (), "es")
    assert said_in(answer) == (
        '<p class="said prepared point"><span class="say">Terminó.</span></p><details class="beside">'
        '<summary>En inglés</summary><p class="english" lang="en" dir="ltr">It ended.</p></details>'
    )


def test_what_rests_on_a_page_bears_its_note_with_a_link_to_the_page() -> None:
    newer = Sentence(
        "It is free.", "update", (), "", "Our summary (An office, May 2026).", "https://www.example.org/a?b=1&c"
    )
    assert said_in(Answer(Status.ANSWERED, "q", (newer,))) == (
        '<p class="said update point"><span class="say">It is free.</span></p>'
        '<p class="origin">Our summary (An office, May 2026). '
        '<a href="https://www.example.org/a?b=1&amp;c" rel="noreferrer">www.example.org</a></p>'
    )


def test_a_definition_shows_its_words_its_english_and_the_page_that_explains_it() -> None:
    meaning = Sentence("copago: pago.", "definition", (), "copay: pay.", "Según una lista.", "https://example.org")
    assert said_in(Answer(Status.ANSWERED, "q", (meaning,), (), "es")) == (
        '<p class="said definition point"><span class="say">copago: pago.</span></p>'
        '<p class="origin">Según una lista. '
        '<a href="https://example.org" rel="noreferrer">example.org</a></p>'
        '<details class="beside"><summary>En inglés</summary>'
        '<p class="english" lang="en" dir="ltr">copay: pay.</p></details>'
    )


@pytest.mark.parametrize(
    ("review", "language", "line"),
    [
        ("", "en", ""),
        ("checked", "en", f'<p class="review">{label("checked")}</p>'),
        ("A. Person, 2026-11-22", "en", '<p class="review">Reviewed by A. Person, 2026-11-22.</p>'),
        ("checked", "es", f'<p class="review">{label("checked", "es")}</p>'),
        (
            "A. Person, 2026-11-22",
            "ar",
            f'<p class="review">{label("reviewed", "ar", by="A. Person, 2026-11-22")}</p>',
        ),
    ],
)
def test_an_answer_says_whether_a_person_reviewed_it(review: str, language: str, line: str) -> None:
    assert said_in(Answer(Status.ANSWERED, "q", (), (), language, review=review)) == line


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_box_of_contacts_is_in_the_readers_language(language: str) -> None:
    title, call = label("talk_to_a_person", language), label("call", language)
    assert (title, call) != (label("talk_to_a_person"), label("call"))
    assert contact_box((HICAP,), language) == (
        f'<section class="contacts"><h3 class="say">{title}</h3><ul><li>'
        '<p class="who say">HICAP (free)</p>'
        f'<p class="say"><a class="call" href="tel:+18004340222">{call} '
        '<bdi class="number">1-800-434-0222</bdi></a></p>'
        '<p class="details">Free help. TTY 711. Monday to Friday</p></li></ul></section>'
    )


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_right_to_left_answers_say_so_and_english_keeps_its_own_direction(language: str) -> None:
    text, note = fixed_text("say.nearest", language), fixed_text("say.no_date", language)
    sentences = (
        Sentence(text, "prepared", (FACT,), "It ended."),
        Sentence(text, "update", (), "It is free.", note, "https://example.org"),
        Sentence("It ended.", "quote", (FACT,)),
    )
    panel = answer_panel(Answer(Status.ANSWERED, text, sentences, (HICAP,), language, review="checked"), 1, {})
    assert f'lang="{language}" dir="rtl" aria-labelledby="turn-1"' in panel
    assert panel.count('<p class="english" lang="en" dir="ltr">') == 2
    assert '<blockquote class="say" lang="en" dir="ltr"><p>“It ended.”</p></blockquote>' in panel
    assert label("ask_another", language) in panel


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_around_an_answer_are_in_its_language(language: str) -> None:
    answer = Answer(
        Status.ANSWERED, "q", (Sentence("x", "notice"),), (HICAP,), language, removed=("number",), review="checked"
    )
    panel = answer_panel(answer, 1, {})
    for key in ("you_asked", "please_note", "checked", "talk_to_a_person", "call", "ask_another", "print", "helpful"):
        assert escape(label(key, language)) in panel
        assert escape(label(key)) not in panel or key == "call"
    assert escape(label("taken_out", language, kinds="\0")).split("\0")[0] in panel


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_of_a_translated_notice_names_no_more_than_the_program_that_ended(index: Index, language: str) -> None:
    facts = index.knowledge.facts
    words = [translated_text(f"notice.{fact.id}", fact.text, language) for fact in facts.values()]
    notices = tuple(
        Sentence(said, "notice", english=fact.text) for said, fact in zip(words, facts.values(), strict=True)
    )
    titles = {label("please_note", language), label("has_ended", language, name="Cal MediConnect")}
    shown = [answer_panel(Answer(Status.ANSWERED, "q", (notice,), (), language), 1, {}) for notice in notices]
    found = [re.search(r'<p class="notice-title say">(.*?)</p>', each) for each in shown]
    assert {match[1] for match in found if match} <= {escape(title) for title in titles}


def test_what_was_taken_out_of_the_message_is_said() -> None:
    answer = Answer(Status.ANSWERED, "my [number]", (), removed=("Social Security number", "Medicare number"))
    assert (
        '<p class="removed say">We took this out of your message and did not keep it: '
        "<b>Social Security number, Medicare number</b>. You don&#x27;t need to share it here.</p>"
    ) in answer_panel(answer, 1, {})


def test_an_emergency_shows_its_text_and_the_numbers_and_nothing_else() -> None:
    emergency = replace(HICAP, id="emergency", who="Emergency", number="911")
    line = replace(HICAP, id="crisis-line", who="988 Suicide & Crisis Lifeline", number="988")
    texts = (Sentence("Call 911 now. Don't wait. Stay on the line.", "fixed"),)
    assert answer_panel(Answer(Status.EMERGENCY, "my chest", texts, (emergency, line)), 1, {}) == (
        '<article class="turn" data-turn="1" data-topics="" lang="en" dir="ltr" aria-labelledby="turn-1">'
        '<div class="urgent"><h2 id="turn-1" class="say" tabindex="-1">Call 911 now.</h2>'
        '<p><a class="call call-urgent" href="tel:911">Call <bdi class="number">911</bdi></a></p>'
        '<p><a class="call call-urgent" href="tel:988">Call <bdi class="number">988</bdi></a></p>'
        '<p class="say">Don&#x27;t wait. Stay on the line.</p></div></article>'
    )


def test_a_message_keeps_the_question_in_the_box() -> None:
    answer = Answer(Status.EMPTY_QUESTION, "", (Sentence("Please type a question.", "fixed"),))
    assert message_panel(answer) == (
        '<div class="message" lang="en" dir="ltr"><p class="say">Please type a question.</p></div>'
    )


def test_a_citation_speaks_the_readers_language_around_its_english_words() -> None:
    ended = replace(FACT, program_status="Cal MediConnect ended on December 31, 2022; Sun ended on May 1, 2020")
    about = about_citation(ended, 1, 1, "", "es")
    assert "<dt>Dónde</dt><dd>Página 2</dd>" in about
    assert "<dd>Cal MediConnect terminó el 31 de diciembre de 2022.; Sun ended on May 1, 2020</dd>" in about
    quote = Sentence("It ended.", "quote", (ended,))
    panel = answer_panel(Answer(Status.ANSWERED, "q", (quote,), (), "zh"), 1, {})
    assert '[1]</b> DHCS fact sheet, May 2022, <bdi lang="zh-Hant">第 2 頁</bdi></button>' in panel
    assert 'data-source="source/a?show=0-9&amp;lang=zh"' in panel
    plain = plain_answer(Answer(Status.ANSWERED, "q", (Sentence("Terminó.", "prepared", (ended, PAGE)),), (), "es"))
    assert "; Página 2; Cal MediConnect terminó el 31 de diciembre de 2022." in plain
    assert "Sección “Who”" in plain


def test_a_document_is_marked_in_the_readers_language() -> None:
    document = Document(Source("a", "a.txt", "A"), "Only this.", (Block("paragraph", 0, 10),), page_starts=(0,))
    assert document_panel(document, [Span(0, 4)], (), "zh") == (
        '<div class="document" lang="zh-Hant" tabindex="0" role="region" aria-label="文件的內容">'
        '<div lang="en" dir="ltr">'
        '<p class="page-number" id="page-1" lang="zh-Hant">第 1 頁</p><p><mark class="cited" id="cited-words">'
        '<span class="visually-hidden" lang="zh-Hant">引用的原文： </span>Only'
        '<span class="visually-hidden" lang="zh-Hant"> (引用的原文到此為止)</span></mark> this.</p></div></div>'
    )


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    hostile = replace(FACT, quote=HOSTILE, title=HOSTILE, publisher=HOSTILE, date=HOSTILE, source_id='"><script>')
    answer = Answer(
        Status.ANSWERED,
        HOSTILE,
        (Sentence(HOSTILE, "quote", (hostile,)), Sentence(HOSTILE, "notice", (hostile,))),
        (replace(HICAP, who=HOSTILE, number='1"><script>', purpose=HOSTILE),),
        removed=(HOSTILE,),
    )
    urgent = replace(answer, status=Status.CRISIS)
    for panel in (answer_panel(answer, 1, {}), answer_panel(urgent, 1, {}), message_panel(answer)):
        assert "<script" not in panel
        assert "<img" not in panel
    assert "href" not in about_citation(FACT, 1, 1, "javascript:alert(1)")


def test_hostile_words_of_a_translation_a_page_or_a_review_are_shown_and_not_obeyed() -> None:
    sentence = Sentence(HOSTILE, "update", (), HOSTILE, HOSTILE, f'https://example.org/"><script>{HOSTILE}')
    answer = Answer(Status.ANSWERED, "q", (sentence,), (HICAP,), '"><script>', review=HOSTILE)
    panel = answer_panel(answer, 1, {})
    assert "<script" not in panel
    assert "<img" not in panel
    assert panel.count(escape(HOSTILE)) >= 4


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "//example.org/x",
        "ftp://example.org",
    ],
)
def test_an_address_that_is_none_of_a_page_is_no_link(url: str) -> None:
    assert "<a " not in said_in(Answer(Status.ANSWERED, "q", (Sentence("x", "update", (), "", "note", url),)))


@pytest.mark.parametrize("url", ["https://example.org/x", "http://example.org/x"])
def test_the_address_of_a_page_is_a_link(url: str) -> None:
    panel = said_in(Answer(Status.ANSWERED, "q", (Sentence("x", "update", (), "", "note", url),)))

    assert f'<a href="{url}" rel="noreferrer">example.org</a>' in panel


def test_a_hostile_document_is_shown_and_not_obeyed() -> None:
    document = Document(Source("a", "a.txt", "A"), HOSTILE, (Block("paragraph", 0, len(HOSTILE)),))
    panel = document_panel(document, [Span(3, 40)], [Span(0, 5)])
    assert "<script" not in panel
    assert "<img" not in panel


def test_the_cited_words_are_marked_in_place_across_blocks_beside_lighter_marks() -> None:
    text = "Head\n\nOne two three.\n\n* four\n* five"
    blocks = (
        Block("heading", 0, 4),
        Block("paragraph", 6, 20),
        Block("item", 24, 28, leads=(Span(6, 20),)),
        Block("item", 31, 35, leads=(Span(6, 20),)),
    )
    document = Document(Source("a", "a.txt", "A"), text, blocks, page_starts=(0, 22))
    assert document_panel(document, [Span(24, 28), Span(10, 20)], [Span(6, 13), Span(31, 35)]) == (
        '<div class="document" tabindex="0" role="region" aria-label="Text of the document">'
        '<p class="page-number" id="page-1">Page 1</p><h3 id="at-0">Head</h3>'
        '<p><mark class="also">One </mark><mark class="cited" id="cited-words">'
        '<span class="visually-hidden">Cited words: </span>two</mark>'
        '<mark class="cited"> three.</mark></p>'
        '<p class="page-number" id="page-2">Page 2</p><ul><li class="depth-1"><mark class="cited">four'
        '<span class="visually-hidden"> (end of cited words)</span></mark></li>'
        '<li class="depth-1"><mark class="also">five</mark></li></ul></div>'
    )


def test_a_document_without_cited_words_is_shown_whole() -> None:
    document = Document(Source("a", "a.txt", "A"), "Only this.", (Block("paragraph", 0, 10),))
    assert document_panel(document, []) == (
        '<div class="document" tabindex="0" role="region" aria-label="Text of the document"><p>Only this.</p></div>'
    )


def test_every_statement_of_the_shipped_documents_can_be_marked(index: Index) -> None:
    for source_id, statement in index.statements:
        panel = document_panel(index.documents[source_id], [Span(statement.start, statement.end)])
        assert panel.count('id="cited-words"') == 1
        assert panel.count("(end of cited words)") == 1


def test_a_citation_of_the_shipped_corpus_is_marked_word_for_word(index: Index) -> None:
    words = cite(index, "la-care-brochure", "Patients can still opt out later even if they are passively enrolled.")
    panel = document_panel(index.documents["la-care-brochure"], [Span(words.start, words.end)])
    assert f'</span>{words.quote}<span class="visually-hidden"> (end of cited words)</span></mark>' in panel


def test_numbers_that_can_be_dialed_become_links() -> None:
    office = replace(HICAP, number="list of offices: dhcs.ca.gov/COL")
    assert [call_link(replace(HICAP, number=number)) for number in ("(916) 440-7370", "988")] == [
        '<a class="call" href="tel:+19164407370"><bdi class="number">(916) 440-7370</bdi></a>',
        '<a class="call" href="tel:988"><bdi class="number">988</bdi></a>',
    ]
    assert call_link(office) == (
        '<span class="no-call"><bdi class="number">list of offices: dhcs.ca.gov/COL</bdi></span>'
    )
    assert contact_box(()) == ""


def test_the_person_to_call_comes_from_the_contacts() -> None:
    other = replace(HICAP, id="other")
    assert person_to_call(Knowledge(contacts=(other, HICAP))) == HICAP
    assert person_to_call(Knowledge(contacts=(other,))) == other
    assert person_to_call(Knowledge()) is None


def test_the_person_to_call_is_named_in_the_readers_language(index: Index) -> None:
    english, spanish = person_to_call(index.knowledge), person_to_call(index.knowledge, "es")
    assert english
    assert spanish
    assert (spanish.number, spanish.who != english.who, spanish.purpose != english.purpose) == (
        english.number,
        True,
        True,
    )


def test_the_page_says_what_is_talking_and_whom_to_call() -> None:
    source = Source("a", "a.txt", "A paper", "An office", date="May 2022")
    html = page("en", HICAP, (source,))
    assert '<a class="call" href="tel:+18004340222">Talk to a person: <bdi class="who-short">HICAP </bdi>' in html
    assert '<li lang="en" dir="ltr"><b>A paper</b><br>An office, May 2022</li>' in html
    assert "tel:" not in page("en", None, ())


def test_hostile_words_of_a_corpus_are_shown_on_the_page_and_not_obeyed() -> None:
    html = page("en", replace(HICAP, who=HOSTILE, number=HOSTILE), (Source("a", "a", HOSTILE, HOSTILE, date=HOSTILE),))
    assert "<script>window" not in html
    assert "<img" not in html
    assert html.count(escape(HOSTILE)) == 5


def test_gradios_entry_page_loses_its_other_hosts_and_gains_a_title() -> None:
    import gradio

    entry = Path(gradio.__file__).parent / "templates" / "frontend" / "index.html"
    html = framed(entry.read_text(encoding="utf-8"), "A <title>")
    assert "https://" not in html
    assert "<title>A &lt;title&gt;</title></head>" in html


WORDS = (("IHSS", "The county pays for a helper."), ("CCI", "The state plan from 2012."), ("<b>", "Bold & new."))


def test_words_of_the_field_are_explained_at_their_first_use_and_others_at_the_end() -> None:
    said = (Sentence("IHSS and the CCI.", "prepared"), Sentence("More IHSS.", "prepared"))
    button = '<span role="button" tabindex="0" class="word" aria-expanded="false" aria-controls='
    assert said_in(Answer(Status.ANSWERED, "ihss?", said, words=WORDS)) == (
        f'<p class="said prepared point"><span class="say">{button}"word-1-0">IHSS</span> and the '
        f'{button}"word-1-1">CCI</span>.</span></p>'
        '<p class="meaning" id="word-1-0" hidden><b>IHSS</b>: The county pays for a helper.</p>'
        '<p class="meaning" id="word-1-1" hidden><b>CCI</b>: The state plan from 2012.</p>'
        '<p class="said prepared"><span class="say">More IHSS.</span></p>'
        '<details class="words"><summary>What it means: &lt;b&gt;</summary><dl>'
        "<div><dt>&lt;b&gt;</dt><dd>Bold &amp; new.</dd></div></dl></details>"
    )


def test_a_word_within_another_is_not_taken_for_it() -> None:
    assert first_uses(["Non-medical rides, D-SNPs, plan"], ["medical", "SNP", "D-SNP", "plans"]) == ((Use(19, 25, 2),),)
    assert first_uses(["the matching Medi-Cal plan"], ["Medi-Cal plan", "matching Medi-Cal plan"]) == (
        (Use(4, 26, 1),),
    )


def test_an_answer_without_words_of_the_field_explains_none() -> None:
    assert "<details" not in answer_panel(Answer(Status.ANSWERED, "rides?", ()), 1, {})


def test_short_answers_and_next_questions_can_be_pressed() -> None:
    answer = Answer(Status.ANSWERED, "q", (), choices=("Los Angeles", "<b>"), next_questions=("Can I keep my doctor?",))
    panel = answer_panel(answer, 1, {})
    assert (
        '<div class="choices"><p class="to-ask">You can pick one:</p><ul>'
        '<li><button type="button" class="ask-this">Los Angeles</button></li>'
        '<li><button type="button" class="ask-this">&lt;b&gt;</button></li></ul></div>'
    ) in panel
    assert (
        '<details class="next_questions"><summary>You could ask next:</summary><ul>'
        '<li><button type="button" class="ask-this">Can I keep my doctor?</button></li></ul></details>'
    ) in panel
    assert "ask-this" not in answer_panel(Answer(Status.ANSWERED, "q", ()), 1, {})


def test_an_answer_as_plain_text_holds_the_question_the_sources_and_what_wrote_it() -> None:
    answer = Answer(Status.ANSWERED, "What happened?", (Sentence("It ended.", "prepared", (FACT,)),), (HICAP,))
    assert plain_answer(answer) == (
        "You asked: What happened?\n\nIt ended. [1]\n\n"
        "- HICAP (free): 1-800-434-0222, TTY 711, Monday to Friday. Free help.\n\n"
        "[1] Fact sheet on plans; Department (DHCS); May 2022; page 2; It has ended.\n\n"
        "Duals Navigator. You are talking with a computer program, not a person."
    )
