"""sources.toml and what lies beside it, but for the library: each mistake is one line that says where and why."""

from pathlib import Path

import pytest
from ingest_fixtures import SHIPPED, build, document, opened, read_corpus, texts_in, write_files

from ingest.errors import CorpusError
from ingest.knowledge import Aside, Contact, Entry, Fact, Gap, Knowledge, Program, Route, Term, Update
from ingest.quoted import locate
from ingest.records import Quote, Skip, Source, Span
from ingest.sources import checksum, find_sources

GOOD = "The plan is free for members. It pays for rides.\n"
OTHER = "The other plan ended on May 1.\n"
SOURCES = (
    '[[source]]\nid = "plan"\nfile = "a.txt"\ntitle = "Plan"\n\n[[source]]\nid = "other"\nfile = "b.txt"\ntitle = "B"\n'
)
CONTACT = (
    '[[contact]]\nid = "desk"\nwho = "The desk"\nnumber = "1"\npurpose = "Help"\nurl = ""\n'
    'certainty = "A"\nchecked_on = "2026-01-01"\n'
)
PROGRAM = (
    '[[program]]\nid = "p"\nname = "P"\naliases = ["PP"]\nstatus = "ended"\nended = "May 1"\n\n[[program.notice]]\n'
    'id = "p-ended"\ntext = "P ended."\nproof = [{ source = "other", quote = "plan ended\\n on May 1." }]\n'
)
ENTRY = (
    '[[entry]]\nid = "e"\ntopic = "rides"\nasks = ["Rides?"]\n'
    'quotes = [{ source = "plan", quote = "It pays for rides." }]\n'
)
UPDATE = (
    '[[update]]\nid = "u"\ntext = "P is over."\nurl = "https://example.org/u"\npage = "The office"\n'
    'page_date = "June 2023"\nchecked_on = "2026-01-01"\ncertainty = "B"\nprograms = ["p"]\n'
)
ROUTE = '[[route]]\nid = "r"\npurpose = "Help"\nwords = ["help"]\ncontacts = ["desk"]\nadvice = "Call."\n'
TERM = (
    '[[term]]\nid = "t"\nname = "PP"\nfull = "P Program"\nmeaning = "A plan."\naliases = ["P.P."]\n'
    'misspellings = ["pp1"]\nquotes = [{ source = "other", quote = "The other plan" }]\n'
    'source = { page = "The office", url = "https://example.org/t", page_date = "2023" }\n'
)
GAP = '[[gap]]\nid = "g"\ntopic = "teeth"\nasks = ["Teeth?", "Dentist?"]\ncontacts = ["desk"]\n'
ASIDE = '[[aside]]\nid = "x"\nkind = "off_topic"\nasks = ["Will it rain?"]\n'
FILES: dict[str, str | bytes] = {
    "documents/a.txt": GOOD,
    "documents/b.txt": OTHER,
    "sources.toml": SOURCES,
    "programs.toml": PROGRAM,
    "contacts.toml": CONTACT,
    "library/rides.toml": ENTRY,
    "updates.toml": UPDATE,
    "routes.toml": ROUTE,
    "glossary.toml": TERM,
    "library/gaps/teeth.toml": GAP,
    "library/asides/weather.toml": ASIDE,
}


