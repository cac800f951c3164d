"""python -m ingest check: each fault in a small corpus is one line, and the shipped corpus has none."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from ingest_fixtures import SHIPPED, SMALL, asks_about, changed, read_corpus, write_files
from scipy.sparse import csr_matrix

from evals.case import load_cases
from ingest import __main__ as command
from ingest import tasks
from ingest.check import Checked, Corpus, check, is_outdated
from ingest.check_asks import check_asks
from ingest.coverage import Coverage, coverage, is_quoted
from ingest.embed import HashEncoder
from ingest.encoders import load_encoders
from ingest.index import asks_of
from ingest.knowledge import Gap, Knowledge
from ingest.places import COUNTIES
from ingest.problem import Problem
from ingest.reading import GOAL, grade
from ingest.records import Document, Quote, Span, Statement
from ingest.settings import PROJECT, Settings
from ingest.shipped import shipped_vectors
from ingest.support import denies
from ingest.tasks import check_corpus
from ingest.translatable import translatable
from ingest.translations import LANGUAGES, Catalog, Translation, catalog_file, write_catalog

RIDES, JOIN, TEETH = "library/rides.toml", "library/join.toml", "library/gaps/teeth.toml"
TODAY = date.today()
HARD = "Transportation benefits necessitate individualized authorization."


def checked(folder: Path, files: Mapping[str, str], today: date = TODAY) -> Checked:
    """What a check finds in a corpus of those files, without a model."""
    corpus, encoder = write_files(folder / "corpus", files), HashEncoder()
    documents, knowledge = read_corpus(corpus)
    asks = asks_of(knowledge)
    vectors = dict(zip(asks, encoder.encode_queries(asks), strict=True))
    return check(Corpus(corpus, documents, knowledge, [encoder], {"hash": vectors}), today)


def problems(folder: Path, files: Mapping[str, str], today: date = TODAY) -> list[str]:
    """The lines that are printed."""
    return [str(problem) for problem in checked(folder, files, today).problems]


def test_nothing_is_wrong_with_the_small_corpus(tmp_path: Path) -> None:
    note = "0 of 4 entries, gaps and terms reviewed by a person"
    assert checked(tmp_path, SMALL) == Checked((), (note,), Coverage(6, 6, ()))


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            RIDES,
            "twelve rides",
            "eleven rides",
            "rides: plain, sentence 2: nothing that it rests on holds 11: 'You get eleven rides a year.'",
        ),
        (
            RIDES,
            "pays for 12 rides",
            "pays for 13 or 14 rides",
            "rides: staff, sentence 1: nothing that it rests on holds 13, 14: "
            "'Alpha Care pays for 13 or 14 rides a year in Marin.'",
        ),
        (
            RIDES,
            "It ended on May 1",
            "It ended on June 1",
            "rides: plain, sentence 3: nothing that it rests on holds June: 'It ended on June 1, 2022.'",
        ),
        (
            TEETH,
            "3 desks",
            "four desks",
            "teeth: plain, sentence 1: nothing that it rests on holds 4: 'Beta Care now has four desks.'",
        ),
        (
            JOIN,
            "number 1.",
            "number 2.",
            "join: staff, sentence 1: nothing that it rests on holds 2: 'Call to join: the desk has the number 2.'",
        ),
        (
            RIDES,
            "year in Marin",
            "year in Napa",
            "rides: staff, sentence 1: nothing that it rests on names Napa: "
            "'Alpha Care pays for 12 rides a year in Napa.'",
        ),
        (
            JOIN,
            'say = "Beta Care is open in Napa.',
            'say = "Sun Plan is open in Napa.',
            "join: plain, sentence 1: nothing that it rests on names Sun Plan: 'Sun Plan is open in Napa.'",
        ),
        (
            RIDES,
            'say = "Alpha Care pays for rides.',
            'say = "Beta Care pays for rides.',
            "rides: plain, sentence 1: nothing that it rests on is about Beta Care: 'Beta Care pays for rides.'",
        ),
        (
            JOIN,
            'say = "Beta Care is',
            'say = "AlphaCare is',
            "join: plain, sentence 1: nothing that it rests on is about Alpha Care: 'AlphaCare is open in Napa.'",
        ),
        (
            JOIN,
            'say = "You cannot',
            'say = "You can',
            "join: plain, sentence 2: its quotes deny what it says: 'You can join by mail.'",
        ),
        (
            JOIN,
            'say = "Beta Care is open',
            'say = "Beta Care is not open',
            "join: plain, sentence 1: it denies something, its quotes deny nothing: 'Beta Care is not open in Napa.'",
        ),
        (
            RIDES,
            'say = "Alpha Care pays for rides.',
            f'say = "{HARD}',
            "rides: reads at grade 10.9, at most 6 is wanted",
        ),
        (RIDES, asks_about("rides"), asks_about("rides", 11), "rides: asks: 11 ways of asking, at least 12 are wanted"),
        (TEETH, asks_about("teeth"), asks_about("teeth", 2), "teeth: asks: 2 ways of asking, at least 12 are wanted"),
        (JOIN, "'join join two'", "'JOIN  join one'", "join: asks: 'join join one' stands twice"),
        (
            JOIN,
            'staff = [{ say = "Call to join: the desk has the number 1.", from = [3], contact = "desk" }]\n',
            "",
            "join: staff: is missing",
        ),
        (JOIN, 'contacts = ["desk"]\n', "", "join: contacts: is missing"),
        (
            RIDES,
            "plain = [\n",
            "plain = [\n" + '  { say = "Alpha Care pays for a ride.", from = [1] },\n' * 4,
            "rides: plain: 7 sentences, at most 6",
        ),
        (
            "library/asks/es.toml",
            f"teeth = {asks_about('dientes', 6)}\n",
            "",
            "library/gaps/teeth.toml: teeth: asks/es.toml: 0 ways of asking, at least 6 are wanted",
        ),
        (
            "library/asks/es.toml",
            asks_about("viajes", 6),
            asks_about("viajes", 5),
            "library/rides.toml: rides: asks/es.toml: 5 ways of asking, at least 6 are wanted",
        ),
        ("glossary.toml", "A trip to the doctor.", HARD, "term.ride: reads at grade 38.3, at most 6 is wanted"),
        (
            "updates.toml",
            "Beta Care now has 3 desks.",
            "Beta Care now has 3 desks. " + HARD,
            "news: reads at grade 18.2, at most 6 is wanted",
        ),
    ],
)
def test_a_fault_is_one_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    line = said if said.startswith("library/") else f"{file}: {said}"
    assert problems(tmp_path, changed(file, old, new)) == [line]


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (
            TEETH,
            SMALL[TEETH].replace(asks_about("teeth"), asks_about("teeth", 11)),
            f"{TEETH}: teeth: asks: 11 ways of asking, at least 12 are wanted",
        ),
        (
            "glossary.toml",
            SMALL["glossary.toml"],
            f"glossary.toml: term.teeth: reads at grade 38.3, at most {GOAL:.0f} is wanted",
        ),
    ],
)
def test_the_file_is_that_of_the_fault_when_a_gap_and_a_term_share_an_id(
    tmp_path: Path, file: str, text: str, line: str
) -> None:
    term = SMALL["glossary.toml"].replace('id = "ride"', 'id = "teeth"')
    if file == "glossary.toml":
        term = term.replace("A trip to the doctor.", HARD)
    assert problems(tmp_path, {**SMALL, file: text, "glossary.toml": term}) == [line]


def test_two_entries_that_answer_the_same(tmp_path: Path) -> None:
    other = (
        SMALL[RIDES]
        .replace('id = "rides"', 'id = "trips"')
        .replace('topic = "Rides"', 'topic = "Trips"')
        .replace(asks_about("rides"), asks_about("trips"))
    )
    asks = SMALL["library/asks/es.toml"] + f"trips = {asks_about('vueltas', 6)}\n"
    files = {**SMALL, "library/trips.toml": other, "library/asks/es.toml": asks}
    said = "library/trips.toml: trips: answers the same as 'rides'; make them one entry"
    assert problems(tmp_path / "same", files) == [said]
    for name, value in (("plan", "Sun Plan"), ("county", "Marin"), ("who", "members")):
        under = other.replace("often = true", f'{name} = "{value}"')
        assert problems(tmp_path / name, {**files, "library/trips.toml": under}) == []


def test_two_entries_of_one_topic_from_the_same_words(tmp_path: Path) -> None:
    other = (
        SMALL[RIDES]
        .replace('id = "rides"', 'id = "trips"')
        .replace('topic = "Rides"', 'topic = "rides"')
        .replace("You get twelve rides a year.", "There are twelve rides a year.")
        .replace(asks_about("rides"), asks_about("trips"))
    )
    asks = SMALL["library/asks/es.toml"] + f"trips = {asks_about('vueltas', 6)}\n"
    said = "library/trips.toml: trips: answers the same as 'rides'; make them one entry"
    assert problems(tmp_path, {**SMALL, "library/trips.toml": other, "library/asks/es.toml": asks}) == [said]


def asks_of_join(count: int) -> str:
    """Asks of the entry "join", of which `count` are nearest to those of "rides"."""
    return str([f"rides rides {at} {at}" for at in range(count)] + [f"join join {at}" for at in range(count, 12)])


def test_an_entry_whose_asks_retrieve_another(tmp_path: Path) -> None:
    half = changed(JOIN, asks_about("join"), asks_of_join(6))
    most = changed(JOIN, asks_about("join"), asks_of_join(8))
    related = {**most, JOIN: most[JOIN].replace('["teeth"]', '["teeth", "rides"]')}
    related_back = {**most, RIDES: most[RIDES].replace("unsaid", 'related = ["join"]\nunsaid')}
    assert problems(tmp_path / "half", half) == []
    assert problems(tmp_path / "most", most) == [f"{JOIN}: join: asks: 8 of 12 retrieve 'rides' instead"]
    assert problems(tmp_path / "related", related) == []
    assert problems(tmp_path / "back", related_back) == []


def test_asks_in_another_language_that_retrieve_another_topic(tmp_path: Path) -> None:
    wrong = str([f"viajes viajes {at} {at}" for at in range(6)])
    files = changed("library/asks/es.toml", asks_about("dientes", 6), wrong)
    assert problems(tmp_path, files) == [f"{TEETH}: teeth: asks: 6 of 6 retrieve 'rides' instead"]


def test_other_languages_are_compared_by_the_multilingual_encoder_only() -> None:
    english, both = HashEncoder(), HashEncoder()
    english.is_multilingual = False
    own = {"one": ("one one a", "one one b"), "two": ("two two a", "two two b")}
    mixed = {"one": ("uno uno", "uno uno si"), "two": ("uno uno si no", "uno si")}
    gaps = tuple(Gap(id_, id_, own[id_], other_asks={"es": mixed[id_]}) for id_ in own)
    asks = [ask for gap in gaps for ask in gap.all_asks]
    vectors = {"hash": dict(zip(asks, english.encode_queries(asks), strict=True))}
    assert list(check_asks(Knowledge(gaps=gaps), [english], vectors)) == []
    said = [("two", "asks: 2 of 2 retrieve 'one' instead")]
    assert list(check_asks(Knowledge(gaps=gaps), [both], vectors)) == said


def test_asks_without_an_encoder_are_not_compared() -> None:
    assert list(check_asks(Knowledge(gaps=(Gap("g", "t", ("a", "b")),)), [], {})) == []


def test_a_contact_past_its_date_is_a_problem_and_an_update_only_a_note(tmp_path: Path) -> None:
    year, day_more = TODAY + timedelta(days=365), TODAY + timedelta(days=366)
    assert problems(tmp_path / "year", SMALL, year) == []
    found = checked(tmp_path / "more", SMALL, day_more)
    assert [str(problem) for problem in found.problems] == [
        f"contacts.toml: desk: checked on {TODAY}, more than 365 days ago; ring it and renew"
    ]
    assert found.notes == (
        f"updates.toml: news: checked on {TODAY}; read the page again and renew",
        "0 of 4 entries, gaps and terms reviewed by a person",
    )


@pytest.mark.parametrize(
    ("today", "outdated"), [("2024-03-01", False), ("2025-03-01", False), ("2025-03-02", True), ("2023-01-01", False)]
)
def test_what_was_checked_is_good_for_a_year(today: str, outdated: bool) -> None:
    assert is_outdated("2024-03-01", date.fromisoformat(today)) is outdated


def test_statements_that_no_entry_cites(tmp_path: Path) -> None:
    files = {**SMALL, "documents/page.txt": SMALL["documents/page.txt"] + "\nA desk   is open on Monday.\n"}
    found = checked(tmp_path, files)
    assert found.problems == (Problem("library", "", "entries cite 86% of the statements, 95% are wanted"),)
    assert found.coverage == Coverage(6, 7, (("page", "A desk   is open on Monday."),))
    assert found.notes[0] == "no entry cites (page): A desk is open on Monday."


@pytest.mark.parametrize("count", [19, 20])
def test_one_statement_in_twenty_may_be_left(tmp_path: Path, count: int) -> None:
    more = " ".join(f"Ride {at} is free." for at in range(count - 6))
    files = {**SMALL, "documents/page.txt": f"{SMALL['documents/page.txt']}\n{more} Menu.\n"}
    cited = "".join(f'\n  {{ source = "page", quote = "Ride {at} is free." }},' for at in range(count - 6))
    files[JOIN] = SMALL[JOIN].replace("quotes = [", f"quotes = [{cited}").replace("from = [1]", f"from = [{count - 5}]")
    files[JOIN] = (
        files[JOIN].replace("from = [2]", f"from = [{count - 4}]").replace("from = [3]", f"from = [{count - 3}]")
    )
    found = checked(tmp_path, files)
    assert (found.coverage.cited, found.coverage.statements) == (count, count + 1)
    assert found.problems == ()


def test_no_entries_need_cover_nothing(tmp_path: Path) -> None:
    found = checked(tmp_path, {"documents/a.txt": "Rides are free.\n", "contacts.toml": SMALL["contacts.toml"]})
    assert (found.problems, found.coverage.share) == ((), 0.0)
    assert coverage({}, ()).share == 1.0


@pytest.mark.parametrize(
    ("span", "quoted"),
    [
        (Span(10, 30), True),
        (Span(10, 20), True),
        (Span(0, 100), True),
        (Span(25, 45), False),
        (Span(20, 40), True),
        (Span(0, 10), False),
        (Span(30, 50), False),
    ],
)
def test_a_quote_may_hold_part_of_a_statement(span: Span, quoted: bool) -> None:
    assert is_quoted(Statement(10, 30), Quote("a", span)) is quoted


def spoken(knowledge: Knowledge, language: str, changes: Mapping[str, str]) -> Catalog:
    """A catalog with every text of a language, "translated" into itself, and some otherwise; empty: left out."""
    texts = {key: (english, changes.get(key, english)) for key, english in translatable(knowledge, language).items()}
    return Catalog(language, {key: Translation(english, words) for key, (english, words) in texts.items() if words})


@pytest.mark.parametrize(
    ("language", "key", "words", "said"),
    [
        ("es", "say.off_topic", "", "is not translated"),
        ("vi", "say.off_topic", "", "is not translated"),
        ("es", "entry.rides.staff.1", "Alpha Care paga viajes.", "has lost the number 12"),
        ("es", "entry.join.plain.1", "", "is not translated"),
        ("es", "term.ride.meaning", "", "is not translated"),
        ("vi", "entry.rides.plain.3", "Đã hết vào năm 2022.", "has lost the number 1"),
        ("vi", "notice.alpha-ended", "", "is not translated"),
        ("fa", "notice.alpha-ended", "۱ 1 2022", "has digits that are not 0 to 9"),
        ("es", "say.off_topic", "Solo sé de Medicare y de Medi Cal.", "has lost the name Medi-Cal"),
        ("es", "page.has_ended", "{nombre} ya no existe", "has {nombre} to fill in, not {name}"),
        ("ko", "page.has_ended", "", "is not translated"),
        ("ko", "page.has_ended", "끝났습니다", "has nothing to fill in, not {name}"),
        ("ko", "page.you_asked", "{0} 질문", "has {0} to fill in, not nothing"),
        ("ko", "page.has_ended", "{name} 끝 {", "has a stray brace to fill in, not {name}"),
        ("ko", "page.has_ended", "{name!r} 끝", "has a format to fill in, not {name}"),
        ("es", "term.ride.meaning", "Llame: 555-0199.", "has a phone number that the English has not: 555-0199"),
    ],
)
def test_a_fault_in_a_translation_is_one_line(tmp_path: Path, language: str, key: str, words: str, said: str) -> None:
    _, knowledge = read_corpus(write_files(tmp_path / "corpus", SMALL))
    catalog = spoken(knowledge, language, {key: words})
    write_catalog(catalog_file(tmp_path / "corpus", language), catalog)
    found = checked(tmp_path, SMALL)
    file = f"translations/{language}.po"
    assert [str(each) for each in found.problems] == [f"{file}: {key}: {said}"]
    assert found.notes[-1] == f"{file}: {len(catalog.texts)} of {len(catalog.texts)} texts not reviewed"


def test_a_translation_of_other_english_or_of_nothing(tmp_path: Path) -> None:
    _, knowledge = read_corpus(write_files(tmp_path / "corpus", SMALL))
    whole = spoken(knowledge, "es", {})
    texts = {**whole.texts, "say.no_date": Translation("no day", "sin fecha"), "say.gone": Translation("a", "b")}
    write_catalog(catalog_file(tmp_path / "corpus", "es"), Catalog("es", texts))
    assert problems(tmp_path, SMALL) == [
        "translations/es.po: say.no_date: is not translated",
        "translations/es.po: say.gone: translates nothing that is shown",
    ]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The command line, with an encoder that needs no model."""
    monkeypatch.setattr(tasks, "load_encoders", lambda settings: [HashEncoder()])
    return command.main([str(argument) for argument in arguments])


