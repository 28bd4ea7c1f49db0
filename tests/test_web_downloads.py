"""An answer as a file: what the DOCX and the CSV hold, who gets none, how a file is named."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from http.client import HTTPConnection, HTTPResponse
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import docx
import pytest

from assistant import open_assistant
from assistant.answer import Answer, Citation
from assistant.pipeline import Assistant
from assistant.question import Turn
from assistant.web.api_models import whole
from assistant.web.csv_file import csv_rows, safe
from assistant.web.docx_file import docx_file
from assistant.web.origin import origin
from assistant.web.parts import Kind, parts, plain
from assistant.web.routes.downloads import disposition

DUTIES = "Sở Y tế phải làm gì?"
BIRTHS = "Tỷ lệ trẻ em được đăng ký khai sinh năm 2025 và 2030"
BUDGET = "Kinh phí ngân sách địa phương năm 2022 ở Kiên Giang?"
SUMS = "Kinh phí năm 2020 của Khánh Hòa?"
TOLD = "bố em đánh em, em sợ lắm"
CITATION = Citation(1, "a", "Kế hoạch A", "IV › 4", "x", 0, 1)


def post(address: str, path: str, data: Any, kind: str = "application/json") -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    sent = data if isinstance(data, str) else json.dumps(data)
    connection.request("POST", path, sent.encode("utf-8"), {"Content-Type": kind})
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def assistant(index_folder: Path) -> Assistant:
    return open_assistant(index_folder)


def opened(content: bytes) -> tuple[Any, str]:
    file = docx.Document(BytesIO(content))
    return file, "\n".join(paragraph.text for paragraph in file.paragraphs)


def superscripts(file: Any) -> set[int]:
    paragraphs = [*file.paragraphs, *(one for table in file.tables for cell in table._cells for one in cell.paragraphs)]
    return {int(run.text) for one in paragraphs for run in one.runs if run.font.superscript}


def test_the_docx_holds_question_answer_and_every_source(address: str, assistant: Assistant) -> None:
    response, content = post(address, "/download/docx", {"question": DUTIES})
    assert response.status == 200
    file, text = opened(content)
    answer = assistant.ask(DUTIES)
    assert f"Câu hỏi: {DUTIES}" in text
    assert f"Ngày xuất: {date.today():%d/%m/%Y}" in text
    assert superscripts(file) == {citation.n for citation in answer.citations}
    assert len(answer.citations) == 9
    for one in answer.citations:
        assert f"{one.n}. {origin(one, assistant.documents)}" in text
    # Read off the plan: its title, number, date and a bullet under 5. Sở Y tế.
    assert "KẾ HOẠCH Hành động vì trẻ em trên địa bàn tỉnh Kiên Giang, giai đoạn 2021-2030 (số " in text
    assert "V › 5. Sở Y tế: “Triển khai, thực hiện các chỉ tiêu 3,4,5,6 của Kế hoạch.”" in text
    assert not re.search(r"\[\d+\]|\*\*|\\", text)
    styles = {one.text: one.style.name for one in file.paragraphs}
    assert styles["Kiên Giang (2021–2030) — V › 5. Sở Y tế: 4 nhiệm vụ"] == "Heading 3"
    assert [one.style.name for one in file.paragraphs].count("List Bullet") >= 9
    bold = {run.text for one in file.paragraphs for run in one.runs if run.bold}
    assert "Kiên Giang (2021–2030)" in bold
    footer = " ".join(one.text for one in file.sections[0].footer.paragraphs)
    assert "do máy lập" in footer
    assert "gọi 111" in footer


def test_a_table_stays_a_table(address: str) -> None:
    file, _ = opened(post(address, "/download/docx", {"question": BIRTHS})[1])
    [table] = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Nội dung", "2025", "2030"],
        ["Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh", "98,5% 2", "100% 3"],
    ]
    assert superscripts(file) == {1, 2, 3}


def test_a_follow_up_and_a_filter_give_the_answer_of_the_chat(address: str, assistant: Assistant) -> None:
    history = [{"role": "user", "content": "Sở Y tế Khánh Hòa phải làm gì?"}]
    asked = {"question": "Còn Kiên Giang thì sao?", "history": history}
    _, text = opened(post(address, "/download/docx", asked)[1])
    assert "V › 5. Sở Y tế: 4 nhiệm vụ" in text
    assert "Khánh Hòa" not in text
    filtered = {"question": DUTIES, "provinces": ["Kiên Giang"], "years": [2025]}
    _, text = opened(post(address, "/download/docx", filtered)[1])
    assert "Chỉ tìm trong: Kiên Giang, 2025" in text
    assert "Khánh Hòa (2020)" not in text
    turns = [Turn("user", one["content"]) for one in history]
    assert (
        assistant.ask(asked["question"], turns).citations == assistant.ask("Sở Y tế Kiên Giang phải làm gì?").citations
    )


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_csv_of_a_table(address: str) -> None:
    response, content = post(address, "/download/csv", {"question": BIRTHS})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    header, row = rows_of(content)
    assert header == ["Nội dung", "2025", "2030", "Nguồn / Sources"]
    assert row[:3] == ["Tỷ lệ trẻ em dưới 5 tuổi được đăng ký khai sinh", "98,5%", "100%"]
    assert row[3].startswith("[2] KẾ HOẠCH Hành động vì trẻ em trên địa bàn tỉnh Kiên Giang")
    assert "[3] " in row[3]


def test_the_csv_of_a_budget_has_the_number_alone(address: str) -> None:
    header, row = rows_of(post(address, "/download/csv", {"question": BUDGET})[1])
    assert [name.partition(" / ")[0] for name in header] == [
        *("Kế hoạch", "Nội dung", "Cột", "Số tiền như in", "Giá trị số", "Đơn vị", "Ghi chú", "Nguồn")
    ]
    assert row[:7] == [
        *("Kiên Giang (2021–2030)", "Tổng cộng", "2022 › Địa phương", "1.055 triệu đồng", "1055", "triệu đồng", "")
    ]
    assert row[7].startswith("[2] ")


def test_the_csv_of_a_list_of_sums(address: str) -> None:
    _, *rows = rows_of(post(address, "/download/csv", {"question": SUMS})[1])
    assert [row[1] for row in rows] == ["720 triệu đồng", "360 triệu đồng", "360 triệu đồng"]
    assert rows[1][0] == "Ngân sách Trung ương"


@pytest.mark.parametrize(
    ("path", "data", "status", "said"),
    [
        ("/download/docx", {"question": TOLD}, 404, "Không có tệp nào"),
        ("/download/csv", {"question": TOLD}, 404, "Không có tệp nào"),
        (
            "/download/docx",
            {"question": "giờ em phải làm sao?", "history": [{"role": "user", "content": TOLD}]},
            404,
            "Không có tệp nào",
        ),
        ("/download/csv", {"question": DUTIES}, 404, "không có bảng"),
        ("/download/docx", {}, 422, "Yêu cầu sai"),
        ("/download/docx", {"question": "   "}, 422, "Yêu cầu sai"),
        ("/download/docx", {"question": "x" * 1001}, 422, "Yêu cầu sai"),
        ("/download/docx", {"question": DUTIES, "history": [{"role": "system", "content": "x"}]}, 422, "Yêu cầu sai"),
        ("/download/docx", {"question": DUTIES, "years": ["x"]}, 422, "Yêu cầu sai"),
        ("/download/docx", "{", 422, "Yêu cầu sai"),
        ("/download/docx", "[" * 20000, 422, "Yêu cầu sai"),
        ("/download/pdf", {"question": DUTIES}, 404, "Không có trang này"),
    ],
)
def test_what_is_refused_is_said_and_still_names_the_line(
    address: str, path: str, data: Any, status: int, said: str
) -> None:
    response, content = post(address, path, data)
    text = content.decode("utf-8")
    assert response.status == status
    assert said in text
    assert 'href="tel:111"' in text
    assert "Traceback" not in text


def test_a_file_is_opened_only_by_a_post(address: str) -> None:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", "/download/docx")
    response = connection.getresponse()
    response.read()
    connection.close()
    assert (response.status, response.headers["Allow"]) == (405, "POST")


def test_what_no_file_can_hold_is_left_out(address: str) -> None:
    response, content = post(address, "/download/docx", {"question": "Sở Y tế\x00\x0b phải \ud800 làm gì?"})
    assert response.status == 200
    assert "Câu hỏi: Sở Y tế phải" in opened(content)[1]
    assert whole("a\ufffe\x1f\tb") == "a\tb"


@pytest.mark.parametrize(
    ("question", "ascii_name", "name"),
    [
        (
            "Sở Y tế phải làm gì?",
            "So-Y-te-phai-lam-gi.docx",
            "S%E1%BB%9F-Y-t%E1%BA%BF-ph%E1%BA%A3i-l%C3%A0m-g%C3%AC.docx",
        ),
        ("Đường dây nóng", "Duong-day-nong.docx", "%C4%90%C6%B0%E1%BB%9Dng-d%C3%A2y-n%C3%B3ng.docx"),
        ('a"; x=../..\r\nSet-Cookie: b', "a-x-Set-Cookie-b.docx", "a-x-Set-Cookie-b.docx"),
        ("???", "tra-loi.docx", "tra-loi.docx"),
        ("日本", "tra-loi.docx", "%E6%97%A5%E6%9C%AC.docx"),
    ],
)
def test_the_name_of_a_file(question: str, ascii_name: str, name: str) -> None:
    assert disposition(question, "docx") == f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{name}"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        *(("=1+1", "'=1+1"), ("+84", "'+84"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1")),
        *(("＝1", "'＝1"), ("98,5%", "98,5%"), ("a=b", "a=b"), ("", "")),
    ],
)
def test_no_cell_is_run_as_a_formula(cell: str, written: str) -> None:
    assert safe(cell) == written


def test_markdown_is_taken_apart() -> None:
    items = "**A (2020)** — IV\n- x **12** [1], [7] 3\\*4\n  - sâu\n2. hai"
    text = f"{items}\n\n| K | N |\n|---|---|\n| a \\| b | c [1] |\n*Ghi chú:* z"
    found = parts(Answer("?", text, (CITATION,)))
    assert [(part.kind, plain(part.runs), part.depth, part.number) for part in found] == [
        (Kind.HEADING, "A (2020) — IV", 0, ""),
        (Kind.ITEM, "x 12 , [7] 3*4", 0, ""),
        (Kind.ITEM, "sâu", 1, ""),
        (Kind.ITEM, "hai", 0, "2"),
        (Kind.TABLE, "", 0, ""),
        (Kind.LINE, "Ghi chú: z", 0, ""),
    ]
    assert [[plain(cell) for cell in row] for row in found[4].rows] == [["K", "N"], ["a | b", "c"]]
    assert [run.cites for run in found[1].runs if run.cites] == [1]
    assert [run.text for run in found[5].runs if run.italic] == ["Ghi chú:"]


def test_two_tables_stand_apart() -> None:
    answer = Answer("?", "| a |\n|---|\n| b [1] |\n\n| c |\n|---|\n| d |", (CITATION,))
    assert csv_rows(answer, {}) == [
        *(["a", "Nguồn / Sources"], ["b", "[1] Kế hoạch A, IV › 4"], [], ["c", "Nguồn / Sources"], ["d", ""])
    ]


def test_lists_keep_their_depth_and_their_numbers(assistant: Assistant) -> None:
    items = "- a\n  - b\n    - c\n      - d\n2. e\n  3. f"
    file, _ = opened(docx_file(Answer("?", items), assistant.documents, [], date(2026, 11, 22)))
    assert [(one.text, one.style.name) for one in file.paragraphs][3:] == [
        *(("a", "List Bullet"), ("b", "List Bullet 2"), ("c", "List Bullet 3"), ("d", "List Bullet 3")),
        *(("2. e", "List Continue"), ("3. f", "List Continue 2")),
    ]


def test_a_refusal_is_a_file_without_sources(assistant: Assistant) -> None:
    content = docx_file(assistant.ask("Giá vàng hôm nay?"), assistant.documents, [], date(2026, 11, 22))
    _, text = opened(content)
    assert "Ngày xuất: 22/11/2026" in text
    assert "Không tìm thấy nội dung này" in text
    assert "\nNguồn" not in text
