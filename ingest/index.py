"""The built index: its format on disk, opening it, and searching it.

<index>/CURRENT names the build that answers; <index>/build-<id>/ holds manifest.json, store.json, lexicon/
and chroma/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.embed import Encoder, Vectors
from ingest.errors import IndexMismatch, IndexMissing
from ingest.knowledge import Knowledge
from ingest.learned import Learned
from ingest.lexical import Lexicon
from ingest.records import Document, Passage, Skip, Statement, join_words
from ingest.structure import statements
from ingest.vectors import Near, Searcher, load_searcher, write_vectors

# Raise it whenever reading, splitting or the files below change what an index holds.
FORMAT = 5
CURRENT = "CURRENT"
BM25 = "bm25"
# Statements are encoded too where that costs little: on the development cases the right statement among the
# first four rises from 0.56 to 0.69 without the library (evals/results/README.md), and 0.85 instead of 0.77 of 150
# Korean questions about 488 English passages find theirs among five. It doubles the encoding (of those, 90 to 189 s of
# processor time).
STATEMENTS_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was built from and with."""

    format: int
    encoders: tuple[tuple[str, str], ...]
    corpus: str
    corpus_checksum: str
    built_at: str
    documents: int
    passages: int
    asks: int
    skips: tuple[Skip, ...]
    files: tuple[tuple[str, int], ...] = ()
    """(name, size in bytes) of each file of the build, to notice a cut-off one."""


