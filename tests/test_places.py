"""Places by number, overviews, extremes and sums: what a table or an outline answers by its shape."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from asking import ask, assistant
from commanding import run

#: question, what must be there, what must not.
TABLE = (
    ("Mục c khoản 12 phần V của Huế nói gì?", ("Chỉ đạo Phòng Lao động",), ("dạy bơi",)),
    ("Mục II.9 của Lạng Sơn", ("150/200",), ("144/201",)),
    ("Mục 9 phần III của Lạng Sơn nói gì?", ("không có mục III.9", "III. NHIỆM VỤ"), ("150/200",)),
    ("Mục VIII của Kiên Giang nói gì?", ("không có mục VIII",), ("NHIỆM VỤ VÀ GIẢI PHÁP [1]",)),
    ("Phụ lục 02 của Kiên Giang ghi gì?", ("không có phụ lục 2",), ("triệu đồng",)),
    ("Phụ lục 01 của Kiên Giang ghi gì?", ("BẢNG DỰ TOÁN",), ("không có",)),
    ("Mục V.3 của Kiên Giang nói gì?", ("chỉ tiêu 9",), ("chỉ tiêu 14",)),
    ("Kế hoạch Khánh Hòa 2020 có gì?", ("I. MỤC TIÊU", "KINH PHÍ THỰC HIỆN"), ("Không tìm thấy",)),
    ("trong ke hoach lang son noi ve gi", ("MỤC ĐÍCH, YÊU CẦU", "CHẾ ĐỘ BÁO CÁO"), ()),
    ("What is in the plan of Kien Giang?", ("NHIỆM VỤ VÀ GIẢI PHÁP [3]",), ()),
    ("Kế hoạch Kiên Giang có gì cho trẻ khuyết tật?", ("Chỉ tiêu 20",), ("gồm các mục",)),
    ("Tóm tắt kế hoạch Lạng Sơn", ("MỤC ĐÍCH, YÊU CẦU", "CHẾ ĐỘ BÁO CÁO"), ()),
    ("Nghị định 56/2017 được nhắc ở kế hoạch nào?", ("Khánh Hòa", "Lạng Sơn", "Thừa Thiên Huế", "Không thấy nêu"), ()),
    ("Năm nào Kiên Giang chi ngân sách địa phương nhiều nhất?", ("2030", "1.815"), ("1.615",)),
    ("Ít nhất bao nhiêu phần trăm trẻ em được tiêm chủng?", (), ("975",)),
    ("Từ 2021 đến 2025 Kiên Giang chi bao nhiêu cho truyền thông?", ("2021–2025", "300 triệu đồng"), ("2026",)),
    ("Tổng kinh phí năm 2019 của Kiên Giang", ("2019",), ("13.670", "18,670")),
    ("Số và ngày ban hành kế hoạch Kiên Giang", ("107/KH-UBND", "ngày 18 tháng 5 năm 2021"), ()),
    ("Ai ký kế hoạch Lạng Sơn?", ("Đàm Văn Chính", "PHÓ GIÁM ĐỐC"), ()),
    ("Bộ Công an làm gì?", ("không có mục giao nhiệm vụ riêng cho Bộ Công an",), ()),
    ("Tỉnh An Giang có chỉ tiêu gì về tảo hôn?", ("Chỉ tiêu 13", "từ 1/7/2025 thuộc An Giang"), ()),
    ("So sánh nhiệm vụ Sở Y tế Khánh Hòa và Hà Nội", ("Không có kế hoạch của Hà Nội",), ()),
    ("Nhiệm vụ của Sở Y tế và Sở Ngoại vụ ở Lạng Sơn?", ("không có mục",), ()),
)


@pytest.mark.parametrize(("question", "holds", "lacks"), TABLE, ids=[row[0][:40] for row in TABLE])
def test_by_shape(index_folder: Path, question: str, holds: tuple[str, ...], lacks: tuple[str, ...]) -> None:
    text = ask(index_folder, question).text
    assert [part for part in holds if part not in text] == []
    assert [part for part in lacks if part in text] == []


def test_a_filter_is_told_from_what_is_not_held(index_folder: Path) -> None:
    answer = assistant(index_folder).ask("Sở Y tế Khánh Hòa phải làm gì?", provinces=["Lạng Sơn"])
    assert answer.abstained
    assert "ngoài bộ lọc" in answer.text
    assert "trong kho tài liệu" not in answer.text.split("ngoài bộ lọc")[0]


def test_a_long_conversation_and_a_long_turn_are_read(index_folder: Path) -> None:
    answer = ask(index_folder, "còn Khánh Hòa?", *(["Sở Y tế Kiên Giang làm gì?"] * 1500), "x " * 60_000)
    assert isinstance(answer.text, str)


def test_nothing_of_a_question_leaves_by_tracing(index_folder: Path) -> None:
    """A developer's tracing settings point at a door of ours; a real process asks, and nobody knocks."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(1.0)
        tracing = {
            "LANGSMITH_TRACING": "true",
            "LANGSMITH_API_KEY": "none",
            "LANGSMITH_ENDPOINT": f"http://127.0.0.1:{door.getsockname()[1]}",
        }
        done = run("ask", "Ai ký kế hoạch Kiên Giang?", "--index", str(index_folder), **tracing)
        assert "Nguyễn Lưu Trung" in done.stdout
        with pytest.raises(TimeoutError):
            door.accept()
