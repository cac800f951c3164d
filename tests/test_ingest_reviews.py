"""Reviews by people: noted, replaced, and void as soon as the text is another."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from ingest_fixtures import SHIPPED, SMALL, asks_about, build, changed, opened, read_corpus, write_files

from ingest import __main__ as command
from ingest.errors import CorpusError, UsageError
from ingest.knowledge import Entry, Gap, Term
from ingest.reviews import Review, digest, load_reviews, new_review, write_review
from ingest.tasks import review

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
NONE_SUCH = "there is no entry, gap or term '{}' to review; a term's id begins with term."
RIDES, JOIN, TEETH = "library/rides.toml", "library/join.toml", "library/gaps/teeth.toml"


def reviewed(corpus: Path) -> dict[str, str]:
    """By id, the reviews that are valid now."""
    return read_corpus(corpus)[1].reviewed


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small corpus, with reviews of an entry, a gap and a term."""
    corpus = write_files(tmp_path / "corpus", SMALL)
    for id_ in ("rides", "teeth", "term.ride"):
        review(corpus, id_, "A. Reader", MAY)
    return corpus


def test_a_new_review_is_noted(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", SMALL)
    assert reviewed(corpus) == {}
    assert review(corpus, "rides", "  A. Reader ", MAY) == "rides: reviewed by A. Reader on 2026-05-01"
    assert reviewed(corpus) == {"rides": "A. Reader, 2026-05-01"}


def test_reviews_stand_in_a_file_by_id(corpus: Path) -> None:
    documents, knowledge = read_corpus(corpus)
    topics: list[Entry | Gap] = [*knowledge.entries, *knowledge.gaps]
    named: dict[str, Entry | Gap | Term] = {text.id: text for text in topics}
    named |= {f"term.{term.id}": term for term in knowledge.terms}
    texts = {id_: digest(text, documents, knowledge) for id_, text in named.items()}
    assert load_reviews(corpus / "reviews.toml") == tuple(
        Review(id_, "A. Reader", "2026-05-01", texts[id_]) for id_ in ("rides", "teeth", "term.ride")
    )
    written = (corpus / "reviews.toml").read_text(encoding="utf-8")
    assert written.startswith("# Which prepared texts a person has reviewed, and when.")
    assert [len(text) for text in texts.values()] == [16] * 4
    assert written.endswith(
        f'\n[[review]]\nid = "term.ride"\nby = "A. Reader"\non = "2026-05-01"\ndigest = "{texts["term.ride"]}"\n'
    )


def test_a_later_review_takes_the_place_of_an_earlier_one(corpus: Path) -> None:
    review(corpus, "rides", "B. Reader", JUNE)
    assert reviewed(corpus) == {
        "rides": "B. Reader, 2026-06-01",
        "teeth": "A. Reader, 2026-05-01",
        "term.ride": "A. Reader, 2026-05-01",
    }
    assert (corpus / "reviews.toml").read_text(encoding="utf-8").count("[[review]]") == 3


@pytest.mark.parametrize("by", ['O"Reader \\ Sons', "李 医生", "Ünal Ñ."])
def test_every_name_can_be_written(tmp_path: Path, by: str) -> None:
    write_review(tmp_path / "reviews.toml", Review("x", by, "2026-05-01", "0"))
    write_review(tmp_path / "reviews.toml", Review("a", "A", "2026-05-02", "1"))
    assert load_reviews(tmp_path / "reviews.toml") == (
        Review("a", "A", "2026-05-02", "1"),
        Review("x", by, "2026-05-01", "0"),
    )


def test_an_index_knows_the_reviews(corpus: Path, tmp_path: Path) -> None:
    build(corpus, tmp_path / "index")
    assert opened(tmp_path / "index").knowledge.reviewed["teeth"] == "A. Reader, 2026-05-01"
    review(corpus, "teeth", "B. Reader", JUNE)
    assert build(corpus, tmp_path / "index").is_unchanged is False
    assert opened(tmp_path / "index").knowledge.reviewed["teeth"] == "B. Reader, 2026-06-01"


@pytest.mark.parametrize(
    ("file", "old", "new", "void"),
    [
        (RIDES, "You get twelve", "They get twelve", "rides"),
        (RIDES, "a year in Marin", "a year, in Marin", "rides"),
        (RIDES, "from = [2] }", "from = [1, 2] }", "rides"),
        (RIDES, 'topic = "Rides"', 'topic = "Trips"', "rides"),
        (RIDES, "who drives", "whose car it is", "rides"),
        (RIDES, "often = true", 'county = "Marin"', "rides"),
        (RIDES, "often = true", 'plan = "Sun Plan"', "rides"),
        (RIDES, 'quote = "Members get 12 rides a year."', 'quote = "Members get 12 rides"', "rides"),
        (RIDES, 'contacts = ["desk"]\n', "", "rides"),
        (RIDES, ', fact = "alpha-ended"', ", from = [3]", "rides"),
        (TEETH, "now has 3 desks", "has 3 desks", "teeth"),
        (TEETH, 'updates = ["news"]\n', "", "teeth"),
        ("glossary.toml", "A trip to", "A way to", "term.ride"),
        ("glossary.toml", 'name = "ride"', 'name = "rides"', "term.ride"),
        ("glossary.toml", "org/words", "org/more", "term.ride"),
        ("glossary.toml", 'page = "The office"', 'page = "An office"', "term.ride"),
        ("glossary.toml", 'org/words" }', 'org/words", page_date = "2023" }', "term.ride"),
        ("glossary.toml", 'name = "ride"', 'name = "ride"\nfull = "Ride by car"', "term.ride"),
    ],
)
def test_a_review_is_void_when_the_text_is_another(corpus: Path, file: str, old: str, new: str, void: str) -> None:
    write_files(corpus, changed(file, old, new))
    assert set(reviewed(corpus)) == {"rides", "teeth", "term.ride"} - {void}


def test_a_review_is_void_when_what_is_shown_with_the_text_is_another(corpus: Path) -> None:
    write_files(corpus, changed("updates.toml", "Beta Care now has 3 desks.", "Beta Care has 3 desks now."))
    assert set(reviewed(corpus)) == {"rides", "term.ride"}


@pytest.mark.parametrize("listed", ["", 'updates = ["news"]\n'])
def test_an_update_counts_where_a_sentence_or_the_gap_shows_it(tmp_path: Path, listed: str) -> None:
    said = 'plain = [{ say = "Beta Care now has 3 desks.", update = "news" }]\n'
    gap = SMALL[TEETH].replace('updates = ["news"]\n', listed).replace(said, "" if listed else said)
    corpus = write_files(tmp_path / "corpus", SMALL | {TEETH: gap})
    review(corpus, "teeth", "A. Reader", MAY)
    assert set(reviewed(corpus)) == {"teeth"}
    write_files(corpus, {"updates.toml": SMALL["updates.toml"].replace("3 desks", "4 desks")})
    assert reviewed(corpus) == {}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RIDES, asks_about("rides"), asks_about("trips")),
        (RIDES, "often = true", "often = false"),
        (JOIN, 'say = "You cannot join', 'say = "You can not join'),
        (JOIN, 'related = ["teeth"]', "related = []"),
        ("documents/manual.txt", "Alpha Care pays", "Hello there.\n\nAlpha Care pays"),
        ("library/asks/es.toml", asks_about("viajes", 6), asks_about("paseos", 6)),
        ("updates.toml", 'programs = ["beta"]', "programs = []"),
    ],
)
def test_a_review_stands_when_other_things_change(corpus: Path, file: str, old: str, new: str) -> None:
    write_files(corpus, changed(file, old, new))
    assert set(reviewed(corpus)) == {"rides", "teeth", "term.ride"}


