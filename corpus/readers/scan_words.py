"""What Tesseract reads in a picture: words with their places, their letters' size and how sure it is of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from lxml import etree

from corpus.readers.paged.gathering import stretches
from corpus.readers.paged.prints import Word
from corpus.readers.programs import run
from corpus.readers.recogniser import LANGUAGE
from corpus.readers.scan_picture import Grey
from corpus.readers.scan_time import seconds_left
from corpus.words import is_vietnamese

_SECONDS = 60.0  # for one picture: a page takes one or two
_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}  # two pages at once on two cores are faster than one page on both
_NOT_INVERTED = "tessedit_do_invert=0"  # no white letters on black: looking for them takes a tenth of the time
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_TALL, _SEVERAL = 1.5, 4  # times as high as wide is a line of several letters that lies on its side
_ASIDE = 0.3  # of how sure a word is, if it lies on its side: it may be read well, but its place says nothing
_SURE = re.compile(r"x_wconf (\d+)")
_LINES = "//*[@class='ocr_line' or @class='ocr_header' or @class='ocr_caption' or @class='ocr_textfloat']"
_SMALL = 0.8  # of the usual size: accents that were taken for a line of their own are smaller
_BETWEEN = (0.15, 0.9)  # of the usual size: so far above a line stand its own accents, and no other line
_USUAL = (0.78, 1.45)  # of the usual size of a page: what is between is of that size
_SPECKS = 0.4  # a line less sure than this, on a page surer than _LEGIBLE, is no line
_LEGIBLE = 0.6
_GUESSED = 0.12  # how sure Tesseract is of a single letter that is none
_DASHES = frozenset("-–—")
_SINGLE_LINE = 7
_MOST_AGAIN = 8  # lines of a page that are read again
_ABOVE, _BELOW = 1.25, 0.45  # of the size: what of a line stands above and below its base

_Line = list[Word]


def read_words(file: str, grey: Grey, scale: float, layout: int, *settings: str) -> list[Word]:
    """The words of a picture, in points. scale: its pixels to a point.  layout: Tesseract's page segmentation mode.

    A line whose accents were taken for a line of their own is read again by itself.
    file: the name to call it by where Tesseract fails. Raises UnreadableFile.
    """
    lines = _lines(file, grey, scale, layout, settings)
    kept, robbed = _without_dust(lines)
    for at in robbed[:_MOST_AGAIN]:
        kept[at] = _again(file, grey, scale, kept[at])
    return _usual_sizes([word for line in kept for word in _without_specks(line)])


def read_line(file: str, grey: Grey, scale: float, box: tuple[float, float, float, float]) -> list[Word]:
    """The words of one line that stands in a box (left, top, right, bottom in points) of a picture."""
    left, top, right, bottom = (max(0, round(edge * scale)) for edge in box)
    lines = _lines(file, grey[top:bottom, left:right], scale, _SINGLE_LINE, ())
    right_by, down_by = left / scale, top / scale
    return [
        replace(word, x0=word.x0 + right_by, x1=word.x1 + right_by, base=word.base + down_by)
        for line in lines
        for word in _without_specks(line)
    ]


def _lines(file: str, grey: Grey, scale: float, layout: int, settings: Sequence[str]) -> list[_Line]:
    told = [part for setting in (_NOT_INVERTED, *settings) for part in ("-c", setting)]
    dpi = ["--dpi", str(round(scale * 72))]
    arguments = ["tesseract", "-", "-", "-l", LANGUAGE, "--psm", str(layout), *dpi, *told, "hocr"]
    printed = run(file, arguments, seconds_left(file, _SECONDS), portable(grey), _ONE_THREAD)
    page = etree.fromstring(printed, etree.XMLParser(recover=True, resolve_entities=False))
    return [words for line in page.xpath(_LINES) if (words := list(_words(line, scale)))]


def portable(grey: Grey) -> bytes:
    """A picture as a portable grey map."""
    return b"P5 %d %d 255\n" % (grey.shape[1], grey.shape[0]) + np.ascontiguousarray(grey).tobytes()


def _words(line: etree._Element, scale: float) -> Iterator[Word]:
    title = line.get("title", "")
    left, top, right, bottom = _box(title)
    several = len("".join("".join(line.itertext()).split())) >= _SEVERAL
    lying = _ASIDE if several and bottom - top > _TALL * (right - left) else 1.0
    base, size = _BASELINE.search(title), _SIZE.search(title)
    slope, offset = (float(base[1]), float(base[2])) if base else (0.0, 0.0)
    for word in line.iter("{*}span"):
        text = "".join(word.itertext()).strip()
        if word.get("class") != "ocrx_word" or not text:
            continue
        said = word.get("title", "")
        x0, _, x1, _ = _box(said)
        height = bottom + offset + slope * ((x0 + x1) / 2 - left)
        sure = _SURE.search(said)
        confidence = lying * float(sure[1]) / 100 if sure else 0.0
        height, tall = height / scale, float(size[1]) / scale if size else 1.0
        yield from _parted(Word(x0 / scale, x1 / scale, height, text, tall, 0, confidence))


def _parted(word: Word) -> Iterator[Word]:
    """A word, or the two syllables that were read as one: "HuỳnhThị"."""
    text = word.text
    at = next((i for i in range(2, len(text) - 1) if text[i - 1].islower() and text[i].isupper()), 0)
    parts = [text[:at], text[at:]]
    if not at or not text.isalpha() or not all(map(is_vietnamese, parts)):
        yield word
        return
    middle = word.x0 + (word.x1 - word.x0) * (at + 0.5) / (len(text) + 1)
    yield replace(word, x1=middle - 0.1 * word.size, text=parts[0])
    yield replace(word, x0=middle + 0.1 * word.size, text=parts[1])


def _box(title: str) -> tuple[int, int, int, int]:
    found = _BOX.search(title)
    left, top, right, bottom = (int(part) for part in found.groups()) if found else (0, 0, 0, 0)
    return left, top, right, bottom


def _without_dust(lines: Sequence[_Line]) -> tuple[list[_Line], list[int]]:
    """The lines without specks and without accents taken for lines, and which of them those accents belong to."""
    if not lines:
        return [], []
    usual = _usual_size([word for line in lines for word in line])
    legible = sureness([word for line in lines for word in line]) > _LEGIBLE
    kept, accents = list[_Line](), list[_Line]()
    for line in lines:
        if any(_is_accents(line, other, usual) for other in lines):
            accents.append(line)
        elif not legible or sureness(line) > _SPECKS:
            kept.append(line)
    robbed = [at for at, line in enumerate(kept) if any(_is_accents(one, line, usual) for one in accents)]
    return kept, robbed


def _without_specks(line: _Line) -> _Line:
    """A line without what Tesseract hardly believes: stretches apart from the others, single letters and signs.

    A label that begins the line stays, and so does a dash between two words.
    """
    kept: _Line = []
    for stretch in stretches(line):
        if sureness(stretch) > _SPECKS or len(stretch) == len(line):
            kept.extend(word for at, word in enumerate(stretch) if at == 0 or not _is_speck(stretch, at))
    return kept


def _is_speck(line: _Line, at: int) -> bool:
    word = line[at]
    letters = sum(map(str.isalnum, word.text))
    between = word.text in _DASHES and at + 1 < len(line)
    return letters < 2 and not between and word.confidence < (_GUESSED if letters else _LEGIBLE)


def _is_accents(line: _Line, below: _Line, usual: float) -> bool:
    """Whether a line is the accents of the one below it. A raised number is a word that Tesseract is sure of."""
    if line[0].size > _SMALL * usual or below[0].size <= _SMALL * usual:
        return False
    low, high = (bound * usual for bound in _BETWEEN)
    over = below[0].x0 - usual < line[0].x0 and line[-1].x1 < below[-1].x1 + usual
    number = len(line) == 1 and line[0].text.isdigit() and line[0].confidence > _LEGIBLE
    return over and not number and low < below[0].base - line[0].base < high


def _again(file: str, grey: Grey, scale: float, line: _Line) -> _Line:
    """A line read by itself, as it was where that is not surer."""
    size, base = line[0].size, [word.base for word in line]
    left, right = line[0].x0 - size, max(word.x1 for word in line) + size
    found = read_line(file, grey, scale, (left, min(base) - _ABOVE * size, right, max(base) + _BELOW * size))
    return [replace(word, size=size) for word in found] if found and sureness(found) >= sureness(line) else line


def sureness(words: Sequence[Word]) -> float:
    """How sure the recogniser is of words, by their letters, 0 to 1; 0 without any."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _usual_size(words: Sequence[Word]) -> float:
    return median(word.size for word in words)


def _usual_sizes(words: Sequence[Word]) -> list[Word]:
    """Words near the usual size of their page made of that size: what is measured in a picture is never the same."""
    if not words:
        return []
    usual = _usual_size(words)
    low, high = (bound * usual for bound in _USUAL)
    return [replace(word, size=usual) if low < word.size < high else word for word in words]
