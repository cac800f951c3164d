"""library/: entries, gaps, asides and asks in other languages; each mistake is one line that says where and why."""

from pathlib import Path

import pytest
from ingest_fixtures import SMALL, asks_about, changed, read_corpus, write_files

from ingest.describe import knowledge_files
from ingest.errors import CorpusError
from ingest.knowledge import Aside, Entry, Gap, Prepared
from ingest.records import Quote, Span
from ingest.translations import LANGUAGES

RIDES, JOIN, TEETH = "library/rides.toml", "library/join.toml", "library/gaps/teeth.toml"
ASKS, WEATHER = "library/asks/es.toml", "library/asides/weather.toml"


def fault_of(folder: Path, files: dict[str, str]) -> str:
    """What is said of a corpus with a mistake."""
    corpus = write_files(folder / "corpus", files)
    with pytest.raises(CorpusError) as fault:
        read_corpus(corpus)
    return str(fault.value).replace(f"{corpus}/", "")


def spoken(word: str, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {word} {number}" for number in "one two three four five six".split()[:count])


def test_an_entry_and_a_gap_are_read_field_by_field(tmp_path: Path) -> None:
    entry = """[[entry]]
id = "e"
topic = "Rides"
asks = ["Rides?", "A ride?"]
quotes = [
  { source = "manual", quote = "Members get 12 rides a year." },
  { source = "page", quote = "Call to join." },
]
plain = [
  { say = "You get rides.", from = [1] },
  { say = "It ended.", fact = "alpha-ended" },
]
staff = [
  { say = "Call.", from = [2, 1], contact = "desk" },
  { say = "News.", update = "news" },
]
contacts = ["desk"]
related = ["g"]
programs = ["alpha"]
plan = "Sun Plan"
county = "Marin"
who = "members"
unsaid = "who drives"
often = true
"""
    gap = """[[gap]]
id = "g"
topic = "whether teeth are paid for"
asks = ["Teeth?"]
quotes = [{ source = "page", quote = "Call to join." }]
plain = [{ say = "Call.", from = [1] }]
staff = [{ say = "Call them.", contact = "desk" }]
contacts = ["desk"]
related = ["e"]
updates = ["news"]
"""
    library = {name: text for name, text in SMALL.items() if not name.startswith("library/")}
    library |= {"library/e.toml": entry, "library/gaps/g.toml": gap, WEATHER: SMALL[WEATHER]}
    library |= {ASKS: "e = ['¿Viajes?']\n", "library/asks/ru.toml": "g = ['Зубы?', 'Зуб?']\ne = ['Поездки?']\n"}
    documents, knowledge = read_corpus(write_files(tmp_path, library))
    rides, call = Quote("manual", Span(41, 69)), Quote("page", Span(52, 65))
    assert documents["manual"].text[41:69] == "Members get 12 rides a year."
    assert knowledge.entries == (
        Entry(
            id="e",
            topic="Rides",
            asks=("Rides?", "A ride?"),
            quotes=(rides, call),
            plain=(Prepared("You get rides.", (rides,)), Prepared("It ended.", fact="alpha-ended")),
            staff=(Prepared("Call.", (call, rides), contact="desk"), Prepared("News.", update="news")),
            contacts=("desk",),
            related=("g",),
            other_asks={"es": ("¿Viajes?",), "ru": ("Поездки?",)},
            programs=("alpha",),
            plan="Sun Plan",
            county="Marin",
            who="members",
            unsaid="who drives",
            often=True,
        ),
    )
    assert knowledge.gaps == (
        Gap(
            id="g",
            topic="whether teeth are paid for",
            asks=("Teeth?",),
            quotes=(call,),
            plain=(Prepared("Call.", (call,)),),
            staff=(Prepared("Call them.", contact="desk"),),
            contacts=("desk",),
            related=("e",),
            other_asks={"ru": ("Зубы?", "Зуб?")},
            updates=("news",),
        ),
    )
    assert knowledge.asides == (Aside("rain", "off_topic", ("Will it rain?",)),)
    assert knowledge.topics == (*knowledge.entries, *knowledge.gaps)
    assert knowledge.entries[0].all_asks == ("Rides?", "A ride?", "¿Viajes?", "Поездки?")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            RIDES,
            'quote = "Members get 12',
            'quote = "Members get 13',
            "line 1: these words are not in manual.txt: 'Members get 13 rides a year.'",
        ),
        (RIDES, '"Members get 12 rides a year."', '" "', "line 1: these words are not in manual.txt: ' '"),
        (
            JOIN,
            '{ source = "page", quote = "Call',
            '{ source = "manual", quote = "Call',
            "line 1: these words are not in manual.txt: 'Call to join.'",
        ),
        (
            TEETH,
            "plain =",
            'quotes = [{ source = "page", quote = "Teeth" }]\nplain =',
            "line 1: these words are not in page.txt: 'Teeth'",
        ),
        (JOIN, '"page", quote = "Call', '"pages", quote = "Call', "line 1: there is no source 'pages'"),
        (RIDES, 'contacts = ["desk"]', 'contacts = ["desk", "disk"]', "line 1: contacts: there is no contact 'disk'"),
        (TEETH, 'contacts = ["desk"]', 'contacts = ["disk"]', "line 1: contacts: there is no contact 'disk'"),
        (RIDES, 'programs = ["alpha"]', 'programs = ["alfa"]', "line 1: programs: there is no program 'alfa'"),
        (JOIN, 'related = ["teeth"]', 'related = ["tooth"]', "line 1: related: there is no related 'tooth'"),
        (TEETH, 'updates = ["news"]', 'updates = ["olds"]', "line 1: updates: there is no update 'olds'"),
        (TEETH, 'update = "news"', 'update = "olds"', "line 1: plain, sentence 1: there is no update 'olds'"),
        (
            JOIN,
            'contact = "desk"',
            'contact = "disk"',
            "line 1: staff, sentence 1: there is no contact 'disk'",
        ),
        (
            RIDES,
            'fact = "alpha-ended"',
            'fact = "beta-ended"',
            "line 1: plain, sentence 3: no program has the notice 'beta-ended'",
        ),
        (
            RIDES,
            "from = [2] }",
            "from = [4] }",
            "line 1: plain, sentence 2: from: there is no quote 4; there are 3",
        ),
        (RIDES, "from = [1, 2]", "from = [1, 0]", "line 1: staff, sentence 1: from: there is no quote 0; there are 3"),
        (RIDES, "from = [2] }", "from = [-1] }", "line 1: plain, sentence 2: from: there is no quote -1; there are 3"),
        (
            TEETH,
            ', update = "news" }',
            ", from = [1] }",
            "line 1: plain, sentence 1: from: there is no quote 1; there are 0",
        ),
        (
            JOIN,
            ", from = [1] }",
            " }",
            "line 1: plain, sentence 1: nothing holds it; give from, update, fact or contact",
        ),
        (
            JOIN,
            ", from = [1] }",
            ", from = [] }",
            "line 1: plain, sentence 1: nothing holds it; give from, update, fact or contact",
        ),
        (RIDES, "unsaid =", "unsayd =", "line 1: unsayd: is not a field of this kind of entry"),
        (RIDES, "often = true", 'often = "yes"', "line 1: often: Input should be a valid boolean"),
        (RIDES, "topic =", "title =", "line 1: topic: is missing"),
        (JOIN, "contact =", "contacts =", "line 1: staff.0.contacts: is not a field of this kind of entry"),
        (JOIN, 'say = "You', 'says = "You', "line 1: plain.1.say: is missing"),
        (
            JOIN,
            'source = "page", quote = "Call',
            'sauce = "page", quote = "Call',
            "line 1: quotes.2.source: is missing",
        ),
        (TEETH, "[[gap]]", "[[entry]]", "line 1: only [[gap]] entries belong here, not entry"),
        (RIDES, "[[entry]]", "[[gap]]", "line 1: only [[entry]] entries belong here, not gap"),
        (TEETH, "updates =", "often = true\nupdates =", "line 1: often: is not a field of this kind of entry"),
        (TEETH, 'id = "teeth"', 'id = "join"', "line 1: the id 'join' is used in another file too"),
        (ASKS, "teeth =", "tooth =", "line 3: there is no entry or gap 'tooth'"),
        (ASKS, "join =", "rain =", "line 2: there is no entry or gap 'rain'"),
        (ASKS, "join =", "join = 1 #", "line 2: join: must be a list of texts in quotation marks"),
        (ASKS, "teeth = [", "teeth = [1, ", "line 3: teeth: must be a list of texts in quotation marks"),
        (
            WEATHER,
            "off_topic",
            "joke",
            "line 1: kind: 'joke' is none of crisis, emergency, off_topic, thanks, hello, assistant, none",
        ),
        (WEATHER, "asks =", "ask =", "line 1: asks: is missing"),
    ],
)
def test_mistakes_in_the_library(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    assert fault_of(tmp_path, changed(file, old, new)) == f"{file}: {said}"


def test_the_line_is_that_of_the_entry(tmp_path: Path) -> None:
    gaps = f"# Gaps\n\n{SMALL[TEETH]}\n" + SMALL[TEETH].replace('"teeth"', '"eyes"').replace('["desk"]', '["disk"]')
    assert fault_of(tmp_path, SMALL | {TEETH: gaps}) == f"{TEETH}: line 11: contacts: there is no contact 'disk'"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("library/a.toml", "library/b.toml"),
        ("library/gaps/a.toml", "library/gaps/b.toml"),
        ("library/asides/a.toml", "library/asides/b.toml"),
        ("library/z.toml", "library/gaps/a.toml"),
    ],
)
def test_an_id_in_two_files(tmp_path: Path, first: str, second: str) -> None:
    kinds = {"gaps": "gap", "asides": "aside"}
    rest = {"gap": 'topic = "t"\n', "entry": 'topic = "t"\n', "aside": 'kind = "none"\n'}
    files = {}
    for name in (first, second):
        kind = kinds.get(name.split("/")[1], "entry")
        files[name] = f'\n[[{kind}]]\nid = "same"\nasks = []\n{rest[kind]}'
    assert fault_of(tmp_path, SMALL | files) == f"{second}: line 2: the id 'same' is used in another file too"


