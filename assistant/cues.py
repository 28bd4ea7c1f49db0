"""Reads off a question what kind of answer it wants: cues.toml, each phrase found in any spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from assistant.near_words import together
from corpus.document import Span
from corpus.names import Found, Names
from corpus.vocabulary import read_toml
from corpus.words import fold, is_accented

_FILE = Path(__file__).with_name("cues.toml")
_MOST = ("nhieu", "cao", "lon", "ton", "ngon", "nang")
_SUPERLATIVE = re.compile(rf"\b({'|'.join(_MOST)}|it|thap|re|nho)\b(?:\s+\w+){{1,6}}?\s+nhat\b")

_ASKED_BEFORE = re.compile(r"\b(?:what|who|which|how|where|does|do|is|are)\b", re.IGNORECASE)
_WHETHER = re.compile(r"\bco (?!may\b|bao\b).*\b(?:khong|ko|hong|k)\b(?: \w{1,3}){0,2}\W*$")
_JOINED = re.compile(r"(?:\b(?:and|by|or|since|until)|,)$", re.IGNORECASE)


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
    FORCE = "force"


class Value(StrEnum):
    """What an answer must hold to be one."""

    MONEY = "money"
    UNIT = "unit"
    PERCENT = "percent"
    DATE = "date"
    DOCUMENT = "document"
    PHONE = "phone"
    NUMBER = "number"
    RESULT = "result"


class Cue(StrEnum):
    """What the words of a question are about; the lists of cues.toml under the same names."""

    FULL = "full"  # the whole of a list
    RESULTS = "results"  # what came of an earlier time
    OFFICE = "office"  # an office's own work, not a child in need
    CONFIRM = "confirm"  # whether something said is so
    STATISTICS = "statistics"  # what has happened, to which targets are no answer
    MENTIONS = "mentions"  # everything that plans say of a thing
    OPINION = "opinion"  # an opinion or advice
    REPORT = "report"  # reports that are due
    REVIEW = "review"  # the review of a plan after some years
    HALF_YEAR = "half_year"  # the report of half a year
    WHOLE_YEAR = "whole_year"  # the report of a year
    RECEIVER = "receiver"  # to whom or through whom something goes
    WHY = "why"  # a reason
    ROWS = "rows"  # the rows of a table, not its years
    OVERVIEW = "overview"  # what a plan holds as a whole
    ANYTHING = "anything"  # what there is, which is a plan as a whole where nothing else is asked for
    EVERY_OWNER = "every_owner"  # every body that has a duty
    NOT_OF_TEXTS = "not_of_texts"  # what is replaced is no text
    HOLDING = "holding"  # whether a text holds
    OBSTACLE = "obstacle"  # what to do when the work is stuck
    YEARLY = "yearly"  # the figure of each year
    BASIS = "basis"  # what a plan itself rests on
    UNITS = "units"  # the reports of units and places
    LISTED = "listed"  # what is counted is to be listed too
    OF_NOW = "of_now"  # the plans that no other one has replaced


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
    near = list(together(text))
    kinds = [*_phrases("kinds").find(text), *(one for one in near if one.value in set(Kind))]
    if _has(text, Cue.NOT_OF_TEXTS):
        kinds = [one for one in kinds if one.value != Kind.FORCE]
    asks_who = any(one.value == Kind.OWNER for one in kinds)
    values = [one for one in _phrases("values").find(text) if not _is_said_by_the_way(text, one, asks_who)]
    values += [one for one in near if one.value in set(Value)]
    leaning = list(_list("leaning").find(text))
    first = [found for found in _list("leaning_first").find(text) if not text[: found.span.start].strip()]
    return Cues(
        kinds=frozenset(Kind(found.value) for found in kinds),
        values=frozenset(Value(found.value) for found in values),
        spans=(
            *(found.span for found in (*kinds, *values)),
            *(found.span for found in (*leaning, *first)),
            *(
                found.span
                for name in ("compare", "total", "most", "least", "overview", "full")
                for found in _list(name).find(text)
            ),
        ),
        leaning=bool(leaning),
        goes_on=bool(first),
        compare=_has(text, "compare"),
        total=_has(text, "total"),
        target=_has(text, "target"),
    )


def _is_said_by_the_way(text: str, found: Found[str], asks_who: bool) -> bool:
    """Whether "mấy" says that things are several, as in "mấy mô hình đó là gì", or "when" joins clauses."""
    word, before = fold(text[found.span.start : found.span.end]), text[: found.span.start].strip()
    if word == "when":
        return bool(_ASKED_BEFORE.search(before)) and not _JOINED.search(before)
    return word == "may" and (not before or asks_who or _has(text, "naming") or asks_whether(text))


def sources_asked(text: str) -> list[str]:
    """The sources of money that a question names as those of a budget, without accents."""
    return [fold(text[one.span.start : one.span.end]) for one in _list("sources").find(text)]


def table_words() -> tuple[str, ...]:
    """What is said of a table as such."""
    words: tuple[str, ...] = _file()["words"]["table"]
    return words


def sum_words_asked() -> tuple[str, ...]:
    """What is said around a question of a plan's whole money."""
    words: tuple[str, ...] = _file()["words"]["around_sums"]
    return words


