"""The words of the page: one table, Vietnamese first, English beside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Phrase:
    """One string in both languages."""

    vi: str
    en: str

    @property
    def both(self) -> str:
        """For places that take plain text only: a label, a line of a terminal."""
        return f"{self.vi} / {self.en}"

    @property
    def html(self) -> str:
        """Both languages, escaped, each marked for screen readers; the English one is shown small."""
        return f'<span lang="vi">{escape(self.vi)}</span> <span lang="en" class="en">{escape(self.en)}</span>'


@cache
def _table() -> dict[str, Phrase]:
    rows = tomllib.loads((_HERE / "strings.toml").read_text("utf-8"))
    return {key: Phrase(row["vi"], row["en"]) for key, row in rows.items()}


def phrase(key: str, **values: object) -> Phrase:
    """The string called `key` with its {names} filled in; a missing key or name is a KeyError."""
    row = _table()[key]
    return Phrase(row.vi.format(**values), row.en.format(**values))


def has_phrase(key: str) -> bool:
    """Whether a string is called `key`."""
    return key in _table()


def all_phrases() -> tuple[Phrase, ...]:
    """Every string of the page, with its {names} unfilled, the offered questions last."""
    return (*_table().values(), *examples())


@cache
def examples() -> tuple[Phrase, ...]:
    """The questions offered to someone who does not know what to ask."""
    rows = tomllib.loads((_HERE / "examples.toml").read_text("utf-8"))["example"]
    return tuple(Phrase(row["vi"], row["en"]) for row in rows)
