"""Letterheads and signatures as offices set them (Nghị định 30/2020/NĐ-CP, Phụ lục I), and what is read off each."""

from __future__ import annotations

import unicodedata

import pytest

from corpus.document import Fact
from corpus.reading import parse

_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_BODY = """
Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;

I. MỤC ĐÍCH

1. Bảo vệ trẻ em trên địa bàn.

II. TỔ CHỨC THỰC HIỆN

Trên đây là nội dung, các đơn vị tổ chức thực hiện./.
"""
_TITLE = "KẾ HOẠCH\nThực hiện công tác trẻ em năm 2024"
_SIGNED = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"


def _stated(text: str, name: str) -> object:
    found = getattr(parse("x", "x.txt", "x", text).metadata, name)
    return found.value if isinstance(found, Fact) else found


def _columns(office: tuple[str, ...], number: str, place_date: str, gap: str = "    ") -> str:
    first, *more = office
    rows = [gap.join((first, _MOTTO[0])), gap.join((more[0] if more else "-------", _MOTTO[1])), *more[1:]]
    return "\n".join([*rows, gap.join((number, place_date))])


def _lines(office: tuple[str, ...], number: str, place_date: str) -> str:
    return "\n".join([*office, number, *_MOTTO, place_date])


_DAY = "ngày 05 tháng 3 năm 2024"
_PROVINCE = ("ỦY BAN NHÂN DÂN", "TỈNH SƠN LA")
_HEALTH = ("UBND TỈNH SƠN LA", "SỞ Y TẾ")
_LABOUR = ("UBND TỈNH SƠN LA", "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI")
_MINISTRY = ("BỘ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI")
_CITY = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HỒ CHÍ MINH")
_SON_LA = "ỦY BAN NHÂN DÂN TỈNH SƠN LA"
_MOLISA = "Bộ Lao động - Thương binh và Xã hội"


#: office, number and place as printed; issuer, number, symbol, place and province as read.
@pytest.mark.parametrize("form", ["gap", "tab", "space", "lines", "nfd"])
@pytest.mark.parametrize(
    ("office", "printed", "where", "issuer", "number", "symbol", "place", "province"),
    [
        (_PROVINCE, "Số: 12/KH-UBND", "Sơn La", _SON_LA, "12/KH-UBND", None, "Sơn La", "Sơn La"),
        (_PROVINCE, "Số:12/KH-UBND", "Sơn La", _SON_LA, "12/KH-UBND", None, "Sơn La", "Sơn La"),
        (_PROVINCE, "Số : 12 /KH-UBND", "Sơn La", _SON_LA, "12/KH-UBND", None, "Sơn La", "Sơn La"),
        (_PROVINCE, "Số 12 /KH-UBND", "Sơn La", _SON_LA, "12/KH-UBND", None, "Sơn La", "Sơn La"),
        (_PROVINCE, "Số: 15/2023/QĐ-UBND", "Sơn La", _SON_LA, "15/2023/QĐ-UBND", None, "Sơn La", "Sơn La"),
        (_PROVINCE, "Số:      /KH-UBND", "Sơn La", _SON_LA, None, "KH-UBND", "Sơn La", "Sơn La"),
        (_PROVINCE, "Số: ……/KH-UBND", "Sơn La", _SON_LA, None, "KH-UBND", "Sơn La", "Sơn La"),
        (_PROVINCE, "Số: ____/KH-UBND", "Sơn La", _SON_LA, None, "KH-UBND", "Sơn La", "Sơn La"),
        (("UBND TỈNH SƠN LA",), "Số: 12/KH-UBND", "Sơn La", "UBND TỈNH SƠN LA", "12/KH-UBND", None, "Sơn La", "Sơn La"),
        (_HEALTH, "Số: 12/KH-SYT", "Sơn La", "SỞ Y TẾ", "12/KH-SYT", None, "Sơn La", "Sơn La"),
        (_LABOUR, "Số: 9/KH-SLĐTBXH", "Sơn La", " ".join(_LABOUR[1:]), "9/KH-SLĐTBXH", None, "Sơn La", "Sơn La"),
        (_MINISTRY, "Số: 99/KH-BLĐTBXH", "Hà Nội", _MOLISA, "99/KH-BLĐTBXH", None, "Hà Nội", None),
        (("BỘ Y TẾ",), "Số: 7/KH-BYT", "Hà Nội", "Bộ Y tế", "7/KH-BYT", None, "Hà Nội", None),
        (
            _CITY,
            "Số: 1/KH-UBND",
            "TP. Hồ Chí Minh",
            " ".join(_CITY),
            "1/KH-UBND",
            None,
            "TP. Hồ Chí Minh",
            "Hồ Chí Minh",
        ),
        (
            ("ỦY BAN NHÂN DÂN", "HUYỆN MỘC CHÂU"),
            "Số: 8/KH-UBND",
            "Mộc Châu",
            "ỦY BAN NHÂN DÂN HUYỆN MỘC CHÂU",
            "8/KH-UBND",
            None,
            "Mộc Châu",
            None,
        ),
        (
            ("ỦY BAN NHÂN DÂN", "XÃ CHIỀNG HẶC"),
            "Số: 7/KH-UBND",
            "Chiềng Hặc",
            "ỦY BAN NHÂN DÂN XÃ CHIỀNG HẶC",
            "7/KH-UBND",
            None,
            "Chiềng Hặc",
            None,
        ),
        (
            ("UBND HUYỆN MAI SƠN", "PHÒNG LAO ĐỘNG - TB&XH"),
            "Số: 21/KH-LĐTBXH",
            "Mai Sơn",
            "UBND HUYỆN MAI SƠN",
            "21/KH-LĐTBXH",
            None,
            "Mai Sơn",
            None,
        ),
        (
            ("HỘI ĐỒNG NHÂN DÂN", "TỈNH LÀO CAI"),
            "Số: 8/NQ-HĐND",
            "Lào Cai",
            "HỘI ĐỒNG NHÂN DÂN TỈNH LÀO CAI",
            "8/NQ-HĐND",
            None,
            "Lào Cai",
            "Lào Cai",
        ),
        (
            ("BAN CHẤP HÀNH", "TỈNH ĐOÀN AN GIANG"),
            "Số: 210-KH/TĐTN-XDĐ",
            "An Giang",
            "TỈNH ĐOÀN AN GIANG",
            "210-KH/TĐTN-XDĐ",
            None,
            "An Giang",
            "An Giang",
        ),
        (
            ("ỦY BAN MTTQ VIỆT NAM", "TỈNH BÀ RỊA - VŨNG TÀU"),
            "Số: 3/KH-MTTQ",
            "Bà Rịa - Vũng Tàu",
            "ỦY BAN MTTQ VIỆT NAM TỈNH BÀ RỊA - VŨNG TÀU",
            "3/KH-MTTQ",
            None,
            "Bà Rịa - Vũng Tàu",
            "Bà Rịa - Vũng Tàu",
        ),
    ],
)
def test_a_letterhead_in_any_setting(  # noqa: PLR0917
    form: str,
    office: tuple[str, ...],
    printed: str,
    where: str,
    issuer: str,
    number: str | None,
    symbol: str | None,
    place: str,
    province: str | None,
) -> None:
    dated = f"{where}, {_DAY}"
    gaps = {"gap": "    ", "tab": "\t", "space": " "}
    head = _columns(office, printed, dated, gaps[form]) if form in gaps else _lines(office, printed, dated)
    text = f"{head}\n\n{_TITLE}\n{_BODY}"
    document = parse("x", "x.txt", "x", unicodedata.normalize("NFD", text) if form == "nfd" else text)
    found = document.metadata
    read = [fact and fact.value for fact in (found.issuer, found.number, found.symbol, found.place, found.province)]
    assert read == [issuer, number, symbol, place, province]
    assert found.date and found.date.value == "2024-03-05"
    assert document.title == "KẾ HOẠCH Thực hiện công tác trẻ em năm 2024"


