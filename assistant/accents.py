"""Puts the accents back into a question typed without them: "hai chau bi danh" is read as "hai cháu bị đánh".

Of all words that may be meant the likeliest row is taken (Viterbi over words and pairs). Names and phrases of two
words and more are taken as they are known, the longest first: what a question names and asks is never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from assistant.language import Language, Words
from corpus.words import fold, is_accented, nfc, tokens


class Accents:
    """Restores accents by a `Language` of words with accents."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def restored(self, text: str) -> str:
        """The text with accents, its capitals and signs kept; what carries accents already stays as it is."""
        text = nfc(text)
        if is_accented(text):
            return text
        spans = tokens(text)
        typed = [text[start:end] for start, end in spans]
        out, end = [], 0
        for (start, stop), word, found in zip(spans, typed, self._likeliest(self._choices(typed)), strict=True):
            out += [text[end:start], _cased(found, word)]
            end = stop
        return "".join([*out, text[end:]])

    def _choices(self, typed: Sequence[str]) -> list[Sequence[str]]:
        """For every word what it may stand for."""
        words = [word.lower() for word in typed]
        choices: list[Sequence[str]] = [self._written.get(word, (word,)) for word in words]
        at = 0
        while at < len(words):
            phrases = self._phrases_at(words, at)
            for i, written in enumerate(zip(*phrases, strict=True)):
                choices[at + i] = tuple(dict.fromkeys(written))
            at += len(phrases[0]) if phrases else 1
        return choices

    def _phrases_at(self, words: Sequence[str], at: int) -> Sequence[Words]:
        """The longest names or phrases that may stand at a place, as they are written; none of a single word."""
        for length in range(min(self._longest, len(words) - at), 1, -1):
            if known := self._known.get(tuple(words[at : at + length])):
                return known
        return ()

    def _likeliest(self, choices: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest row of words."""
        ways: dict[str, tuple[float, list[str]]] = {"": (0.0, [])}
        for words in choices:
            ways = {word: self._best_way(ways, word) for word in words}
        return max(ways.values(), key=lambda way: way[0])[1]

    def _best_way(self, ways: dict[str, tuple[float, list[str]]], word: str) -> tuple[float, list[str]]:
        score, before = max(
            (
                (score + (self._language.affinity(last, word) if last else 0.0), row)
                for last, (score, row) in ways.items()
            ),
            key=lambda way: way[0],
        )
        return score + self._language.probability(word), [*before, word]

    @cached_property
    def _written(self) -> dict[str, list[str]]:
        """Words without accents, and all they may stand for."""
        found: dict[str, list[str]] = {}
        for word in sorted(self._language.words):  # the same in every run
            found.setdefault(fold(word), []).append(word)
        return found

    @cached_property
    def _known(self) -> dict[Words, list[Words]]:
        """Names and phrases of two words and more by their words without accents."""
        found: dict[Words, list[Words]] = {}
        for phrase in sorted(self._language.phrases):
            if len(phrase) > 1 and is_accented(" ".join(phrase)):
                found.setdefault(tuple(map(fold, phrase)), []).append(phrase)
        return found

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._known), default=0)


def _cased(word: str, typed: str) -> str:
    if fold(word) != fold(typed) or not typed.isalpha():
        return typed
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
