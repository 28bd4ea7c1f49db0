"""A PDF as a copier makes one of its print: pictures of the pages, grey, noisy, a little askew; no text in it.

Every page is treated in its own way, and in the same way on every run: its seed is the file's name and its number.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter

#: Degrees of skew at most, standard deviation of the noise and radius of the blur at most, in steps of grey and pixels
#: at 300 dpi, and the quality of the JPEG pictures.
SKEW, NOISE, BLUR, QUALITY = 1.0, 10.0, 0.8, 75
#: Shades of the lightest paper and of the blackest ink.
_PAPER, _INK = 246, 25


def scan(file: Path, to: Path, dpi: int) -> None:
    """The pages of a PDF as pictures of `dpi` dots an inch, in another PDF."""
    pictures = list(_pages(file, dpi))
    first, *others = pictures
    first.save(to, "PDF", resolution=dpi, save_all=True, append_images=others, quality=QUALITY)


def _pages(file: Path, dpi: int) -> Iterator[Image.Image]:
    document = pypdfium2.PdfDocument(file)
    try:
        for at, page in enumerate(document):
            picture = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            yield _copied(picture, np.random.default_rng([zlib.crc32(file.stem.encode()), at]), dpi)
    finally:
        document.close()


def _copied(picture: Image.Image, chance: np.random.Generator, dpi: int) -> Image.Image:
    """A page as the glass of the copier sees it."""
    askew = picture.rotate(chance.uniform(-SKEW, SKEW), Image.Resampling.BICUBIC, fillcolor=255)
    soft = askew.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, 1.0) * BLUR * dpi / 300))
    grey = _INK + np.asarray(soft, dtype=np.float32) * ((_PAPER - _INK) / 255)
    grey += chance.normal(0.0, chance.uniform(0.4, 1.0) * NOISE, grey.shape)
    held = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(held, "JPEG", quality=QUALITY)
    return Image.open(held)
