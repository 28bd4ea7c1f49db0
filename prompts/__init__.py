"""Fixed texts, one file each: read by name, in the two languages, their variables filled in."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Formatter

__all__ = ["text"]

_HERE = Path(__file__).parent


def text(name: str, english: bool = False, **variables: str) -> str:
    """The text of a name with its {variables} filled in.

    Raises FileNotFoundError where there is none in that language, ValueError for a variable missing or too many.
    """
    template = _read(name, english)
    wanted = {field for _, field, _, _ in Formatter().parse(template) if field}
    if wanted != set(variables):
        raise ValueError(f"{name}: the text has the variables {sorted(wanted)}, given were {sorted(variables)}")
    return template.format(**variables)


@cache
def _read(name: str, english: bool) -> str:
    return (_HERE / f"{name}.{'en' if english else 'vi'}.md").read_text(encoding="utf-8").strip()
