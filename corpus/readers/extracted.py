"""What a reader hands on: the text it took out of a file, and where its pages lie in that text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Page

#: Told how far a reader is on a file of many pages: pages done, pages in all.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file, one paragraph, item or heading a line; every span of its document counts characters of it.

    A row of a table is a line of cells between tabs, or between pipes where there are fewer than three; a heading
    that only its style shows has a Markdown hash. What is on every page (running heads, page numbers) is not in it.
    pages: in order, of files that have any.  warnings: what a person should know of this reading, in both languages.
    partial: whether pages were left out because no program was there that recognises letters in pictures.
    """

    text: str
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()
    partial: bool = False


#: The text of a file. Raises UnreadableFile, which says what is wrong with the file and what to do.
Reader = Callable[[Path, Progress], Extracted]


def silent(done: int, pages: int) -> None:
    """Progress that nobody follows."""
