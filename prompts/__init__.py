"""Fixed texts, one file each: read by name, in the two languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["text"]

_HERE = Path(__file__).parent


@cache
def text(name: str, english: bool = False) -> str:
    """The text of a name. Raises FileNotFoundError where there is none in that language."""
    return (_HERE / f"{name}.{'en' if english else 'vi'}.md").read_text(encoding="utf-8").strip()
