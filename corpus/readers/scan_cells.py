"""The cells of a table in a picture, read apart from the page: no line between them is taken for a letter.

All cells are set below one another in one picture, so that a table takes one run of the recogniser, and those that
hold figures in a second one that knows that they are figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from corpus.readers.paged.prints import Word
from corpus.readers.paged.ruled import Cell, Mesh
from corpus.readers.scan_picture import Grey, Marks, Picture
from corpus.readers.scan_words import read_words

_INSET = 1.6  # points of a cell's edge that are its rule's
_LEAST_INK = 0.9  # square points of ink in a cell that holds something
_MARGIN, _APART = 12.0, 9.0  # points around what is read, and between cells
_FIGURES = re.compile(r"[\dOoQlI|SsBbZzgq.,%'`~\-–+/ ]+")
_ONE_BLOCK = 6
_ONLY_FIGURES = "tessedit_char_whitelist=0123456789.,%-+/"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a page that is read, and where in it its upper left corner is, in pixels."""

    grey: Grey
    left: int
    top: int


def read_cells(file: str, picture: Picture, ink: Marks, meshes: Sequence[Mesh]) -> list[Word]:
    """The words in the cells of tables, at their places on the page. ink: of the page at half its size."""
    cells = [cell for mesh in meshes for cell in mesh.cells]
    pieces = [piece for cell in cells if (piece := _piece(picture, ink, cell)) is not None]
    words = _read(file, pieces, picture.scale)
    figures = [at for at, found in enumerate(words) if _are_figures(found)]
    again = _read(file, [pieces[at] for at in figures], picture.scale, _ONLY_FIGURES)
    for at, found in zip(figures, again, strict=True):
        if found and _sure(found) >= _sure(words[at]):
            words[at] = found
    return [word for found in words for word in found]


def _piece(picture: Picture, ink: Marks, cell: Cell) -> _Piece | None:
    """What is printed in a cell, None where it is blank."""
    half = picture.scale / 2
    left, right = max(0, round((cell.x0 + _INSET) * half)), round((cell.x1 - _INSET) * half)
    top, bottom = max(0, round((cell.top + _INSET) * half)), round((cell.bottom - _INSET) * half)
    marks = ink[top:bottom, left:right]
    if marks.sum() < _LEAST_INK * half * half:
        return None
    rows, columns = np.flatnonzero(marks.any(axis=1)), np.flatnonzero(marks.any(axis=0))
    first, last = 2 * (top + int(rows[0])) - 2, 2 * (top + int(rows[-1])) + 4
    start, end = 2 * (left + int(columns[0])) - 2, 2 * (left + int(columns[-1])) + 4
    first, start = max(0, first), max(0, start)
    return _Piece(picture.grey[first:last, start:end], start, first)


def _read(file: str, pieces: Sequence[_Piece], scale: float, *settings: str) -> list[list[Word]]:
    """The words of each piece, read in one picture of all."""
    found: list[list[Word]] = [[] for _ in pieces]
    if not pieces:
        return found
    margin, apart = round(_MARGIN * scale), round(_APART * scale)
    paper = int(np.median([np.percentile(piece.grey, 90) for piece in pieces]))
    heights = [piece.grey.shape[0] + apart for piece in pieces]
    tops = [margin + sum(heights[:at]) for at in range(len(pieces))]
    width = max(piece.grey.shape[1] for piece in pieces) + 2 * margin
    sheet = np.full((tops[-1] + heights[-1] + margin, width), paper, dtype=np.uint8)
    for piece, top in zip(pieces, tops, strict=True):
        rows, columns = piece.grey.shape
        sheet[top : top + rows, margin : margin + columns] = piece.grey
    for word in read_words(file, sheet, scale, _ONE_BLOCK, *settings):
        middle = (word.base - 0.3 * word.size) * scale
        at = max(0, bisect_right(tops, middle + apart / 2) - 1)
        piece = pieces[at]
        right, down = (piece.left - margin) / scale, (piece.top - tops[at]) / scale
        found[at].append(replace(word, x0=word.x0 + right, x1=word.x1 + right, base=word.base + down))
    return found


def _are_figures(words: Sequence[Word]) -> bool:
    text = " ".join(word.text for word in words)
    return bool(text) and len(text) < 16 and _FIGURES.fullmatch(text) is not None


def _sure(words: Sequence[Word]) -> float:
    return min((word.confidence for word in words), default=0.0)
