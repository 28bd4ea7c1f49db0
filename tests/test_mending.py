"""What is typed is taken for what was meant: slips, dialects, missing accents; what is a word stays a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import assistant

from assistant.typing_slips import commonly_said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Sở Y tế Khanh Hòa phải làm gì?", "Sở Y tế Khánh Hòa phải làm gì?"),
        ("Sở Y tế Kiiên Giang phải làm gì?", "Sở Y tế Kiên Giang phải làm gì?"),
        ("Sở Ytế phải làm gì?", "Sở Y tế phải làm gì?"),
        ("so y te kien giang phai lam gi", "sở y tế kiên giang phải làm gì"),
        ("soo y tees kieen giang lamf gif", "sở y tế kiên giang làm gì"),
        ("What must the police do?", "What must the police do?"),
        ("What about children in yesterday?", "What about children in yesterday?"),
        # no blanks between words
        ("SởYtếphảilàmgì", "Sở Y tế phải làm gì"),
        ("phongchongduoinuoc o dau", "phòng chống đuối nước ở đâu"),
        # words of their own, though a letter away from another
        ("Lạng Sơn có soi mấy cái quỹ từ thiện không?", "Lạng Sơn có soi mấy cái quỹ từ thiện không?"),
        ("Ai rà soát mấy chỗ ấy?", "Ai rà soát mấy chỗ ấy?"),
        ("", ""),
    ],
)
def test_what_was_meant(index_folder: Path, typed: str, meant: str) -> None:
    assert assistant(index_folder).typing.mended(typed) == meant


@pytest.mark.parametrize(
    ("said", "elsewhere"),
    [
        ("Sở mô lo chuyện nớ?", "Sở nào lo chuyện đó?"),
        ("Mô hình nào được nhân rộng?", "Mô hình nào được nhân rộng?"),
        ("Quy mô ra răng?", "Quy mô ra sao?"),
        ("Khám răng miệng cho học sinh", "Khám răng miệng cho học sinh"),
        ("Báo ở mô?", "Báo ở đâu?"),
        ("Huế làm răng với nó?", "Huế làm sao với nó?"),
        ("khi đi mô tô, xe máy", "khi đi mô tô, xe máy"),
        ("Chăm sóc răng cho học sinh", "Chăm sóc răng cho học sinh"),
        ("Bao nhiêu tiền được chi?", "Bao nhiêu tiền được chi?"),
        ("Tổng số chi?", "Tổng số chi?"),
        ("Sở Tài chính lo việc chi?", "Sở Tài chính lo việc chi?"),
        ("Sở Tài chính làm chi?", "Sở Tài chính làm gì?"),
        ("Việc chi ngân sách do ai lo?", "Việc chi ngân sách do ai lo?"),
        ("so chi tieu", "so chi tieu"),
    ],
)
def test_words_of_the_centre(said: str, elsewhere: str) -> None:
    assert commonly_said(said) == elsewhere