def test_the_command_is_content_with_a_clean_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_files(tmp_path / "corpus", SMALL)
    arguments = ("check", "--corpus", corpus, "--index", tmp_path / "index")
    summary = "0 problems, 1 notes; entries cite 6 of 6 statements (100%)\n"
    assert run(monkeypatch, *arguments) == 0
    assert capsys.readouterr().out == summary
    assert run(monkeypatch, *arguments, "--notes") == 0
    assert capsys.readouterr().out == f"note: 0 of 4 entries, gaps and terms reviewed by a person\n{summary}"


def test_the_command_prints_one_line_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        **SMALL,
        RIDES: SMALL[RIDES].replace("twelve rides", "eleven rides").replace("year in Marin", "year in Napa"),
        JOIN: SMALL[JOIN].replace('say = "You cannot', 'say = "You can').replace(asks_about("join"), asks_of_join(9)),
        "contacts.toml": SMALL["contacts.toml"].replace(str(TODAY), "2020-01-31"),
        "documents/more.txt": "The desk is green.\n",
    }
    corpus = write_files(tmp_path / "corpus", files)
    assert run(monkeypatch, "check", "--corpus", corpus, "--index", tmp_path / "index") == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{JOIN}: join: plain, sentence 2: its quotes deny what it says: 'You can join by mail.'",
        f"{RIDES}: rides: plain, sentence 2: nothing that it rests on holds 11: 'You get eleven rides a year.'",
        f"{RIDES}: rides: staff, sentence 1: nothing that it rests on names Napa: "
        "'Alpha Care pays for 12 rides a year in Napa.'",
        f"{JOIN}: join: asks: 9 of 12 retrieve 'rides' instead",
        "contacts.toml: desk: checked on 2020-01-31, more than 365 days ago; ring it and renew",
        "library: entries cite 86% of the statements, 95% are wanted",
        "6 problems, 2 notes; entries cite 6 of 7 statements (86%)",
    ]


