"""Figures that the project must not fall below: floors.toml holds them, one table a file of cases."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.lines import Unreadable, amiss, content
from eval.metrics import MEASURES
from eval.report import number, table

FLOORS = Path(__file__).with_name("floors.toml")
#: The one figure that is not of MEASURES: the largest loss of the share right in a variant, a negative number.
WORST_DROP = "worst_drop"

_FLOORS = TypeAdapter(dict[str, dict[str, float]])


@dataclass(frozen=True, slots=True)
class Held:
    """A figure beside what it must hold: `bound` is the least, or of a measure of which less is better, the most.

    >>> Held("tuned.jsonl", "right", bound=0.9, value=0.95).holds, Held("tuned.jsonl", "length_ratio", 1.5, 1.6).holds
    (True, False)
    """

    file: str
    name: str
    bound: float
    value: float

    @property
    def is_least(self) -> bool:
        """Whether the bound is the least the figure may be."""
        return self.name == WORST_DROP or MEASURES[self.name].more_is_better

    @property
    def holds(self) -> bool:
        """Whether the figure is within its bound; one that could not be measured is not."""
        if math.isnan(self.value):
            return False
        return self.value >= self.bound if self.is_least else self.value <= self.bound


def load_floors(path: Path | None = None) -> dict[str, dict[str, float]]:
    """The bounds by file of cases and figure; None: FLOORS. Raises Unreadable."""
    path = path or FLOORS
    try:
        floors = _FLOORS.validate_python(tomllib.loads(content(path)))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        what = amiss(error) if isinstance(error, ValidationError) else str(error)
        raise Unreadable(path, f"không đúng dạng: {what}", f"malformed: {what}") from error
    unknown = {name for bounds in floors.values() for name in bounds} - {*MEASURES, WORST_DROP}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise Unreadable(path, f"không có số đo {names}", f"there is no measure {names}")
    return floors


def held(file: str, bounds: Mapping[str, float], values: Mapping[str, float]) -> list[Held]:
    """The bounds of a file beside the figures that were measured; bounds of others are left out."""
    return [Held(file, name, bound, values[name]) for name, bound in bounds.items() if name in values]


def floors_text(found: list[Held]) -> str:
    """Every figure with its bound, what fell marked."""
    return table(["số đo / measure", "giá trị / value", "ngưỡng / floor", ""], [_row(one) for one in found])


def fallen_text(one: Held) -> str:
    """What fell, in one line."""
    sign = "<" if one.is_least else ">"
    return f"✗ {_label(one)}: {number(one.value)} {sign} {number(one.bound)}"


def _row(one: Held) -> list[str]:
    bound = f"{'≥' if one.is_least else '≤'} {number(one.bound)}"
    return [_label(one), number(one.value), bound, "✓" if one.holds else "✗"]


def _label(one: Held) -> str:
    worst = one.name == WORST_DROP
    return f"{one.file}: {'giảm nhiều nhất / worst drop' if worst else MEASURES[one.name].label}"
