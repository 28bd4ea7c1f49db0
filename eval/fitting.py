"""The weights of evidence, fitted on tuned cases: which signs tell the passage that answers, and that one does at all.

The weights of signs are those of a conditional logit (McFadden 1974): within each plan that a right answer comes
from, the passages that hold a vital nugget shall be likelier than the others. The weights of grounds are those of a
logistic regression of whether a case can be answered. Both pay for the square of their standardised weights.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import Evidence, grounds, wanted_values
from assistant.pipeline import Assistant
from assistant.signs import Grounds, Signs
from eval.cases import Case
from eval.judging import found, normalise

ROUNDS, RATE = 1500, 0.05  # of Adam (Kingma and Ba 2015)
PENALTY_OF_SIGNS, PENALTY_OF_GROUNDS = 0.003, 0.01
UNANSWERABLE = 0.25  # share of the questions weighed that are taken to have no answer
_TELLING = 4  # words of a nugget without digits that tells a passage
_WEIGHED = ("facts", "owners", "provinces")  # composers that answer by the weight of evidence

Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights by name, and how well they do: `figure` is a share from 0 to 1 on `n` groups."""

    weights: dict[str, float]
    figure: float
    n: int


def fit_signs(cases: Iterable[Case], assistant: Assistant) -> Fitted:
    """The weights of `Signs`; the figure is how often the most relevant passage of a plan holds a nugget."""
    groups = [group for case in cases if case.answerable for group in _groups(case, assistant)]
    rows = np.concatenate([values for values, _ in groups])
    scale = rows.std(axis=0) + 1e-9
    scaled = [(values / scale, right) for values, right in groups]

    def slope(weights: Rows) -> Rows:
        total = np.zeros_like(weights)
        for values, right in scaled:
            odds = np.exp(values @ weights - (values @ weights).max())
            total += (odds / odds.sum() - odds * right / (odds * right).sum()) @ values
        return total / len(scaled) + 2 * PENALTY_OF_SIGNS * weights

    weights = descend(slope, rows.shape[1])
    hits = [right[int(np.argmax(values @ weights))] for values, right in scaled]
    return Fitted(_named(Signs, weights / scale), float(np.mean(hits)), len(groups))


def fit_grounds(cases: Iterable[Case], assistant: Assistant, of_values: bool) -> Fitted:
    """The weights of `Grounds` for questions that ask for a value, or for the others.

    Questions without an answer count as `UNANSWERABLE` of all, however many the cases have. The figure is the share
    of cases, so counted, that are rightly taken to have an answer or none.
    """
    rows, answerable = _grounds(cases, assistant, of_values)
    if not len(rows):
        return Fitted(dict.fromkeys(Grounds.__slots__, 0.0), 0.0, 0)
    share = np.where(answerable > 0, (1 - UNANSWERABLE) / max(answerable.sum(), 1), 0.0)
    share += np.where(answerable > 0, 0.0, UNANSWERABLE / max((1 - answerable).sum(), 1))
    start = list(Grounds.__slots__).index("start")
    scale, middle = rows.std(axis=0) + 1e-9, rows.mean(axis=0)
    scaled = (rows - middle) / scale
    scaled[:, start] = 1.0
    paid = np.ones(rows.shape[1])
    paid[start] = 0.0

    def slope(weights: Rows) -> Rows:
        wrong = 1 / (1 + np.exp(-scaled @ weights)) - answerable
        result: Rows = (share * wrong) @ scaled + 2 * PENALTY_OF_GROUNDS * paid * weights
        return result

    weights = descend(slope, scaled.shape[1])
    right = share @ ((scaled @ weights > 0) == (answerable > 0))
    own = paid * weights / scale
    own[start] = weights[start] - middle @ own
    return Fitted(_named(Grounds, own), float(right), len(rows))


def descend(slope: Callable[[Rows], Rows], size: int) -> Rows:
    """Where a slope is 0, from 0 on, by Adam.

    >>> [round(float(one), 2) for one in descend(lambda at: 2 * (at - np.array([3.0, -1.0])), 2)]
    [3.0, -1.0]
    """
    at, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, ROUNDS + 1):
        now = slope(at)
        first, second = 0.9 * first + 0.1 * now, 0.999 * second + 0.001 * now * now
        at = at - RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return at


def _groups(case: Case, assistant: Assistant) -> Iterator[tuple[Rows, Rows]]:
    """For each plan that is due the signs of its passages, and 1 for those that hold a vital nugget, 0 for others."""
    evidence = assistant.trail(case.question, case.history).task.evidence
    for doc in case.docs:
        own = [one for one in evidence if one.document.id == doc]
        right = np.array([float(_holds_nugget(case, one)) for one in own])
        if right.any() and not right.all():
            yield np.array([_values(one.signs) for one in own]), right


def _holds_nugget(case: Case, one: Evidence) -> bool:
    text = normalise(one.document.shown(one.section.head))
    telling = (
        nugget
        for nugget in case.nuggets
        if nugget.vital and (any(map(str.isdigit, nugget.text)) or len(nugget.text.split()) >= _TELLING)
    )
    return any(nugget.doc == one.document.id and found(text, nugget) for nugget in telling)


def _grounds(cases: Iterable[Case], assistant: Assistant, of_values: bool) -> tuple[Rows, Rows]:
    rows, answerable = [], []
    for case in cases:
        trail = assistant.trail(case.question, case.history)
        of_this_kind = bool(wanted_values(trail.task.question)) == of_values
        if of_this_kind and trail.composer in _WEIGHED and trail.task.evidence:
            rows.append(_values(grounds(trail.task.question, trail.task.matter, trail.task.evidence)))
            answerable.append(float(case.answerable))
    return np.array(rows), np.array(answerable)


def _values(one: Signs | Grounds) -> list[float]:
    return [float(getattr(one, name)) for name in one.__slots__]


def _named(shape: type[Signs] | type[Grounds], weights: Rows) -> dict[str, float]:
    return {name: round(float(weight), 2) for name, weight in zip(shape.__slots__, weights, strict=True)}


def fitted_text(fits: Mapping[str, Fitted]) -> Sequence[str]:
    """All as they stand in assistant/signs.py, with their figures; by the names they have there."""
    lines = []
    for name, one in fits.items():
        shape = "Signs" if name == "WEIGHTS" else "Grounds"
        lines.append(f"# {one.n} nhóm / groups, {one.figure:.3f}")
        lines.append(f"{name} = {shape}({', '.join(f'{key}={weight}' for key, weight in one.weights.items())})")
    return lines
