"""Exact words: BM25 over stemmed English words. The only module that uses bm25s and PyStemmer.

Source: Robertson and Zaragoza 2009 (BM25); Lù 2024, https://arxiv.org/abs/2407.03618 (bm25s).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingest.embed import Vectors


class Lexicon:
    """A BM25 index over texts, by their position in the list they were given in."""

    def __init__(self, bm25: Any) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Lexicon":
        """Index `texts`."""
        import bm25s

        bm25 = bm25s.BM25()
        bm25.index(_words(texts), show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> "Lexicon":
        """Open what `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(str(folder)))

    def save(self, folder: Path) -> None:
        """Write the index into `folder`."""
        self._bm25.save(str(folder), show_progress=False)

    def search(self, question: str, count: int) -> list[tuple[int, float]]:
        """(position, score) of up to `count` texts that share a word with the question, best first."""
        scores = self.scores(question)
        best = np.argsort(-scores, kind="stable")[:count]
        return [(int(at), float(scores[at])) for at in best if scores[at] > 0]

    def scores(self, question: str) -> Vectors:
        """The score of every text, 0 where it shares no word with the question."""
        words = [word for word in _words([question])[0] if word in self._bm25.vocab_dict]
        if not words:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        scores: Vectors = self._bm25.get_scores(words)
        return scores


_stemmer: Any = None


def _words(texts: Sequence[str]) -> list[list[str]]:
    global _stemmer
    import bm25s
    import Stemmer

    _stemmer = _stemmer or Stemmer.Stemmer("english")
    words: list[list[str]] = bm25s.tokenize(
        list(texts), stopwords="en", stemmer=_stemmer, return_ids=False, show_progress=False
    )
    return [line or ["∅"] for line in words]
