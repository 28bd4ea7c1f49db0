"""Sentences of a model against the passages that they cite: a table of what may be shown and what may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Citation
from assistant.generate.claims import sentences
from assistant.generate.gate import Gate, Why
from assistant.generate.given import Given
from assistant.generate.sheet import Sheet


def _given(n: int, place: str, year: str, body: str, words: str) -> Given:
    doc, named = f"{place}-{year}", f"Kế hoạch {place} {year}"
    above = ("IV. TỔ CHỨC THỰC HIỆN", f"4. {body}") if body else ("II. MỤC TIÊU",)
    place_of = Citation(n, doc, named, " › ".join(above), words, 0, len(words))
    names = (named, place, f"tỉnh {place}")
    return Given(place_of, f"{place} ({year})", above, words, names, (), (body,) * bool(body))


PASSAGES = (
    _given(
        1,
        "Khánh Hòa",
        "2020",
        "Sở Y tế",
        "Chủ trì, phối hợp với Sở Giáo dục và Đào tạo tổ chức khám sức khỏe định kỳ cho trẻ em dưới 6 tuổi, trừ trẻ em "
        "đã khám tại trạm y tế; báo cáo kết quả trước ngày 15/11/2020.",
    ),
    _given(
        2,
        "Khánh Hòa",
        "2020",
        "Sở Y tế",
        "Không để xảy ra tình trạng từ chối cấp cứu trẻ em. Kiểm tra việc sử dụng lao động trẻ em trái phép tại "
        "các cơ sở y tế.",
    ),
    _given(
        3,
        "Kiên Giang",
        "2021-2030",
        "",
        "Giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 trẻ em vào năm 2025 và 500/100.000 vào năm "
        "2030.",
    ),
    _given(
        4,
        "Kiên Giang",
        "2021-2030",
        "Công an tỉnh",
        "Phấn đấu ít nhất 90% số vụ việc được điều tra, xử lý kịp thời; kinh phí thực hiện là 18.670 triệu đồng.",
    ),
    _given(5, "Khánh Hòa", "2020", "Sở Tài chính", "Bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành."),
    _given(
        6,
        "Khánh Hòa",
        "2020",
        "Sở Y tế",
        "Tổ chức điểm vui chơi tại 15 xã, phường; được hỗ trợ kinh phí hoạt động. Trẻ em nghèo được khám miễn phí.",
    ),
    _given(
        7, "Khánh Hòa", "2020", "Tòa án nhân dân tỉnh", "Đề nghị tổ chức tuyên truyền; tham gia giám sát việc xét xử."
    ),
    replace(
        _given(8, "Khánh Hòa", "2020", "", "Tham mưu tổ chức các hoạt động vui chơi."),
        titles=("Tháng hành động vì trẻ em (từ ngày 01/6 đến ngày 30/6), Tết Trung thu năm 2020",),
    ),
    _given(
        9,
        "Khánh Hòa",
        "2020",
        "",
        "Trường học không được làm các việc sau: 1. Xóa tên học sinh khỏi lớp. 2. Thu hồi học bạ của học sinh.",
    ),
    _given(
        10,
        "Khánh Hòa",
        "2020",
        "",
        "Trước năm 2020 học sinh nghèo được phát vở. Mỗi em được 20 quyển vở một năm. Từ năm 2020 không thực hiện nữa.",
    ),
    _given(
        11,
        "Khánh Hòa",
        "2020",
        "",
        "Không giao cho P. Văn hóa cấp phép cho trẻ em. Không để quán bar,… Karaoke Sao Mai nhận trẻ em vào làm.",
    ),
    _given(
        12,
        "Khánh Hòa",
        "2020",
        "",
        "Người báo tin được giữ kín tên. Chủ quán bán rượu cho trẻ em bị phạt tiền. Mức này là 3 triệu đồng. Phê phán "
        "quan niệm “Con trai phải đi học. Con gái không cần đi học.” ở gia đình (Các xã tự tổ chức. Tỉnh không chi.).",
    ),
)

WHOLE = {
    1: "Chủ trì, phối hợp với Sở Giáo dục và Đào tạo tổ chức khám sức khỏe định kỳ cho trẻ em dưới 6 tuổi, trừ trẻ em "
    "đã khám tại trạm y tế; báo cáo kết quả trước ngày 15/11/2020",
    3: "giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 trẻ em vào năm 2025 và 500/100.000 vào năm 2030",
    4: "Phấn đấu ít nhất 90% số vụ việc được điều tra, xử lý kịp thời; kinh phí thực hiện là 18.670 triệu đồng",
    7: "Đề nghị tổ chức tuyên truyền; tham gia giám sát việc xét xử",
}

HOLDS = [
    # whole sentences as they stand, and openings
    "Bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].",
    "Sở Tài chính bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].",
    "Theo kế hoạch của Khánh Hòa (2020), Sở Tài chính có trách nhiệm bố trí kinh phí thực hiện theo phân cấp ngân sách "
    "hiện hành [5].",
    f"{WHOLE[1]} [1].",
    "**Sở Y tế** không để xảy ra tình trạng từ chối cấp cứu trẻ em [2].",
    "Kiểm tra việc sử dụng lao động trẻ em trái phép tại các cơ sở y tế [2].",
    f"Kế hoạch của tỉnh Kiên Giang nêu: {WHOLE[3]} [3].",
    f"{WHOLE[4].replace('90%', '90 %')} [4].",
    "Kế hoạch nêu: “Bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành” [5].",
    "According to the plan of Khánh Hòa (2020): “Không để xảy ra tình trạng từ chối cấp cứu trẻ em” [2].",
    "Không để xảy ra tình trạng từ chối cấp cứu trẻ em; đồng thời kiểm tra việc sử dụng lao động trẻ em trái phép "
    "tại các cơ sở y tế [2].",
    f"Tòa án nhân dân tỉnh: {WHOLE[7]} [7].",
    f"{PASSAGES[7].titles[0]}: tham mưu tổ chức các hoạt động vui chơi [8].",
    f"{PASSAGES[8].words} [9]",
    f"{PASSAGES[9].words} [10]",
]

FAILS = [
    ("Bố trí kinh phí thực hiện.", Why.UNCITED),
    ("Kinh phí thực hiện là 18.670 triệu đồng [4], rất đáng kể.", Why.SPLIT),
    ("Bố trí kinh phí thực hiện [99].", Why.UNKNOWN),
    ("Kinh phí thực hiện là 18.760 triệu đồng [4].", Why.FIGURE),
    ("Kinh phí thực hiện là 18.670 tỷ đồng [4].", Why.WORDS),
    ("Kinh phí thực hiện là 18.670 [4].", Why.WORDS),
    ("Phấn đấu 90% số vụ việc được điều tra, xử lý kịp thời [4].", Why.WORDS),
    ("Phấn đấu ít nhất 90% số vụ việc được điều tra, không xử lý kịp thời [4].", Why.DENIAL),
    ("Báo cáo kết quả trước ngày 15/11/2021 [1].", Why.FIGURE),
    ("Báo cáo kết quả sau ngày 15/11/2020 [1].", Why.WORDS),
    ("Để xảy ra tình trạng từ chối cấp cứu trẻ em [2].", Why.DENIAL),
    ("Sở Y tế sử dụng lao động trẻ em trái phép tại các cơ sở y tế [2].", Why.DENIAL),
    ("Giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 500/100.000 vào năm 2030 [3].", Why.WORDS),
    ("Giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 vào năm 2030 [3].", Why.WORDS),
    ("Kế hoạch của Lạng Sơn: bố trí kinh phí thực hiện [5].", Why.NAME),
    ("Sở Y tế phải bố trí kinh phí thực hiện [5].", Why.NAME),
    (
        "Công an tỉnh phải giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 trẻ em vào năm 2025 [3].",
        Why.NAME,
    ),
    ("Sở Giáo dục và Đào tạo chủ trì, phối hợp với Sở Y tế tổ chức khám sức khỏe [1].", Why.WORDS),
    (
        "Chủ trì, phối hợp với Sở Giáo dục và Đào tạo tổ chức khám sức khỏe định kỳ cho trẻ em dưới 6 tuổi [1].",
        Why.WORDS,
    ),
    ("Kế hoạch nêu: “Bố trí đủ kinh phí thực hiện” [5].", Why.QUOTE),
    ("Bố trí kinh phí thực hiện, xem [tại đây](http://x.vn) [5].", Why.FORM),
    ("Bố trí kinh phí thực hiện tại www.xyz.vn [5].", Why.WORDS),
    ("Bố trí kinh phí thực hiện, gọi 0909 123 456 [5].", Why.FIGURE),
    ("<b>Bố trí kinh phí thực hiện</b> [5].", Why.FORM),
    ("Kinh phí thực hiện là １８.670 triệu đồng [4].", Why.FORM),
    ("Kinh phí thực hi\u200bện là 18.670 triệu đồng [4].", Why.FORM),
    ("Bố trí kinh phí thực hiện và xây thêm trường học [5].", Why.WORDS),
    ("Sở Tài chính có thể bố trí kinh phí thực hiện [5].", Why.WORDS),
    ("The department must build ten schools [5].", Why.WORDS),
    ("Sở Y tế phải [1].", Why.WORDS),
    ("Báo cáo kết quả trước ngày 15/11/2020; bố trí kinh phí thực hiện [1].", Why.WORDS),
    # a count cut short, a sentence that leans on another, a year turned into a count, a number of no list
    ("Tổ chức điểm vui chơi tại 15 xã [6].", Why.WORDS),
    ("Sở Y tế được hỗ trợ kinh phí hoạt động [6].", Why.WORDS),
    ("Khánh Hòa: 2020 trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    ("Bố trí kinh phí thực hiện [5]. 12. trẻ em nghèo được khám miễn phí [6].", Why.FIGURE),
    # signs put in and left out, openings and ends that say more than the passage
    ("Không, để xảy ra tình trạng từ chối cấp cứu trẻ em [2].", Why.WORDS),
    (
        "Không để xảy ra tình trạng từ chối cấp cứu trẻ em kiểm tra việc sử dụng lao động trẻ em trái phép tại "
        "các cơ sở y tế [2].",
        Why.WORDS,
    ),
    ("Cả hai kế hoạch đều bố trí kinh phí thực hiện [5].", Why.WORDS),
    ("Kiểm tra việc sử dụng lao động trẻ em trái phép tại các cơ sở y tế của Sở Y tế [2].", Why.DENIAL),
    # what an adversary who knew the code came through with, one of each kind (eval/cases/model/hostile.jsonl has all)
    ("Công an tỉnh phấn đấu [4] giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 trẻ em [3].", Why.SPLIT),
    ("Kinh phí thực hiện là 18.670 triệu đồng, theo kế hoạch của Kiên Giang [4].", Why.WORDS),
    ("Kế hoạch này nêu: kinh phí thực hiện là 18.670 triệu đồng [4].", Why.WORDS),
    ("Kinh phí thực hiện là -18.670 triệu đồng [4].", Why.WORDS),
    (
        "Chủ trì, phối hợp với Sở Giáo dục và Đào tạo. Tổ chức khám sức khỏe định kỳ cho trẻ em dưới 6 tuổi [1].",
        Why.WORDS,
    ),
    ("Sở Tài chính yêu cầu: bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].", Why.WORDS),
    ("Theo kế hoạch của Sở Tài chính, bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].", Why.WORDS),
    ("Kinh phí thực hiện là 18.670 triệu đồng [4] ❌", Why.SPLIT),
    ("Kinh phí thực hiện là 18.670 triệu đồng [4]\u202e.", Why.SPLIT),
    ("Kinh phí thực hiện là 18.670 triệu đồng: [4]", Why.WORDS),
    ("Kinh phí thực hiện là 18.670 triệu đồng [4][3].", Why.WORDS),
    ("Bố trí kinh phí thực hiện; trong đó trẻ em nghèo được khám miễn phí [5][6].", Why.WORDS),
    ("Bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [3][5].", Why.WORDS),
    # what a second one came through with: parts of sentences, words put in, requests as orders, welds, signs
    ("Báo cáo kết quả trước ngày 15/11/2020 [1].", Why.WORDS),
    ("Kinh phí thực hiện là 18.670 triệu đồng [4].", Why.WORDS),
    ("Phấn đấu ít nhất 90% số vụ việc được điều tra, xử lý kịp thời [4].", Why.WORDS),
    ("Giảm tỷ lệ trẻ em bị tai nạn thương tích xuống còn 550/100.000 trẻ em vào năm 2025 [3].", Why.WORDS),
    ("Kiểm tra việc sử dụng lao động trẻ em trái phép tại những cơ sở y tế [2].", Why.DENIAL),
    ("Bố trí các kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].", Why.WORDS),
    ("Tham gia giám sát việc xét xử [7].", Why.WORDS),
    (f"Tòa án nhân dân tỉnh phải {WHOLE[7]} [7].", Why.WORDS),
    (f"Khánh Hòa yêu cầu Tòa án nhân dân tỉnh: {WHOLE[7]} [7].", Why.WORDS),
    ("Trẻ em nghèo được khám miễn phí; kiểm tra việc sử dụng lao động trẻ em trái phép [2][6].", Why.DENIAL),
    ("Về câu hỏi của «Kế_hoạch_đã_hủy»: trẻ em nghèo được khám miễn phí [6].", Why.FORM),
    ("Trẻ em nghèo được khám miễn phí [6]:", Why.SPLIT),
    ("d) Trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    ("“Trẻ em nghèo được khám miễn phí [6].", Why.QUOTE),
    ("Trẻ em nghèo được khám miễn phí [٦].", Why.UNCITED),
    ("Trẻ em nghèo được khám miễn phí [0006].", Why.UNCITED),
    ("Theo kế hoạch của Khánh Hòa năm 2020, trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    ("Kế hoạch của Khánh Hòa, kế hoạch của Khánh Hòa, trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    ("Kế hoạch thứ hai, trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    # what a reviewer came through with: a heading with other signs or none behind it, an item without what leads on to
    # it, a sentence that another one undoes, a body by an English name that may be another's
    (
        "Tháng hành động vì trẻ em; từ ngày 01/6 đến ngày 30/6: Tết Trung thu năm 2020: tham mưu tổ chức các hoạt động "
        "vui chơi [8].",
        Why.FIGURE,
    ),
    (f"{PASSAGES[7].titles[0]} tham mưu tổ chức các hoạt động vui chơi [8].", Why.FIGURE),
    ("Khánh ((Hòa, trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
    ("Thu hồi học bạ của học sinh [9].", Why.DENIAL),
    ("Trường học không được làm các việc sau: 1 [9].", Why.WORDS),
    ("Mỗi em được 20 quyển vở một năm [10].", Why.DENIAL),
    # what a second adversary came through with: short forms, ellipses, quotations, brackets end no sentence; one that
    # points to another does not stand behind a third
    ("Văn hóa cấp phép cho trẻ em [11].", Why.DENIAL),
    ("Karaoke Sao Mai nhận trẻ em vào làm [11].", Why.DENIAL),
    ("Người báo tin được giữ kín tên. Mức này là 3 triệu đồng [12].", Why.DENIAL),
    ("Người báo tin được giữ kín tên; đồng thời mức này là 3 triệu đồng [12].", Why.DENIAL),
    ("Con gái không cần đi học [12].", Why.WORDS),
    ("Tỉnh không chi [12].", Why.WORDS),
    ("The Department of Health: trẻ em nghèo được khám miễn phí [6].", Why.WORDS),
]


def _sheet(text: str) -> Sheet:
    """All of a text, judged."""
    sheet = Sheet(Gate(PASSAGES))
    sheet.add(text)
    sheet.end()
    return sheet


def test_only_a_placeholder_that_stands_for_a_name_may_be_spoken_to() -> None:
    [sentence] = sentences("Về trường hợp của «TÊN_1», trẻ em nghèo được khám miễn phí [6].")
    assert Gate(PASSAGES).why_not(sentence) is Why.FORM
    assert Gate(PASSAGES, ("«TÊN_1»",)).why_not(sentence) is None


@pytest.mark.parametrize("text", HOLDS)
def test_what_the_passages_say_is_shown_unchanged(text: str) -> None:
    sheet = _sheet(text)
    cited = sheet.gate.by_number[sheet.marks[0]]
    assert (sheet.text, sheet.rejected) == (f"**{cited.heading}**\n{text}", [])


@pytest.mark.parametrize(("text", "why"), FAILS, ids=[text for text, _ in FAILS])
def test_what_they_do_not_say_is_not(text: str, why: Why) -> None:
    found = [Gate(PASSAGES).why_not(one) for one in sentences(text)]
    assert why in found
    sheet = _sheet(text)
    assert text not in sheet.text


BUDGET, SUM = ("Bố trí kinh phí thực hiện theo phân cấp ngân sách hiện hành [5].", f"{WHOLE[4]} [4].")


def test_headings_are_ours_wherever_plan_or_body_changes() -> None:
    sheet = _sheet(
        f"**Khánh Hòa (2020)**\n- {BUDGET}\n\n### Kiên Giang\n- {SUM}\n- {BUDGET}\n- {WHOLE[1]} [1].\nTóm lại.\n"
    )
    assert sheet.text == (  # what is said already is not said again
        f"**Khánh Hòa (2020) — 4. Sở Tài chính**\n- {BUDGET}\n\n"
        f"**Kiên Giang (2021-2030) — 4. Công an tỉnh**\n- {SUM}\n\n"
        f"**Khánh Hòa (2020) — 4. Sở Y tế**\n- {WHOLE[1]} [1]."
    )


def test_a_list_keeps_its_numbers_only_in_their_order() -> None:
    one, two, three, four = (
        f"{WHOLE[1]} [1].",
        "Không để xảy ra tình trạng từ chối cấp cứu trẻ em [2].",
        "Kiểm tra việc sử dụng lao động trẻ em trái phép tại các cơ sở y tế [2].",
        "Trẻ em nghèo được khám miễn phí [6].",
    )
    sheet = _sheet(f"1. {one}\n2. {two}\n90. {three}\n  - {four}\n")
    assert sheet.text == f"**Khánh Hòa (2020) — 4. Sở Y tế**\n1. {one}\n2. {two}\n- {three}\n- {four}"


def test_the_same_thing_is_said_once_whatever_stands_around_it() -> None:
    said = BUDGET[0].lower() + BUDGET[1:]
    sheet = _sheet(f"* {BUDGET}\n+ Sở Tài chính có nhiệm vụ {said}\n• Sở Tài chính phải {said}\n- Xây trường [5].\n")
    [rejected] = sheet.rejected
    sheet.mend(rejected, f"Sở Tài chính cần {said}")
    assert sheet.text == f"**Khánh Hòa (2020) — 4. Sở Tài chính**\n- {BUDGET}"
    assert sheet.said == sheet.gate.whole(5)


def test_a_sentence_written_anew_stands_in_the_place_of_the_one_before() -> None:
    sheet = _sheet(f"- Giảm tai nạn [3].\n- {SUM}\n")
    [rejected] = sheet.rejected
    sheet.mend(rejected, f"{PASSAGES[2].words} [3]")
    assert sheet.text == (
        f"**Kiên Giang (2021-2030) — II. MỤC TIÊU**\n- {PASSAGES[2].words} [3]\n\n"
        f"**Kiên Giang (2021-2030) — 4. Công an tỉnh**\n- {SUM}"
    )


def test_a_sentence_written_anew_keeps_the_sign_of_its_item_and_says_nothing_twice() -> None:
    sheet = _sheet(f"1. {BUDGET}\n2. Bịa [3].\n3. **Tin vui** mọi em [3].\n- Bịa [5].\n")
    first, second, third = sheet.rejected
    sheet.mend(first, SUM)
    sheet.mend(second, f"{SUM} {PASSAGES[2].words} [3]")
    sheet.mend(third, f"{PASSAGES[2].words} [3] {PASSAGES[2].words} [3]")
    assert sheet.rejected == [second, third]
    sheet.mend(second, f"{PASSAGES[2].words} [3]")
    assert sheet.text.split("\n") == [
        "**Khánh Hòa (2020) — 4. Sở Tài chính**",
        f"1. {BUDGET}",
        "",
        "**Kiên Giang (2021-2030) — 4. Công an tỉnh**",
        f"- {SUM}",
        "",
        "**Kiên Giang (2021-2030) — II. MỤC TIÊU**",
        f"- {PASSAGES[2].words} [3]",
    ]


def test_what_is_said_in_part_is_not_said_again() -> None:
    sheet = Sheet(Gate(PASSAGES))
    sheet.add("- Không để xảy ra tình trạng từ chối cấp cứu trẻ em [2].\n")
    sheet.add(f"- {PASSAGES[1].words} [2]\n")
    assert len(sheet.rejected) == 1


def test_what_markdown_would_act_on_is_inert() -> None:
    words = "Xem [cổng](http://x.vn) <b>của</b> Sở"
    sheet = Sheet(Gate([_given(1, "Khánh Hòa", "2020", "Sở Y tế", words)]))
    sheet.add(f"- {words} [1]\n")
    assert sheet.text.split("\n")[1] == r"- Xem \[cổng\](http://x.vn) \<b\>của\</b\> Sở [1]"


def test_part_of_a_passage_is_not_all_of_it() -> None:
    sheet = Sheet(Gate(PASSAGES))
    sheet.add("- Không để xảy ra tình trạng từ chối cấp cứu trẻ em [2].\n")
    assert sheet.said < sheet.gate.whole(2)
