"""What is shown of a text and what is not; every shown character still points into the original."""

from __future__ import annotations

from pathlib import Path

import pytest
from outline_table import ALL

from corpus.cleaning import Block, clean
from corpus.reading import parse
from corpus.words import nfc


def plains(text: str) -> list[str]:
    return [block.plain for block in clean(text).blocks]


#: case, text, its blocks as a person reads them
JOINED = [
    ("page break inside a word", "- xây dựng, củng\n\ncố hệ thống dịch vụ.", ["- xây dựng, củng cố hệ thống dịch vụ."]),
    ("page break after a comma", "tết Trung thu,\n\nkhai giảng năm học.", ["tết Trung thu, khai giảng năm học."]),
    (
        "a ministry's name cut at its dash",
        "- Báo cáo cho Bộ Lao động\n- Thương binh và Xã hội.",
        ["- Báo cáo cho Bộ Lao động - Thương binh và Xã hội."],
    ),
    (
        "two bullets that look like it",
        "- Phối hợp với Sở Lao động;\n- Thương binh và gia đình liệt sĩ.",
        ["- Phối hợp với Sở Lao động;", "- Thương binh và gia đình liệt sĩ."],
    ),
    ("a sentence that ended", "Trẻ em được bảo vệ.\n\nkhông nối.", ["Trẻ em được bảo vệ.", "không nối."]),
    (
        "a marker is never joined",
        "Nhiệm vụ gồm\n\na) truyền thông\n\nb) tập huấn",
        ["Nhiệm vụ gồm", "a) truyền thông", "b) tập huấn"],
    ),
    (
        "bullets without an end mark",
        "- Cục BTTE (b/c)\n- CT, PCT Nguyễn Dung;",
        ["- Cục BTTE (b/c)", "- CT, PCT Nguyễn Dung;"],
    ),
    (
        "a bracket on its own lines",
        "- Các sở\n(Đảng, chính quyền,\ncác tổ chức);\n- Báo",
        ["- Các sở (Đảng, chính quyền, các tổ chức);", "- Báo"],
    ),
    (
        "a page number between two halves",
        "Rà soát ao, hồ và\n\n2\n\ncắm biển.\n\n3\n\nHết.",
        ["Rà soát ao, hồ và cắm biển.", "Hết."],
    ),
    ("a page number with dashes", "Một\n\n- 2 -\n\nHai\n\n- 3 -\n\nBa", ["Một", "Hai", "Ba"]),
    (
        "a number that is a value stays",
        "Tổng số trẻ em:\n\n512\n\nNghèo:\n\n40",
        ["Tổng số trẻ em:", "512", "Nghèo:", "40"],
    ),
]


@pytest.mark.parametrize(("case", "text", "wanted"), JOINED, ids=[case for case, *_ in JOINED])
def test_broken_lines_are_rejoined(case: str, text: str, wanted: list[str]) -> None:
    assert plains(text) == wanted, case


#: a line, and what is left of it; "" where nothing is shown
LINES = [
    ("PublishingPortal - Block_BanTin_Toolbar", ""),
    ("Tăng cỡ chữ Giảm cỡ chữ", ""),
    ("- } (VBĐT)", ""),
    ("-------", ""),
    ("* * *", ""),
    ("Trang 3/12", ""),
    ("Lượt xem: 1.204", ""),
    ("A+ A- In bài viết", ""),
    ("Chia sẻ Facebook Zalo Twitter", ""),
    ("Tin liên quan", ""),
    ("Chia sẻ: Facebook | Zalo, Email", ""),
    ("|:---|---:|", ""),
    ("**", ""),
    ("![logo](data:image/png;base64,iVBORw0KGgo=)", ""),
    ("![](hinh_1_a.png) ![](hinh_2_b.png)", ""),
    ("[image1]: <data:image/png;base64,iVBORw0KGgo=>", ""),
    ('<img src="data:image/png;base64,iVBORw0KGgo=" alt="x">', ""),
    ("![logo](x_y.png) **I. MỤC TIÊU**", "I. MỤC TIÊU"),
    ("Trẻ em data:image/png;base64,iVBORw0KGgo= vui.", "Trẻ em  vui."),
    ("Xem [Luật Trẻ em](luat.html) và data: gốc", "Xem [Luật Trẻ em](luat.html) và data: gốc"),
    ("**III. NHIỆM VỤ**", "III. NHIỆM VỤ"),
    ("### **III. NHIỆM VỤ**", "III. NHIỆM VỤ"),
    ("số **0258.3883.040** để", "số 0258.3883.040 để"),
    ("với chủ đề “*Chung tay*”;", "với chủ đề “Chung tay”;"),
    ("(*trước ngày 20/5*)", "(trước ngày 20/5)"),
    ("tệp mau_bao_cao_01.xlsx kèm theo", "tệp mau_bao_cao_01.xlsx kèm theo"),
    ("5 * 3 = 15 * 1", "5 * 3 = 15 * 1"),
    ("#TreEm trên mạng xã hội", "#TreEm trên mạng xã hội"),
    ("* Ghi chú của bảng", "* Ghi chú của bảng"),
    ("(*) Số liệu ước tính", "(*) Số liệu ước tính"),
    ("Sơn", "Sơn"),
    ("Internet", "Internet"),
    ("YouTube", "YouTube"),
    ("VTV", "VTV"),
    ("111", "111"),
]


