"""A passage taken apart: its words, where its sentences and their parts begin, and the words that must not be lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.generate.wording import Phrase, Phrases, of_sources
from corpus.names import agency_names
from corpus.words import key, nfc, tokens

_STOP = re.compile(r"[.!?…]|\n")
_HALT = re.compile(r"[.!?…;]|\n")
_PAUSE = re.compile(r"[,:()–—]|\s-\s")
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


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of one passage or of several, as keys.

    sentences: for each word the number of its sentence, a semicolon ends one.  begins: where a part of a sentence
    begins, at a comma, a bracket, a colon.  heads: where a sentence may be entered, to whether that is behind a colon.
    anchors: words that are never left out between two others.  denied: sentences that an earlier part of the same
    full sentence denies.
    """

    text: str
    words: Phrase
    sentences: tuple[int, ...]
    begins: frozenset[int]
    heads: dict[int, bool]
    anchors: frozenset[int]
    denied: frozenset[int]

    def may_end(self, at: int) -> bool:
        """Whether what is taken of a sentence may end with a word: the rest neither denies nor changes it."""
        end = at + 1
        if end == len(self.words) or self.sentences[end] != self.sentences[at]:
            return True
        if end not in self.begins:
            return False
        rest = self.words[end : self.end_of(at)]
        changed = of_sources("denials").places(rest) or of_sources("exceptions").places(rest)
        return not changed and not of_sources("changes").ends(rest, 0)

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
    inside, named = _inside_names(text, spans)
    sentences = _numbered(gaps, _HALT)
    begins = {at for at, gap in enumerate(gaps) if _PAUSE.search(gap) or (at and sentences[at] != sentences[at - 1])}
    begins |= {at for at, _ in of_sources("adjuncts").places(words) if at - 1 not in _places(words, "denials")}
    numbers = {at for at, (start, end) in enumerate(spans) if any(map(str.isdigit, text[start:end]))}
    anchors = _places(words, "anchors") | named | numbers
    return Reading(
        text,
        words,
        sentences,
        frozenset(begins - inside),
        _heads(gaps, sentences, anchors),
        frozenset(anchors),
        _denied(sentences, _numbered(gaps, _STOP), _places(words, "denials")),
    )


def _numbered(gaps: Sequence[str], end: re.Pattern[str]) -> tuple[int, ...]:
    number, numbers = 0, []
    for gap in gaps:
        number += end.search(gap) is not None
        numbers.append(number)
    return tuple(numbers)


def _places(words: Phrase, name: str) -> set[int]:
    """The places of all words of the phrases of a list."""
    phrases: Phrases = of_sources(name)
    return {at for start, end in phrases.places(words) for at in range(start, end)}


def _inside_names(text: str, spans: Sequence[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """The words within names of bodies but their first, and all words of such names."""
    inside: set[int] = set()
    named: set[int] = set()
    for found in agency_names().find(text):
        held = [at for at, (start, end) in enumerate(spans) if found.span.start <= start and end <= found.span.end]
        named |= set(held)
        inside |= set(held[1:])
    return inside, named


def _heads(gaps: Sequence[str], sentences: Sequence[int], anchors: set[int]) -> dict[int, bool]:
    """The first word of each sentence, and the one behind its first colon where nothing weighty stands before that."""
    heads: dict[int, bool] = {}
    start = 0
    for at, gap in enumerate(gaps):
        if at == 0 or sentences[at] != sentences[at - 1]:
            heads[at], start = False, at
        elif (
            ":" in gap and not any(":" in one for one in gaps[start + 1 : at]) and anchors.isdisjoint(range(start, at))
        ):
            heads[at] = True
    return heads


def _denied(sentences: Sequence[int], stops: Sequence[int], denials: set[int]) -> frozenset[int]:
    first: dict[int, int] = {}
    for at in sorted(denials):
        first.setdefault(stops[at], sentences[at])
    return frozenset(s for s, stop in zip(sentences, stops, strict=True) if stop in first and s > first[stop])
