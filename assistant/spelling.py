"""Mends words that were mistyped: a letter or an accent off, two letters swapped, a blank left out.

A noisy channel (Kernighan, Church and Gale 1990): of all readings of a text the one is taken that is likeliest as
words side by side, less what its slips cost. Which words stand side by side is known from the plans, from the
vocabularies and from the pairs of words of the shipped model. A word is only changed where its neighbours vouch for
the other one: what is merely unknown stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA

from assistant.language import UNKNOWN, Language, Words
from corpus.words import fold, is_vietnamese, nfc, tokens

_SHORTEST = 2  # letters of a word that can be mended
_SHORT = 2  # letters of a word that is only mended where it does not exist
_LONG_FORM = 4  # letters of an abbreviation that can be mended
_ACCENT, _LETTER, _BOTH, _SPLIT = 4.0, 5.0, 6.5, 5.5  # what slips cost, in log-odds
_ROMAN = re.compile(r"[IVX]+")
_MOST = 12  # readings of one word that are weighed
_CLEARLY, _CLEARLY_KNOWN = 2.0, 4.5  # by how much another reading must win, of an unknown word and of a known one


@dataclass(frozen=True, slots=True)
class Reading:
    """What a word may have been meant to be: one word, or two typed as one, and what the slip costs."""

    words: Words
    cost: float


class Speller:
    """Mends questions by a `Language` of the words they are typed in, with accents or without."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._found: dict[str, Sequence[Reading]] = {}

    def mended(self, text: str) -> str:
        """The text with mistyped words replaced.

        What stands in capitals among small letters is an abbreviation and stays.
        """
        text = nfc(text)
        spans = tokens(text)
        typed = [text[start:end] for start, end in spans]
        shouted = text.isupper()
        keys = [fold(word) if self._language.bare else word.lower() for word in typed]
        readings = [
            self._readings(keys, at) if _is_plain(word, shouted) else [Reading((keys[at],), 0.0)]
            for at, word in enumerate(typed)
        ]
        if all(len(one) == 1 for one in readings):
            return text
        best = self._best(readings, keys)
        out, end = [], 0
        for (start, stop), word, own, chosen in zip(spans, typed, keys, best, strict=True):
            out += [text[end:start], word if chosen.words == (own,) else _as_typed(chosen.words, word)]
            end = stop
        return "".join([*out, text[end:]])

    def _readings(self, keys: Sequence[str], at: int) -> list[Reading]:
        """What a word may have been meant to be, itself first; only itself where nothing makes it suspect."""
        own = Reading((keys[at],), 0.0)
        known = self._language.probability(keys[at]) > UNKNOWN
        if known and self._is_vouched(keys, at):
            return [own]
        others = [*self._near(keys[at]), *self._split(keys[at])]
        if known:  # a word that exists is another one only where that is clear; a short one is not
            others = [one for one in others if one.cost <= _ACCENT or len(keys[at]) > _SHORT]
            others = [Reading(one.words, one.cost + _CLEARLY_KNOWN - _CLEARLY) for one in others]
        others.sort(key=lambda one: one.cost - max(self._language.probability(word) for word in one.words))
        return [own, *others[:_MOST]]

    def _is_vouched(self, keys: Sequence[str], at: int) -> bool:
        """Whether a neighbour goes with a word, or it has none."""
        before = keys[at - 1] if at else ""
        after = keys[at + 1] if at + 1 < len(keys) else ""
        return bool(
            (before and self._language.affinity(before, keys[at]))
            or (after and self._language.affinity(keys[at], after))
        )

    def _best(self, readings: Sequence[list[Reading]], keys: Sequence[str]) -> list[Reading]:
        """The likeliest way through the readings (Viterbi), itself wherever no neighbour vouches for another."""
        scores: list[list[float]] = []
        back: list[list[int]] = []
        for at, choices in enumerate(readings):
            own = [self._own_score(one, own=(keys[at],)) for one in choices]
            if not at:
                scores.append(own)
                back.append([0] * len(choices))
                continue
            ways = [
                max(
                    (scores[-1][i] + self._language.affinity(b.words[-1], one.words[0]), -i)
                    for i, b in enumerate(readings[at - 1])
                )
                for one in choices
            ]
            scores.append([score + way for score, (way, _) in zip(own, ways, strict=True)])
            back.append([-place for _, place in ways])
        chosen = [max(range(len(scores[-1])), key=lambda i: scores[-1][i])] if scores else []
        for places in reversed(back[1:]):
            chosen.append(places[chosen[-1]])
        found = [choices[place] for choices, place in zip(readings, reversed(chosen), strict=True)]
        return [self._if_vouched(found, at, readings[at][0]) for at in range(len(found))]

    def _own_score(self, reading: Reading, own: Words) -> float:
        inside = sum(self._language.affinity(one, two) for one, two in pairwise(reading.words))
        changed = 0.0 if reading.words == own else _CLEARLY
        # of two words the second is paid for by the blank that was left out
        return min(self._language.probability(word) for word in reading.words) + inside - reading.cost - changed

    def _if_vouched(self, found: Sequence[Reading], at: int, own: Reading) -> Reading:
        reading = found[at]
        if reading is own or (not self._language.bare and not is_vietnamese(own.words[0])):
            return reading  # what is no syllable at all is a slip whatever stands beside it
        before = found[at - 1].words[-1] if at else ""
        after = found[at + 1].words[0] if at + 1 < len(found) else ""
        row = [word for word in (before, *reading.words, after) if word]
        return reading if any(self._language.affinity(one, two) for one, two in pairwise(row)) else own

    def _near(self, word: str) -> Sequence[Reading]:
        """Words one slip away."""
        if word not in self._found:
            self._found[word] = list(self._slips(word))
        return self._found[word]

    def _slips(self, word: str) -> Iterator[Reading]:
        for other in sorted(self._lexicon.near(fold(word))):  # the same in every run
            if other == word:
                continue
            if fold(other) == fold(word):
                yield Reading((other,), _ACCENT)
            elif OSA.distance(word, other, score_cutoff=1) <= 1:
                yield Reading((other,), _LETTER)
            elif len(word) > _SHORT + 1:  # "soi" is not "số"
                yield Reading((other,), _BOTH)

    def _split(self, word: str) -> Iterator[Reading]:
        """Two words that were typed as one: "ytế"."""
        for at in range(1, len(word)):
            one, two = word[:at], word[at:]
            if min(self._language.probability(part) for part in (one, two)) > UNKNOWN:
                yield Reading((one, two), _SPLIT)

    @cached_property
    def _lexicon(self) -> Lexicon:
        """All words that a slip is taken back to."""
        return Lexicon(self._language.words)


