"""Targets for several years in one sentence: "đạt 97% vào năm 2025 và 98% vào năm 2030"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Span

_CLAUSE = re.compile(r"[^;]+")
_YEAR = re.compile(r"(?<!từ )\bnăm\s+((?:19|20)\d\d)\b(?!\s*(?:[-–]|đến\s+năm|tới\s+năm))", re.IGNORECASE)
_AT = re.compile(r"\s*(?:vào|đến|tới|trong|ở|cho)?\s*$", re.IGNORECASE)
_BOUND = r"(?:(?:xuống(?:\s+còn)?|còn|lên|dưới|trên|ít nhất|tối thiểu|không quá|khoảng)\s+){0,2}"
_SHARE = re.compile(rf"{_BOUND}\d[\d.,]*(?:\s*%|\s*/\s*\d[\d.]*)", re.IGNORECASE)
_FIGURE = re.compile(rf"{_BOUND}(?<![\d/])\d[\d.]*(?:,\d+)?(?![\d/]|\s*(?:tuổi|loại|tháng|ngày))", re.IGNORECASE)
_LABEL = re.compile(r"[-+*\s]*(?:\w+\s+){1,2}\d+\s*[:.](?=\s)\s*")  # "Chỉ tiêu 5: "
#: The year that a change is counted from is no year of a target.
_BASE = re.compile(r"so với(?:\s+(?!năm\b)\w+){0,8}\s+năm\s+(?:19|20)\d\d", re.IGNORECASE)
_GOES_ON = re.compile(r"[\s,]*(?:(?:và|phấn đấu|đạt|giảm|xuống|còn|là)[\s,]*)*", re.IGNORECASE)
_NAMED = 3  # words of a name
_BETWEEN = 2  # words between a later figure and its year that leave it a figure of the same thing


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
    figures = _figures(text, clause)
    if len(figures) < 2:
        return None
    first = min(figures.values())
    before = Span(clause.start, first.start)
    year = _YEAR.search(text, first.end)
    after = Span(first.end, year.start() if year else first.end)
    name = _trimmed(text, before if len(text[before.start : before.end].split()) >= _NAMED else after)
    return Yearly(name, figures) if name.end > name.start else None


def _figures(text: str, clause: Span) -> dict[int, Span]:
    """The figure of each year; none where years stand before their figures, or it is not plain whose a figure is."""
    bases = [Span(*match.span()) for match in _BASE.finditer(text, clause.start, clause.end)]
    every = _YEAR.finditer(text, clause.start, clause.end)
    years = [match for match in every if not any(Span(*match.span()) in base for base in bases)]
    figures: dict[int, Span] = {}
    at = clause.start
    for year in years:
        end = at + len(_AT.sub("", text[at : year.start()]))
        found = list(_SHARE.finditer(text, at, end)) or list(_FIGURE.finditer(text, at, end))
        found = [one for one in found if not any(Span(*one.span()) in base for base in bases)]
        if not found:
            return {}
        if not figures or _is_of_the_same(text[at : found[-1].start()], text[found[-1].end() : end]):
            figures[int(year[1])] = Span(*found[-1].span())
        at = year.end()
    return {} if _SHARE.search(text, at, clause.end) else figures


def _is_of_the_same(before: str, after: str) -> bool:
    """Whether a later figure counts what the first one does: nothing but "và", "phấn đấu đạt" stands before it."""
    return _GOES_ON.fullmatch(before) is not None and len(after.split()) <= _BETWEEN


def _trimmed(text: str, span: Span) -> Span:
    """A span without the blanks around it, nor the small words and marks that it ends with."""
    words = re.sub(r"(?:[\s,.:]|\b(?:đạt|xuống|còn|là|vào|đến))+$", "", text[span.start : span.end])
    start = span.start + len(words) - len(words.lstrip(" -:,"))
    return Span(start, span.start + len(words))
