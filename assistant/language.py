"""What is likely to be typed: words and pairs of words, as known from plans, vocabularies and the shipped model.

All figures are natural logarithms. A word's probability is about its share of all words; the affinity of two words
says how much likelier they are side by side than by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import pairwise
from math import log1p
from typing import TypeVar

from corpus.words import fold, is_accented, is_vietnamese, key, nfc, tokens
from index.embedding.segmenting import Segmenter

T = TypeVar("T")
#: Tells how many passages hold a word or a pair "a_b"; the flag asks for the unaccented form.
Count = Callable[[str, bool], int]
Words = tuple[str, ...]

UNKNOWN = -17.0  # of a word never seen
_OWN, _COMMON = -10.0, -5.0  # of a word that hardly any passage holds, and of one that many hold
_OF_MODEL = 0.6  # how far the model is believed, and plans for the rest
_SAID = -7.5  # of a word of names and phrases
_RARE = -11.5  # of the rarest word of the model that is taken for one
_IN_PLANS, _FOR_EACH, _IN_PHRASES = 2.0, 0.8, 6.0  # what a pair gains by plans, by each e times as many, by phrases
_KEPT = 100_000  # words and pairs that are remembered


class Language:
    """The words of plans (`count`, `plan_words`), of names and phrases, and of the model; `bare`: without accents."""

    def __init__(
        self,
        count: Count,
        plan_words: Callable[[], Iterable[str]],
        phrases: Iterable[str],
        model: Segmenter,
        bare: bool = False,
    ) -> None:
        self._count, self._plan_words, self._model, self.bare = count, plan_words, model, bare
        self._phrases = tuple(phrases)
        self._probabilities: dict[str, float] = {}
        self._affinities: dict[tuple[str, str], float] = {}

    def probability(self, word: str) -> float:
        """The log-probability of a word in lower case; UNKNOWN where nothing holds it."""
        if word not in self._probabilities:
            _bounded(self._probabilities)[word] = self._probability(word)
        return self._probabilities[word]

    def affinity(self, one: str, two: str) -> float:
        """How much likelier two words are side by side than by chance; 0 where nothing is known of them."""
        pair = one, two
        if pair not in self._affinities:
            _bounded(self._affinities)[pair] = self._affinity(one, two)
        return self._affinities[pair]

    @cached_property
    def phrases(self) -> frozenset[Words]:
        """The names and phrases, word by word."""
        lower = {self._form(nfc(phrase).lower()) for phrase in self._phrases}
        return frozenset(tuple(text[start:end] for start, end in tokens(text)) for text in lower)

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that something mistyped may have been meant to be."""
        common = (word for word in self._model.words() if is_accented(word) and (self._model.known(word) or 0) > _RARE)
        found = {*self._plan_words(), *(word for phrase in self.phrases for word in phrase), *common}
        return frozenset(self._form(word) for word in found if word.isalpha())

    def _form(self, text: str) -> str:
        return fold(text) if self.bare else text

    def _probability(self, word: str) -> float:
        held = self._count(fold(word) if self.bare else key(word), self.bare)
        known = self._model.known(word) if self.bare or is_accented(word) else None
        if known is not None and (is_vietnamese(word) or known > _RARE):
            found = _OF_MODEL * max(known, _RARE) + (1 - _OF_MODEL) * (_OWN + log1p(held))
        else:
            found = min(_OWN + log1p(held), _COMMON) if held else UNKNOWN
        return max(found, _SAID if word in self._said else UNKNOWN)

    def _affinity(self, one: str, two: str) -> float:
        # the model has read texts without accents too: of two words without any it knows nothing
        gains = [self._model.affinity(one, two) if self.bare or is_accented(f"{one} {two}") else 0.0]
        pair = f"{fold(one)}_{fold(two)}" if self.bare else f"{key(one)}_{key(two)}"
        if held := self._count(pair, self.bare):
            gains.append(_IN_PLANS + _FOR_EACH * log1p(held))
        if (one, two) in self._pairs:
            gains.append(_IN_PHRASES)
        return max(gains)

    @cached_property
    def _said(self) -> frozenset[str]:
        return frozenset(word for phrase in self.phrases for word in phrase)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for phrase in self.phrases for pair in pairwise(phrase))


def _bounded(remembered: dict[T, float]) -> dict[T, float]:
    """A memory that begins anew when it is full: what visitors type must not fill the machine."""
    if len(remembered) >= _KEPT:
        remembered.clear()
    return remembered
