"""What a person should know of pages that were recognised in pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.paged.prints import Sheet

UNSURE = 0.6  # a page less sure than this is named


def warnings_of(sheets: Sequence[Sheet]) -> list[str]:
    """That the text was recognised and should be checked, and each page that is hardly legible."""
    numbers = [sheet.number for sheet in sheets]
    said = [
        named_pages(
            numbers,
            "được nhận dạng từ ảnh, có thể sai chữ và số: hãy đối chiếu với ảnh trang",
            "recognised from pictures, words and figures may be wrong: check them against the page",
        )
    ]
    for sheet in sheets:
        if sheet.confidence is not None and sheet.confidence < UNSURE:
            sure = f"{sheet.confidence:.2f}".replace(".", ",")
            said.append(f"Trang {sheet.number}: ảnh mờ, độ tin cậy {sure} / page {sheet.number}: hardly legible")
    return said


def named_pages(numbers: Sequence[int], said: str, english: str) -> str:
    """A line about pages, runs of them as "3–7".

    >>> named_pages([1, 2, 3, 7], "bị mờ", "faint")
    'Trang 1–3, 7: bị mờ / pages 1–3, 7: faint'
    """
    breaks = [0, *(at for at, (one, two) in enumerate(pairwise(numbers), 1) if two != one + 1), len(numbers)]
    runs = [numbers[start:end] for start, end in pairwise(breaks)]
    shown = ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs)
    return f"Trang {shown}: {said} / {'pages' if len(numbers) > 1 else 'page'} {shown}: {english}"
