"""What is asked -> passages, ranked statements, and how sure we are that the documents answer it.

The tuned numbers were fitted on evals/cases/dev.jsonl; evals/results/README.md keeps the tables.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from assistant.library import Library, Place
from assistant.meaning import Likely
from assistant.understand import Asked
from ingest.embed import Vectors
from ingest.index import BM25, Found, Index, Search, embedding_text, statement_text
from ingest.joined import side_by_side
from ingest.lexical import Lexicon
from ingest.records import Hit, Statement
from ingest.rerank import Reranker
from ingest.unsaid import Unsaid

_NONE = np.zeros(0, dtype=np.float32)
Item = TypeVar("Item", bound=Hashable)

# Passages in one ranking.
DEPTH = 100
# Passages, and statements, that an optional cross-encoder reads: each costs it many times what a search costs.
RERANKED = 30
# Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). 60 is the authors' constant, for passages; statements
# are few and the first ranks tell most: k = 10 gave 0.83 at three statements, 60 gave 0.80.
PASSAGE_K = 60
STATEMENT_K = 10
# Asks of the library weigh double: 1 gave 0.83 of development questions passing at four statements, 2 and 3 0.87.
ASK_WEIGHT = 2.0
# Statements of a large corpus are ranked within its best passages only.
STATEMENT_PASSAGES = 12
# How much the best statement of a passage counts beside the passage's own rankings. 242 development cases, the right
# passage among three, and mean reciprocal rank: 3 0.89 and 0.76, 8 0.93 and 0.82, 16 0.94 and 0.86, 24 0.94 and 0.87;
# 330 questions in seven other languages about 488 passages, among three: 0.82, 0.84, 0.85 and 0.85.
HIT_STATEMENT_WEIGHT = 16.0
# The same where statements are not encoded but ranked by their words. 202 follow-ups about 3,078 passages, among three,
# and mean reciprocal rank: 0 0.93 and 0.88, 3 0.94 and 0.89, 8 0.94 and 0.88, 16 0.92 and 0.86.
HIT_WORDS_WEIGHT = 3.0
# A question this near to an ask (encoder 1) is almost that ask; its topic's statements rise by up to this share of the
# best score. Development cases: a right source first 0.74 -> 0.76, among those shown 0.89 -> 0.91; twice it loses both.
NEAR_EXACT = 0.7
NEAR_EXACT_SHARE = 0.6
_NEAR_EXACT_TOPICS = 3
# A part of a question ("and what about rides") is told with the whole question at this weight, which names the subject.
WHOLE_WEIGHT = 0.5
# After another turn, so many words that someone has written down as a question are one by themselves.
WHOLE_QUESTION_WORDS = 4
# A second and third statement of one entry stand behind its first: by this much of a cosine.
STEP_DOWN = 0.01


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may answer, with its fused score."""

    source_id: str
    statement: Statement
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the question is likely about, and how near it is to any ask and to any words of the documents.

    Cosines are by encoder 1 (`english`) and by the multilingual one (`other`); 0 where there is none to compare with.
    """

    likely: Likely
    """What is meant, by the question and the turns that it leans on."""
    own: Likely
    """By the question alone."""
    parts: tuple[Likely, ...]
    """By each part of the question alone, where it has several."""
    unsaid_words: float | None
    """How much the question's words ask for what no document says (log odds); None where that can't be told."""
    unsaid_meaning: float | None
    """The same by what it means."""
    asked_most: float
    """How likely the likeliest entry is, where it is marked as asked most; else 0."""
    unknown_words: int
    """How many content words of the question stand in no document, update, or ask that is answered."""
    english_ask: float
    other_ask: float
    english_support: float
    """Of the nearest statement, or passage where statements are not encoded."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """`hits` and `candidates` best first."""

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    evidence: Evidence


def retrieve(asked: Asked, index: Index, library: Library, reranker: Reranker | None = None) -> Retrieved:
    """Search with each text of `asked`, fuse by rank, and weigh what the library says of the question."""
    found = index.search(_searches(asked, index), DEPTH, asked.language)
    weighted = [(each, weight) for each, (_, weight) in zip(found, asked.searches, strict=False)]
    passages = _passage_scores(index, asked, weighted)
    statements = _statement_scores(library, weighted)
    # Encoded statements lift their passages by this order, in which passages do not count yet. By the final one mean
    # reciprocal rank is 0.85 instead of 0.86 on 242 development cases, and 0.85 instead of 0.88 of 330 questions in
    # seven other languages find their passage among five.
    by_statement = _best_first(statements)
    inside = [place for at in _best_first(passages)[:STATEMENT_PASSAGES] for place in library.statements_in(index, at)]
    by_passage = inside if index.statements else _by_shared_words(index, asked.standalone, inside)
    _add(statements, by_passage, STATEMENT_K, sum(weight for _, weight in weighted))
    if asked.is_english:
        _lift_near_exact(statements, index, library, found[0])
    best = _best_first(statements)
    candidates = tuple(Candidate(*place, statements[place]) for place in best)
    hits = _hits(index, library, passages, by_statement if index.statements else best)
    if reranker:
        hits, candidates = _reordered(asked.standalone, hits, candidates, index, reranker)
    return Retrieved(hits, candidates, _evidence(index, library, asked, found))


def _reordered(
    question: str, hits: tuple[Hit, ...], candidates: tuple[Candidate, ...], index: Index, reranker: Reranker
) -> tuple[tuple[Hit, ...], tuple[Candidate, ...]]:
    """The first of each in the cross-encoder's order; the scores stay at their places, so they still fall."""
    texts = [embedding_text(index.documents, hit.passage) for hit in hits[:RERANKED]]
    texts += [statement_text(index.documents[one.source_id], one.statement) for one in candidates[:RERANKED]]
    scores = reranker.scores(question, texts) if texts else _NONE
    of_hits, of_candidates = (np.argsort(-part, kind="stable") for part in np.split(scores, [len(hits[:RERANKED])]))
    first = (replace(hits[at], score=hits[place].score) for place, at in enumerate(of_hits))
    said = (replace(candidates[at], score=candidates[place].score) for place, at in enumerate(of_candidates))
    return (*first, *hits[RERANKED:]), (*said, *candidates[RERANKED:])


