"""Assistants to ask: of the shipped corpus, with its real encoders or in its own words; and of a small one."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from ingest_fixtures import opened, quiet, write_files

from assistant.library import Library
from assistant.pipeline import Assistant
from ingest.build import build_index
from ingest.embed import HashEncoder
from ingest.encoders import load_encoders
from ingest.index import open_index
from ingest.knowledge import Topic
from ingest.settings import PROJECT, Settings

# Pages were read today, so that none is out of date whenever the tests run.
READ_ON = date.today()
# Two programs, one of them ended, and two plans; each document is about one of them.
SUN = "The Sun Plan closed on June 30, 2021.\n\nThe Sun Plan paid for glasses once in two years.\n"
MOON = (
    "The Moon Plan pays for rides to the doctor.\n\n"
    "The Moon Plan pays for glasses once a year in Kern.\n\n"
    "The Moon Plan pays for glasses each month in Inyo.\n"
)
BLUE = "Blue Health answers letters within nine days.\n"
RED = "Red Health answers letters within four weeks.\n"
SMALL: Mapping[str, str] = {
    "sun.txt": SUN,
    "moon.txt": MOON,
    "blue.txt": BLUE,
    "red.txt": RED,
    "sources.toml": """
[[source]]
id = "sun-guide"
file = "sun.txt"
title = "Guide to the Sun Plan"
publisher = "Sun Office"
label = "Sun guide, 2020"
date = "May 2020"
year = 2020
programs = ["sun"]
[[source]]
id = "moon-sheet"
file = "moon.txt"
title = "Moon Plan sheet"
publisher = "Moon Office"
label = "Moon sheet, 2022"
date = "March 2022"
year = 2022
programs = ["moon"]
counties = ["Kern", "Inyo"]
[[source]]
id = "blue-letter"
file = "blue.txt"
title = "Blue letter"
year = 2021
plan = "Blue Health"
[[source]]
id = "red-letter"
file = "red.txt"
title = "Red letter"
year = 2021
plan = "Red Health"
""",
    "programs.toml": """
[[program]]
id = "sun"
name = "Sun Plan"
aliases = ["Sun Plan"]
status = "ended"
ended = "June 30, 2021"
[[program.notice]]
id = "sun-ended"
text = "The Sun Plan ended on June 30, 2021."
proof = [{ source = "sun-guide", quote = "The Sun Plan closed on June 30, 2021." }]
[[program]]
id = "moon"
name = "Moon Plan"
aliases = ["Moon Plan"]
status = "open"
""",
    "contacts.toml": """
[[contact]]
id = "hicap"
who = "Counselors"
number = "555-0100"
purpose = "Free help"
url = "https://example.org/counselors"
certainty = "A"
checked_on = "2026-11-22"
[[contact]]
id = "medi-cal-dental"
who = "Dental office"
number = "555-0101"
tty = "555-0102"
hours = "Monday to Friday"
purpose = "Teeth"
url = "https://example.org/dental"
certainty = "A"
checked_on = "2026-11-22"
[[contact]]
id = "civil-rights"
who = "Language help"
number = "555-0103"
purpose = "Help in your language"
url = "https://example.org/language"
certainty = "A"
checked_on = "2026-11-22"
""",
    "routes.toml": """
[[route]]
id = "teeth"
purpose = "Teeth"
words = ["tooth"]
contacts = ["medi-cal-dental"]
advice = "Bring your card."
""",
    "updates.toml": f"""
[[update]]
id = "moon-grew"
text = "The Moon Plan came to Mono in 2025."
url = "https://example.org/moon"
page = "Moon Office"
page_date = "May 2025"
checked_on = "{READ_ON}"
certainty = "A"
programs = ["moon"]
[[update]]
id = "moon-price"
text = "In 2026 a ride with the Moon Plan is free."
url = "https://example.org/price"
page = "Moon Times"
page_date = ""
checked_on = "{READ_ON}"
certainty = "B"
programs = ["moon"]
""",
    "glossary.toml": """
[[term]]
id = "ride"
name = "MR"
full = "Medical Ride"
meaning = "A trip to the doctor that the plan pays for."
misspellings = ["medicle ride", "mrr"]
quotes = [{ source = "moon-sheet", quote = "The Moon Plan pays for rides to the doctor." }]
[[term]]
id = "copay"
name = "copay"
meaning = "What you pay for a visit."
aliases = ["co-payment"]
misspellings = ["copey"]
source = { page = "Word list", url = "https://example.org/words", page_date = "2024" }
""",
    "library/entries.toml": """
