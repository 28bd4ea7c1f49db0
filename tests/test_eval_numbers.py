"""Wrong numbers, by hand: what an answer may print, what it may not, and why."""

from __future__ import annotations

import pytest
from evaluating import cited

from assistant.answer import Answer, Citation
from assistant.question import Turn
from eval.cases import Case, Nugget
from eval.judging import judge
from eval.numbers import Why, Wrong, asks_figure, figures, known, sums, wrong_numbers

NAMED = known(["Khánh Hòa (2020)", "Kiên Giang (2021–2030)", "c. Mục tiêu 3: Về giáo dục"])


def wrong(case: Case, text: str, *quotes: str, section: str = "", abstained: bool = False) -> dict[str, Why]:
    """Figure -> why it is wrong."""
    cites = tuple(Citation(n, "a", "", section, quote, 0, len(quote)) for n, quote in enumerate(quotes, 1))
    answer = Answer(case.question, text, cites, abstained=abstained)
    found = wrong_numbers(case, answer, judge(case, text, abstained), NAMED)
    return {one.figure: one.why for one in found}


def asking(question: str, *nuggets: Nugget, forbid: tuple[str, ...] = (), answerable: bool = True) -> Case:
    return Case("1", question, "unanswerable", "vi", answerable, ("a",), nuggets, forbid=forbid)


#: A question that names nothing, so that what is printed must be proved.
PLAIN = asking("Sở Y tế phải làm gì?")


@pytest.mark.parametrize(
    ("text", "quotes", "section", "unproved"),
    [
        ("- đạt **97%** vào năm 2025 [1]", ["đạt 97% vào năm 2025"], "", []),
        ("- đạt 98% [1]", ["đạt 97%"], "", ["98"]),
        ("- đạt 97,5% [1]", ["đạt 97%"], "", ["97,5"]),
        ("gọi 0258.3883.040 [1]", ["**0258.3883.040**"], "", []),
        ("gọi **111**, 113 hoặc 115", [], "", []),
        ("gọi 114", [], "", ["114"]),
        ("**Khánh Hòa (2020)** — IV › 4. Sở Y tế: 8 nhiệm vụ\n- Tiêm chủng [1]", ["Tiêm chủng"], "IV › 4. Sở Y tế", []),
        ("**Khánh Hòa (2020)** — IV › 9: 3 trong 8 nhiệm vụ\n- Tiêm [1]", ["Tiêm"], "IV › 4. Sở Y tế", ["9"]),
        ("**Kiên Giang (2021–2030)**, c. Mục tiêu 3: 2025 (Địa phương): 80 triệu [1]", ["80"], "", []),
        ("2031 (Địa phương): 80 triệu [1]", ["80"], "", ["2031"]),
        ("Mỗi năm 1.535 triệu [1]", ["1535"], "", []),
        ("hàng 7, 500 triệu [1]; 1.535 triệu [2]; cộng lại 2.035 triệu", ["500", "1.535"], "", []),
        ("500 triệu [1]; 1.535 triệu [2]; cộng lại 2.036 triệu", ["500", "1.535"], "", ["2036"]),
        ("80 [1], 160 [2], 240 [3]; cộng lại 320", ["80", "160", "240"], "", ["320"]),
        ("đạt 10/13 chỉ tiêu [1]", ["đạt và vượt 10/13 chỉ tiêu"], "", []),
        ("1. Tiêm chủng [1]\n2. Khám [2]", ["Tiêm chủng", "Khám"], "", []),
        ("*Hiểu là:* năm 2019\n\nKhám [1]", ["Khám"], "", []),
        ("*Ghi chú:* từ 1/7/2025 thuộc An Giang.", [], "", []),
        ("mức \\[7\\] [1]", ["mức 4"], "", ["7"]),
    ],
)
def test_figures_must_be_proved(text: str, quotes: list[str], section: str, unproved: list[str]) -> None:
    assert wrong(PLAIN, text, *quotes, section=section) == dict.fromkeys(unproved, Why.UNPROVED)


