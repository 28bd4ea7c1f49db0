"""Image files of scanned or photographed pages, one page or several (TIFF)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from corpus.readers.errors import MissingProgram, UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.image_file import count_of, opened, page_of
from corpus.readers.paged.flowing import text_of
from corpus.readers.recogniser import cannot_recognise
from corpus.readers.scan import in_order
from corpus.readers.scan_picture import Picture
from corpus.readers.scan_warnings import warnings_of

_MOST_PAGES = 500
_PAPER = 595.0  # points: the width of A4, for a picture that does not say how large it is
_SCALE = 300 / 72  # pixels to a point that letters are read best at
_DPI = (72.0, 1200.0)  # pixels an inch that a picture of a page may say it has


def read_image(path: Path, progress: Progress) -> Extracted:
    """The text of a picture of pages. Raises UnreadableFile, which says what is wrong and what to do."""
    if missing := cannot_recognise():
        raise MissingProgram(f"{path.name}: {missing}")
    with opened(path) as image:
        pages = count_of(path.name, image)
        if pages > _MOST_PAGES:
            raise UnreadableFile(
                f"{path.name}: {pages} trang, nhiều nhất {_MOST_PAGES}; hãy tách tệp / too many: split the file"
            )
        pictures = ((number, _page(path.name, image, number)) for number in range(1, pages + 1))
        sheets = []
        for sheet in in_order(path.name, pictures):
            sheets.append(sheet)
            progress(len(sheets), pages)
    text = text_of(sheets, warnings_of(sheets))
    if not text.text.strip():
        raise UnreadableFile(f"{path.name}: không thấy chữ nào trong ảnh / no text was found in the picture")
    return text


def _page(name: str, image: Image.Image, number: int) -> Picture:
    """A page of a file in grey, at the size it is read best at."""
    grey = page_of(name, image, number, "L")
    scale = _scale(image)
    if abs(scale / _SCALE - 1) > 0.1:
        size = round(grey.width * _SCALE / scale), round(grey.height * _SCALE / scale)
        grey, scale = grey.resize(size, Image.Resampling.BICUBIC), _SCALE
    return Picture(np.asarray(grey), scale)


def _scale(image: Image.Image) -> float:
    """Pixels to a point: as the file says where that makes it about as large as paper, else as on A4."""
    said = float(image.info.get("dpi", (0, 0))[0])
    short = min(image.width, image.height)
    if _DPI[0] < said < _DPI[1] and 0.6 * _PAPER < short * 72 / said < 2 * _PAPER:
        return said / 72
    return short / _PAPER
