"""Blocks of a file -> lines of one text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from corpus.marks import mark


def laid_out(blocks: Iterable[str]) -> str:
    """A paragraph a line, a blank line between two; lines of capitals that follow each other stand together.

    "" among the blocks is an empty paragraph.

    >>> laid_out(["HỘI ĐỒNG NHÂN DÂN", "TỈNH SƠN LA", "", "KẾ HOẠCH", "Căn cứ Luật Trẻ em;"])
    'HỘI ĐỒNG NHÂN DÂN\\nTỈNH SƠN LA\\n\\nKẾ HOẠCH\\n\\nCăn cứ Luật Trẻ em;\\n'
    """
    pieces: list[str] = []
    for before, block in itertools.pairwise(["", *blocks]):
        if block:
            close = _is_capitals(before) and _is_capitals(block)
            pieces += ["\n" if close else "\n\n", block]
    return "".join([*pieces[1:], "\n"])


def lines_of(lines: Iterable[str]) -> str:
    """The lines of one block, one blank line where several of them hold nothing; none at its ends.

    >>> lines_of(["", "a", "", "", "b", "c", ""])
    'a\\n\\nb\\nc'
    """
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in lines).strip("\n"))


def _is_capitals(block: str) -> bool:
    return block.isupper() and "\n" not in block and "\t" not in block and mark(block) is None and block[0] != "|"
