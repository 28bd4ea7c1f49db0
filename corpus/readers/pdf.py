"""PDF: pages that hold their text are read from it, pages that are pictures are recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.readers.capitals import lost_capitals, with_capitals
from corpus.readers.errors import MissingProgram, UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.paged.flowing import text_of
from corpus.readers.paged.gathering import lines_of
from corpus.readers.paged.prints import Grid, Sheet, Word
from corpus.readers.paged.ruled import grids_of, meshes_of
from corpus.readers.pdf_file import opened
from corpus.readers.pdf_letters import Frame
from corpus.readers.pdf_print import Print, printed
from corpus.readers.pdf_rules import rules_of
from corpus.readers.recogniser import cannot_recognise
from corpus.readers.scan import recognised
from corpus.readers.scan_warnings import named_pages, warnings_of
from corpus.readers.text import converted
from corpus.words import is_english, is_vietnamese

_FEW_WORDS = 8  # fewer beside a picture are a stamp or a signature's date, not the text of a page
_JUDGED = 20  # words, at least, that can tell whether a text layer is one
_LEGIBLE = 0.5  # of its words that can be Vietnamese, where the letters are what they seem
_PICTURE = 0.3  # of a page that a picture covers where the page is one
_BEHIND = 0.6  # of a page that a picture behind words covers where it may say more than they do
_WORDED = 0.05  # of a page that words cover where they are its text; those of a full page cover 0.15 to 0.4
_MARKED = 0.2  # of the words of a Vietnamese text that have letters no western language has; most are 0.6
_MANY_LETTERS = 60  # at a turn: more than "BẢN SAO" across a page, or a number up its side
_MORE = 1.2  # times as many of those in the picture as in the words: it says more
_DRAWN = 60  # shapes on a page without words: its letters are drawn


@dataclass(slots=True)
class _Pages:
    """What was found on the pages of a file: sheets by number, and pages that did not open.

    pictures: pages to be recognised, among them those whose letters mean nothing (illegible) and those whose picture
    may say more than the words over it (worded).  turned: pages on which much is set at a turn.  partial: whether
    nothing here can recognise pictures.
    """

    sheets: dict[int, Sheet] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    illegible: list[int] = field(default_factory=list)
    worded: list[int] = field(default_factory=list)
    turned: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    partial: bool = False


def read_pdf(path: Path, progress: Progress) -> Extracted:
    """The text of a PDF with its pages. Raises UnreadableFile, which says what is wrong and what to do."""
    with opened(path) as document:
        found, pages = _Pages(), len(document)
        for number in range(1, pages + 1):
            _read_page(document, number, found)
            if number not in found.pictures[-1:]:
                progress(number - len(found.pictures), pages)
        done = pages - len(found.pictures)
        said = _read_pictures(path.name, document, found, lambda read: progress(done + read, pages))
    sheets = [found.sheets[number] for number in sorted(found.sheets)]
    text = replace(text_of(sheets, [*said, *_turned(found)]), partial=found.partial)
    if not text.text.strip():
        raise UnreadableFile(f"{path.name}: không có chữ nào đọc được / holds no text that can be read")
    if all(sheet.confidence is None for sheet in sheets) and lost_capitals(text.text):
        capitals = with_capitals(text.text)  # as many letters: the pages stay where they are
        return replace(text, text=capitals, warnings=(*text.warnings, converted("TCVN3")))
    return text


def _read_page(document: pdfium.PdfDocument, number: int, found: _Pages) -> None:
    """Reads a page's text layer, or notes that the page is a picture."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        found.broken.append(number)
        return
    try:
        shown = printed(page)
        words, frame = shown.words, shown.frame
        if _is_picture(page, words):
            found.pictures.append(number)
        elif not is_legible(word.text for word in words):
            found.pictures.append(number)
            found.illegible.append(number)
        elif _says_little(words, frame) and _covered(page) > _BEHIND:
            found.pictures.append(number)
            found.worded.append(number)
        grids, outside = grids_of(number, meshes_of(rules_of(page, frame)), words, shown.turned)
        if _left_out(shown, grids) >= _MANY_LETTERS:
            found.turned.append(number)
        found.sheets[number] = Sheet(number, frame.width, frame.height, tuple(lines_of(outside)), tuple(grids))
    finally:
        page.close()


def _left_out(shown: Print, grids: Sequence[Grid]) -> int:
    """How many letters of a page are turned and stand in no table."""
    lines = [
        line
        for line in shown.turned
        if not any(grid.x0 <= line.x <= grid.x1 and grid.top <= line.y <= grid.bottom for grid in grids)
    ]
    return shown.slanting + sum(len("".join(line.text.split())) for line in lines)


