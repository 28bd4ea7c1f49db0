"""What stands on a page and where: words, lines and ruled tables. One form for text layers and for pictures.

Places are in points (1/72 inch) from the upper left corner of the page as a person holds it.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What stands between these is raised above its line: the mark of a footnote, or an exponent.
RAISED, LOWERED = "\x0e", "\x0f"


@dataclass(frozen=True, slots=True)
class Word:
    """A word. base: the height its letters stand on.  size: of its letters.  confidence: 0 to 1.

    bold: how many of its letters, from the first, are bold.
    """

    x0: float
    x1: float
    base: float
    text: str
    size: float
    bold: int = 0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the stretch of one between wide gaps. bold: how many of its characters, from the first, are bold.

    first: the width of its first word, 0 where nobody measured it.
    """

    x0: float
    x1: float
    base: float
    text: str
    size: float
    bold: int = 0
    confidence: float = 1.0
    first: float = 0.0

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold >= len(self.text)

    @property
    def top(self) -> float:
        """The upper edge of its capitals."""
        return self.base - 0.72 * self.size


@dataclass(frozen=True, slots=True)
class Turned:
    """A line that stands at a quarter turn to its page. x, y: its middle.  order: of the lines turned so, from the
    first that is read.
    """

    x: float
    y: float
    order: float
    text: str
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn on a page, from end to end at a height or, upright, at a distance from the left."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the words of its cells by rows, what is merged printed once; header: rows above its body."""

    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]
    header: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page. confidence: of what was recognised in a picture of it, None where the file holds the text itself."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    grids: tuple[Grid, ...] = ()
    confidence: float | None = None
