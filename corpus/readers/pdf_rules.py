"""The straight lines that a PDF's page draws: the rules of its tables."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.readers.paged.prints import Rule
from corpus.readers.pdf_letters import Frame

_MOST_PATHS = 20_000  # of a page: what draws more is a map
_MOST_POINTS = 2_000  # of one path
_THIN = 2.5  # points: a filled shape thinner than this is a line
_SHORT = 5.0  # points: what is shorter rules nothing
_DEEPEST = 3  # forms within forms
_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def rules_of(page: pdfium.PdfPage, frame: Frame) -> list[Rule]:
    """The level and upright lines of a page, none where it is full of drawings."""
    found: list[Rule] = []
    for count, (shape, matrix) in enumerate(_paths(page)):
        if count > _MOST_PATHS:
            return []
        found.extend(_rules(shape, matrix, frame))
    return found


def _paths(page: pdfium.PdfPage) -> Iterator[tuple[Any, _Matrix]]:
    for at in range(raw.FPDFPage_CountObjects(page)):
        yield from _inside(raw.FPDFPage_GetObject(page, at), _SAME, 0)


def _inside(shape: Any, outer: _Matrix, depth: int) -> Iterator[tuple[Any, _Matrix]]:
    kind = raw.FPDFPageObj_GetType(shape)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield shape, _times(_matrix(shape), outer)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        matrix = _times(_matrix(shape), outer)
        for at in range(raw.FPDFFormObj_CountObjects(shape)):
            yield from _inside(raw.FPDFFormObj_GetObject(shape, at), matrix, depth + 1)


def _matrix(shape: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(shape, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _rules(shape: Any, matrix: _Matrix, frame: Frame) -> Iterator[Rule]:
    """The lines of a path: its straight strokes, or a thin filled shape as one."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    if not fill.value and not stroke.value:
        return
    strokes = [_placed(one, matrix, frame) for one in _strokes(shape)]
    if not strokes:
        return
    xs, ys = ([place[axis] for pair in strokes for place in pair] for axis in (0, 1))
    if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
        yield from _rule((min(xs), min(ys)), (max(xs), max(ys)))
    elif stroke.value:
        for start, end in strokes:
            yield from _rule(start, end)


_Point = tuple[float, float]


def _placed(stroke: tuple[_Point, _Point], matrix: _Matrix, frame: Frame) -> tuple[_Point, _Point]:
    a, b, c, d, e, f = matrix
    (x0, y0), (x1, y1) = stroke
    start = frame.place(a * x0 + c * y0 + e, b * x0 + d * y0 + f)
    return start, frame.place(a * x1 + c * y1 + e, b * x1 + d * y1 + f)


def _strokes(shape: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight strokes of a path, from point to point."""
    x, y = ctypes.c_float(), ctypes.c_float()
    first = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(shape), _MOST_POINTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, first
            last = first


def _rule(start: _Point, end: _Point) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = start, end
    across, down = abs(x1 - x0), abs(y1 - y0)
    if math.hypot(across, down) < _SHORT or min(across, down) > _THIN:
        return
    if across >= down:
        yield Rule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    else:
        yield Rule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
