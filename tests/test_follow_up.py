"""Questions that lean on those before them, and those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import assistant

from assistant import Turn

KH, KG, LS, BK, HUE = "khanh-hoa-2020", "kien-giang-2021-2030", "lang-son-2023", "bac-kan-2023", "thua-thien-hue-2020"

#: earlier questions, the question, the plans of the answer, what it holds, what it must not hold
TABLE = (
    ([], "Tôi là Nguyễn Thị Lan, Sở Y tế Khánh Hòa phải làm gì?", {KH}, ["Sở Y tế"], ["Long An"]),
    (["Sở Y tế Khánh Hòa phải làm gì?"], "Còn Sở Giáo dục?", {KH}, ["Sở Giáo dục và Đào tạo"], []),
    (["Sở Y tế Khánh Hòa phải làm gì?"], "Thế ở Kiên Giang?", {KG}, ["V › 5. Sở Y tế"], ["Khánh Hòa (2020)"]),
    (["Chỉ tiêu 5 của Kiên Giang là gì?"], "Chỉ tiêu đó do ai làm?", {KG}, ["Sở Y tế"], []),
    (["Chỉ tiêu 9 của Kiên Giang nói gì?"], "Còn chỉ tiêu kế tiếp?", {KG}, ["Chỉ tiêu 10"], ["Chỉ tiêu 9:"]),
    # only another year: the question before, of that year
    (
        ["Tổng cộng vốn địa phương của kế hoạch Kiên Giang năm 2027 là bao nhiêu?"],
        "năm 2029 thì được bao nhiêu?",
        {KG},
        ["Kiên Giang năm 2029 là bao nhiêu", "1.615 triệu đồng"],
        ["1.455"],
    ),
    # another matter: nothing is carried over but the province
    (["Kinh phí của Kiên Giang là bao nhiêu?"], "Ai ký kế hoạch?", {KG}, [], ["18,670"]),
)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[1])
def test_follow_ups(index_folder: Path, row: tuple[list[str], str, set[str], list[str], list[str]]) -> None:
    before, question, docs, held, absent = row
    answer = assistant(index_folder).ask(question, [Turn("user", text) for text in before])
    assert not answer.abstained
    assert {citation.doc for citation in answer.citations} == docs
    for words in held:
        assert words in answer.text.replace("**", "")
    for words in absent:
        assert words not in answer.text.replace("**", "")


def test_what_a_question_was_taken_for_is_shown(index_folder: Path) -> None:
    answer = assistant(index_folder).ask("Còn Công an?", [Turn("user", "Sở Y tế Khánh Hòa phải làm gì?")])
    assert answer.text.startswith("*Hiểu là:* Còn Công an; Công an tỉnh; Khánh Hòa")


@pytest.mark.parametrize(
    "question", ["Thời tiết hôm nay thế nào?", "Giá vàng bao nhiêu?", "Ai là tổng thống Mỹ?", "Ai vô địch World Cup?"]
)
def test_another_topic_is_declined_after_a_question_too(index_folder: Path, question: str) -> None:
    before = [Turn("user", "Tỷ lệ trẻ em suy dinh dưỡng thấp còi của Kiên Giang là bao nhiêu?")]
    assert assistant(index_folder).ask(question, before).abstained


@pytest.mark.parametrize("question", ["giờ em phải làm sao?", "em sợ lắm", "ai giúp được em"])
def test_the_turn_after_harm_was_told_reads_the_hotline_first(index_folder: Path, question: str) -> None:
    before = [Turn("user", "Thầy giáo lạm dụng bé nhà tôi, đụng vào người bé")]
    answer = assistant(index_folder).ask(question, before)
    assert answer.emergency
    assert answer.text.startswith("**Gọi ngay 111**")


@pytest.mark.parametrize(
    ("question", "fixed", "said"),
    [
        ("giờ em phải làm sao?", True, "Gọi ngay"),
        ("Có bao nhiêu trẻ mồ côi ở Hà Nội?", False, "Không có kế hoạch nào của Hà Nội"),
    ],
)
def test_after_somebody_told_of_harm_the_line_comes_first_and_a_question_of_plans_is_still_answered(
    index_folder: Path, question: str, fixed: bool, said: str
) -> None:
    answer = assistant(index_folder).ask(question, [Turn("user", "em bị bố đánh"), Turn("user", "Sở Y tế làm gì?")])
    assert "111" in answer.text[:160]
    assert answer.is_private
    assert answer.emergency is fixed
    assert said in answer.text


def test_of_a_long_conversation_the_last_questions_are_read(index_folder: Path) -> None:
    """Each points at an item of the one before it: without an end this went as deep as a visitor liked."""
    before = [Turn("user", "Sở Y tế Khánh Hòa phải làm gì?"), *[Turn("user", "nói rõ hơn ý 2")] * 900]
    assert assistant(index_folder).ask("nói rõ hơn ý 2", before).text
