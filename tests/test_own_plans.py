"""A user's own plans, laid out in several ways: which holds, what one costs, how many there are, whom to call.

The six are invented (tests/own_plans): one replaced and one amended by another, sums in a sentence, in a total row and
in parts only, targets as dashes, in groups and numbered, numbers to call as offices write them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from asking import assistant, built

from assistant import Turn
from assistant.citations import readable
from assistant.counted import items_below, targets_listed
from assistant.numbered import numbers_named
from assistant.numbers_to_call import channels, has_own, unclear_numbers
from assistant.whole_sums import money_of
from corpus import read
from corpus.document import Document, Span

ROOT = Path(__file__).parent.parent
OWN = Path(__file__).parent / "own_plans"
OLD, NEW, AMENDED, AMENDING = "hau-giang-2023", "hau-giang-2024", "ca-mau-2024-2026", "ca-mau-sua-doi-2025"
NORTH, MARKED = "bac-lieu-2025", "soc-trang-2024-2025"
SAYS_SO = "Kế hoạch này có hiệu lực kể từ ngày ký và thay thế Kế hoạch số 12/KH-UBND ngày 15 tháng 01 năm 2023"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the six plans."""
    return built(OWN, tmp_path_factory.mktemp("own"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; the plans cited; words its answer holds, and words it must not hold; whether it is an abstention."""

    question: str
    docs: frozenset[str]
    held: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    abstained: bool = False


def _asked(question: str, docs: str, *held: str, absent: tuple[str, ...] = (), abstained: bool = False) -> Asked:
    return Asked(question, frozenset(docs.split()), held, absent, abstained)


_CLAIM = ("còn hiệu lực",)  # as a claim of law it is never made
FORCE = (
    _asked(
        "Kế hoạch 12/KH-UBND còn hiệu lực không?", f"{OLD} {NEW}", "Bị thay thế bởi", SAYS_SO, "(đã qua)", absent=_CLAIM
    ),
    _asked("ke hoach 12/kh-ubnd con hieu luc khong", f"{OLD} {NEW}", "Bị thay thế bởi", SAYS_SO, absent=_CLAIM),
    _asked("Is plan 12/KH-UBND still in force?", f"{OLD} {NEW}", "Replaced by", SAYS_SO),
    _asked("Kế hoạch số 12 của Hậu Giang còn hiệu lực không?", f"{OLD} {NEW}", "số 45/KH-UBND", SAYS_SO),
    _asked("Kế hoạch Hậu Giang năm 2023 có bị thay thế chưa?", NEW, "Bị thay thế bởi", SAYS_SO),
    _asked("Kế hoạch 12/KH-UBND bị thay thế bởi văn bản nào?", NEW, "số 45/KH-UBND"),
    _asked("Đã có kế hoạch nào thay thế kế hoạch Hậu Giang năm 2023 chưa?", NEW, "số 45/KH-UBND"),
    _asked("Kế hoạch 12/KH-UBND đã có bản mới chưa?", NEW, "Bị thay thế bởi", absent=("không có kế hoạch nào",)),
    _asked("Which plan replaces plan 12/KH-UBND?", NEW, "Replaced by"),
    _asked(
        "Kế hoạch 45/KH-UBND còn hiệu lực không?",
        NEW,
        "Kế hoạch nêu: Kế hoạch này có hiệu lực kể từ ngày ký",
        "không có kế hoạch nào nêu là thay thế hoặc sửa đổi: Hậu Giang (2024), số 45/KH-UBND",
        absent=_CLAIM,
    ),
    _asked("Kế hoạch 45/KH-UBND thay thế văn bản nào?", NEW, "Thay thế **Hậu Giang (2023), số 12/KH-UBND**", SAYS_SO),
    _asked("Kế hoạch 45/KH-UBND có thay thế kế hoạch 12/KH-UBND không?", NEW, SAYS_SO),
    _asked("What does plan 45/KH-UBND replace?", NEW, "Replaces", SAYS_SO),
    _asked("Which plan does 45/KH-UBND replace?", NEW, "Replaces"),
    _asked("Kế hoạch 12/KH-UBND thay thế kế hoạch nào?", "", "không nêu là thay thế", abstained=True),
    _asked("Văn bản nào sửa đổi kế hoạch 88/KH-UBND?", AMENDING, "Được sửa đổi, bổ sung bởi", "số 31/KH-UBND"),
    _asked("Ke hoach 88/KH-UBND da bi sua doi chua?", AMENDING, "Được sửa đổi, bổ sung bởi"),
    _asked("Was plan 88/KH-UBND amended?", AMENDING, "Amended by"),
    _asked(
        "Kế hoạch 31/KH-UBND sửa đổi kế hoạch nào?", AMENDING, "Sửa đổi, bổ sung **Cà Mau (2024–2026), số 88/KH-UBND**"
    ),
    _asked("Kế hoạch Sóc Trăng hết hiệu lực ngày nào?", MARKED, "đến hết ngày 31/12/2025", absent=_CLAIM),
    _asked("Kế hoạch 88/KH-UBND có hiệu lực đến bao giờ?", f"{AMENDED} {AMENDING}", "từ năm 2024 đến hết năm 2026"),
    _asked("Kế hoạch Hậu Giang 2023 hết hạn chưa?", f"{OLD} {NEW}", "Bị thay thế bởi", absent=_CLAIM),
    _asked("Kế hoạch 12/KH-UBND của Cà Mau còn hiệu lực không?", "", "trong phạm vi được hỏi", abstained=True),
    _asked("Has the Bạc Liêu plan been replaced?", NORTH, "None of the plans held", "năm 2025"),
    _asked("Kế hoạch 999/KH-UBND còn hiệu lực không?", "", "Không có kế hoạch số 999/KH-UBND", abstained=True),
    _asked("Kế hoạch này bị thay thế bởi văn bản nào?", f"{NEW} {AMENDING}", "Hãy nêu tỉnh, năm hoặc số"),
    _asked("Hậu Giang có bao nhiêu trẻ được chăm sóc thay thế?", "", "Không tìm thấy", abstained=True),
    _asked("Nghị định 56/2017/NĐ-CP còn hiệu lực không?", "", "Không tìm thấy", abstained=True),
)

_TOTAL, _ROW = "Tổng kinh phí thực hiện: 1.250 triệu đồng", "700 triệu đồng"
_PARTS = ("600 triệu đồng", "450 triệu đồng", "150 triệu đồng", "không nêu tổng kinh phí")
SUMS = (
    *(
        _asked(question, OLD, _TOTAL, absent=("850",))
        for question in (
            "Tổng kinh phí của kế hoạch 12/KH-UBND là bao nhiêu?",
            "Tổng kinh phí thực hiện kế hoạch Hậu Giang năm 2023?",
            "Kế hoạch Hậu Giang năm 2023 có tổng kinh phí bao nhiêu?",
            "Kế hoạch Hậu Giang 2023 tốn tất cả bao nhiêu tiền?",
            "Kế hoạch Hậu Giang năm 2023 cần bao nhiêu tiền?",
            "Ngân sách cho kế hoạch Hậu Giang 2023 tổng cộng là bao nhiêu?",
            "How much does plan 12/KH-UBND cost in total?",
            "Kế hoạch 12/KH-UBND hết bao nhiêu tiền?",
        )
    ),
    *(
        _asked(question, NEW, _ROW)
        for question in (
            "Tổng dự toán kế hoạch 45/KH-UBND?",
            "Tổng số tiền thực hiện kế hoạch 45/KH-UBND là bao nhiêu?",
            "tong kinh phi cua ke hoach hau giang 2024 la bao nhieu",
            "What is the total budget of the Hậu Giang 2024 plan?",
        )
    ),
    *(
        _asked(question, AMENDED, *_PARTS, absent=("1.200",))
        for question in (
            "Kinh phí toàn bộ của kế hoạch 88/KH-UBND?",
            "Tổng kinh phí kế hoạch 88/KH-UBND là bao nhiêu?",
        )
    ),
    _asked(
        "Tổng kinh phí kế hoạch 31/KH-UBND là bao nhiêu?",
        AMENDING,
        "Ngân sách tỉnh: 300 triệu đồng",
        absent=("420", "|"),
    ),
    _asked("Tổng kinh phí của kế hoạch Hậu Giang là bao nhiêu?", f"{OLD} {NEW}", _TOTAL, _ROW, absent=("1.950",)),
    _asked("Tổng kinh phí là bao nhiêu?", f"{AMENDED} {AMENDING} {OLD} {NEW} {MARKED}", _TOTAL, _ROW, "2,4 tỷ đồng"),
    _asked("So sánh kinh phí kế hoạch 12/KH-UBND và 45/KH-UBND", f"{OLD} {NEW}", _TOTAL, _ROW),
    _asked("Tổng nhu cầu kinh phí của Sóc Trăng?", MARKED, "2,4 tỷ đồng", "2.400"),
    _asked("Kế hoạch của Sóc Trăng giai đoạn 2024-2025 có tổng kinh phí là bao nhiêu?", MARKED, "2,4 tỷ đồng"),
    _asked("Tổng mức kinh phí của kế hoạch Bạc Liêu 2025 là bao nhiêu?", NORTH, "không nêu", abstained=True),
    _asked("Ngân sách tỉnh trong kế hoạch 12/KH-UBND là bao nhiêu?", OLD, "850 triệu đồng", absent=("1.250",)),
    _asked("Kinh phí trại hè của Hậu Giang 2024 là bao nhiêu?", NEW, "150 triệu đồng", absent=("700",)),
)

COUNTS = (
    _asked("Kế hoạch Hậu Giang năm 2023 có bao nhiêu chỉ tiêu cụ thể?", OLD, "4 chỉ tiêu", "Giảm 5% số trẻ em"),
    _asked("Kế hoạch Hậu Giang năm 2023 có bao nhiêu mục tiêu?", OLD, "4 mục tiêu"),
    _asked("How many targets does plan 12/KH-UBND have?", OLD, "4 targets"),
    _asked("ke hoach 45/KH-UBND co bao nhieu chi tieu", NEW, "5 chỉ tiêu, trong 3 nhóm", "80% cán bộ được tập huấn"),
    _asked("Kế hoạch 88/KH-UBND có bao nhiêu chỉ tiêu?", AMENDED, "3 chỉ tiêu", "100% xã có bể bơi", absent=("75%",)),
    _asked("Kế hoạch 88/KH-UBND có mấy giải pháp?", AMENDED, "3 giải pháp, không đếm các ý nhỏ", absent=("Mở lớp",)),
    _asked("Kế hoạch Hậu Giang năm 2023 có bao nhiêu nhiệm vụ?", OLD, "3 nhiệm vụ", "3. Kiểm tra, giám sát"),
    _asked("Kế hoạch 45/KH-UBND có bao nhiêu nhiệm vụ, giải pháp?", NEW, "3 nhiệm vụ, giải pháp", "2. Hỗ trợ trẻ em"),
    _asked("How many solutions does plan 45/KH-UBND list?", NEW, "3 items", "3. Vui chơi, giải trí"),
    _asked("Kế hoạch Sóc Trăng có bao nhiêu mục tiêu?", MARKED, "3 mục tiêu", "1.3. Giảm 3% trẻ em bỏ học"),
    _asked("Kế hoạch Sóc Trăng có bao nhiêu nhiệm vụ?", MARKED, "2 nhiệm vụ", "2.2. Phát triển dịch vụ"),
    _asked("Kế hoạch 12/KH-UBND có mấy mục?", OLD, "5 mục"),
    _asked("Kế hoạch Bạc Liêu có bao nhiêu giải pháp?", "", "Không tìm thấy", abstained=True),
)

CALLS = (
    _asked("Đường dây nóng của Hậu Giang năm 2023 số mấy?", OLD, "0293.3.878.111", absent=("không nêu",)),
    _asked("Đường dây nóng của Hậu Giang năm 2024 số mấy?", NEW, "18009069", absent=("không nêu",)),
    _asked("Hotline của Sóc Trăng số mấy?", MARKED, "ba số 1-1-1", absent=("không nêu",)),
    _asked("Hotline riêng của kế hoạch 31/KH-UBND là số nào?", AMENDING, "111 – nhánh 2", absent=("không nêu",)),
    _asked("Số điện thoại riêng trong kế hoạch 88/KH-UBND?", AMENDED, "(0290) 3878111", "02903 878 222 hoặc 0913 xxx"),
    _asked("Số điện thoại của kế hoạch Bạc Liêu là bao nhiêu?", NORTH, "0291.3.823.9xx", absent=("không nêu",)),
)

NUMBERED = (
    _asked(
        "Kế hoạch 12/KH-UBND đặt tỷ lệ xã, phường phù hợp với trẻ em bao nhiêu?", OLD, "95%", absent=("Không thấy nêu",)
    ),
    _asked("Kế hoạch 88/KH-UBND: bao nhiêu phần trăm trẻ em biết bơi?", AMENDED, "70%", absent=("Không thấy nêu",)),
    _asked("Sở Y tế trong kế hoạch 12/KH-UBND phải làm gì?", OLD, "Chăm sóc sức khỏe trẻ em", absent=("Không có mục",)),
    _asked("Mục tiêu của kế hoạch số 12/KH-UBND là gì?", OLD, "90% trẻ em có hoàn cảnh đặc biệt"),
    _asked("Kế hoạch 45/KH-UBND ban hành ngày nào?", NEW, "ngày 20 tháng 02 năm 2024"),
)


@pytest.mark.parametrize("asked", [*FORCE, *SUMS, *COUNTS, *CALLS, *NUMBERED], ids=lambda one: one.question)
def test_questions_about_own_plans(own: Path, asked: Asked) -> None:
    answer = assistant(own).ask(asked.question)
    text = re.sub(r"\*\*(?=[\d,.]+)|(?<=đồng)\*\*|(?<=[\d%])\*\*", "", answer.text)
    assert answer.abstained is asked.abstained
    assert {one.doc for one in answer.citations} == asked.docs
    for words in asked.held:
        assert words in text
    for words in asked.absent:
        assert words not in text.removeprefix(asked.question)
    assert all(assistant(own).documents[one.doc].text[one.start : one.end] == one.quote for one in answer.citations)


def test_a_plan_named_by_its_number_is_meant_in_what_follows(own: Path) -> None:
    before = Turn("user", "Tổng kinh phí của kế hoạch 12/KH-UBND là bao nhiêu?")
    answer = assistant(own).ask("Kế hoạch này bị thay thế bởi văn bản nào?", (before,))
    assert {one.doc for one in answer.citations} == {NEW}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Kế hoạch 12/KH-UBND", ["12/KH-UBND"]),
        ("ke hoach so 12 /kh–ubnd con khong", ["12 /kh–ubnd"]),
        ("Quyết định 9/2024/QĐ-UBND và KH 12/KH", ["9/2024/QĐ-UBND", "12/KH"]),
        ("trước ngày 15/12/2023, giai đoạn 2021-2025, 18/100.000", []),
    ],
)
def test_numbers_of_documents_in_questions(text: str, numbers: list[str]) -> None:
    assert [text[one.start : one.end] for one in numbers_named(text)] == numbers


def _plan(folder: Path, body: str) -> Document:
    """A plan of which only one section is told."""
    file = folder / "plan.txt"
    head = "Số: 5/KH-UBND\n\nKẾ HOẠCH\nCông tác trẻ em tỉnh Cà Mau năm 2024\n\nI. MỤC ĐÍCH\nBảo vệ trẻ em.\n"
    file.write_text(f"{head}{body}\nIII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Khám sức khỏe.\n", encoding="utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("body", "whole", "parts"),
    [
        ("II. KINH PHÍ\nTổng kinh phí thực hiện: 1.250 triệu đồng.", ["Tổng kinh phí thực hiện: 1.250 triệu đồng."], 1),
        ("II. KINH PHÍ\nDự kiến kinh phí thực hiện Kế hoạch năm 2024 là 5 tỷ đồng.", ["Dự kiến"], 1),
        ("II. KINH PHÍ\n- Ngân sách tỉnh: 5 tỷ đồng.\n- Tổng cộng: 7 tỷ đồng.", ["Tổng cộng: 7 tỷ đồng."], 2),
        ("II. KINH PHÍ\n- Ngân sách tỉnh: 5 tỷ đồng.\n- Xã hội hóa: 2 tỷ đồng.", [], 2),
        ("II. KINH PHÍ\nKinh phí hỗ trợ học bổng: 50 triệu đồng.", [], 1),
        ("II. KINH PHÍ\nDo ngân sách bảo đảm theo phân cấp.", [], 0),
        ("II. NHIỆM VỤ\n- Tổng đài nhận 5 tỷ đồng tài trợ.\n- Tổng kết, khen thưởng 50 triệu đồng.", [], 0),
    ],
)
def test_where_the_whole_sum_is_stated(tmp_path: Path, body: str, whole: list[str], parts: int) -> None:
    plan = _plan(tmp_path, body)
    money = money_of(plan)
    said = [plan.shown(span) for span in money.said]
    assert len(said) == len(whole)
    assert all(one.startswith(words) for one, words in zip(said, whole, strict=True))
    assert len(money.parts) == parts


@pytest.mark.parametrize(
    ("body", "items", "groups"),
    [
        ("II. CHỈ TIÊU\n- 90% xã.\n- 80% trường.", 2, 0),
        (
            "II. MỤC TIÊU\n1. Mục tiêu chung\nTốt.\n2. Cụ thể\n- 90% xã:\n+ 95% bờ;\n+ 80% đảo.\n- 80% trường.",
            2,
            0,
        ),
        (
            "II. MỤC TIÊU\n1. Mục tiêu cụ thể\na) Về y tế:\n- 90% xã.\n- 70% trẻ em.\nb) Về giáo dục:\n- 80% trường.",
            3,
            2,
        ),
    ],
)
def test_direct_items_are_counted(tmp_path: Path, body: str, items: int, groups: int) -> None:
    plan = _plan(tmp_path, body)
    (heading,) = targets_listed(plan, "chi tieu")
    counted = items_below(plan, heading, in_groups=True)
    assert (len(counted.items), len(counted.groups)) == (items, groups)


@pytest.mark.parametrize(
    ("row", "read_as"),
    [
        ("| Ngân sách tỉnh | 300 triệu đồng |", "Ngân sách tỉnh: 300 triệu đồng"),
        ("| 1 | Hội thi | 400 |", "1. Hội thi: 400"),
        ("1\tHội thi\t400", "1. Hội thi: 400"),
        ("| Hội thi | |", "Hội thi"),
        ("Học sinh | giáo viên cùng học.", "Học sinh | giáo viên cùng học."),
    ],
)
def test_rows_are_read_without_their_pipes(tmp_path: Path, row: str, read_as: str) -> None:
    plan = _plan(tmp_path, f"II. KINH PHÍ\n{row}")
    start = plan.text.index(row)
    assert readable(plan, Span(start, start + len(row))) == read_as


def test_no_pipe_of_a_row_is_shown(own: Path) -> None:
    questions = (
        "Cà Mau xã hội hóa cho kế hoạch bao nhiêu?",
        "Sóc Trăng chi hội thi thế nào?",
        "Nguồn xã hội hóa ở Cà Mau",
    )
    for question in questions:
        answer = assistant(own).ask(question)
        assert answer.citations
        assert "|" not in answer.text


@pytest.mark.parametrize(
    ("said", "clear", "unclear", "has"),
    [
        ("Đường dây nóng của tỉnh: 0293.3.878.111.", 1, 0, True),
        ("Điện thoại (0293) 3878111.", 1, 0, True),
        ("Tổng đài 18009069.", 1, 0, True),
        ("Hotline: 1800-9069.", 1, 0, True),
        ("ĐT: 02933 878 111 hoặc 0913 xxx.", 1, 0, True),
        ("Gọi 111 (miễn phí).", 1, 0, False),
        ("Tổng đài 111 – nhánh 2.", 1, 0, True),
        ("ĐT: 0293/3878111.", 0, 1, False),
        ("Hotline 0291.3.823.9xx.", 0, 1, False),
        ("Số nóng: ba số 1-1-1.", 0, 1, False),
        ("Tổng đài 1022.", 0, 1, False),
        ("Tổng đài tiếp nhận 1.200 cuộc gọi năm 2023.", 0, 0, False),
        ("Vận hành đường dây nóng 24/7.", 0, 0, False),
        ("Vận hành đường dây nóng theo Nghị định 56/2017/NĐ-CP.", 0, 0, False),
    ],
)
def test_numbers_to_call_as_offices_write_them(tmp_path: Path, said: str, clear: int, unclear: int, has: bool) -> None:
    plan = _plan(tmp_path, f"II. NHIỆM VỤ\n- Hỗ trợ trẻ em.\n- {said}")
    assert (len(channels(plan)), len(unclear_numbers(plan)), has_own(plan)) == (clear, unclear, has)
