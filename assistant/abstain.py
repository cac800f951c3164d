"""How likely it is that no document answers a question: a calibrated score of a few signs.

The weights were fitted on the 269 English questions of evals/cases/dev.jsonl that are on the subject (58 unanswered)
with `python -m evals abstention`: AUROC 0.96, each told by models fitted without it; by the likeliest gap's share alone
0.81. The risk-coverage curve is in evals/results/dev/abstention.csv.
"""

from dataclasses import astuple
from math import exp, log

from assistant.answer import Signs
from assistant.retrieve import Evidence
from ingest.knowledge import Gap

# The weight of each of `Signs`, in order, and the offset.
WEIGHTS = (0.14, 0.96, 0.49, 0.8, 0.25, -1.73)
OFFSET = -1.66
# Development cases refused rightly, wrongly: 0.45 0.86 and 0.03, 0.5 0.86 and 0.03, 0.55 0.81 and 0.02; refusals that
# are right 0.88, 0.89, 0.92. Of 40 pairs of questions a few words apart 35 of the answered ones are answered at each,
# and 28, 26, 23 of the others refused. Weights fitted again on the same cases were no better: 0.83, 0.04, and 0.86.
THRESHOLD = 0.5
# In other languages the words can't be read that way: a gap must be the likeliest by itself.
GAP_SHARE_OTHER = 0.5
_LEAST_SHARE = 1e-3
_MOST_UNKNOWN = 3


def signs(evidence: Evidence, gap: Gap | None, *, lacks_kind: bool) -> Signs:
    """The signs of one question; those by words and meaning are 0 where they can't be told."""
    share = evidence.likely.topics.get(gap.id, 0.0) if gap else 0.0
    odds = log((share + _LEAST_SHARE) / (1 - share + _LEAST_SHARE))
    unknown = float(min(evidence.unknown_words, _MOST_UNKNOWN))
    words, meaning = evidence.unsaid_words or 0.0, evidence.unsaid_meaning or 0.0
    return Signs(odds, words, meaning, float(lacks_kind), unknown, evidence.asked_most)


def unanswered(found: Signs) -> float:
    """The probability that no document answers."""
    return 1 / (1 + exp(-OFFSET - sum(weight * sign for weight, sign in zip(WEIGHTS, astuple(found), strict=True))))
