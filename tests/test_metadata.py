"""What each text states of itself, read off the page; what it does not state is None, never guessed."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, replace
from pathlib import Path

import pytest
from outline_table import ALL

from corpus import Document, read
from corpus.document import Fact, Metadata
from corpus.reading import stated_problems

_TEXT: dict[str, dict[str, object]] = {
    "khanh-hoa-2020": {
        "title": "KẾ HOẠCH Triển khai công tác trẻ em trên địa bàn tỉnh Khánh Hòa năm 2020",
        "kind": "kế hoạch",
        "province": "Khánh Hòa",
        "period": (2020, 2020),
        "issuer": "UBND tỉnh Khánh Hòa",
        "signer": "Nguyễn Đắc Tài",
    },
    "bac-kan-2023": {
        "title": "Thực hiện các nhiệm vụ trọng tâm trong công tác trẻ em năm 2023",
        "province": "Bắc Kạn",
        "period": (2023, 2023),
        "date": "2023-03-21",
        "issuer": "UBND tỉnh",
        "author": "Minh Huyền",
    },
    "lang-son-2023": {
        "title": "KẾ HOẠCH Triển khai thực hiện công tác trẻ em năm 2023 trên địa bàn tỉnh Lạng Sơn",
        "kind": "kế hoạch",
        "province": "Lạng Sơn",
        "period": (2023, 2023),
        "symbol": "KH-SLĐTBXH",
        "place": "Lạng Sơn",
        "issuer": "Sở Lao động - Thương binh và Xã hội",
        "signer": "Đàm Văn Chính",
        "signer_role": "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC",
    },
    "kien-giang-2021-2030": {
        "title": "KẾ HOẠCH Hành động vì trẻ em trên địa bàn tỉnh Kiên Giang, giai đoạn 2021-2030",
        "kind": "kế hoạch",
        "province": "Kiên Giang",
        "period": (2021, 2030),
        "number": "107/KH-UBND",
        "date": "2021-05-18",
        "place": "Kiên Giang",
        "issuer": "Ủy ban nhân dân tỉnh Kiên Giang",
        "signer": "Nguyễn Lưu Trung",
        "signer_role": "KÝ CHỦ TỊCH",
    },
    "thua-thien-hue-2020": {
        "title": "KẾ HOẠCH THỰC HIỆN CÔNG TÁC BẢO VỆ VÀ CHĂM SÓC TRẺ EM TỈNH NĂM 2020",
        "kind": "kế hoạch",
        "province": "Thừa Thiên Huế",
        "period": (2020, 2020),
        "issuer": "UBND tỉnh",
    },
    # texts of tests/texts
    "ben-tre-2021": {
        "title": "KẾ HOẠCH Hành động vì trẻ em tỉnh Bến Tre giai đoạn 2021 - 2025",
        "kind": "kế hoạch",
        "province": "Bến Tre",
        "period": (2021, 2025),
    },
    "ca-mau-2023": {
        "title": "KẾ HOẠCH Bảo vệ trẻ em tỉnh Cà Mau năm 2023",
        "kind": "kế hoạch",
        "province": "Cà Mau",
        "period": (2023, 2023),
    },
    "dien-bien-2022": {
        "title": "KẾ HOẠCH Chăm sóc trẻ em tỉnh Điện Biên năm 2022",
        "kind": "kế hoạch",
        "province": "Điện Biên",
        "period": (2022, 2022),
    },
    "cong-van-yen-bai-2023": {
        "title": "V/v tăng cường phòng, chống đuối nước trẻ em",
        "province": "Yên Bái",
        "number": "2561/UBND-VX",
        "date": "2023-08-14",
        "place": "Yên Bái",
        "signer": "Đỗ Quang Vịnh",
        "signer_role": "TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG",
    },
    "gia-lai-2026": {
        "title": "KẾ HOẠCH TRUYỀN THÔNG VỀ QUYỀN TRẺ EM TỈNH GIA LAI NĂM 2026",
        "kind": "kế hoạch",
        "province": "Gia Lai",
        "period": (2026, 2026),
        "number": "88/KH-UBND",
        "date": "2026-03-02",
        "place": "Gia Lai",
    },
    "lam-dong-2026": {
        "title": "KẾ HOẠCH Phòng, chống tai nạn, thương tích trẻ em trên địa bàn tỉnh Lâm Đồng năm 2026",
        "kind": "kế hoạch",
        "province": "Lâm Đồng",
        "period": (2026, 2026),
        "number": "45/KH-UBND",
        "date": "2026-01-09",
        "place": "Lâm Đồng",
        "issuer": "Ủy ban nhân dân tỉnh Lâm Đồng",
        "signer": "Trần Thị Bích Hằng",
        "signer_role": "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
    },
    "nghe-an-2023": {
        "title": "KẾ HOẠCH Thực hiện Chương trình phòng ngừa, giảm thiểu lao động trẻ em giai đoạn 2023 - 2025",
        "kind": "kế hoạch",
        "province": "Nghệ An",
        "period": (2023, 2025),
        "symbol": "KH-UBND",
        "place": "Nghệ An",
        "issuer": "UBND tỉnh",
        "signer": "Bùi Đình Lộc",
        "signer_role": "TM. UỶ BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
    },
    "phan-tay-ninh-2025": {
        "title": "CHƯƠNG TRÌNH BẢO VỆ TRẺ EM TRÊN MÔI TRƯỜNG MẠNG TỈNH TÂY NINH GIAI ĐOẠN 2025 - 2030",
        "kind": "chương trình",
        "province": "Tây Ninh",
        "period": (2025, 2030),
    },
    "quang-ngai-2024": {
        "title": "QUYẾT ĐỊNH Về việc ban hành Quy chế phối hợp bảo vệ trẻ em trên địa bàn tỉnh Quảng Ngãi",
        "kind": "quyết định",
        "province": "Quảng Ngãi",
        "number": "318/QĐ-UBND",
        "date": "2024-04-22",
        "place": "Quảng Ngãi",
        "signer": "Lê Văn Quảng",
        "signer_role": "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH",
    },
    "quy-che-2022": {
        "title": "QUY CHẾ Phối hợp bảo vệ trẻ em trên địa bàn tỉnh Bình Phước giai đoạn 2022 - 2026",
        "kind": "quy chế",
        "province": "Bình Phước",
        "period": (2022, 2026),
    },
    "soc-trang-2022": {
        "title": "KẾ HOẠCH Chăm sóc sức khỏe trẻ em năm 2022",
        "kind": "kế hoạch",
        "province": "Sóc Trăng",
        "period": (2022, 2022),
        "number": "1022/KH-SYT",
        "date": "2022-03-07",
        "place": "Sóc Trăng",
        "issuer": "Sở Y tế",
        "signer": "Thạch Ngọc Sa",
        "signer_role": "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC",
    },
    "bao-cao-hoa-binh-2024": {
        "title": "BÁO CÁO Kết quả công tác trẻ em tỉnh Hòa Bình năm 2024",
        "kind": "báo cáo",
        "province": "Hòa Bình",
        "period": (2024, 2024),
        "signer": "Nguyễn Văn Toàn",
        "signer_role": "TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
    },
    "huyen-moc-chau-2024": {
        "title": "KẾ HOẠCH Tháng hành động vì trẻ em năm 2024",
        "kind": "kế hoạch",
        "period": (2024, 2024),
    },
    "kon-tum-2021": {
        "title": "KẾ HOẠCH Phòng chống bạo lực trẻ em trên địa bàn tỉnh Kon Tum giai đoạn 2021 đến năm 2025, "
        "tầm nhìn đến năm 2030",
        "kind": "kế hoạch",
        "province": "Kon Tum",
        "period": (2021, 2025),
    },
    "chi-thi-dak-lak-2024": {
        "title": "CHỈ THỊ Về tăng cường phòng, chống đuối nước cho trẻ em trên địa bàn tỉnh",
        "kind": "chỉ thị",
        "province": "Đắk Lắk",
        "issuer": "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        "number": "07/CT-UBND",
        "date": "2024-05-15",
        "place": "Đắk Lắk",
        "signer": "Phạm Ngọc Trí",
        "signer_role": "CHỦ TỊCH",
    },
    "nghi-quyet-thai-binh-2023": {
        "title": "NGHỊ QUYẾT Về một số chính sách hỗ trợ trẻ em có hoàn cảnh đặc biệt trên địa bàn tỉnh Thái Bình "
        "giai đoạn 2024 - 2026",
        "kind": "nghị quyết",
        "province": "Thái Bình",
        "period": (2024, 2026),
        "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH THÁI BÌNH",
        "number": "21/NQ-HĐND",
        "date": "2023-12-08",
        "place": "Thái Bình",
        "signer": "Nguyễn Tiến Thành",
        "signer_role": "CHỦ TỊCH",
    },
    "tinh-doan-dong-thap-2025": {
        "title": "KẾ HOẠCH Tổ chức các hoạt động hè cho thiếu nhi tỉnh Đồng Tháp năm 2025",
        "kind": "kế hoạch",
        "province": "Đồng Tháp",
        "period": (2025, 2025),
        "issuer": "TỈNH ĐOÀN ĐỒNG THÁP",
        "number": "305-KH/TĐTN-TTN",
        "date": "2025-03-10",
        "place": "Đồng Tháp",
        "signer": "Huỳnh Minh Thức",
        "signer_role": "TM. BAN THƯỜNG VỤ TỈNH ĐOÀN, PHÓ BÍ THƯ",
    },
    "xa-phu-tho-2026": {
        "title": "KẾ HOẠCH Thực hiện công tác trẻ em năm 2026 trên địa bàn xã Đồng Sơn, tỉnh Phú Thọ",
        "kind": "kế hoạch",
        "province": "Phú Thọ",
        "period": (2026, 2026),
        "number": "12/KH-UBND",
        "issuer": "UBND xã Đồng Sơn",
        "signer": "Hà Thị Mai",
        "signer_role": "TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH",
    },
    "tin-ha-tinh-2024": {
        "title": "Hà Tĩnh triển khai Tháng hành động vì trẻ em năm 2024",
        "province": "Hà Tĩnh",
        "period": (2024, 2024),
        "date": "2024-02-05",
        "issuer": "UBND tỉnh",
        "author": "Thu Phương",
    },
}
#: A letterhead states an issuer too; where the running text does not, either reading is a reading.
_EITHER = {
    ("quang-ngai-2024", "issuer"),
    ("cong-van-yen-bai-2023", "issuer"),
    ("cong-van-yen-bai-2023", "period"),
    ("quy-che-2022", "issuer"),
    ("phan-tay-ninh-2025", "issuer"),
    ("huyen-moc-chau-2024", "issuer"),
}
NAMES = [field.name for field in fields(Metadata)]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_what_a_text_states_of_itself(path: Path, name: str) -> None:
    found = getattr(read(path).metadata, name)
    value = found.value if isinstance(found, Fact) else found
    if (path.stem, name) in _EITHER:
        committee = any(words in str(value).lower() for words in ("nhân dân", "ubnd"))
        assert value is None or committee or value == (2023, 2023)
    else:
        assert value == _TEXT[path.stem].get(name)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_fact_points_to_where_it_is_stated(path: Path) -> None:
    document = read(path)
    for name in NAMES:
        fact = getattr(document.metadata, name)
        if isinstance(fact, Fact):
            assert fact.span is not None, name
            assert _agrees(document, name, fact), (name, fact.value, document.shown(fact.span))


def _agrees(document: Document, name: str, fact: Fact) -> bool:
    assert fact.span is not None
    words = document.shown(fact.span)
    if name == "date":
        return fact.value[:4] in words and str(int(fact.value[-2:])) in words
    if name in {"kind", "province"}:
        return fact.value.lower() in words.lower() or name == "kind"
    if name == "issuer":  # the lines of a letterhead's left column have those of the right one between them
        rest = iter(words.split())
        return all(word in rest for word in fact.value.split())
    return _letters(fact.value) == _letters(words)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", words)))


def test_a_blank_number_and_date_are_said_to_be_blank() -> None:
    document = read(next(path for path in ALL if path.stem == "lang-son-2023"))
    assert document.metadata.number is None and document.metadata.date is None
    assert any("KH-SLĐTBXH" in warning for warning in document.warnings)
    assert any("V" in warning and "2" in warning for warning in document.warnings)


#: documents.toml beside a file says what its text does not.
def test_documents_toml_corrects_and_adds(tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("KẾ HOẠCH\nVề trẻ em\n\nI. MỤC TIÊU\n\nBảo vệ trẻ em.\n", encoding="utf-8")
    (tmp_path / "documents.toml").write_text('[x]\nprovince = "Sơn La"\nperiod = [2024, 2025]\n', encoding="utf-8")
    document = read(text)
    assert document.metadata.province == Fact("Sơn La", None)
    assert document.metadata.period == (2024, 2025)
    assert (document.title, replace(document, metadata=Metadata()).title) == ("KẾ HOẠCH Về trẻ em", "x")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[x]\nprovinze = "Sơn La"\n', "provinze"),
        ("[x]\nperiod = 2024\n", "[2021, 2030]"),
        ('[x]\nperiod = ["2024", "2025"]\n', "[2021, 2030]"),
        ('[x]\nprovince = "Atlantis"\n', "Atlantis"),
        ('[y]\nprovince = "Sơn La"\n', "“y”"),
        ('x = "Sơn La"\n', "[x]"),
        ("[x\n", "không đọc được"),
    ],
)
def test_a_slip_in_documents_toml_is_named_and_loses_no_plan(written: str, said: str, tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("KẾ HOẠCH\nVề trẻ em\n\nI. MỤC TIÊU\n\nBảo vệ trẻ em.\n", encoding="utf-8")
    (tmp_path / "documents.toml").write_text(written, encoding="utf-8")
    assert read(text).metadata.province is None
    (problem,) = stated_problems(tmp_path, {"x"})
    assert problem.startswith("documents.toml: ") and said in problem
