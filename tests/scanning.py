"""Makes scans of PDFs: their pages as pictures, laid in crooked, with the grain of paper."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from corpus.readers.picture import page_image

DPI = 200


def scanned(pdf: Path, pages: int, angle: float = 0.9, grain: float = 10, width: int = 1654) -> list[Image.Image]:
    """Pictures of the pages of a PDF. angle: in degrees, every other page leans the other way."""
    chance = np.random.default_rng(6)
    pictures = []
    for number in range(1, pages + 1):
        with Image.open(io.BytesIO(page_image(pdf, number, width))) as page:
            grey = page.convert("L").filter(ImageFilter.GaussianBlur(0.6))
        crooked = grey.rotate(angle * (-1) ** number, resample=Image.Resampling.BICUBIC, fillcolor=255)
        levels = np.asarray(crooked).astype(float) * 0.9 + 15 + chance.normal(0, grain, (crooked.height, crooked.width))
        pictures.append(Image.fromarray(levels.clip(0, 255).astype(np.uint8)))
    return pictures


def bound(path: Path, pictures: list[Image.Image]) -> Path:
    """Pictures as the pages of a PDF, or of a picture of several pages."""
    pictures[0].save(path, save_all=True, append_images=pictures[1:], resolution=DPI)
    return path