def test_the_command_says_what_can_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_files(tmp_path / "corpus", changed(RIDES, "from = [1, 2]", "from = [1, 9]"))
    assert run(monkeypatch, "check", "--corpus", corpus, "--index", tmp_path / "index") == 1
    printed = capsys.readouterr()
    said = f"error: {corpus}/{RIDES}: line 1: staff, sentence 1: from: there is no quote 9; there are 3"
    assert (printed.out, printed.err.splitlines()[-1]) == ("", said)


def test_every_county_is_known_once() -> None:
    assert (len(COUNTIES), len(set(COUNTIES))) == (58, 58)


# A contact that was read more than a year ago is for the check on that day, not for a test, to say.
CHECKED_ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def known() -> tuple[dict[str, Document], Knowledge]:
    """The shipped documents and all that lies beside them."""
    return read_corpus(SHIPPED)


@pytest.fixture(scope="module")
def knowledge(known: tuple[dict[str, Document], Knowledge]) -> Knowledge:
    return known[1]


def test_nothing_is_wrong_with_the_shipped_corpus(knowledge: Knowledge, tmp_path: Path) -> None:
    settings = replace(Settings(), corpus=SHIPPED, index=tmp_path)
    asks = asks_of(knowledge)
    for encoder in load_encoders(settings):
        # Without them the check would encode for minutes.
        new = len(set(asks)) - len(shipped_vectors(SHIPPED, encoder, asks))
        assert new == 0, "run: python -m ingest --save-vectors"
    assert [str(problem) for problem in check_corpus(settings, CHECKED_ON).problems] == []