def _searches(asked: Asked, index: Index) -> list[Search]:
    """Which ranker reads what. English: all read the whole question, its parts are left to the quick ones.

    Other languages: only the multilingual encoder, where there is one; fusing the English ones in halves recall there
    (Korean questions, recall@5 0.73 by E5 alone, 0.18 by all three).
    """
    multilingual = tuple(encoder.name for encoder in index.encoders if encoder.is_multilingual)
    quick = (BM25, *(encoder.name for encoder in index.encoders if not encoder.is_multilingual))
    texts = [text for text, _ in asked.searches]
    if not asked.is_english and multilingual:
        return [Search(text, multilingual) for text in texts]
    whole, *parts = texts
    return [Search(whole, quick + multilingual), *(Search(part, quick + multilingual) for part in parts)]


def _passage_scores(index: Index, asked: Asked, weighted: Sequence[tuple[Found, float]]) -> dict[int, float]:
    """By the whole question, with and without the turns before it.

    Its parts choose statements only: counted here too, mean reciprocal rank falls from 0.86 to 0.84 on 242 development
    cases, and from 0.89 to 0.88 on 202 follow-ups about 3,078 passages.
    """
    scores: dict[int, float] = defaultdict(float)
    for found, weight in weighted[: asked.own_search + 1]:
        for ranking in found.rankings.values():
            _add(scores, ranking, PASSAGE_K, weight)
    if asked.recalled and asked.is_english:
        # As much as the turns before. Mean reciprocal rank without it and with it: those follow-ups 0.877 and 0.886
        # (with the question alone, without the answer's words, 0.862), development cases 0.859 both, and put after an
        # unrelated question 0.850 and 0.868.
        _, weight = asked.searches[0]
        _add(scores, index.word_ranking(asked.recalled, DEPTH), PASSAGE_K, weight)
    return scores


def _add(scores: dict[Item, float], ranking: Iterable[Item], k: int, weight: float) -> None:
    for rank, item in enumerate(ranking, 1):
        scores[item] += weight / (k + rank)


def _best_first(scores: dict[Item, float]) -> list[Item]:
    return [item for item, _ in sorted(scores.items(), key=lambda each: -each[1])]


def _statement_scores(library: Library, weighted: Sequence[tuple[Found, float]]) -> dict[Place, float]:
    scores: dict[int, float] = defaultdict(float)
    for found, weight in weighted:
        for asks in found.asks.values():
            _add(scores, _ask_ranking(library, asks), STATEMENT_K, weight * ASK_WEIGHT)
        for nearness in found.statements.values():
            _add(scores, np.argsort(-nearness, kind="stable")[:DEPTH].tolist(), STATEMENT_K, weight)
    return defaultdict(float, {library.statements[number]: score for number, score in scores.items()})


