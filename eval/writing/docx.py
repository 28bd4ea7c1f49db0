"""A plan as an office writes it in a word processor: A4, Times New Roman 14, justified, headings bold.

Letterhead, recipients and signature stand in tables without lines; the page number at the top from page 2 on; wide
tables lie on pages of their own. Source of the setting: Nghị định 30/2020/NĐ-CP, Phụ lục I.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Emu, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from eval.writing.numbering import Numbering
from eval.writing.plan import Columns, Element, Grid, Line, Look, NewPage, Plan

FONT, SIZE, NOTE = "Times New Roman", 14, 12
#: A table of more columns lies on landscape pages, in smaller letters.
WIDE, SMALL = 10, 7
_INDENT = Cm(1.27)
_UPRIGHT = 2  # headings without a marker that lie deeper are in italics
_PAGE = Cm(21.0), Cm(29.7)
_MARGINS = {"top_margin": Cm(2), "bottom_margin": Cm(2), "left_margin": Cm(3), "right_margin": Cm(2)}


def write_docx(plan: Plan, path: Path) -> None:
    """The plan with its markers typed as text; only what has no marker has a heading's style."""
    _Writer(plan, numbered=False).write(path)


def write_numbered(plan: Plan, path: Path) -> None:
    """The plan with automatic numbers and bullets, all its headings in headings' styles."""
    _Writer(plan, numbered=True).write(path)


@dataclass(frozen=True, slots=True)
class _Set:
    """How a paragraph is set, beside its words."""

    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent: bool = True
    size: float = SIZE
    before: float = 6


_BODY = _Set()
_CENTRED = _Set(WD_ALIGN_PARAGRAPH.CENTER, indent=False)
_LEFT = _Set(WD_ALIGN_PARAGRAPH.LEFT, indent=False, size=NOTE, before=0)
_BESIDE = _Set(WD_ALIGN_PARAGRAPH.CENTER, indent=False, size=NOTE, before=0)
#: Widths of the two columns above the title and below the text.
_LETTERHEAD, _FOOT = (Cm(7.2), Cm(9.8)), (Cm(8.5), Cm(7.5))
#: Blank lines between the post and the name of who signs.
_SIGNATURE = 4
_NARROW_CELLS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="28" w:type="dxa"/><w:right w:w="28" w:type="dxa"/></w:tblCellMar>'
)