class Lexicon:
    """Words found by what they may have been mistyped as: those whose letters less one are those typed less one."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(word for word in words if word.isalpha())
        self._by_letters: dict[str, list[str]] = {}
        for word in self.words:
            for letters in _with_one_less(fold(word)):
                self._by_letters.setdefault(letters, []).append(word)

    def near(self, letters: str) -> set[str]:
        """The words at most one slip away from some letters without accents (Garbe 2012, SymSpell)."""
        found = (word for less in _with_one_less(letters) for word in self._by_letters.get(less, ()))
        return {word for word in found if OSA.distance(fold(word), letters, score_cutoff=1) <= 1}


def _with_one_less(letters: str) -> set[str]:
    return {letters, *(letters[:at] + letters[at + 1 :] for at in range(len(letters)))}


def _is_plain(word: str, shouted: bool) -> bool:
    """Whether a word may be mended: letters only, no short abbreviation, no Roman numeral."""
    if _ROMAN.fullmatch(word):
        return False
    return len(word) >= _SHORTEST and word.isalpha() and (shouted or not word.isupper() or len(word) >= _LONG_FORM)


def _as_typed(words: Words, typed: str) -> str:
    """Other words with the capitals of what was typed; of two words typed as one, what was typed with a blank."""
    if len(words) > 1:
        return f"{typed[: len(words[0])]} {typed[len(words[0]) :]}"
    if typed.isupper() and len(typed) > 1:
        return words[0].upper()
    return words[0][0].upper() + words[0][1:] if typed[0].isupper() else words[0]
