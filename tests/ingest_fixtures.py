"""For the tests of ingest: folders of documents, a small corpus with all that lies beside its documents, builds without
a model, and encoders that count or end the process.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ingest.build import Summary, build_index
from ingest.describe import load_knowledge
from ingest.embed import HashEncoder, Vectors
from ingest.index import BM25, Found, Index, Search, open_index
from ingest.knowledge import Knowledge
from ingest.read import read
from ingest.records import Document, Source
from ingest.settings import PROJECT
from ingest.sources import find_sources
from ingest.structure import statements

SHIPPED = PROJECT / "corpus"
BROCHURE, DHCS, HEALTH_NET = "la-care-brochure", "dhcs-cci-page", "health-net-manual"
FACT_SHEET, CHCF = "dhcs-medi-medi-fact-sheet", "chcf-in-alignment"


def asks_about(word: str, count: int = 12) -> str:
    """TOML: ways of asking that are nearest to one another, and far from those about another word."""
    numbers = "one two three four five six seven eight nine ten eleven twelve".split()
    return str([f"{word} {word} {number}" for number in numbers[:count]])


# A corpus in which nothing is wrong: an ended program in one county, an open one, two entries, a gap.
SMALL = {
    "documents/manual.txt": (
        "Alpha Care pays for rides to the doctor. Members get 12 rides a year. Alpha Care ended on May 1, 2022.\n"
    ),
    "documents/page.txt": "Beta Care is open in Napa. You cannot join by mail. Call to join.\n",
    "sources.toml": """[[source]]
id = "manual"
file = "manual.txt"
title = "Manual"
programs = ["alpha"]
plan = "Sun Plan"
counties = ["Marin"]

[[source]]
id = "page"
file = "page.txt"
title = "Page"
programs = ["beta"]
counties = ["Marin", "Napa"]
""",
    "programs.toml": """[[program]]
id = "alpha"
name = "Alpha Care"
aliases = ["AlphaCare"]
status = "ended"
ended = "May 1, 2022"
successor = "beta"

[[program.notice]]
id = "alpha-ended"
text = "Alpha Care ended on May 1, 2022."
proof = [{ source = "manual", quote = "Alpha Care ended on May 1, 2022." }]

[[program]]
id = "beta"
name = "Beta Care"
aliases = []
status = "open"
""",
    "updates.toml": f"""[[update]]
id = "news"
text = "Beta Care now has 3 desks."
url = "https://example.org/news"
page = "The office"
page_date = "June 2023"
checked_on = "{date.today()}"
certainty = "A"
programs = ["beta"]
""",
    "contacts.toml": f"""[[contact]]
id = "desk"
who = "The desk"
number = "1"
purpose = "Help to join"
url = "https://example.org"
certainty = "A"
checked_on = "{date.today()}"
""",
    "routes.toml": """[[route]]
id = "joining"
purpose = "Joining"
words = ["join"]
contacts = ["desk"]
advice = "Call soon."
""",
    "glossary.toml": """[[term]]
id = "ride"
name = "ride"
meaning = "A trip to the doctor."
source = { page = "The office", url = "https://example.org/words" }
""",
    "library/rides.toml": f"""[[entry]]
id = "rides"
topic = "Rides"
often = true
programs = ["alpha"]
asks = {asks_about("rides")}
quotes = [
  {{ source = "manual", quote = "Alpha Care pays for rides to the doctor." }},
  {{ source = "manual", quote = "Members get 12 rides a year." }},
  {{ source = "manual", quote = "Alpha Care ended on May 1, 2022." }},
]
plain = [
  {{ say = "Alpha Care pays for rides.", from = [1] }},
  {{ say = "You get twelve rides a year.", from = [2] }},
  {{ say = "It ended on May 1, 2022.", fact = "alpha-ended" }},
]
staff = [{{ say = "Alpha Care pays for 12 rides a year in Marin.", from = [1, 2] }}]
contacts = ["desk"]
unsaid = "who drives"
""",
    "library/join.toml": f"""[[entry]]
