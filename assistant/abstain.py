"""How likely it is that no document answers a question: a calibrated score of a few signs.

The weights were fitted on the 524 English questions of evals/cases/dev.jsonl that are on the subject (130 unanswered)
with `python -m evals abstention`: AUROC 0.963, each told by models fitted without it; by the likeliest gap's share
alone 0.87, by words 0.93, by meaning 0.94. The risk-coverage curve is in evals/results/dev/abstention.csv.
"""

from dataclasses import astuple
from math import exp, log

from assistant.answer import Signs
from assistant.retrieve import Evidence
from ingest.knowledge import Gap

# The weight of each of `Signs`, in order, and the offset. Fitted with a tenth of the freedom that the command takes,
# which leaves the rare signs less to say; AUROC is the same.
WEIGHTS = (0.14, 0.96, 0.49, 0.8, 0.25, -1.73)
OFFSET = -1.66
# Even odds. Told by models fitted without them, refusals that are right, unanswered questions refused, and answerable
# ones refused: from 0.45 0.84, 0.82, 0.05; from 0.5 0.88, 0.81, 0.04; from 0.55 0.90, 0.79, 0.03;
# from 0.6 0.93, 0.77, 0.02.
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