def test_a_review_is_valid_again_when_the_text_is_as_it_was(corpus: Path) -> None:
    write_files(corpus, changed(RIDES, "You get twelve", "They get twelve"))
    assert "rides" not in reviewed(corpus)
    write_files(corpus, SMALL)
    assert reviewed(corpus)["rides"] == "A. Reader, 2026-05-01"


def test_a_gap_and_a_term_of_one_id_are_reviewed_each(tmp_path: Path) -> None:
    corpus = write_files(tmp_path / "corpus", changed("glossary.toml", 'id = "ride"', 'id = "teeth"'))
    review(corpus, "teeth", "A. Reader", MAY)
    assert reviewed(corpus) == {"teeth": "A. Reader, 2026-05-01"}
    assert review(corpus, "term.teeth", "B. Reader", JUNE) == "term.teeth: reviewed by B. Reader on 2026-06-01"
    assert reviewed(corpus) == {"teeth": "A. Reader, 2026-05-01", "term.teeth": "B. Reader, 2026-06-01"}
    write_files(corpus, {TEETH: SMALL[TEETH].replace("whether teeth", "if teeth")})
    assert reviewed(corpus) == {"term.teeth": "B. Reader, 2026-06-01"}


def test_who_reviewed_nothing(corpus: Path) -> None:
    documents, knowledge = read_corpus(corpus)
    for id_ in ("rain", "ride", "term.rides", "term.teeth"):
        with pytest.raises(UsageError) as fault:
            new_review(id_, "A. Reader", knowledge, documents, MAY)
        assert str(fault.value) == NONE_SUCH.format(id_)
    with pytest.raises(UsageError) as fault:
        new_review("rides", " \t", knowledge, documents, MAY)
    assert str(fault.value) == "name the person who reviewed it: --by NAME"


