"""Every citation of every answer is a proof, and no number stands in an answer that nothing proves."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from asking import ask, listed_lines, marks, plan, read, words

from assistant import Answer
from assistant.citations import Draft, citation, escaped
from corpus import read as read_plan
from corpus.document import Span
from corpus.vocabulary import agencies, hotlines

ROOT = Path(__file__).parent.parent
#: Questions of all kinds; "a || b" is a conversation.
QUESTIONS = """
Sở Y tế phải làm gì?
Sở Lao động phải làm gì?
Công an tỉnh phải làm gì?
Sở Giáo dục và Đào tạo Khánh Hòa phải làm gì?
UBND các huyện phải làm gì?
MTTQ Huế có nhiệm vụ gì?
Sở Tài chính được giao việc gì?
Sở Xây dựng phải làm gì?
Sở Nội vụ Kiên Giang phải làm gì?
Sở Y tế Hà Nội phải làm gì?
Sở Y tế Khánh Hòa năm 2025 phải làm gì?
What must the Department of Health do?
Công an tỉnh Khánh Hòa được giao mấy việc?
Chỉ tiêu 3 là gì?
Chỉ tiêu 4 Kiên Giang là gì?
Chỉ tiêu 99 Kiên Giang là gì?
Ai thực hiện chỉ tiêu 9 của Kiên Giang?
Kế hoạch nào có chỉ tiêu, có bao nhiêu chỉ tiêu?
Kế hoạch Kiên Giang có bao nhiêu chỉ tiêu?
Kế hoạch Khánh Hòa có mấy nhiệm vụ?
Tổng kinh phí Kiên Giang là bao nhiêu?
Năm 2021 Kiên Giang dự toán tổng cộng bao nhiêu tiền?
Năm 2024 Kiên Giang chi bao nhiêu tiền cho sơ kết?
Năm 2025 Kiên Giang chi bao nhiêu tiền cho sơ kết?
Mỗi năm Kiên Giang chi bao nhiêu tiền cho truyền thông?
Kiên Giang chi bao nhiêu tiền để phát triển hệ thống dịch vụ?
Kiên Giang huy động xã hội hóa bao nhiêu?
Bảng dự toán Kiên Giang tính bằng đơn vị nào?
What is the total budget of Kien Giang in 2025?
Ngân sách năm 2020 của Khánh Hòa là bao nhiêu tiền?
Kinh phí Thừa Thiên Huế lấy từ đâu?
Báo cáo 6 tháng phải nộp trước ngày nào?
Báo cáo năm của Lạng Sơn nộp trước ngày nào?
Ai ký các kế hoạch?
Kế hoạch Kiên Giang số mấy, ban hành ngày nào?
Cơ quan nào ban hành kế hoạch Lạng Sơn?
Nơi nhận kế hoạch của Kiên Giang?
Người ký kế hoạch Lạng Sơn giữ chức gì?
Ai viết bài của Bắc Kạn?
Gọi số nào khi cần giúp đỡ?
Số điện thoại Trung tâm Công tác xã hội Khánh Hòa?
Tổng đài 111 là số gì?
Kiên Giang có số điện thoại nào?
Bố đánh em
I want to die
Tỷ lệ trẻ em 5 tuổi đi mẫu giáo là bao nhiêu?
Tỷ suất tai nạn thương tích trẻ em là bao nhiêu?
Trẻ em bị suy dinh dưỡng ở Kiên Giang phải giảm còn bao nhiêu?
So sánh chỉ tiêu xã phường phù hợp với trẻ em của các tỉnh
Những tỉnh nào nói về HIV?
Ai cấp thẻ bảo hiểm y tế cho trẻ em ở Khánh Hòa?
Chủ đề Tháng hành động vì trẻ em năm 2020 ở Khánh Hòa là gì?
Tháng hành động vì trẻ em ở Lạng Sơn từ ngày nào đến ngày nào?
Lạng Sơn kiểm tra bao nhiêu huyện?
Theo quyết định nào công nhận xã phường phù hợp với trẻ em?
Nghị định 80/2017 nói về gì?
Công văn số 1566 ban hành ngày nào?
Mục tiêu chung của Kiên Giang là gì?
Kinh phí Lạng Sơn lấy ở đâu?
Có bao nhiêu trẻ em bị đuối nước ở Bắc Kạn?
Giá vàng hôm nay?
Sở Y tế Khánh Hòa phải làm gì? || Còn Kiên Giang?
Năm 2025 Kiên Giang chi bao nhiêu tiền cho sơ kết? || Còn năm 2030?
Chỉ tiêu 10 Kiên Giang là gì? || Ai thực hiện chỉ tiêu đó?
""".strip().splitlines()
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
#: What may follow the last mark of an item: closing signs, or a sum of what is marked.
_AFTER_MARK = re.compile(r"[)”*.\s]*(?:; (?:cộng lại )?\*\*[\d.,]+ \w+ \w+\*\*(?: together)?)?[)”*.\s]*")


@pytest.fixture(params=QUESTIONS, ids=lambda question: question[:48])
def answer(request: pytest.FixtureRequest, index_folder: Path) -> Answer:
    *before, question = str(request.param).split(" || ")
    return ask(index_folder, question, *before)


def test_every_citation_is_that_stretch_of_that_plan(answer: Answer) -> None:
    for one in answer.citations:
        assert plan(one.doc)[one.start : one.end] == one.quote
        assert one.quote == one.quote.strip() != ""
        assert one.title
        assert one.section


def test_marks_and_citations_are_the_same_numbers(answer: Answer) -> None:
    numbers = [one.n for one in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    assert list(dict.fromkeys(marks(answer.text))) == numbers


def test_every_item_of_a_list_is_proved(answer: Answer) -> None:
    for line in listed_lines(answer.text):
        assert marks(line), line
        assert _AFTER_MARK.fullmatch(re.split(r"(?<!\\)\[\d+\]", line)[-1]), line


def test_a_quoted_item_says_what_its_citation_says(answer: Answer) -> None:
    """Where an item is nothing but a citation, its words are the plan's, debris and emphasis left out."""
    quotes = {one.n: _plain(one.quote) for one in answer.citations}
    for line in listed_lines(answer.text):
        counted = re.match(r"- \d+ chỉ tiêu: ", line)  # of a part of the plan, from its structure
        if (
            len(marks(line)) == 1
            and not counted
            and not line.startswith(("- **", "- Bắc", "- Kh", "- Kiên", "- Lạng", "- Thừa"))
        ):
            assert _plain(read(line.removeprefix("- "))) == quotes[marks(line)[0]]


