"""Whether an answer is right, decided without any model: words that must stand in it, words that must not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from eval.cases import Case, Nugget

#: Inside a number, between two digits, punctuation is part of it: 9,8 - 20/5 - 0258.3883.040.
_DROPPED = re.compile(r"(?<!\d)[^\w\s]|[^\w\s](?!\d)|_")
_DASH = re.compile(r"[-\u00ad\u2010-\u2015\u2212]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found wrong: the vital nuggets that are missing, the forbidden words that are there."""

    right: bool
    missing: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """NFC, lower case, one blank for white space and dashes, punctuation out except inside numbers.

    >>> normalise("Trước  ngày 20/5 –  (đạt 9,8%), **theo** 107/KH-UBND.")
    'trước ngày 20/5 đạt 9,8 theo 107 kh ubnd'
    """
    plain = _DASH.sub(" ", unicodedata.normalize("NFC", text).lower())
    return " ".join(_DROPPED.sub(" ", plain).split())


def holds(answer: str, words: str) -> bool:
    """Whether words stand in a normalised answer on token boundaries.

    >>> holds(normalise("Chỉ tiêu 11: 550/100.000."), "chỉ tiêu 1"), holds(normalise("đạt 97% [1]"), "97%")
    (False, True)
    """
    wanted = normalise(words)
    return bool(wanted) and f" {wanted} " in f" {answer} "


def found(answer: str, nugget: Nugget) -> bool:
    """Whether a nugget or another accepted spelling of it stands in a normalised answer."""
    return any(holds(answer, words) for words in (nugget.text, *nugget.alts))


def judge(case: Case, answer: str, abstained: bool) -> Verdict:
    """An answerable case is right when every vital nugget is there, an unanswerable one when it was declined.

    Neither may hold anything forbidden. Whether an answerable one was marked as declined is counted
    elsewhere: words that are there are there.
    """
    text = normalise(answer)
    missing = tuple(nugget.text for nugget in case.nuggets if nugget.vital and not found(text, nugget))
    forbidden = tuple(words for words in case.forbid if holds(text, words))
    as_due = not missing if case.answerable else abstained
    return Verdict(as_due and not forbidden, missing, forbidden)


def syllables(text: str) -> int:
    """How many words separated by blanks a text has once normalised: in Vietnamese, its syllables."""
    return len(normalise(text).split())


def source_lines(nuggets: Iterable[Nugget], texts: dict[str, str]) -> list[str]:
    """The lines of the plans in which nuggets stand, each line once, the longest nuggets placed first.

    A short nugget ("90%") that stands in a line already taken asks for no other; one that runs over a page
    break takes both lines. A nugget whose plan is not in `texts` has no line.
    """
    taken: dict[tuple[str, int], str] = {}
    for nugget in sorted(nuggets, key=lambda one: -len(one.text)):
        lines = [line for line in texts.get(nugget.doc, "").split("\n") if line.strip()]
        places = _places(nugget, lines)
        if not any((nugget.doc, place) in taken for place, _ in places):
            for place, width in places[:1]:
                taken.update({(nugget.doc, at): lines[at] for at in range(place, place + width)})
    return list(taken.values())


def _places(nugget: Nugget, lines: list[str]) -> list[tuple[int, int]]:
    """Where a nugget stands: the line, and how many lines it takes, as few as can be."""
    for width in (1, 2, 3):
        spread = (normalise(" ".join(lines[at : at + width])) for at in range(len(lines)))
        places = [(at, width) for at, text in enumerate(spread) if holds(text, nugget.text)]
        if places:
            return places
    return []
