"""A passage taken apart: its words, where its sentences and their parts begin, and the words that must not be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.generate.wording import Phrase, of_sources
from corpus.names import agency_names
from corpus.words import key, nfc, tokens

_STOP = re.compile(r"[.!?…]|\n")
_HALT = re.compile(r"[.!?…;]|\n")
_PAUSE = re.compile(r"[,:()–—]|\s-\s")
_SIGN = re.compile(r"[.,;:!?…()]")
_COUNTED = 2  # words behind a figure that say what it counts
_ABBREVIATED = frozenset({"tp", "tt", "ths", "bs", "gs", "ts", "pgs", "mr", "no"})
_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s+(?=%)")


def plain(text: str) -> str:
    """A text in one spelling: NFC, "2021 – 2030" as "2021-2030", "90 %" as "90%"."""
    return _PERCENT.sub("", _RANGE.sub("-", nfc(text)))


def keys(text: str) -> Phrase:
    """The words of a text in that spelling, as keys."""
    text = plain(text)
    return tuple(key(text[start:end]) for start, end in tokens(text))


def figures(text: str) -> set[str]:
    """The words of a text that hold a digit, in that spelling.

    >>> sorted(figures("Đạt 90 % giai đoạn 2021 – 2030"))
    ['2021-2030', '90%']
    """
    text = plain(text)
    return {word for start, end in tokens(text) if any(map(str.isdigit, word := text[start:end]))}


def pauses(text: str, spans: Sequence[tuple[int, int]]) -> tuple[bool, ...]:
    """For each word whether a sign stands before it at which one pauses; the first has none."""
    gaps = (text[left[1] : right[0]] for left, right in pairwise(spans))
    return (False, *(_SIGN.search(gap) is not None for gap in gaps))[: len(spans)]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one passage or of several, as keys.

    sentences: for each word the number of its sentence; a semicolon ends one.  paused: whether a sign stands before it.
    begins: where a part of a sentence begins, at a comma, a bracket, a colon, a word like "nhằm".  heads: where a
    sentence may be entered that leans on no other.  counts: figures that count something.
    """

    words: Phrase
    sentences: tuple[int, ...]
    paused: tuple[bool, ...]
    begins: frozenset[int]
    heads: tuple[int, ...]
    counts: frozenset[int]

    def may_end(self, at: int) -> bool:
        """Whether what is taken of a sentence may end with a word: the rest neither denies nor changes it, and no
        "15 xã" is made of "15 xã, phường"."""
        end = at + 1
        if self.is_last(at):
            return True
        if end not in self.begins or not self.counts.isdisjoint(range(at - _COUNTED, at + 1)):
            return False
        rest = self.words[end : self.end_of(at)]
        changed = of_sources("denials").places(rest) or of_sources("exceptions").places(rest)
        return not changed and not of_sources("changes").ends(rest, 0)

    def is_last(self, at: int) -> bool:
        """Whether a sentence ends with a word."""
        return at + 1 == len(self.words) or self.sentences[at + 1] != self.sentences[at]

    def end_of(self, at: int) -> int:
        """Where the sentence of a word ends."""
        end = at
        while end < len(self.words) and self.sentences[end] == self.sentences[at]:
            end += 1
        return end


def read(text: str) -> Reading:
    """A passage, taken apart."""
    text = plain(text)
    spans = tokens(text)
    words = tuple(key(text[start:end]) for start, end in spans)
    gaps = ["", *(text[left[1] : right[0]] for left, right in pairwise(spans))]
    gaps = ["" if at and words[at - 1] in _ABBREVIATED else gap for at, gap in enumerate(gaps)]
    sentences = _numbered(gaps, _HALT)
    begins = {at for at, gap in enumerate(gaps) if _PAUSE.search(gap)}
    begins |= {at for at, _ in of_sources("adjuncts").places(words) if at - 1 not in _places(words, "denials")}
    numbers = {at for at, (start, end) in enumerate(spans) if text[start:end].replace(".", "").isdigit()}
    times = {end for _, end in of_sources("times").places(words)}
    return Reading(
        words,
        sentences,
        pauses(text, spans),
        frozenset(begins - _inside_names(text, spans)),
        tuple(_heads(words, sentences, _numbered(gaps, _STOP))),
        frozenset(numbers - times),
    )


def _numbered(gaps: Sequence[str], end: re.Pattern[str]) -> tuple[int, ...]:
    number, numbers = 0, []
    for gap in gaps:
        number += end.search(gap) is not None
        numbers.append(number)
    return tuple(numbers)


def _places(words: Phrase, name: str) -> set[int]:
    """The places of all words of the phrases of a list."""
    return {at for start, end in of_sources(name).places(words) for at in range(start, end)}


def _inside_names(text: str, spans: Sequence[tuple[int, int]]) -> set[int]:
    """The words within names of bodies but their first."""
    inside: set[int] = set()
    for found in agency_names().find(text):
        held = [at for at, (start, end) in enumerate(spans) if found.span.start <= start and end <= found.span.end]
        inside |= set(held[1:])
    return inside


def _heads(words: Phrase, sentences: Sequence[int], stops: Sequence[int]) -> Iterator[int]:
    """The first words of sentences that lean on none before: of a full sentence nothing before them denies."""
    denied = _places(words, "denials")
    for at, sentence in enumerate(sentences):
        if at and sentence == sentences[at - 1]:
            continue
        before = (word for word in range(at) if stops[word] == stops[at])
        if at == 0 or (not of_sources("leaning").ends(words, at) and denied.isdisjoint(before)):
            yield at
