"""A passage taken apart: its words, the signs between them, where its sentences begin and where one may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from assistant.generate.wording import Phrase, keys_of, of_passages
from corpus.words import nfc, tokens

_ABBREVIATED = frozenset({"tp", "tt", "ths", "bs", "gs", "ts", "pgs", "mr", "no"})
_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s+(?=%)")
_QUOTES = re.compile(r"[\s“”\"*]")
_DASHES = re.compile(r"[–—]")
_LATER = re.compile(r"[.!?…]|\.\.\.")
HALTS = ("", ".", ";")  # signs at the end of a sentence, taken for one another


def plain(text: str) -> str:
    """A text in one spelling: NFC, "2021 – 2030" as "2021-2030", "90 %" as "90%"."""
    return _PERCENT.sub("", _RANGE.sub("-", nfc(text)))


def keys(text: str) -> Phrase:
    """The words of a text in that spelling, as keys."""
    return keys_of(plain(text))


def signs(text: str) -> tuple[str, ...]:
    """What stands before each word of a text in that spelling, and behind the last: without blanks, quotation marks and
    stars, all dashes as one.

    >>> signs("Gồm: 8 loại (vắc xin) – 2%.")
    ('', ':', '', '(', '', ')-', '.')
    """
    spans = tokens(text)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
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
class Reading:
    """The words of one passage, as keys.

    signs: what stands before each, and behind the last.  sentences: for each word the number of its sentence; a
    semicolon ends none, as what stands behind it may lean on what stands before.  heads: first words of sentences that
    lean on none before.
    """

    words: Phrase
    signs: tuple[str, ...]
    sentences: tuple[int, ...]
    heads: tuple[int, ...]

    def is_last(self, at: int) -> bool:
        """Whether a sentence ends with a word; a colon behind it leads on."""
        if ":" in self.signs[at + 1]:
            return False
        return at + 1 == len(self.words) or self.sentences[at + 1] != self.sentences[at]


def read(text: str) -> Reading:
    """A passage, taken apart."""
    text = plain(text)
    words = keys(text)
    between, sentences = signs(text), tuple(accumulate(_stops(text, words)))
    return Reading(words, between, sentences, tuple(_heads(words, between, sentences)))


def _stops(text: str, words: Phrase) -> Iterator[bool]:
    """For each word whether a sentence ends before it: at a stop where no small letter follows, and with a line."""
    spans = tokens(text)
    yield from [False] if spans else []
    for at, (left, right) in enumerate(pairwise(spans)):
        gap, first = text[left[1] : right[0]], text[right[0]]
        yield "\n" in gap or bool(_LATER.search(gap) and not first.islower() and words[at] not in _ABBREVIATED)


def _heads(words: Phrase, between: Sequence[str], sentences: Sequence[int]) -> Iterator[int]:
    """The first words of sentences that lean on none before: no colon leads on to them."""
    for at, sentence in enumerate(sentences):
        begins = at == 0 or sentence != sentences[at - 1]
        if begins and not (at and (":" in between[at] or of_passages("leaning").ends(words, at))):
            yield at
