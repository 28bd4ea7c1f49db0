"""Plans of other kinds than the five, indexed from a folder: a ministry's programme, a district's, one of bullets only.

The three are invented (eval/other/README.md). Duties, figures and refusals, asked as people ask, and what names a plan.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from asking import assistant, built

from assistant import Turn
from eval.__main__ import main

ROOT = Path(__file__).parent.parent
OTHER = ROOT / "eval" / "other"
MINISTRY, DISTRICT, BULLETS = (
    "bo-y-te-dinh-duong-hoc-duong-2026-2030",
    "huyen-dong-thanh-2024",
    "so-giao-duc-hai-phong-2025",
)
#: The least share right of each file of cases; measured: `python -m eval answers eval/other/tuned.jsonl --index …`.
FLOORS = {"tuned.jsonl": 0.7, "reported.jsonl": 0.5}


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the three plans."""
    return built(OTHER / "documents", tmp_path_factory.mktemp("others"))


@pytest.mark.parametrize(
    ("question", "doc", "held"),
    [
        ("Cục An toàn thực phẩm có nhiệm vụ gì?", MINISTRY, ["2 nhiệm vụ", "Hướng dẫn Sở Y tế kiểm tra"]),
        ("Công an huyện Đồng Thanh phải làm gì?", DISTRICT, ["dụ dỗ, ép buộc, môi giới trẻ em đi lao động"]),
        ("Chương trình của Bộ Y tế có bao nhiêu chỉ tiêu?", MINISTRY, ["10 chỉ tiêu"]),
        ("Chỉ tiêu số 3 của Chương trình Dinh dưỡng học đường là gì?", MINISTRY, ["60%", "85%"]),
        ("Số vụ tai nạn giao thông của học sinh Hải Phòng phải giảm bao nhiêu?", BULLETS, ["ít nhất 15%"]),
        ("Đồng Thanh vận động bao nhiêu học sinh bỏ học trở lại lớp?", DISTRICT, ["40 trong số 52"]),
        ("Đường dây nóng của huyện Đồng Thanh số mấy?", DISTRICT, ["0232.3555.018", "111"]),
        ("Where is the Ministry of Health's green kitchen model piloted?", MINISTRY, ["Sơn La, Quảng Ninh, Nghệ An"]),
        ("Học sinh Hải Phòng bị tai nạn nặng thì trường báo Sở chậm nhất bao lâu?", BULLETS, ["12 giờ"]),
        ("Ai ký quyết định 4127 của Bộ Y tế?", MINISTRY, ["Trần Thị Hoài Thư"]),
    ],
)
def test_duties_and_figures(others: Path, question: str, doc: str, held: list[str]) -> None:
    answer = assistant(others).ask(question)
    assert not answer.abstained
    assert {citation.doc for citation in answer.citations} == {doc}
    for words in held:
        assert words in answer.text.replace("**", "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Chỉ tiêu số 14 của Chương trình Dinh dưỡng học đường là gì?", "Không có chỉ tiêu 14"),
        ("Kế hoạch của huyện Bố Trạch giao Công an huyện nhiệm vụ gì?", "Không có kế hoạch nào của Bố Trạch"),
        ("Sở Xây dựng Hải Phòng có nhiệm vụ gì?", "không có mục giao nhiệm vụ riêng cho Sở Xây dựng"),
        ("Đồng Thanh năm 2027 giao Công an huyện việc gì?", "Không có kế hoạch năm 2027"),
        ("Giá vàng hôm nay bao nhiêu?", "Không tìm thấy"),
    ],
)
def test_refusals_say_what_is_missing(others: Path, question: str, said: str) -> None:
    answer = assistant(others).ask(question)
    assert answer.abstained
    assert said in answer.text


def test_the_plan_asked_about_is_carried_over(others: Path) -> None:
    before = Turn("user", "Công an huyện Đồng Thanh phải làm gì?")
    answer = assistant(others).ask("Còn Phòng Lao động - Thương binh và Xã hội?", (before,))
    assert {citation.doc for citation in answer.citations} == {DISTRICT}


@pytest.mark.parametrize("file", FLOORS)
def test_cases_of_other_plans(others: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", str(OTHER / file), "--index", str(others), "--json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["measures"]["right"]["value"] >= FLOORS[file]
    assert report["measures"]["quote_fidelity"]["value"] == 1.0
