"""Numbers by which something is named: targets ("các chỉ tiêu 3, 4 và 6"), items of the answer before ("ý thứ hai")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.document import Span
from corpus.words import fold

_ONE = r"\d{1,3}(?![\d/]|[.,]\d+\s*(?:%|phan tram|tr)|\s*(?:%|phan tram))"
_TARGETS = re.compile(
    rf"(?:chi tieu|indicators?|targets?)\s*(?:so|no\.?|numbers?|cac so)?\s*"
    rf"({_ONE}(?:\s*(?:,|;|va|voi|and|den|to|-)\s*{_ONE})*)"
)
_RANGE = re.compile(r"(\d+)\s*(?:den|to|-)\s*(\d+)")
_LONGEST_RANGE = 50
_WORDS = {"nhat": 1, "mot": 1, "hai": 2, "nhi": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8}
_ENGLISH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_ITEM = r"(?:y|muc|diem|cai|viec|nhiem vu|gach dau dong|chi tieu|cau|so|dong|dieu|hang)"
_NTH = re.compile(
    rf"\b{_ITEM}\s+(?:thu\s+)?(?:so\s+)?(\d{{1,2}}|{'|'.join(_WORDS)})(?:\s+(?:tren|do|nay|la|thi|cua|o tren|kia))?\b"
)
_LAST = re.compile(rf"\b{_ITEM}\s+(cuoi cung|cuoi|dau tien|dau)\b")
_GOAL = re.compile(rf"\b(?:muc tieu|goal|objective)\s+(?:cu the\s+)?(?:so\s+|thu\s+)?({_ONE})(?!\d)")
_LETTER = re.compile(r"\b(?:ý|điểm|mục|y|diem)\s+([a-eg-hiklmđ])\b")
_NTH_EN = re.compile(
    rf"\bthe ({'|'.join(_ENGLISH)}) (?:one|item|point|task|duty|target)\b|\b(?:item|point) (\d{{1,2}})\b"
)


def target_names(text: str) -> Iterator[tuple[Span, frozenset[int]]]:
    """Where a text names targets by their numbers, and which; offsets are those of the NFC text.

    >>> [sorted(numbers) for _, numbers in target_names("Thực hiện các chỉ tiêu 3,4 và 6; chỉ tiêu 10 đến 12")]
    [[3, 4, 6], [10, 11, 12]]
    >>> list(target_names("chỉ tiêu 90% trẻ em"))
    []
    """
    for match in _TARGETS.finditer(fold(text)):
        yield Span(*match.span()), frozenset(_numbers(match[1]))


def targets_named(text: str) -> frozenset[int]:
    """The numbers of all the targets that a text names."""
    return frozenset[int]().union(*(numbers for _, numbers in target_names(text)))


def goal_number(text: str) -> int | None:
    """The number of a goal that a question names: 5 for "mục tiêu 5", None for "mục tiêu 90%".

    >>> goal_number("Mục tiêu 5 nói gì?"), goal_number("mục tiêu 90% trẻ em"), goal_number("mục tiêu 2025")
    (5, None, None)
    """
    match = _GOAL.search(fold(text))
    return int(match[1]) if match else None


def letter(text: str) -> str:
    """The letter of an item of an earlier answer that a question points at, "" for none.

    >>> letter("ý b nói nghị định nào?"), letter("điểm đ của mục 2"), letter("ý 2")
    ('b', 'đ', '')
    """
    match = _LETTER.search(text.lower())
    return match[1] if match else ""


def ordinal(text: str) -> int | None:
    """Which item of an earlier answer a question points at: 2 for "ý thứ hai", -1 for the last; None for none.

    >>> ordinal("nói rõ hơn ý 2"), ordinal("cái thứ hai là của ai?"), ordinal("việc cuối cùng"), ordinal("chỉ tiêu 5")
    (2, 2, -1, None)
    """
    words = fold(text)
    if match := _LAST.search(words):
        return -1 if match[1].startswith("cuoi") else 1
    if match := _NTH_EN.search(words):
        return _ENGLISH[match[1]] if match[1] else int(match[2])
    for match in _NTH.finditer(words):
        if " thu " in match[0] or (match[1].isdigit() and match[0].startswith(("y ", "cai ", "gach dau dong "))):
            return _value(match[1])
    return None


def _value(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS[word]


def _numbers(listed: str) -> Iterator[int]:
    for first, last in _RANGE.findall(listed):
        if int(first) <= int(last) <= int(first) + _LONGEST_RANGE:
            yield from range(int(first), int(last) + 1)
    yield from map(int, re.findall(r"\d+", listed))
