"""Fixed texts, one file each: read by name, in the two languages, their variables filled in."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from string import Formatter

__all__ = ["digest", "messages", "text"]

_HERE = Path(__file__).parent
_BETWEEN = "\n---\n"  # what a model is told to be, and what it is asked


def text(name: str, english: bool = False, **variables: str) -> str:
    """The text of a name with its {variables} filled in.

    Raises FileNotFoundError where there is none in that language, ValueError for a variable missing or too many.
    """
    template = _read(name, english)
    wanted = {field for _, field, _, _ in Formatter().parse(template) if field}
    if wanted != set(variables):
        raise ValueError(f"{name}: the text has the variables {sorted(wanted)}, given were {sorted(variables)}")
    return template.format(**variables)


def messages(name: str, **variables: str) -> tuple[str, str]:
    """What a language model is told and what it is asked, the two parts of a prompt's file.

    Raises what `text` raises, and ValueError for a file without the line between the two.
    """
    told, between, _ = _read(name, english=False).partition(_BETWEEN)
    if not between:
        raise ValueError(f"{name}: a prompt has two parts with a line --- between them")
    filled = text(name, english=False, **variables)
    end = len(told.format(**variables))
    return filled[:end].strip(), filled[end + len(_BETWEEN) :].strip()


@cache
def digest(name: str) -> str:
    """What tells one version of a text from another: twelve hexadecimal digits of its SHA-256.

    >>> len(digest("answer"))
    12
    """
    return sha256(_read(name, english=False).encode()).hexdigest()[:12]


@cache
def _read(name: str, english: bool) -> str:
    return (_HERE / f"{name}.{'en' if english else 'vi'}.md").read_text(encoding="utf-8").strip()
