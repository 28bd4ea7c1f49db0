"""Pages as pictures: for the recogniser, and to be shown beside what was read of them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from corpus.readers import image_file
from corpus.readers.errors import UnreadableFile
from corpus.readers.pdf_file import opened
from corpus.readers.scan_picture import Picture

WIDEST = 2_400  # pixels of a page that is shown
_LONGEST = 3_600  # pixels of a side, whatever the size of the paper
_INCH = 72.0
_QUALITY = 80


def page_image(path: Path, number: int, width: int) -> bytes:
    """A page of a PDF or of a file of pictures as a JPEG, `width` pixels wide, at most WIDEST; pages count from 1.

    Raises UnreadableFile for a file that cannot be read, and ValueError for a page it does not have.
    """
    width = min(max(width, 1), WIDEST)
    image = _page_of_pdf(path, number, width) if path.suffix.lower() == ".pdf" else _page_of_image(path, number, width)
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()


def rendered(file: str, document: pdfium.PdfDocument, number: int, dpi: int) -> Picture:
    """A page in grey at so many pixels an inch, fewer for paper larger than A4. Raises UnreadableFile."""
    page = document[number - 1]
    try:
        scale = min(dpi / _INCH, _LONGEST / max(page.get_size()))
        bitmap = _drawn(file, number, page, scale, grayscale=True)
        return Picture(np.array(bitmap.to_numpy().reshape(bitmap.height, bitmap.width)), scale)
    finally:
        page.close()


def _page_of_pdf(path: Path, number: int, width: int) -> Image.Image:
    with opened(path) as document:
        _check(path, number, len(document))
        page = document[number - 1]
        scale = min(width / page.get_width(), _LONGEST / page.get_height())
        drawn: Image.Image = _drawn(path.name, number, page, scale).to_pil()
        return drawn


def _page_of_image(path: Path, number: int, width: int) -> Image.Image:
    with image_file.opened(path) as image:
        _check(path, number, image_file.count_of(path.name, image))
        page = image_file.page_of(path.name, image, number, "RGB")
        page.thumbnail((width, _LONGEST))
        return page


def _check(path: Path, number: int, pages: int) -> None:
    if not 1 <= number <= pages:
        raise ValueError(f"{path.name}: có {pages} trang, không có trang {number} / no page {number}")


def _drawn(file: str, number: int, page: pdfium.PdfPage, scale: float, grayscale: bool = False) -> pdfium.PdfBitmap:
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        across, down = shape.get_px_size()
        if across * down > image_file.MOST_PIXELS:
            raise UnreadableFile(
                f"{file}: trang {number} là ảnh {across} × {down} điểm, quá lớn; quét lại ở 300 dpi / "
                f"a picture too large to unpack; scan it again at 300 dpi"
            )
    return page.render(scale=scale, grayscale=grayscale)
