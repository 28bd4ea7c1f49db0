"""One file a format; the table says which suffix goes to which reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.readers.text import read_text

#: Suffix -> reader: the file's text, whose characters every span counts. Raises UnreadableFile.
READERS: Mapping[str, Callable[[Path], str]] = {
    ".txt": read_text,
    ".md": read_text,
}

__all__ = ["READERS"]
