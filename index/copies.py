"""Which documents are one text: the same words, or the same plan read from another format or a scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from index.cards import Card
from index.matter import contradict, is_of_another_matter, is_scan_of, ordinal
from index.sketches import HASHES, SHINGLE, YEARS, opened_figures, opened_words

_LIKELY = 0.25  # share of equal shingles below which nothing is compared; 4 % of letters read wrong leave 0.35
_SURE = 0.75  # from which two texts need nothing else to be one
_EQUAL = 0.97  # from which what is like the one is like the other
_CLEAN = 0.9  # from which no word was read wrong: what they state must then be equal to the letter
_SPARE = 0.06  # share of figures that may differ besides those read wrong: a stamp, a footnote
_LOOSE = 0.35  # and in a scan: at 150 dots an inch one figure in seven is read wrong

Rows = NDArray[np.int64]
Counts = NDArray[np.int16]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def kept(cards: Sequence[Card]) -> dict[str, str]:
    """Each copy's document to the one that is kept in its place."""
    age = {card.doc: at for at, card in enumerate(cards)}
    cards = sorted(cards, key=lambda card: card.doc)
    groups = _Groups(cards)
    same: dict[str, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        same[card.digest].append(at)
    for equal in (group for words, group in same.items() if words):
        for one in equal[1:]:
            groups.join(equal[0], one, noisy=False)
    single = sorted({groups.first(at) for at in range(len(cards))})
    for _, one, other, noisy in sorted(_near(cards, single)):
        groups.join(one, other, noisy)
    return {cards[at].doc: best.doc for at, best in groups.kept(age) if cards[at] is not best}


class _Groups:
    """Cards that are one text. What a group states is what any of its cards states, so that none contradict."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = cards
        self._above = list(range(len(cards)))
        # Scans apart: what one of them says does not excuse what two others state.
        self._states = [{card.confidence is not None: card} for card in cards]

    def first(self, at: int) -> int:
        """The card by which a card's group is known."""
        while self._above[at] != at:
            self._above[at] = self._above[self._above[at]]
            at = self._above[at]
        return at

    def join(self, one: int, other: int, noisy: bool) -> None:
        """Make two groups one, unless one states what the other does not."""
        low, high = sorted((self.first(one), self.first(other)))
        pairs = product(self._states[low].values(), self._states[high].values())
        if low != high and not any(contradict(*pair, noisy) for pair in pairs):
            self._above[high] = low
            for scanned, card in self._states[high].items():
                own = self._states[low].get(scanned)
                self._states[low][scanned] = _together(own, card) if own else card

    def kept(self, age: Mapping[str, int]) -> Iterator[tuple[int, Card]]:
        """Each card's place and the card of its group that is kept."""
        best: dict[int, Card] = {}
        for at, card in enumerate(self._cards):
            first = self.first(at)
            best[first] = min(best.get(first, card), card, key=lambda one: (one.worth, age[one.doc]))
        return ((at, best[self.first(at)]) for at in range(len(self._cards)))


def _together(one: Card, other: Card) -> Card:
    """A card that states what either states."""
    return replace(
        one,
        kind=one.kind or other.kind,
        number=one.number or other.number,
        symbol=one.symbol or other.symbol,
        date=one.date or other.date,
        province=one.province or other.province,
        place=one.place or other.place,
        period=one.period or other.period,
        issuer=one.issuer or other.issuer,
    )


def _near(cards: Sequence[Card], chosen: Sequence[int]) -> Iterator[tuple[float, int, int, bool]]:
    """Pairs of the chosen that read alike: how unlike, the two, whether letters were read wrong."""
    if len(chosen) < 2:
        return
    words = opened_words([cards[at].sketch for at in chosen])
    figures = np.array([opened_figures(cards[at].figures) for at in chosen])
    codes = _codes([cards[at] for at in chosen])
    scanned = np.array([cards[at].confidence is not None for at in chosen])
    done: set[int] = set()  # what reads like another to the letter need not be held against the rest
    for one, others in _mates([cards[at].province for at in chosen]):
        if one in done:
            continue
        agreed = np.count_nonzero(words[others] == words[one], axis=1) / HASHES
        mates, shares = others[agreed >= _LIKELY], agreed[agreed >= _LIKELY]
        fits = _agree(codes, one, mates, scanned[one] | scanned[mates])
        mates, shares = mates[fits], shares[fits]
        noisy = (shares < _CLEAN) | scanned[one] | scanned[mates]
        loose = scanned[one] | scanned[mates] | ((codes[one] >= 0) & (codes[mates] == codes[one]))[:, 2:].all(axis=1)
        same = _same_figures(figures, one, mates, shares, loose)
        for at in np.flatnonzero(same).tolist():
            pair, share = (chosen[one], chosen[mates[at]]), float(shares[at])
            if share < _SURE and not is_scan_of(cards[pair[0]], cards[pair[1]]):
                continue
            if share < _EQUAL and is_of_another_matter(cards[pair[0]], cards[pair[1]]):
                continue
            if not contradict(cards[pair[0]], cards[pair[1]], bool(noisy[at])):
                if share >= _EQUAL:
                    done.add(int(mates[at]))
                yield -share, *pair, bool(noisy[at])


def _mates(provinces: Sequence[str | None]) -> Iterator[tuple[int, Rows]]:
    """Each card and those behind it that may be of its province."""
    of: dict[str | None, list[int]] = defaultdict(list)
    for at, province in enumerate(provinces):
        of[province].append(at)
    unknown = np.array(of[None], dtype=np.int64)
    groups = {name: np.unique(np.concatenate([np.array(group, dtype=np.int64), unknown])) for name, group in of.items()}
    groups[None] = np.arange(len(provinces))
    for at, province in enumerate(provinces):
        group = groups[province]
        if len(mates := group[np.searchsorted(group, at, side="right") :]):
            yield at, mates


def _codes(cards: Sequence[Card]) -> Rows:
    """What cards state as numbers, -1 for nothing: kind, first year, number, date."""

    def coded(values: Iterable[Hashable]) -> list[int]:
        seen: dict[Hashable, int] = {}
        return [-1 if value is None or value == "" else seen.setdefault(value, len(seen)) for value in values]

    columns = (
        coded(card.kind for card in cards),
        coded(card.period and card.period[0] for card in cards),
        coded(ordinal(card) for card in cards),
        coded(card.date for card in cards),
    )
    return np.array(columns, dtype=np.int64).T


def _agree(codes: Rows, one: int, mates: Rows, scanned: Bools) -> Bools:
    """Which mates state the same kind and year; number and date too, but for one of them where either is a scan."""
    others = codes[mates]
    differ = (codes[one] >= 0) & (others >= 0) & (codes[one] != others)
    found: Bools = ~differ[:, :2].any(axis=1) & (differ[:, 2:].sum(axis=1) <= scanned)
    return found


def _same_figures(figures: Counts, one: int, mates: Rows, agreed: Floats, loose: Bools) -> Bools:
    """Which mates have the same years and other figures, but for as many as of the words were read wrong.

    Besides, a letterhead that was filled in later and a stamp have a few of their own. `loose`: what recognises text
    gets more of the figures wrong than of the words, which it knows; but never all of one year as one other year.
    """
    word = (2 * agreed / (1 + agreed)) ** (1 / SHINGLE)  # share of words read right in both
    allowed = 1 - word / (2 - word) + np.where(loose, _LOOSE, _SPARE)
    gained = figures[mates] - figures[one]
    high = np.maximum(figures[mates], figures[one])
    found = np.ones(len(mates), dtype=np.bool_)
    some = np.where(loose | (agreed < _CLEAN), 2, 1)
    for part, few in ((slice(0, YEARS), some), (slice(YEARS, None), np.where(loose, 6, 3))):
        found &= np.abs(gained[:, part]).sum(axis=1) <= allowed * high[:, part].sum(axis=1) + few
    years = gained[:, :YEARS]
    turned = np.minimum(years.max(axis=1), -years.min(axis=1))  # one year's that are another's
    found &= turned <= 1 + allowed * high[:, :YEARS].sum(axis=1) / 4
    return found
