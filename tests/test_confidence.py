"""What tells that a passage speaks of something near, and how little is shown when nothing answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import ask, assistant

from assistant.lacks import of_other_ages, of_other_place

AGES = (
    ("bao nhiêu % trẻ 3-4 tuổi đi mẫu giáo?", "huy động trẻ em 5 tuổi đi học mẫu giáo đạt 99,1%", True),
    ("trẻ 5 tuổi đi mẫu giáo bao nhiêu %?", "huy động trẻ em 5 tuổi đi học mẫu giáo đạt 99,1%", False),
    ("trẻ từ 5 đến 17 tuổi phải đi làm", "lao động trẻ em từ 5 đến 17 tuổi xuống 4,9%", False),
    ("tỷ lệ tiêm chủng là bao nhiêu?", "98% trẻ em dưới 5 tuổi được tiêm", False),
    ("trẻ dưới 16 tuổi có bao nhiêu?", "98% trẻ em được tiêm", False),
    ("What share of children under five?", "trẻ em dưới 5 tuổi", False),
    ("What share of children under one?", "lao động trẻ em từ 5 đến 17 tuổi", True),
    ("trẻ 3 tuổi bị suy dinh dưỡng bao nhiêu %?", "suy dinh dưỡng ở trẻ em dưới 5 tuổi", False),
    ("trẻ 4 tuổi được học gì?", "trẻ từ 3 đến 5 tuổi đến trường", False),
    ("trẻ 6 tuổi có được hỏi ý kiến không?", "30% trẻ em từ 07 tuổi trở lên được hỏi ý kiến", True),
)


@pytest.mark.parametrize(("question", "text", "other"), AGES)
def test_a_figure_for_other_ages_is_of_something_else(
    question: str, text: str, other: bool, index_folder: Path
) -> None:
    read = assistant(index_folder).trail(question).understood.question
    assert of_other_ages(read, text) is other


PLACES = (
    ("Thị xã Ninh Hòa được bao nhiêu trong 720 triệu?", "Ngân sách năm 2020: 720 triệu đồng", True),
    ("Thị xã Ninh Hòa được bao nhiêu trong 720 triệu?", "Ninh Hòa: 20 triệu đồng", False),
    ("Khánh Hòa được bao nhiêu tiền?", "Ngân sách năm 2020: 720 triệu đồng", False),
    ("Ở Ninh Hòa ai lo việc này?", "Ngân sách năm 2020: 720 triệu đồng", False),
)


@pytest.mark.parametrize(("question", "text", "other"), PLACES)
def test_a_province_s_figure_is_none_of_its_town(question: str, text: str, other: bool, index_folder: Path) -> None:
    read = assistant(index_folder).trail(question).understood.question
    assert of_other_place(read, text) is other


#: declined, with the nearest passage in its own words, or without any
NEAREST = (
    ("Bắc Kạn có dạy thầy cô cách dùng trí tuệ nhân tạo không?", True),
    ("Kiên Giang đặt chỉ tiêu giảm tỷ lệ học sinh cận thị còn bao nhiêu % vào năm 2025?", False),
    ("Giá vàng hôm nay bao nhiêu?", False),
    ("Viết cho tôi bài thơ về mùa thu", False),
)


@pytest.mark.parametrize(("question", "shown"), NEAREST)
def test_a_refusal_shows_what_is_nearest_but_never_a_figure(question: str, shown: bool, index_folder: Path) -> None:
    answer = ask(index_folder, question)
    assert answer.abstained
    assert ("Gần với câu hỏi nhất" in answer.text) is shown
    assert shown or "%" not in answer.text


def test_a_plan_without_amounts_is_refused_with_its_section_on_funding(index_folder: Path) -> None:
    answer = ask(index_folder, "Kế hoạch Thừa Thiên Huế chi bao nhiêu tiền?")
    assert answer.abstained
    assert "không nêu" in answer.text
    assert "IV. KINH PHÍ THỰC HIỆN" in answer.text
