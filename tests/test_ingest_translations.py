"""Translations: catalogs as PO files, what a language should have, and the exchange with translators as CSV."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polib
import pytest
from ingest_fixtures import SHIPPED, SMALL, changed, read_corpus, write_files

from ingest import __main__ as command
from ingest.check_languages import check_language, lost_in_translation, missing_texts, unreviewed_texts
from ingest.errors import CorpusError, UsageError
from ingest.exchange import COLUMNS, Imported, export_csv, import_csv
from ingest.knowledge import Knowledge
from ingest.texts import NEEDED, fixed_text, fixed_texts, speaks, translated_text
from ingest.translatable import translatable
from ingest.translations import (
    LANGUAGES,
    RIGHT_TO_LEFT,
    Catalog,
    Translation,
    catalog_file,
    read_catalog,
    write_catalog,
)

ENGLISH = {"a": "Call now.", "b": "You get 12 rides.", "c": "{name} has ended"}
SPANISH = Catalog(
    "es",
    {
        "a": Translation("Call now.", "Llame ya."),
        "b": Translation("You get 12 rides.", "Recibe 12 viajes.", "A. Reader", "2026-05-01"),
    },
)
HEAD = ",".join(COLUMNS)


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    """The knowledge of the shipped corpus."""
    return read_corpus(SHIPPED)[1]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small corpus, without translations."""
    return write_files(tmp_path / "corpus", SMALL)


def invented(numbers: str) -> str:
    return f"has a phone number that the English has not: {numbers}"


def lines_of(table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))


def as_table(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "Llame ya.",
        '"Sí" \\ no\t{name}',
        "una\ndos\n",
        "%s 100% #, fuzzy",
        "现在请打电话",
        "اتصل {name} الآن",
        "x" * 5000,
        " a b ",
    ],
)
def test_a_catalog_is_read_as_it_was_written(tmp_path: Path, words: str) -> None:
    texts = {
        "z.last": Translation(words, words),
        "a.first": Translation("English\nof two lines", words, "李 M. Reader-Smith", "2026-05-01"),
    }
    path = catalog_file(tmp_path, "zh-Hans")
    write_catalog(path, Catalog("zh-Hans", texts))
    assert read_catalog(path) == Catalog("zh-Hans", texts)
    assert path == tmp_path / "translations" / "zh-Hans.po"
    once = path.read_bytes()
    write_catalog(path, read_catalog(path))
    assert path.read_bytes() == once


def test_a_catalog_is_a_po_file_for_translators(tmp_path: Path) -> None:
    path = catalog_file(tmp_path, "es")
    write_catalog(path, SPANISH)
    file = polib.pofile(str(path))
    assert (file.metadata["Language"], file.header.splitlines()[0][:9]) == ("es", "Spanish: ")
    assert [(entry.msgctxt, entry.msgid, entry.msgstr, entry.tcomment) for entry in file] == [
        ("a", "Call now.", "Llame ya.", ""),
        ("b", "You get 12 rides.", "Recibe 12 viajes.", "reviewed by A. Reader on 2026-05-01"),
    ]


def test_what_is_written_is_read_at_once(tmp_path: Path) -> None:
    path = catalog_file(tmp_path, "es")
    assert read_catalog(path) == Catalog("es")
    for words in ("uno", "dos"):
        write_catalog(path, Catalog("es", {"a": Translation("one", words)}))
        assert read_catalog(path).words("a", "one") == words


def test_a_translation_of_other_english_is_not_shown() -> None:
    assert (SPANISH.words("a", "Call now."), SPANISH.is_reviewed("a", "Call now.")) == ("Llame ya.", False)
    assert (SPANISH.words("b", "You get 12 rides."), SPANISH.is_reviewed("b", "You get 12 rides.")) == (
        "Recibe 12 viajes.",
        True,
    )
    assert (SPANISH.words("b", "You get 13 rides."), SPANISH.is_reviewed("b", "You get 13 rides.")) == ("", False)
    assert (SPANISH.words("x", "Call now."), SPANISH.is_reviewed("x", "Call now.")) == ("", False)


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Call now."\nmsgstr "Llame ya."\n',
        'msgctxt "a"\nmsgid "Call now."\nmsgstr ""\n',
        '#~ msgctxt "a"\n#~ msgid "Call now."\n#~ msgstr "Llame ya."\n',
        '#, fuzzy\nmsgctxt "a"\nmsgid "Call now."\nmsgstr "Llame mañana."\n',
    ],
    ids=["no key", "empty", "obsolete", "fuzzy"],
)
def test_entries_that_are_no_translation(tmp_path: Path, entry: str) -> None:
    """PO editors mark as fuzzy what was made from other English."""
    path = write_files(tmp_path, {"es.po": f'msgid ""\nmsgstr ""\n\n{entry}'}) / "es.po"
    assert read_catalog(path) == Catalog("es")