def test_an_id_twice_in_one_file(tmp_path: Path) -> None:
    assert (
        fault_of(tmp_path, SMALL | {WEATHER: SMALL[WEATHER] * 2}) == f"{WEATHER}: line 5: the id 'rain' is used twice"
    )


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ('rides-home = ["Về?"]\nrides = ["Đi?"]\n', "line 1: there is no entry or gap 'rides-home'"),
        ('rides = ["Đi?"]\nrid = ["Đi?"]\n', "line 2: there is no entry or gap 'rid'"),
        ('join-now = ["Vào?"]\njoin = 1\n', "line 2: join: must be a list of texts in quotation marks"),
    ],
)
def test_asks_under_an_id_that_begins_like_another(tmp_path: Path, asks: str, said: str) -> None:
    files = SMALL | {"library/asks/vi.toml": asks, "library/now.toml": SMALL[JOIN].replace('"join"', '"join-now"')}
    assert fault_of(tmp_path, files) == f"library/asks/vi.toml: {said}"


@pytest.mark.parametrize(
    ("asks", "said"),
    [
        ("rides = ['¿Viajes?']\n\n\"rids\" = ['¿Viajes?']\n", "line 3: there is no entry or gap 'rids'"),
        ("rides = ['¿Viajes?']\n'join' = 1\n", "line 2: join: must be a list of texts in quotation marks"),
        ('"rides" = [\'¿Viajes?\']\n"rides-home" = []\n', "line 2: there is no entry or gap 'rides-home'"),
        ('"join-now" = []\n  "join"  = 1\n', "line 2: join: must be a list of texts in quotation marks"),
    ],
)
def test_asks_under_an_id_in_quotation_marks(tmp_path: Path, asks: str, said: str) -> None:
    assert fault_of(tmp_path, SMALL | {ASKS: asks}) == f"{ASKS}: {said}"