#: Place and date as printed, and as read.
@pytest.mark.parametrize(
    ("printed", "place", "date"),
    [
        ("Sơn La, ngày 5 tháng 3 năm 2024", "Sơn La", "2024-03-05"),
        ("Sơn La, ngày 05/3/2024", "Sơn La", "2024-03-05"),
        ("Sơn La, ngày      tháng 3 năm 2024", "Sơn La", None),
        ("Sơn La, ngày … tháng … năm 2024", "Sơn La", None),
        ("Sơn La, ngày tháng năm 2024", "Sơn La", None),
        ("Việt Trì, ngày 12 tháng 11 năm 2023", "Việt Trì", "2023-11-12"),
        ("Thành phố Hồ Chí Minh, ngày 20 tháng 4 năm 2024", "Thành phố Hồ Chí Minh", "2024-04-20"),
    ],
)
def test_place_and_date(printed: str, place: str, date: str | None) -> None:
    text = f"{_columns(_PROVINCE, 'Số: 12/KH-UBND', printed)}\n\n{_TITLE}\n{_BODY}"
    assert (_stated(text, "place"), _stated(text, "date")) == (place, date)


#: Kind and title as set, title and period as read.
@pytest.mark.parametrize(
    ("printed", "title", "period"),
    [
        ("KẾ HOẠCH\nCông tác trẻ em năm 2024", "KẾ HOẠCH Công tác trẻ em năm 2024", (2024, 2024)),
        (
            "KẾ HOẠCH\nTriển khai công tác bảo vệ, chăm sóc trẻ em\nvà bình đẳng giới trên địa bàn\nnăm 2024\n-------",
            "KẾ HOẠCH Triển khai công tác bảo vệ, chăm sóc trẻ em và bình đẳng giới trên địa bàn năm 2024",
            (2024, 2024),
        ),
        (
            "KẾ HOẠCH\nTHỰC HIỆN CÔNG TÁC TRẺ EM\nGIAI ĐOẠN 2021 - 2025",
            "KẾ HOẠCH THỰC HIỆN CÔNG TÁC TRẺ EM GIAI ĐOẠN 2021 - 2025",
            (2021, 2025),
        ),
        (
            "KẾ HOẠCH\nthực hiện Chỉ thị số 28-CT/TW về công tác trẻ em năm 2024",
            "KẾ HOẠCH thực hiện Chỉ thị số 28-CT/TW về công tác trẻ em năm 2024",
            (2024, 2024),
        ),
        (
            "DỰ THẢO\n\nKẾ HOẠCH\nThực hiện Quyết định số 23/QĐ-TTg ngày 07/01/2021 của Thủ tướng Chính phủ phê duyệt "
            "Chương trình hành động quốc gia vì trẻ em trên địa bàn tỉnh giai đoạn 2021 - 2030",
            "KẾ HOẠCH Thực hiện Quyết định số 23/QĐ-TTg ngày 07/01/2021 của Thủ tướng Chính phủ phê duyệt "
            "Chương trình hành động quốc gia vì trẻ em trên địa bàn tỉnh giai đoạn 2021 - 2030",
            (2021, 2030),
        ),
        (
            "V/v tăng cường phòng, chống\nđuối nước trẻ em năm 2024\n\nKính gửi: Các sở, ngành.",
            "V/v tăng cường phòng, chống đuối nước trẻ em năm 2024",
            (2024, 2024),
        ),
    ],
)
def test_the_gist_over_one_to_three_lines(printed: str, title: str, period: tuple[int, int]) -> None:
    text = f"{_columns(_PROVINCE, 'Số: 12/KH-UBND', f'Sơn La, {_DAY}')}\n\n{printed}\n{_BODY}"
    assert (_stated(text, "title"), _stated(text, "period")) == (title, period)


