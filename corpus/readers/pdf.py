"""PDF: pages that hold their text, and pages that are pictures of one."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from corpus.readers.extracted import Extracted, Progress
from corpus.readers.paged.flowing import text_of
from corpus.readers.paged.gathering import lines_of
from corpus.readers.paged.prints import Sheet
from corpus.readers.paged.ruled import grids_of, meshes_of
from corpus.readers.pdf_print import printed
from corpus.readers.pdf_rules import rules_of


def read_pdf(path: Path, progress: Progress) -> Extracted:
    """The text of a PDF. Raises UnreadableFile."""
    doc = pdfium.PdfDocument(path)
    sheets = []
    for at in range(len(doc)):
        page = doc[at]
        words, frame = printed(page)
        grids, outside = grids_of(at + 1, meshes_of(rules_of(page, frame)), words)
        sheets.append(Sheet(at + 1, frame.width, frame.height, tuple(lines_of(outside)), tuple(grids)))
        progress(at + 1, len(doc))
    return text_of(sheets)
