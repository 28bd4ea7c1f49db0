"""Blocks of a file -> lines of one text."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from corpus.marks import mark


def laid_out(blocks: Iterable[str]) -> str:
    """A paragraph a line, a blank line between two; lines of capitals that follow each other stand together.

    "" among the blocks is an empty paragraph.

    >>> laid_out(["HỘI ĐỒNG NHÂN DÂN", "TỈNH SƠN LA", "", "KẾ HOẠCH", "Căn cứ Luật Trẻ em;"])
    'HỘI ĐỒNG NHÂN DÂN\\nTỈNH SƠN LA\\n\\nKẾ HOẠCH\\n\\nCăn cứ Luật Trẻ em;\\n'
    """
    text = ""
    for before, block in itertools.pairwise(["", *blocks]):
        if block:
            close = _is_capitals(before) and _is_capitals(block)
            text += ("\n" if close else "\n\n" if text else "") + block
    return f"{text}\n"


def _is_capitals(block: str) -> bool:
    return block.isupper() and "\n" not in block and "\t" not in block and mark(block) is None and block[0] != "|"
