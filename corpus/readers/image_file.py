"""Files of pictures: opened, and their pages as they are meant to be looked at, upright and on white paper."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from corpus.readers.errors import UnreadableFile

MOST_PIXELS = 120_000_000  # of a picture: unpacked, it takes as many bytes or three times that
#: Formats that are read. Others that Pillow knows start programs (EPS: Ghostscript) or are never used for pages.
_FORMATS = ("PNG", "JPEG", "TIFF")
#: What Pillow raises for a file that is damaged or none of these.
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, struct.error)


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """A file of pictures, of which nothing is unpacked yet. Raises UnreadableFile."""
    with ExitStack() as stack:
        with _telling(path.name), warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # MOST_PIXELS is what counts
            # by its path, Pillow 12.3 lays the rows of a TIFF that lies on its side out as if it stood
            file = stack.enter_context(path.open("rb"))
            image = stack.enter_context(Image.open(file, formats=_FORMATS))
        yield image


def count_of(name: str, image: Image.Image) -> int:
    """The pages of a file. Only a TIFF has several: a JPEG has smaller or differently lit copies of one, a PNG a film.

    name: of the file. Raises UnreadableFile.
    """
    with _telling(name):
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1


def page_of(name: str, image: Image.Image, number: int, mode: Literal["L", "RGB"]) -> Image.Image:
    """A page in grey or in colour, as a camera says that it is held, what is transparent white; pages count from 1.

    name: of the file. Raises UnreadableFile where it is damaged or too large to unpack.
    """
    with _telling(name):
        if image.format == "TIFF":
            image.seek(number - 1)
        if image.width * image.height > MOST_PIXELS:
            raise UnreadableFile(_too_large(name))
        return ImageOps.exif_transpose(_on_white(image, mode))


def _on_white(image: Image.Image, mode: Literal["L", "RGB"]) -> Image.Image:
    if image.mode.startswith("I;16"):  # of which Pillow keeps the darkest 256 levels of grey
        image.load()
        high = Image.fromarray((np.asarray(image, np.uint16) >> 8).astype(np.uint8))
        high.info = image.info
        return high.convert(mode)
    shown = image.convert(mode)
    if not image.has_transparency_data:
        return shown
    alpha = (image if "A" in image.getbands() else image.convert("RGBA")).getchannel("A")
    paper = Image.new(mode, image.size, "white")
    paper.paste(shown, mask=alpha)
    paper.info = shown.info
    return paper


@contextmanager
def _telling(name: str) -> Iterator[None]:
    """Says of a file what is wrong with it, whatever Pillow raises."""
    try:
        yield
    except UnreadableFile:
        raise
    except Image.DecompressionBombError as error:
        raise UnreadableFile(_too_large(name)) from error
    except _DAMAGE as error:
        raise UnreadableFile(
            f"{name}: ảnh hỏng hoặc không phải ảnh PNG, JPEG, TIFF; lưu lại rồi thử lại / "
            f"a damaged picture, or no PNG, JPEG or TIFF; save it again"
        ) from error


def _too_large(name: str) -> str:
    return f"{name}: ảnh quá lớn; quét lại ở 300 dpi / a picture too large to unpack; scan it again at 300 dpi"
