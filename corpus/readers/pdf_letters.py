"""The letters of a PDF's page as its text layer holds them, and how the page is turned that they stand upright on."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

MOST_LETTERS = 40_000  # of a page: ten times what fits on A4 in the smallest print
_TURN = math.radians(3)  # what is turned further than this against the rest of the page is no part of its lines
_SUBSET = re.compile(r"^[A-Z]{6}\+")  # before the name of a font of which a file holds only some letters
_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
_LINE_HYPHEN = 0x02  # what pdfium gives for a hyphen at the end of a line
_NO_LETTERS = frozenset({0, 0xFFFE, 0xFFFF, 0x0D, 0x0A, 0x200B, 0xFEFF})


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is turned: places of the file -> points from the upper left corner of the page as it is read."""

    angle: float
    left: float
    top: float
    width: float
    height: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Distance from the left and from the top."""
        turned_x, turned_y = _turned(x, y, self.angle)
        return turned_x - self.left, self.top - turned_y

    def placed(self, x: float, y: float) -> tuple[float, float]:
        """The place in the file of what stands at a distance from the left and from the top."""
        return _turned(x + self.left, self.top - y, -self.angle)


@dataclass(frozen=True, slots=True)
class Style:
    """How a letter is set. size: in points.  angle: in radians, against the clock.  font: its name in full."""

    size: float
    bold: bool
    angle: float
    font: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, or a space: its box and where it stands, in points of the file."""

    x0: float
    y0: float
    x1: float
    y1: float
    origin_y: float
    origin_x: float
    text: str
    style: Style


def letters_of(page: pdfium.PdfPage) -> Iterator[Letter]:
    """The letters of a page in the order they are drawn, MOST_LETTERS of them at most."""
    textpage = page.get_textpage()
    handle = textpage.raw
    styles: dict[int, Style] = {}
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for at in range(min(textpage.count_chars(), MOST_LETTERS)):
        code = raw.FPDFText_GetUnicode(handle, at)
        if code in _NO_LETTERS or raw.FPDFText_IsGenerated(handle, at):
            continue
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        drawn = raw.FPDFText_GetTextObject(handle, at)
        key = ctypes.addressof(drawn.contents) if drawn else -at - 1
        if (style := styles.get(key)) is None:
            style = styles[key] = _style(handle, at)
        text = "-" if code == _LINE_HYPHEN else chr(code)
        yield Letter(box.left, box.bottom, box.right, box.top, y.value, x.value, text, style)


def _style(handle: Any, at: int) -> Style:
    matrix, flags = raw.FS_MATRIX(), ctypes.c_int()
    raw.FPDFText_GetMatrix(handle, at, matrix)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(handle, at, name, len(name), flags)
    font = _SUBSET.sub("", name.value.decode(errors="replace"))
    size = raw.FPDFText_GetFontSize(handle, at) * math.hypot(matrix.c, matrix.d)
    bold = _BOLD.search(font) is not None or raw.FPDFText_GetFontWeight(handle, at) >= 600
    return Style(max(size, 0.5), bold, math.atan2(matrix.b, matrix.a), font)


def usual_angle(page: pdfium.PdfPage, letters: Sequence[Letter]) -> float:
    """The angle of most letters of a page, in radians."""
    turns = Counter(round(letter.style.angle, 3) for letter in letters if letter.text.strip())
    return turns.most_common(1)[0][0] if turns else -math.radians(page.get_rotation())


def is_turned(letter: Letter, angle: float) -> bool:
    """Whether a letter stands upright where a page is turned so."""
    return abs(math.remainder(letter.style.angle - angle, math.tau)) <= _TURN


def frame_of(page: pdfium.PdfPage, angle: float) -> Frame:
    """A page turned by an angle, in radians."""
    left, bottom, right, top = page.get_cropbox()
    corners = [_turned(x, y, angle) for x in (left, right) for y in (bottom, top)]
    xs, ys = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return Frame(angle, min(xs), max(ys), max(xs) - min(xs), max(ys) - min(ys))


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    sine, cosine = math.sin(angle), math.cos(angle)
    return x * cosine + y * sine, y * cosine - x * sine
