"""Markers as they are printed, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus.marks import Rank, is_only_mark, mark

#: line, rank, label, its place in the list, the words behind it
MARKS = [
    ("I.MỤC TIÊU", Rank.ROMAN, "I", 1, "MỤC TIÊU"),
    ("IV - KINH PHÍ", Rank.ROMAN, "IV", 4, "KINH PHÍ"),
    ("A. ĐẶC ĐIỂM", Rank.LETTERED, "A", 1, "ĐẶC ĐIỂM"),
    ("Phần thứ hai NỘI DUNG", Rank.PART, "Phần thứ hai", 0, "NỘI DUNG"),
    ("CHƯƠNG II. TRÁCH NHIỆM", Rank.CHAPTER, "CHƯƠNG II", 0, "TRÁCH NHIỆM"),
    ("Mục 1 CƠ QUAN CẤP TỈNH", Rank.DIVISION, "Mục 1", 1, "CƠ QUAN CẤP TỈNH"),
    ("Điều 3. Trách nhiệm", Rank.ARTICLE, "Điều 3", 3, "Trách nhiệm"),
    ("Nhiệm vụ 2: Tập huấn", Rank.NAMED, "Nhiệm vụ 2", 2, "Tập huấn"),
    ("1/ Mục đích", Rank.NUMBER, "1", 1, "Mục đích"),
    ("2- Hỗ trợ", Rank.NUMBER, "2", 2, "Hỗ trợ"),
    ("1. 100% trẻ em", Rank.NUMBER, "1", 1, "100% trẻ em"),
    ("1.2.1. Về sức khỏe", Rank.NUMBER + 2, "1.2.1", 1, "Về sức khỏe"),
    ("I.2. Mục tiêu", Rank.NUMBER + 1, "I.2", 2, "Mục tiêu"),
    ("đ)Giảm 5%", Rank.LETTER, "đ", 5, "Giảm 5%"),
    ("a.1) Tặng", Rank.LETTER + 1, "a.1", 1, "Tặng"),
    ("(1) 100% trẻ em", Rank.BRACKET, "(1)", 1, "100% trẻ em"),
    ("-Truyền thông", Rank.BULLET, "-", 0, "Truyền thông"),
    ("\uf0b7 Phát thanh", Rank.BULLET, "\uf0b7", 0, "Phát thanh"),
    ("+ 25 lớp", Rank.PLUS, "+", 0, "25 lớp"),
]


@pytest.mark.parametrize(("line", "rank", "label", "number", "words"), MARKS, ids=[line for line, *_ in MARKS])
def test_a_marker_is_read_off(line: str, rank: int, label: str, number: int, words: str) -> None:
    found = mark(line)
    assert found is not None
    assert (found.rank, found.label, found.number, line[found.end :]) == (rank, label, number, words)


@pytest.mark.parametrize(
    "line",
    [
        "12/KH-UBND ngày 18/5/2021",
        "2.150 triệu đồng",
        "12.5 tỷ đồng",
        "10 - 18 tuổi",
        "24/24 giờ",
        "30/4 và 01/5",
        "2021 - 2025",
        "V/v tăng cường",
        "V.I. Lênin",
        "b/c",
        "(b/c)",
        "(Đã ký)",
        "TP. Huế",
        "Mục tiêu chung",
        "Mục 3 Chương II Luật Trẻ em, Nghị định",
        "Phần mềm quản lý",
        "Điều 5 Luật Trẻ em",
        "",
    ],
)
def test_what_only_looks_like_a_marker(line: str) -> None:
    assert mark(line) is None


@pytest.mark.parametrize(
    ("line", "only"), [("Chương I", True), ("1.", True), ("-", True), ("I. MỤC TIÊU", False), ("VTV", False)]
)
def test_a_marker_alone_on_its_line(line: str, only: bool) -> None:
    assert is_only_mark(line) is only
