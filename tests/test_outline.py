"""The outline of every plan against what a person reads off the page (tests/outlines)."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from outline_table import ALL, PLANS, agreed, expected, printed

from corpus import Document, read
from corpus.document import Kind, Section


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_outline_is_what_a_person_reads(path: Path) -> None:
    wanted = expected(path)
    assert agreed(wanted, printed(read(path))) == wanted


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_node_stands_inside_its_parent_after_its_sibling(path: Path) -> None:
    for node in read(path).sections:
        assert node.head in node.span, node
        assert all(child.span in node.span for child in node.children), node
        assert all(before.span.end <= after.span.start for before, after in pairwise(node.children)), node


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_ids_count_up_in_reading_order(path: Path) -> None:
    document = read(path)
    assert [node.id for node in document.root.walk()] == list(range(len(document.sections)))
    starts = [node.span.start for node in document.sections[1:]]
    assert starts == sorted(starts)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_visible_character_is_in_one_leaf_or_heading(path: Path) -> None:
    document = read(path)
    leaves, heads = _counts(document)
    seen = _visible(document)
    twice = [at for at in seen if leaves[at] > 1]
    missed = [at for at in seen if not leaves[at] and not heads[at] and document.text[at] not in ":"]
    assert _words(document, twice) == ""
    assert _words(document, missed) == ""


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_nothing_hidden_is_a_leaf_of_its_own(path: Path) -> None:
    document = read(path)
    leaves = [node for node in document.sections[1:] if node.kind is not Kind.HEADING]
    assert all(document.shown(node.head) for node in leaves)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_no_markup_is_shown(path: Path) -> None:
    document = read(path)
    for node in document.sections[1:]:
        words = document.shown(node.head)
        assert "**" not in words and not words.startswith("#"), words
        assert "**" not in node.title and "#" not in node.title, node.title


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_a_node_begins_with_its_printed_label(path: Path) -> None:
    document = read(path)
    for node in document.sections[1:]:
        words = " ".join(document.shown(node.span).split())
        assert words.startswith(node.label) or words.removeprefix("- ").startswith(node.label), (node.label, words[:40])
        if node.kind is Kind.HEADING:
            assert node.title and node.title in document.shown(node.head), (node.title, words[:60])


def _counts(document: Document) -> tuple[Counter[int], Counter[int]]:
    """How often each character is covered by a leaf, and by a heading's own words."""
    leaves: Counter[int] = Counter()
    heads: Counter[int] = Counter()
    for node in document.sections[1:]:
        if node.kind is Kind.HEADING:
            heads.update(range(node.head.start, node.head.end))
        elif node.kind is not Kind.TABLE:
            leaves.update(range(node.head.start, node.head.end))
    return leaves, heads


def _visible(document: Document) -> list[int]:
    hidden = {at for span in document.hidden for at in range(span.start, span.end)}
    return [
        at for at, sign in enumerate(document.text) if not sign.isspace() and sign not in "\ufeff|" and at not in hidden
    ]


def _words(document: Document, places: list[int]) -> str:
    return "".join(document.text[at] for at in places)[:200]


#: The same text as other tools save it; the outline a person reads does not change.
SAVED: dict[str, Callable[[str], str]] = {
    "decomposed letters": lambda text: unicodedata.normalize("NFD", text),
    "byte order mark": lambda text: f"\ufeff{text}",
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "no line end at the end": lambda text: text.rstrip("\n"),
    "spaces at line ends": lambda text: text.replace("\n", "  \n"),
    "no-break spaces": lambda text: text.replace(". ", ".\xa0"),
    "form feeds at page breaks": lambda text: text.replace("\n\n\n\n", "\n\n\x0c\n\n"),
}


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_outline_survives_how_a_file_was_saved(path: Path, saved: str, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(SAVED[saved](path.read_text(encoding="utf-8")).encode())
    document = read(copy)
    wanted = printed(read(path))
    assert printed(document) == wanted
    assert all(document.text[node.head.start : node.head.end].strip() for node in document.sections[1:])


#: Places the outline is most easily got wrong: plan, the path of the node, how its text begins and ends.
PLACES = [
    ("khanh-hoa-2020", "II › 1", 3, "- Quản lý, sử dụng hiệu quả", "dân tộc thiểu số và miền núi."),
    ("khanh-hoa-2020", "IV › 3", 1, "- Triển khai xây dựng môi trường", "thăm dò ý kiến trẻ em..."),
    ("khanh-hoa-2020", "IV › 3", 9, "- Chủ trì, phối hợp với cơ quan", "cơ sở giáo dục, nhà trường."),
    ("lang-son-2023", "III › 2", 2, "- Đẩy mạnh tuyên truyền chủ trương", "Ngày gia đình Việt Nam..."),
    ("lang-son-2023", "III", 7, "7. Triển khai thu thập", "ngày 14/7/2022."),
    ("lang-son-2023", "V › 3", 1, "Đề nghị UBND các huyện", "trên địa bàn theo yêu cầu."),
    ("kien-giang-2021-2030", "I", 2, "Các cấp ủy Đảng", "đặc biệt, khó khăn."),
    ("kien-giang-2021-2030", "IV", 1, "1. Ngân sách nhà nước", "về ngân sách nhà nước."),
    ("kien-giang-2021-2030", "V › 1", 10, "- Chủ trì, phối hợp", "Bộ Lao động - Thương binh và Xã hội."),
    ("kien-giang-2021-2030", "V › 9", 1, "Sở Tài chính chủ trì", "Luật Ngân sách nhà nước."),
]


@pytest.mark.parametrize(("plan", "path", "nth", "first", "last"), PLACES)
def test_items_broken_by_a_page_are_whole(plan: str, path: str, nth: int, first: str, last: str) -> None:
    document = read(next(file for file in PLANS if file.stem == plan))
    found = [node for node in document.sections if _labels(document, node) == path]
    child = found[0].children[nth - 1]
    words = document.shown(child.head)
    assert words.startswith(first)
    assert words.endswith(last)


def test_a_page_break_leaves_no_trace_in_the_words() -> None:
    document = read(PLANS[[plan.stem for plan in PLANS].index("khanh-hoa-2020")])
    words = [document.shown(node.head) for node in document.sections if node.kind is Kind.ITEM]
    assert sum("xây dựng, củng có hệ thống cung cấp" in item for item in words) == 1


def _labels(document: Document, node: Section) -> str:
    return " › ".join(one.label for one in (*document.ancestors(node), node) if one.label)