def test_the_shipped_library_covers_the_documents(known: tuple[dict[str, Document], Knowledge]) -> None:
    covered = coverage(known[0], known[1].entries)
    assert covered.statements > 150
    assert covered.share >= 0.95


def test_the_shipped_library_is_large_and_asked_in_many_ways(knowledge: Knowledge) -> None:
    assert len(knowledge.entries) >= 100
    assert len(knowledge.gaps) >= 60
    few = [topic.id for topic in knowledge.topics if len(topic.asks) < 12 or len(topic.other_asks.get("es", ())) < 6]
    assert few == []


def test_plain_answers_read_at_grade_6(knowledge: Knowledge) -> None:
    names = [name for program in knowledge.programs for name in (program.name, *program.aliases)]
    names += [name for term in knowledge.terms for name in term.names]
    names += [*COUNTIES, *(entry.plan for entry in knowledge.entries if entry.plan)]
    texts = [[sentence.text for sentence in topic.plain] for topic in knowledge.topics if topic.plain]
    grades = [found for text in texts if (found := grade(text, names)) is not None]
    assert len(grades) >= 150
    assert sum(found <= GOAL for found in grades) / len(grades) >= 0.95


def test_there_is_a_catalog_of_every_language() -> None:
    assert [language for language in LANGUAGES if not catalog_file(SHIPPED, language).exists()] == []


