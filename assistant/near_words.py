"""Kinds and values told by two words that stand near each other, in either order or in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from corpus.names import Found, Names
from corpus.vocabulary import read_toml

_FILE = Path(__file__).with_name("cues.toml")


def together(text: str) -> Iterator[Found[str]]:
    """The kinds told by words near each other, once for each of the words."""
    for one in _near():
        first, second = (list(names.find(text)) for names in one.words)
        for left, right in product(first, second):
            a, b = (left.span, right.span) if one.ordered else sorted((left.span, right.span))
            of_a_figure = any(text[: span.start].lower().endswith("con ") for span in (a, b))  # "con số nào"
            if a.end <= b.start and not of_a_figure and len(text[a.end : b.start].split()) <= one.within:
                yield from (Found(one.kind, left.span), Found(one.kind, right.span))


@dataclass(frozen=True, slots=True)
class _Near:
    """Words of two lists that tell a kind, or a value, where they stand at most `within` words apart."""

    kind: str
    words: tuple[Names[bool], Names[bool]]
    within: int
    ordered: bool


@cache
def _near() -> tuple[_Near, ...]:
    def names(words: tuple[str, ...]) -> Names[bool]:
        return Names((word, True) for word in words)

    entries = read_toml(_FILE)["together"]
    return tuple(
        _Near(
            one.get("kind") or one["value"],
            (names(one["words"][0]), names(one["words"][1])),
            one["within"],
            one.get("ordered", False),
        )
        for one in entries
    )
