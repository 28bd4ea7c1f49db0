"""What may turn the words of a plan: those that lead on to an item, "Không được thực hiện các việc sau: - …", and
sentences that undo another one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from corpus.document import Document, Kind, Section
from corpus.names import Names
from corpus.vocabulary import read_toml

_COUNTED = re.compile(r":\s*(?:\(?[1a][.)]|[-+•])\s")  # a list within a paragraph


def is_one(text: str) -> bool:
    """Whether the sentences of a passage are to be shown together: one leads on to the others, or undoes another.

    >>> is_one("Không được: 1. Xóa tên. 2. Thu học bạ."), is_one("Mỗi em được 20 vở. Từ năm 2023 không thực hiện.")
    (True, True)
    >>> is_one("Tổ chức tập huấn. Kiểm tra các huyện.")
    False
    """
    return bool(_COUNTED.search(text)) or any(True for _ in _undoing().find(text))


@cache
def _undoing() -> Names[bool]:
    return Names((words, True) for words in read_toml(Path(__file__).with_suffix(".toml"))["undoing"]["words"])


def leads(document: Document, section: Section) -> list[Section]:
    """What an item hangs on, the farthest first: the items above it, and what stands before its list and leads on to
    it. A heading is none, since it is named wherever its items are shown."""
    above = [node for node in document.ancestors(section) if node.kind is not Kind.HEADING]
    before = _before_list(document, above[0] if above else section)
    return [*([before] if before else []), *above]


def _before_list(document: Document, item: Section) -> Section | None:
    """The paragraph or item before a list, where it ends with a colon."""
    if item.kind is not Kind.ITEM:
        return None
    beside = ([document.root, *document.ancestors(item)])[-1].children
    at = next(i for i, node in enumerate(beside) if node.id == item.id)
    while at >= 0 and beside[at].kind is Kind.ITEM and _sign(beside[at]) == _sign(item):
        at -= 1
    before = beside[at] if at >= 0 else None
    if before is None or before.kind not in {Kind.PARAGRAPH, Kind.ITEM} or before.children:
        return None
    return before if document.shown(before.head).endswith(":") else None


def _sign(item: Section) -> str:
    """What the signs of one list share."""
    if item.label.isdigit():
        return "1"
    return "a" if item.label.isalpha() else item.label