id = "join"
topic = "Joining"
programs = ["beta"]
asks = {asks_about("join")}
quotes = [
  {{ source = "page", quote = "Beta Care is open in Napa." }},
  {{ source = "page", quote = "You cannot join by mail." }},
  {{ source = "page", quote = "Call to join." }},
]
plain = [
  {{ say = "Beta Care is open in Napa.", from = [1] }},
  {{ say = "You cannot join by mail.", from = [2] }},
]
staff = [{{ say = "Call to join: the desk has the number 1.", from = [3], contact = "desk" }}]
contacts = ["desk"]
related = ["teeth"]
""",
    "library/gaps/teeth.toml": f"""[[gap]]
id = "teeth"
topic = "whether teeth are paid for"
asks = {asks_about("teeth")}
plain = [{{ say = "Beta Care now has 3 desks.", update = "news" }}]
contacts = ["desk"]
updates = ["news"]
""",
    "library/asides/weather.toml": '[[aside]]\nid = "rain"\nkind = "off_topic"\nasks = ["Will it rain?"]\n',
    "library/asks/es.toml": (
        f"rides = {asks_about('viajes', 6)}\njoin = {asks_about('entrar', 6)}\nteeth = {asks_about('dientes', 6)}\n"
    ),
}


class CountingEncoder(HashEncoder):
    """Keeps every text it has encoded."""

    def __init__(self, name: str = "hash", version: str = "1") -> None:
        super().__init__(name)
        self.version = version
        self.texts: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        return super().encode_passages(texts)


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The folder with those files in it, by name; text is UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The small corpus with one thing put in place of another, which must be there."""
    assert SMALL[file].count(old) == 1, f"{old!r} stands {SMALL[file].count(old)} times in {file}"
    return SMALL | {file: SMALL[file].replace(old, new)}


def read_corpus(corpus: Path) -> tuple[dict[str, Document], Knowledge]:
    """The documents of a folder and all that lies beside them."""
    files, _ = find_sources(corpus)
    documents = {source.id: read(path, source) for path, source in files}
    return documents, load_knowledge(corpus, documents, home=SHIPPED)


def build(corpus: Path, index: Path, encoder: HashEncoder | None = None) -> Summary:
    """Build without a model."""
    return build_index(corpus, index, [encoder or HashEncoder()], progress=quiet)


def opened(index: Path) -> Index:
    """The index, opened without a model."""
    return open_index(index, [HashEncoder()])


def search(index: Index, texts: Sequence[str], count: int) -> list[Found]:
    """What each text finds by every ranker."""
    rankers = (BM25, *(encoder.name for encoder in index.encoders))
    return index.search([Search(text, rankers) for text in texts], count)


def texts_in(index: Path) -> dict[str, str]:
    """The text of each document of an index."""
    return {source_id: document.text for source_id, document in opened(index).documents.items()}


def document(folder: Path, name: str, content: str | bytes, *column_heads: tuple[str, ...]) -> Document:
    """The document in a file of that name and content."""
    write_files(folder, {name: content})
    return read(folder / name, Source(id=name, file=name, title="A title", column_heads=column_heads))


def shipped_documents() -> dict[str, tuple[str, Document]]:
    """By source id: the raw text of the file and the document read from it."""
    files, _ = find_sources(SHIPPED)
    return {source.id: (path.read_bytes().decode("utf-8"), read(path, source)) for path, source in files}


def said(found: Document) -> list[str]:
    """The words of each statement."""
    return [found.text[each.start : each.end] for each in statements(found)]


def leads_of(found: Document, words: str) -> tuple[str, ...]:
    """The list heads of the one statement that begins with `words`."""
    (leads,) = [each.leads for each in statements(found) if found.text[each.start : each.end].startswith(words)]
    return tuple(found.text[lead.start : lead.end] for lead in leads)


def headings(found: Document) -> list[str]:
    """The headings in reading order."""
    return [found.text[block.start : block.end] for block in found.blocks if block.kind == "heading"]


def run_python(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, in the project's folder."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env=os.environ | {"HF_HUB_OFFLINE": "1"} | environ,
        capture_output=True,
        text=True,
        timeout=60,
    )