@pytest.mark.parametrize(("line", "shown"), LINES, ids=[line for line, _ in LINES])
def test_debris_and_markup_are_not_shown(line: str, shown: str) -> None:
    text = f"Một câu trước.\n\n{line}\n\nMột câu sau."
    assert plains(text) == ["Một câu trước.", *([shown] if shown else []), "Một câu sau."]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_character_points_to_itself_in_the_original(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for block in clean(text).blocks:
        _check(block, text)


def _check(block: Block, text: str) -> None:
    assert len(block.plain) == len(block.at)
    assert list(block.at) == sorted(block.at)
    for sign, at in zip(block.plain, block.at, strict=True):
        assert nfc(text[at]) == sign or (sign == " " and text[at].isspace()), (sign, text[at])


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_shown_and_hidden_together_are_the_whole_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cleaned = clean(text)
    shown = {at for block in cleaned.blocks for at in block.at}
    hidden = {at for span in cleaned.hidden for at in range(span.start, span.end)}
    assert not shown & hidden
    missed = [sign for at, sign in enumerate(text) if at not in shown | hidden and not sign.isspace()]
    assert "".join(missed).strip("\ufeff") == ""


_SPACES = " " * 40_000
#: What a file may hold that no person wrote. There are no timers here: a pattern that tries every way never ends.
ENDLESS = {
    "a picture": f"![logo](data:image/png;base64,{'iVBORw0K/+' * 20_000})",
    "a picture in a sentence": f"Trẻ em ![logo](data:image/png;base64,{'iVBORw0K/+' * 20_000}) vui",
    "a picture without its name": "iVBORw0K/+" * 20_000,
    "open pictures": "![](" * 30_000,
    "dashes": "-" * 20_000 + "x",
    "dashes in a row": "|" + "-" * 20_000 + "x",
    "stops": "a." * 40_000,
    "numbers": "1." * 30_000,
    "letters": "a" * 50_000,
    "capitals": "A" * 50_000,
    "stars": "*" * 20_000 + "x",
    "bold": "**a** " * 20_000,
    "spaces": f"a{_SPACES}b",
    "spaces behind an end": f"Hết./{_SPACES}x",
    "a number far off": f"Số{_SPACES}x",
    "views far off": f"Lượt xem{_SPACES}x",
    "issued far off": f"Ủy ban nhân dân tỉnh{_SPACES}ban hành{_SPACES}x",
    "bodies far apart": f"1. Sở Y tế{_SPACES}x Sở Tài chính: chủ trì",
    "dates": "Ngày  " * 18,
    "days": "Ngày đăng ngày " * 18,
    "a date far off": f"Sơn La, ngày{' ' * 120}tháng{' ' * 120}x",
    "shares": "Chia sẻ" + " Facebook" * 40 + " x",
    "provinces": "tỉnh Sơn La " * 8_000,
}


@pytest.mark.parametrize(
    "where", ["{}", "{}\n\nKẾ HOẠCH\nVề trẻ em\n\nI. A\n", "KẾ HOẠCH\nVề trẻ em\n\n{}\n\nI. A\n\n{}\n"]
)
@pytest.mark.parametrize("name", ENDLESS)
def test_what_no_person_wrote_is_read_to_its_end(name: str, where: str) -> None:
    text = where.replace("{}", ENDLESS[name])
    document = parse("x", "x.md", "", text)
    assert document.root.span.end == len(text)
    assert all(document.words(section).end <= section.head.end for section in document.sections)


def test_decomposed_text_is_read_as_the_composed_and_points_into_its_own_letters() -> None:
    text = "KE\u0302\u0301 HOA\u0323CH"
    (block,) = clean(text).blocks
    assert block.plain == "KẾ HOẠCH"
    assert text[block.span.start : block.span.end] == text


def test_a_stray_word_between_the_end_and_the_recipients_is_not_shown() -> None:
    text = "I. MỤC TIÊU\n\nBảo vệ trẻ em./.\n\nDore\n\nNơi nhận:\n\n- Như trên;\n"
    assert plains(text) == ["I. MỤC TIÊU", "Bảo vệ trẻ em./.", "Nơi nhận:", "- Như trên;"]


def test_an_empty_or_blank_text_has_no_blocks() -> None:
    assert plains("") == plains("\n \n\t\n") == []