def offers(text: str, names: Sequence[str]) -> bool:
    """Whether a text presents a program as one that can be joined, is open, or pays for something now."""
    name = rf"(?:{'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})(?: plans?| program| health plan)?"
    join = "(?:join|enroll in|sign up for|get|choose|pick|switch to|move to|stay in|keep)"
    signs = (
        rf"\b(?:can|may|to)(?: still| now| also)? {join} (?:the |a |an |your )?{name}\b(?! member)",
        rf"(?:^|[.:] )(?:please )?{join} (?:the |a )?{name}\b(?! member)",
        rf"{name} (?:is|are|remains?)(?: still| now| currently)? (?:open|available|offered|running|taking)\b",
        rf"(?<!on ){name} (?:still |now |also )?(?:pays?|covers?|offers?|provides?|lets?|accepts?|enrolls?)\b",
    )
    told = re.sub(r"\bdid\b[^?]*\?", "", text, flags=re.I)
    own = [sentence for sentence in re.split(r"(?<=[.!?]) ", told) if not denies(sentence)]
    return any(re.search(sign, sentence, re.I) for sentence in own for sign in signs)


@pytest.mark.parametrize(
    ("text", "is_offer"),
    [
        ("You can still join Alpha Care.", True),
        ("You may sign up for the Alpha Care plan by phone.", True),
        ("It ended. Join AlphaCare by mail.", True),
        ("Alpha Care is now open.", True),
        ("Alpha Care pays for rides.", True),
        ("Call to enroll in alpha care.", True),
        ("You could join Alpha Care.", False),
        ("You can no longer join Alpha Care.", False),
        ("No one can join Alpha Care now.", False),
        ("Alpha Care paid for rides.", False),
        ("Did Alpha Care cover rides?", False),
        ("Did you move? Alpha Care covers rides.", True),
        ("Does Alpha Care cover rides?", True),
        ("A page on Alpha Care offers no date.", False),
        ("You can join Beta Care. Alpha Care ended.", False),
    ],
)
def test_what_offers_a_program(text: str, is_offer: bool) -> None:
    assert offers(text, ("Alpha Care", "AlphaCare")) is is_offer