def test_no_number_without_a_proof(answer: Answer) -> None:
    said = _NUMBER.findall(read(answer.text))
    assert [number for number in said if number not in _proved(answer)] == []


def _plain(text: str) -> str:
    return words(re.sub(r"[*_]+", "", text))


def _proved(answer: Answer) -> set[str]:
    """Numbers of what is cited, of the names of plans and sections, of the vocabulary; counts; sums of two."""
    cited = [number for one in answer.citations for number in _NUMBER.findall(one.quote)]
    names = " ".join(
        [
            *(f"{one.title} {one.section}" for one in answer.citations),
            *PERIODS,
            *VOCABULARY,
            *TABLE_PLACES,
            answer.question,
        ]
    )
    counts = {str(n) for n in (*COUNTS, len(list(listed_lines(answer.text))))}
    counts |= set(re.findall(r"- (\d+) chỉ tiêu: ", answer.text))
    counts |= (
        {str(number) for number in range(1, 12)} if "nhiệm vụ" in answer.text or "duties" in answer.text else set()
    )
    sums = {_dotted(_value(one) + _value(two)) for one, two in combinations(cited, 2) if "," not in one + two}
    return {*cited, *_NUMBER.findall(names), *counts, *sums}


def _value(number: str) -> int:
    return int(number.replace(".", "").replace(",", ""))


def _dotted(value: int) -> str:
    return f"{value:,}".replace(",", ".")


PERIODS = ("2023", "2020", "2021–2030")
#: The rows, years and the two places of the cell that stands in the wrong column, as its note tells them.
TABLE_PLACES = ("1 2 3 4 5 6 7", "2021 2022 2023 2024 2025 2026 2027 2028 2029 2030")
#: Targets of Kiên Giang, Thừa Thiên Huế and Lạng Sơn; Khánh Hòa's sections under IV and its seven solutions.
COUNTS = (24, 14, 12, 21, 7)
VOCABULARY = (
    *(f"{one.number} {one.name_vi} {one.note_vi}" for one in hotlines()),
    *(one.now for one in agencies()),
    *(path.read_text(encoding="utf-8") for path in (ROOT / "prompts").glob("help_now.*.md")),
)


def test_hotlines_are_those_of_the_vocabulary_byte_for_byte() -> None:
    entries = tomllib.loads((ROOT / "corpus" / "vocabulary" / "hotlines.toml").read_text(encoding="utf-8"))["hotline"]
    assert [(one["number"], one["use"]) for one in entries] == [
        ("111", "child"),
        ("113", "police"),
        ("115", "ambulance"),
    ]


def test_one_stretch_is_cited_once() -> None:
    document = read_plan(ROOT / "corpus" / "documents" / "bac-kan-2023.txt")
    draft = Draft({document.id: document})
    start = document.text.index("Minh Huyền")
    assert draft.mark(document, Span(start, start + 10)) == "[1]"
    assert draft.mark(document, Span(start - 2, start + 10)) == "[1]"  # white space around it is no part of it
    assert draft.mark(document, Span(start, start + 4)) == "[2]"
    assert [one.quote for one in draft.citations] == ["Minh Huyền", "Minh"]


@pytest.mark.parametrize("span", [Span(0, 0), Span(10**6, 10**6 + 5)])
def test_nothing_cannot_be_cited(span: Span) -> None:
    document = read_plan(ROOT / "corpus" / "documents" / "bac-kan-2023.txt")
    with pytest.raises(ValueError, match="bac-kan-2023: nothing to cite"):
        citation(document, span, 1)


def test_a_stretch_beyond_the_end_cannot_be_cited() -> None:
    document = read_plan(ROOT / "corpus" / "documents" / "bac-kan-2023.txt")
    with pytest.raises(ValueError, match="bac-kan-2023: nothing to cite"):
        citation(document, Span(len(document.text) - 5, len(document.text) + 5), 1)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<b>x</b>", r"\<b\>x\</b\>"),
        ("[1] *a* _b_ `c`", r"\[1\] \*a\* \_b\_ \`c\`"),
        ("a | b ~ # \\", r"a \| b \~ \# " + "\\\\"),
        ("Sở Y tế – 98,5%", "Sở Y tế – 98,5%"),
    ],
)
def test_what_is_quoted_is_no_markup(text: str, safe: str) -> None:
    assert escaped(text) == safe