def _is_picture(page: pdfium.PdfPage, words: Sequence[Word]) -> bool:
    """Whether a page shows its text as a picture: hardly a word, but a picture over much of it, or drawn letters."""
    if len(words) >= _FEW_WORDS:
        return False
    drawn = sum(shape.type == raw.FPDF_PAGEOBJ_PATH for shape in page.get_objects(max_depth=2))
    return _covered(page) > _PICTURE or drawn > _DRAWN


def _covered(page: pdfium.PdfPage) -> float:
    """How much of a page pictures cover; scanners cut some into strips."""
    left, bottom, right, top = page.get_cropbox()
    covered = 0.0
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        x0, y0, x1, y1 = shape.get_bounds()
        covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
    return float(covered / max(1.0, (right - left) * (top - bottom)))


def _says_little(words: Sequence[Word], frame: Frame) -> bool:
    """Whether the words over a picture may be less than it says: few, as a stamp's, or recognised in another language.

    Most words of a Vietnamese text have letters that a recogniser of English does not know.
    """
    if sum((word.x1 - word.x0) * word.size for word in words) < _WORDED * frame.width * frame.height:
        return True
    texts = [word.text for word in words if sum(map(str.isalpha, word.text)) > 1]
    return _marked(texts) < _MARKED * len(texts) and not is_english(" ".join(texts))


def _marked(words: Iterable[str]) -> int:
    """How many words have letters that no western language has."""
    return sum(any(letter.isalpha() and letter > "\xff" for letter in word) for word in words)


def _says_more(picture: Sheet, layer: Sheet) -> bool:
    """Whether what was recognised on a page is more of its text than the words in the file are."""
    return _marked(_texts(picture)) > _MORE * _marked(_texts(layer))


def _texts(sheet: Sheet) -> Iterator[str]:
    for text in (
        *(line.text for line in sheet.lines),
        *(cell for grid in sheet.grids for row in grid.rows for cell in row),
    ):
        yield from text.split()


def is_legible(words: Iterable[str]) -> bool:
    """Whether the words of a page can be what it says: letters without a table of what they mean come out as others.

    >>> is_legible(["Ủy", "ban", "nhân", "dân"] * 9), is_legible(["8Ͳ%", "ŶŚąŶ", "EŚąŶ", "ĚąŶ"] * 9)
    (True, False)
    """
    said = [word for word in words if sum(map(str.isalpha, word)) > 1]
    if len(said) < _JUDGED:
        return True
    parts = [part for word in said for part in re.findall(r"[^\W\d_]+", word)]
    good = sum(is_vietnamese(part) for part in parts)
    return good >= _LEGIBLE * len(parts) or is_english(" ".join(said))


def _read_pictures(
    name: str, document: pdfium.PdfDocument, found: _Pages, progress: Callable[[int], None]
) -> list[str]:
    """Recognises the pages that are pictures; says what could not be read, and how sure the rest is.

    Raises UnreadableFile where nothing is left to read without recognising it, and that cannot be done here.
    """
    said = [named_pages(found.broken, "không mở được, đã bỏ qua", "cannot be opened, left out")] if found.broken else []
    if not found.pictures:
        return said
    if missing := cannot_recognise():
        if len(found.pictures) == len(found.sheets) and not found.worded:
            raise MissingProgram(f"{name}: {missing}")
        found.partial = True
        return [*said, *_without_pictures(found, missing)]
    for done, sheet in enumerate(recognised(name, document, found.pictures), 1):
        if sheet.number not in found.worded or _says_more(sheet, found.sheets[sheet.number]):
            found.sheets[sheet.number] = sheet
        progress(done)
    read = [found.sheets[number] for number in found.pictures if found.sheets[number].confidence is not None]
    return [*said, *(warnings_of(read) if read else [])]


def _turned(found: _Pages) -> Iterator[str]:
    """That text was left out which is turned against that of its page."""
    numbers = [number for number in found.turned if (sheet := found.sheets.get(number)) and sheet.confidence is None]
    if numbers:
        yield named_pages(
            numbers,
            "có chữ xoay ngoài bảng, đã bỏ qua: hãy xem ảnh trang",
            "text is turned outside of tables, left out: see the page",
        )


def _without_pictures(found: _Pages, missing: str) -> Iterator[str]:
    """Leaves out the pages that nothing here can recognise, but for the words that are in the file; says so."""
    left = [number for number in found.pictures if number not in found.worded]
    for number in left:
        if number not in found.illegible:
            del found.sheets[number]
    if left:
        yield named_pages(left, f"là ảnh chụp, đã bỏ qua: {missing}", "are pictures, left out")
    if found.worded:
        yield named_pages(
            found.worded, f"có ảnh chụp, chỉ đọc được lớp chữ: {missing}", "hold pictures, only their words were read"
        )
