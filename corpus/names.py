"""Finds names of the closed vocabularies in a text, whatever their spelling: the longest name wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, TypeVar

from corpus.document import Span
from corpus.vocabulary import Agency, Province, Term, agencies, agency_not_after, contrasts, matters, provinces, terms
from corpus.words import fold, is_accented, key, nfc, tokens

T = TypeVar("T")

_KEPT = 2000  # characters: the words of longer texts are not remembered
_SAME_SHORT = frozenset({"Hà Giang", "Hậu Giang"})  # both would be "HGiang"


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A name that stands in a text, and where."""

    value: T
    span: Span


class Names(Generic[T]):
    """Names to things. A word typed with accents must match them; one typed without matches any.

    In an accented text a single word is taken as it is written: "tai" is not "tại" there.
    not_after: a name's first word to a word that must not stand before it: in "cơ sở y tế" there is no "Sở Y tế".
    """

    def __init__(self, entries: Iterable[tuple[str, T]], not_after: Mapping[str, str] | None = None) -> None:
        self._not_after = {key(word): key(before) for word, before in (not_after or {}).items()}
        self._exact: dict[tuple[str, ...], T] = {}
        self._folded: dict[tuple[str, ...], list[tuple[tuple[str, ...], T]]] = {}
        for name, value in entries:
            words = [nfc(name)[start:end] for start, end in tokens(nfc(name))]
            keys, plain = tuple(map(key, words)), tuple(map(_plain, words))
            if keys and keys not in self._exact:
                self._exact[keys] = value
                self._folded.setdefault(plain, []).append((keys, value))
        self._longest = max(map(len, self._exact), default=0)
        self._first = frozenset(names[0] for names in (*self._exact, *self._folded))

    @property
    def words(self) -> frozenset[str]:
        """All words of the names: without accents, and as `corpus.words.key` has them."""
        return frozenset(word for names in (self._folded, self._exact) for name in names for word in name)

    def find(self, text: str) -> Iterator[Found[T]]:
        """The names in a text, left to right, none overlapping; offsets are those of the NFC text."""
        read = _typed if len(text) <= _KEPT else _typed.__wrapped__
        spans, keys, plain, either, accented = read(nfc(text))
        if self._first.isdisjoint(either):  # as most lists are for most texts
            return
        loose = 2 if accented else 1  # words a name must have to be found without its accents
        at = 0
        while at < len(keys):
            if plain[at] not in self._first and keys[at] not in self._first:
                at += 1
                continue
            if at and self._not_after.get(keys[at]) == keys[at - 1]:
                at += 1
                continue
            for length in range(min(self._longest, len(keys) - at), 0, -1):
                value = self._match(keys[at : at + length], plain[at : at + length], length >= loose)
                if value is not None:
                    yield Found(value, Span(spans[at][0], spans[at + length - 1][1]))
                    at += length
                    break
            else:
                at += 1

    def _match(self, keys: list[str], plain: list[str], loosely: bool) -> T | None:
        exact = self._exact.get(tuple(keys))
        if exact is not None or not loosely:
            return exact
        for known, value in self._folded.get(tuple(plain), ()):
            if all(typed in (name, key(bare)) for typed, name, bare in zip(keys, known, plain, strict=True)):
                return value
        return None


@lru_cache(maxsize=2048)  # passages that many questions come upon
def _typed(text: str) -> tuple[list[tuple[int, int]], list[str], list[str], frozenset[str], bool]:
    """The words of a text: where they stand, as keys, as keys without accents, all of both; whether it has accents."""
    spans = tokens(text)
    words = [text[start:end] for start, end in spans]
    keys, plain = list(map(key, words)), list(map(_plain, words))
    return spans, keys, plain, frozenset([*keys, *plain]), is_accented(text)


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """A word without accents, "ki" and "ky" as one."""
    return key(fold(word))


@cache
def province_names() -> Names[Province]:
    """Provinces by their names and aliases."""
    return Names((name, place) for place in provinces() for name in _spellings(place))


@cache
def place_names() -> Names[Province]:
    """Provinces by the districts and towns that belong to no other."""
    return Names((name, place) for place in provinces() for name in place.places)


def _spellings(place: Province) -> Iterator[str]:
    """Its names, and its name written as one word ("Hanoi", "KHòa")."""
    yield from (place.name, *place.aliases)
    first, *rest = place.name.split()
    if rest:
        yield fold(place.name).replace(" ", "").replace("-", "")
    if len(rest) == 1 and place.name not in _SAME_SHORT and fold(rest[0])[0] not in "aeiou":  # "LAn" would be Lan
        yield f"{first[0]}{rest[0]}"  # "KHòa", as in messages


@cache
def term_names() -> Names[Term]:
    """Terms of the field by all their spellings."""
    return Names((spelling, term) for term in terms() for spelling in term.asked)


@cache
def matter_names() -> Names[tuple[str, ...]]:
    """Things that plans write of by each of their names, to all of their names."""
    return Names((name, names) for names in matters() for name in names)


@cache
def kind_names() -> tuple[Names[int], ...]:
    """For each row of kinds that exclude one another their names, to the number of the kind in its row."""
    return tuple(Names((name, i) for i, names in enumerate(row) for name in names) for row in contrasts())


@cache
def agency_names(more: tuple[Agency, ...] = ()) -> Names[Agency]:
    """Agencies by their names, aliases and English names; `more` are bodies that only some plan names."""
    bodies = (*agencies(), *more)
    entries = ((name, body) for body in bodies for name in (body.name, *body.aliases, *body.english))
    return Names(entries, not_after=agency_not_after())