def asked_by_name(text: str) -> tuple[tuple[str, ...], ...]:
    """What a question asks for by its name: of each row one word must stand in an answer, see `names_asked`."""
    return tuple(held for names, held in _named() if any(names.find(text)))


def names_asked(held: tuple[str, ...], text: str) -> bool:
    """Whether a text holds a word of a row: without its accents, or before a name, if "…" stands behind it.

    >>> names_asked(("xã …",), "tại xã Tân Thành"), names_asked(("xã …",), "của xã, phường")
    (True, False)
    """
    plain = fold(text)
    return any(_before_name(word[:-1].strip(), text) if word.endswith("…") else fold(word) in plain for word in held)


def _before_name(word: str, text: str) -> bool:
    """Whether a word stands before a name; "Xã" is none of "Thương binh và Xã Hội", "trường" none of "Môi trường"."""
    places = re.finditer(rf"(?i:(?<!môi )(?<!thị )\b{word}\s+(?!hội\b))(\w+)", text)
    return any(match[1].istitle() for match in places)


@cache
def _named() -> tuple[tuple[Names[bool], tuple[str, ...]], ...]:
    rows = _file()["words_asked"]
    return tuple((Names((phrase, True) for phrase in row["of"]), row["held"]) for row in rows)


def says(text: str, cue: Cue) -> bool:
    """Whether words of a list stand in a question."""
    return _has(text, cue)


def replacing(text: str) -> list[Span]:
    """Where a question says that one text replaces or amends another."""
    return [found.span for found in _list("replacing").find(text)]


def asks_whether(text: str) -> bool:
    """Whether a question is to be answered by yes or no: "… có … không?"."""
    return bool(_WHETHER.search(fold(text)))


def asks_most(text: str) -> bool | None:
    """Whether the largest of a table's figures is asked for: True, the smallest: False, neither: None."""
    apart = _SUPERLATIVE.search(fold(text))  # "tốn tiền ngân sách nhất"
    if _has(text, "most") or (apart and apart[1] in _MOST):
        return True
    return False if _has(text, "least") or apart else None


def is_funding_title(title: str, first: bool = False) -> bool:
    """Whether a section of this title says where the money comes from; first: by the likeliest of such titles."""
    if first:
        return fold(title).startswith(fold(_file()["words"]["funding_titles"][0]))
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
    return Names((phrase, True) for phrase in cue_phrases()).words


def cue_phrases() -> list[str]:
    """All phrases of the cues."""
    content = _file()
    listed = {name: words for name, words in content["words"].items() if name != "empty_bare"}
    tables = [words for table in (content["kinds"], content["values"], listed) for words in table.values()]
    near = [words for one in content["together"] for words in one["words"]]
    return [phrase for words in (*tables, *near) for phrase in words]


def _has(text: str, name: str) -> bool:
    return any(True for _ in _list(name).find(text))


@cache
def _file() -> dict[str, Any]:
    return read_toml(_FILE)


@cache
def _bare() -> frozenset[str]:
    words: tuple[str, ...] = _file()["words"]["empty_bare"]
    return frozenset(words)


@cache
def _phrases(table: str) -> Names[str]:
    entries: dict[str, tuple[str, ...]] = _file()[table]
    return Names((phrase, name) for name, phrases in entries.items() for phrase in phrases)


@cache
def _list(name: str) -> Names[bool]:
    phrases: tuple[str, ...] = _file()["words"][name]
    return Names((phrase, True) for phrase in phrases)
