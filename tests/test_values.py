"""Which figures of a text are shares, dates and counts, worked out by eye."""

from __future__ import annotations

import pytest

from assistant.cues import Value
from assistant.values import places_of

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
