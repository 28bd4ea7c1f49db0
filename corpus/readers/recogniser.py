"""The program that recognises letters in pictures: what it knows here, and what to install where it is not."""

from __future__ import annotations

from corpus.readers.programs import installed, run

LANGUAGE = "vie"
_SECONDS = 20.0


def languages() -> frozenset[str]:
    """The languages it knows; none where it is not installed. Asked each time: somebody may install it meanwhile."""
    said = run("", ["tesseract", "--list-langs"], _SECONDS).decode() if installed("tesseract") else ""
    return frozenset(said.split())


def cannot_recognise() -> str:
    """Why pictures cannot be recognised here and what to install; "" where they can be."""
    if LANGUAGE in languages():
        return ""
    return (
        "là ảnh chụp, cần chương trình nhận dạng chữ: apt install tesseract-ocr tesseract-ocr-vie / "
        "a scan, which needs a program that recognises its letters: apt install tesseract-ocr tesseract-ocr-vie"
    )
