"""Pages that are pictures: recognised by Tesseract, two at a time, tables by their cells."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pypdfium2 as pdfium

from corpus.readers.errors import UnreadableFile
from corpus.readers.paged.gathering import lines_of
from corpus.readers.paged.prints import Sheet, Word
from corpus.readers.paged.ruled import Mesh, grids_of, meshes_of
from corpus.readers.picture import rendered
from corpus.readers.scan_bold import with_bold
from corpus.readers.scan_cells import read_cells
from corpus.readers.scan_missed import with_missed
from corpus.readers.scan_picture import Grey, Marks, Picture, cleaned, ink, rules_of, upright
from corpus.readers.scan_time import one_page
from corpus.readers.scan_turned import turned
from corpus.readers.scan_words import read_words, sureness

_DPI = 300
_AT_ONCE = 2
_WHOLE_PAGE = 3  # Tesseract's page segmentation mode
_WHITE = 255
_LEAST_INK = 60.0  # square points of ink beside the tables of a page: less is the number of the page
_DOUBTFUL, _SURER = 0.7, 0.1  # how sure a page is that may be turned, and by how much the turned one is surer
_TABLE_CELLS = 4  # what has fewer is a frame


def recognised(file: str, document: pdfium.PdfDocument, numbers: Sequence[int]) -> Iterator[Sheet]:
    """The pages of a PDF with these numbers, in order, each as soon as it and those before it are read."""
    return in_order(file, ((number, rendered(file, document, number, _DPI)) for number in numbers))


def in_order(file: str, pictures: Iterable[tuple[int, Picture]]) -> Iterator[Sheet]:
    """Numbered pictures recognised, two at a time; no more of them are made than are being read."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting: deque[Future[Sheet]] = deque()
        for number, picture in pictures:
            waiting.append(pool.submit(read_picture, file, number, picture))
            if len(waiting) > _AT_ONCE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def read_picture(file: str, number: int, picture: Picture) -> Sheet:
    """A page recognised in its picture, turned where it lies on a side or upside down.

    One that Tesseract fails on, or takes too long for, has no lines and a confidence of 0.
    """
    with one_page():
        sheet = _recognised(file, number, picture)
        if (sheet.confidence or 0.0) < _DOUBTFUL:
            for other in turned(file, picture):
                again = _recognised(file, number, other)
                if (again.confidence or 0.0) > (sheet.confidence or 0.0) + _SURER:
                    return again
        return sheet


def _recognised(file: str, number: int, picture: Picture) -> Sheet:
    picture = cleaned(upright(picture))
    try:
        words, meshes = _words(file, picture)
    except UnreadableFile:
        return Sheet(number, picture.width, picture.height, (), (), 0.0)
    grids, outside = grids_of(number, meshes, with_bold(picture, words))
    return Sheet(number, picture.width, picture.height, tuple(lines_of(outside)), tuple(grids), sureness(words))


def _words(file: str, picture: Picture) -> tuple[list[Word], list[Mesh]]:
    """The words of a page, those in tables read cell by cell, and the tables' lines."""
    marks = ink(picture)
    meshes = [mesh for mesh in meshes_of(rules_of(picture, marks)) if len(mesh.cells) >= _TABLE_CELLS]
    outside = marks.copy()
    for mesh in meshes:
        _clear(outside, mesh, picture.scale / 2, False)
    words: list[Word] = []
    if not meshes or outside.sum() > _LEAST_INK * (picture.scale / 2) ** 2:
        grey = picture.grey.copy()
        for mesh in meshes:
            _clear(grey, mesh, picture.scale, int(np.median(grey)))
        words = read_words(file, grey, picture.scale, _WHOLE_PAGE)
        words = with_missed(file, Picture(grey, picture.scale), outside, words)
    return [*words, *read_cells(file, picture, marks, meshes)], meshes


def _clear(page: Grey | Marks, mesh: Mesh, scale: float, paper: int) -> None:
    """Leaves a table out of a page."""
    left, right = (round(edge * scale) for edge in (mesh.xs[0] - 2, mesh.xs[-1] + 2))
    top, bottom = (round(edge * scale) for edge in (mesh.ys[0] - 2, mesh.ys[-1] + 2))
    page[max(0, top) : bottom, max(0, left) : right] = paper
