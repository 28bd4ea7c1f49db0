"""Word files: numbers as they are printed, tables with merged cells, notes, revisions, and what is refused."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import docx
import pytest
from word_file import in_list, level, lists, num, p, r, table, tc, tr, word_file

import corpus
from corpus.document import Kind
from corpus.readers.docx_file import read_docx
from corpus.readers.extracted import silent

OUTLINE = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
LEGAL = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2.", "<w:isLgl/>")
DOTTED = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.") + level(2, "decimal", "%1.%2.%3")
BULLETS = level(0, "bullet", "\uf0b7") + level(1, "bullet", "o") + level(2, "bullet", "\uf0a7")
CROSSES = level(0, "bullet", "\uf02d") + level(1, "bullet", "\uf02b")
DASHES = level(0, "bullet", "-") + level(1, "bullet", "+")


def lines(tmp_path: Path, body: str, **parts: str) -> list[str]:
    """The lines that a Word file is read as."""
    text = read_docx(word_file(tmp_path / "ke-hoach.docx", body, **parts), silent).text
    return [line for line in text.split("\n") if line]


def items(*depths: int, number: int = 1) -> str:
    return "".join(p("x", in_list(number, depth)) for depth in depths)


RESTART = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
FROM_FIVE = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
OWN_LEVEL = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "Điều %1.")}</w:lvlOverride>'
#: case, numbering, body, the markers printed
NUMBERS = [
    ("an outline", lists(OUTLINE), items(0, 1, 2, 2, 1, 2, 0, 1), "I.,1.,a),b),2.,a),II.,1."),
    ("numbers of the levels above", lists(DOTTED), items(0, 1, 2, 2, 1, 0, 1), "1.,1.1.,1.1.1,1.1.2,1.2.,2.,2.1."),
    ("all in figures", lists(LEGAL), items(0, 0, 1, 1), "I.,II.,2.1.,2.2."),
    ("zeros", lists(level(0, "decimalZero", "%1.")), items(0, 0), "01.,02."),
    ("brackets", lists(level(0, "lowerRoman", "(%1)")), items(0, 0, 0, 0), "(i),(ii),(iii),(iv)"),
    ("capital letters", lists(level(0, "upperLetter", "%1.")), items(0, 0), "A.,B."),
    ("articles", lists(level(0, "decimal", "Điều %1.")), items(0, 0), "Điều 1.,Điều 2."),
    ("no stop behind it", lists(level(0, "decimal", "%1")), items(0, 0), "1.,2."),
    ("from another start", lists(level(0, "decimal", "%1.", start=4)), items(0, 0), "4.,5."),
    ("signs of a font", lists(BULLETS), items(0, 1, 2, 0), "-,+,+,-"),
    ("dashes and crosses of a font", lists(CROSSES), items(0, 1), "-,+"),
    ("dashes and crosses", lists(DASHES), items(0, 1, 1, 0), "-,+,+,-"),
    ("one definition counts on", lists(DOTTED, further=num(9, 1)), items(0, 0) + items(0, number=9), "1.,2.,3."),
    (
        "a restart",
        lists(DOTTED, further=num(9, 1, RESTART)),
        items(0, 0) + items(0, 0, number=9) + items(0),
        "1.,2.,1.,2.,3.",
    ),
    ("a restart elsewhere", lists(DOTTED, further=num(9, 1, FROM_FIVE)), items(0) + items(0, 0, number=9), "1.,5.,6."),
    ("a level of its own", lists(DOTTED, further=num(9, 1, OWN_LEVEL)), items(0, number=9), "Điều 1."),
    (
        "never anew",
        lists(level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')),
        items(0, 1, 1, 0, 1),
        "I.,1.,2.,II.,3.",
    ),
    ("empty paragraphs are counted", lists(DOTTED), items(0) + p("", in_list(1)) + items(0), "1.,3."),
    ("taken out of its list", lists(DOTTED), items(0) + items(0, number=0), "1.,"),
    ("an unknown list", lists(DOTTED), items(0, number=77), ""),
    ("words", lists(level(0, "vietnameseCounting", "Phần %1.")), items(0, 0), "Phần một.,Phần hai."),
]


@pytest.mark.parametrize(("case", "numbering", "body", "markers"), NUMBERS, ids=[case for case, *_ in NUMBERS])
def test_automatic_numbers_are_printed(case: str, numbering: str, body: str, markers: str, tmp_path: Path) -> None:
    found = lines(tmp_path, body, numbering=numbering)
    assert [line.removesuffix("x").strip() for line in found] == markers.split(","), case


def style(own: str, name: str, properties: str = "", based: str = "", run: str = "") -> str:
    inherits = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{own}"><w:name w:val="{name}"/>{inherits}'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


STYLES = (
    style("Tiu1", "heading 1")
    + style("Cap2", "Mục cấp 2", based="Tiu2")
    + style("Tiu2", "heading 2", '<w:outlineLvl w:val="1"/>')
    + style("MucLuc", "toc 1")
    + style("Danh", "Danh sách", in_list(1))
    + style("DanhCon", "Danh sách con", "<w:numPr><w:numId w:val='1'/></w:numPr>")
    + style("An", "Ẩn", run="<w:vanish/>")
    + style("Hoa", "Chữ hoa", run="<w:caps/>")
    + style("HoaCon", "Chữ hoa, con", based="Hoa")
    + style("Thuong", "Chữ thường", based="Hoa", run='<w:caps w:val="0"/>')
)


def styled(own: str, words: str = "Tổ chức thực hiện") -> str:
    return p(words, f'<w:pStyle w:val="{own}"/>')


#: case, body, lines
HEADINGS = [
    ("by its style", styled("Tiu1"), ["# Tổ chức thực hiện"]),
    ("by a style based on it", styled("Cap2"), ["## Tổ chức thực hiện"]),
    ("by the paragraph", p("Yêu cầu", '<w:outlineLvl w:val="2"/>'), ["### Yêu cầu"]),
    ("taken back by the paragraph", p("Yêu cầu", '<w:pStyle w:val="Tiu1"/><w:outlineLvl w:val="9"/>'), ["Yêu cầu"]),
    ("with a printed marker", styled("Tiu1", "I. MỤC TIÊU"), ["I. MỤC TIÊU"]),
    ("a table of contents is left out", styled("MucLuc", "Mục tiêu 3") + p("x"), ["x"]),
    ("a list by its style", styled("Danh") + styled("Danh"), ["1. Tổ chức thực hiện", "2. Tổ chức thực hiện"]),
    ("a level by its style", styled("DanhCon"), ["a) Tổ chức thực hiện"]),
    ("hidden by its style", styled("An") + p("x"), ["x"]),
    ("capitals by its style", styled("Hoa", "Kế hoạch"), ["KẾ HOẠCH"]),
    ("capitals by a style based on it", styled("HoaCon", "Kế hoạch"), ["KẾ HOẠCH"]),
    ("capitals taken back by a style", styled("Thuong", "Kế hoạch"), ["Kế hoạch"]),
    ("capitals taken back by a run", styled("Hoa", r("Kế ") + r("hoạch", '<w:caps w:val="0"/>')), ["KẾ hoạch"]),
]


@pytest.mark.parametrize(("case", "body", "expected"), HEADINGS, ids=[case for case, *_ in HEADINGS])
def test_styles_say_what_is_a_heading(case: str, body: str, expected: list[str], tmp_path: Path) -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", '<w:pStyle w:val="DanhCon"/>')
    assert lines(tmp_path, body, styles=STYLES, numbering=lists(levels)) == expected, case


def page_field(instruction: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText> {instruction} </w:instrText></w:r>{separate}{r('7')}{end}"


BOX = "<w:txbxContent>" + p("Trong khung") + "</w:txbxContent>"
DRAWN = (
    f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
TICK = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def choice(chosen: str, result: str = "") -> str:
    """A list to choose from, as forms have it."""
    entries = '<w:listEntry w:val="Bắc Yên"/><w:listEntry w:val="Mường La"/>'
    form = f"<w:ffData><w:ddList>{chosen}{entries}</w:ddList></w:ffData>"
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{form}</w:fldChar></w:r>'
    return f"{begin}<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>{result}{FIELD.format('end')}"


#: case, body, lines
WORDS = [
    ("runs", p(r("Kế ") + r("hoạch")), ["Kế hoạch"]),
    ("a line break", p(r("KẾ HOẠCH") + "<w:r><w:br/></w:r>" + r("Năm 2024")), ["KẾ HOẠCH", "Năm 2024"]),
    ("a page break", p(r("trẻ") + '<w:r><w:br w:type="page"/></w:r>' + r("em")), ["trẻ em"]),
    ("a tab behind a marker", p("<w:r><w:t>1.</w:t><w:tab/><w:t>Mục tiêu</w:t></w:r>"), ["1. Mục tiêu"]),
    ("a tab between columns", p("<w:r><w:t>Số: 1</w:t><w:tab/><w:tab/><w:t>Hà Nội</w:t></w:r>"), ["Số: 1    Hà Nội"]),
    ("deleted and inserted", p(f"<w:del>{r('cũ')}</w:del><w:ins>{r('mới')}</w:ins>"), ["mới"]),
    (
        "a paragraph's end deleted",
        p("Trẻ ", "<w:rPr><w:del/></w:rPr>") + p("em"),
        ["Trẻ em"],
    ),
    ("moved", p(f"<w:moveFrom>{r('đây')}</w:moveFrom><w:moveTo>{r('kia')}</w:moveTo>"), ["kia"]),
    ("hidden", p(r("ẩn", "<w:vanish/>") + r("rõ") + r("!", '<w:vanish w:val="0"/>')), ["rõ!"]),
    ("a link", p(f"<w:hyperlink>{r('Luật Trẻ em')}</w:hyperlink>"), ["Luật Trẻ em"]),
    ("a page number", p(r("Trang") + page_field("PAGE \\* MERGEFORMAT")), ["Trang"]),
    ("a link by a field", p(page_field('HYPERLINK "x"')), ["7"]),
    ("a simple field", p(f'<w:fldSimple w:instr=" NUMPAGES ">{r("9")}</w:fldSimple>{r("x")}'), ["x"]),
    ("a content control", f"<w:sdt><w:sdtContent>{p('Trong ô')}</w:sdtContent></w:sdt>", ["Trong ô"]),
    (
        "a generated table of contents",
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('Mục tiêu 3')}</w:sdtContent></w:sdt>{p('x')}",
        ["x"],
    ),
    (
        "hyphens",
        p("<w:r><w:t>kinh\xad tế</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>xã hội</w:t></w:r>"),
        ["kinh tế-xã hội"],
    ),
    ("a box of text, once", p(DRAWN + r("Ngoài khung")), ["Ngoài khung", "Trong khung"]),
    ("raised figures", p(r("600 m") + r("2", '<w:vertAlign w:val="superscript"/>')), ["600 m²"]),
    ("a sign of a font", p('<w:r><w:sym w:font="Wingdings" w:char="F0A7"/></w:r>' + r("Tập huấn")), ["- Tập huấn"]),
    ("capitals", p(r("Kế hoạch", "<w:caps/>") + r(" năm ") + r("nay", "<w:smallCaps/>")), ["KẾ HOẠCH năm NAY"]),
    (
        "capitals of letters of TCVN3",
        p(r("kÕ ho¹ch", '<w:rFonts w:ascii=".VnTime"/><w:caps/>') + r(" n¨m", '<w:rFonts w:ascii=".VnTime"/>')),
        ["KẾ HOẠCH năm"],
    ),
    (
        "the end of a paragraph that was moved away",
        p("<w:r/>", "<w:rPr><w:moveFrom/></w:rPr>") + p("x"),
        ["x"],
    ),
    (
        "one of two ways to show a paragraph",
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{p('Lựa chọn')}{table(tr('a', 'b', 'c'))}</mc:Choice>"
        f"<mc:Fallback>{p('Dự phòng')}</mc:Fallback></mc:AlternateContent>{p('x')}",
        ["Lựa chọn", "a\tb\tc", "x"],
    ),
    (
        "ways to show a paragraph, the first without words",
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{p()}</mc:Choice><mc:Fallback>{p('Dự phòng')}</mc:Fallback>"
        "</mc:AlternateContent>",
        ["Dự phòng"],
    ),
    ("a choice from a list", p(r("Huyện: ") + choice('<w:result w:val="1"/>') + r(".")), ["Huyện: Mường La."]),
    ("the first of a list, which nobody changed", p(r("Huyện: ") + choice("")), ["Huyện: Bắc Yên"]),
    ("a choice of which there is none", p(r("Huyện: ") + choice('<w:result w:val="7"/>')), ["Huyện:"]),
    (
        "a choice that is written out, too",
        p(r("Huyện: ") + choice('<w:result w:val="1"/>', FIELD.format("separate") + r("Mường La"))),
        ["Huyện: Mường La"],
    ),
    ("struck out", p(r("cũ", "<w:strike/>") + r("hai", "<w:dstrike/>") + r("mới", '<w:strike w:val="0"/>')), ["mới"]),
    ("a tick behind words", p(r("Đạt ") + TICK), ["Đạt ✓"]),
    ("a tick as a bullet", p(TICK + r("Tập huấn")), ["- Tập huấn"]),
    ("a tick alone", table(tr("a", "b", "c"), tr("Sở Y tế", tc(p(TICK)), "5")), ["a\tb\tc", "Sở Y tế\t✓\t5"]),
    ("comments", p(r("x") + "<w:r><w:commentReference/></w:r>"), ["x"]),
    ("TCVN3", p(r("KÕ ho¹ch n¨m", '<w:rFonts w:ascii=".VnTime"/>')), ["Kế hoạch năm"]),
    ("capitals of TCVN3", p(r("kÕ ho¹ch", '<w:rFonts w:ascii=".VnTimeH"/>')), ["KẾ HOẠCH"]),
    (
        "ư of TCVN3, which looks like a soft hyphen",
        p("<w:r><w:rPr><w:rFonts w:ascii='.VnTime'/></w:rPr><w:t>ng</w:t><w:softHyphen/><w:t>êi</w:t></w:r>"),
        ["người"],
    ),
    (
        "VNI, a letter and its accent in two runs",
        p(r("ngöô", '<w:rFonts w:ascii="VNI-Times"/>') + r("øi", '<w:rFonts w:ascii="VNI-Times"/><w:b/>')),
        ["người"],
    ),
]


@pytest.mark.parametrize(("case", "body", "expected"), WORDS, ids=[case for case, *_ in WORDS])
def test_words_are_read_as_they_are_shown(case: str, body: str, expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, body) == expected, case


#: body, what is said of it
SAID = [
    (p("x") + "<w:altChunk/>", "chèn từ tệp khác"),
    (p(r("cũ", "<w:strike/>") + r("mới")), "bị gạch ngang"),
    (p("x"), ""),
]


@pytest.mark.parametrize(("body", "said"), SAID)
def test_what_is_left_out_is_said(body: str, said: str, tmp_path: Path) -> None:
    warnings = read_docx(word_file(tmp_path / "a.docx", body), silent).warnings
    assert [said in one and " / " in one for one in warnings] == [True] * bool(said)


def test_a_file_that_only_holds_another_says_so(tmp_path: Path) -> None:
    with pytest.raises(corpus.UnreadableFile, match="chèn từ tệp khác"):
        read_docx(word_file(tmp_path / "a.docx", "<w:altChunk/>"), silent)


def test_what_was_moved_away_counts_in_no_list(tmp_path: Path) -> None:
    away = f"<w:p><w:pPr>{in_list(1)}<w:rPr><w:moveFrom/></w:rPr></w:pPr><w:moveFrom>{r('b')}</w:moveFrom></w:p>"
    body = p("a", in_list(1)) + away + p("c", in_list(1)) + p(f"<w:moveTo>{r('b')}</w:moveTo>", in_list(1))
    assert lines(tmp_path, body, numbering=lists(level(0, "decimal", "%1."))) == ["1. a", "2. c", "3. b"]


def test_legacy_fonts_are_told(tmp_path: Path) -> None:
    body = p(r("KÕ ho¹ch", '<w:rFonts w:ascii=".VnTime"/>'))
    (said,) = read_docx(word_file(tmp_path / "a.docx", body), silent).warnings
    assert "TCVN3" in said


NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
NOTES = '<w:footnote w:id="2">' + p("<w:r><w:footnoteRef/></w:r>" + r(" Theo Quyết định số 23")) + "</w:footnote>"


def test_a_note_stands_behind_its_paragraph(tmp_path: Path) -> None:
    body = p(r("Giảm 5%") + NOTE + r(" số vụ.")) + p("Hết.")
    expected = ["Giảm 5%¹ số vụ.", "(Chú thích 1: Theo Quyết định số 23)", "Hết."]
    assert lines(tmp_path, body, footnotes=NOTES) == expected


def test_a_note_of_a_cell_stands_behind_the_table(tmp_path: Path) -> None:
    body = table(tr("TT", "Nội dung", "Số"), tr("1", "Bể bơi", tc(p(r("100") + NOTE)))) + p("x")
    expected = ["TT\tNội dung\tSố", "1\tBể bơi\t100", "(Chú thích 1: Theo Quyết định số 23)", "x"]
    assert lines(tmp_path, body, footnotes=NOTES) == expected


MERGED = table(
    tr(tc("STT", down="restart"), tc("Nội dung", down="restart"), tc("2021", across=2)),
    tr(tc("", down="continue"), tc("", down="continue"), "Địa phương", "Xã hội hóa"),
    tr("1", tc("Truyền thông", down="restart"), tc("300", down="restart"), "50"),
    tr("2", tc("", down="continue"), tc("", down="continue"), "60"),
    tr(tc("Tổng cộng", across=2), "300", "110"),
)
#: case, body, lines
TABLES = [
    (
        "merged cells",
        MERGED,
        [
            "STT\tNội dung\t2021\t",
            "\t\tĐịa phương\tXã hội hóa",
            "1\tTruyền thông\t300\t50",
            "2\tTruyền thông\t\t60",
            "Tổng cộng\t\t300\t110",
        ],
    ),
    ("two columns", table(tr("Đơn vị", "Số"), tr("Sở Y tế", "5")), ["| Đơn vị | Số |", "| Sở Y tế | 5 |"]),
    (
        "paragraphs of a cell",
        table(tr("a", "b", "c"), tr(tc(p("một") + p("- hai")), "2", "3")),
        ["a\tb\tc", "một - hai\t2\t3"],
    ),
    (
        "rows of a header that the file names",
        table(
            tr(tc("Đơn vị", down="restart"), "A", "B", header=True),
            tr(tc("", down="continue"), "1", "2", header=True),
            tr("x", "3", "4"),
        ),
        ["Đơn vị\tA\tB", "\t1\t2", "x\t3\t4"],
    ),
    ("one column", table(tr("Khung một"), tr("Khung hai")), ["Khung một", "Khung hai"]),
    (
        "a letterhead",
        table(
            tr(
                tc(p("ỦY BAN NHÂN DÂN") + p("TỈNH YÊN BÁI")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập"))
            ),
            tr("Số: 12/KH-UBND", "Yên Bái, ngày 14 tháng 8 năm 2023"),
        ),
        [
            "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TỈNH YÊN BÁI    Độc lập",
            "Số: 12/KH-UBND    Yên Bái, ngày 14 tháng 8 năm 2023",
        ],
    ),
    (
        "recipients and signature",
        table(tr(tc(p("Nơi nhận:") + p("- Lưu: VT.")), tc(p("TM. ỦY BAN") + p("CHỦ TỊCH") + p() + p("Trần Huy Tuấn")))),
        ["Nơi nhận:", "- Lưu: VT.", "TM. ỦY BAN", "CHỦ TỊCH", "Trần Huy Tuấn"],
    ),
    (
        "posts and how many there are",
        table(tr("Chức danh", "Số lượng"), tr("Chủ tịch", "1"), tr("Phó Chủ tịch", "2"), tr("Giám đốc", "14")),
        ["| Chức danh | Số lượng |", "| Chủ tịch | 1 |", "| Phó Chủ tịch | 2 |", "| Giám đốc | 14 |"],
    ),
    (
        "posts below each other, without lines",
        table(tr("Chủ tịch", "1"), tr("Phó Chủ tịch", "2"), tr("Giám đốc", "14"), tr("Cán bộ", "9"), borders=False),
        ["| Chủ tịch | 1 |", "| Phó Chủ tịch | 2 |", "| Giám đốc | 14 |", "| Cán bộ | 9 |"],
    ),
    (
        "who does what",
        table(tr("Họ tên", "Chức vụ"), *(tr(f"Nguyễn Văn {one}", "Giám đốc") for one in "ABC"), borders=False),
        ["| Họ tên | Chức vụ |", *(f"| Nguyễn Văn {one} | Giám đốc |" for one in "ABC")],
    ),
    (
        "when and where",
        table(
            tr("Đơn vị", "Thời gian"), tr("Sở Y tế", "Cà Mau, ngày 5 tháng 3 năm 2024"), tr("Sở Giáo dục", "Tháng 4")
        ),
        ["| Đơn vị | Thời gian |", "| Sở Y tế | Cà Mau, ngày 5 tháng 3 năm 2024 |", "| Sở Giáo dục | Tháng 4 |"],
    ),
    (
        "signatures of two, without lines",
        table(
            tr("Người lập biểu", "Giám đốc"),
            tr("(Ký, ghi rõ họ tên)", "(Ký, đóng dấu)"),
            tr("", ""),
            tr("Lê An", "Trần Bình"),
            borders=False,
        ),
        ["Người lập biểu    Giám đốc", "(Ký, ghi rõ họ tên)    (Ký, đóng dấu)", "Lê An    Trần Bình"],
    ),
    ("two columns without lines", table(tr("Điện thoại", "111"), borders=False), ["Điện thoại    111"]),
    (
        "a table within one that holds it in place",
        table(tr("Bên trái", tc(table(tr("a", "b", "c"), tr("1", "2", "3")) + p())), borders=False),
        ["Bên trái", "a\tb\tc", "1\t2\t3"],
    ),
    (
        "a table within a table",
        table(tr("a", "b", "c"), tr("1", tc(table(tr("x", "y")) + p("z")), "3"), tr("4", "5", "6"), tr("7", "8", "9")),
        ["a\tb\tc", "1\tx y z\t3", "4\t5\t6", "7\t8\t9"],
    ),
    (
        "rows in a content control",
        table(f"<w:sdt><w:sdtContent>{tr('a', 'b', 'c')}</w:sdtContent></w:sdt>"),
        ["a\tb\tc"],
    ),
]


@pytest.mark.parametrize(("case", "body", "expected"), TABLES, ids=[case for case, *_ in TABLES])
def test_tables_are_rows_of_cells(case: str, body: str, expected: list[str], tmp_path: Path) -> None:
    assert lines(tmp_path, body) == expected, case


def test_a_file_of_python_docx_is_a_document(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("KẾ HOẠCH")
    made.add_paragraph("Thực hiện công tác trẻ em tỉnh Sơn La năm 2024")
    made.add_heading("I. MỤC TIÊU", 1)
    made.add_paragraph("Giảm tai nạn.", style="List Bullet")
    made.add_heading("Tổ chức thực hiện", 1)
    made.add_paragraph("Sở Y tế: Chủ trì.", style="List Number")
    made.add_paragraph("Sở Tài chính: Bố trí kinh phí.", style="List Number")
    made.sections[0].footer.paragraphs[0].text = "Trang 1"
    file = tmp_path / "son-la-2024.docx"
    made.save(str(file))
    document = corpus.read(file)
    headings = [(node.label, node.title) for node in document.sections if node.kind is Kind.HEADING]
    assert headings == [
        ("I", "MỤC TIÊU"),
        ("", "Tổ chức thực hiện"),
        ("1", "Sở Y tế"),
        ("2", "Sở Tài chính"),
    ]
    assert "Trang 1" not in document.text
    assert document.metadata.period == (2024, 2024)


def _archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return path


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
#: case, parts, a part of what is said
BROKEN = [
    ("no text in it", {"word__styles": b"<x/>"}, "thiếu document.xml"),
    ("entities", {"word__document": BOMB}, "khai báo thực thể"),
    ("unpacks to too much", {"word__document": b" " * 40_000_000}, "quá lớn"),
    ("no XML", {"word__document": b"<x>"}, "tệp hỏng"),
    ("too deep", {"word__document": b"<x>" * 100_000}, "tệp hỏng"),
    ("no words", {"word__document": b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
     b"<w:body><w:p/></w:body></w:document>"}, "không có chữ nào"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "members", "said"), BROKEN, ids=[case for case, *_ in BROKEN])
def test_what_no_word_processor_writes_is_refused(
    case: str, members: dict[str, bytes], said: str, tmp_path: Path
) -> None:
    file = _archive(tmp_path / "ke-hoach.docx", **members)
    with pytest.raises(corpus.UnreadableFile) as caught:
        corpus.read(file)
    assert said in str(caught.value), case
    assert str(caught.value).startswith("ke-hoach.docx: ")


def test_a_file_that_was_cut_off_says_so(tmp_path: Path) -> None:
    file = word_file(tmp_path / "ke-hoach.docx", p("x" * 5000))
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(corpus.UnreadableFile, match="hỏng hoặc tải chưa xong"):
        corpus.read(file)


def test_a_directory_that_lies_of_sizes_is_damage(tmp_path: Path) -> None:
    file = word_file(tmp_path / "ke-hoach.docx", p("y" * 50_000))
    data = bytearray(file.read_bytes())
    at = data.rindex(b"word/document.xml") - 46  # its entry in the directory
    data[at + 24 : at + 28] = struct.pack("<I", 400)
    file.write_bytes(data)
    with pytest.raises(corpus.UnreadableFile, match="hỏng"):
        corpus.read(file)


BOLD = "<w:b/>"
BODY = p("KẾ HOẠCH") + p(r("Công tác trẻ em", BOLD)) + p("Căn cứ Luật Trẻ em, Sở Y tế ban hành kế hoạch như sau:")
#: case, body behind the opening, lines
BOLD_LINES = [
    ("a heading", p(r("Mục đích", BOLD)) + p("Vì trẻ em."), ["**Mục đích**", "Vì trẻ em."]),
    ("a heading in pieces", p(r("Mục ", BOLD) + r("đích:", BOLD)) + p("Vì."), ["**Mục đích:**", "Vì."]),
    ("a run-in", p(r("Sở Y tế", BOLD) + r(": chủ trì")), ["**Sở Y tế**: chủ trì"]),
    ("a run-in without a colon", p(r("Sở Y tế", BOLD) + r(" chủ trì")), ["Sở Y tế chủ trì"]),
    ("words within a line", p(r("Sở ") + r("Y tế", BOLD) + r(": chủ trì")), ["Sở Y tế: chủ trì"]),
    ("a marker", p(r("1. Mục đích", BOLD)) + p("Vì."), ["1. Mục đích", "Vì."]),
    ("capitals", p(r("MỤC ĐÍCH", BOLD)) + p("Vì."), ["MỤC ĐÍCH", "Vì."]),
    ("a sentence", p(r("Các sở báo cáo.", BOLD)), ["Các sở báo cáo."]),
    ("a long line", p(r("trẻ em " * 13, BOLD)), [("trẻ em " * 13).strip()]),
    ("a style", p("Mục đích", '<w:pStyle w:val="Dam"/>') + p("Vì."), ["**Mục đích**", "Vì."]),
    ("bold turned off", p(r("Mục đích", '<w:b w:val="0"/>'), '<w:pStyle w:val="Dam"/>'), ["Mục đích"]),
    ("a caption of a table", p(r("Biểu một", BOLD)) + table(tr("a", "b", "c")), ["Biểu một", "a\tb\tc"]),
    ("who signs", p(r("Trần Văn An", BOLD)), ["Trần Văn An"]),
    ("recipients", p(r("Nơi nhận:", BOLD)) + p("- Lưu: VT."), ["Nơi nhận:", "- Lưu: VT."]),
    ("a document in bold", p(r("Các sở, ban, ngành báo cáo kết quả trước ngày 20 tháng 11.", BOLD)) * 9, None),
]


@pytest.mark.parametrize(("case", "body", "expected"), BOLD_LINES, ids=[case for case, *_ in BOLD_LINES])
def test_headings_that_only_bold_letters_show(case: str, body: str, expected: list[str] | None, tmp_path: Path) -> None:
    style = f'<w:style w:type="paragraph" w:styleId="Dam"><w:rPr>{BOLD}</w:rPr></w:style>'
    found = lines(tmp_path, BODY + body, styles=style)
    assert found[1] == "Công tác trẻ em", case
    assert found[3:] == expected if expected else not any("*" in line for line in found)
