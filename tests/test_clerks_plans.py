"""Sums that are no sums, the money of a body and of a year, and plans that others replaced: as a clerk met them."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import ask

from corpus.reading import parse
from index.build import build
from index.embedding import open_embedder

HEAD = "ỦY BAN NHÂN DÂN TỈNH {}\n\nSố: {}/KH-UBND\n\nKẾ HOẠCH\nCông tác trẻ em tỉnh {} {}\n\n"
PLANS = {
    "kon-tum": HEAD.format("KON TUM", 9, "Kon Tum", "năm 2024")
    + "I. KINH PHÍ\n\nTT\tNội dung\tĐơn vị\tNguồn kinh phí (triệu đồng)\t\tTổng\n\t\t\tNgân sách tỉnh\tXã hội hóa\t\n"
    "1\tTặng xe đạp\tSở Y tế\t100\t\t100\n2\tXây bể bơi\tCông an tỉnh\t300\t50\t350\n\tTổng cộng\t\t400\t50\t450\n",
    "bac-kan-cu": HEAD.format("BẮC KẠN", 112, "Bắc Kạn", "giai đoạn 2021-2025")
    + "I. KINH PHÍ\n\nTổng kinh phí: 4.800 triệu đồng.\n\nII. TỔ CHỨC\n\n1. Sở Y tế\n\n- Phát sữa cho trẻ em.\n",
    "bac-kan-moi": HEAD.format("BẮC KẠN", 287, "Bắc Kạn", "giai đoạn 2023-2030")
    + "I. KINH PHÍ\n\nTổng kinh phí: 9.600 triệu đồng.\n\nII. TỔ CHỨC\n\n1. Sở Y tế\n\n- Khám mắt cho trẻ em.\n\n"
    "III. HIỆU LỰC\n\nKế hoạch này thay thế Kế hoạch số 112/KH-UBND của UBND tỉnh Bắc Kạn.\n",
    "ninh-binh": HEAD.format("NINH BÌNH", 5, "Ninh Bình", "giai đoạn 2012-2015")
    + "I. KINH PHÍ\n\nTổng kinh phí: 6.250 triệu đồng, trong đó:\n\n- Năm 2014: 1.700 triệu đồng;\n\n"
    "- Năm 2015: 1.900 triệu đồng.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clerk")
    (folder / "plans").mkdir()
    for name, text in PLANS.items():
        (folder / "plans" / f"{name}.txt").write_text(text, encoding="utf-8")
    build(folder / "plans", folder / "index", open_embedder(), "faiss")
    return folder / "index"


#: question, what the answer holds in this order, what it must not hold.
ASKED = (
    ("Tặng xe đạp ở Kon Tum hết bao nhiêu tiền?", ("**100 triệu đồng**",), ("200", "cộng lại")),
    ("Xây bể bơi ở Kon Tum hết bao nhiêu tiền?", ("**350 triệu đồng**",), ("400", "650", "700")),
    ("Sở Y tế Kon Tum nhận bao nhiêu từ ngân sách tỉnh?", (), ("400", "450")),
    ("Bắc Kạn hiện nay chi bao nhiêu?", ("9.600",), ("4.800",)),
    ("Tổng kinh phí của Bắc Kạn là bao nhiêu?", ("9.600", "4.800"), ()),
    ("Trong kế hoạch Bắc Kạn 2023-2030, Sở Y tế làm gì?", ("Khám mắt",), ("Phát sữa",)),
    ("Trong kế hoạch Bắc Kạn 2021-2025, Sở Y tế làm gì?", ("Phát sữa",), ("Khám mắt",)),
    ("Kế hoạch mới của Bắc Kạn giao Sở Y tế việc gì?", ("Khám mắt",), ("Phát sữa",)),
    ("Kinh phí năm 2015 của Ninh Bình?", ("1.900 triệu đồng",), ("6.250", "1.700")),
    ("nam 2014 ninh binh chi bao nhieu tien", ("1.700 triệu đồng",), ("6.250", "1.900")),
    ("Tổng kinh phí của Ninh Bình là bao nhiêu?", ("6.250",), ()),
)


@pytest.mark.parametrize(("question", "holds", "lacks"), ASKED, ids=[row[0] for row in ASKED])
def test_what_a_clerk_asks(index: Path, question: str, holds: tuple[str, ...], lacks: tuple[str, ...]) -> None:
    text = ask(index, question).text
    places = [text.find(part) for part in holds]
    assert -1 not in places, text
    assert places == sorted(places)
    assert [part for part in lacks if part in text] == []


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("TT\tNội dung\tKinh phí (triệu đồng)", "triệu đồng"),
        ("TT\tNội dung\tKinh phí (đvt: nghìn đồng)", "nghìn đồng"),
        ("TT\tNội dung\tSố trẻ (người)", None),
        ("TT\tNội dung\tSố trẻ (người)\tKinh phí (triệu đồng)", None),
        ("TT\tNội dung\tTrung ương (tỷ đồng)\tĐịa phương (triệu đồng)", None),
    ],
)
def test_a_unit_in_the_head_is_of_all_values_or_of_none(head: str, unit: str | None) -> None:
    row = "\t".join(["1", "Tặng xe", "100", "200"][: head.count("\t") + 1])
    (table,) = parse("x", "x.txt", "", f"KẾ HOẠCH\nVề trẻ em\n\nI. KINH PHÍ\n\n{head}\n{row}\n").tables
    assert (table.unit.value if table.unit else None) == unit
