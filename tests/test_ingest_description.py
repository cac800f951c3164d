"""sources.toml, programs.toml, contacts.toml and library/: each mistake is one line that says where and why."""

from pathlib import Path

import pytest
from ingest_fixtures import build, document, opened, shipped_documents, texts_in, write_files

from ingest.errors import CorpusError
from ingest.knowledge import Aside, Contact, Entry, Fact, Gap, Knowledge, Program, locate
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
GAP = '[[gap]]\nid = "g"\ntopic = "teeth"\nasks = ["Teeth?", "Dentist?"]\ncontacts = ["desk"]\n'
ASIDE = '[[aside]]\nid = "x"\nkind = "off_topic"\nasks = ["Will it rain?"]\n'
FILES: dict[str, str | bytes] = {
    "documents/a.txt": GOOD,
    "documents/b.txt": OTHER,
    "sources.toml": SOURCES,
    "programs.toml": PROGRAM,
    "contacts.toml": CONTACT,
    "library/rides.toml": ENTRY,
    "library/gaps.toml": GAP,
    "library/asides.toml": ASIDE,
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
        (
            Program(
                "p", "P", ("PP",), "ended", "May 1", "", (Fact("p-ended", "P ended.", (Quote("other", Span(10, 30)),)),)
            ),
        ),
        (Contact("desk", "The desk", "1", "Help", "", "", "", "", "A", "2026-01-01", ()),),
        (Entry("e", "rides", ("Rides?",), (Quote("plan", Span(30, 48)),)),),
        (Gap("g", "teeth", ("Teeth?", "Dentist?"), (), ("desk",)),),
        (Aside("x", "off_topic", ("Will it rain?",)),),
    )
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
            "library/rides.toml",
            ENTRY.replace('rides."', 'boats."'),
            "line 1: these words are not in a.txt: 'It pays for boats.'",
        ),
        ("library/rides.toml", ENTRY.replace("It pays for rides.", " "), "line 1: these words are not in a.txt: ' '"),
        ("library/rides.toml", "#\n" + ENTRY.replace('"plan"', '"plans"'), "line 2: there is no source 'plans'"),
        ("library/rides.toml", ENTRY.replace("asks", "ask"), "line 1: asks: is missing"),
        ("library/rides.toml", ENTRY.replace("source =", "sauce ="), "line 1: quotes.0.source: is missing"),
        ("library/rides.toml", ENTRY + ENTRY, "line 6: the id 'e' is used twice"),
        ("library/rides.toml", GAP, "line 1: only [[entry]] entries belong here, not gap"),
        (
            "library/asides.toml",
            ASIDE.replace("off_topic", "joke"),
            "line 1: kind: 'joke' is none of crisis, emergency, off_topic, none",
        ),
        ("library/gaps.toml", GAP.replace("desk", "disk"), "line 1: contacts: there is no contact 'disk'"),
        (
            "contacts.toml",
            CONTACT.replace('"A"', '"C"'),
            "line 1: certainty: 'C' may not be shown to people; only A and B may",
        ),
        ("contacts.toml", CONTACT + "tel = '1'\n", "line 1: tel: is not a field of this kind of entry"),
        ("contacts.toml", CONTACT.replace('number = "1"\n', ""), "line 1: number: is missing"),
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


def test_every_quote_of_the_shipped_knowledge_is_in_its_document(example_index: Path) -> None:
    knowledge = opened(example_index).knowledge
    found = {source_id: found for source_id, (_, found) in shipped_documents().items()}
    facts = [fact.quotes for program in knowledge.programs for fact in program.notice]
    topics = [topic.quotes for topic in knowledge.entries] + [topic.quotes for topic in knowledge.gaps]
    quotes = [quote for quotes in [*facts, *topics] for quote in quotes]
    assert len(quotes) > 100
    assert [
        quote for quote in quotes if not found[quote.source_id].text[quote.span.start : quote.span.end].strip()
    ] == []
    assert opened(example_index).manifest.skips == ()


def test_without_contacts_the_projects_own_are_known(tmp_path: Path) -> None:
    build(write_files(tmp_path / "corpus", {"a.txt": GOOD}), tmp_path / "index")
    assert {contact.id for contact in opened(tmp_path / "index").knowledge.contacts} >= {"hicap", "emergency"}


def test_an_id_that_is_another_files_name(tmp_path: Path) -> None:
    entry = '[[source]]\nid = "b.txt"\nfile = "a.txt"\ntitle = "A"\n'
    corpus = write_files(tmp_path / "corpus", {"a.txt": GOOD, "b.txt": OTHER, "sources.toml": entry})
    with pytest.raises(CorpusError, match="the id 'b.txt' is also the name of a file; choose another id"):
        build(corpus, tmp_path / "index")


def test_an_id_in_two_library_files(tmp_path: Path, good_index: Path) -> None:
    assert "'e' is used in another file too" in fault_of(tmp_path, good_index, {"library/other.toml": ENTRY})
