"""Automatic numbers of a word processor: a list of many levels, counted as the processor counts it.

A marker is left to the processor only where that prints what the plan prints: "đ)", "1.1." or "Chỉ tiêu 5" are not
among its forms here and stay text. A number out of turn (a second "V") begins a list of its own, at that number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.document import Document as Docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
#: Form, its text and its marker, level by level.
_LEVELS = (
    ("upperRoman", "%1.", re.compile(r"([IVX]+)\.")),
    ("decimal", "%2.", re.compile(r"(\d{1,2})\.")),
    ("lowerLetter", "%3)", re.compile(r"([a-z])\)")),
    ("bullet", "-", re.compile(r"(-)")),
    ("bullet", "+", re.compile(r"(\+)")),
)
_FIRST_BULLET = 3


@dataclass(slots=True)
class _List:
    """A list of the document and how far each of its levels has counted."""

    number: int
    counts: list[int] = field(default_factory=lambda: [0] * len(_LEVELS))

    def use(self, level: int, count: int) -> None:
        """A paragraph takes the next number of a level; the levels below begin anew."""
        self.counts[level] = count
        self.counts[level + 1 :] = [0] * (len(_LEVELS) - level - 1)


class Numbering:
    """Gives the paragraphs of one document their automatic numbers."""

    def __init__(self, docx: Docx) -> None:
        self._root = docx.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._lists: list[_List] = []
        self._main = self._begin(0, 1)
        self._latest = [self._main] * len(_LEVELS)

    def number(self, paragraph: Paragraph, marker: str) -> bool:
        """Whether a paragraph got a marker as its automatic number; else the marker is to be typed."""
        level, count = place(marker)
        if not count:
            return False
        lists = (self._main, self._latest[level])
        held = next((one for one in lists if level >= _FIRST_BULLET or one.counts[level] + 1 == count), None)
        used = held or self._begin(level, count)
        used.use(level, count)
        self._latest[level] = used
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = used.number
        return True

    def _begin(self, level: int, start: int) -> _List:
        begun = _List(len(self._lists) + 1)
        self._lists.append(begun)
        abstract = parse_xml(_abstract(begun.number, level, start))
        nums = self._root.findall(qn("w:num"))
        if nums:
            nums[0].addprevious(abstract)  # the schema wants every w:abstractNum before the first w:num
        else:
            self._root.append(abstract)
        self._root.append(parse_xml(_num(begun.number)))
        return begun


def place(marker: str) -> tuple[int, int]:
    """The level a marker is on and its number there, from 1; (0, 0) of one that is to be typed.

    >>> place("IV."), place("2."), place("đ)"), place("c)"), place("-")
    ((0, 4), (1, 2), (0, 0), (2, 3), (3, 1))
    """
    for level, (form, _, pattern) in enumerate(_LEVELS):
        if match := pattern.fullmatch(marker):
            return level, _count(form, match[1])
    return 0, 0


def _count(form: str, printed: str) -> int:
    if form == "upperRoman":
        return _ROMAN.index(printed) + 1 if printed in _ROMAN else 0
    if form == "lowerLetter":
        return _LETTERS.index(printed) + 1
    return int(printed) if form == "decimal" else 1


def _abstract(number: int, started: int, start: int) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start if at == started else 1}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl>'
        for at, (form, text, _) in enumerate(_LEVELS)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{kind}{levels}</w:abstractNum>'


def _num(number: int) -> str:
    return f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