def test_no_prepared_text_offers_an_ended_program(knowledge: Knowledge) -> None:
    ended = [program for program in knowledge.programs if program.status == "ended"]
    names = [name for program in ended for name in (program.name, *program.aliases)]
    texts = translatable(knowledge, "es")
    assert "Cal MediConnect" in names
    assert len(texts) > 1000
    assert {key: text for key, text in texts.items() if offers(text, names)} == {}


def test_no_way_of_asking_is_an_eval_question(knowledge: Knowledge) -> None:
    """Else the measures would measure what was learned by heart; says which, without the question."""
    offered = [entry.question for entry in knowledge.entries]
    asks = {text: _marks(text) for text in map(_bare, (*asks_of(knowledge), *offered))}
    cases = [case for path in sorted((PROJECT / "evals/cases").glob("*.jsonl")) for case in load_cases(path)]
    questions = [(case.id, _bare(case.question)) for case in cases if _bare(case.question)]
    assert (len(questions) > 200, len(asks) > 5000) == (True, True)
    numbers = defaultdict[str, int](count().__next__)
    texts = [frozenset(numbers[mark] for mark in marks) for marks in asks.values()]
    asked = [frozenset(numbers[mark] for mark in _marks(question)) for _, question in questions]
    shared = (_rows(asked, len(numbers)) @ _rows(texts, len(numbers)).T).tocoo()
    bare = list(asks)
    near = [
        (questions[one][0], bare[other])
        for one, other, count_shared in zip(shared.row, shared.col, shared.data, strict=True)
        if 2 * count_shared >= len(asked[one]) + len(texts[other]) - count_shared
        and _is_nearly(questions[one][1], _marks(questions[one][1]), bare[other], asks[bare[other]])
    ]
    assert near == []


