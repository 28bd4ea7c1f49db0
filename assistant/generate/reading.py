"""A passage taken apart: its words, the signs between them, where its sentences begin and where one may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.generate.wording import Phrase, keys_of, of_passages
from corpus.words import key, nfc, tokens

_ABBREVIATED = frozenset({"tp", "tt", "ths", "bs", "gs", "ts", "pgs", "mr", "no"})
_RANGE = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_PERCENT = re.compile(r"(?<=\d)\s+(?=%)")
_QUOTES = re.compile(r"[\s“”\"*]")
_DASHES = re.compile(r"[–—]")
_LATER = re.compile(r"[.!?…]|\.\.\.")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_YEAR, _AND, _FROM = map(key, ("năm", "và", "từ"))
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
    """The words of one passage or of several, as keys.

    signs: what stands before each, and behind the last.  sentences: for each word the number of its sentence; a
    semicolon ends one.  heads: first words of sentences that lean on none before.
    """

    words: Phrase
    signs: tuple[str, ...]
    sentences: tuple[int, ...]
    heads: tuple[int, ...]

    def may_end(self, at: int) -> bool:
        """Whether what is taken of a sentence may end with a word: with its last one; where the sentence denies nothing
        and takes nothing back, also before a purpose or a bracket, behind a date in brackets, and behind the year of a
        target that another one of a later year follows."""
        if self.is_last(at):
            return True
        end, sentence = at + 1, self._sentence(at)
        if of_passages("denials").places(sentence) or of_passages("exceptions").places(sentence):
            return False
        dated = self.signs[end].startswith(")") and "/" in self.words[at]
        before_more = self.signs[end].startswith("(") or of_passages("purposes").ends(self.words, end)
        return bool(dated or before_more or self._is_of_years(at, sentence))

    def is_last(self, at: int) -> bool:
        """Whether a sentence ends with a word."""
        return at + 1 == len(self.words) or self.sentences[at + 1] != self.sentences[at]

    def _is_of_years(self, at: int, sentence: Phrase) -> bool:
        """Whether "… 40% vào năm 2025" ends with a word, of "… 40% vào năm 2025 và 45% vào năm 2030"; what rises or
        falls "từ" one figure is told whole."""
        years = _YEAR.fullmatch(self.words[at]) and _YEAR.fullmatch(sentence[-1])
        listed = self.signs[at + 1] == "," or self.words[at + 1] == _AND
        return bool(years and listed and {self.words[at - 1], sentence[-2]} == {_OF_YEAR} and _FROM not in sentence)

    def _sentence(self, at: int) -> Phrase:
        return tuple(word for word, one in zip(self.words, self.sentences, strict=True) if one == self.sentences[at])


def read(text: str) -> Reading:
    """A passage, taken apart."""
    text = plain(text)
    words = keys(text)
    between = signs(text)
    halts = _whole_lists(text, list(_halts(text, words)))
    sentences = _numbered([bool(halt) for halt in halts])
    stops = _numbered([halt == "." for halt in halts])
    return Reading(words, between, sentences, tuple(_heads(words, sentences, stops)))


def _halts(text: str, words: Phrase) -> Iterator[str]:
    """For each word what ends a sentence before it: "." where a capital or a figure follows, ";", "" for nothing."""
    spans = tokens(text)
    yield from [""] if spans else []
    for at, (left, right) in enumerate(pairwise(spans)):
        gap, first = text[left[1] : right[0]], text[right[0]]
        if "\n" in gap or (_LATER.search(gap) and not first.islower() and words[at] not in _ABBREVIATED):
            yield "."
        else:
            yield ";" if ";" in gap else ""


def _whole_lists(text: str, halts: Sequence[str]) -> list[str]:
    """The same, but no semicolon ends anything where a part begins with a figure: "100% cán bộ tỉnh; 80% cán bộ xã được
    tập huấn" is one sentence."""
    stops = _numbered([halt == "." for halt in halts])
    begins = [text[start] for start, _ in tokens(text)]
    listed = {stops[at] for at, halt in enumerate(halts) if (halt or at == 0) and begins[at].isdigit()}
    return ["" if halt == ";" and stops[at] in listed else halt for at, halt in enumerate(halts)]


def _numbered(begins: Sequence[bool]) -> tuple[int, ...]:
    number, numbers = 0, []
    for begun in begins:
        number += begun
        numbers.append(number)
    return tuple(numbers)


def _heads(words: Phrase, sentences: Sequence[int], stops: Sequence[int]) -> Iterator[int]:
    """The first words of sentences that lean on none before: of a full sentence nothing before them denies."""
    denied = {at for start, end in of_passages("denials").places(words) for at in range(start, end)}
    for at, sentence in enumerate(sentences):
        if at and sentence == sentences[at - 1]:
            continue
        before = (word for word in range(at) if stops[word] == stops[at])
        if at == 0 or (not of_passages("leaning").ends(words, at) and denied.isdisjoint(before)):
            yield at
