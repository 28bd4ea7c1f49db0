"""Duties that stand in a table only: rows by the columns of who does them and who joins, found for each body."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import assistant, built, read
from word_file import p, table, tr, word_file

from assistant.assigned import assigned

HEAD = ("STT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn")
ROWS = (
    ("1", "Tổ chức Tháng hành động vì trẻ em", "Sở Lao động - Thương binh và Xã hội", "Tỉnh đoàn", "Tháng 6/2024"),
    ("2", "Khám sức khỏe định kỳ cho học sinh", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Quý III"),
    ("3", "Kiểm tra bể bơi, hồ bơi", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh, Sở Y tế", "Trước 30/5/2024"),
    ("4", "Tiêm chủng mở rộng", "Sở Y tế", "", "Cả năm"),
)
LINES = (
    "ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG",
    "Số: 45/KH-UBND",
    "KẾ HOẠCH",
    "Thực hiện công tác trẻ em năm 2024 trên địa bàn tỉnh Tuyên Quang",
    "I. MỤC TIÊU",
    "- 95% trẻ em dưới 5 tuổi được đăng ký khai sinh.",
    "II. TỔ CHỨC THỰC HIỆN",
    "Các sở, ngành thực hiện nhiệm vụ theo bảng dưới đây.",
)


@pytest.fixture(scope="module")
def tabled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of a plan whose duties stand in a table: a document of a word processor and, with bars, Markdown."""
    documents = tmp_path_factory.mktemp("tabled")
    rows = table(*(tr(*row) for row in (HEAD, *ROWS)))
    word_file(documents / "tuyen-quang-2024.docx", "".join(map(p, LINES)) + rows)
    barred = "\n".join(f"| {' | '.join(row)} |" for row in (HEAD, ("---",) * 5, *ROWS))
    text = "\n\n".join(LINES).replace("TUYÊN QUANG", "LÀO CAI").replace("Tuyên Quang", "Lào Cai").replace("45/", "46/")
    (documents / "lao-cai-2024.md").write_text(f"{text}\n\n{barred}\n", encoding="utf-8")
    return built(documents, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("doc", ["tuyen-quang-2024", "lao-cai-2024"])
def test_rows_are_read_by_their_heads(tabled: Path, doc: str) -> None:
    document = assistant(tabled).documents[doc]
    found = assigned(document)
    assert [document.shown(one.work) for one in found] == [row[1] for row in ROWS]
    doers = [body.name for one in found for body in one.doers]  # by the names of the vocabulary
    assert doers == ["Sở Lao động - Thương binh và Xã hội", "Sở Y tế", "Sở Văn hóa và Thể thao", "Sở Y tế"]
    assert [body.name for body in found[2].joiners] == ["Công an tỉnh", "Sở Y tế"]
    assert [(head, document.shown(cell)) for head, cell in found[3].others] == [
        ("Cơ quan chủ trì", "Sở Y tế"),
        ("Thời hạn", "Cả năm"),
    ]


#: A question, words that its answer holds, words that it must not hold.
ASKED = [
    (
        "Sở Y tế Tuyên Quang phải làm gì?",
        (
            "2 nhiệm vụ trong bảng",
            "Khám sức khỏe định kỳ cho học sinh; Cơ quan chủ trì: Sở Y tế; Cơ quan phối hợp: Sở Giáo dục và Đào tạo",
            "Tiêm chủng mở rộng; Cơ quan chủ trì: Sở Y tế; Thời hạn: Cả năm",
            "Sở Y tế phối hợp:",
            "Kiểm tra bể bơi, hồ bơi",
        ),
        ("Tháng hành động", "không có mục"),
    ),
    ("Sở Y tế Lào Cai làm gì về tiêm chủng?", ("1 nhiệm vụ trong bảng", "Tiêm chủng mở rộng"), ("Khám sức khỏe",)),
    ("Công an tỉnh Tuyên Quang phải làm gì?", ("Công an tỉnh phối hợp:", "Trước 30/5/2024"), ("nhiệm vụ trong bảng",)),
    ("Sở Tư pháp Tuyên Quang phải làm gì?", ("không có mục giao nhiệm vụ riêng cho Sở Tư pháp",), ("Sở Y tế",)),
    (
        "What must the health department of Tuyen Quang do?",
        ("2 duties in a table", "Sở Y tế joins in:"),
        ("nhiệm vụ trong bảng",),
    ),
]


@pytest.mark.parametrize(("question", "holds", "lacks"), ASKED, ids=[question for question, _, _ in ASKED])
def test_a_bodys_rows_are_its_duties(
    tabled: Path, question: str, holds: tuple[str, ...], lacks: tuple[str, ...]
) -> None:
    answer = assistant(tabled).ask(question)
    text = read(answer.text)
    assert [words for words in holds if words not in text] == []
    assert [words for words in lacks if words in text] == []
    assert all(one.quote == assistant(tabled).documents[one.doc].text[one.start : one.end] for one in answer.citations)
