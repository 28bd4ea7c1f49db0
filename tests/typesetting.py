"""Sets pages in type, so that what a reader makes of a printed page can be held against what was set.

Places are in points from the upper left corner. A page is written as a PDF by matplotlib, whose fonts are its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

import matplotlib
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath

A4 = (595.0, 842.0)
LEFT, RIGHT, TOP, BOTTOM, INDENT = 85.0, 538.0, 70.0, 785.0, 36.0
_FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_PITCH = 1.32  # sizes between lines


@dataclass
class Set:
    """A string at a place: where it begins, and the height it stands on. turn: in degrees, against the clock."""

    x: float
    base: float
    text: str
    size: float
    bold: bool
    turn: float = 0


@dataclass
class Paper:
    """A page: strings and straight lines (x0, y0, x1, y1)."""

    width: float = A4[0]
    height: float = A4[1]
    strings: list[Set] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)

    def at(self, x: float, base: float, text: str, size: float = 12, bold: bool = False) -> Self:
        """Puts a string somewhere."""
        self.strings.append(Set(x, base, text, size, bold))
        return self

    def turned(self, x: float, base: float, text: str, size: float = 10, turn: float = 90) -> Self:
        """Puts a string somewhere that is turned about where it begins."""
        self.strings.append(Set(x, base, text, size, False, turn))
        return self

    def middle(self, base: float, text: str, size: float = 12, bold: bool = False) -> Self:
        """Puts a string in the middle between the margins."""
        return self.at((LEFT + RIGHT - wide(text, size, bold)) / 2, base, text, size, bold)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Self:
        """Draws a line."""
        self.rules.append((x0, y0, x1, y1))
        return self

    def table(self, xs: list[float], ys: list[float], cells: list[list[str]], size: float = 10) -> Self:
        """Draws a whole mesh and fills its cells, a line break in one being one on the page."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for row, top in zip(cells, ys, strict=False):
            for text, left in zip(row, xs, strict=False):
                for at, line in enumerate(text.split("\n") if text else []):
                    self.at(left + 4, top + 4 + size * (1 + _PITCH * at), line, size)
        return self


@dataclass
class Press:
    """Sets running text on pages one after the other. begin: what every page starts with, by its number."""

    pages: list[Paper] = field(default_factory=list)
    begin: Callable[[Paper, int], object] = lambda _paper, _number: None
    left: float = LEFT
    right: float = RIGHT
    base: float = BOTTOM

    def page(self) -> Paper:
        """A new page."""
        paper = Paper()
        self.pages.append(paper)
        self.begin(paper, len(self.pages))
        self.base = TOP
        return paper

    def text(self, *paragraphs: str, indent: float = INDENT, size: float = 12, bold: bool = False) -> Self:
        """Sets paragraphs, a new page where one is full."""
        for paragraph in paragraphs:
            for at, line in enumerate(broken(paragraph, self.right - self.left, indent, size, bold)):
                if self.base + 1 > BOTTOM:
                    self.page()
                self.pages[-1].at(self.left + (indent if at == 0 else 0), self.base, line, size, bold)
                self.base += _PITCH * size
            self.base += 0.3 * size
        return self


def broken(text: str, width: float, indent: float, size: float, bold: bool = False) -> list[str]:
    """The lines that a paragraph is broken into."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and wide(longer, size, bold) > width - (0 if lines else indent):
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


@cache
def wide(text: str, size: float, bold: bool = False) -> float:
    """How wide a string is."""
    if not text.strip():
        return 0.3 * size * len(text)
    box = TextPath((0, 0), text, size=size, prop=_face(bold)).get_extents()
    return float(box.x1)


@cache
def _face(bold: bool) -> FontProperties:
    return FontProperties(fname=str(_FONT / ("DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf")))


def write(path: Path, pages: list[Paper]) -> Path:
    """Writes pages as a PDF that holds their text."""
    with matplotlib.rc_context({"pdf.fonttype": 42}), PdfPages(path) as out:
        for paper in pages:
            figure = Figure(figsize=(paper.width / 72, paper.height / 72))
            FigureCanvasPdf(figure)
            for one in paper.strings:
                face = _face(one.bold).copy()
                face.set_size(one.size)
                place = one.x / paper.width, 1 - one.base / paper.height
                turned = {"rotation": one.turn, "rotation_mode": "anchor"} if one.turn else {}
                figure.text(*place, one.text, fontproperties=face, va="baseline", parse_math=False, **turned)
            for x0, y0, x1, y1 in paper.rules:
                xs, ys = (x0 / paper.width, x1 / paper.width), (1 - y0 / paper.height, 1 - y1 / paper.height)
                figure.add_artist(Line2D(xs, ys, linewidth=0.7, color="black"))
            out.savefig(figure)
    return path
