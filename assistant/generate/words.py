"""A text as its words and the signs between them, in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.words import key, nfc, tokens

#: A phrase as the keys of its words.
Phrase = tuple[str, ...]

_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s+(?=%)")
_QUOTES = re.compile(r"[\s“”\"*]")
_DASHES = re.compile(r"[–—]")


def plain(text: str) -> str:
    """A text in one spelling: NFC, "2021 – 2030" as "2021-2030", "90 %" as "90%"."""
    return _PERCENT.sub("", _RANGE.sub("-", nfc(text)))


def keys(text: str) -> Phrase:
    """The words of a text in that spelling, as keys: lower case, one spelling for each syllable."""
    text = plain(text)
    return tuple(key(text[start:end]) for start, end in tokens(text))


def signs(text: str) -> tuple[str, ...]:
    """What stands before each word of a text in that spelling, and behind the last: without blanks, quotation marks and
    stars, all dashes as one.

    >>> signs("Gồm: 8 loại (vắc xin) – 2%.")
    ('', ':', '', '(', '', ')-', '.')
    """
    text = plain(text)
    edges = [0, *(edge for span in tokens(text) for edge in span), len(text)]
    gaps = (text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return tuple(_DASHES.sub("-", _QUOTES.sub("", gap)) for gap in gaps)


def figures(text: str) -> set[str]:
    """The words of a text that hold a digit, in that spelling.

    >>> sorted(figures("Đạt 90 % giai đoạn 2021 – 2030"))
    ['2021-2030', '90%']
    """
    text = plain(text)
    return {word for start, end in tokens(text) if any(map(str.isdigit, word := text[start:end]))}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text, what stands before each, and behind the last."""

    words: Phrase
    signs: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Said:
        """Of a text as it was written."""
        return cls(keys(text), signs(text))
