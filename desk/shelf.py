"""All that can be found at the desk, of one open index: by exact words at once, by meaning when typing pauses."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from threading import Lock

from assistant.library import Library, Place
from assistant.retrieve import retrieve
from assistant.understand import understand
from desk.items import (
    Item,
    of_entry,
    of_gap,
    of_passage,
    of_statement,
    of_term,
    of_update,
    searched_statement,
    searched_text,
)
from desk.words import Vocabulary
from ingest.index import BM25, Index, Search, embedding_text
from ingest.lexical import Lexicon

# What one search looks at; in a larger corpus the counts beside filters are of the best so many.
DEPTH = 500
# Of what a question means only what is likely, or everything would be found by everything.
_MEANT_TOPICS = 6
_MIN_TOPIC_SHARE = 0.05
_MEANT_PLACES = 12
_SURE_SHARE = 0.5
# Reciprocal rank fusion, as in assistant/retrieve.py: few items, and the first ranks tell most.
_K = 10


class Shelf:
    """Items by their position: first the library's, then statements of documents, or passages of a large corpus."""

    def __init__(self, index: Index, library: Library) -> None:
        self.index, self.library = index, library
        known = index.knowledge
        self._own: Sequence[Item] = (
            *(of_entry(index, entry) for entry in known.entries),
            *(of_gap(index, gap) for gap in known.gaps),
            *(of_update(index, update) for update in known.updates),
            *(of_term(index, term) for term in known.terms),
        )
        places: Sequence[Place] = index.statements
        self._texts = [searched_text(index, item) for item in self._own]
        self._texts += [searched_statement(index, *place) for place in places]
        self._lexicon = Lexicon.build(self._texts) if self._texts else None
        self.vocabulary = Vocabulary(self._texts)
        self._made: dict[int, Item] = {}
        self._lock = Lock()
        self._topics = {item.id: at for at, item in enumerate(self._own[: len(known.topics)])}
        begin = len(self._own)
        self._places = {place: begin + at for at, place in enumerate(places)}
        self._passages = {} if places else {each.id: begin + at for at, each in enumerate(index.passages)}

    def __len__(self) -> int:
        return len(self._own) + (len(self.index.statements) or len(self.index.passages))

    def item(self, at: int) -> Item:
        """The item at a position; those of documents are made at first use."""
        if at < len(self._own):
            return self._own[at]
        with self._lock:
            if at not in self._made:
                self._made[at] = self._of_document(at - len(self._own))
            return self._made[at]

    def text(self, at: int) -> str:
        """What is searched of the item at a position."""
        if at < len(self._texts):
            return self._texts[at]
        passage = self.index.passages[at - len(self._own)]
        return embedding_text(self.index.documents, passage)

    def all(self) -> Iterator[int]:
        """The first positions, as many as one search looks at."""
        return iter(range(min(len(self), max(DEPTH, len(self._own) + len(self.index.statements)))))

    def by_words(self, text: str) -> list[int]:
        """Positions by BM25, best first."""
        own = [at for at, _ in self._lexicon.search(text, DEPTH)] if self._lexicon else []
        if self.index.statements:
            return own
        (found,) = self.index.search([Search(text, (BM25,))], DEPTH)
        return fused(own, [len(self._own) + at for at in found.rankings[BM25]])

    def by_meaning(self, question: str) -> tuple[list[int], list[int]]:
        """The position of what the question means for sure, if anything; and positions by what it may mean, best first.

        For sure: likelier than all else together.
        """
        asked = understand(question, (), self.index.knowledge, self.library.spelling)
        found = retrieve(asked, self.index, self.library)
        likely = sorted(found.evidence.likely.topics.items(), key=lambda each: -each[1])[:_MEANT_TOPICS]
        topics = [self._topics[topic] for topic, share in likely if share >= _MIN_TOPIC_SHARE]
        places = [self._places[each.source_id, each.statement] for each in found.candidates] if self._places else []
        passages = [self._passages[hit.passage.id] for hit in found.hits] if self._passages else []
        sure = topics[:1] if likely and likely[0][1] > _SURE_SHARE else []
        return sure, fused(topics, (places or passages)[:_MEANT_PLACES])

    def _of_document(self, at: int) -> Item:
        if self.index.statements:
            return of_statement(self.index, *self.index.statements[at])
        return of_passage(self.index, self.index.passages[at])


def fused(*rankings: Sequence[int]) -> list[int]:
    """Several rankings as one, by reciprocal rank."""
    scores: dict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, at in enumerate(ranking, 1):
            scores[at] += 1 / (_K + rank)
    return sorted(scores, key=lambda at: -scores[at])
