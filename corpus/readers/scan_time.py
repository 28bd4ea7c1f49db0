"""How long a page may be recognised: one that its recogniser does not end with must not cost the rest of its file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from corpus.readers.errors import UnreadableFile

#: Seconds for all that is read on one page; whoever waits for pages must wait longer than this.
PAGE_SECONDS = 90.0
_until: ContextVar[float | None] = ContextVar("until", default=None)  # pages are read in threads, each with its own


@contextmanager
def one_page(seconds: float = PAGE_SECONDS) -> Iterator[None]:
    """What is recognised in this block is one page."""
    before = _until.set(monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(before)


def seconds_left(file: str, most: float) -> float:
    """How long the next picture of a page may take, `most` at most. Raises UnreadableFile where no time is left."""
    until = _until.get()
    left = most if until is None else min(most, until - monotonic())
    if left <= 0:
        raise UnreadableFile(f"{file}: nhận dạng quá lâu / recognising takes too long")
    return left
