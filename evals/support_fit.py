"""The weights of assistant/support.toml: fitted on the library's pairs, tested on pairs of other origin.

The only module that uses scikit-learn. A logistic regression, so its scores are chances of support, at even odds of
"supported" and "faulty" with all faults equally common.

What told supported from partially supported claims on 160 public pairs (Wikipedia sentences and whole pages), AUROC:

| | |
| --- | --- |
| share of words by five letters | 0.66 |
| share, count and rarity of stems that the source lacks | 0.70 to 0.73 |
| these signs, fitted on those pairs by repeated 5-fold | 0.79 |
| these signs, fitted on the library alone | 0.80 |
| the same without its list of light words / with another hand's stop words | 0.79 / 0.80 |
| the same, fitted on both, the public ones by repeated 5-fold | 0.80 |
| cosines of claim and source sentences, windows and projections, two encoders | 0.41 to 0.58 |
| greedy matches of token vectors (layers 0, 3 and 6): lowest, mean, weighted by rarity | 0.63 to 0.70 |
| chance of the claim's words after the source by a language model of 135 million weights, 8 sentences | 0.53 to 0.64 |
| weakest clause, best window of sentences, pairs of words | 0.60 to 0.69 |

The last four rows, nearest word vectors and groups of words of one meaning moved no fitted score by more than 0.01, as
much as another order of the folds. On the library's own pairs cosines moved a sentence of another subject from 0.922 to
0.929 and an added fact not at all, for 13 ms a sentence and 25 ms a quote; so no encoder is asked. The signs and
the list were chosen with all these figures in sight, which flatters them a little.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.support import MIN_SUPPORT, Signs, signs
from evals.report import table
from evals.support_pairs import Pair
from ingest import learning

Numbers = NDArray[np.float64]

_FOLDS = 5
# Orders of the groups in which they are dealt to folds.
_SEEDS = range(5)
_RESAMPLES = 1000
# Beside the mean log loss. 0.0025 to 0.1 moved the public pairs' AUROC from 0.79 to 0.81, the library's for a changed
# name from 0.89 to 0.79.
_PENALTY = 0.025
_SUPPORTED = "supported"


@dataclass(frozen=True, slots=True)
class Weights:
    """What assistant/support.toml holds."""

    base: float
    weights: Mapping[str, float]
    """By name of the sign."""

    def sums(self, found: Numbers) -> Numbers:
        """The log odds of support; `found` has a row of signs for each pair."""
        return np.asarray(self.base + found @ np.array([self.weights[name] for name in Signs._fields]))


def all_signs(pairs: Sequence[Pair]) -> Numbers:
    """A row of signs for each pair."""
    return np.array([signs(pair.claim, "\n".join(pair.source)) for pair in pairs])


def fit(pairs: Sequence[Pair], found: Numbers) -> Weights:
    """The weights that tell supported pairs from faulty ones; kinds of fault count alike, together as the supported."""
    scale = found.std(axis=0)
    scale[scale == 0] = 1
    labels = [int(pair.is_supported) for pair in pairs]
    fitted, offset = learning.fit(found / scale, labels, 1 / _PENALTY, _balance(pairs))
    weights = fitted / scale
    return Weights(
        round(offset, 3),
        {name: round(float(weight), 3) for name, weight in zip(Signs._fields, weights, strict=True)},
    )


def held_out_sums(pairs: Sequence[Pair], found: Numbers) -> Iterator[Numbers]:
    """For each order of the groups: each pair's log odds by weights that were fitted without its group."""
    groups = [pair.group for pair in pairs]
    for seed in _SEEDS:
        sums = np.zeros(len(pairs))
        for fitted, tested in learning.folds(groups, _FOLDS, seed):
            sums[tested] = fit([pairs[at] for at in fitted], found[fitted]).sums(found[tested])
        yield sums


def library_report(pairs: Sequence[Pair], found: Numbers) -> str:
    """By kind of fault: how often a supported pair scores above it, and what MIN_SUPPORT keeps; all held out."""
    runs = list(held_out_sums(pairs, found))
    kinds = np.array([pair.kind for pair in pairs])
    whole = np.array([pair.is_supported for pair in pairs])
    rows = [["supported", "", _kept(np.concatenate([run[whole] for run in runs])), str(int(whole.sum()))]]
    for kind in dict.fromkeys(kinds[~whole]):
        chosen = kinds == kind
        areas = [auroc(run[whole], run[chosen]) for run in runs]
        kept = _kept(np.concatenate([run[chosen] for run in runs]))
        rows.append([str(kind), f"{np.mean(areas):.3f}", kept, str(int(chosen.sum()))])
    return table(["the library's pairs", "AUROC", "kept", "n"], rows)


def pairs_report(name: str, pairs: Sequence[Pair], found: Numbers, weights: Weights) -> str:
    """Of pairs that nothing was fitted on: AUROC of supported against each other label with its interval, and kept."""
    sums = weights.sums(found)
    labels = np.array([pair.label for pair in pairs])
    whole = sums[labels == _SUPPORTED]
    rows = [["supported", "", _kept(whole), str(len(whole))]]
    for label in dict.fromkeys(labels[labels != _SUPPORTED]):
        other = sums[labels == label]
        low, high = _interval(whole, other)
        rows.append([str(label), f"{auroc(whole, other):.3f} [{low:.3f}, {high:.3f}]", _kept(other), str(len(other))])
    return table([name, "AUROC", "kept", "n"], rows)


def save(weights: Weights, pairs: Sequence[Pair], path: Path) -> None:
    """Write the weights, and what they were fitted on."""
    supported = sum(pair.is_supported for pair in pairs)
    lines = [
        "# Written by `python -m evals fit-support`; what each sign is stands in support.py.",
        f"# Fitted on {supported} sentences of the library with their quotes and {len(pairs) - supported} faulty ones.",
        f"base = {weights.base}",
        "",
        "[weights]",
        *(f"{name} = {weight}" for name, weight in weights.weights.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def auroc(higher: Numbers, lower: Numbers) -> float:
    """How often one of `higher` is above one of `lower`; ties count half."""
    ordered = np.sort(lower)
    below = np.searchsorted(ordered, higher, "left") + np.searchsorted(ordered, higher, "right")
    return float(below.mean() / 2 / len(lower))


def _balance(pairs: Sequence[Pair]) -> Numbers:
    kinds = np.array([_SUPPORTED if pair.is_supported else pair.kind for pair in pairs])
    faults = len(set(kinds) - {_SUPPORTED})
    counts = {kind: int((kinds == kind).sum()) for kind in set(kinds)}
    return np.array([0.5 / counts[kind] / (1 if kind == _SUPPORTED else faults) for kind in kinds])


def _kept(sums: Numbers) -> str:
    return f"{(1 / (1 + np.exp(-sums)) >= MIN_SUPPORT).mean():.2f}" if len(sums) else ""


def _interval(higher: Numbers, lower: Numbers) -> tuple[float, float]:
    chance = np.random.default_rng(0)
    areas = [auroc(chance.choice(higher, len(higher)), chance.choice(lower, len(lower))) for _ in range(_RESAMPLES)]
    low, high = np.percentile(areas, [2.5, 97.5])
    return float(low), float(high)
