"""Targets for several years in one sentence: "đạt 97% vào năm 2025 và 98% vào năm 2030"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.document import Span

_CLAUSE = re.compile(r"[^;]+")
_YEAR = re.compile(r"(?<!từ )\bnăm\s+((?:19|20)\d\d)\b(?!\s*(?:[-–]|đến\s+năm|tới\s+năm))", re.IGNORECASE)
_AT = re.compile(r"\s*(?:vào|đến|tới|trong|ở|cho)?\s*$", re.IGNORECASE)
_BOUND = r"(?:(?:dưới|trên|ít nhất|tối thiểu|không quá|khoảng)\s+)?"
_SHARE = re.compile(rf"{_BOUND}\d[\d.,]*(?:\s*%|\s*/\s*\d[\d.]*)", re.IGNORECASE)
_FIGURE = re.compile(rf"{_BOUND}(?<![\d/])\d[\d.]*(?:,\d+)?(?![\d/]|\s*(?:tuổi|loại|tháng|ngày))", re.IGNORECASE)
_LABEL = re.compile(r"[-+*\s]*(?:\w+\s+){1,2}\d+\s*[:.]\s*")  # "Chỉ tiêu 5: "
_NAMED = 3  # words of a name
_BETWEEN = 2  # words between a later figure and its year, or before it, that leave it a figure of the same thing


@dataclass(frozen=True, slots=True)
class Yearly:
    """What one clause sets for several years. name: the words that say of what; figures: by year, bounds included."""

    name: Span
    figures: Mapping[int, Span]


def yearly(text: str) -> list[Yearly]:
    """The clauses of a sentence that set figures for two years or more, with places in `text`.

    The figure of a year is the last one between the year before it and its own; shares go before other numbers.

    >>> text = "Tỷ lệ trẻ được tiêm đủ 8 loại vắc xin đạt 97% vào năm 2025 và 98% vào năm 2030"
    >>> [(text[one.start : one.end], year) for year, one in yearly(text)[0].figures.items()]
    [('97%', 2025), ('98%', 2030)]
    """
    return [found for clause in _CLAUSE.finditer(text) if (found := _clause(text, Span(*clause.span()))) is not None]


def _clause(text: str, clause: Span) -> Yearly | None:
    label = _LABEL.match(text, clause.start, clause.end)
    clause = Span(label.end(), clause.end) if label else clause
    figures = dict(_figures(text, clause))
    if len(figures) < 2:
        return None
    first = min(figures.values())
    before = Span(clause.start, first.start)
    year = _YEAR.search(text, first.end)
    after = Span(first.end, year.start() if year else first.end)
    name = before if len(text[before.start : before.end].split()) >= _NAMED else after
    return Yearly(_trimmed(text, name), figures)


def _figures(text: str, clause: Span) -> Iterator[tuple[int, Span]]:
    at, first = clause.start, True
    for year in _YEAR.finditer(text, clause.start, clause.end):
        end = at + len(_AT.sub("", text[at : year.start()]))
        found = list(_SHARE.finditer(text, at, end)) or list(_FIGURE.finditer(text, at, end))
        if found and (first or _is_of_the_same(text[at : found[-1].start()], text[found[-1].end() : end])):
            yield int(year[1]), Span(*found[-1].span())
            first = False
        at = year.end()


def _is_of_the_same(before: str, after: str) -> bool:
    """Whether a later figure counts what the first one does: hardly a word stands around it."""
    return len(before.split()) <= _BETWEEN + 1 and len(after.split()) <= _BETWEEN


def _trimmed(text: str, span: Span) -> Span:
    """A span without the blanks around it, nor the small words and marks that it ends with."""
    words = re.sub(r"(?:[\s,.:]|\b(?:đạt|xuống|còn|là|vào|đến))+$", "", text[span.start : span.end])
    start = span.start + len(words) - len(words.lstrip(" -:,"))
    return Span(start, span.start + len(words))
