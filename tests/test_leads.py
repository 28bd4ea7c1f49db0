"""Items and sentences that others turn: what a plan forbids, has ended or sets a condition for is never shown without
that."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import assistant, built

from assistant.steps import Request

PLAN = """ỦY BAN NHÂN DÂN
TỈNH TRÀ VINH
Số: 12/KH-UBND
Trà Vinh, ngày 10 tháng 01 năm 2024

KẾ HOẠCH
Thực hiện công tác trẻ em năm 2024 trên địa bàn tỉnh Trà Vinh

I. MỤC TIÊU
1. Các chỉ tiêu sau đã hoàn thành, không đặt ra trong năm 2024:
- Chỉ tiêu 1: 100% trẻ em được tiêm chủng đầy đủ.
- Chỉ tiêu 2: 95% trẻ em đi học mẫu giáo.

II. NHIỆM VỤ
1. Trợ giúp trẻ em mồ côi
- Các cơ sở trợ giúp xã hội không được thực hiện các việc sau đây:
+ Thu tiền nuôi dưỡng trẻ em mồ côi của gia đình nhận nuôi;
+ Cho trẻ em mồ côi bán vé số.
- Các chính sách bị bãi bỏ từ năm 2024:
+ Cấp thẻ xe buýt miễn phí cho trẻ em mồ côi;
+ Tặng sách giáo khoa cho trẻ em mồ côi.
2. Phòng, chống xâm hại
- Nghiêm cấm các hành vi:
+ Ép trẻ em tảo hôn;
+ Bắt trẻ em bỏ học đi làm.
3. Công tác tại trường
- Tổ chức Tháng hành động vì trẻ em hằng năm tại các trường.
- Nghiêm cấm các hành vi sau đây:
- Bắt học sinh quỳ gối trước lớp.
- Thu điện thoại của học sinh nội trú.
4. Công tác tại rạp phim và chợ
Các rạp phim không được thực hiện những việc sau:
(1) Bán vé phim kinh dị cho trẻ em.
(2) Chiếu quảng cáo rượu bia trước phim thiếu nhi.
Nghiêm cấm các hành vi sau đây.
a) Thuê trẻ em bốc vác ở chợ đầu mối.
b) Bán pháo nổ cho trẻ em ở chợ.
5. Trại hè
Các trại hè tuyệt đối không được làm những việc dưới đây:
1.1. Giữ xe đạp của trẻ em dự trại.
1.2. Thu tiền cọc của trẻ em dự trại.
6. Thư viện
Trẻ em được mượn sách thư viện miễn phí. Trừ trẻ em ở khu vực thành thị.
Mỗi học sinh nghèo được tặng một xe đạp. Dừng hỗ trợ xe đạp từ tháng 6 năm 2024.

III. CÁC HÀNH VI BỊ NGHIÊM CẤM
1. Trong trường học
- Cho học sinh nghỉ học để đi hái cà phê.

IV. TỔ CHỨC THỰC HIỆN
1. Sở Y tế
Khám sức khỏe cho trẻ em.
Trường hợp hết kinh phí, không thực hiện các việc sau:
- Khám lại cho trẻ em dưới 6 tuổi;
- Cấp thuốc bổ cho trẻ em.
2. Sở Giáo dục và Đào tạo
- Trường học không được làm các việc sau: 1. Xóa tên học sinh khỏi lớp. 2. Thu hồi học bạ của học sinh.
- Trước năm 2024 học sinh nghèo được phát vở. Mỗi em được 20 quyển vở một năm. Từ năm 2024 không thực hiện nữa.
"""

#: A question, what turns the answer, and what is turned.
TURNED = [
    ("Trẻ em mồ côi ở Trà Vinh được cấp thẻ xe buýt thế nào?", "bị bãi bỏ từ năm 2024", "thẻ xe buýt miễn phí"),
    ("Trà Vinh có cho trẻ em mồ côi bán vé số không?", "không được thực hiện các việc sau đây", "bán vé số"),
    ("Trà Vinh có chính sách gì cho trẻ em mồ côi?", "bị bãi bỏ từ năm 2024", "Tặng sách giáo khoa"),
    ("Trà Vinh nói gì về tảo hôn?", "Nghiêm cấm các hành vi", "Ép trẻ em tảo hôn"),
    ("Tỉnh nào nêu việc ép trẻ em tảo hôn?", "Nghiêm cấm các hành vi", "Ép trẻ em tảo hôn"),
    ("Sở Y tế Trà Vinh cấp thuốc bổ cho trẻ em không?", "không thực hiện các việc sau", "Cấp thuốc bổ"),
    ("Sở Y tế Trà Vinh phải làm gì?", "không thực hiện các việc sau", "Cấp thuốc bổ"),
    ("Trường học ở Trà Vinh có được thu hồi học bạ không?", "không được làm các việc sau", "Thu hồi học bạ"),
    ("Học sinh nghèo Trà Vinh được mấy quyển vở?", "không thực hiện nữa", "quyển vở một năm"),
    ("Chỉ tiêu 2 của Trà Vinh là gì?", "không đặt ra trong năm 2024", "đi học mẫu giáo"),
    ("Trà Vinh nói gì về điện thoại của học sinh nội trú?", "Nghiêm cấm các hành vi sau đây", "Thu điện thoại"),
    ("Trà Vinh nói gì về quảng cáo rượu bia trước phim thiếu nhi?", "không được thực hiện", "rượu bia"),
    ("Trà Vinh nói gì về bán pháo nổ cho trẻ em ở chợ?", "Nghiêm cấm các hành vi", "pháo nổ"),
    ("Trà Vinh có thu tiền cọc của trẻ em dự trại không?", "tuyệt đối không được", "tiền cọc"),
    ("Trẻ em Trà Vinh mượn sách thư viện có miễn phí không?", "Trừ trẻ em ở khu vực thành thị", "miễn phí"),
    ("Học sinh nghèo Trà Vinh được tặng xe đạp không?", "Dừng hỗ trợ xe đạp", "được tặng một xe đạp"),
    ("Tỉnh nào nêu việc cho học sinh nghỉ học để đi hái cà phê?", "BỊ NGHIÊM CẤM", "hái cà phê"),
    ("Trà Vinh nói gì về hái cà phê?", "BỊ NGHIÊM CẤM", "hái cà phê"),
]


@pytest.fixture(scope="module")
def turning(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("turning")
    (folder / "plans").mkdir()
    (folder / "plans" / "tra-vinh-2024.txt").write_text(PLAN, encoding="utf-8")
    return built(folder / "plans", folder / "index")


@pytest.mark.parametrize(("question", "turns", "turned"), TURNED)
def test_what_turns_an_item_stands_before_it(turning: Path, question: str, turns: str, turned: str) -> None:
    text = assistant(turning).ask(question).text
    assert turned in text
    assert turns in text


def test_a_model_is_given_something_at_all(turning: Path) -> None:
    given = [one for question, *_ in TURNED for one in assistant(turning).grounded(Request(question)).given]
    assert len({one.citation.start for one in given}) > 3  # so that the next test can fail


@pytest.mark.parametrize(("question", "turns", "turned"), TURNED)
def test_a_model_is_never_given_it_alone(turning: Path, question: str, turns: str, turned: str) -> None:
    held = assistant(turning).grounded(Request(question))
    assert [one.words for one in held.given if turned in one.words and turns not in one.words] == []
