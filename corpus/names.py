"""Finds names of the closed vocabularies in a text, whatever their spelling: the longest name wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from corpus.document import Span
from corpus.vocabulary import Agency, Province, agencies, provinces
from corpus.words import fold, key, nfc, tokens

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A name that stands in a text, and where."""

    value: T
    span: Span


class Names(Generic[T]):
    """Names to things. A word typed with accents must match them; one typed without matches any."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._exact: dict[tuple[str, ...], T] = {}
        self._folded: dict[tuple[str, ...], list[tuple[tuple[str, ...], T]]] = {}
        for name, value in entries:
            words = [nfc(name)[start:end] for start, end in tokens(nfc(name))]
            keys, plain = tuple(map(key, words)), tuple(map(fold, words))
            if keys and keys not in self._exact:
                self._exact[keys] = value
                self._folded.setdefault(plain, []).append((keys, value))
        self._longest = max(map(len, self._exact), default=0)

    def find(self, text: str) -> Iterator[Found[T]]:
        """The names in a text, left to right, none overlapping; offsets are those of the NFC text."""
        text = nfc(text)
        spans = tokens(text)
        words = [text[start:end] for start, end in spans]
        keys, plain = [key(word) for word in words], [fold(word) for word in words]
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 0, -1):
                value = self._match(keys[at : at + length], plain[at : at + length])
                if value is not None:
                    yield Found(value, Span(spans[at][0], spans[at + length - 1][1]))
                    at += length
                    break
            else:
                at += 1

    def _match(self, keys: list[str], plain: list[str]) -> T | None:
        exact = self._exact.get(tuple(keys))
        if exact is not None:
            return exact
        for known, value in self._folded.get(tuple(plain), ()):
            if all(typed in (name, key(bare)) for typed, name, bare in zip(keys, known, plain, strict=True)):
                return value
        return None


@cache
def province_names() -> Names[Province]:
    """Provinces by their names and aliases."""
    return Names((name, place) for place in provinces() for name in (place.name, *place.aliases))


@cache
def agency_names() -> Names[Agency]:
    """Agencies by their names, aliases and English names."""
    return Names((name, body) for body in agencies() for name in (body.name, *body.aliases, *body.english))


def by_name(things: Iterable[T]) -> Mapping[str, T]:
    """Entries of a vocabulary by their official names."""
    return {thing.name: thing for thing in things}  # type: ignore[attr-defined]
