"""A page as a picture: set upright, and the lines drawn on it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from corpus.readers.paged.prints import Rule

Grey = NDArray[np.uint8]
Marks = NDArray[np.bool_]

_MOST_SKEW = 4.0  # degrees
_STRAIGHT = 0.12  # degrees that need no turning
_COARSE, _FINE = 0.25, 0.05  # degrees between angles that are tried
_SMALL_SIDE = 900  # pixels of the copy that the skew is measured on
_GRAINY = 2.0  # levels of grey by which clean paper does not vary
_NEAR_PAPER = 60.0  # levels of grey from that of the paper: what is darker is ink
_LEAST_CONTRAST = 60.0  # levels between ink and paper: a page without ink has grain that differs by less
_SHORTEST = 28.0  # points: what is shorter is a letter's stroke, not a rule
_THICKEST = 6.0  # points: what is thicker is a bar
_LETTER = 11.0  # points: a dark stretch at the end of a rule that is shorter is a letter's
_DUST = 0.6  # points of a rule that may be missing
_WHOLE = 0.93  # of a rule that is dark
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey, 0 black to 255 white. scale: pixels of it to a point of the page."""

    grey: Grey
    scale: float

    @property
    def width(self) -> float:
        """In points."""
        return float(self.grey.shape[1] / self.scale)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.grey.shape[0] / self.scale)


def cleaned(picture: Picture) -> Picture:
    """The picture without the grain of its paper, which would be read as dots and dashes: paper white, ink black."""
    grey = picture.grey
    if _grain(grey)[1] > _GRAINY:
        grey = np.asarray(Image.fromarray(grey).filter(ImageFilter.BoxBlur(1)))
    paper, grain = _grain(grey)
    white = paper - 3 * grain
    black = min(float(np.percentile(grey[::4, ::4], 1)), white - _LEAST_CONTRAST)
    levels = np.clip((np.arange(256) - black) / (white - black) * 255, 0, 255).astype(np.uint8)
    return Picture(levels[grey], picture.scale)


def _grain(grey: Grey) -> tuple[float, float]:
    """How light the paper is, and by how much that varies from place to place (a standard deviation)."""
    some = grey[::4, ::4].astype(np.float64)
    paper = float(np.median(some))
    near = np.abs(some[np.abs(some - paper) < _NEAR_PAPER] - paper)
    return paper, 1.4826 * float(np.median(near))


def upright(picture: Picture) -> Picture:
    """The picture turned so that its lines are level."""
    angle = skew(picture.grey)
    if abs(angle) < _STRAIGHT:
        return picture
    image = Image.fromarray(picture.grey)
    turned = image.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=int(np.median(picture.grey)))
    return Picture(np.asarray(turned), picture.scale)


def skew(grey: Grey) -> float:
    """By how many degrees the lines of a page fall to the right: the angle at which its rows are most distinct."""
    step = max(1, min(grey.shape) // _SMALL_SIDE)
    rows, columns = np.nonzero(dark(grey[::step, ::step]))
    if len(rows) < 200:
        return 0.0
    best = _sharpest(rows, columns, np.arange(-_MOST_SKEW, _MOST_SKEW + _COARSE, _COARSE))
    return _sharpest(rows, columns, best + np.arange(-_COARSE, _COARSE + _FINE, _FINE))


def _sharpest(rows: NDArray[np.intp], columns: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    def sharpness(angle: float) -> float:
        heights = np.rint(rows - columns * np.tan(np.radians(angle))).astype(np.intp)
        counts = np.bincount(heights - heights.min())
        return float(np.sum(np.diff(counts).astype(np.float64) ** 2))

    return float(max(angles, key=lambda angle: sharpness(float(angle))))


def dark(grey: Grey) -> Marks:
    """Where a picture is ink: clearly darker than its paper, whatever grey that is."""
    paper, darkest = (float(level) for level in np.percentile(grey[::4, ::4], [60, 1]))
    black = min(darkest, paper - _LEAST_CONTRAST)
    marks: Marks = grey < black + 0.55 * (paper - black)
    return marks


def ink(picture: Picture) -> Marks:
    """Where a page is ink, at half its size: single dark pixels are dust."""
    return dark(_halved(picture.grey))


def rules_of(picture: Picture, half: Marks) -> list[Rule]:
    """The level and upright lines drawn on a page. half: its ink."""
    scale = picture.scale / 2
    return [*_rules(half, scale, False), *_rules(half.T, scale, True)]


def _halved(grey: Grey) -> Grey:
    """Half the size, each pixel as dark as four were together."""
    rows, columns = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
    parts = grey[:rows, :columns].astype(np.uint16)
    return ((parts[::2, ::2] + parts[1::2, ::2] + parts[::2, 1::2] + parts[1::2, 1::2]) // 4).astype(np.uint8)


def _rules(marks: Marks, scale: float, upright: bool) -> Iterator[Rule]:
    """Lines along the rows of a picture, as stretches of rows that are dark all through."""
    long = int(_SHORTEST * scale)
    near = marks.copy()  # a line that is not quite level is one in any three rows of it
    near[1:] |= marks[:-1]
    near[:-1] |= marks[1:]
    if near.shape[1] <= long:
        return
    sums = np.cumsum(near, axis=1, dtype=np.int32)
    inside = sums[:, long:] - sums[:, :-long] >= _WHOLE * long
    runs: list[_Run] = []
    for row in np.nonzero(inside.any(axis=1))[0]:
        edges = np.flatnonzero(np.diff(np.concatenate(([0], inside[row].view(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            first, last = _drawn(near[row, start : end + long], scale)
            _grow(runs, _Run(int(row), int(row), int(start) + first, int(start) + last))
    for run in runs:
        if run.last - run.first <= _THICKEST * scale + 2:
            yield Rule(upright, (run.first + run.last + 1) / 2 / scale, run.start / scale, run.end / scale)


def _drawn(marks: Marks, scale: float) -> tuple[int, int]:
    """Where a rule begins and ends in a dark stretch: a letter that stands before its end is no part of it."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.view(np.int8), [0]))))
    starts, ends = edges[::2], edges[1::2]
    parted = np.flatnonzero(starts[1:] - ends[:-1] > _DUST * scale)
    firsts, lasts = [0, *(parted + 1)], [*parted, len(ends) - 1]
    long = [(starts[one], ends[two]) for one, two in zip(firsts, lasts, strict=True)]
    whole = [pair for pair in long if pair[1] - pair[0] >= _LETTER * scale] or long
    return int(whole[0][0]), int(whole[-1][1])


@dataclass(slots=True)
class _Run:
    """A stretch of rows that is dark from start to end."""

    first: int
    last: int
    start: int
    end: int


def _grow(runs: list[_Run], new: _Run) -> None:
    """Puts a run to the one right above it that it lies below, or behind the others."""
    for run in reversed(runs):
        if new.first - run.last > 1:
            continue
        if new.start <= run.end and run.start <= new.end:
            run.last, run.start, run.end = new.last, min(run.start, new.start), max(run.end, new.end)
            return
    runs.append(new)
