"""What may turn the words of a plan: those that lead on to an item, "Không được thực hiện các việc sau: - …", headings
that deny, and sentences that undo another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from corpus.document import Document, Kind, Section
from corpus.names import Names
from corpus.vocabulary import read_toml

_LEADS_ON = re.compile(r"(?::|\b(?:sau|sau đây|dưới đây|như sau)\s*[.:;]?)$")
_PARTS = re.compile(r"\b(?:trong đó|gồm|gồm có)\s*:$", re.IGNORECASE)  # of a sum or a whole: each stands for itself
_GOES_ON = re.compile(r"[;,]$")
_COUNTED = re.compile(r":\s*(?:\(?(?:0?1|a|i)[.)]|[-–+•*]|một là\b)\s?", re.IGNORECASE)  # a list within a paragraph


def leads(document: Document, section: Section) -> list[Section]:
    """What an item hangs on, the farthest first: the headings above it that deny, what stands before its list and leads
    on to it, the items above it."""
    above = document.ancestors(section)
    denying = [node for node in above if node.kind is Kind.HEADING and denies(node.title)]
    items = [node for node in above if node.kind is not Kind.HEADING]
    before = _before_list(document, items[0] if items else section)
    return [*denying, *([before] if before else []), *items]


def is_lead(document: Document, section: Section) -> bool:
    """Whether what stands behind an item or a paragraph hangs on it."""
    behind = document.sections[section.id + 1 : section.id + 2]
    return any(one.id == section.id for node in behind for one in leads(document, node))


def denies(title: str) -> bool:
    """Whether a heading says that what stands below it is not to be, or is over.

    >>> denies("Các hành vi bị nghiêm cấm"), denies("Phòng, chống bạo lực trẻ em")
    (True, False)
    """
    return any(True for _ in _words("denying").find(title))


def is_one(text: str) -> bool:
    """Whether the sentences of a passage are to be shown together: one leads on to the others, or undoes another.

    >>> is_one("Không được: 1. Xóa tên. 2. Thu học bạ."), is_one("Mỗi em được 20 vở. Từ năm 2023 không thực hiện.")
    (True, True)
    >>> is_one("Tổ chức tập huấn. Kiểm tra các huyện."), is_one("Mọi trẻ em được mượn sách. Trừ trẻ em đã có thẻ.")
    (False, True)
    """
    undone = any(True for _ in _words("undoing").find(text))
    return undone or bool(_COUNTED.search(text)) or bool(_taking_back().search(text))


def _before_list(document: Document, item: Section) -> Section | None:
    """What stands before the list that an item or a paragraph is in, where that leads on to it."""
    for before in _earlier(document, item):
        said = document.shown(before.head)
        if _LEADS_ON.search(said) and not before.children:
            return before if denies(said) or not _PARTS.search(said) else None
        same = before.kind is item.kind and _sign(before) == _sign(item)
        if not same and not _GOES_ON.search(said):
            return None
    return None


def _earlier(document: Document, item: Section) -> Iterator[Section]:
    """What stands before an item beside it, the nearest first; a heading there by its last words."""
    beside = (document.root, *document.ancestors(item))[-1].children
    at = next(i for i, node in enumerate(beside) if node.id == item.id)
    for node in reversed(beside[:at]):
        last = [*node.leaves()][-1:] if node.kind is Kind.HEADING else [node]
        yield from last
        if node.kind is Kind.HEADING:
            return


def _sign(item: Section) -> str:
    """What the signs of one list share: "1.2" and "1.3", "a" and "b"."""
    return "a" if item.label.isalpha() else re.sub(r"\d+", "1", item.label)


@cache
def _words(name: str) -> Names[bool]:
    return Names((words, True) for words in _table()[name]["words"])


@cache
def _taking_back() -> re.Pattern[str]:
    """A sentence that begins as one does that takes something back."""
    begins = "|".join(map(re.escape, _table()["undoing"]["begins"]))
    return re.compile(rf"[.;!?…]\s+(?:{begins})\b", re.IGNORECASE)


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = read_toml(Path(__file__).with_suffix(".toml"))
    return found