@pytest.fixture(scope="module")
def good_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of FILES; no faulty corpus may change what it answers."""
    folder = tmp_path_factory.mktemp("good")
    build(write_files(folder / "corpus", FILES), folder / "index")
    return folder / "index"


def fault_of(folder: Path, index: Path, changed: dict[str, str | bytes]) -> str:
    """What is said of a corpus with a mistake; the index that was there still answers."""
    corpus = write_files(folder / "corpus", FILES | changed)
    with pytest.raises(CorpusError) as fault:
        build(corpus, index)
    assert texts_in(index) == {"plan": GOOD.strip(), "other": OTHER.strip()}
    return str(fault.value).replace(str(corpus) + "/", "")


def test_all_of_it_is_kept_in_the_index(good_index: Path) -> None:
    knowledge = opened(good_index).knowledge
    assert knowledge == Knowledge(
        programs=(
            Program(
                "p", "P", ("PP",), "ended", "May 1", "", (Fact("p-ended", "P ended.", (Quote("other", Span(10, 30)),)),)
            ),
        ),
        contacts=(Contact("desk", "The desk", "1", "Help", "", "", "", "", "A", "2026-01-01"),),
        entries=(Entry("e", "rides", ("Rides?",), (Quote("plan", Span(30, 48)),)),),
        gaps=(Gap("g", "teeth", ("Teeth?", "Dentist?"), contacts=("desk",)),),
        asides=(Aside("x", "off_topic", ("Will it rain?",)),),
        updates=(
            Update("u", "P is over.", "https://example.org/u", "The office", "June 2023", "2026-01-01", "B", ("p",)),
        ),
        routes=(Route("r", "Help", ("help",), ("desk",), "Call."),),
        terms=(
            Term(
                "t",
                "PP",
                "P Program",
                "A plan.",
                ("P.P.",),
                ("pp1",),
                (Quote("other", Span(0, 14)),),
                "The office",
                "https://example.org/t",
                "2023",
            ),
        ),
    )
    assert knowledge.facts == {"p-ended": knowledge.programs[0].notice[0]}
    assert knowledge.terms[0].names == ("PP", "P Program", "P.P.")
    assert (knowledge.update("u"), knowledge.update("x")) == (knowledge.updates[0], None)
    assert (knowledge.program("p"), knowledge.program("x")) == (knowledge.programs[0], None)
    assert (knowledge.contact("desk"), knowledge.contact("x")) == (knowledge.contacts[0], None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[source]\nid = 1",
            "line 1: is not TOML: Expected ']]' at the end of an array declaration (at line 1, column 9)",
        ),
        (SOURCES + "x = ", "line 10: is not TOML: Invalid value (at end of document)"),
        (SOURCES + 'titel = "x"\n', "line 6: titel: is not a field of this kind of entry"),
        (SOURCES.replace('title = "B"\n', ""), "line 6: title: is missing"),
        (SOURCES + "year = '2022'\n", "line 6: year: Input should be a valid integer"),
        (SOURCES + "date = 2022-05-01\n", "line 6: date: must be text in quotation marks"),
        (SOURCES + 'programs = "p"\n', "line 6: programs: must be a list"),
        (SOURCES + "counties = [1]\n", "line 6: counties.0: must be text in quotation marks"),
        (SOURCES.replace('"other"', '"plan"'), "line 6: the id 'plan' is used twice"),
        (SOURCES.replace("b.txt", "a.txt"), "line 6: the file 'a.txt' is described twice"),
        ('[[sources]]\nid = "x"\n', "line 1: only [[source]] entries belong here, not sources"),
        ('# x\n\n[source]\nid = "x"\n', "line 3: write each entry under a line [[source]]"),
        ("source = [1]\n", "line 1: entry: "),
    ],
)
def test_mistakes_in_sources(tmp_path: Path, good_index: Path, text: str, said: str) -> None:
    message = fault_of(tmp_path, good_index, {"sources.toml": text})
    assert message.startswith("sources.toml: " + said)
    assert "\n" not in message
    if not said.endswith(" "):
        assert message == "sources.toml: " + said


def test_sources_that_are_not_utf8(tmp_path: Path, good_index: Path) -> None:
    message = fault_of(tmp_path, good_index, {"sources.toml": SOURCES.encode() + b"# caf\xe9\n"})
    assert message.startswith("sources.toml: can't be read as UTF-8 text: ")
    assert "\n" not in message


def test_a_changed_document_must_be_looked_at(tmp_path: Path, good_index: Path) -> None:
    message = fault_of(tmp_path, good_index, {"sources.toml": SOURCES + f'sha256 = "{checksum(GOOD.encode())}"\n'})
    assert message == (
        "documents/b.txt is not the file that sources.toml describes; check its entry 'other' (its date above all), "
        f'then set sha256 = "{checksum(OTHER.encode())}"'
    )


def test_a_described_file_that_is_not_there_is_skipped(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", {"a.txt": GOOD, "sources.toml": SOURCES})
    summary = build(corpus, tmp_path / "index")
    assert summary.skips == (Skip("b.txt", "sources.toml names it, but it is not there"),)
    assert (summary.documents, list(texts_in(tmp_path / "index"))) == (1, ["plan"])


def test_a_source_is_read_field_by_field(tmp_path: Path) -> None:
    entry = (
        '[[source]]\nid = "i"\nfile = "d/a.txt"\ntitle = "t"\npublisher = "p"\ndate = "d"\nyear = 2022\n'
        'audience = "a"\nprograms = ["x"]\nplan = "l"\ncounties = ["c"]\nurl = "u"\nsha256 = ""\n'
        'column_heads = [["l", "r"]]\n'
    )
    corpus = write_files(tmp_path, {"d/a.txt": GOOD, "e.txt": GOOD, "sources.toml": entry})
    assert find_sources(corpus) == (
        [
            (
                tmp_path / "d/a.txt",
                Source(
                    id="i",
                    file="d/a.txt",
                    title="t",
                    publisher="p",
                    date="d",
                    year=2022,
                    audience="a",
                    programs=("x",),
                    plan="l",
                    counties=("c",),
                    url="u",
                    column_heads=(("l", "r"),),
                ),
            ),
            (tmp_path / "e.txt", Source("e.txt", "e.txt", "")),
        ],
        [],
    )


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "contacts.toml",
            CONTACT.replace('"A"', '"C"'),
            "line 1: certainty: 'C' may not be shown to people; only A and B may",
        ),
        ("contacts.toml", CONTACT + "tel = '1'\n", "line 1: tel: is not a field of this kind of entry"),
        ("contacts.toml", CONTACT.replace('number = "1"\n', ""), "line 1: number: is missing"),
        (
            "contacts.toml",
            "\n" + CONTACT.replace("2026-01-01", "1 January"),
            "line 2: checked_on: '1 January' is not a date such as 2026-11-22",
        ),
        ("contacts.toml", CONTACT + CONTACT, "line 9: the id 'desk' is used twice"),
        (
            "updates.toml",
            UPDATE.replace('"B"', '"b"'),
            "line 1: certainty: 'b' may not be shown to people; only A and B may",
        ),
        (
            "updates.toml",
            UPDATE.replace("2026-01-01", "2026-02-30"),
            "line 1: checked_on: '2026-02-30' is not a date such as 2026-11-22",
        ),
        ("updates.toml", UPDATE.replace("https", "ftp"), "line 1: url: is not the address of a page"),
        ("updates.toml", UPDATE.replace('["p"]', '["p", "q"]'), "line 1: programs: there is no program 'q'"),
        ("updates.toml", UPDATE.replace("page_date", "page-date"), "line 1: page_date: is missing"),
        ("updates.toml", UPDATE + "contact = 'desk'\n", "line 1: contact: is not a field of this kind of entry"),
        ("routes.toml", ROUTE.replace('"desk"', '"desk", "disk"'), "line 1: contacts: there is no contact 'disk'"),
        ("routes.toml", ROUTE + "advise = 'Wait.'\n", "line 1: advise: is not a field of this kind of entry"),
        ("routes.toml", "#\n\n" + ROUTE.replace('["help"]', '"help"'), "line 3: words: must be a list"),
        (
            "glossary.toml",
            TERM.replace("The other plan", "Another plan"),
            "line 1: these words are not in b.txt: 'Another plan'",
        ),
        ("glossary.toml", TERM.replace('"other"', '"others"'), "line 1: there is no source 'others'"),
        (
            "glossary.toml",
            '\n[[term]]\nid = "t"\nname = "T"\nmeaning = "It."\nsource = ""\n',
            "line 2: needs quotes, or a source with page and url",
        ),
        ("glossary.toml", TERM + "meanings = 'x'\n", "line 1: meanings: is not a field of this kind of entry"),
        ("glossary.toml", TERM.replace("https", "ftp"), "line 1: url: is not the address of a page"),
        ("glossary.toml", "\n" + TERM.replace("https://", ""), "line 2: url: is not the address of a page"),
        (
            "glossary.toml",
            TERM + TERM.replace('"t"', '"s"').replace("https://example.org/t", ""),
            "line 10: url: is not the address of a page",
        ),
        (
            "programs.toml",
            PROGRAM.replace("May 1.", "May 2."),
            "line 1: these words are not in b.txt: 'plan ended\\n on May 2.'",
        ),
        (
            "programs.toml",
            PROGRAM.replace('"ended"', '"over"'),
            "line 1: status: 'over' is none of ended, past, open, unknown",
        ),
        (
            "programs.toml",
            PROGRAM.replace('"May 1"', '"May 1"\nsuccessor = "q"'),
            "line 1: successor: there is no program 'q'",
        ),
        ("programs.toml", PROGRAM.replace("text =", "say ="), "line 1: notice.0.text: is missing"),
        ("programs.toml", PROGRAM.replace('"other"', '"others"'), "line 1: there is no source 'others'"),
        ("programs.toml", "\n" + PROGRAM + "= 1", "line 13: is not TOML: Invalid statement (at line 13, column 1)"),
    ],
)
def test_mistakes_in_what_lies_beside(tmp_path: Path, good_index: Path, file: str, text: str, said: str) -> None:
    assert fault_of(tmp_path, good_index, {file: text}) == f"{file}: {said}"


def test_quotes_are_found_whatever_the_white_space(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", "The plan (1) pays\n\n- for rides\n")
    assert locate("plan   (1)\npays", found) == Span(4, 17)
    assert locate("Plan", found) is None
    assert locate("", found) is None


def test_a_page_of_the_glossary_needs_its_address(tmp_path: Path, good_index: Path) -> None:
    message = fault_of(tmp_path, good_index, {"glossary.toml": TERM.replace("url = ", "link = ")})
    assert message.startswith("glossary.toml: line 1: source.")
    assert "\n" not in message
    assert "is missing" in message


def test_updates_may_lie_on_a_page_without_encryption(tmp_path: Path) -> None:
    build(
        write_files(tmp_path / "corpus", FILES | {"updates.toml": UPDATE.replace("https", "http")}), tmp_path / "index"
    )
    assert opened(tmp_path / "index").knowledge.updates[0].url == "http://example.org/u"


def test_every_quote_of_the_shipped_knowledge_is_in_its_document() -> None:
    found, knowledge = read_corpus(SHIPPED)
    prepared = [sentence.quotes for topic in knowledge.topics for sentence in (*topic.plain, *topic.staff)]
    facts = [fact.quotes for fact in knowledge.facts.values()]
    texts = [*facts, *(topic.quotes for topic in knowledge.topics), *(term.quotes for term in knowledge.terms)]
    quotes = [quote for quotes in [*texts, *prepared] for quote in quotes]
    assert len(quotes) > 1000
    assert [
        quote for quote in quotes if not found[quote.source_id].text[quote.span.start : quote.span.end].strip()
    ] == []
    assert find_sources(SHIPPED)[1] == []


def test_without_contacts_the_projects_own_are_known(tmp_path: Path) -> None:
    build(write_files(tmp_path / "corpus", {"a.txt": GOOD}), tmp_path / "index")
    assert {contact.id for contact in opened(tmp_path / "index").knowledge.contacts} >= {"hicap", "emergency"}


def test_an_id_that_is_another_files_name(tmp_path: Path) -> None:
    entry = '[[source]]\nid = "b.txt"\nfile = "a.txt"\ntitle = "A"\n'
    corpus = write_files(tmp_path / "corpus", {"a.txt": GOOD, "b.txt": OTHER, "sources.toml": entry})
    with pytest.raises(CorpusError, match="the id 'b.txt' is also the name of a file; choose another id"):
        build(corpus, tmp_path / "index")