def test_a_review_of_what_is_gone_is_kept_and_counts_for_nothing(corpus: Path) -> None:
    write_review(corpus / "reviews.toml", Review("gone", "A. Reader", "2026-05-01", "0"))
    assert set(reviewed(corpus)) == {"rides", "teeth", "term.ride"}
    assert "gone" in {each.id for each in load_reviews(corpus / "reviews.toml")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[review]]\nid = "rides"\nby = "A"\non = "2026-05-01"\n', "line 1: digest: is missing"),
        (
            '\n[[review]]\nid = "rides"\nby = "A"\non = 2026-05-01\ndigest = "0"\n',
            "line 2: on: must be text in quotation marks",
        ),
        ('[[reviews]]\nid = "rides"\n', "line 1: only [[review]] entries belong here, not reviews"),
        ('[[review]]\nid = "r"\nby = "A"\non = ""\ndigest = ""\n' * 2, "line 6: the id 'r' is used twice"),
    ],
)
def test_mistakes_in_reviews(tmp_path: Path, text: str, said: str) -> None:
    corpus = write_files(tmp_path / "corpus", SMALL | {"reviews.toml": text})
    with pytest.raises(CorpusError) as fault:
        read_corpus(corpus)
    assert str(fault.value) == f"{corpus}/reviews.toml: {said}"


def test_the_command_on_a_copy_of_the_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = shutil.copytree(SHIPPED, tmp_path / "corpus", ignore=shutil.ignore_patterns("vectors", "translations"))
    (corpus / "reviews.toml").unlink(missing_ok=True)
    id_ = "cal-mediconnect-what-it-was"
    assert command.main(["review", "--corpus", str(corpus), id_, "--by", "A. Reader"]) == 0
    assert capsys.readouterr().out == f"{id_}: reviewed by A. Reader on {date.today()}\n"
    assert reviewed(corpus) == {id_: f"A. Reader, {date.today()}"}
    path = corpus / "library" / "cal-mediconnect.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('topic = "What Cal MediConnect was"', 'topic = "Cal MediConnect"'), encoding="utf-8")
    assert reviewed(corpus) == {}


def test_the_command_says_what_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = write_files(tmp_path / "corpus", SMALL)
    assert command.main(["review", "--corpus", str(corpus), "ridse", "--by", "A. Reader"]) == 1
    assert capsys.readouterr() == ("", f"error: {NONE_SUCH.format('ridse')}\n")
    assert command.main(["review", "--corpus", str(corpus), "rides", "--by", ""]) == 1
    assert capsys.readouterr() == ("", "error: name the person who reviewed it: --by NAME\n")
    with pytest.raises(SystemExit) as fault:
        command.main(["review", "--corpus", str(corpus), "rides"])
    assert (fault.value.code, (corpus / "reviews.toml").exists()) == (2, False)
