"""Texts to token ids, exactly as tokenizer.json says, several times as fast as the library it is written for.

A token of the model is a word, a pair of neighbouring words, or a piece that other words are spelt from. None
reaches into a third word, so the likeliest reading of a text (Unigram, Kudo 2018) is found from word to word.
tests/test_segmenting.py holds every id to the `tokenizers` library.
"""

from __future__ import annotations

import gc
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

SPACE = "▁"
UNKNOWN = "<unk>"
#: Both places where a tone is written at the end of a word; the first is the one kept (hòa, not hoà).
TONES = {"òa óa ỏa õa ọa": "oà oá oả oã oạ", "òe óe ỏe õe ọe": "oè oé oẻ oẽ oẹ", "ùy úy ủy ũy ụy": "uỳ uý uỷ uỹ uỵ"}
#: What an unknown letter costs below the rarest token, as in the tokenizers library.
UNKNOWN_PENALTY = 10.0
#: What a reading that stands for two words ends with.
PAIR = -1
#: The information of a word that is rare or not known at all.
RAREST = 13.0
#: Words remembered; beyond that they are looked up anew.
REMEMBERED = 200_000

_HALF = 32  # bits of an id in the key of a pair
_WORD = re.compile(r"[^\W_]+")
_LATE_TONES = {
    late: kept for keeps, lates in TONES.items() for kept, late in zip(keeps.split(), lates.split(), strict=True)
}


def words_of(text: str) -> list[str]:
    """A text's words and numbers as the model knows them: NFC, lower case, one way to write a tone.

    >>> words_of("Hoà Bình, ngày 5/6")
    ['hòa', 'bình', 'ngày', '5', '6']
    """
    return [word if word.isascii() else _usual(word) for word in _found(text)]


def _found(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).replace("Σ", "σ").lower())  # lower() alone may give ς


class Reading(NamedTuple):
    """Ids and their log-probability."""

    score: float
    ids: tuple[int, ...]


class Unit(NamedTuple):
    """How a word is read by itself: its ids, their log-probability, its id if it is one token, else -1.

    heads: of a spelt word, the known words it begins with: where each ends, and its id.
    """

    ids: tuple[int, ...]
    score: float
    whole: int
    heads: tuple[tuple[int, int], ...] = ()