@pytest.mark.parametrize(
    ("comment", "by", "on"),
    [
        ("# reviewed by A. Reader on 2026-05-01\n", "A. Reader", "2026-05-01"),
        ("# Please check. reviewed by A. Reader on 2026-05-01\n", "A. Reader", "2026-05-01"),
        ("# reviewed by A. Reader\n", "", ""),
        ("# reviewed by A. Reader on May 1\n", "", ""),
        ("#. reviewed by A. Reader on 2026-05-01\n", "", ""),
    ],
)
def test_who_reviewed_it_stands_in_the_translators_comment(tmp_path: Path, comment: str, by: str, on: str) -> None:
    text = f'msgid ""\nmsgstr ""\n\n{comment}msgctxt "a"\nmsgid "one"\nmsgstr "uno"\n'
    found = read_catalog(write_files(tmp_path, {"es.po": text}) / "es.po")
    assert found == Catalog("es", {"a": Translation("one", "uno", by, on)})


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        b'msgid ""\nmsgstr ""\n\nmsgctxt "a"\nmsgid "caf\xe9"\nmsgstr "y"\n',
        'msgctxt "a"\nmsgid "x"\nmsgstr "y"\n\nmsgctxt "a"\nmsgid "x"\nmsgstr "z"\n',
    ],
    ids=["no PO", "no UTF-8", "twice"],
)
def test_a_catalog_that_can_not_be_read(tmp_path: Path, content: str | bytes) -> None:
    path = write_files(tmp_path, {"es.po": content}) / "es.po"
    with pytest.raises(CorpusError) as fault:
        read_catalog(path)
    assert str(fault.value).startswith(f"{path}: can't be read as a PO file: ")
    assert "\n" not in str(fault.value)


def test_spanish_has_everything_and_others_what_is_asked_most(small: Path) -> None:
    _, knowledge = read_corpus(small)
    others = {
        "notice.alpha-ended": "Alpha Care ended on May 1, 2022.",
        "update.news": "Beta Care now has 3 desks.",
        "contact.desk.who": "The desk",
        "contact.desk.purpose": "Help to join",
        "route.joining.advice": "Call soon.",
        "entry.rides.topic": "Rides",
        "entry.rides.plain.1": "Alpha Care pays for rides.",
        "entry.rides.plain.2": "You get twelve rides a year.",
        "entry.rides.plain.3": "It ended on May 1, 2022.",
        "entry.rides.unsaid": "who drives",
    }
    whole = {
        "entry.rides.staff.1": "Alpha Care pays for 12 rides a year in Marin.",
        "entry.join.topic": "Joining",
        "entry.join.plain.1": "Beta Care is open in Napa.",
        "entry.join.plain.2": "You cannot join by mail.",
        "entry.join.staff.1": "Call to join: the desk has the number 1.",
        "gap.teeth.topic": "whether teeth are paid for",
        "gap.teeth.plain.1": "Beta Care now has 3 desks.",
        "term.ride.meaning": "A trip to the doctor.",
    }
    facts = {key: english for key, english in others.items() if not key.startswith("entry.")}
    assert translatable(knowledge, "km") == {**fixed_texts(), **facts}
    assert translatable(knowledge, "vi") == {**fixed_texts(), **others}
    assert translatable(knowledge, "es") == {**fixed_texts(), **others, **whole}


def test_texts_that_are_missing_or_not_reviewed(small: Path) -> None:
    _, knowledge = read_corpus(small)
    texts = {key: Translation(english, english) for key, english in translatable(knowledge, "vi").items()}
    texts["say.failed"] = Translation("It failed.", "Hỏng.")
    texts["say.unsure"] = Translation(fixed_texts()["say.unsure"], "Không chắc.", "A. Reader", "2026-05-01")
    del texts["entry.rides.topic"]
    catalog = Catalog("vi", texts)
    assert missing_texts(knowledge, catalog) == ["say.failed", "entry.rides.topic"]
    assert unreviewed_texts(catalog) == [key for key in texts if key != "say.unsure"]
    assert list(check_language(knowledge, catalog)) == [
        ("say.failed", "is not translated"),
        ("entry.rides.topic", "is not translated"),
    ]


