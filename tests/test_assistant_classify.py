"""The classifier of questions is linear discriminant analysis, and its shares are probabilities."""

import numpy as np
import pytest

from assistant.classify import SHRINKAGE, TopicClassifier, shares


def examples() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(7)
    owner = np.repeat(np.arange(4), 12)
    centers = random.normal(size=(4, 6))
    return (centers[owner] + 0.4 * random.normal(size=(48, 6))).astype(np.float32), owner


def test_scores_are_those_of_a_shrunk_discriminant_analysis() -> None:
    from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

    rows, owner = examples()
    # Their covariance is (1 - s) S + s t I, ours S + k t I, with t the mean of the diagonal: s = k / (1 + k), scaled.
    known = LinearDiscriminantAnalysis(solver="lsqr", shrinkage=SHRINKAGE / (1 + SHRINKAGE)).fit(rows, owner)
    theirs = known.decision_function(rows) / (1 + SHRINKAGE)
    ours = np.array([TopicClassifier(rows, owner, 4).scores(row) for row in rows])

    assert np.allclose(theirs - theirs[:, :1], ours - ours[:, :1], atol=0.05)
    assert (ours.argmax(axis=1) == theirs.argmax(axis=1)).all()


def test_a_topic_without_examples_is_never_meant() -> None:
    rows, owner = examples()
    scores = TopicClassifier(rows, owner, 5).scores(rows[0])

    assert scores[4] == -np.inf
    assert shares([(scores, 1.0)])[4] == 0.0


def test_shares_of_several_texts_are_pooled_by_weight() -> None:
    first, second = np.array([4.0, 0.0], dtype=np.float32), np.array([0.0, 8.0], dtype=np.float32)
    pooled = shares([(first, 1.0), (second, 0.5)])

    # (1 * 4 + 0.5 * 0) / 1.5 against (0 + 0.5 * 8) / 1.5: alike.
    assert pooled == pytest.approx([0.5, 0.5])
    assert shares([(first, 2.0)])[0] == pytest.approx(1 / (1 + np.exp(-4)))
