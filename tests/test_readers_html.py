"""Web pages: the main text in any template, lists and tables as they are shown, encodings, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import corpus
from corpus.document import Kind
from corpus.readers.extracted import silent
from corpus.readers.html_file import read_html

LONG = "Trẻ em được bảo vệ khỏi mọi hình thức xâm hại, bạo lực và được chăm sóc trong môi trường an toàn. " * 6
PLAN = f"""<p>KẾ HOẠCH</p><p>Thực hiện công tác trẻ em tỉnh Sơn La năm 2024</p><p>I. MỤC TIÊU</p><p>{LONG}</p>
<p>II. TỔ CHỨC THỰC HIỆN</p><p>1. Sở Y tế: {LONG}</p><p>2. Sở Tài chính: {LONG}</p>"""
MENU = (
    '<ul><li><a href="/">Trang chủ</a></li><li><a href="/gt">Giới thiệu</a></li><li><a href="/tt">Tin tức</a></li></ul>'
)
LINKS = '<ul><li><a href="1">Hội nghị tổng kết năm</a></li><li><a href="2">Lễ phát động tháng hành động</a></li></ul>'
ADDRESS = "<p>Bản quyền thuộc Ủy ban nhân dân tỉnh. Địa chỉ: số 1 đường Tô Hiệu. Điện thoại: 0212.3.123.456</p>"
SECTIONS = [("I", "MỤC TIÊU"), ("II", "TỔ CHỨC THỰC HIỆN"), ("1", "Sở Y tế"), ("2", "Sở Tài chính")]

#: the template of a portal, around a plan
TEMPLATES = {
    "nothing around it": PLAN,
    "HTML 5": f"<header>{MENU}</header><nav>{MENU}</nav><main><article>{PLAN}</article></main>"
    f"<footer>{ADDRESS}</footer>",
    "div soup": f"<form id=aspnetForm><div class=topMenu>{MENU}</div><div><div class=col-left><div class=box>"
    f"<div class=box-title>Liên kết website</div>{LINKS}</div></div><div class=col-main><div class=detail>{PLAN}</div>"
    f"<div class=tinlienquan><h3>Tin khác</h3>{LINKS}</div></div></div><div id=Footer>{ADDRESS}</div></form>",
    "tables of the nineties": f"<table width=980><tr><td colspan=2>{MENU}</td></tr><tr><td width=200>{LINKS}</td><td>"
    f"<div>{PLAN}</div></td></tr><tr><td colspan=2 class=footer>{ADDRESS}</td></tr></table>",
    "a body named after its sidebar": f'<body class="page has-sidebar menu"><div>{MENU}</div><div>{PLAN}</div></body>',
    "names that say nothing": f"<div class=x1>{MENU}</div><div class=x2><div>{PLAN}</div><div>{LINKS}"
    f"</div></div><div class=x4>{ADDRESS}</div>",
    "scripts and hidden parts": f"<script>var menu = '<p>I. X</p>';</script><div style='display: none'>Ẩn {LONG}</div>"
    f"{PLAN}<noscript>Hãy bật JavaScript</noscript><div hidden>Ẩn</div>",
}


@pytest.mark.parametrize("template", TEMPLATES)
def test_only_the_main_text_is_read(template: str, tmp_path: Path) -> None:
    file = tmp_path / "son-la-2024.html"
    page = f"<!DOCTYPE html><html><head><title>Cổng thông tin</title></head>{TEMPLATES[template]}</html>"
    file.write_text(page, encoding="utf-8")
    document = corpus.read(file)
    assert [(node.label, node.title) for node in document.sections if node.kind is Kind.HEADING] == SECTIONS
    assert document.title == "KẾ HOẠCH Thực hiện công tác trẻ em tỉnh Sơn La năm 2024"
    for words in ("Trang chủ", "Tin khác", "Lễ phát động", "Bản quyền", "Ẩn", "JavaScript", "Liên kết website"):
        assert words not in document.text


def test_a_letterhead_beside_the_text_is_kept(tmp_path: Path) -> None:
    letterhead = (
        "<table><tr><td><p>ỦY BAN NHÂN DÂN</p><p>TỈNH SƠN LA</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"
        "<p>Độc lập - Tự do - Hạnh phúc</p></td></tr><tr><td>Số: 12/KH-UBND</td><td>Sơn La, ngày 5 tháng 1 năm 2024"
        "</td></tr></table>"
    )
    posts = "TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH<br>Trần Văn An"
    signed = f"<table><tr><td>Nơi nhận:<br>- Lưu: VT.</td><td>{posts}</td></tr></table>"
    file = tmp_path / "son-la-2024.html"
    file.write_text(f"<div class=menu>{MENU}</div>{letterhead}<div>{PLAN}</div>{signed}", encoding="utf-8")
    said = corpus.read(file).metadata
    assert said.number is not None
    assert (said.number.value, said.date and said.date.value) == ("12/KH-UBND", "2024-01-05")
    assert said.signer is not None
    assert said.signer.value == "Trần Văn An"


def test_the_title_and_date_of_a_news_item_stand_above_it(tmp_path: Path) -> None:
    file = tmp_path / "tin.html"
    news = f"<p>Sáng 20/3, UBND tỉnh họp.</p><p>{LONG}</p><p>{LONG}</p>"
    page = (
        f"<title>Tỉnh họp về trẻ em - Cổng thông tin</title><div class=header><h1>CỔNG THÔNG TIN</h1></div>"
        f"<div><h2>Liên kết</h2>{LINKS}</div><div><h2>Tỉnh họp về trẻ em</h2><span>21/03/2023</span>"
        f"<div class=body>{news}</div></div>"
    )
    file.write_text(page, encoding="utf-8")
    said = corpus.read(file).metadata
    assert said.title is not None
    assert said.title.value == "Tỉnh họp về trẻ em"
    assert said.date is not None
    assert said.date.value == "2023-03-21"


BASES = "<p>Căn cứ <a href=1>Luật Trẻ em năm 2016</a> và <a href=2>Nghị định số 56/2017/NĐ-CP</a>;</p>"
ROWS = "<tr><th>TT<th>Chỉ tiêu<th>Năm 2024</tr><tr><td>1<td>Trẻ em được tiêm chủng<td>95</tr>"
LETTERHEAD = (
    "<p>ỦY BAN NHÂN DÂN TỈNH SƠN LA</p><p>Số: 12/KH-UBND</p><p>Sơn La, ngày 5 tháng 1 năm 2024</p>"  # line by line
)
REPORT = "Các sở, ngành gửi báo cáo về Sở Y tế trước ngày 15 tháng 12 năm 2024."
#: a page, lines that are read of it, words that are not
KEPT = [
    (f"<div>{PLAN}{BASES}</div>", ["Căn cứ Luật Trẻ em năm 2016 và Nghị định số 56/2017/NĐ-CP;"], ""),
    (f"<div>{PLAN}<div>{BASES}{BASES}</div></div>", ["Căn cứ Luật Trẻ em năm 2016 và Nghị định số 56/2017/NĐ-CP;"], ""),
    (
        f"<div>{PLAN}<table border=1><tr><td>1<td><a href=1>Kế hoạch 12</a> <a href=2>Kế hoạch 13</a><td>5</tr>"
        "<tr><td>2<td>Không<td>0</tr></table></div>",
        ["1\tKế hoạch 12 Kế hoạch 13\t5"],
        "",
    ),
    (f"<div class=content><div class=header>{LETTERHEAD}</div>{PLAN}</div>", ["Số: 12/KH-UBND"], ""),
    (f"<div class=header>{LETTERHEAD}</div><div class=content>{PLAN}</div>", ["Số: 12/KH-UBND"], ""),
    (f"<header>{LETTERHEAD}</header><div class=content>{PLAN}</div>", ["Số: 12/KH-UBND"], ""),
    (f"<div>{PLAN}<table id=thongke>{ROWS}</table></div>", ["1\tTrẻ em được tiêm chủng\t95"], ""),
    (
        f"<div>{PLAN}<table>{ROWS.replace('<tr>', '<tr class=header>', 1)}</table></div>",
        ["TT\tChỉ tiêu\tNăm 2024"],
        "",
    ),
    (f"<div>{PLAN}<p class=header>III. KINH PHÍ</p><p>{LONG}</p></div>", ["III. KINH PHÍ"], ""),
    (
        f"<div>{PLAN}<figure><table border=1><tr><td>a<td>b</tr></table><figcaption>Biểu 1. Chỉ tiêu</figcaption>"
        "</figure></div>",
        ["Biểu 1. Chỉ tiêu"],
        "",
    ),
    (f"<div>{PLAN}<figure><img src=a><figcaption>Ảnh: An Bình</figcaption></figure></div>", [], "An Bình"),
    (f"<div><div class=body>{PLAN}</div><p>{REPORT}</p></div>", [REPORT], ""),
    (f"<div><div class=body>{PLAN}</div><div>{REPORT}</div></div>", [REPORT], ""),
    (f"<div><p>{REPORT}</p><div class=body>{PLAN}</div></div>", [REPORT], ""),
    (f"<div><div class=body>{PLAN}</div><table>{ROWS}</table></div>", ["1\tTrẻ em được tiêm chủng\t95"], ""),
    (f"<div><div class=x><div class=body>{PLAN}</div></div><p>{REPORT}</p></div>{ADDRESS}", [REPORT], "Bản quyền"),
    (f"<div><div class=body>{PLAN}</div><div>Đăng nhập</div><p>Nguồn: TTXVN</p></div>", [], "TTXVN"),
    (f"<div><p><a href=1>Trang chủ</a> | <a href=2>Văn bản</a> | <a href=3>Góp ý</a></p>{PLAN}</div>", [], "Góp ý"),
    (
        f"<div>{PLAN}<table><tr class=header><th>Đơn vị<th>Số</tr><tr><td>Sở Y tế<td>5</tr></table></div>",
        ["| Đơn vị | Số |"],
        "",
    ),
    (
        f"<div>{PLAN}<table class=thongke><tr><td>Đang truy cập<td>12</tr><tr><td>Hôm nay<td>340</tr></table></div>",
        [],
        "truy cập",
    ),
    (
        f"<div>{PLAN}</div><div class=sidebar><table><tr><th>T2<th>T3<th>T4</tr><tr><td>1<td>2<td>3</tr>"
        "<tr><td>8<td>9<td>10</tr></table></div>",
        [],
        "T3",
    ),
]


@pytest.mark.parametrize(("page", "lines", "gone"), KEPT, ids=[str(at) for at in range(len(KEPT))])
def test_names_and_links_take_nothing_of_the_text_away(page: str, lines: list[str], gone: str, tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(f"<html><body>{page}</body></html>", encoding="utf-8")
    read = read_html(file, silent).text.split("\n")
    assert [line for line in lines if line not in read] == []
    assert not gone or gone not in "\n".join(read)
    assert "II. TỔ CHỨC THỰC HIỆN" in read


#: what is in a page, the lines it is read as
BODIES = [
    ("<h2>Mục tiêu</h2><p>x</p>", ["## Mục tiêu", "x"]),
    ("<h2>I. MỤC TIÊU</h2><p>x</p>", ["I. MỤC TIÊU", "x"]),
    ("<p>một\n  hai<br>ba</p>", ["một hai", "ba"]),
    ("<div>một<br><br>hai<br>ba</div>", ["một", "hai", "ba"]),
    ("<div>một<p>hai</p>ba</div>", ["một", "hai", "ba"]),
    ("<b>Kế</b> <i>hoạch</i> <a href=x>năm</a> &amp; 5&nbsp;%", ["Kế hoạch năm & 5 %"]),
    ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["- a", "+ b", "- c"]),
    ("<ol><li>a</li><li value=5>b</li><li>c</li></ol>", ["1. a", "5. b", "6. c"]),
    ("<ol type=a start=3><li>x</li><li>y</li></ol>", ["c. x", "d. y"]),
    ("<ol style='list-style-type: upper-roman'><li>x</li></ol>", ["I. x"]),
    ("<ul><li>- x</li><li>1. y</li></ul>", ["- x", "1. y"]),
    ("<ul style='list-style: none'><li>x</li></ul>", ["x"]),
    ("<ul><li><p>x</p><p>y</p></li></ul>", ["- x", "y"]),
    ("<p>600 m<sup>2</sup>, 5<sup>th</sup></p>", ["600 m², 5th"]),
    ("<p>x</p><pre>a\nb</pre>", ["x", "a", "b"]),
    ("<p>Số: 1&nbsp;&nbsp;&nbsp; Hà Nội</p>", ["Số: 1    Hà Nội"]),
    ("<p>1.&nbsp;&nbsp;&nbsp;&nbsp; Mục tiêu</p>", ["1. Mục tiêu"]),
    ("<p><span style='font-family:Symbol'>·<span>&nbsp;&nbsp;&nbsp; </span></span>Tập huấn</p>", ["- Tập huấn"]),
    ("<p><font face='.VnTime'>KÕ ho¹ch</font> 2024</p>", ["Kế hoạch 2024"]),
    ("<p><span style=\"font-family: '.VnTimeH'\">kÕ ho¹ch</span></p>", ["KẾ HOẠCH"]),
    ("<p style='font-family:VNI-Times'>ngöô<b>øi</b></p>", ["người"]),
    ("<p style='text-transform: uppercase'>Kế hoạch <i>năm</i></p><p>x</p>", ["KẾ HOẠCH NĂM", "x"]),
    ("<div style='TEXT-TRANSFORM:UPPERCASE'>kế <span style='text-transform:none'>hoạch</span></div>", ["KẾ hoạch"]),
    ("<p style='font-variant: normal; text-transform: uppercase; font-family:.VnTime'>kÕ ho¹ch</p>", ["KẾ HOẠCH"]),
    (
        "<table><tr><td rowspan=2>TT<td rowspan=2>Nội dung<td colspan=2>2021</tr><tr><td>ĐP<td>XH</tr>"
        "<tr><td>1<td rowspan=2>Bể bơi<td rowspan=2>300<td>50</tr><tr><td>2<td>60</tr></table>",
        ["TT\tNội dung\t2021\t", "\t\tĐP\tXH", "1\tBể bơi\t300\t50", "2\tBể bơi\t\t60"],
    ),
    ("<table><tr><th>Đơn vị<th>Số</tr><tr><td>Sở Y tế<td>5</tr></table>", ["| Đơn vị | Số |", "| Sở Y tế | 5 |"]),
    ("<table><tr><td>một<p>hai</p></td></tr></table>", ["một", "hai"]),
    ("<table><caption>Bảng 1</caption><tr><td>a<td>b<td>c</tr></table>", ["Bảng 1", "a\tb\tc"]),
    ("<table><tr><td>a<td>b<td><ul><li>x<li>y</ul></tr></table>", ["a\tb\t- x - y"]),
    ("<p><s>một</s><span style='text-decoration: line-through'>hai</span>ba</p>", ["ba"]),
    ("<p>Đạt <span style='font-family:Wingdings'>\uf0fc</span></p>", ["Đạt ✓"]),
    ("<p>Đạt <font face=Wingdings>ü</font></p>", ["Đạt ✓"]),
    ("<p>a<br><font face=Wingdings>ü</font>Tập huấn</p>", ["a", "- Tập huấn"]),
    ("<table><tr><td>a<td>b<td><font face=Wingdings>\uf0fc</font></tr></table>", ["a\tb\t✓"]),
    ("<p>a</p><del>bỏ</del><!-- ghi chú --><img alt=ảnh><p>b</p>", ["a", "b"]),
]


@pytest.mark.parametrize(("body", "expected"), BODIES, ids=[body[:40] for body, _ in BODIES])
def test_what_is_shown_is_read(body: str, expected: list[str], tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    assert [line for line in read_html(file, silent).text.split("\n") if line] == expected


TEXT = (
    "<html><head><meta charset={}></head><body><p>Kế hoạch bảo vệ trẻ em, năm nay, được hưởng trợ cấp</p></body></html>"
)
WESTERN = "<html><body><p>KÕ ho¹ch b¶o vÖ trÎ em, ®­îc h­ëng trî cÊp, n¨m nay</p></body></html>"
#: bytes of a page, whether a warning is said
ENCODINGS = [
    (TEXT.format("utf-8").encode(), False),
    (TEXT.format("utf-8").encode("utf-8-sig"), False),
    (TEXT.format("utf-16").encode("utf-16"), False),
    (TEXT.format("iso-8859-1").encode(), False),
    (WESTERN.encode("cp1252"), True),
    (WESTERN.encode(), True),
    (WESTERN.replace("<p>", "<p style='font-family:.VnTime'>").encode("cp1252"), False),
]


@pytest.mark.parametrize(("data", "warned"), ENCODINGS)
def test_an_encoding_is_made_out(data: bytes, warned: bool, tmp_path: Path) -> None:
    file = tmp_path / "trang.htm"
    file.write_bytes(data)
    found = read_html(file, silent)
    assert found.text.lstrip("\ufeff").startswith("Kế hoạch bảo vệ trẻ em, ")
    assert bool(found.warnings) is warned


#: a page, a part of what is said
REFUSED = [
    (b"<html><body><script>x()</script></body></html>", "không thấy nội dung"),
    ("<html><p>Crème brûlée à la façon de Besançon, été très chaud</p></html>".encode("cp1252"), "mã chữ"),
    (b"", "tệp rỗng"),
    (b"PK\x03\x04" + bytes(40), "tệp nhị phân"),
]


@pytest.mark.parametrize(("data", "said"), REFUSED)
def test_what_is_refused_says_why(data: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_bytes(data)
    with pytest.raises(corpus.UnreadableFile) as caught:
        corpus.read(file)
    assert said in str(caught.value)


def test_elements_without_end_are_read(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text("<div>" * 5000 + "<p>Kế hoạch</p>", encoding="utf-8")
    assert read_html(file, silent).text.strip() == "Kế hoạch"


def test_lines_with_a_blank_one_between_are_paragraphs(tmp_path: Path) -> None:
    file = tmp_path / "trang.html"
    file.write_text("<div>- Sở Y tế<br><br>Trẻ em được bảo vệ<br>và chăm sóc.</div>", encoding="utf-8")
    assert read_html(file, silent).text == "- Sở Y tế\n\nTrẻ em được bảo vệ\nvà chăm sóc.\n"


#: a page, whether it is said that words were left out
STRUCK = [(f"<p><s>cũ</s> mới</p>{PLAN}", True), (PLAN, False)]


@pytest.mark.parametrize(("page", "said"), STRUCK)
def test_that_words_were_struck_out_is_said(page: str, said: bool, tmp_path: Path) -> None:
    (file := tmp_path / "trang.html").write_text(f"<html><body><div>{page}</div></body></html>", encoding="utf-8")
    assert ["gạch ngang" in one for one in read_html(file, silent).warnings] == [True] * said
