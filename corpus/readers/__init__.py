"""One file a format; the table says which suffix goes to which reader."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.readers.extracted import Extracted, Progress, Reader
from corpus.readers.text import read_text


def _of(module: str, name: str) -> Reader:
    """A reader that is imported, with the library it is built on, by the first file that needs it."""

    def read(path: Path, progress: Progress) -> Extracted:
        return cast(Reader, getattr(import_module(f"corpus.readers.{module}"), name))(path, progress)

    return read


#: Suffix -> reader.
READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".docx": _of("docx_file", "read_docx"),
    ".docm": _of("docx_file", "read_docx"),
    ".doc": _of("office", "read_office"),
    ".odt": _of("office", "read_office"),
    ".rtf": _of("office", "read_office"),
    ".html": _of("html_file", "read_html"),
    ".htm": _of("html_file", "read_html"),
    ".pdf": _of("pdf", "read_pdf"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), _of("image", "read_image")),
}

__all__ = ["READERS"]
