"""Which words of a picture are bold: their strokes are half as thick again as those of the running text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus.readers.paged.prints import Word
from corpus.readers.scan_picture import Marks, Picture, dark

_THICKER = 1.25  # times the strokes of the running text: bold ones are 1.3 to 1.6 times, others up to 1.15
_USUAL = 25  # percentile of the words of a page by their strokes: running text, where half of the page is bold too
_HEIGHT = (0.75, 0.05)  # sizes above and below the base that letters stand in
_FEWEST = 8  # words that tell how thick the strokes of a page are


def with_bold(picture: Picture, words: Sequence[Word]) -> list[Word]:
    """The words, those in bold letters with all of them counted as bold; signs are as the word behind them."""
    marks = dark(picture.grey)
    thick = [_stroke(marks, picture.scale, word) for word in words]
    known = [stroke for stroke in thick if stroke > 0]
    if len(known) < _FEWEST:
        return list(words)
    bound = _THICKER * float(np.percentile(known, _USUAL))
    bold = [stroke > bound for stroke in thick]
    for at in range(len(words) - 2, -1, -1):
        if thick[at] == 0 and abs(words[at].base - words[at + 1].base) < 0.3 * words[at].size:
            bold[at] = bold[at + 1]
    return [replace(word, bold=len(word.text)) if is_bold else word for word, is_bold in zip(words, bold, strict=True)]


def _stroke(marks: Marks, scale: float, word: Word) -> float:
    """How thick the strokes of a word are on average, in sizes; 0 for signs and single letters, which do not tell."""
    if sum(map(str.isalpha, word.text)) < 2:
        return 0.0
    edges = word.base - _HEIGHT[0] * word.size, word.base + _HEIGHT[1] * word.size
    top, bottom = (max(0, round(edge * scale)) for edge in edges)
    part = marks[top:bottom, max(0, round(word.x0 * scale)) : round(word.x1 * scale) + 1]
    begun = np.count_nonzero(part[:, 1:] & ~part[:, :-1]) + np.count_nonzero(part[:, :1])
    return float(np.count_nonzero(part)) / begun / scale / word.size if begun else 0.0
