"""Sums of money as printed, in đồng, so that "0,72 tỷ", "720 triệu" and a table's cell can be told to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from corpus.document import Document, Span
from corpus.tables import number
from corpus.vocabulary import HERE, read_toml

_UNITS = {"tỷ": 10**9, "tỉ": 10**9, "triệu": 10**6, "nghìn đồng": 10**3, "ngàn đồng": 10**3, "đồng": 1}
#: A year before "tỷ lệ" or "đồng thời" is no sum.
_SUM = re.compile(
    r"(?<![\d.,/])(\d[\d.,]*\d|\d)\s*"
    r"(tỷ(?!\s+(?:lệ|suất|số|trọng|giá))|tỉ(?!\s+(?:lệ|suất|số|trọng|giá))|triệu|(?:nghìn|ngàn)\s+đồng"
    r"|đồng(?!\s+(?:thời|bộ|chí|bào|đều|hành|ý|tình|phục|nghiệp|bằng)))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SumWords:
    """How a plan names the whole of its money; fields as in sums.toml."""

    whole: tuple[str, ...]
    bare: tuple[str, ...]
    plain: tuple[str, ...]
    around: tuple[str, ...]
    parts: tuple[str, ...]
    money: tuple[str, ...]


@cache
def sum_words() -> SumWords:
    """How plans name the whole of their money."""
    return SumWords(**read_toml(HERE / "sums.toml"))


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money and where it stands; `amount` in đồng, right to `within` đồng, half of its last digit."""

    span: Span
    amount: Decimal
    within: Decimal

    def is_same(self, amount: Decimal) -> bool:
        """Whether another sum, rounded as this one is, is this one."""
        return abs(self.amount - amount) <= self.within


def sums(text: str) -> Iterator[Sum]:
    """The sums of money in a text.

    >>> [(int(one.amount), int(one.within)) for one in sums("720 triệu đồng, 18,7 tỷ; năm 2025 tỷ lệ")]
    [(720000000, 500000), (18700000000, 50000000)]
    """
    for match in _SUM.finditer(text):
        value = number(match[1])
        if value is None:  # "0.72 tỷ", as English writes it
            value = number(match[1].replace(".", ","))
        if value is not None:
            unit = _UNITS[" ".join(match[2].lower().split())]
            places = Decimal(1).scaleb(int(value.as_tuple().exponent))
            yield Sum(Span(*match.span()), value * unit, places * unit / 2)


def amounts(document: Document) -> frozenset[Decimal]:
    """All sums that a document gives, in đồng: those of its sentences, and the cells of tables that have a unit."""
    words = document.shown(Span(0, len(document.text)))
    found = {one.amount for one in sums(words)}
    for table in document.tables:
        unit = next(iter(sums(f"1 {table.unit.value}")), None) if table.unit else None
        if unit is not None:
            found.update(cell.value * unit.amount for row in table.rows for cell in row.cells)
    return frozenset(found)
