"""Which plans a question names by their own numbers: "Kế hoạch 12/KH-UBND", "kế hoạch số 12", "plan 12/KH-UBND"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from corpus.document import Document, Span
from corpus.mentions import symbol_key
from corpus.vocabulary import layout
from corpus.words import fold

_DIGITS = r"(?<![\w/.,-])\d+"
_LETTERS = r"[a-zđư&]{2,}\w{0,4}"
#: With its symbol, in any case and with blanks at its signs: "12/KH-UBND", "12 / kh–ubnd", "9/2024/QĐ-UBND", "12/KH".
_NUMBER = re.compile(
    rf"{_DIGITS}\s?[/-]\s?(?:(?:19|20)\d\d\s?[/-]\s?)?{_LETTERS}(?:\s?[-–/]\s?{_LETTERS})*", re.IGNORECASE
)
_BARE = re.compile(
    r"\s*(?:(?:so|no\.?|number)\s*:?\s*(\d{1,5})\b(?![/-]|[.,]\d)"
    r"|(\d{1,5})(?=\W*$|[,?!:]\s|\s+(?:cua|nam (?:19|20)|ngay|co|con|do|thi|dat|giao|of|by|was|is)\b))"
)


def numbers_named(text: str) -> list[Span]:
    """Where numbers of documents stand in a question, with their symbols.

    >>> [text[one.start : one.end] for text in ["Kế hoạch 12/KH-UBND còn hiệu lực?"] for one in numbers_named(text)]
    ['12/KH-UBND']
    """
    return [Span(*match.span()) for match in _NUMBER.finditer(text)]


def with_number(numbers: Sequence[str], text: str, documents: Iterable[Document]) -> list[Document]:
    """The plans whose own number is one of those named, or stands bare behind the name of their kind in a question."""
    bare = set(_bare(fold(text)))
    if not numbers and not bare:
        return []
    return [one for one in documents if _is_bare(one, bare) or any(is_number_of(one, number) for number in numbers)]


def is_number_of(document: Document, named: str) -> bool:
    """Whether a number with a symbol is a document's own; of the symbol its first part is enough: "12/KH"."""
    own = document.metadata.number
    if own is None or _first(own.value) != _first(named):
        return False
    said = symbol_key(_without_year(named))
    return bool(said) and symbol_key(_without_year(own.value)).startswith(said)


def _bare(words: str) -> Iterator[tuple[str, str]]:
    """The kinds and the numbers of "kế hoạch số 12", "plan 12"."""
    for name, kind in _kinds().items():
        for match in re.finditer(rf"\b{name}\b", words):
            if number := _BARE.match(words, match.end()):
                yield kind, (number[1] or number[2]).lstrip("0")


def _is_bare(document: Document, bare: Collection[tuple[str, str]]) -> bool:
    own, kind = document.metadata.number, document.metadata.kind
    return bool(bare) and own is not None and kind is not None and (fold(kind.value), _first(own.value)) in bare


@cache
def _kinds() -> dict[str, str]:
    """What a question calls the kinds of texts, without accents, and what they are."""
    own = {fold(kind): fold(kind) for kind in layout().kinds}
    return own | {"plan": "ke hoach", "decision": "quyet dinh", "programme": "chuong trinh"}


def _first(number: str) -> str:
    return re.split(r"\D", number.strip(), maxsplit=1)[0].lstrip("0")


def _without_year(number: str) -> str:
    return re.sub(r"(?<=[/-])\s?(?:19|20)\d\d\s?[/-]", "", number)


def others_than(documents: Sequence[Document], references: Sequence[str]) -> tuple[str, ...]:
    """The numbers named that are none of some plans' own."""
    own = {_first(one.metadata.number.value) for one in documents if one.metadata.number}
    return tuple(one for one in references if _first(one) not in own)
