"""How well the right passages were found: recall, reciprocal rank and discounted gain, by gold quote or document.

A case has one or more needs. Any gold meets the single need of most kinds; for the kinds multi and conflict
each gold is a need of its own.
"""

from math import log2
from pathlib import PurePath

from evals.case import Case
from evals.ground import Ground
from evals.outcomes import Outcome
from evals.statistics import Undefined, Value
from evals.text import share_held, words

DEPTHS = (1, 3, 5, 10, 20)
_CUT = 10
# A hit holds a quote when it holds at least this share of its words in order: splitters may lose a list marker.
_HELD = 0.8


def first_ranks(case: Case, outcome: Outcome) -> tuple[int | None, ...]:
    """For each need, the rank from 1 of the first of 20 hits that meets it; no needs without gold."""
    if case.gold:
        ranks = [_first_hit(gold.file, gold.quote, outcome) for gold in case.gold]
    else:
        # Documents are ranked by their best hit.
        documents = list(dict.fromkeys(PurePath(hit.file).stem for hit in outcome.hits))
        ranks = [documents.index(gold) + 1 if gold in documents else None for gold in case.gold_doc_ids]
    if case.needs_each_gold or not ranks:
        return tuple(ranks)
    return (min((rank for rank in ranks if rank), default=None),)


def recall_at(depth: int, case: Case, outcome: Outcome) -> Value:
    """The share of needs met among the first `depth` hits."""
    ranks = first_ranks(case, outcome)
    if not ranks:
        return Undefined("no gold")
    return sum(rank is not None and rank <= depth for rank in ranks) / len(ranks)


def reciprocal_rank(case: Case, outcome: Outcome) -> Value:
    """One over the rank of the first of 10 hits that meets any need, else 0."""
    ranks = first_ranks(case, outcome)
    if not ranks:
        return Undefined("no gold")
    best = min((rank for rank in ranks if rank), default=None)
    return 1 / best if best and best <= _CUT else 0.0


def discounted_gain(case: Case, outcome: Outcome) -> Value:
    """nDCG@10: each need gains once, at its first hit; the ideal meets one a rank (at most 1: a hit may meet two)."""
    ranks = first_ranks(case, outcome)
    if not ranks:
        return Undefined("no gold")
    gain = sum(1 / log2(1 + rank) for rank in ranks if rank and rank <= _CUT)
    ideal = sum(1 / log2(1 + rank) for rank in range(1, min(len(ranks), _CUT) + 1))
    return min(1.0, gain / ideal)


def gold_held(case: Case, outcome: Outcome, ground: Ground) -> Value:
    """The share of golds that the documents hold; a gold that ingest lost can't be found, and is an ingest fault."""
    if not ground.texts:
        return Undefined("document texts not kept")
    if case.gold:
        held = [_run_of(gold.quote) in _run_of(ground.texts.get(gold.file, "")) for gold in case.gold]
    else:
        stems = {PurePath(file).stem for file in ground.texts}
        held = [gold in stems for gold in case.gold_doc_ids]
    return sum(held) / len(held) if held else Undefined("no gold")


def _first_hit(file: str, quote: str, outcome: Outcome) -> int | None:
    for rank, hit in enumerate(outcome.hits[: DEPTHS[-1]], 1):
        if hit.file == file and share_held(quote, hit.text) >= _HELD:
            return rank
    return None


def _run_of(text: str) -> str:
    """The words of a text alone, since the reader mends what text extraction did to hyphens and white space."""
    return f" {' '.join(words(text))} "
