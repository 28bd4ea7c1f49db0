"""Markers: what stands before the words of a section or an item, and how deep it puts them.

One table for every reader of lines: cleaning asks whether a line begins anew, the parts where the first section
stands, the outline how deep a block goes. Words only, no blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain


class Rank(IntEnum):
    """How deep a marker puts its block; gaps leave room for levels within one marker (1.1., 1.1.1., a.1)."""

    ROOT = 0
    PART = 10
    CHAPTER = 20
    DIVISION = 30
    LETTERED = 35  # A. B. C.
    ROMAN = 40
    ARTICLE = 50
    NAMED = 55  # Nhiệm vụ 1:
    NUMBER = 60
    BOLD = 70  # a line all in bold, without a marker
    LETTER = 80
    BRACKET = 85  # (1), (a), (i)
    BULLET = 90
    PLUS = 100
    TEXT = 110


_LATIN = [chr(code) for code in chain(range(0x41, 0x250), range(0x1E00, 0x1F00))]
_UP = f"[{''.join(letter for letter in _LATIN if letter.isupper())}]"
_LOW = f"[{''.join(letter for letter in _LATIN if letter.islower())}]"
#: Signs that stand before the items of a list; "*" and the private ones are a word processor's.
BULLETS = "-–—−‐‑•●▪■□◦·‣►❖✓✔➢*\uf0b7\uf0a7\uf0d8\uf02d"
#: What parts a chapter's number from its title: a stop, a dash, capitals, a short title, or the end of the line.
_THEN = rf"(?:\s*[.:]\s*|\s+[-–]\s+|\s+(?={_UP}{_UP})|\s+(?={_UP}[^.,;]*$)|\s*$)"
_NAMES = "Chỉ tiêu|Nhiệm vụ|Mục tiêu|Giải pháp|Dự án|Tiểu dự án|Hoạt động|Nội dung|Bước"
_NAMED = rf"((?:{_NAMES})\s+(?:số\s+)?\d+(?:\.\d+)*)\s*[:.]\s*"
_TABLE: tuple[tuple[int, str], ...] = (
    (Rank.PART, rf"((?:PHẦN|Phần)\s+(?:[IVXLC]+|\d+|(?:THỨ|Thứ|thứ)\s+\w+)){_THEN}"),
    (Rank.CHAPTER, rf"((?:CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d+)){_THEN}"),
    (Rank.DIVISION, rf"((?:MỤC|Mục)\s+(?:[IVXLC]+|\d+)){_THEN}"),
    (Rank.ARTICLE, r"((?:ĐIỀU|Điều)\s+\d+[a-zđ]?)(?:[.:]\s*|$)"),
    (Rank.NAMED, _NAMED),
    (Rank.ROMAN, rf"([IVX]+)(?:\s*[.)/:–-](?:\s+|(?={_UP}\w))|\s*[.)/]$)"),
    (Rank.NUMBER, r"([IVX]+(?:\.\d{1,2})+)[.)/]?\s+"),
    (Rank.LETTERED, rf"([A-HĐ])(?:[.)/]\s+|[.)/](?={_UP}\w)|\s+[-–]\s+(?={_UP}{_UP}))"),
    (Rank.NUMBER, rf"(\d{{1,2}}(?:\.\d{{1,2}})*)\s*(?:[.)/]\s+|[.)/]$|[.)](?=[^\d\s])|/(?={_UP}{_LOW}))"),
    (Rank.NUMBER, rf"(\d{{1,2}}(?:\.\d{{1,2}})+)\s+(?={_UP})"),
    (Rank.NUMBER, rf"(\d{{1,2}})\s?[-–]\s+(?={_UP})"),
    (Rank.LETTER, rf"([a-zđ])(?:\s*[.)/]\s+|\s*[.)/]$|\)(?=\w)|[./](?={_UP}))"),
    (Rank.LETTER + 1, r"([a-zđ]\.?\d{1,2})[.)/]\s+"),
    (Rank.BRACKET, r"(\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\))\s*(?=\S)"),
    (Rank.BULLET, rf"([{re.escape(BULLETS)}])\s*(?=\S)"),
    (Rank.PLUS, r"([+])\s*(?=\S)"),
)
_MARKERS = tuple((rank, re.compile(pattern)) for rank, pattern in _TABLE)
_BARE_BULLET = re.compile(rf"[{re.escape(BULLETS)}+]")
_NAMED_ITEM = re.compile(_NAMED)
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker read off: its rank, its label as printed without the stop behind it, and where the words begin."""

    rank: int
    label: str
    end: int

    @property
    def number(self) -> int:
        """The place of the label in its list: 4 for "4." and "IV.", 5 for "đ)"; 0 where it has none."""
        last = re.split(r"[.\s]", self.label.strip("()"))[-1]
        if last.isdigit():
            return int(last)
        if self.rank == Rank.ROMAN:
            return _roman(last)
        return _LETTERS.index(last.lower()) + 1 if len(last) == 1 and last.lower() in _LETTERS else 0


def mark(plain: str) -> Mark | None:
    """The marker that a line begins with, None where it has none.

    >>> mark("IV. TỔ CHỨC THỰC HIỆN"), mark("đ)Giảm 5%")
    (Mark(rank=40, label='IV', end=4), Mark(rank=80, label='đ', end=2))
    >>> mark("12/KH-UBND ngày 3/4"), mark("2.150 triệu đồng")
    (None, None)
    """
    for rank, pattern in _MARKERS:
        if match := pattern.match(plain):
            deeper = match[1].count(".") if rank == Rank.NUMBER else 0
            return Mark(int(rank) + deeper, match[1], match.end())
    return None


def is_only_mark(plain: str) -> bool:
    """Whether a line holds a marker and nothing else, its words being on the next ("Chương I")."""
    found = mark(plain)
    return bool(_BARE_BULLET.fullmatch(plain)) or (found is not None and found.end == len(plain))


def named_label(plain: str, start: int) -> str:
    """The name an item gives itself behind its marker ("- Chỉ tiêu 5: …"), "" where it gives none."""
    named = _NAMED_ITEM.match(plain, start)
    return named[1] if named else ""


def _roman(label: str) -> int:
    values = [_VALUES.get(letter, 0) for letter in label]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