@dataclass(frozen=True, slots=True)
class Store:
    """All that an index holds besides vectors and the lexicon."""

    documents: dict[str, Document]
    passages: tuple[Passage, ...]
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Search:
    """A text to search with, and the rankers to ask: BM25 and encoders by name."""

    text: str
    rankers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What one question found: rankings of passages, best first, and how near asks and statements are."""

    rankings: dict[str, list[int]]
    """By ranker ("bm25" and each encoder's name): positions in `Index.passages`."""
    passage_cosines: dict[str, float]
    """By encoder: cosine of the nearest passage."""
    asks: dict[str, Vectors]
    """By encoder: cosine of every ask of the library, in the order of `asks_of`."""
    statements: dict[str, Vectors]
    """By ranker: nearness of every statement, in the order of `Index.statements`; empty where they are not encoded."""
    vectors: dict[str, Vectors]
    """By encoder: the text's own vector."""


class Index:
    """An open index. Safe to search from many threads at once."""

    def __init__(self, store: Store, manifest: Manifest, lexicon: Lexicon, vectors: Searcher, learned: Learned) -> None:
        self.manifest, self.learned = manifest, learned
        self.documents: Mapping[str, Document] = store.documents
        self.passages: Sequence[Passage] = store.passages
        self.knowledge: Knowledge = store.knowledge
        self.encoders: Sequence[Encoder] = vectors.encoders
        self._lexicon, self._vectors = lexicon, vectors
        self._statements: dict[str, tuple[Statement, ...]] = {}
        self.statements = encoded_statements(store)
        texts = [statement_text(self.documents[source_id], statement) for source_id, statement in self.statements]
        self._statement_lexicon = Lexicon.build(texts) if texts else None

    def search(self, searches: Sequence[Search], count: int, language: str = "en") -> list[Found]:
        """For each search: rank up to `count` passages by its rankers, and compare it with every ask and statement.

        `language` is that of the texts.
        """
        by_encoder = {
            encoder.name: [search.text for search in searches if encoder.name in search.rankers]
            for encoder in self.encoders
        }
        under_way = self._vectors.search(by_encoder, language, count)
        by_words = [self._by_words(search, count) for search in searches]
        queues = {name: iter(near.result()) for name, near in under_way.items()}
        return [
            _with_near(words, {name: next(queue) for name, queue in queues.items() if name in search.rankers})
            for search, words in zip(searches, by_words, strict=True)
        ]

    def _by_words(self, search: Search, count: int) -> Found:
        if BM25 not in search.rankers:
            return Found({}, {}, {}, {}, {})
        lexicon = self._statement_lexicon
        statements = {BM25: lexicon.scores(search.text)} if lexicon else {}
        return Found({BM25: self.word_ranking(search.text, count)}, {}, {}, statements, {})

    def word_ranking(self, text: str, count: int) -> list[int]:
        """Positions of up to `count` passages that share words with the text, by BM25, best first."""
        return [at for at, _ in self._lexicon.search(text, count)]

    def ask_vectors(self, encoder: str) -> Vectors:
        """What an encoder made of every ask, a row each, in the order of `asks_of`."""
        return self._vectors.asks(encoder)

    def statements_of(self, source_id: str) -> tuple[Statement, ...]:
        """The statements of one document, worked out at first use."""
        if source_id not in self._statements:
            self._statements[source_id] = statements(self.documents[source_id])
        return self._statements[source_id]


def _with_near(words: Found, near: Mapping[str, Near]) -> Found:
    """What the encoders found, and then what the words found."""
    return Found(
        {name: each.passages for name, each in near.items()} | words.rankings,
        {name: each.passage_cosine for name, each in near.items()},
        {name: each.asks for name, each in near.items()},
        {name: each.statements for name, each in near.items() if each.statements.size} | words.statements,
        {name: each.vector for name, each in near.items()},
    )


def asks_of(knowledge: Knowledge) -> tuple[str, ...]:
    """The asks in the order in which their vectors are kept."""
    topics = [ask for topic in knowledge.topics for ask in topic.all_asks]
    details = [ask for detail in knowledge.details for asks in detail.asks.values() for ask in asks]
    return (*topics, *details, *(ask for aside in knowledge.asides for ask in aside.asks))


def current_build(index: Path) -> Path | None:
    """The folder of the build that answers, if there is one."""
    try:
        build = index / (index / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return build if build.is_dir() and build != index else None


def read_manifest(build: Path) -> Manifest:
    """The manifest of a build; raises IndexMismatch when it is damaged or of another format."""
    try:
        manifest = _MANIFEST.validate_json((build / "manifest.json").read_bytes())
    except (OSError, ValidationError, ValueError) as fault:
        raise IndexMismatch(f"the index in {build.parent} is damaged; {_rebuild(build.parent)}") from fault
    if manifest.format != FORMAT:
        raise IndexMismatch(
            f"the index in {build.parent} has format {manifest.format}, not {FORMAT}; {_rebuild(build.parent)}"
        )
    return manifest


def encoded_statements(store: Store) -> tuple[tuple[str, Statement], ...]:
    """Every (source id, statement) whose vector an index keeps: all of a small corpus, none of a large one."""
    if len(store.passages) > STATEMENTS_UP_TO:
        return ()
    return tuple(
        (source_id, found) for source_id, document in store.documents.items() for found in statements(document)
    )


def encoded_texts(store: Store) -> dict[str, list[str]]:
    """What an index has encoded, by collection."""
    return {
        "passages": [embedding_text(store.documents, passage) for passage in store.passages],
        "statements": [statement_text(store.documents[source], found) for source, found in encoded_statements(store)],
        "asks": list(asks_of(store.knowledge)),
    }


def open_index(index: Path, encoders: Sequence[Encoder]) -> Index:
    """Open the current build; raises IndexMissing, or IndexMismatch with the command that mends it."""
    build = current_build(index)
    if build is None:
        raise IndexMissing(f"there is no index in {index}; {_rebuild(index)}")
    manifest = read_manifest(build)
    wanted = tuple((encoder.name, encoder.version) for encoder in encoders)
    if manifest.encoders != wanted:
        raise IndexMismatch(
            f"the index in {index} was built with {_named(manifest.encoders)}, but here are {_named(wanted)}; "
            f"{_rebuild(index)}"
        )
    if damaged := damaged_file(build, manifest):
        raise IndexMismatch(f"the index in {index} is damaged: {damaged} is cut off or gone; {_rebuild(index)}")
    try:
        store = _STORE.validate_json((build / "store.json").read_bytes())
        lexicon = Lexicon.load(build / "lexicon")
        searcher = load_searcher(build / "chroma", encoders, encoded_texts(store))
        return Index(store, manifest, lexicon, searcher, Learned.load(build))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:
        # Chroma's engine panics on some damaged files, outside of Exception. Whatever a library makes of damaged
        # files, for people it is one thing: build the index anew.
        raise IndexMismatch(
            f"the index in {index} can't be opened ({join_words(str(fault))}); {_rebuild(index)}"
        ) from fault


def damaged_file(build: Path, manifest: Manifest) -> str:
    """The name of a file that is smaller than when it was written, or gone; empty if all are whole."""
    for name, size in manifest.files:
        path = build / name
        if not path.exists() or path.stat().st_size < size:
            return name
    return ""


def write_build(
    build: Path,
    store: Store,
    manifest: Manifest,
    vectors: Mapping[str, Mapping[str, Vectors]],
    learned: Learned,
) -> None:
    """Write a whole build; `vectors` holds, by encoder name and collection, those of `encoded_texts`."""
    texts = encoded_texts(store)
    (build / "store.json").write_bytes(_STORE.dump_json(store))
    Lexicon.build(texts["passages"]).save(build / "lexicon")
    write_vectors(build / "chroma", texts, vectors)
    learned.save(build)
    files = [(path.relative_to(build).as_posix(), path.stat().st_size) for path in sorted(build.rglob("*"))]
    whole = replace(manifest, files=tuple((name, size) for name, size in files if (build / name).is_file()))
    (build / "manifest.json").write_bytes(_MANIFEST.dump_json(whole, indent=1))


def embedding_text(documents: Mapping[str, Document], passage: Passage) -> str:
    """What is encoded for a passage: its document's title, the headings and list heads it stands under, its words."""
    title = documents[passage.source_id].source.title
    headings = [heading for heading in passage.headings if not passage.text.startswith(heading)]
    return "\n".join(dict.fromkeys([title, *headings, *passage.leads, passage.text]))


def statement_text(document: Document, statement: Statement) -> str:
    """What is encoded for a statement: the same context, and its words."""
    leads = [document.text[lead.start : lead.end] for lead in statement.leads]
    words = document.text[statement.start : statement.end]
    return "\n".join(dict.fromkeys([document.source.title, *statement.headings, *leads, words]))


def _named(encoders: Sequence[tuple[str, str]]) -> str:
    return " and ".join(f"{name} ({version})" for name, version in encoders) or "no encoder"


def _rebuild(index: Path) -> str:
    return f"build it with: python -m ingest --index {index}"


_MANIFEST = TypeAdapter(Manifest)
_STORE = TypeAdapter(Store)
