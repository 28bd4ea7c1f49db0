"""Whether an answer is right, decided without any model: words that must stand in it, words that must not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.document import Span
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
    return _stands(answer, normalise(words))


def _stands(text: str, words: str) -> bool:
    """The same where both are normalised."""
    return bool(words) and f" {words} " in f" {text} "


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


def source_lines(nuggets: Iterable[Nugget], texts: Mapping[str, str]) -> list[str]:
    """The lines of the plans in which nuggets stand, each line once, the longest nuggets placed first.

    A short nugget ("90%") that stands in a line already taken asks for no other; one that runs over a page
    break takes both lines. A nugget whose plan is not in `texts` has no line.
    """
    taken: dict[tuple[str, int], str] = {}
    for nugget, places in _placed(nuggets, texts):
        taken.update({(nugget.doc, line.span.start): line.text for line in places[0]})
    return list(taken.values())


def source_spans(nuggets: Iterable[Nugget], texts: Mapping[str, str]) -> dict[str, set[Span]]:
    """For each plan, all lines that hold nuggets, wherever a nugget stands; one inside another's line asks for none."""
    spans: dict[str, set[Span]] = {}
    for nugget, places in _placed(nuggets, texts):
        spans.setdefault(nugget.doc, set()).update(line.span for lines in places for line in lines)
    return spans


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a plan that is not blank, where it stands, and as it is compared."""

    text: str
    span: Span
    plain: str


def _placed(nuggets: Iterable[Nugget], texts: Mapping[str, str]) -> Iterator[tuple[Nugget, list[Sequence[_Line]]]]:
    """Nuggets, the longest first, that stand in no line of an earlier one, each with all its places."""
    firsts: dict[str, set[Span]] = {}
    for nugget in sorted(nuggets, key=lambda one: -len(one.text)):
        places = _places(nugget.text, texts.get(nugget.doc, ""))
        first = firsts.setdefault(nugget.doc, set())
        if places and not any(lines[0].span in first for lines in places):
            first.update(line.span for line in places[0])
            yield nugget, places


def _places(words: str, text: str) -> list[Sequence[_Line]]:
    """Where words stand in a text: runs of lines, as few lines as can be."""
    lines, wanted = _lines(text), normalise(words)
    for width in (1, 2, 3):
        runs = [lines[at : at + width] for at in range(len(lines))]
        if places := [run for run in runs if _stands(" ".join(line.plain for line in run), wanted)]:
            return list(places)
    return []


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[_Line, ...]:
    found = (match for match in re.finditer(r"[^\n]+", text) if match[0].strip())
    return tuple(_Line(match[0], Span(*match.span()), normalise(match[0])) for match in found)