def _lift_near_exact(scores: dict[Place, float], index: Index, library: Library, found: Found) -> None:
    """Raise the statements of topics that the question all but asks for in the library's own words."""
    english = next((encoder.name for encoder in index.encoders if not encoder.is_multilingual), "")
    if english not in found.asks or not scores:
        return
    nearness, _ = library.nearness(found.asks[english])
    best = max(scores.values())
    for at in np.argsort(-nearness)[:_NEAR_EXACT_TOPICS]:
        lift = best * NEAR_EXACT_SHARE * (float(nearness[at]) - NEAR_EXACT) / (1 - NEAR_EXACT)
        for step, number in enumerate(library.quoted[at]):
            scores[library.statements[number]] += max(0.0, lift) * 0.9**step


def _ask_ranking(library: Library, asks: Vectors) -> list[int]:
    """Numbers of statements by how near the question is to an ask of an entry that quotes them."""
    nearness, _ = library.nearness(asks)
    best: dict[int, float] = {}
    for at in np.argsort(-nearness)[:DEPTH]:
        near = float(nearness[at])
        for step, number in enumerate(library.quoted[at]):
            best[number] = max(best.get(number, -1.0), near - STEP_DOWN * step)
    return _best_first(best)


def _by_shared_words(index: Index, question: str, places: list[Place]) -> list[Place]:
    """`places` by the words they share with the question, those that share none last."""
    if not places:
        return []
    texts = [statement_text(index.documents[source_id], statement) for source_id, statement in places]
    order = np.argsort(-Lexicon.build(texts).scores(question), kind="stable")
    return [places[at] for at in order]


def _hits(index: Index, library: Library, passages: dict[int, float], statements: Sequence[Place]) -> tuple[Hit, ...]:
    """Passages by their own rankings and by the best statement in each."""
    scores: dict[int, float] = defaultdict(float, passages)
    holding = [library.passage_of(*place) for place in statements[:DEPTH]]
    weight = HIT_STATEMENT_WEIGHT if index.statements else HIT_WORDS_WEIGHT
    _add(scores, dict.fromkeys(at for at in holding if at is not None), PASSAGE_K, weight)
    return tuple(Hit(index.passages[at], scores[at]) for at in _best_first(scores)[:DEPTH])


def _evidence(index: Index, library: Library, asked: Asked, all_found: Sequence[Found]) -> Evidence:
    found = all_found[0]
    english = next((encoder.name for encoder in index.encoders if not encoder.is_multilingual), "")
    other = next((encoder.name for encoder in index.encoders if encoder.is_multilingual), "")
    weighed = [(each, weight) for each, (_, weight) in zip(all_found, asked.searches, strict=True)]
    first_part = asked.own_search + 1
    whole = weighed[asked.own_search][0]
    is_whole = asked.own_search == 0 or len(asked.read.split()) >= WHOLE_QUESTION_WORDS
    said = library.meanings.in_so_many_words(asked.read) if is_whole else None
    likely = said or library.meanings.likely(weighed[:first_part])
    unsaid = index.learned.unsaid if asked.is_english and whole.vectors else None
    subject = max(library.entries, key=lambda entry: likely.topics.get(entry.id, 0.0), default=None)
    unsaid_words, unsaid_meaning = _unsaid(unsaid, index, asked, weighed[:first_part]) if unsaid else (None, None)
    return Evidence(
        likely,
        said or library.meanings.likely(weighed[asked.own_search : first_part]),
        tuple(library.meanings.likely([(part, 1.0), (whole, WHOLE_WEIGHT)]) for part, _ in weighed[first_part:]),
        unsaid_words,
        unsaid_meaning,
        likely.topics.get(subject.id, 0.0) if subject and subject.often else 0.0,
        library.unknown_words(asked.point),
        library.nearest_topic(found.asks.get(english, _NONE)),
        library.nearest_topic(found.asks.get(other, _NONE)),
        _support(found, english),
    )


def _unsaid(unsaid: Unsaid, index: Index, asked: Asked, weighed: Sequence[tuple[Found, float]]) -> tuple[float, float]:
    """By words and by meaning, of the question with and without the turns before it."""
    texts = (*(text for text, _ in asked.searches[: asked.own_search]), asked.point)
    total = sum(weight for _, weight in weighed)
    rows = [(side_by_side(index.encoders, found.vectors), weight / total) for found, weight in weighed]
    return (
        sum(unsaid.by_words(text) * weight for text, (_, weight) in zip(texts, rows, strict=True)),
        sum(unsaid.by_meaning(row) * weight for row, weight in rows),
    )


def _support(found: Found, encoder: str) -> float:
    return _best(found.statements.get(encoder)) or found.passage_cosines.get(encoder, 0.0)


def _best(cosines: Vectors | None) -> float:
    return float(cosines.max()) if cosines is not None and cosines.size else 0.0