#: What stands below the text, who signs, and as what.
@pytest.mark.parametrize(
    ("printed", "signer", "role"),
    [
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n(Đã ký)\n\nNguyễn Văn An",
            "Nguyễn Văn An",
            "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        ),
        ("GIÁM ĐỐC\n\n\nThS. Nguyễn Văn An", "ThS. Nguyễn Văn An", "GIÁM ĐỐC"),
        ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nBS.CKII Trần Thị Bình", "BS.CKII Trần Thị Bình", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nY Thanh Hà Niê Kđăm", "Y Thanh Hà Niê Kđăm", "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH"),
        ("CHỦ TỊCH\n(Đã ký)\nGiàng A Tính", "Giàng A Tính", "CHỦ TỊCH"),
        ("CHỦ TỊCH\n\nNGUYỄN VĂN AN", "NGUYỄN VĂN AN", "CHỦ TỊCH"),
        (
            "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nKý bởi: Nguyễn Văn An\nCơ quan: UBND tỉnh Sơn La\n"
            "Thời gian ký: 05/03/2024 10:15:22 +07:00\n\nNguyễn Văn An",
            "Nguyễn Văn An",
            "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        ),
    ],
)
def test_who_signs(printed: str, signer: str, role: str) -> None:
    text = f"{_columns(_PROVINCE, 'Số: 12/KH-UBND', f'Sơn La, {_DAY}')}\n\n{_TITLE}\n{_BODY}{_SIGNED}{printed}\n"
    assert (_stated(text, "signer"), _stated(text, "signer_role")) == (signer, role)


def test_a_signature_beside_the_recipients() -> None:
    signed = "\nNơi nhận:    KT. GIÁM ĐỐC\n- Như trên;    PHÓ GIÁM ĐỐC\n- Lưu: VT.\n\n    Trần Thị Bình\n"
    text = f"{_columns(_HEALTH, 'Số: 12/KH-SYT', f'Sơn La, {_DAY}')}\n\n{_TITLE}\n{_BODY}{signed}"
    assert (_stated(text, "signer"), _stated(text, "signer_role")) == ("Trần Thị Bình", "PHÓ GIÁM ĐỐC")


#: What a signed PDF prints above the letterhead is no part of the text; the same words elsewhere are.
@pytest.mark.parametrize(
    "stamp",
    [
        "Ký bởi: Ủy ban nhân dân tỉnh Sơn La\nEmail: ubnd@sonla.gov.vn\nCơ quan: Tỉnh Sơn La\n"
        "Ngày ký: 05-03-2024 10:15:22 +07:00",
        "Người ký: Văn phòng UBND\nCơ quan: Tỉnh Sơn La\nThời gian ký: 05.03.2024 10:15:22 +07:00",
    ],
)
def test_the_stamp_of_a_digital_signature_is_hidden(stamp: str) -> None:
    head = _columns(_PROVINCE, "Số: 12/KH-UBND", f"Sơn La, {_DAY}")
    document = parse("x", "x.txt", "x", f"{stamp}\n{head}\n\n{_TITLE}\n{_BODY}\nCơ quan: Sở Y tế\n")
    shown = document.shown(document.root.span)
    assert shown.startswith("ỦY BAN NHÂN DÂN") and shown.endswith("Cơ quan: Sở Y tế")
    assert document.metadata.issuer and document.metadata.issuer.value == _SON_LA
