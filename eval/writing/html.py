"""A plan as the portal of a province shows it: menus, a path, a sidebar and links around the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from eval.writing.plan import Columns, Element, Grid, Line, Look, NewPage, Plan

_MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản chỉ đạo điều hành", "Thủ tục hành chính", "Liên hệ")
_PATH = ("Trang chủ", "Văn bản chỉ đạo điều hành", "Kế hoạch")
_SIDE = ("Lịch công tác tuần", "Thư viện ảnh", "Hỏi đáp pháp luật", "Cổng dịch vụ công quốc gia", "Thời tiết")
_SHARE = ("Chia sẻ Facebook", "Chia sẻ Zalo", "In trang", "Gửi email", "Nghe bài viết")
_RELATED = (
    "Hội nghị giao ban công tác quý I và triển khai nhiệm vụ trọng tâm quý II",
    "Ra quân hưởng ứng Ngày môi trường thế giới tại trung tâm thành phố",
    "Khai mạc giải bóng chuyền các cơ quan khối dân chính đảng",
)
_FOOTER = (
    "Cơ quan chủ quản: Văn phòng Ủy ban nhân dân",
    "Giấy phép số 12/GP-TTĐT do Cục Phát thanh, truyền hình cấp",
    "Bản quyền thuộc Cổng thông tin điện tử",
)
_STYLE = (
    "body{font-family:Arial} .menu li{display:inline} .main{width:70%;float:left} .side{float:right} td{padding:3px}"
)
_SCRIPT = "var dem = 1024; function InTrang() { window.print(); } /* luot truy cap */"


def write_html(plan: Plan, path: Path) -> None:
    """The plan in a page of a portal, in UTF-8."""
    path.write_text("\n".join(_page(plan)), encoding="utf-8")


def _page(plan: Plan) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
    yield f"<title>{escape(plan.title)} - Cổng thông tin điện tử</title>"
    yield f"<style>{_STYLE}</style><script>{_SCRIPT}</script></head><body>"
    yield f'<header class="banner"><img src="logo.png" alt="Biểu trưng">{_links(_MENU, "nav", "menu")}</header>'
    yield f'<div class="breadcrumb">{" &raquo; ".join(f"<a href=#>{escape(one)}</a>" for one in _PATH)}</div>'
    yield '<div class="container"><div class="main"><div class="news-detail content-detail">'
    yield _links(_SHARE, "div", "share social-buttons")
    yield '<div class="article-body">'
    for element in plan.elements:
        yield from _element(element)
    yield "</div>"
    yield _links(_SHARE[:2], "div", "share bottom")
    yield f'<div class="related"><h3>Tin liên quan</h3>{_links(_RELATED, "div", "related-list")}</div>'
    yield f'</div></div><aside class="side sidebar"><h4>Chuyên mục</h4>{_links(_SIDE, "div", "box")}</aside></div>'
    yield f'<footer class="footer">{"".join(f"<p>{escape(line)}</p>" for line in _FOOTER)}</footer></body></html>'


def _links(words: Sequence[str], tag: str, kind: str) -> str:
    items = "".join(f'<li><a href="#">{escape(one)}</a></li>' for one in words)
    return f'<{tag} class="{kind}"><ul>{items}</ul></{tag}>'


def _element(element: Element) -> Iterator[str]:
    if isinstance(element, Line):
        yield _line(element)
    elif isinstance(element, Columns):
        yield from _columns(element)
    elif isinstance(element, Grid):
        yield from _grid(element)
    elif isinstance(element, NewPage):
        yield "<hr>"


def _line(line: Line) -> str:
    if line.look is Look.TITLE:
        return f'<p style="text-align:center"><strong>{escape(line.words)}</strong></p>'
    if line.look is Look.HEADING and (line.bare or line.marker):
        tag = f"h{min(line.depth + 1, 6)}"
        return f"<{tag}>{escape(line.printed)}</{tag}>"
    if not line.bold:
        return f'<p style="text-align:justify">{escape(line.printed)}</p>'
    start = f"{line.marker} {line.words[: line.bold]}".strip()
    return f'<p style="text-align:justify"><b>{escape(start)}</b>{escape(line.words[line.bold :])}</p>'


def _columns(columns: Columns) -> Iterator[str]:
    yield '<table border="0" width="100%"><tbody>'
    for row in columns.rows:
        cells = ("".join(_line(line) for line in cell) or "&nbsp;" for cell in row)
        yield "<tr>" + "".join(f'<td valign="top" width="50%">{cell}</td>' for cell in cells) + "</tr>"
    yield "</tbody></table>"


def _grid(grid: Grid) -> Iterator[str]:
    yield '<table border="1" cellspacing="0" cellpadding="0">'
    for row, cells in enumerate(grid.rows):
        padded = [*cells, *[""] * (grid.width - len(cells))]
        yield "<tr>" + "".join(_cell(grid, row, column, words) for column, words in enumerate(padded)) + "</tr>"
    yield "</table>"


def _cell(grid: Grid, row: int, column: int, words: str) -> str:
    wide, high = grid.span(row, column)
    if not wide:
        return ""
    spans = (f' colspan="{wide}"' if wide > 1 else "") + (f' rowspan="{high}"' if high > 1 else "")
    tag = "th" if row < grid.headers else "td"
    return f"<{tag}{spans}><p>{escape(words) or '&nbsp;'}</p></{tag}>"
