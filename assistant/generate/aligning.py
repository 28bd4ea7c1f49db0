"""Whether a sentence is made of a passage's own words: whole sentences of it, in order, nothing added.

What a sentence may be: an opening, which says whose plan it is, under which heading, for which body, in the words of
wording.toml and the names of where the passage stands; then sentences of the passage, each from its first word to its
last, with the signs that stand between them there. So no figure comes without its words, no words without their
"không" or their "trừ", no duty under another body's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from assistant.generate.reading import HALTS, Reading, keys, plain, signs
from assistant.generate.wording import Phrase, Phrases, around

_LEAST = 2  # words of the passage that a sentence holds
_BEHIND_OPENING = ("", ",", ":", ".")  # signs before a passage's first word


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a sentence, what stands before each, and behind the last."""

    words: Phrase
    signs: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Said:
        """Of a sentence as it was written."""
        text = plain(text)
        return cls(keys(text), signs(text))


@dataclass(frozen=True, slots=True)
class Names:
    """The names that may open a sentence: of the plan, the headings over the passage, their bodies.

    is_order: whether what the passage says is an order to the bodies.
    """

    plans: Phrases
    labels: Phrases
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
            waiting += [(end, then) for phrases, then in _ways(state, names) for end in phrases.ends(said.words, at)]
            waiting += [(end, _At.PLAN) for end in _labels(said, at, state, names)]
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


def _labels(said: Said, at: int, state: _At, names: Names) -> Iterator[int]:
    """The ends of "Khánh Hòa (2020)": without its brackets, the year would count what follows."""
    if state in {_At.FREE, _At.PLAN, _At.OF_PLAN}:
        for end in names.labels.ends(said.words, at):
            if said.signs[end - 1].endswith("(") and said.signs[end].startswith(")"):
                yield end


def stands_in(said: Said, reading: Reading, names: Names) -> bool:
    """Whether a sentence is made of a passage's words."""
    walk = _Walk(said, reading)
    return any(walk.begins(at) for at in openings(said, names) if len(said.words) - at >= _LEAST)


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways in which the words of a sentence may be a passage's."""

    said: Said
    reading: Reading

    def begins(self, at: int) -> bool:
        """Whether the sentence, from a word on, is made of the passage's."""
        sign = self.said.signs[at].removeprefix(")")
        if sign not in _BEHIND_OPENING or (at == 0 and sign):
            return False
        last = len(self.said.words) - 1
        waiting = [(at, head) for head in self.reading.heads]
        tried: set[tuple[int, int]] = set()
        while waiting:
            pair = waiting.pop()
            if pair in tried or self.said.words[pair[0]] != self.reading.words[pair[1]]:
                continue
            tried.add(pair)
            if pair[0] == last and self._ends(pair[1]):
                return True
            waiting.extend(self._steps(*pair) if pair[0] < last else ())
        return False

    def _ends(self, place: int) -> bool:
        """Whether the sentence may end with a word of the passage, with its signs or a full stop."""
        sign, there = (one.signs[at].rstrip(".;") for one, at in ((self.said, -1), (self.reading, place + 1)))
        return self.reading.is_last(place) and (not sign or sign == there)

    def _steps(self, at: int, place: int) -> Iterator[tuple[int, int]]:
        """What the next word may be: the passage's next one with the same signs before it; behind the end of a
        sentence, another one's first."""
        said, reading, sign = self.said, self.reading, self.said.signs[at + 1]
        ended = reading.is_last(place)
        if place + 1 < len(reading.words) and (sign == reading.signs[place + 1] or (ended and sign in HALTS[1:])):
            yield at + 1, place + 1
        if ended and sign in {",", *HALTS[1:]}:
            joined = around("joint").ends(said.words, at + 1)
            after = joined if sign == "," else [at + 1, *joined]
            heads = [head for head in reading.heads if head > place]
            whole = [word for word in after if word < len(said.words) and said.signs[word] in {"", ",", *HALTS}]
            yield from ((word, head) for word in whole for head in heads)


def phrases(names: Iterable[str]) -> Phrases:
    """Names as they are written, to be found in a sentence."""
    return Phrases(" ".join(keys(one)) for one in names)
