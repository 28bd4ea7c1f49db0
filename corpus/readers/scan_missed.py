"""What the recogniser passed over: ink of the size of letters that none of its words covers is read line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from corpus.readers.paged.prints import Word
from corpus.readers.scan_picture import Marks, Picture
from corpus.readers.scan_words import read_line, sureness

_MOST = 8  # stretches of a page that are read
_SURE = 0.6  # of what is read there, or it was no text: a seal, a signature, a stain
_BOX = (1.3, 0.45)  # sizes above and below its base that belong to a word
_HEIGHT = (0.35, 1.9)  # sizes that ink left over is high where it is letters
_WIDTH = 0.9  # sizes that it is wide at least
_INK = (0.05, 0.5)  # of its box that is dark
_GAP = 1.2  # sizes between letters left over that are of one stretch

_Box = tuple[float, float, float, float]


def with_missed(file: str, picture: Picture, ink: Marks, words: Sequence[Word]) -> list[Word]:
    """The words of a page with those that were passed over. ink: of the page at half its size."""
    if not words:
        return []
    size = median(word.size for word in words)
    found = list(words)
    for box in list(_left_over(ink, picture.scale / 2, words, size))[:_MOST]:
        found = _with(file, picture, box, size, found)
    return found


def _with(file: str, picture: Picture, box: _Box, size: float, words: list[Word]) -> list[Word]:
    """The words with those in a box, its whole line read again where it has one."""
    left, top, right, bottom = box
    beside = [word for word in words if top < word.base - 0.3 * word.size < bottom + 0.3 * size]
    left, right = min([left, *(word.x0 for word in beside)]), max([right, *(word.x1 for word in beside)])
    base = median(word.base for word in beside) if beside else bottom
    area = left - size, base - _BOX[0] * size, right + size, base + _BOX[1] * size
    read = [replace(word, size=size) for word in read_line(file, picture.grey, picture.scale, area)]
    if sureness(read) < _SURE or sum(len(word.text) for word in read) <= sum(len(word.text) for word in beside):
        return words
    kept = [word for word in words if word not in beside]
    return [*kept, *(word for word in read if not any(_is_on(word, other) for other in kept))]


def _is_on(word: Word, other: Word) -> bool:
    """Whether a word stands where another one does."""
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    return across > 0.3 * (word.x1 - word.x0) and abs(word.base - other.base) < 0.7 * other.size


def _left_over(ink: Marks, scale: float, words: Sequence[Word], size: float) -> Iterator[_Box]:
    """Boxes, in points, around ink that no word covers and that may be letters."""
    rest = ink.copy()
    above, below = _BOX
    for word in words:
        top, bottom = word.base - above * word.size, word.base + below * word.size
        left, right = word.x0 - 0.2 * size, word.x1 + 0.2 * size
        rest[max(0, int(top * scale)) : int(bottom * scale) + 1, max(0, int(left * scale)) : int(right * scale) + 1] = (
            False
        )
    low, high = (bound * size * scale for bound in _HEIGHT)
    for top, bottom in _runs(np.asarray(rest.sum(axis=1) > 1), 2):
        if not low <= bottom - top <= high:
            continue
        for left, right in _runs(np.asarray(rest[top:bottom].any(axis=0)), int(_GAP * size * scale)):
            share = float(rest[top:bottom, left:right].mean())
            if right - left >= _WIDTH * size * scale and _INK[0] <= share <= _INK[1]:
                yield left / scale, top / scale, right / scale, bottom / scale


def _runs(holds: Marks, gap: int) -> list[tuple[int, int]]:
    """Stretches where something holds, those closer than a gap made one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], holds.view(np.int8), [0]))))
    runs: list[tuple[int, int]] = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = runs[-1][0], int(end)
        else:
            runs.append((int(start), int(end)))
    return runs
