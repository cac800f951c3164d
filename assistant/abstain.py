"""How likely it is that no document answers a question: a calibrated score of a few signs.

The weights were fitted on evals/cases/dev.jsonl and dev2.jsonl with `python -m evals abstention`, which also draws the
risk-coverage curve from which the threshold was read (evals/results/abstention.csv).
"""

from dataclasses import astuple
from math import exp, log

from assistant.answer import Signs
from assistant.retrieve import Evidence
from ingest.knowledge import Gap

# The weight of each of `Signs`, in order, and the offset.
WEIGHTS = (0.41, 1.26, 0.67, 0.66, 0.89)
OFFSET = -0.4
# Above it a question is not answered as if it were.
THRESHOLD = 0.45
# In other languages the words can't be read that way: a gap must be the likeliest by itself.
GAP_SHARE_OTHER = 0.5
_LEAST_SHARE = 1e-3
_MOST_UNKNOWN = 3


def signs(evidence: Evidence, gap: Gap | None, *, lacks_kind: bool) -> Signs:
    """The signs of one question; those by words and place are 0 where they can't be told."""
    share = evidence.likely.topics.get(gap.id, 0.0) if gap else 0.0
    odds = log((share + _LEAST_SHARE) / (1 - share + _LEAST_SHARE))
    unknown = float(min(evidence.unknown_words, _MOST_UNKNOWN))
    return Signs(odds, evidence.unsaid_words or 0.0, evidence.unsaid_place or 0.0, float(lacks_kind), unknown)


def unanswered(found: Signs) -> float:
    """The probability that no document answers."""
    return 1 / (1 + exp(-OFFSET - sum(weight * sign for weight, sign in zip(WEIGHTS, astuple(found), strict=True))))