@pytest.mark.parametrize("language", ["xx", "ES", "zh-Hant"])
def test_asks_in_an_unknown_language(tmp_path: Path, language: str) -> None:
    file = f"library/asks/{language}.toml"
    said = f"{file}: {language!r} is none of the languages: en, {', '.join(LANGUAGES)}"
    assert fault_of(tmp_path, SMALL | {file: "rides = ['¿Viajes?']\n"}) == said


def test_more_asks_in_english_follow_those_of_the_topic(tmp_path: Path) -> None:
    _, before = read_corpus(write_files(tmp_path / "before", SMALL))
    more = {"library/asks/en.toml": "rides = ['a lift to the clinic?', 'van?']\n"}
    _, knowledge = read_corpus(write_files(tmp_path / "after", SMALL | more))
    assert [topic.asks for topic in knowledge.topics] == [
        (*topic.asks, *(("a lift to the clinic?", "van?") if topic.id == "rides" else ())) for topic in before.topics
    ]


def test_asks_in_another_language_belong_to_their_topic(tmp_path: Path) -> None:
    _, knowledge = read_corpus(write_files(tmp_path, SMALL))
    assert {topic.id: topic.other_asks for topic in knowledge.topics} == {
        "join": {"es": spoken("entrar", 6)},
        "rides": {"es": spoken("viajes", 6)},
        "teeth": {"es": spoken("dientes", 6)},
    }


def test_every_file_of_the_library_is_part_of_the_corpus(tmp_path: Path) -> None:
    corpus = write_files(tmp_path, {**SMALL, "library/asks/ko.toml": f"rides = {asks_about('교통', 2)}\n"})
    assert {path.relative_to(corpus).as_posix() for path in knowledge_files(corpus)} == {
        name for name in SMALL if name.endswith(".toml") and name != "sources.toml"
    } | {"library/asks/ko.toml"}


def test_a_corpus_without_a_library(tmp_path: Path) -> None:
    _, knowledge = read_corpus(write_files(tmp_path, {"documents/a.txt": "Rides are free.\n"}))
    assert (knowledge.entries, knowledge.gaps, knowledge.asides) == ((), (), ())
    assert {contact.id for contact in knowledge.contacts} >= {"hicap"}
    assert {contact for route in knowledge.routes for contact in route.contacts} <= {
        contact.id for contact in knowledge.contacts
    }
