"""What is asked -> passages, ranked statements, and how sure we are that the documents answer it.

The tuned numbers were fitted on evals/cases/dev.jsonl; evals/results/README.md keeps the tables.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from assistant.library import Library, Place
from assistant.understand import Asked
from ingest.embed import Vectors
from ingest.index import BM25, Found, Index, Search, statement_text
from ingest.knowledge import Gap
from ingest.lexical import Lexicon
from ingest.records import Hit, Statement

_NONE = np.zeros(0, dtype=np.float32)
Item = TypeVar("Item", bound=Hashable)

# Passages in one ranking.
DEPTH = 100
# Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009). 60 is the authors' constant, for passages; statements
# are few and the first ranks tell most: k = 10 gave 0.83 at three statements, 60 gave 0.80.
PASSAGE_K = 60
STATEMENT_K = 10
# Asks of the library weigh double: 1 gave 0.83 of development questions passing at four statements, 2 and 3 0.87.
ASK_WEIGHT = 2.0
# Statements of a large corpus are ranked within its best passages only.
STATEMENT_PASSAGES = 12
# How much the best statement of a passage counts beside the passage's own three rankings.
HIT_STATEMENT_WEIGHT = 3.0
# Multilingual E5's cosines lie close together; spread by 3 they tell gaps from answered topics best beside encoder 1's.
MULTILINGUAL_SPREAD = 3.0
# The name of a program pulls a question to answered topics: "copay in a Medi-Medi Plan?" is a gap without it. So the
# vote is also taken without names, by encoder 1 alone, spread to the scale of both; the surer vote counts.
# Development cases: AUROC 0.90 as asked, 0.91 without names, 0.94 by the surer.
BARE_SPREAD = 1.6
# What shared words add to the cosines at most. Telling gaps from answered topics, AUROC on development cases and on 40
# pairs of questions a word apart: without 0.94 and 0.74, with 0.2 0.95 and 0.76, with 0.4 0.94 and 0.77.
SHARED_WORDS = 0.2
# A question this near to an ask (encoder 1) is almost that ask; its topic's statements rise by up to this share of the
# best score. Development cases: a right source first 0.74 -> 0.76, among those shown 0.89 -> 0.91; twice it loses both.
NEAR_EXACT = 0.7
NEAR_EXACT_SHARE = 0.6
_NEAR_EXACT_TOPICS = 3
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
    """How near the question is to known gaps, to any ask, and to any words of the documents.

    Cosines are by encoder 1 (`english`) and by the multilingual one (`other`); 0 where there is none to compare with.
    """

    gap: Gap | None
    """The gap nearest to the question."""
    gap_vote: float
    """From -1 (only answered topics are near) to 1 (only gaps are)."""
    gap_share: float
    """That gap's own share of the vote, 0 to 1."""
    aside_votes: Mapping[str, float]
    """By kind of aside (an emergency, say), its share of the vote of the nearest asks."""
    entry_votes: Mapping[str, float]
    """By entry, its share of the vote of the nearest asks, over all texts that were searched with."""
    part_votes: tuple[Mapping[str, float], ...]
    """The same for each part of the question by itself, where it has several."""
    english_ask: float
    other_ask: float
    english_support: float
    other_support: float
    """Of the nearest statement, or passage where statements are not encoded."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """`hits` and `candidates` best first."""

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    evidence: Evidence


def retrieve(asked: Asked, index: Index, library: Library) -> Retrieved:
    """Search with each text of `asked`, fuse by rank, and weigh what the library says of the question."""
    found = index.search(_searches(asked, index), DEPTH)
    weighted = [(each, weight) for each, (_, weight) in zip(found, asked.searches, strict=False)]
    passages: dict[int, float] = defaultdict(float)
    for each, weight in weighted:
        for ranking in each.rankings.values():
            _add(passages, ranking, PASSAGE_K, weight)
    statements = _statement_scores(index, library, weighted)
    inside = [place for at in _best_first(passages)[:STATEMENT_PASSAGES] for place in library.statements_in(index, at)]
    by_passage = inside if index.statements else _by_shared_words(index, asked.standalone, inside)
    _add(statements, by_passage, STATEMENT_K, sum(weight for _, weight in weighted))
    if asked.is_english:
        _lift_near_exact(statements, index, library, found[0])
    candidates = tuple(Candidate(*place, statements[place]) for place in _best_first(statements))
    return Retrieved(_hits(index, library, passages, candidates), candidates, _evidence(index, library, asked, found))


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
    bare = [Search(asked.bare, tuple(quick[1:]))] if asked.bare and quick[1:] else []
    return [Search(whole, quick + multilingual), *(Search(part, quick) for part in parts), *bare]


def _add(scores: dict[Item, float], ranking: Iterable[Item], k: int, weight: float) -> None:
    for rank, item in enumerate(ranking, 1):
        scores[item] += weight / (k + rank)


def _best_first(scores: dict[Item, float]) -> list[Item]:
    return sorted(scores, key=lambda item: -scores[item])


def _statement_scores(index: Index, library: Library, weighted: Sequence[tuple[Found, float]]) -> dict[Place, float]:
    scores: dict[Place, float] = defaultdict(float)
    for found, weight in weighted:
        for asks in found.asks.values():
            _add(scores, _ask_ranking(library, asks), STATEMENT_K, weight * ASK_WEIGHT)
        for nearness in found.statements.values():
            order = np.argsort(-nearness, kind="stable")[:DEPTH]
            _add(scores, [index.statements[at] for at in order], STATEMENT_K, weight)
    return scores


def _lift_near_exact(scores: dict[Place, float], index: Index, library: Library, found: Found) -> None:
    """Raise the statements of topics that the question all but asks for in the library's own words."""
    english = next((encoder.name for encoder in index.encoders if not encoder.is_multilingual), "")
    if english not in found.asks or not scores:
        return
    nearness, _ = library.nearness(found.asks[english])
    best = max(scores.values())
    for at in np.argsort(-nearness)[:_NEAR_EXACT_TOPICS]:
        lift = best * NEAR_EXACT_SHARE * (float(nearness[at]) - NEAR_EXACT) / (1 - NEAR_EXACT)
        for step, place in enumerate(library.places[at]):
            scores[place] += max(0.0, lift) * 0.9**step


