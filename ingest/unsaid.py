"""Does a question ask for something that no document says? Models of its words and of its meaning.

Fitted when an index is built: on the asks of entries against those of gaps and of details, in English. What people
ask for and nobody wrote down is worded otherwise ("how many", "which ones exactly", "by what day") than what is told.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np

from ingest import learning
from ingest.embed import Vectors
from ingest.knowledge import Knowledge
from ingest.learning import Network, Plan, stacked, unstacked
from ingest.support import COMMON

FILE = "unsaid.npz"
# Development cases, telling what is not answered, AUROC cross-validated with the other signs of abstain.py: one word
# 0.92, one and two 0.94, up to three 0.93. Without the short names of programs and plans 0.94 too, and on 40 pairs of
# questions a few words apart 0.82 instead of 0.77.
_LONGEST = 2
_SHORT_NAME = 2
# Fewer hold what one writer said once.
_LEAST_TEXTS = 2
_WORDS_FREEDOM = 3.0
# Networks of the meaning: AUROC alone on 523 development cases, fitted on 17,297 asks: 32 units 0.927, 64 0.931, 128
# 0.931, 256 0.936 (the words 0.913, a linear model of the meaning 0.893, with radial basis functions 0.904); one
# network 0.928, the mean of three 0.930; 6 passes 0.918, 12 0.930, 25 0.931. Half of the asks: 0.90.
_NETWORKS = 3
_PLAN = Plan(units=64, passes=12, penalty=0.1)
# Both kinds are needed, and enough of each that their words tell more than who wrote them.
_FEWEST = 50
_TOKEN = re.compile(r"[\w'$-]+")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Weights of words, and networks of vectors, that give logits of "no document says it"."""

    words: Mapping[str, tuple[float, float]]
    """By word or pair of words: its inverse document frequency, and its weight."""
    words_offset: float
    names: frozenset[str]
    """Words of the names of programs and plans: they tell the subject, not what is asked about it."""
    networks: tuple[Network, ...]
    """Of the vectors of both encoders side by side."""

    def by_words(self, text: str) -> float:
        """How much the words ask for what is not said; above 0 is likely."""
        counts = Counter(term for term in _terms(text, self.names) if term in self.words)
        values = {term: (1 + log(count)) * self.words[term][0] for term, count in counts.items()}
        length = float(np.sqrt(sum(value**2 for value in values.values()))) or 1.0
        return self.words_offset + sum(value / length * self.words[term][1] for term, value in values.items())

    def by_meaning(self, vector: Vectors) -> float:
        """The same by the question's vector (of both encoders side by side)."""
        return sum(float(network.logits(vector)[0]) for network in self.networks) / len(self.networks)

    def save(self, folder: Path) -> None:
        """Write it into the folder of a build."""
        np.savez(
            folder / FILE,
            terms=np.array(list(self.words)),
            values=np.array(list(self.words.values())),
            words_offset=np.array(self.words_offset),
            names=np.array(sorted(self.names)),
            allow_pickle=False,
            **stacked(self.networks),
        )

    @classmethod
    def load(cls, folder: Path) -> "Unsaid | None":
        """What `save` wrote; None where a build has none. Raises what numpy raises for a damaged file."""
        if not (folder / FILE).exists():
            return None
        with np.load(folder / FILE, allow_pickle=False) as stored:
            values = {
                str(term): (float(idf), float(weight))
                for term, (idf, weight) in zip(stored["terms"], stored["values"], strict=True)
            }
            names = frozenset(map(str, stored["names"]))
            return cls(values, float(stored["words_offset"]), names, unstacked(stored))


def fit(knowledge: Knowledge, vectors: Mapping[str, Vectors]) -> Unsaid | None:
    """The model, from the vector (of both encoders side by side) of each ask; None if there are too few examples."""
    told = [ask for entry in knowledge.entries for ask in entry.asks]
    details = [ask for detail in knowledge.details for ask in detail.asks.get("en", ())]
    if min(len(told), len(details)) < _FEWEST:
        return None
    texts = [*told, *details, *(ask for gap in knowledge.gaps for ask in gap.asks)]
    labels = [0] * len(told) + [1] * (len(texts) - len(told))
    names = _names(knowledge)
    words, words_offset = _fit_words([_terms(text, names) for text in texts], labels)
    rows = np.array([vectors[text] for text in texts])
    networks = (learning.fit_network(rows, labels, _PLAN, seed) for seed in range(_NETWORKS))
    return Unsaid(words, words_offset, names, tuple(networks))


def _names(knowledge: Knowledge) -> frozenset[str]:
    """The words of the short names that people type; spelled out, names are made of words that tell what is asked."""
    names = [name for program in knowledge.programs for name in (program.name, *program.aliases)]
    short = [name for name in names if len(name.split()) <= _SHORT_NAME]
    plans = [entry.plan for entry in knowledge.entries]
    return frozenset(_TOKEN.findall(" ".join([*short, *plans, "plan plans"]).lower())) - COMMON


def _fit_words(texts: Sequence[Sequence[str]], labels: Sequence[int]) -> tuple[dict[str, tuple[float, float]], float]:
    from scipy.sparse import csr_matrix

    counted = [Counter(terms) for terms in texts]
    in_texts = Counter(term for counts in counted for term in counts)
    terms = sorted(term for term, count in in_texts.items() if count >= _LEAST_TEXTS)
    column = {term: at for at, term in enumerate(terms)}
    # Smoothed as in scikit-learn: as if one more text held every term.
    idf = {term: log((1 + len(texts)) / (1 + in_texts[term])) + 1 for term in terms}
    places, values, ends = list[int](), list[float](), [0]
    for counts in counted:
        row = {term: (1 + log(count)) * idf[term] for term, count in counts.items() if term in column}
        length = float(np.sqrt(sum(value**2 for value in row.values()))) or 1.0
        places += [column[term] for term in row]
        values += [value / length for value in row.values()]
        ends.append(len(places))
    weights, offset = learning.fit(csr_matrix((values, places, ends), (len(texts), len(terms))), labels, _WORDS_FREEDOM)
    return {term: (idf[term], float(weight)) for term, weight in zip(terms, weights, strict=True)}, offset


def _terms(text: str, names: frozenset[str]) -> list[str]:
    words = [word for word in _TOKEN.findall(text.lower()) if word not in names]
    return [
        " ".join(words[at : at + length]) for length in range(1, _LONGEST + 1) for at in range(len(words) - length + 1)
    ]
