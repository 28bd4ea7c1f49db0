"""Each kind of question goes its own way to its answer: which composer takes it, what it says, what it leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from asking import assistant

from assistant import Turn
from assistant.numbering import letter, ordinal, targets_named


@dataclass(frozen=True, slots=True)
class Way:
    """A question, the composer that takes it, words its answer holds, and words it must not hold."""

    question: str
    composer: str
    held: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


TABLE = (
    Way(
        "Kiên Giang tổng kết kế hoạch khi nào, báo cáo qua ai?",
        "reporting",
        ("sơ kết vào năm 2025 và tổng kết vào năm 2030", "qua Sở Lao động - Thương binh và Xã hội"),
        ("Khánh Hòa",),
    ),
    Way(
        "Gặp vướng mắc khi thực hiện kế hoạch Khánh Hòa thì báo ai?",
        "reporting",
        ("kịp thời phản ánh về Sở Lao động - Thương binh và Xã hội",),
        ("111",),
    ),
    Way("Kế hoạch Lạng Sơn căn cứ văn bản nào?", "basis", ("636/LĐTBXH-TE", "28/02/2023"), ("Kiên Giang",)),
    Way(
        "Nói rõ hơn ý 2",
        "pointed",
        ("IV › 4. Sở Y tế", "Nâng cao năng lực cho đội ngũ cán bộ y tế"),
        ("Triển khai và cung cấp các dịch vụ chăm sóc sức khỏe và dinh dưỡng đảm bảo",),
        ("Sở Y tế Khánh Hòa phải làm gì?",),
    ),
    Way("Chỉ tiêu 5 của Kiên Giang do ai làm?", "indicator", ("V › 5. Sở Y tế", "3,4,5,6"), ("Sở Giáo dục",)),
    Way(
        "So sánh mục tiêu trẻ em được tiêm chủng của Kiên Giang và Huế",
        "facts",
        ("97% vào năm 2025", "| Thừa Thiên Huế (2020) | không nêu |"),
        ("600/100.000",),
    ),
    Way(
        "Sở Tài chính Khánh Hòa phải làm gì?",
        "duties",
        ("dự toán hàng năm", "Được nhắc phối hợp trong mục của cơ quan khác: IV › 10. Sở Kế hoạch và Đầu tư"),
    ),
    Way(
        "Trẻ em bỏ học cấp hai ở Kiên Giang năm 2025, 2027 và 2030 là bao nhiêu?",
        "facts",
        (
            "| 2025 | 2027 | 2030 |",
            "bỏ học cấp trung học cơ sở | dưới 0,14% [2] | không nêu | dưới 0,05% [3] |",
        ),
        ("| 88%",),
    ),
    Way("Chỉ tiêu 6 của Kiên Giang năm 2030 là bao nhiêu?", "indicator", ("2% vào năm 2030",), ("|---",)),
    Way("Bảng kinh phí của Kiên Giang có bao nhiêu hạng mục?", "count", ("7 nội dung hoạt động",), ("24",)),
)


@pytest.mark.parametrize("way", TABLE, ids=lambda way: way.question)
def test_each_kind_has_its_own_way(index_folder: Path, way: Way) -> None:
    before = [Turn("user", text) for text in way.before]
    assert assistant(index_folder).trail(way.question, before).composer == way.composer
    answer = assistant(index_folder).ask(way.question, before)
    text = answer.text.replace("**", "")
    assert not answer.abstained
    for words in way.held:
        assert words in text
    for words in way.absent:
        assert words not in text


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("các chỉ tiêu 3,4,5,6 của Kế hoạch", {3, 4, 5, 6}),
        ("Chỉ tiêu 14 là gì?", {14}),
        ("chi tieu so 7", {7}),
        ("chỉ tiêu năm 2025", set()),
        ("Điều 5 Luật Trẻ em", set()),
    ],
)
def test_targets_by_number(text: str, numbers: set[int]) -> None:
    assert set(targets_named(text)) == numbers


@pytest.mark.parametrize(
    ("text", "number"), [("nói rõ hơn ý 2", 2), ("ý cuối là gì", -1), ("mục thứ ba", 3), ("Sở Y tế làm gì?", None)]
)
def test_items_pointed_at(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_letters_pointed_at() -> None:
    assert letter("nói rõ hơn điểm b") == "b"
    assert not letter("Sở Y tế làm gì?")


#: a question, what is bold in its answer, figures of the same sentence that are not
FIGURES = (
    (
        "Chỉ tiêu 11 của Kiên Giang năm 2030 là bao nhiêu?",
        ("và **500/100.000** trẻ em", "và **xuống còn 15/100.000** trẻ em"),
        ("550/100.000", "16/100.000"),
    ),
    ("Tiêm chủng dưới 1 tuổi ở Kiên Giang năm 2030 bao nhiêu %?", ("và **98%** vào năm 2030",), ("97%",)),
    ("Ngân sách Khánh Hòa cấp cho Sở Lao động bao nhiêu tiền?", ("**720 triệu đồng**",), ("360 triệu đồng",)),
    ("Sở Tư pháp Kiên Giang phải làm gì?", (), ("chỉ tiêu 14",)),
)


@pytest.mark.parametrize(("question", "bold", "plain"), FIGURES)
def test_the_figure_asked_for_is_bold(
    question: str, bold: tuple[str, ...], plain: tuple[str, ...], index_folder: Path
) -> None:
    text = assistant(index_folder).ask(question).text
    assert [words for words in bold if words not in text] == []
    assert [words for words in plain if words not in text or f"**{words}" in text] == []
