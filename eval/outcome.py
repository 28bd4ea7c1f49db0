"""What one case came to, in numbers alone: what measures are worked out from, and all that is told of a kept case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case asked and judged; it holds no word of the question nor of the answer.

    nuggets, found: nuggets of the case, and those that stand in the answer.  forbids, forbidden: whether the case
    forbids something, and whether that stands in the answer.  citations, faithful: citations of the answer, and those
    whose quote is text[start:end].  judged, precise: citations of a given answer to an answerable case, and those
    that point at a nugget's line.  length: syllables of the answer over those of the lines that hold the nuggets;
    None where it was declined or has no nuggets.  ms: milliseconds.
    """

    id: str
    category: str
    lang: str
    answerable: bool
    declined: bool
    right: bool
    nuggets: int = 0
    found: int = 0
    forbids: bool = False
    forbidden: bool = False
    wrong_number: bool = False
    citations: int = 0
    faithful: int = 0
    judged: int = 0
    precise: int = 0
    length: float | None = None
    ms: float = 0.0
