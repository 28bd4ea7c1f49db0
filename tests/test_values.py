"""Which figures of a text are shares, dates and counts, worked out by eye."""

from __future__ import annotations

import pytest

from assistant.cues import Value
from assistant.values import PHONE, places_of

#: a text, the shares, the dates and the numbers in it
TEXTS = (
    ("báo cáo trước ngày 15/6/2020", [], ["ngày 15/6/2020"], []),
    ("Nghị định 56/2017/NĐ-CP ngày 19/5/2017", [], ["ngày 19/5/2017"], []),
    ("tỷ suất 600/100.000 trẻ em", ["600/100.000"], [], ["600/100.000"]),
    ("9,5/1.000 trẻ đẻ sống", ["9,5/1.000"], [], ["9,5/1.000"]),
    ("từ 144/200 xã", ["144/200"], [], ["144/200"]),
    ("đạt 10/13 chỉ tiêu", [], [], ["10/13"]),
    ("Tết thiếu nhi 01/6, 90% trẻ em", ["90%"], ["01/6"], ["90%"]),
    ("tại 07 huyện", [], [], ["07"]),
)


@pytest.mark.parametrize(("text", "shares", "dates", "numbers"), TEXTS)
def test_figures_of_a_text(text: str, shares: list[str], dates: list[str], numbers: list[str]) -> None:
    found = [
        [text[one.start : one.end] for one in places_of(kind, text)]
        for kind in (Value.PERCENT, Value.DATE, Value.NUMBER)
    ]
    assert found == [shares, dates, numbers]


@pytest.mark.parametrize(
    "number",
    [
        "0258.3883.040", "(0238) 3844 126", "0912 345 678", "0290 3 831 111", "02903.831.111", "02903 831 111",
        "(0290) 3.831.111", "024 38 25 13 14", "0912.34.56.78", "+84 912 345 678", "1900 54 55 59", "18001567",
    ],
)  # fmt: skip
def test_a_phone_number_is_read_whole(number: str) -> None:
    assert [match[0] for match in PHONE.finditer(f"đường dây nóng {number}; hoặc gọi 111")] == [number]


@pytest.mark.parametrize("text", ["0123/KH-UBND", "01/01/2024 đến 02", "10.000.000.000 đồng", "năm 2020 2021", "111"])
def test_what_is_no_phone_number(text: str) -> None:
    assert not PHONE.search(text)
