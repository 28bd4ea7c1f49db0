"""Reads off a question what kind of answer it wants: cues.toml, each phrase found in any spelling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from corpus.document import Span
from corpus.names import Names
from corpus.vocabulary import read_toml
from corpus.words import fold, is_accented

_FILE = Path(__file__).with_name("cues.toml")


class Kind(StrEnum):
    """What is asked for; a question of none of these asks what a passage says."""

    SIGNER = "signer"
    SIGNED_ON = "signed_on"
    NUMBER = "number"
    ISSUER = "issuer"
    RECIPIENTS = "recipients"
    SIGNER_ROLE = "signer_role"
    AUTHOR = "author"
    COUNT = "count"
    HOTLINE = "hotline"
    PROVINCES = "provinces"
    OWNER = "owner"
    DUTIES = "duties"
    DEFINITION = "definition"
    FUNDING = "funding"


class Value(StrEnum):
    """What an answer must hold to be one."""

    MONEY = "money"
    UNIT = "unit"
    PERCENT = "percent"
    DATE = "date"
    DOCUMENT = "document"
    PHONE = "phone"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Cues:
    """The kinds and values whose phrases stand in a question, and the stretches that those phrases take up."""

    kinds: frozenset[Kind]
    values: frozenset[Value]
    spans: tuple[Span, ...]
    leaning: bool
    goes_on: bool
    compare: bool
    total: bool
    target: bool


def cues(text: str) -> Cues:
    """The cues of a question; `text` is NFC."""
    kinds = list(_phrases("kinds").find(text))
    values = list(_phrases("values").find(text))
    leaning = list(_list("leaning").find(text))
    first = [found for found in _list("leaning_first").find(text) if not text[: found.span.start].strip()]
    return Cues(
        kinds=frozenset(Kind(found.value) for found in kinds),
        values=frozenset(Value(found.value) for found in values),
        spans=(
            *(found.span for found in (*kinds, *values)),
            *(found.span for found in (*leaning, *first, *_list("compare").find(text))),
        ),
        leaning=bool(leaning),
        goes_on=bool(first),
        compare=_has(text, "compare"),
        total=_has(text, "total"),
        target=_has(text, "target"),
    )


def asks_most(text: str) -> bool | None:
    """Whether the largest of a table's figures is asked for: True, the smallest: False, neither: None."""
    if _has(text, "most"):
        return True
    return False if _has(text, "least") else None


def asks_rows(text: str) -> bool:
    """Whether the rows of a table are asked about, not its years."""
    return _has(text, "rows")


def asks_overview(text: str) -> bool:
    """Whether it asks what a plan holds as a whole."""
    return _has(text, "overview")


def asks_every_owner(text: str) -> bool:
    """Whether every body that has a duty is asked for."""
    return _has(text, "every_owner")


def is_funding_title(title: str) -> bool:
    """Whether a section of this title says where the money comes from."""
    return _has(title, "funding_titles")


def empty_stretches(text: str) -> Iterator[Span]:
    """The words of a question that say nothing of its matter."""
    accented = is_accented(text)
    for found in _list("empty").find(text):
        word = fold(text[found.span.start : found.span.end])
        if accented or " " in word or word in _bare():
            yield found.span


def cue_words() -> frozenset[str]:
    """All words of the cues, as keys and without accents: what a person may well type around a question."""
    lists = (
        "empty",
        "leaning",
        "leaning_first",
        "compare",
        "total",
        "target",
        "most",
        "least",
        "rows",
        "overview",
        "every_owner",
    )
    said = _phrases("kinds").words | _phrases("values").words
    return said.union(*(_list(name).words for name in lists))


def _has(text: str, name: str) -> bool:
    return any(True for _ in _list(name).find(text))


@cache
def _bare() -> frozenset[str]:
    words: tuple[str, ...] = read_toml(_FILE)["words"]["empty_bare"]
    return frozenset(words)


@cache
def _phrases(table: str) -> Names[str]:
    entries: dict[str, tuple[str, ...]] = read_toml(_FILE)[table]
    return Names((phrase, name) for name, phrases in entries.items() for phrase in phrases)


@cache
def _list(name: str) -> Names[bool]:
    phrases: tuple[str, ...] = read_toml(_FILE)["words"][name]
    return Names((phrase, True) for phrase in phrases)
