"""Plain text in Unicode and in what came before it; what a file really is; what is refused and how that is said."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

import pytest

import corpus
from corpus.readers.capitals import with_capitals
from corpus.readers.extracted import silent
from corpus.readers.formats import check
from corpus.readers.legacy import Legacy, in_font, legacies, vietnamese_share
from corpus.readers.text import decoded, read_text

PLAN = """KẾ HOẠCH
Thực hiện công tác trẻ em trên địa bàn tỉnh Kiên Giang năm 2023

Số: 107/KH-UBND ngày 18 tháng 5 năm 2023 của UBND tỉnh

I. MỤC TIÊU
1. Giảm tỷ lệ trẻ em bị suy dinh dưỡng thể thấp còi xuống 9,8%; những đứa trẻ vẫn mỉm cười, dũng cảm.
"""
LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)
LETTERS += "đ"


def in_codes(legacy: Legacy, text: str) -> str:
    """The Western letters that a legacy font shows as the text; a capital without a code as the small letter."""
    codes = {letter: code for code, letter in legacy.letters.items()}
    return "".join(codes.get(letter) or codes.get(letter.lower()) or letter for letter in text)


def in_1258(text: str) -> bytes:
    """windows-1258: vowels with their own sign, the tone as a character behind them."""
    parts = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in "\u0300\u0301\u0303\u0309\u0323")
        parts.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tone or not tone)))
        parts.append(tone)
    return "".join(parts).encode("cp1258")


@pytest.mark.parametrize("legacy", legacies(), ids=lambda legacy: legacy.name)
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back(legacy: Legacy, letter: str) -> None:
    assert legacy.convert(in_codes(legacy, letter)) == letter
    capital = legacy.convert(in_codes(legacy, letter.upper()))
    assert capital == (letter.upper() if legacy.name == "VNI" else capital)
    assert capital.upper() == letter.upper()


#: as a program without the font shows it, the font, as it was meant
RUNS = [
    ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", ".VnTime", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    ("§éc lËp - Tù do - H¹nh phóc", ".VnTime", "Độc lập - Tự do - Hạnh phúc"),
    ("kÕ ho¹ch b¶o vÖ trÎ em", ".VnTimeH", "KẾ HOẠCH BẢO VỆ TRẺ EM"),
    ("ng­êi ®­îc h­ëng trî cÊp", ".VnArial", "người được hưởng trợ cấp"),
    ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI-Times", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ("Uûy ban nhaân daân tænh, ngöôøi ñöôïc", "VNI-Times", "Ủy ban nhân dân tỉnh, người được"),
    ("KEÁ HOAÏCH BAÛO VEÄ TREÛ EM", "VNI-Helve", "KẾ HOẠCH BẢO VỆ TRẺ EM"),
    ("Kế hoạch §", "Times New Roman", "Kế hoạch §"),
]


@pytest.mark.parametrize(("western", "font", "meant"), RUNS)
def test_a_run_in_a_legacy_font(western: str, font: str, meant: str) -> None:
    assert in_font(western, font) == meant


TCVN3, VNI = legacies()
#: encoding, bytes, what is said of it
FILES = [
    ("utf-8", PLAN.encode(), ""),
    ("utf-8 with a mark", PLAN.encode("utf-8-sig"), ""),
    ("utf-16", PLAN.encode("utf-16"), ""),
    ("utf-16 big end first, with a mark", b"\xfe\xff" + PLAN.encode("utf-16-be"), ""),
    ("utf-16 without a mark", PLAN.encode("utf-16-le"), ""),
    ("utf-16 big end first, without a mark", PLAN.encode("utf-16-be"), ""),
    ("utf-32", PLAN.encode("utf-32"), ""),
    ("lines of Windows", PLAN.replace("\n", "\r\n").encode(), ""),
    ("TCVN3", in_codes(TCVN3, PLAN).encode("cp1252"), "TCVN3"),
    ("VNI", in_codes(VNI, PLAN).encode("cp1252"), "VNI"),
    ("windows-1258", in_1258(PLAN), "windows-1258"),
    ("TCVN3 saved as UTF-8", in_codes(TCVN3, PLAN).encode(), "TCVN3"),
    ("VNI saved as UTF-8", in_codes(VNI, PLAN).encode(), "VNI"),
]


@pytest.mark.parametrize(("encoding", "data", "said"), FILES, ids=[name for name, *_ in FILES])
def test_an_encoding_is_told_by_what_it_gives(encoding: str, data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_bytes(data)
    found = read_text(file, silent)
    assert found.text.removeprefix("\ufeff") == PLAN, encoding
    assert len(found.warnings) == (1 if said else 0)
    assert said in " ".join(found.warnings)
    document = corpus.read(file)
    assert [section.label for section in document.sections if section.label] == ["I", "1"]


@pytest.mark.parametrize(
    ("text", "share"),
    [("Kế hoạch năm 2023", 1.0), ("kÕ ho¹ch", 0.0), ("keá hoaïch", 0.0), ("plan", None), ("“Sở Y tế” – 5°", 1.0)],
)
def test_how_vietnamese_words_are(text: str, share: float | None) -> None:
    assert vietnamese_share(text) == share


#: name, bytes, a part of what is said in each language
REFUSED = [
    ("rong.txt", b"", "tệp rỗng", "the file is empty"),
    ("rong.docx", b"", "tệp rỗng", "the file is empty"),
    ("trang.txt", b" \n\n\t", "tệp rỗng", "the file is empty"),
    ("anh.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "thực ra là ảnh", "is really a picture"),
    ("nhi-phan.txt", bytes(range(256)) * 4, "tệp nhị phân", "binary, not text"),
    ("nuoc-ngoai.txt", "Crème brûlée à la façon de Besançon, été très chaud".encode("cp1252"), "UTF-8", "fits"),
    ("cat.txt", "Kế hoạch".encode()[:-3] + b"\xe1\xba", "UTF-8", "save it again as UTF-8"),
    ("ke-hoach.pdf", "Kế hoạch năm 2023".encode(), "thực ra là văn bản thuần", "rename it to .txt"),
    ("ke-hoach.txt", b"%PDF-1.7\n", "thực ra là tệp PDF; hãy đổi đuôi tệp thành .pdf", "is really a PDF"),
    ("ke-hoach.docx", b"%PDF-1.7\n", "thực ra là tệp PDF", "rename it to .pdf"),
    ("ke-hoach.doc", b"<html><body>x</body></html>", "thực ra là trang web", "rename it to .html"),
    ("ke-hoach.txt", b"\xef\xbb\xbf<!DOCTYPE html><p>x", "thực ra là trang web", "is really a web page"),
    ("ke-hoach.docx", b"{\\rtf1 x}", "thực ra là tệp RTF", "rename it to .rtf"),
    ("ke-hoach.doc", b"MIME-Version: 1.0\n", "thực ra là trang web lưu một tệp", "save it as .docx"),
]


@pytest.mark.parametrize(("name", "data", "vietnamese", "english"), REFUSED)
def test_what_is_refused_says_why(name: str, data: bytes, vietnamese: str, english: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    if name.endswith(".pdf"):
        with pytest.raises(corpus.UnreadableFile) as caught:
            check(file)
    else:
        with pytest.raises(corpus.UnreadableFile) as caught:
            corpus.read(file)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    assert vietnamese in said
    assert english in said
    assert "\n" not in said


#: names in an archive, a part of what is said of it as .pdf
ARCHIVES = [
    ({"word/document.xml": b""}, "tệp Word (.docx); hãy đổi đuôi tệp thành .docx"),
    ({"xl/workbook.xml": b""}, "bảng tính; hãy lưu lại thành .docx hoặc .pdf"),
    ({"a.txt": b""}, "tệp nén"),
    ({"content.xml": b"", "META-INF/manifest.xml": b"application/vnd.oasis.opendocument.text"}, "OpenDocument (.odt)"),
    ({"content.xml": b"", "META-INF/manifest.xml": b"<encryption-data/>"}, "có mật khẩu"),
]


@pytest.mark.parametrize(("members", "said"), ARCHIVES)
def test_an_archive_is_told_by_its_names(members: dict[str, bytes], said: str, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.pdf"
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    with pytest.raises(corpus.UnreadableFile) as caught:
        check(file)
    assert said in str(caught.value)


def test_a_container_with_a_password_is_told(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.docx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(corpus.UnreadableFile, match=r"có mật khẩu.*password"):
        corpus.read(file)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(corpus.UnreadableFile, match="không đọc được / cannot be read"):
        corpus.read(tmp_path / "khong-co.txt")


def test_a_mark_is_not_left_in_the_text() -> None:
    assert decoded("a.txt", b"\xef\xbb\xbfK\xe1\xba\xbf")[0] == "Kế"


#: as TCVN3 has it, as it was meant
CAPITALS = [
    ("NHIỆM Vụ, GIẢI PHÁP", "NHIỆM VỤ, GIẢI PHÁP"),
    ("CHẾ Độ BÁO CÁO", "CHẾ ĐỘ BÁO CÁO"),
    ("KT. GIÁM ĐốC", "KT. GIÁM ĐỐC"),
    ("I. Kế HOạCH", "I. KẾ HOẠCH"),
    ("Sở Y Tế    Độc lập - Tự do - Hạnh phúc", "SỞ Y TẾ    Độc lập - Tự do - Hạnh phúc"),
    ("Bộ Y tế giao Vụ Trẻ em", "Bộ Y tế giao Vụ Trẻ em"),
    ("- Bộ LĐTBXH (để b/c);", "- Bộ LĐTBXH (để b/c);"),
    ("- Lưu: VT, Vụ TE", "- Lưu: VT, Vụ TE"),
    ("Số: 05/KH-SYT", "Số: 05/KH-SYT"),
    ("UBND Xã", "UBND XÃ"),
    ("Lê Vũ Tú", "Lê Vũ Tú"),
    ("chăm sóc TRẻ EM ở nhà", "chăm sóc TRẺ EM ở nhà"),
    ("1. ủng hộ trẻ em. ở tỉnh, của ủy ban nhân dân xã", "1. Ủng hộ trẻ em. Ở tỉnh, của Ủy ban nhân dân xã"),
    ("Mọi trẻ em được sống\nở nhà", "Mọi trẻ em được sống\nở nhà"),
    ("Kế hoạch năm 2024\n\nủy ban nhân dân tỉnh", "Kế hoạch năm 2024\n\nỦy ban nhân dân tỉnh"),
]


@pytest.mark.parametrize(("shown", "meant"), CAPITALS)
def test_capitals_without_codes_are_told_by_what_is_around_them(shown: str, meant: str) -> None:
    assert with_capitals(shown) == meant