def test_what_the_question_says_is_no_figure_of_the_answer() -> None:
    case = asking("Còn 6 tháng đầu năm 2019?", Nugget("ngày 20/5", "a"))
    text = "Không có kế hoạch năm 2019; báo cáo 6 tháng và 5 năm: trước ngày 20/5 [1]"
    assert wrong(case, text, "trước ngày 20/5") == {"5": Why.UNPROVED}
    before = Case("1", "Thế còn?", "c", "vi", True, ("a",), case.nuggets, history=(Turn("user", "5 năm?"),))
    assert wrong(before, "5 năm: ngày 20/5 [1]", "ngày 20/5") == {}


@pytest.mark.parametrize(
    ("question", "nugget", "alts", "quote", "in_place"),
    [
        ("Bao nhiêu % có khai sinh?", "98%", (), "đạt 90 %", ["90%"]),
        ("Bao nhiêu % có khai sinh?", "98%", (), "98% và 90%", []),
        ("Bao nhiêu % có khai sinh?", "98%", (), "trước ngày 20/5", []),
        ("Có đúng 90% không?", "98%", (), "đạt 90%", []),
        ("Tổng kinh phí?", "18.670", ("18,670 tỷ",), "720 triệu đồng", ["720triệu"]),
        ("Hạn nào?", "20/5", (), "ngày 15/11/2023", ["15/11/2023"]),
        ("Tỷ suất?", "550/100.000", (), "144/200 xã, ngày 1/6", ["144/200"]),
        ("Tỷ suất?", "550/100.000", (), "Nghị định 80/2017/NĐ-CP", []),
        ("Ai làm?", "Sở Y tế", (), "đạt 90%", []),
    ],
)
def test_another_figure_in_the_place_of_the_one_due(
    question: str, nugget: str, alts: tuple[str, ...], quote: str, in_place: list[str]
) -> None:
    case = asking(question, Nugget(nugget, "a", alts=alts))
    assert wrong(case, f"{quote} [1]", quote) == dict.fromkeys(in_place, Why.IN_PLACE)


def test_what_is_forbidden_is_a_wrong_number_where_it_holds_a_digit() -> None:
    case = asking("Ai ký?", Nugget("Lê Văn A", "a"), forbid=("Trần B", "40%"))
    assert wrong(case, "Lê Văn A, Trần B, 40% [1]", "Lê Văn A, Trần B, 40%") == {"40%": Why.FORBIDDEN}


@pytest.mark.parametrize(
    ("question", "text", "none_held"),
    [
        ("Đồng Tháp đặt bao nhiêu %?", "đạt 95% [1]", ["95"]),
        ("dong thap dat may phan tram", "đạt 95% [1]", ["95"]),
        ("When is it due in Dong Thap?", "đạt 95% [1]", ["95"]),
        ("Ai là giám đốc?", "đạt 95% [1]", []),
        ("Đồng Tháp đặt bao nhiêu %?", "**Khánh Hòa (2020)**: có đạt [1]", []),
    ],
)
def test_a_figure_where_the_plans_hold_none(question: str, text: str, none_held: list[str]) -> None:
    case = asking(question, answerable=False)
    assert wrong(case, text, "đạt 95%") == dict.fromkeys(none_held, Why.NONE_HELD)
    assert wrong(case, text, "đạt 95%", abstained=True) == {}


def test_the_fixed_words_alone_state_nothing() -> None:
    case = asking("Em bị đánh", answerable=False)
    fixed = Answer(case.question, "Gọi ngay 111, cả 24 giờ", emergency=True)
    assert wrong_numbers(case, fixed, judge(case, fixed.text, False), NAMED) == ()
    more = cited(case.question, "Gọi ngay 111, cả 24 giờ [1]", ("a", 0, "gọi 111"))
    assert wrong_numbers(case, more, judge(case, more.text, False), NAMED) == (Wrong("24", Why.UNPROVED),)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Mấy xã đạt?", True),
        ("Máy tính ở đâu?", False),
        ("bao nhieu xa", True),
        ("How many communes?", True),
        ("Ai ký?", False),
    ],
)
def test_questions_that_ask_for_a_figure(question: str, asks: bool) -> None:
    assert asks_figure(asking(question)) is asks


def test_figures_and_sums() -> None:
    assert figures("05 năm, 98,5 %, 107/KH-UBND, 3,4,5,6") == ["05", "98,5", "107", "3,4,5,6"]
    assert sums(["2021", "-", "975"]) == {"2996"}
    assert sums(["975"]) == set()
