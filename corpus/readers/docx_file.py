"""Files of a word processor (.docx): its paragraphs with their printed numbers, tables, notes and boxes of text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from corpus.marks import Rank, mark
from corpus.readers.archives import Archive
from corpus.readers.capitals import lost_capitals, with_capitals
from corpus.readers.docx_numbers import Numbering, W, count_of, value
from corpus.readers.docx_styles import Styles, draws
from corpus.readers.docx_words import MC, Inline, Words, shown_way
from corpus.readers.emphasis import marked, unpointed
from corpus.readers.errors import UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.grid import Grid, GridCell
from corpus.readers.laying import laid_out
from corpus.readers.legacy import is_legacy_font, mended
from corpus.readers.pieces import STRUCK_OUT

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: What may stand around paragraphs and tables without being one.
_WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
_EMBEDDED = (
    "Có phần chèn từ tệp khác chưa đọc được; hãy mở bằng Word rồi lưu lại / "
    "holds another file that was not read; open it in Word and save it again"
)
_LEGACY = "Có chữ dùng phông TCVN3 hoặc VNI, đã chuyển sang Unicode; nên soát lại / legacy fonts were converted"
_BOXES_WITHIN = 8  # boxes of text within each other


def read_docx(path: Path, _: Progress) -> Extracted:
    """The text of a .docx file. Raises UnreadableFile for one that is damaged, blown up or holds no text."""
    with Archive(path) as archive:
        return read_archive(archive)


def read_archive(archive: Archive) -> Extracted:
    """The text of an opened .docx file."""
    main = _related(archive, "_rels/.rels", "").get("officeDocument", "word/document.xml")
    root = archive.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise UnreadableFile(
            f"{archive.name}: trong tệp không có văn bản Word (thiếu document.xml); hãy mở bằng Word rồi lưu lại / "
            f"holds no Word text (no document.xml); open it in Word and save it again"
        )
    text, warnings = _Reader(archive, main).read(body)
    if not text.strip() and _EMBEDDED in warnings:
        raise UnreadableFile(f"{archive.name}: {_EMBEDDED}")
    if not text.strip():
        raise UnreadableFile(
            f"{archive.name}: không có chữ nào, có lẽ chỉ có ảnh; hãy lưu thành PDF để nhận dạng / "
            f"holds no words, perhaps only pictures; save it as a PDF to have it recognised"
        )
    return Extracted(text, warnings=warnings)


def _related(archive: Archive, part: str, folder: str) -> dict[str, str]:
    """Kind of relation -> the part it leads to."""
    root = archive.xml(part)
    found: dict[str, str] = {}
    for relation in [] if root is None else root.iter(_RELATION):
        target = relation.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found.setdefault(relation.get("Type", "").rpartition("/")[2], place)
    return found


class _Reader:
    """Walks a body; what it keeps is how far lists and notes have been counted."""

    def __init__(self, archive: Archive, main: str) -> None:
        folder = dirname(main)
        related = _related(archive, join(folder, "_rels", f"{main.rpartition('/')[2]}.rels"), folder)

        def part(kind: str) -> Element | None:
            return archive.xml(related.get(kind, join(folder, f"{kind}.xml")))

        self.styles = Styles(part("styles"))
        self.numbering = Numbering(part("numbering"), self.styles.lists())
        self.inline = Inline(self.styles)
        notes = ((kind, part(f"{kind}s")) for kind in ("footnote", "endnote"))
        self.notes = {
            (kind, value(note, "id")): note
            for kind, root in notes
            if root is not None
            for note in root.findall(f"{W}{kind}")
        }
        self.pending: list[str] = []  # notes of the block being read
        self.carried = Words()  # of a paragraph whose end was deleted
        self.legacy = False
        self.within = 0

    def read(self, body: Element) -> tuple[str, tuple[str, ...]]:
        """The text of a body, and what a person should know of how it was read."""
        text = laid_out(marked(list(self._with_notes(body))))
        if (found := mended(text)) is not None:
            text, self.legacy = found[0], True
        if self.legacy and lost_capitals(text):
            text = with_capitals(text)
        embeds = next(body.iter(f"{W}altChunk"), None) is not None
        said = ((self.legacy, _LEGACY), (self.inline.has_struck, STRUCK_OUT), (embeds, _EMBEDDED))
        return text, tuple(warning for so, warning in said if so)

    def _with_notes(self, body: Element) -> Iterator[str]:
        for element in _flat(body):
            yield from self._block(element, in_cell=False)
            yield from self.pending
            self.pending = []

    def _block(self, element: Element, in_cell: bool) -> list[str]:
        if element.tag == f"{W}tbl":
            return self._table(element)
        if element.tag == f"{W}p":
            return self._paragraph(element, in_cell)
        return []

    def _paragraph(self, paragraph: Element, in_cell: bool) -> list[str]:
        style = self.styles.style_of(paragraph)
        words = self.inline.read(paragraph)
        if self.styles.is_contents(style):
            return []
        words, self.carried = self.carried.with_more(words), Words()
        if any(paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is not None for gone in ("del", "moveFrom")):
            self.carried = words
            return []
        self.legacy = self.legacy or any(is_legacy_font(piece.font) and piece.words.strip() for piece in words.pieces)
        number = self._number(paragraph)
        text = words.text
        self.pending.extend(self._notes(words))
        line = self._printed(paragraph, style, number, text, in_cell) if text else ""
        lines = [unpointed(line) if in_cell else line]
        return [*lines, *self._boxes(words)]

    def _number(self, paragraph: Element) -> str:
        number, depth, style = self.styles.list_of(paragraph)
        if not number:
            return ""
        level = count_of(depth, -1) if depth else self.numbering.level_of_style(number, style)
        return self.numbering.next(number, level, self.styles.is_inner_list(style))

    def _printed(self, paragraph: Element, style: str, number: str, text: str, in_cell: bool) -> str:
        own = mark(unpointed(text))
        if number:
            twice = number in {"-", "+"} and own is not None and own.rank >= Rank.BULLET
            return text if twice else f"{number} {text}"
        level = 0 if in_cell else self.styles.heading(paragraph)
        if not level and not in_cell and self.styles.is_title(style) and not text.isupper():
            level = 1
        return f"{'#' * level} {' '.join(unpointed(text).split())}" if level and own is None else text

    def _notes(self, words: Words) -> Iterator[str]:
        for kind, own, shown in words.notes:
            note = self.notes.pop((kind, own), None)  # said once, however often it is referred to
            if note is None:
                continue
            said = unpointed(" ".join(self.inline.read(one).text for one in note.iter(f"{W}p")))
            said = " ".join(said.split())
            if said:
                yield f"(Chú thích {shown}: {said})" if shown else f"(Chú thích {said})"

    def _boxes(self, words: Words) -> Iterator[str]:
        self.within += 1
        if self.within <= _BOXES_WITHIN:
            for box in words.boxes:
                for element in _flat(box):
                    yield from self._block(element, in_cell=False)
        self.within -= 1

    def _table(self, table: Element) -> list[str]:
        cells: list[GridCell] = []
        above: dict[int, int] = {}  # column -> the cell that may reach down from the row above
        headers = row_at = 0
        for row in _flat(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            if headers == row_at and properties is not None and _is_header(properties):
                headers += 1
            above = self._row(row, row_at, above, cells)
            row_at += 1
        return Grid(tuple(cells), headers if headers < row_at else 0, self._has_borders(table)).printed()

    def _row(self, row: Element, at: int, above: dict[int, int], cells: list[GridCell]) -> dict[int, int]:
        """Adds a row's cells; hands on which cell stands in each column, for the row below."""
        standing: dict[int, int] = {}
        column = _count(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _flat(row, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            width = _count(None if properties is None else properties.find(f"{W}gridSpan"), 1)
            blocks = tuple(block for element in _flat(cell) for block in self._block(element, in_cell=True))
            if _goes_on(properties, "hMerge") and cells and cells[-1].row == at:
                last = cells[-1]
                cells[-1] = GridCell(at, last.column, (*last.blocks, *blocks), last.height, last.width + width)
            elif _goes_on(properties, "vMerge") and column in above:
                held = cells[above[column]]
                cells[above[column]] = GridCell(
                    held.row, held.column, (*held.blocks, *blocks), at - held.row + 1, held.width
                )
                standing[column] = above[column]
            else:
                cells.append(GridCell(at, column, blocks, 1, width))
                standing[column] = len(cells) - 1
            column += width
        return standing

    def _has_borders(self, table: Element) -> bool:
        properties = table.find(f"{W}tblPr")
        if properties is not None:
            own = properties.find(f"{W}tblBorders")
            if own is not None and len(own):
                return draws(own) or any(map(draws, table.iter(f"{W}tcBorders")))
            if self.styles.has_borders(value(properties.find(f"{W}tblStyle"))):
                return True
        return any(map(draws, table.iter(f"{W}tcBorders")))


def _flat(parent: Element, wanted: str = "") -> Iterator[Element]:
    """The children of an element, and those in wrappers among them, save tables of contents and what was deleted."""
    for child in parent:
        if child.tag in _WRAPPERS:
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if value(gallery) not in {"Table of Contents", "Bibliographies Index"}:
                yield from _flat(child, wanted)
        elif child.tag == f"{MC}AlternateContent":
            way = shown_way(child)
            yield from () if way is None else _flat(way, wanted)
        elif not wanted or child.tag == wanted:
            yield child


def _is_header(properties: Element) -> bool:
    header = properties.find(f"{W}tblHeader")
    return header is not None and value(header) not in {"0", "false", "off"}


def _goes_on(properties: Element | None, kind: str) -> bool:
    merge = None if properties is None else properties.find(f"{W}{kind}")
    return merge is not None and value(merge) != "restart"


def _count(element: Element | None, otherwise: int) -> int:
    return count_of(value(element), otherwise, most=63)
