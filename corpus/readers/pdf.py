"""PDF: pages that hold their text are read from it, pages that are pictures are recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.readers.capitals import lost_capitals, with_capitals
from corpus.readers.errors import MissingProgram, UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.paged.flowing import text_of
from corpus.readers.paged.gathering import lines_of
from corpus.readers.paged.prints import Sheet, Word
from corpus.readers.paged.ruled import grids_of, meshes_of
from corpus.readers.pdf_file import opened
from corpus.readers.pdf_print import printed
from corpus.readers.pdf_rules import rules_of
from corpus.readers.scan import cannot_recognise, recognised
from corpus.readers.scan_warnings import named_pages, warnings_of
from corpus.readers.text import converted
from corpus.words import is_english, is_vietnamese

_FEW_WORDS = 8  # fewer beside a picture are a stamp or a signature's date, not the text of a page
_JUDGED = 20  # words, at least, that can tell whether a text layer is one
_LEGIBLE = 0.5  # of its words that can be Vietnamese, where the letters are what they seem
_PICTURE = 0.3  # of a page that a picture covers where the page is one
_DRAWN = 60  # shapes on a page without words: its letters are drawn


@dataclass(slots=True)
class _Pages:
    """What was found on the pages of a file: sheets by number, and pages that did not open."""

    sheets: dict[int, Sheet] = field(default_factory=dict)
    pictures: list[int] = field(default_factory=list)
    illegible: list[int] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def read_pdf(path: Path, progress: Progress) -> Extracted:
    """The text of a PDF with its pages. Raises UnreadableFile, which says what is wrong and what to do."""
    with opened(path) as document:
        found, pages = _Pages(), len(document)
        for number in range(1, pages + 1):
            _read_page(document, number, found)
        done = pages - len(found.pictures)
        if done:
            progress(done, pages)
        said = _read_pictures(path.name, document, found, lambda read: progress(done + read, pages))
    sheets = [found.sheets[number] for number in sorted(found.sheets)]
    text = text_of(sheets, said)
    if not text.text.strip():
        raise UnreadableFile(f"{path.name}: không có chữ nào đọc được / holds no text that can be read")
    if not found.pictures and lost_capitals(text.text):
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
        words, frame = printed(page)
        if _is_picture(page, words):
            found.pictures.append(number)
        elif not is_legible(word.text for word in words):
            found.pictures.append(number)
            found.illegible.append(number)
        grids, outside = grids_of(number, meshes_of(rules_of(page, frame)), words)
        found.sheets[number] = Sheet(number, frame.width, frame.height, tuple(lines_of(outside)), tuple(grids))
    finally:
        page.close()


def _is_picture(page: pdfium.PdfPage, words: Sequence[Word]) -> bool:
    """Whether a page shows its text as a picture: hardly a word, but a picture over much of it, or drawn letters."""
    if len(words) >= _FEW_WORDS:
        return False
    width, height = page.get_size()
    shapes = list(page.get_objects(max_depth=2))
    covered = 0.0
    for shape in shapes:
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            covered = max(covered, (right - left) * (top - bottom) / (width * height))
    return covered > _PICTURE or sum(shape.type == raw.FPDF_PAGEOBJ_PATH for shape in shapes) > _DRAWN


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
        if len(found.pictures) == len(found.sheets):
            raise MissingProgram(f"{name}: {missing}")
        for number in found.pictures:
            if number not in found.illegible:
                del found.sheets[number]
        return [*said, named_pages(found.pictures, f"là ảnh chụp, đã bỏ qua: {missing}", "are pictures, left out")]
    for done, sheet in enumerate(recognised(name, document, found.pictures), 1):
        found.sheets[sheet.number] = sheet
        progress(done)
    return [*said, *warnings_of([found.sheets[number] for number in found.pictures])]
