"""What tells that a passage speaks of something near, and how little is shown when nothing answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import ask, assistant

from assistant.lacks import of_other_ages, of_other_kind, of_other_place, of_other_years

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


LOWER = "Tỷ lệ trẻ em hoàn thành cấp trung học cơ sở đạt 88%"
KINDS = (
    ("tỷ lệ học xong THPT là bao nhiêu?", LOWER, True),
    ("What share completes upper secondary school?", LOWER, True),
    ("tỷ lệ học xong cấp 2 là bao nhiêu?", LOWER, False),
    ("tỷ lệ học xong THCS và THPT là bao nhiêu?", LOWER, False),
    ("bao nhiêu phần trăm trẻ được đi học?", LOWER, False),
    ("Tỷ lệ trẻ dưới 5 tuổi béo phì?", "suy dinh dưỡng dưới 9,8% theo chiều cao", True),
    ("Tỷ lệ trẻ dưới 5 tuổi béo phì?", "suy dinh dưỡng dưới 9,8%", False),
    ("bao nhiêu em bị điện giật?", "tai nạn thương tích 600/100.000", False),
)


@pytest.mark.parametrize(("question", "text", "other"), KINDS)
def test_a_figure_of_one_kind_is_none_of_another(question: str, text: str, other: bool, index_folder: Path) -> None:
    read = assistant(index_folder).trail(question).understood.question
    assert of_other_kind(read, text) is other


TWO_YEARS = "đạt 88% vào năm 2025 và đạt 93% vào năm 2030"
YEARS = (
    ("Năm 2027 Kiên Giang đạt bao nhiêu?", TWO_YEARS, True),
    ("Năm 2025 Kiên Giang đạt bao nhiêu?", TWO_YEARS, False),
    ("Năm 2027 Kiên Giang đạt bao nhiêu?", "trong các năm 2026-2028 đạt 88%", False),
    ("Năm 2027 Kiên Giang đạt bao nhiêu?", "đạt 88%", False),
    ("Kiên Giang đạt bao nhiêu?", TWO_YEARS, False),
)


@pytest.mark.parametrize(("question", "text", "other"), YEARS)
def test_a_figure_of_one_year_is_none_of_another(question: str, text: str, other: bool, index_folder: Path) -> None:
    read = assistant(index_folder).trail(question).understood.question
    assert of_other_years(read, text) is other


#: what a question takes to be in the plans, and none of them writes
SUPPOSED = (
    ("Mô hình “Ngôi nhà bình yên” ở Kiên Giang đặt tại đâu?", ("Ngôi nhà bình yên",)),
    ("Chien dich 'He khong dien thoai' cua Lang Son ai lam?", ("Hệ không điện thoại",)),  # as it is read
    ("Chủ đề “Chung tay bảo vệ trẻ em” của Khánh Hòa ai lo?", ()),
    ("Chu de 'Chung tay bao ve tre em' cua Khanh Hoa ai lo?", ()),
    ('Chương trình "sữa học đường" của Huế ai lo?', ("Chương trình sữa học đường",)),
    ('Kiên Giang: "xã phù hợp với trẻ em" năm 2025 đạt mấy phần trăm?', ()),  # a paraphrase
    ("By 2025, what share of communes in Kien Giang will be 'suitable for children'?", ()),
    ("Bắc Kạn thưởng 5 triệu cho người tố giác thì nhận ở đâu?", ("5 triệu",)),
    ("Khánh Hòa được cấp 20 triệu đồng cho việc gì?", ("20 triệu",)),
    ("Trong 720 triệu của Khánh Hòa thì trung ương góp mấy?", ()),
    ("Khánh Hòa chi 0,72 tỷ đồng cho việc gì?", ()),
    ("Ngân sách 720.000.000 đồng của Khánh Hòa do ai cấp?", ()),
    ("3 tỷ truyền thông của Kiên Giang lấy từ đâu?", ()),  # 3.000 in a table of millions
    ("Kinh phí 18,7 tỷ của Kiên Giang chia thế nào?", ()),  # 18,670 tỷ
    ("Kiên Giang mỗi năm trợ giúp hơn 4 nghìn trẻ em nào?", ()),
    ("Kiên Giang năm 2025 tỷ lệ học sinh THCS bỏ học?", ()),
    ("Kiên Giang năm 2025 đồng thời giảm tai nạn thương tích xuống bao nhiêu?", ()),
    ("Khánh Hòa được cấp 9 tỷ, đúng không?", ()),
    ("Báo đăng là 9 tỷ đồng. Khánh Hòa được cấp bao nhiêu?", ()),
)


@pytest.mark.parametrize(("question", "absent"), SUPPOSED)
def test_a_title_or_sum_that_no_plan_writes_is_named(
    question: str, absent: tuple[str, ...], index_folder: Path
) -> None:
    assert assistant(index_folder).trail(question).understood.matter.unheld == absent


#: asked for by name, where the plans name none; and where the sentence that matches best holds no figure
NO_SUCH_VALUE = (
    "Sáu xã Lạng Sơn phấn đấu đạt chuẩn phù hợp với trẻ em thêm trong 2023 là những xã nào?",
    "Năm 2023 Sở LĐTBXH Lạng Sơn thanh tra 2 huyện, là huyện nào thế?",
    "What percentage of primary pupils in Thừa Thiên Huế were supposed to be able to swim by the end of 2020?",
)


@pytest.mark.parametrize("question", NO_SUCH_VALUE)
def test_a_passage_without_what_is_asked_is_no_answer(question: str, index_folder: Path) -> None:
    answer = ask(index_folder, question)
    assert answer.abstained
    assert "không nêu" in answer.text or "does not give" in answer.text


#: what no plan in scope writes of, and the plans that do
ELSEWHERE = (
    ("Bắc Kạn giảm tảo hôn bao nhiêu?", "“tảo hôn” (có trong: Kiên Giang (2021–2030))."),
    ("What is Bac Kan's target for child marriage?", "“tảo hôn” (which stands in: Kiên Giang (2021–2030))."),
    ("Bắc Kạn đặt tỷ lệ tảo hôn bao nhiêu?", "“tảo hôn” (có trong: Kiên Giang (2021–2030))."),
    ("Kiên Giang giảm cận thị còn bao nhiêu %?", "“cận thị”."),
)


@pytest.mark.parametrize(("question", "said"), ELSEWHERE)
def test_what_is_absent_is_named_with_the_plans_that_have_it(question: str, said: str, index_folder: Path) -> None:
    assert ask(index_folder, question).text.splitlines()[0].endswith(said)


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