[[entry]]
id = "rides"
topic = "Rides"
programs = ["moon"]
asks = ["does the Moon Plan pay for medical rides"]
quotes = [{ source = "moon-sheet", quote = "The Moon Plan pays for rides to the doctor." }]
plain = [
    { say = "The Moon Plan pays for your rides to the doctor.", from = [1] },
    { say = "In 2026 a ride is free.", update = "moon-price" },
    { say = "Ask the counselors for a ride.", contact = "hicap" },
]
staff = [{ say = "Moon Plan: medical rides are paid.", from = [1] }]
unsaid = "how many rides you get"
contacts = ["medi-cal-dental", "hicap"]
[[entry]]
id = "sun-past"
topic = "The Sun Plan"
programs = ["sun"]
asks = ["what happened to the Sun Plan"]
quotes = [
    { source = "sun-guide", quote = "The Sun Plan closed on June 30, 2021." },
    { source = "sun-guide", quote = "The Sun Plan paid for glasses once in two years." },
]
plain = [
    { say = "The Sun Plan closed on June 30, 2021.", from = [1] },
    { say = "It paid for glasses once in two years.", from = [2] },
]
staff = [
    { say = "The Sun Plan has ended.", fact = "sun-ended" },
    { say = "Glasses: once in two years.", from = [2] },
]
[[entry]]
id = "glasses-kern"
topic = "Glasses in Kern"
county = "Kern"
asks = ["how often does Medi-Cal give new glasses"]
quotes = [{ source = "moon-sheet", quote = "The Moon Plan pays for glasses once a year in Kern." }]
plain = [{ say = "In Kern you get glasses once a year.", from = [1] }]
[[entry]]
id = "glasses-inyo"
topic = "Glasses in Inyo"
county = "Inyo"
asks = ["how often does Medi-Cal give new glasses"]
quotes = [{ source = "moon-sheet", quote = "The Moon Plan pays for glasses each month in Inyo." }]
plain = [{ say = "In Inyo you get glasses each month.", from = [1] }]
[[entry]]
id = "letters-blue"
topic = "Letters to Blue Health"
plan = "Blue Health"
asks = ["when is my Medi-Cal letter answered"]
quotes = [{ source = "blue-letter", quote = "Blue Health answers letters within nine days." }]
plain = [{ say = "Blue Health answers in nine days.", from = [1] }]
[[entry]]
id = "letters-red"
topic = "Letters to Red Health"
plan = "Red Health"
asks = ["when is my Medi-Cal letter answered"]
quotes = [{ source = "red-letter", quote = "Red Health answers letters within four weeks." }]
plain = [{ say = "Red Health answers in four weeks.", from = [1] }]
""",
    "library/gaps/gaps.toml": """
[[gap]]
id = "ride-price"
topic = "what a ride costs"
asks = ["what is the price of a Moon Plan ride"]
quotes = [{ source = "moon-sheet", quote = "The Moon Plan pays for rides to the doctor." }]
plain = [{ say = "The Moon Plan pays for rides.", from = [1] }]
updates = ["moon-grew", "moon-price"]
contacts = ["civil-rights", "medi-cal-dental"]
[[gap]]
id = "ride-color"
topic = "the color of the vans"
asks = ["which color have the Medi-Cal vans"]
contacts = ["medi-cal-dental"]
""",
}


def assistant_of(folder: Path, files: Mapping[str, str] = SMALL) -> Assistant:
    """The assistant of a corpus of those files, without a model; questions in an ask's own words find its topic."""
    corpus, index = write_files(folder / "corpus", files), folder / "index"
    build_index(corpus, index, [HashEncoder()], progress=quiet)
    return _asked_of(index)


def words_of(topic: Topic) -> str:
    """A way of asking for a topic that no other topic is asked for by."""
    return topic.asks[0]


def topic_of(assistant: Assistant, topic_id: str) -> Topic:
    """The entry or gap of that id."""
    return next(topic for topic in assistant.index.knowledge.topics if topic.id == topic_id)


def _asked_of(index: Path) -> Assistant:
    return Assistant(found := opened(index), Library(found))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant of the small corpus."""
    return assistant_of(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def literal(example_index: Path) -> Assistant:
    """The assistant of the shipped corpus for questions in the very words of its asks, without a model."""
    return _asked_of(example_index)


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the shipped corpus."""
    index = tmp_path_factory.mktemp("shipped") / "index"
    build_index(PROJECT / "corpus", index, load_encoders(Settings()), progress=quiet)
    return index


@pytest.fixture(scope="session")
def assistant(shipped_index: Path) -> Iterator[Assistant]:
    """The assistant people get, without a chat model."""
    index = open_index(shipped_index, load_encoders(Settings()))
    yield Assistant(index, Library(index))
