"""Elements of a web page -> blocks of text: paragraphs, headings, items with their printed markers, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.marks import mark
from corpus.readers.docx_numbers import formatted
from corpus.readers.emphasis import END, pointed, unpointed
from corpus.readers.grid import GAP, Grid, GridCell
from corpus.readers.html_main import is_titled
from corpus.readers.html_notes import NOTE
from corpus.readers.html_place import PLAIN, Place, is_struck
from corpus.readers.html_tree import Element
from corpus.readers.laying import lines_of
from corpus.readers.pieces import Piece, raised, runs_of

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LEFT_OUT = frozenset({"script", "style", "head", "img", "title"})
_HEADING = re.compile("h([1-6])")
_UNSEEN = dict.fromkeys(map(ord, f"\xad\u200b\ufeff{END}"))
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {"alpha": "Letter", "latin": "Letter", "roman": "Roman"}
_BREAK, _SPACE = "\v", "\xa0"
_MOST_ACROSS = 64  # columns of one cell
_MOST_TAKEN = 512  # columns in which a cell may reach down


@dataclass(slots=True)
class Printer:
    """Collects blocks. `found` is where the blocks of one element begin and end among them."""

    watched: Element | None = None
    found: tuple[int, int] = (0, 0)
    titles: list[int] = field(default_factory=list)  # blocks that are titles by their class
    blocks: list[str] = field(default_factory=list)
    in_cell: bool = False
    notes: list[str] = field(default_factory=list)  # called in the block being read; in a cell, in all of it
    _runs: list[Piece] = field(default_factory=list)
    _marker: str = ""

    def print(self, element: Element, place: Place = PLAIN) -> list[str]:
        """The blocks of an element, behind those printed before."""
        if element.tag in _LEFT_OUT or is_struck(element):
            return self.blocks
        place = place.within(element)
        block = element.tag in _BLOCKS or _HEADING.fullmatch(element.tag) is not None
        if block:
            self._flush()
        start = len(self.blocks)
        self._inside(element, place)
        if block:
            self._flush()
        if is_titled(element) and len(self.blocks) == start + 1:
            self.titles.append(start)
        if element is self.watched:
            self.found = start, len(self.blocks)
        return self.blocks

    def _inside(self, element: Element, place: Place) -> None:
        tag = element.tag
        if tag == "br":
            self._runs.append(place.piece(_BREAK))
        elif tag == "table":
            self.blocks.extend(_table(element, place))
        elif tag in {"ul", "ol"}:
            self._list(element, place)
        elif tag == "pre":
            self._children(element, place, lines=True)
        elif tag == NOTE:
            self.notes.append(f"(Chú thích {element.attributes['shown']}: {element.attributes['said']})")
        elif tag == "sup" and not any(one.tag == NOTE for one in element.walk()):
            self._runs.append(place.piece(raised(element.text())))
        elif heading := _HEADING.fullmatch(tag):
            self._heading(element, place, int(heading[1]))
        else:
            self._children(element, place)

    def _children(self, element: Element, place: Place, lines: bool = False) -> None:
        for child in element.children:
            if isinstance(child, Element):
                self.print(child, place)
            elif child:
                words = child.replace("\n", _BREAK) if lines else child
                self._runs.append(place.piece(words))

    def _heading(self, element: Element, place: Place, level: int) -> None:
        start = len(self.blocks)
        self._children(element, place)
        self._flush()
        for at in range(start, len(self.blocks)):
            words = " ".join(unpointed(self.blocks[at]).split())
            if words and mark(words) is None and "\t" not in self.blocks[at]:
                self.blocks[at] = f"{'#' * level} {words}"

    def _list(self, element: Element, place: Place) -> None:
        ordered = element.tag == "ol"
        plain = "none" in element.attributes.get("style", "") and "list-style" in element.attributes.get("style", "")
        count = _number(element.attributes.get("start", ""), 1)
        for child in element.children:
            if isinstance(child, str) or child.tag != "li":
                if isinstance(child, Element):
                    self.print(child, place)
                continue
            count = _number(child.attributes.get("value", ""), count)
            self._flush()
            marker = f"{formatted(count, _format(element))}." if ordered else "+" if place.bullets else "-"
            self._marker = "" if plain else marker
            self.print(child, replace(place, bullets=place.bullets + (not ordered)))
            self._flush()
            self._marker = ""
            count += 1

    def _flush(self) -> None:
        text = _words(self._runs)
        self._runs = []
        if text:
            text = unpointed(text) if self.in_cell else text
            own = mark(unpointed(text))
            self.blocks.append(f"{self._marker} {text}" if self._marker and own is None else text)
            self._marker = ""
        if not self.in_cell:
            self.blocks += self.notes
            self.notes = []


def _words(runs: Sequence[Piece]) -> str:
    """The words of a block: white space single, wide gaps kept as the gap between columns, lines where they break."""
    shown = [(words.translate(_UNSEEN), bold) for words, bold in runs_of(runs)]
    text = "".join(words for words, _ in shown)
    text = re.sub(r"[ \t\r\n\f]+", " ", text)
    text = re.sub(rf"[ {_SPACE}]*{_SPACE}[ {_SPACE}]*{_SPACE}[ {_SPACE}]*{_SPACE}[ {_SPACE}]*", GAP, text)
    lines = (line.replace(_SPACE, " ").strip() for line in text.split(_BREAK))
    return pointed(lines_of(map(_behind_marker, lines)), shown)


def _behind_marker(line: str) -> str:
    """A line without the wide gap that some programs put behind a marker."""
    first, gap, rest = line.partition(GAP)
    return (
        f"{first.strip()} {rest.strip()}" if gap and (found := mark(f"{first} x")) and found.end >= len(first) else line
    )


def _table(table: Element, place: Place) -> list[str]:
    cells: list[GridCell] = []
    taken: dict[int, int] = {}  # column -> the row below the cell that reaches down in it
    rows = list(_rows(table))
    headers, notes = 0, list[str]()
    for at, (row, in_head) in enumerate(rows):
        column = 0
        inner = [cell for cell in row.elements if cell.tag in {"td", "th"}]
        if headers == at and inner and (in_head or all(cell.tag == "th" for cell in inner)):
            headers += 1
        for cell in inner:
            while taken.get(column, 0) > at:
                column += 1
            width = min(_number(cell.attributes.get("colspan", ""), 1), _MOST_ACROSS)
            height = min(_number(cell.attributes.get("rowspan", ""), 1), len(rows) - at)
            inner_page = Printer(in_cell=True)
            blocks = inner_page.print(Element("div", {}, cell.children), replace(place, bullets=0))
            notes += inner_page.notes
            cells.append(GridCell(at, column, tuple(blocks), height, width))
            taken.update(dict.fromkeys(range(column, min(column + width, _MOST_TAKEN)), at + height))
            column += width
    captions = [one.text() for one in table.elements if one.tag == "caption"]
    bordered = True if _number(table.attributes.get("border", ""), 0) else None
    grid = Grid(tuple(cells), headers if headers < len(rows) else 0, bordered)
    return [*filter(None, captions), *grid.printed(), *notes]


def _rows(table: Element) -> list[tuple[Element, bool]]:
    """The rows of a table, each with whether it is in the head."""
    rows: list[tuple[Element, bool]] = []
    for child in table.elements:
        if child.tag == "tr":
            rows.append((child, False))
        elif child.tag in {"thead", "tbody", "tfoot"}:
            rows.extend((row, child.tag == "thead") for row in child.elements if row.tag == "tr")
    return rows


def _number(said: str, otherwise: int) -> int:
    return int(said) if said.strip().isdecimal() and 0 < int(said) < 10_000 else otherwise


def _format(element: Element) -> str:
    if (form := _FORMATS.get(element.attributes.get("type", ""))) is not None:
        return form
    said = re.search(
        r"list-style(?:-type)?\s*:[^;]*?(upper|lower)-(alpha|latin|roman)", element.attributes.get("style", "")
    )
    return f"{said[1]}{_STYLES[said[2]]}" if said else "decimal"