@pytest.mark.parametrize(
    ("english", "words", "lost"),
    [
        ("You get 12 rides.", "Recibe 12 viajes.", []),
        ("It has 1,200 members.", "1200名会员", []),
        ("Call 1-800-555-0100.", "请拨打1-800-555-0100。", []),
        ("Ask {name} in {year}.", "{year} 年问 {name}", []),
        ("Medicare and Medi-Cal", "Medi-Cal과 Medicare", []),
        ("You get 12 rides.", "Recibe viajes.", ["has lost the number 12"]),
        ("From 2022 to 2023", "2022年", ["has lost the number 2023"]),
        ("Call 1-800-555-0100.", "Llame al 1-800-555-0101.", [invented("800-555-0101"), "has lost the number 0100"]),
        ("Call us.", "Llame al 555-0101 o (800) 555.", [invented("555-0101")]),
        ("Call us.", "Llame al 800.555.0101", [invented("800.555.0101")]),
        ("Call 555-0100.", "555-0100, 555-0100", []),
        ("From 2022 to 2023", "En 2022-2023", []),
        ("Call us.", "555-0101로 전화", [invented("555-0101")]),
        ("In 2022.", "٢٠٢٢", ["has lost the number 2022", "has digits that are not 0 to 9"]),
        ("In 2022.", "2022 (២០២២)", ["has digits that are not 0 to 9"]),
        ("Medi-Cal and Medicare", "Medical y Medicare", ["has lost the name Medi-Cal"]),
        ("HICAP and L.A. Care", "la oficina", ["has lost the name HICAP, L.A. Care"]),
        ("Cal MediConnect ended.", "CalMediConnect terminó.", ["has lost the name Cal MediConnect"]),
        ("Ask {name}.", "Pregunte.", ["has nothing to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {nombre}.", ["has {nombre} to fill in, not {name}"]),
        ("Ask {name}.", "{name} a {name}", ["has {name} {name} to fill in, not {name}"]),
        ("Ask us.", "Pregunte a {}.", ["has {} to fill in, not nothing"]),
        ("Ask {name}.", "Pregunte a {name} {", ["has a stray brace to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {name}}", ["has a stray brace to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {name!r}", ["has a format to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {name:>9}", ["has a format to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {name.x}", ["has {name.x} to fill in, not {name}"]),
        ("Ask {name}.", "Pregunte a {{name}}", ["has nothing to fill in, not {name}"]),
        ("SPACE", "ESPACIO", []),
    ],
)
def test_what_is_lost_in_translation(english: str, words: str, lost: list[str]) -> None:
    assert list(lost_in_translation(english, words)) == lost


@pytest.mark.parametrize("words", ["{name} terminó {", "{name} terminó }", "{name} terminó {year!r}", "{name} {0:d}"])
def test_a_translation_can_be_filled_in(words: str) -> None:
    """Whatever is accepted must not fail when an answer is made."""
    with pytest.raises((ValueError, LookupError)):
        words.format(name="x")
    assert list(lost_in_translation("{name} has ended", words)) != []


def test_a_fixed_text_falls_back_to_english() -> None:
    english = fixed_texts()["say.no_date"]
    assert fixed_text("say.no_date") == fixed_text("say.no_date", "xx") == english
    spanish = translated_text("say.no_date", english, "es")
    assert fixed_text("say.no_date", "es") == spanish
    assert spanish not in ("", english)
    assert translated_text("say.no_date", f"{english}!", "es") == ""
    assert translated_text("say.no_date", english, "xx") == ""


def test_there_is_no_such_text() -> None:
    with pytest.raises(CorpusError) as fault:
        fixed_text("say.nothing")
    assert str(fault.value) == "texts.toml has no text 'say.nothing'"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[say]\na = "x"\n\n[page]\nb = 1\n', "line 4: [page] must hold only texts in quotation marks"),
        ('\na = "x"\n', "line 2: [a] must hold only texts in quotation marks"),
        ("[say]\na = x\n", "line 2: is not TOML: Invalid value (at line 2, column 5)"),
    ],
)
def test_mistakes_in_fixed_texts(tmp_path: Path, text: str, said: str) -> None:
    path = write_files(tmp_path, {"texts.toml": text}) / "texts.toml"
    with pytest.raises(CorpusError) as fault:
        fixed_texts(path)
    assert str(fault.value) == f"{path}: {said}"


def test_the_languages_that_are_spoken() -> None:
    assert speaks("en")
    assert not speaks("xx")
    assert set(NEEDED) <= set(fixed_texts())
    assert [language for language in LANGUAGES if not speaks(language)] == []
    assert set(RIGHT_TO_LEFT) <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_by_export_and_import(shipped: Knowledge, language: str) -> None:
    catalog, wanted = read_catalog(catalog_file(SHIPPED, language)), translatable(shipped, language)
    table = export_csv(catalog, wanted)
    assert len(catalog.texts) > 100
    assert import_csv(table, catalog, wanted) == Imported(catalog, (), ())
    current = {key: text for key, text in catalog.texts.items() if wanted.get(key) == text.english}
    empty = import_csv(table, Catalog(language), wanted)
    assert (empty.catalog.texts, set(empty.changed), empty.refused) == (current, set(current), ())
    assert [line[:2] for line in lines_of(table)[1:]] == [[key, english] for key, english in wanted.items()]


@pytest.mark.parametrize(
    "words",
    ['"Sí", dijo', "una\ndos", "=1+1", "-1,5; +2", "'x", "现在", "a,b\tc", "اتصل", "\u200fاتصل"],
)
def test_every_text_survives_the_table(words: str) -> None:
    wanted = {"a": words}
    catalog = Catalog("es", {"a": Translation(words, words, "A. Reader, Jr.", "2026-05-01")})
    assert import_csv(export_csv(catalog, wanted), catalog, wanted) == Imported(catalog, (), ())


@pytest.mark.parametrize("english", [" Call now.  ", "Call now.\n", "\tCall\nnow. "])
def test_english_with_blanks_at_its_ends_can_be_imported(english: str) -> None:
    """Cells lose such blanks in many a spreadsheet; a translation needs none."""
    wanted, reviewed = {"a": english}, Translation(english, "Llame ya.", "A. Reader", "2026-05-01")
    known, empty = Catalog("es", {"a": reviewed}), Catalog("es")
    table = export_csv(known, wanted)
    assert import_csv(table, known, wanted) == Imported(known, (), ())
    assert import_csv(table, empty, wanted) == Imported(known, ("a",), ())
    row = ["a", english.strip(), " Llame ya. ", "A. Reader", "2026-05-01"]
    assert import_csv(as_table([row]), empty, wanted) == Imported(known, ("a",), ())


def test_a_review_of_a_translation_with_blanks_at_its_ends_is_kept() -> None:
    catalog = Catalog("es", {"a": Translation("Call now.", "Llame ya. ", "A. Reader", "2026-05-01")})
    wanted = {"a": "Call now."}
    assert import_csv(export_csv(catalog, wanted), catalog, wanted).catalog.is_reviewed("a", "Call now.")


@pytest.mark.parametrize(
    ("row", "now"),
    [
        (("12 viajes.", "A. Reader", "2026-05-01"), Translation(ENGLISH["b"], "12 viajes.")),
        (("12 viajes.", " A. Reader", "2026-05-01 "), Translation(ENGLISH["b"], "12 viajes.")),
        (("12 viajes.", "", ""), Translation(ENGLISH["b"], "12 viajes.")),
        (
            ("12 viajes.", "A. Reader", "2026-05-02"),
            Translation(ENGLISH["b"], "12 viajes.", "A. Reader", "2026-05-02"),
        ),
        (
            ("12 viajes.", "B. Reader", "2026-05-01"),
            Translation(ENGLISH["b"], "12 viajes.", "B. Reader", "2026-05-01"),
        ),
        (
            ("Recibe 12 viajes.", "B. Reader", "2026-05-01"),
            Translation(ENGLISH["b"], "Recibe 12 viajes.", "B. Reader", "2026-05-01"),
        ),
        (("Recibe 12 viajes.", "", ""), Translation(ENGLISH["b"], "Recibe 12 viajes.")),
    ],
)
def test_a_corrected_translation_needs_a_new_review(row: tuple[str, ...], now: Translation) -> None:
    found = import_csv(as_table([["b", ENGLISH["b"], *row]]), SPANISH, ENGLISH)
    assert found == Imported(Catalog("es", {**SPANISH.texts, "b": now}), ("b",), ())


def test_a_table_as_spreadsheets_read_it() -> None:
    assert export_csv(SPANISH, ENGLISH) == (
        "\ufeffkey,english,translation,reviewed by,reviewed on\r\n"
        "a,Call now.,Llame ya.,,\r\n"
        "b,You get 12 rides.,Recibe 12 viajes.,A. Reader,2026-05-01\r\n"
        "c,{name} has ended,,,\r\n"
    )


def test_a_translation_of_other_english_is_exported_as_missing() -> None:
    table = export_csv(SPANISH, {**ENGLISH, "b": "You get 13 rides."})
    assert lines_of(table)[2] == ["b", "You get 13 rides.", "", "", ""]


def test_edits_and_reviews_are_taken_in() -> None:
    rows = [
        ["a", "Call now.", "Llame ahora.", "", ""],
        ["b", "You get 12 rides.", " Recibe 12 viajes. ", "B. Reader ", "2026-06-01"],
        ["c", "{name} has ended", "{name} terminó", "B. Reader", "2026-06-01"],
    ]
    assert import_csv(as_table(rows), SPANISH, ENGLISH) == Imported(
        Catalog(
            "es",
            {
                "a": Translation("Call now.", "Llame ahora."),
                "b": Translation("You get 12 rides.", "Recibe 12 viajes.", "B. Reader", "2026-06-01"),
                "c": Translation("{name} has ended", "{name} terminó", "B. Reader", "2026-06-01"),
            },
        ),
        ("a", "b", "c"),
        (),
    )


def test_empty_lines_and_empty_translations_change_nothing() -> None:
    table = as_table([["a", "Call now.", " ", "", ""], [], ["", "", "", "", ""], ["b", "Gone.", "", "A", "x"]])
    assert import_csv(table, SPANISH, ENGLISH) == Imported(SPANISH, (), ())


def test_the_head_may_be_written_in_capitals_and_without_a_mark() -> None:
    table = f"{HEAD.title()}\na,Call now.,Llame.,,\n"
    assert import_csv(table, SPANISH, ENGLISH).changed == ("a",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,Call now.,Llame.,,", "there is no text 'x'"),
        ("a,Call then.,Llame.,,", "a: the English has changed; export again"),
        ("a,Call now.,Llame.", "3 columns, not 5"),
        ("a,Call now.,Llame.,,,", "6 columns, not 5"),
        ("b,You get 12 rides.,Recibe viajes.,,", "b: has lost the number 12"),
        ("c,{name} has ended,Terminó,,", "c: has nothing to fill in, not {name}"),
        ("a,Call now.,Llame.,A. Reader,", "a: give both who reviewed it and a date such as 2026-11-22, or neither"),
        ("a,Call now.,Llame.,,2026-05-01", "a: give both who reviewed it and a date such as 2026-11-22, or neither"),
        (
            "a,Call now.,Llame.,A. Reader,5/1/2026",
            "a: give both who reviewed it and a date such as 2026-11-22, or neither",
        ),
    ],
)
def test_a_refused_line_is_named_and_the_others_are_taken(row: str, reason: str) -> None:
    table = f"{HEAD}\n\n{row}\nb,You get 12 rides.,12 viajes.,,\n"
    others = {"b": Translation("You get 12 rides.", "12 viajes.")} if not row.startswith("b") else {}
    if row.startswith("b"):
        table = f"{HEAD}\n\n{row}\n"
    assert import_csv(table, SPANISH, ENGLISH) == Imported(
        Catalog("es", {**SPANISH.texts, **others}), tuple(others), (f"line 3: {reason}",)
    )


@pytest.mark.parametrize(
    "table", ["", "\ufeff", "a,b\n1,2\n", HEAD.replace("key", "id") + "\n", HEAD.replace(",", ";")]
)
def test_what_is_no_such_table(table: str) -> None:
    with pytest.raises(UsageError) as fault:
        import_csv(table, SPANISH, ENGLISH)
    assert str(fault.value) == (
        "the first line must name the columns: key, english, translation, reviewed by, reviewed on"
    )


def run(*arguments: str | Path) -> int:
    return command.main([str(argument) for argument in arguments])


def fill_in(table: Path, words: Mapping[str, Sequence[str]]) -> None:
    """Do as a translator does: write translation, name and date into the lines of those keys."""
    rows = lines_of(table.read_text(encoding="utf-8"))
    filled = [[*row[:2], *words.get(row[0], row[2:])] for row in rows[1:]]
    table.write_text(as_table(filled), encoding="utf-8")


def test_translators_fill_in_a_table(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, corpus = tmp_path / "vi.csv", ("--corpus", small)
    assert run("export-translations", *corpus, "vi", table) == 0
    assert capsys.readouterr() == ("", "")
    fill_in(
        table,
        {
            "entry.rides.topic": ("Đi lại", "A. Reader", "2026-05-01"),
            "entry.rides.plain.3": ("Đã kết thúc ngày 1 tháng 5, 2022.", "", ""),
            "update.news": ("Beta Care có bàn.", "", ""),
        },
    )
    line = 1 + [row[0] for row in lines_of(table.read_text(encoding="utf-8"))].index("update.news")
    assert run("import-translations", *corpus, "vi", table) == 1
    assert capsys.readouterr().out == (
        f"line {line}: update.news: has lost the number 3\n2 texts changed, 1 lines refused\n"
    )
    assert read_catalog(catalog_file(small, "vi")) == Catalog(
        "vi",
        {
            "entry.rides.plain.3": Translation("It ended on May 1, 2022.", "Đã kết thúc ngày 1 tháng 5, 2022."),
            "entry.rides.topic": Translation("Rides", "Đi lại", "A. Reader", "2026-05-01"),
        },
    )
    fill_in(table, {"update.news": ("", "", "")})
    before = catalog_file(small, "vi").read_bytes()
    assert run("import-translations", *corpus, "vi", table) == 0
    assert capsys.readouterr().out == "0 texts changed, 0 lines refused\n"
    assert catalog_file(small, "vi").read_bytes() == before


def test_a_table_of_yesterdays_english_is_refused(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, corpus = tmp_path / "es.csv", ("--corpus", small)
    run("export-translations", *corpus, "es", table)
    fill_in(table, {"entry.rides.topic": ("Viajes", "", ""), "entry.join.topic": ("Entrar", "", "")})
    write_files(small, changed("library/rides.toml", 'topic = "Rides"', 'topic = "Trips"'))
    assert run("import-translations", *corpus, "es", table) == 1
    said = capsys.readouterr().out
    assert "entry.rides.topic: the English has changed; export again\n1 texts changed, 1 lines refused\n" in said
    assert read_catalog(catalog_file(small, "es")).texts == {"entry.join.topic": Translation("Joining", "Entrar")}


def test_a_table_is_printed_without_a_file(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export-translations", "--corpus", small, "ko") == 0
    rows = lines_of(capsys.readouterr().out)
    assert (tuple(rows[0]), len(rows)) == (COLUMNS, len(translatable(read_corpus(small)[1], "ko")) + 1)


def test_the_commands_say_what_can_not_be_read(small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path, {"latin.csv": f"{HEAD}\na,b,caf\xe9,,\n".encode("latin-1"), "other.csv": "a;b\n"})
    for name, said in (("latin.csv", "can't be read as UTF-8 text: "), ("gone.csv", "can't be read as UTF-8 text: ")):
        assert run("import-translations", "--corpus", small, "es", tmp_path / name) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.startswith(f"error: {tmp_path / name} {said}")
        assert printed.err.endswith("; save it as CSV in UTF-8\n")
    assert run("import-translations", "--corpus", small, "es", tmp_path / "other.csv") == 1
    assert capsys.readouterr().err.startswith("error: the first line must name the columns: ")
    assert not catalog_file(small, "es").exists()


def test_a_table_that_can_not_be_written_is_one_line(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, reason in ((tmp_path / "gone" / "es.csv", "No such file or directory"), (tmp_path, "Is a directory")):
        assert run("export-translations", "--corpus", small, "es", file) == 1
        said = f"error: {file} can't be written: {reason}; name another file\n"
        assert capsys.readouterr() == ("", said)


@pytest.mark.parametrize("task", ["export-translations", "import-translations"])
def test_an_unknown_language(small: Path, task: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as fault:
        run(task, "--corpus", small, "xx", small / "x.csv")
    assert fault.value.code == 2
    assert "invalid choice: 'xx'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--help"], ["other tasks: check, review, schema, export-translations, import-translations"]),
        (["check", "--help"], ["--notes", "exit 1 and one line a problem"]),
        (["review", "--help"], ["--by NAME", "of an entry, gap or term"]),
        (["schema", "--help"], ["JSON schema of the library's files"]),
        (["export-translations", "--help"], ["LANG", "zh-Hans", "as a CSV table"]),
        (["import-translations", "--help"], ["LANG", "CSV table"]),
    ],
)
def test_the_tasks_explain_themselves(
    arguments: list[str], words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as fault:
        run(*arguments)
    said = " ".join(capsys.readouterr().out.split())
    assert (fault.value.code, [word for word in words if word not in said]) == (0, [])
