"""What Tesseract reads in a picture: words with their places, their letters' size and how sure it is of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from lxml import etree

from corpus.readers.paged.prints import Word
from corpus.readers.programs import run
from corpus.readers.scan_picture import Grey

LANGUAGE = "vie"
_SECONDS = 120.0  # for one picture: a page takes one or two
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # two pages at once on two cores are faster than one page on both
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_SURE = re.compile(r"x_wconf (\d+)")
_LETTER_SHARE = 1.0  # of Tesseract's height of a line that is the size of its letters
_GUESSED, _DOUBTFUL = 0.12, 0.6  # how sure Tesseract is of what is no word at all, and of what may be none
_TINY = 0.62  # of the usual size
_ODD_SIZE = 0.25  # of the usual size of a page: what is nearer is of that size
_LINES = "//*[contains(@class, 'ocr_line') or contains(@class, 'ocr_header') or contains(@class, 'ocr_caption')" \
    " or contains(@class, 'ocr_textfloat')]"


def read_words(file: str, grey: Grey, scale: float, layout: int, *settings: str) -> list[Word]:
    """The words of a picture, in points. scale: its pixels to a point.  layout: Tesseract's page segmentation mode.

    file: the name to call it by where Tesseract fails. Raises UnreadableFile.
    """
    told = [part for setting in settings for part in ("-c", setting)]
    dpi = ["--dpi", str(round(scale * 72))]
    arguments = ["tesseract", "-", "-", "-l", LANGUAGE, "--psm", str(layout), *dpi, *told, "hocr"]
    words = list(_words(run(file, arguments, _SECONDS, _portable(grey), _ONE_THREAD), scale))
    return _usual_sizes([word for word in words if not _is_dust(word, words)])


def _portable(grey: Grey) -> bytes:
    """A picture as a portable grey map."""
    return b"P5 %d %d 255\n" % (grey.shape[1], grey.shape[0]) + np.ascontiguousarray(grey).tobytes()


def _words(hocr: bytes, scale: float) -> Iterator[Word]:
    for line in etree.fromstring(hocr, etree.XMLParser(recover=True, resolve_entities=False)).xpath(_LINES):
        title = line.get("title", "")
        left, _, _, bottom = _box(title)
        slope, offset = (float(part) for part in (_BASELINE.search(title) or _FLAT).groups())
        size = float((_SIZE.search(title) or _NO_SIZE)[1])
        for word in line.iter("{*}span"):
            text = "".join(word.itertext()).strip()
            if "ocrx_word" not in word.get("class", "") or not text:
                continue
            said = word.get("title", "")
            x0, _, x1, _ = _box(said)
            base = bottom + offset + slope * ((x0 + x1) / 2 - left)
            sure = float((_SURE.search(said) or _UNSURE)[1]) / 100
            yield Word(x0 / scale, x1 / scale, base / scale, text, _LETTER_SHARE * size / scale, False, sure)


_FLAT = _BASELINE.match("baseline 0 0")
_NO_SIZE = _SIZE.match("x_size 0")
_UNSURE = _SURE.match("x_wconf 0")


def _box(title: str) -> tuple[int, int, int, int]:
    found = _BOX.search(title)
    left, top, right, bottom = (int(part) for part in found.groups()) if found else (0, 0, 0, 0)
    return left, top, right, bottom


def _is_dust(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word is specks, or the accents of a line taken for a line of their own."""
    usual = _usual_size(words)
    if word.confidence < _GUESSED:
        return True
    return word.confidence < _DOUBTFUL and (word.size < _TINY * usual or not any(map(str.isalnum, word.text)))


def _usual_size(words: Sequence[Word]) -> float:
    return median(word.size for word in words)


def _usual_sizes(words: Sequence[Word]) -> list[Word]:
    """Words near the usual size of their page made of that size: what is measured in a picture is never the same."""
    if not words:
        return []
    usual = _usual_size(words)
    return [replace(word, size=usual) if abs(word.size - usual) < _ODD_SIZE * usual else word for word in words]