class _Writer:
    """Puts the elements of one plan into a document."""

    def __init__(self, plan: Plan, numbered: bool) -> None:
        self.docx = docx.Document()
        self.plan = plan
        self.numbering = Numbering(self.docx) if numbered else None
        self.breaks = False  # the next paragraph begins a page
        _set_styles(self.docx)
        _set_page(self.docx)

    def write(self, path: Path) -> None:
        """Everything, in order, into a file."""
        for at, element in enumerate(self.plan.elements):
            following = self.plan.elements[at + 1 :]
            self._element(element, following)
        self.docx.save(str(path))

    def _element(self, element: Element, following: tuple[Element, ...]) -> None:
        if isinstance(element, NewPage):
            self._new_page(following)
        elif isinstance(element, Columns):
            self._columns(element)
        elif isinstance(element, Grid):
            self._grid(element)
        else:
            self._line(element)

    def _new_page(self, following: tuple[Element, ...]) -> None:
        """A page break, or where a wide table comes before the next one, a section that lies."""
        ahead = following[: next((at for at, one in enumerate(following) if isinstance(one, NewPage)), len(following))]
        lying = any(isinstance(one, Grid) and one.width > WIDE for one in ahead)
        if not lying and self.docx.sections[-1].orientation is WD_ORIENT.PORTRAIT:
            self.breaks = True
            return
        section = self.docx.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE if lying else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = reversed(_PAGE) if lying else _PAGE
        section.left_margin = section.right_margin = Cm(1.5) if lying else Cm(2.5)
        section.different_first_page_header_footer = False

    def _line(self, line: Line) -> None:
        paragraph = self.docx.add_paragraph()
        if line.look is Look.HEADING and (line.bare or (self.numbering and line.marker)):
            paragraph.style = self.docx.styles[f"Heading {min(line.depth, 6)}"]
        typed = not (self.numbering and self.numbering.number(paragraph, line.marker))
        self._fill(paragraph, line, _CENTRED if line.look is Look.TITLE else _BODY, typed)

    def _fill(self, paragraph: Paragraph, line: Line, how: _Set, typed: bool = True) -> None:
        form = paragraph.paragraph_format
        form.alignment, form.space_before, form.space_after = how.align, Pt(how.before), Pt(0)
        form.first_line_indent = _INDENT if how.indent else None
        form.keep_with_next = line.look is Look.HEADING or None
        if self.breaks:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
            self.breaks = False
        if typed and line.marker:
            _run(paragraph, f"{line.marker} ", how.size, bold=line.bold > 0)
        _run(paragraph, line.words[: line.bold], how.size, bold=True, italic=line.bare and line.depth > _UPRIGHT)
        _run(paragraph, line.words[line.bold :], how.size, bold=False)

    def _columns(self, columns: Columns) -> None:
        table = self.docx.add_table(rows=0, cols=2)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in columns.rows:
            cells = table.add_row().cells
            for side, lines in enumerate(row):
                left = columns.foot and side == 0
                self._cell(cells[side], lines, _LEFT if left else _BESIDE, signed=columns.foot and side == 1)
        _set_columns(table, _FOOT if columns.foot else _LETTERHEAD)

    def _cell(self, cell: _Cell, lines: tuple[Line, ...], how: _Set, signed: bool = False) -> None:
        for at, line in enumerate(lines):
            if signed and at == len(lines) - 1:
                for _ in range(_SIGNATURE):
                    cell.add_paragraph()
            self._fill(cell.paragraphs[0] if at == 0 and not signed else cell.add_paragraph(), line, how)

    def _grid(self, grid: Grid) -> None:
        wide = grid.width > WIDE
        table = self.docx.add_table(rows=len(grid.rows), cols=grid.width)
        table.style = self.docx.styles["Table Grid"]
        _set_widths(table, grid, self.docx.sections[-1])
        cells = [list(row.cells) for row in table.rows]
        for row in range(grid.headers):
            _repeat(table, row)
        for row, printed in enumerate(grid.rows):
            for column, words in enumerate(printed):
                self._value(cells, grid, (row, column), words, SMALL if wide else NOTE)

    def _value(self, cells: list[list[_Cell]], grid: Grid, at: tuple[int, int], words: str, size: float) -> None:
        row, column = at
        wide, high = grid.span(row, column)
        cell = cells[row][column]
        if wide * high > 1:
            cell = cell.merge(cells[row + high - 1][column + wide - 1])
        if not words:
            return
        bold = len(words) if row < grid.headers else 0
        label = row >= grid.headers and not any(map(str.isdigit, words[:1])) and column < max(grid.labels, 2)
        align = WD_ALIGN_PARAGRAPH.LEFT if label else WD_ALIGN_PARAGRAPH.CENTER
        self._fill(cell.paragraphs[0], Line(Look.TEXT, "", words, bold, 1), _Set(align, False, size, 0))


def _run(paragraph: Paragraph, words: str, size: float, bold: bool, italic: bool = False) -> None:
    if words:
        run = paragraph.add_run(words)
        run.bold = bold or None
        run.italic = italic or None
        run.font.size = Pt(size)


def _set_styles(document: Docx) -> None:
    for name in ["Normal", *(f"Heading {level}" for level in range(1, 7))]:
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(SIZE)
        style.font.italic, style.font.color.rgb = False, None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)


def _set_page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    for side, width in _MARGINS.items():
        setattr(section, side, width)
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _set_widths(table: Table, grid: Grid, section: Section) -> None:
    """Gives every column room by its longest word and by how much stands in it."""
    room = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    weights = [_weight(grid, column) for column in range(grid.width)]
    _set_columns(table, [int(room * weight / sum(weights)) for weight in weights])
    if grid.width > WIDE:
        table._tblPr.append(parse_xml(_NARROW_CELLS))


def _weight(grid: Grid, column: int) -> float:
    cells = [row[column] for row in grid.rows if column < len(row)]
    longest = max((len(word) for cell in cells for word in cell.split()), default=1)
    return max(longest + 1.0, sum(map(len, cells)) / len(grid.rows) / 6)


def _set_columns(table: Table, widths: Sequence[int]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)
        for cell in column.cells:
            cell.width = Emu(width)


def _repeat(table: Table, row: int) -> None:
    """Has a header row printed again on every page, and no row broken by one."""
    properties = table.rows[row]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))
