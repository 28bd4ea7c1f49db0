"""How sure a figure is: the percentile bootstrap over cases, for means, ratios, percentiles and differences of them.

Cases are drawn with replacement as often as there are cases; how often each was drawn is one row of counts. A sample
says what its figure is for any such counts; its own figure is the one where every case counts once.
Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapters 10 and 13.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Resamplings of one figure's interval and of a difference's, and the seed that makes them the same on every run.
ROUNDS, PAIRED_ROUNDS, SEED = 2000, 10_000, 20240601

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval that holds it with a probability of 95 %; `n` things were counted for it."""

    value: float
    low: float
    high: float
    n: int

    @property
    def beyond_chance(self) -> bool:
        """Of a difference: whether its interval leaves out 0."""
        return self.low > 0 or self.high < 0


class Sample(Protocol):
    """What a figure is worked out from, one entry a case."""

    @property
    def cases(self) -> int:
        """How many cases there are, counted or not."""

    @property
    def n(self) -> int:
        """How many things are counted: cases, citations."""

    def figures(self, counts: Array) -> Array:
        """The figure for each row of counts (rounds × cases); not a number where nothing is counted."""


@dataclass(frozen=True, slots=True)
class Share:
    """The sum of the parts over the sum of the wholes: a mean where every whole is 1, else a ratio.

    >>> estimate(Share((1, 1, 4), (2, 1, 5))).value
    0.75
    """

    parts: tuple[float, ...]
    wholes: tuple[float, ...]

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self.parts)

    @property
    def n(self) -> int:
        """The sum of the wholes."""
        return round(math.fsum(self.wholes))

    def figures(self, counts: Array) -> Array:
        """Parts over wholes for each row of counts."""
        wholes = counts @ np.asarray(self.wholes, dtype=float)
        ratios: Array = np.full(len(counts), math.nan)
        np.divide(counts @ np.asarray(self.parts, dtype=float), wholes, out=ratios, where=wholes > 0)
        return ratios


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value below which `q` percent of the cases lie (Hyndman & Fan 1996, type 7); None: a case without one.

    >>> estimate(Quantile((3.0, None, 1.0, 2.0), 50)).value
    2.0
    """

    values: tuple[float | None, ...]
    q: float

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self.values)

    @property
    def n(self) -> int:
        """How many of them have a value."""
        return sum(value is not None for value in self.values)

    def figures(self, counts: Array) -> Array:
        """The percentile for each row of counts."""
        held = sorted((value, at) for at, value in enumerate(self.values) if value is not None)
        if not held:
            return np.full(len(counts), math.nan)
        values = np.array([value for value, _ in held])
        upto = counts[:, [at for _, at in held]].cumsum(axis=1)
        place = np.maximum(upto[:, -1] - 1, 0) * self.q / 100
        below, above = (values[(upto > rank[:, None]).argmax(axis=1)] for rank in (np.floor(place), np.ceil(place)))
        found: Array = below + (above - below) * (place - np.floor(place))
        return np.where(upto[:, -1] > 0, found, math.nan)


def mean_of(values: Sequence[float]) -> Share:
    """The mean of one value a case.

    >>> estimate(mean_of([1.0, 1.0, 1.0]))
    Estimate(value=1.0, low=1.0, high=1.0, n=3)
    """
    return Share(tuple(values), (1.0,) * len(values))


def estimate(sample: Sample, rounds: int = ROUNDS) -> Estimate:
    """The figure of a sample; its interval runs from the 2.5th to the 97.5th percentile of `rounds` resamplings."""
    low, high = _interval(sample.figures(_drawn(sample.cases, rounds)))
    return Estimate(_figure(sample), low, high, sample.n)


def difference(before: Sample, after: Sample, rounds: int = PAIRED_ROUNDS) -> Estimate:
    """What `after` has more than `before`, over the same cases in the same order, each pair drawn together.

    >>> difference(mean_of([0.0, 1.0]), mean_of([1.0, 1.0])).value
    0.5
    """
    if before.cases != after.cases:
        raise ValueError(f"{before.cases} cases cannot be paired with {after.cases}")
    counts = _drawn(before.cases, rounds)
    low, high = _interval(after.figures(counts) - before.figures(counts))
    return Estimate(_figure(after) - _figure(before), low, high, before.cases)


def _figure(sample: Sample) -> float:
    """The figure where every case counts once."""
    return round(float(sample.figures(np.ones((1, sample.cases)))[0]), 12)


def _interval(figures: Array) -> tuple[float, float]:
    """Where the middle 95 % of the figures lie; a resampling without a figure says nothing."""
    held = figures[~np.isnan(figures)]
    if not len(held):
        return math.nan, math.nan
    low, high = np.percentile(held, [2.5, 97.5])
    return round(float(low), 12), round(float(high), 12)


@lru_cache(maxsize=2)
def _drawn(cases: int, rounds: int) -> Array:
    """How often each case is drawn in each round."""
    if not cases:
        return np.zeros((rounds, 0))
    return np.random.default_rng(SEED).multinomial(cases, np.full(cases, 1 / cases), size=rounds).astype(float)
