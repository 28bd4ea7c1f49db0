"""How documents stand to one another: copies of one text, and plans that replace or amend others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.document import Span
from corpus.mentions import Mention, Tie, number_key
from index.cards import Card, card_of
from index.copies import kept

__all__ = ["Card", "Mention", "Relation", "Tie", "card_of", "relations"]

_ALIKE = 85  # of 100: titles of one plan


@dataclass(frozen=True, slots=True)
class Relation:
    """doc is a copy of other, replaces it or amends it. span: the words of doc that say so; None for a copy."""

    doc: str
    tie: Tie
    other: str
    span: Span | None = None


def relations(cards: Sequence[Card]) -> tuple[Relation, ...]:
    """All relations among documents, in the order of their ids.

    A copy points to the one of its copies that is kept (`Card.worth`), the first of `cards` where they are equal; what
    is replaced or amended is always one that is kept, and is said by the kept one too where its text says it.
    """
    copies = kept(cards)
    found = [Relation(doc, Tie.COPY, other) for doc, other in copies.items()]
    found.extend(_without_circles(_ties(cards, copies)))
    return tuple(sorted(found, key=lambda one: (one.doc, list(Tie).index(one.tie), one.other)))


def _ties(cards: Sequence[Card], copies: Mapping[str, str]) -> Iterator[Relation]:
    """What is replaced or amended; each pair of plans once, with the stronger tie."""
    held = _Held(cards, copies)
    seen: set[tuple[str, str]] = set()
    said = [(card, mention) for card in cards for mention in card.mentions]
    order = {tie: at for at, tie in enumerate(Tie)}
    for card, mention in sorted(said, key=lambda pair: (order[pair[1].tie], pair[0].doc in copies, pair[0].doc)):
        own = copies.get(card.doc, card.doc)
        other = held.meant(card, mention)
        if other is not None and other != own and (own, other) not in seen:
            seen.add((own, other))
            yield Relation(card.doc, mention.tie, other, mention.span)


def _without_circles(found: Iterable[Relation]) -> list[Relation]:
    """Two texts cannot replace each other: where both say so, neither is believed."""
    ties = list(found)
    pairs = {(one.doc, one.other) for one in ties}
    return [one for one in ties if (one.other, one.doc) not in pairs]


class _Held:
    """Finds the document that a mention means among those held."""

    def __init__(self, cards: Sequence[Card], copies: Mapping[str, str]) -> None:
        self._copies = copies
        self._numbered: dict[str, list[Card]] = defaultdict(list)
        self._dated: dict[str, list[Card]] = defaultdict(list)
        self._periods: dict[tuple[str | None, tuple[int, int]], list[Card]] = defaultdict(list)
        for card in cards:
            if card.number:
                self._numbered[number_key(card.number)].append(card)
            elif card.date:
                self._dated[card.date].append(card)
            if card.period:
                self._periods[card.province, card.period].append(card)

    def meant(self, card: Card, mention: Mention) -> str | None:
        """The kept document that a card's mention means; None where none or several could be meant."""
        fits = [other for other in self._candidates(card, mention) if _may_mean(card, mention, other)]
        for closer in (_same_date, _same_issuer, _same_province):
            fits = [other for other in fits if closer(card, mention, other)] or fits
        ids = {self._copies.get(other.doc, other.doc) for other in fits}
        return ids.pop() if len(ids) == 1 else None

    def _candidates(self, card: Card, mention: Mention) -> Sequence[Card]:
        if mention.number:
            return self._numbered.get(number_key(mention.number), ())
        if mention.date:
            return [other for other in self._dated.get(mention.date, ()) if other.kind == mention.kind]
        if mention.period is None:
            return ()
        alike = self._periods.get((card.province, mention.period), ())
        return [other for other in alike if other.kind == mention.kind and _is_titled(other, mention)]


def _is_titled(card: Card, mention: Mention) -> bool:
    title = card.title.removeprefix(mention.kind)
    return fuzz.token_set_ratio(title, mention.title) >= _ALIKE


def _may_mean(card: Card, mention: Mention, other: Card) -> bool:
    """Whether nothing stands against it: another province, another year, a later date."""
    if other.doc == card.doc or (card.province and other.province and card.province != other.province):
        return False
    if mention.date and other.date and mention.date[:4] != other.date[:4]:
        return False
    return not (card.date and other.date and other.date > card.date)


def _same_date(_: Card, mention: Mention, other: Card) -> bool:
    return mention.date is not None and mention.date == other.date


def _same_issuer(card: Card, _: Mention, other: Card) -> bool:
    return card.issuer is not None and card.issuer == other.issuer


def _same_province(card: Card, _: Mention, other: Card) -> bool:
    return card.province is not None and card.province == other.province