def _ask_ranking(library: Library, asks: Vectors) -> list[Place]:
    """Statements by how near the question is to an ask of an entry that quotes them."""
    nearness, _ = library.nearness(asks)
    best: dict[Place, float] = {}
    for at in np.argsort(-nearness)[:DEPTH]:
        for step, place in enumerate(library.places[at]):
            best[place] = max(best.get(place, -1.0), float(nearness[at]) - STEP_DOWN * step)
    return _best_first(best)


def _by_shared_words(index: Index, question: str, places: list[Place]) -> list[Place]:
    """`places` by the words they share with the question, those that share none last."""
    if not places:
        return []
    texts = [statement_text(index.documents[source_id], statement) for source_id, statement in places]
    order = np.argsort(-Lexicon.build(texts).scores(question), kind="stable")
    return [places[at] for at in order]


def _hits(
    index: Index, library: Library, passages: dict[int, float], candidates: Sequence[Candidate]
) -> tuple[Hit, ...]:
    """Passages by their own rankings and by the best statement in each."""
    scores: dict[int, float] = defaultdict(float, passages)
    holding = [library.passage_of(candidate.source_id, candidate.statement) for candidate in candidates[:DEPTH]]
    _add(scores, dict.fromkeys(at for at in holding if at is not None), PASSAGE_K, HIT_STATEMENT_WEIGHT)
    return tuple(Hit(index.passages[at], scores[at]) for at in _best_first(scores)[:DEPTH])


def _evidence(index: Index, library: Library, asked: Asked, all_found: Sequence[Found]) -> Evidence:
    found = all_found[0]
    english = next((encoder.name for encoder in index.encoders if not encoder.is_multilingual), "")
    other = next((encoder.name for encoder in index.encoders if encoder.is_multilingual), "")
    own = all_found[asked.own_search]
    spread = {english: 1.0 if asked.is_english or not other else 0.0, other: MULTILINGUAL_SPREAD}
    asks = _topic_asks(found, spread)
    gap, vote, share = library.gap_vote(asks)
    if len(all_found) > len(asked.searches):
        bare = library.gap_vote(_topic_asks(all_found[-1], spread))
        gap, vote, share = max((gap, vote, share), bare, key=lambda each: each[1])
    return Evidence(
        gap,
        vote,
        share,
        library.aside_votes(_spread_asks(own, spread)),
        _entry_votes(library, asked.searches, all_found, spread),
        tuple(_entry_votes(library, [(part, 1.0)], [found], spread) for part, found in _parts(asked, all_found)),
        library.nearest_topic(found.asks.get(english, _NONE)),
        library.nearest_topic(found.asks.get(other, _NONE)),
        _support(found, english),
        _support(found, other),
    )


def _parts(asked: Asked, all_found: Sequence[Found]) -> list[tuple[str, Found]]:
    """The parts of the question with what each found: the searches after the question by itself."""
    first = asked.own_search + 1
    texts = [text for text, _ in asked.searches]
    return list(zip(texts, all_found, strict=False))[first:]


def _entry_votes(
    library: Library,
    searches: Sequence[tuple[str, float]],
    all_found: Sequence[Found],
    spread: Mapping[str, float],
) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for found, (_, weight) in zip(all_found, searches, strict=False):
        for entry_id, share in library.entry_votes(_topic_asks(found, spread)).items():
            votes[entry_id] += weight * share
    return votes


def _spread_asks(found: Found, spread: Mapping[str, float]) -> Vectors:
    """The cosines of all asks by the encoders that read the text, added up; one alone is spread to both's scale."""
    used = [weight * found.asks[name] for name, weight in spread.items() if weight and name in found.asks]
    both = sum(1 for weight in spread.values() if weight) > 1
    scale = BARE_SPREAD if both and len(used) == 1 else 1.0
    return np.asarray(scale * np.sum(used, axis=0) if used else _NONE, dtype=np.float32)


def _topic_asks(found: Found, spread: Mapping[str, float]) -> Vectors:
    """The same, and for English a little for the words that ask and question share."""
    asks = _spread_asks(found, spread)
    return asks + SHARED_WORDS * found.shared_words if asks.size and found.shared_words.size else asks


def _support(found: Found, encoder: str) -> float:
    return _best(found.statements.get(encoder)) or found.passage_cosines.get(encoder, 0.0)


def _best(cosines: Vectors | None) -> float:
    return float(cosines.max()) if cosines is not None and cosines.size else 0.0