class Segmenter:
    """A tokenizer by the content of its tokenizer.json. Raises ValueError, LookupError, TypeError where it is none."""

    def __init__(self, content: str | bytes) -> None:
        with _uncollected():
            model = json.loads(content)["model"]
        if model["type"] != "Unigram":
            raise ValueError(f"Unigram expected, {model['type']} found")
        self._ids: dict[str, int] = {token: place for place, (token, _) in enumerate(model["vocab"])}
        self._scores: list[float] = [score for _, score in model["vocab"]]
        self._unknown = int(model["unk_id"])
        self._unknown_score = min(self._scores) - UNKNOWN_PENALTY
        self._pairs: dict[int, int] = {}
        self._longest_word = self._longest_piece = 1
        for token, place in self._ids.items():
            if SPACE in token[1:]:
                first, second = token[1:].split(SPACE)
                self._pairs[self._ids[SPACE + first] << _HALF | self._ids[SPACE + second]] = place
            elif token[0] == SPACE:
                self._longest_word = max(self._longest_word, len(token))
            else:
                self._longest_piece = max(self._longest_piece, len(token))
        self._units: dict[str, Unit] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self, text: str) -> list[int]:
        """The ids of a text's tokens, in order; none for a text without letters and digits."""
        units, pairs, scores = self._units, self._pairs, self._scores
        chosen: list[tuple[int, ...]] = []  # for every word, the ids read last if the text ended there
        before = best = 0.0  # log-probability of the reading up to the word before the last, and up to the last
        last = -1
        for word in _found(text):
            unit = units.get(word) or self._unit(word)
            alone = best + unit.score
            pair = pairs.get(last << _HALF | unit.whole) if last >= 0 <= unit.whole else None
            if pair is not None and before + scores[pair] >= alone:
                before, best = best, before + scores[pair]
                chosen.append((pair, PAIR))
            elif unit.heads and (headed := self._headed(last, word, unit)) and before + headed.score >= alone:
                before, best = best, before + headed.score
                chosen.append((*headed.ids, PAIR))
            else:
                before, best = best, alone
                chosen.append(unit.ids)
            last = unit.whole
        return _backwards(chosen)

    def information(self, word: str) -> float:
        """How much a word says by how rare it is in general: -ln of its share of all words, RAREST at most.

        A word without accents counts as all the words it may stand for.
        """
        word = word.lower()
        unit = self._units.get(word) or self._unit(word)
        return min(-unit.score, RAREST) if unit.whole >= 0 else RAREST

    def known(self, word: str) -> float | None:
        """The log-probability of a word that is one token by itself, None for any other; lower case is expected."""
        unit = self._units.get(word) or self._unit(word)
        return unit.score if unit.whole >= 0 else None

    def affinity(self, one: str, two: str) -> float:
        """How much likelier two words are to stand side by side than by chance, ln; 0 where they are no token."""
        first, second = (self._units.get(word) or self._unit(word) for word in (one, two))
        pair = self._pairs.get(first.whole << _HALF | second.whole) if first.whole >= 0 <= second.whole else None
        return 0.0 if pair is None else max(0.0, self._scores[pair] - first.score - second.score)

    def words(self) -> Iterator[str]:
        """All words that are one token by themselves."""
        return (token[1:] for token in self._ids if token[0] == SPACE and SPACE not in token[1:])

    def _unit(self, word: str) -> Unit:
        """A word, or another way to write it, as one token or spelt."""
        usual = _usual(word)
        place = self._ids.get(SPACE + usual)
        unit = self._spelt(usual) if place is None else Unit((place,), self._scores[place], place)
        if len(self._units) < REMEMBERED and len(word) <= self._longest_word:
            self._units[word] = unit
        return unit

    def _spelt(self, word: str) -> Unit:
        """A word by its likeliest pieces."""
        whole = self._read(SPACE + word)
        known = ((end, self._ids.get(SPACE + word[:end])) for end in range(1, min(len(word), self._longest_word)))
        heads = tuple((end, place) for end, place in known if place is not None)
        return Unit(whole.ids, whole.score, -1, heads)

    def _headed(self, last: int, word: str, unit: Unit) -> Reading | None:
        """The likeliest pair of the word before with what a spelt word begins with, and the rest of that word."""
        word = _usual(word)
        found = []
        for end, head in unit.heads if last >= 0 else ():
            pair = self._pairs.get(last << _HALF | head)
            if pair is not None:
                rest = self._read(word[end:])
                found.append(Reading(self._scores[pair] + rest.score, (pair, *rest.ids)))
        return max(found, default=None)

    def _read(self, text: str) -> Reading:
        """The likeliest tokens of a word or the rest of one; unknown letters in a row are one unknown token."""
        scores = [0.0, *[-math.inf] * len(text)]
        back = [(0, self._unknown)] * (len(text) + 1)
        for start in range(len(text)):
            longest = self._longest_word if text[start] == SPACE else self._longest_piece
            for end in range(start + 1, min(len(text), start + longest) + 1):
                place = self._ids.get(text[start:end])
                own = self._scores[place] if place is not None else self._unknown_score
                if (place is not None or end == start + 1) and scores[start] + own > scores[end]:
                    scores[end] = scores[start] + own
                    back[end] = (start, self._unknown if place is None else place)
        ids: list[int] = []
        end = len(text)
        while end:
            end, place = back[end]
            if place != self._unknown or ids[-1:] != [self._unknown]:
                ids.append(place)
        return Reading(scores[-1], tuple(reversed(ids)))


def _backwards(chosen: list[tuple[int, ...]]) -> list[int]:
    """The reading that ends with the last word; one that ends in PAIR stands for the word before it too."""
    ids: list[int] = []
    at = len(chosen) - 1
    while at >= 0:
        two = chosen[at][-1] == PAIR
        ids.extend(reversed(chosen[at][:-1] if two else chosen[at]))
        at -= 2 if two else 1
    ids.reverse()
    return ids


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go through tens of thousands of small lists again and again."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def _usual(word: str) -> str:
    """A word with the crossed d of any keyboard and its tone where the model has it.

    >>> _usual("hoà"), _usual("quỳ"), _usual("ði")
    ('hòa', 'quỳ', 'đi')
    """
    word = word.replace("ð", "đ")
    kept = _LATE_TONES.get(word[-2:])
    return word[:-2] + kept if kept and word[-3:-2] != "q" else word
