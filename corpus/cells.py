"""The cells of a row of a table as it stands in a text: between tabs, or between the bars of Markdown."""

from __future__ import annotations

import re

from corpus.document import Span

_BETWEEN = re.compile(r"\t|(?<!\\)\|")


def cells(text: str, row: Span) -> list[Span]:
    """The cells of a row from left to right, empty ones too; the bars around a row of Markdown are no cells' ends.

    >>> [text[one.start : one.end] for text in ["1\\tKhám\\t\\tQuý III"] for one in cells(text, Span(0, len(text)))]
    ['1', 'Khám', '', 'Quý III']
    >>> [text[one.start : one.end] for text in ["| 1 | Khám |"] for one in cells(text, Span(0, len(text)))]
    [' 1 ', ' Khám ']
    """
    ends = list(_BETWEEN.finditer(text, row.start, row.end))
    if ends and ends[0][0] == "|" and not text[row.start : ends[0].start()].strip():
        row, ends = Span(ends[0].end(), row.end), ends[1:]
    if ends and ends[-1][0] == "|" and not text[ends[-1].end() : row.end].strip():
        row, ends = Span(row.start, ends[-1].start()), ends[:-1]
    starts = [row.start, *(end.end() for end in ends)]
    return [Span(start, end) for start, end in zip(starts, [*(end.start() for end in ends), row.end], strict=True)]
