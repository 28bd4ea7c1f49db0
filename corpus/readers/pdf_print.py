"""The words of a PDF's page as its text layer holds them.

Only places count: the order in which a file draws its letters is not the order in which they are read (LibreOffice
draws letters with two accents after the rest of their line).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, takewhile

import pypdfium2 as pdfium

from corpus.readers.legacy import in_font
from corpus.readers.paged.gathering import lines_of
from corpus.readers.paged.prints import Turned, Word
from corpus.readers.pdf_letters import Frame, Letter, frame_of, is_turned, letters_of, usual_angle
from corpus.words import is_vietnamese

_GAP = 0.1  # of the size: letters further apart than their neighbours by this belong to two words
_QUARTER = math.pi / 2
_LEAST_GAP = 0.02  # of the size: what is left of a space behind a horn
_HORNED = frozenset("ơớờởỡợưứừửữựƠỚỜỞỠỢƯỨỪỬỮỰ")
_SIGNS = ".,;:!?()“”\"'"
_SIGN = re.compile("[\ue000-\uf8ff]")  # a letter of a font of signs, which has no meaning without it
_CROSS, _CIRCLE = "\uf02b", "o"  # what a word processor sets before the items of an inner list


_Placed = tuple[float, float, float, Letter]  # left, right, the height it stands on


@dataclass(frozen=True, slots=True)
class Print:
    """The words of a page, and how it is turned. turned: lines at a quarter turn.  slanting: letters of any other."""

    words: list[Word]
    frame: Frame
    turned: list[Turned]
    slanting: int


def printed(page: pdfium.PdfPage) -> Print:
    """What a page says."""
    letters = list(letters_of(page))
    frame = frame_of(page, usual_angle(page, letters))
    straight = [one for one in letters if is_turned(one, frame.angle)]
    aside = {turn: [one for one in letters if is_turned(one, frame.angle + turn)] for turn in (_QUARTER, -_QUARTER)}
    turned = [line for turn, some in aside.items() for line in _lines_aside(page, frame, turn, some)]
    left = sum(bool(one.text.strip()) for one in letters) - sum(
        bool(one.text.strip()) for some in (straight, *aside.values()) for one in some
    )
    return Print(list(_words(straight, frame)), frame, turned, left)


def _lines_aside(page: pdfium.PdfPage, frame: Frame, turn: float, letters: Sequence[Letter]) -> Iterator[Turned]:
    """Lines that are read with the page turned further, and where they stand on it as it is read."""
    aside = frame_of(page, frame.angle + turn)
    for line in lines_of(_words(letters, aside)) if letters else ():
        x, y = frame.place(*aside.placed((line.x0 + line.x1) / 2, line.base - 0.3 * line.size))
        yield Turned(x, y, line.base, line.text, line.size)


def _words(letters: Sequence[Letter], frame: Frame) -> Iterator[Word]:
    """Letters of one height put into words from left to right."""
    placed = []
    for letter in letters:
        x0, _ = frame.place(letter.x0, letter.y0)
        x1, _ = frame.place(letter.x1, letter.y1)
        _, base = frame.place(letter.origin_x, letter.origin_y)
        if not (min(x0, x1) >= -2 and max(x0, x1) <= frame.width + 2 and 0 <= base <= frame.height + 2):
            continue  # beyond the edge of the paper
        placed.append((min(x0, x1), max(x0, x1), base, letter))
    rows = [sorted(row, key=_across) for row in _rows(placed)]
    horns = _overhangs(rows)
    for row in rows:
        yield from _words_of_row(row, horns)


def _rows(placed: list[_Placed]) -> Iterator[list[_Placed]]:
    """Letters of one height."""
    row: list[_Placed] = []
    for one in sorted(placed, key=lambda one: one[2]):
        if row and one[2] - row[0][2] > 0.12 * one[3].style.size:
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _overhangs(rows: Sequence[Sequence[_Placed]]) -> dict[str, float]:
    """How far, in sizes, the horns of ư and ơ stand over the letters behind them: they take no room of their own."""
    over: dict[str, float] = {}
    for row in rows:
        for before, after in pairwise(row):
            text = before[3].text
            if text in _HORNED and after[3].text.strip():
                over[text] = max(over.get(text, 0.0), (before[1] - after[0]) / before[3].style.size)
    return over


def _words_of_row(row: list[_Placed], horns: Mapping[str, float]) -> Iterator[Word]:
    spaced = _spaced(row)
    word: list[_Placed] = []
    for one in row:
        x0, _, _, letter = one
        if word and not letter.text.strip() and x0 >= word[-1][0]:
            yield from map(_word, _parted(word))
            word = []
        if not letter.text.strip():
            continue
        if word and letter.text == word[-1][3].text and x0 - word[-1][0] < 0.3 * (word[-1][1] - word[-1][0]):
            continue  # drawn twice to look bold
        end = max((_end(one, horns) for one in word[-2:]), default=x0)
        if word and x0 - end > spaced + _GAP * letter.style.size:
            yield from map(_word, _parted(word))
            word = []
        word.append(one)
    if word:
        yield from map(_word, _parted(word))


def _end(one: _Placed, horns: Mapping[str, float]) -> float:
    return one[1] - horns.get(one[3].text, 0.0) * one[3].style.size


def _spaced(row: Sequence[_Placed]) -> float:
    """How far apart the letters of a row are set, which a spaced heading's are: "K Ế  H O Ạ C H"."""
    gaps = [after[0] - before[1] for before, after in pairwise(row) if before[3].text.strip() and after[3].text.strip()]
    near = sorted(gap for gap in gaps if gap < row[0][3].style.size)
    return max(0.0, near[len(near) // 2]) if len(near) > 4 else 0.0


def _across(one: _Placed) -> tuple[float, int]:
    """Where a letter stands in its row; an accent drawn by itself comes behind the letter it stands on."""
    accent = unicodedata.combining(one[3].text) > 0
    return ((one[0] + one[1]) / 2 + (0.35 * one[3].style.size if accent else 0), accent)


def _parted(letters: list[_Placed]) -> Iterator[list[_Placed]]:
    """A word, or two that a horn closed the gap between: "THỨ BẢY", where nothing told how far the horn stands."""
    text = "".join(letter.text for *_, letter in letters)
    for at in range(1, len(letters)):
        gap = letters[at][0] - letters[at - 1][1]
        if text[at - 1] in _HORNED and gap > _LEAST_GAP * letters[at][3].style.size and not is_vietnamese(text):
            words = [part.strip(_SIGNS) for part in (text[:at], text[at:])]
            if all(word and is_vietnamese(word) for word in words):
                yield letters[:at]
                yield letters[at:]
                return
    yield letters


def _word(letters: Sequence[_Placed]) -> Word:
    runs = groupby((letter for *_, letter in letters), key=lambda letter: letter.style.font)
    text = "".join(in_font("".join(letter.text for letter in run), font) for font, run in runs)
    text = _bullet(text, letters[0][3].style.font)
    size = Counter(letter.style.size for *_, letter in letters).most_common(1)[0][0]
    begun = len(list(takewhile(_is_bold_with(letters), letters)))
    bold = len(text) if begun == len(letters) else begun
    right, base = max(one[1] for one in letters), letters[0][2]
    return Word(letters[0][0], right, base, unicodedata.normalize("NFC", text), size, bold)


def _is_bold_with(letters: Sequence[_Placed]) -> Callable[[_Placed], bool]:
    """Whether a letter of a word is bold; one that its font lacks is of another, and as the rest of the word."""
    families = {_family(one) for one in letters if one[3].style.bold}
    bold = sum(one[3].style.bold for one in letters) * 2 >= len(letters)
    return lambda one: one[3].style.bold or (bold and _family(one) not in families)


def _family(one: _Placed) -> str:
    return re.split(r"[-,]", one[3].style.font.lower(), maxsplit=1)[0]


def _bullet(text: str, font: str) -> str:
    """A word that is only a sign before an item of a list as it is printed: "-", before those of an inner one "+"."""
    if text == _CROSS or (text == _CIRCLE and "courier" in font.lower()):
        return "+"
    return "-" if _SIGN.fullmatch(text) else text
