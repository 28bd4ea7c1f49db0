"""Pages that were scanned lying on a side or upside down, told by Tesseract's own model of how letters stand."""

from __future__ import annotations

import re

import numpy as np

from corpus.readers.errors import UnreadableFile
from corpus.readers.programs import run
from corpus.readers.recogniser import languages
from corpus.readers.scan_picture import Picture
from corpus.readers.scan_time import seconds_left
from corpus.readers.scan_words import portable

_SECONDS = 60.0
_LANGUAGE = "osd"
_ROTATE = re.compile(r"^Rotate: (90|180|270)$", re.MULTILINE)
_DPI = 150  # letters are told apart by how they stand at half the size that they are read at


def turned(file: str, picture: Picture) -> tuple[Picture, ...]:
    """The picture as it may stand upright, likeliest first; none where it does, or shows too few letters to tell."""
    if _LANGUAGE not in languages():
        return tuple(_quarters(picture, clockwise) for clockwise in (180, 90, 270))
    step = max(1, round(picture.scale * 72 / _DPI))
    arguments = ["tesseract", "-", "-", "-l", _LANGUAGE, "--psm", "0", "--dpi", str(round(picture.scale * 72 / step))]
    try:
        said = run(file, arguments, seconds_left(file, _SECONDS), portable(picture.grey[::step, ::step])).decode(
            errors="replace"
        )
    except UnreadableFile:
        return ()
    found = _ROTATE.search(said)
    return (_quarters(picture, int(found[1])),) if found else ()


def _quarters(picture: Picture, clockwise: int) -> Picture:
    return Picture(np.ascontiguousarray(np.rot90(picture.grey, -clockwise // 90)), picture.scale)