def _rows(texts: Sequence[frozenset[int]], width: int) -> csr_matrix:
    places = [mark for marks in texts for mark in marks]
    ends = np.cumsum([0, *map(len, texts)])
    return csr_matrix((np.ones(len(places), dtype=np.int32), places, ends), (len(texts), width))


def test_what_is_nearly_the_same_question() -> None:
    pairs = [
        ("Can I keep my doctor?", "can i KEEP my doctor"),
        ("Can I keep my doctor now?", "can I keep my doctors now"),
        ("我现在的医生可以保留吗", "我现在的医生可以保留嗎"),
        ("Can I keep my doctor?", "Can I keep my dentist or my house?"),
        ("¿Qué es MediConnect?", "¿Qué es CalAIM?"),
    ]
    bare = [(_bare(one), _bare(other)) for one, other in pairs]
    assert [_is_nearly(one, _marks(one), other, _marks(other)) for one, other in bare] == [True] * 3 + [False] * 2


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _marks(text: str) -> frozenset[str]:
    """Words of Latin letters, and single letters of scripts that put no blanks between words."""
    return frozenset(re.findall(r"[a-z0-9]+|[^\W\x00-\x7f]", text))


def _is_nearly(one: str, marks: frozenset[str], other: str, others: frozenset[str]) -> bool:
    shared = len(marks & others) / max(len(marks | others), 1)
    return shared >= 0.8 or (shared >= 0.5 and SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.9)
