"""One pure function a measure. Shares and scores run from 0 (worst) to 1 (best)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

#: Resamplings of a bootstrap, and the seed that makes its interval the same on every run.
ROUNDS, SEED = 2000, 20240601


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with the interval that holds it with a probability of 95 %; `n` values went into it."""

    mean: float
    low: float
    high: float
    n: int


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain: the gains of the first `k`, over those of the best possible order.

    A gain at rank r (from 1) counts gain / log2(r + 1). Järvelin & Kekäläinen 2002, with linear gains as in
    trec_eval's ndcg_cut. 0 when nothing is relevant.

    >>> ndcg(["a", "b", "c"], {"b": 1})  # 1 / log2(3)
    0.6309297535714575
    >>> ndcg(["a", "b"], {"a": 2, "b": 1}), ndcg(["a"], {})
    (1.0, 0.0)
    """
    best = _discounted(sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k])
    return _discounted([max(gains.get(one, 0.0), 0.0) for one in ranked[:k]]) / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """1 / the rank of the first relevant one among the first `k`, 0 without one. Voorhees 1999 (TREC-8).

    >>> reciprocal_rank(["a", "b", "c"], {"b": 1, "c": 1}), reciprocal_rank(["a", "b"], {"b": 1}, k=1)
    (0.5, 0.0)
    """
    return next((1 / rank for rank, one in enumerate(ranked[:k], 1) if gains.get(one, 0) > 0), 0.0)


def recall(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """The share of what is relevant that stands among the first `k`; trec_eval's recall. 0 when nothing is.

    >>> recall(["a", "b", "c"], {"b": 1, "z": 1})
    0.5
    """
    relevant = {one for one, gain in gains.items() if gain > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean; not a number for none, so that "nothing measured" never reads as a score.

    >>> mean([0.0, 1.0, 1.0, 0.0]), mean([])
    (0.5, nan)
    """
    return math.fsum(values) / len(values) if values else math.nan


def estimate(values: Sequence[float], rounds: int = ROUNDS, seed: int = SEED) -> Estimate:
    """The mean with its 95 % interval by the percentile bootstrap (Efron & Tibshirani 1993, chapter 13).

    `rounds` times as many values as there are, are drawn with replacement; the interval runs from the 2.5th to
    the 97.5th percentile of their means.

    >>> estimate([1.0, 1.0, 1.0])
    Estimate(mean=1.0, low=1.0, high=1.0, n=3)
    """
    if not values:
        return Estimate(math.nan, math.nan, math.nan, 0)
    drawn = np.random.default_rng(seed).integers(len(values), size=(rounds, len(values)))
    means = np.asarray(values, dtype=float)[drawn].mean(axis=1)
    return Estimate(mean(values), percentile(means.tolist(), 2.5), percentile(means.tolist(), 97.5), len(values))


def percentile(values: Sequence[float], q: float) -> float:
    """The value below which `q` percent lie, by linear interpolation (Hyndman & Fan 1996, type 7).

    >>> percentile([1.0, 2.0, 3.0, 4.0], 50), percentile([1.0, 2.0, 3.0, 4.0], 95)
    (2.5, 3.85)
    """
    if not values:
        return math.nan
    ordered = sorted(values)
    place = (len(ordered) - 1) * q / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (ordered[above] - ordered[below]) * (place - below), 12)


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
