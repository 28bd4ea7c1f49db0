"""The weights of `assistant.harm.features`, and a message's log-odds of telling of harm."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.harm.features import features

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True, slots=True)
class Model:
    """weights: one for each bucket, float16.  start: what the log-odds start from."""

    weights: NDArray[np.float16]
    start: float

    def log_odds(self, text: str) -> float:
        """Above 0: more likely than not to tell of harm, among messages as those it learnt from; -inf without words."""
        places, values = features(text)
        if not len(places):
            return -math.inf
        return self.start + float(self.weights[places].astype(np.float32) @ values)


@cache
def _shipped() -> Model:
    with np.load(WEIGHTS, allow_pickle=False) as held:
        return Model(held["weights"], float(held["start"]))


def log_odds(text: str) -> float:
    """The log-odds by the shipped weights, which `python -m eval harm --write` makes."""
    return _shipped().log_odds(text)
