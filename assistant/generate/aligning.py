"""Whether a sentence is made of a passage's own words: whole sentences of it, in order, nothing added.

What a sentence may be: an opening, which says whose plan it is, under which heading, for which body, in the words of
wording.toml and the names of where the passage stands; then sentences of the passage, each from its first word to its
last, with the signs that stand between them there. So no figure comes without its words, no words without their
"không" or their "trừ", no duty under another body's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from assistant.generate.reading import Reading
from assistant.generate.wording import Phrases, around
from assistant.generate.words import Said

_LEAST = 2  # words of the passage that a sentence holds
_BEHIND_TITLE = frozenset({",", ":", "."})  # signs that set a heading apart from what follows
_BEHIND_NAME = _BEHIND_TITLE | {""}
_HALTS = frozenset({".", ";"})  # signs between sentences, taken for one another


@dataclass(frozen=True, slots=True)
class Names:
    """The names that may open a sentence: of the plan, the headings over the passage, their bodies.

    is_order: whether what the passage says is an order to the bodies.
    """

    plans: Phrases
    titles: Phrases
    bodies: Phrases
    is_order: bool = False


class _At(Enum):
    """Where in an opening one is."""

    FREE = auto()
    OF_PLAN = auto()  # a plan's name has to come
    PLAN = auto()
    SAID = auto()  # by the plan
    BODY = auto()
    OF_BODY = auto()  # its province's name has to come
    ORDERED = auto()  # nothing more


def openings(said: Said, names: Names) -> set[int]:
    """Where the opening of a sentence may end, its start included."""
    found: set[int] = set()
    tried, waiting = set[tuple[int, _At]](), [(0, _At.FREE)]
    while waiting:
        at, state = waiting.pop()
        if (at, state) not in tried:
            tried.add((at, state))
            found |= set() if state in {_At.OF_PLAN, _At.OF_BODY} else {at}
            waiting += [
                (end, then)
                for phrases, then in _ways(state, names)
                for end, sign in phrases.said(said, at)
                if sign in (_BEHIND_TITLE if phrases is names.titles else _BEHIND_NAME)
            ]
    return found


def _ways(state: _At, names: Names) -> Iterator[tuple[Phrases, _At]]:
    """What may follow in an opening, and where one is then."""
    if state is _At.FREE:
        yield from ((around("of_plan"), _At.OF_PLAN), (around("plan"), _At.PLAN))
    if state in {_At.FREE, _At.PLAN, _At.SAID}:
        then = _At.FREE if state is _At.FREE else _At.SAID
        yield from ((around("link"), then), (names.titles, then), (names.bodies, _At.BODY))
    if state in {_At.FREE, _At.PLAN, _At.OF_PLAN}:
        yield names.plans, _At.PLAN
    if state is _At.PLAN:
        yield around("says"), _At.SAID
    if state is _At.BODY:
        yield from ((names.plans, _At.BODY), (around("of_body"), _At.OF_BODY))
        yield from [(around("duty"), _At.ORDERED)] if names.is_order else []
    if state is _At.OF_BODY:
        yield names.plans, _At.BODY


def sentences_said(said: Said, reading: Reading, names: Names) -> frozenset[int]:
    """The numbers of a passage's sentences that a sentence is made of; none where it is not made of them."""
    walk = _Walk(said, reading)
    starts = (at for at in openings(said, names) if len(said.words) - at >= _LEAST)
    return next((found for at in starts if (found := walk.begins(at))), frozenset())


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways in which the words of a sentence may be a passage's: pairs of its words with the passage's."""

    said: Said
    reading: Reading

    def begins(self, at: int) -> frozenset[int]:
        """The passage's sentences that the sentence is made of from a word on."""
        if at == 0 and self.said.signs[0]:
            return frozenset()
        last = len(self.said.words) - 1
        waiting = [(at, head) for head in self.reading.heads]
        before: dict[tuple[int, int], tuple[int, int] | None] = dict.fromkeys(waiting)
        while waiting:
            pair = waiting.pop()
            if self.said.words[pair[0]] != self.reading.text.words[pair[1]]:
                continue
            if pair[0] == last and self._ends(pair[1]):
                return frozenset(self.reading.sentences[place] for _, place in _way_back(pair, before))
            for then in self._steps(*pair) if pair[0] < last else ():
                if then not in before:
                    before[then] = pair
                    waiting.append(then)
        return frozenset()

    def _ends(self, place: int) -> bool:
        """Whether the sentence may end with a word of the passage: with its signs there, or a full stop."""
        sign, there = self.said.signs[-1].rstrip(".;"), self.reading.text.signs[place + 1].rstrip(".;")
        return self.reading.is_last(place) and sign in {"", there}

    def _steps(self, at: int, place: int) -> Iterator[tuple[int, int]]:
        """What the next word of the passage's may be: the next one with the same signs before it, or with those of
        sentences, or with a joint before the next sentence."""
        said, text, sign = self.said, self.reading.text, self.said.signs[at + 1]
        ended = self.reading.is_last(place)
        if place + 1 < len(text.words) and (sign == text.signs[place + 1] or (ended and sign in _HALTS)):
            yield at + 1, place + 1
        if ended and sign in {",", *_HALTS}:
            joined = around("joint").said(said, at + 1)
            after = [end for end, then in joined if end < len(said.words) and then in {"", ","}]
            whole = [at + 1, *after] if sign in _HALTS else after
            yield from ((word, place + 1) for word in whole if place + 1 in self.reading.heads)


def _way_back(
    pair: tuple[int, int] | None, before: dict[tuple[int, int], tuple[int, int] | None]
) -> Iterator[tuple[int, int]]:
    while pair is not None:
        yield pair
        pair = before[pair]
