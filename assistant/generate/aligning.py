"""Whether a sentence is made of a passage's own words: whole parts of it, in order, nothing weighty left out or added.

What a sentence may be: an opening of the closed lists of wording.toml with names of the plan and of the bodies whose
section the passage stands in; then sentences of the passage from their first words on, parts of them left off where
nothing is lost that denies, limits or names; then, if anything, the plan's name once more. So no figure comes without
its clause, no clause without its "không", no duty under another body's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.generate.reading import Reading, keys
from assistant.generate.wording import Phrase, Phrases, around, of_sources

_LEAST = 2  # words of the passage that a sentence holds


@dataclass(frozen=True, slots=True)
class Names:
    """The names that may open a sentence, and of the plan's those that may close it."""

    of_plan: Phrases
    of_body: Phrases

    @classmethod
    def of(cls, plan: Iterable[str], bodies: Iterable[str]) -> Names:
        """Of names as they are written."""
        return cls(Phrases(" ".join(keys(one)) for one in plan), Phrases(" ".join(keys(one)) for one in bodies))


def openings(words: Phrase, names: Names) -> dict[int, bool]:
    """Where the opening of a sentence may end, its start included, to whether it named a body."""
    reached: dict[int, bool] = {}
    waiting = [(0, False)]
    while waiting:
        at, of_body = waiting.pop()
        if at in reached and (reached[at] or not of_body):
            continue
        reached[at] = of_body
        plain = [*around("lead").ends(words, at), *names.of_plan.ends(words, at)]
        waiting += [(end, of_body) for end in (*plain, *(around("duty").ends(words, at) if of_body else ()))]
        waiting += [(end, True) for end in names.of_body.ends(words, at)]
    return reached


def closes(words: Phrase, at: int, names: Names) -> bool:
    """Whether all from a place on is the plan's name once more."""
    reached, waiting = set[int](), [at]
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += [*around("tail").ends(words, at), *names.of_plan.ends(words, at)]
    return len(words) in reached


def stands_in(words: Phrase, reading: Reading, names: Names) -> bool:
    """Whether a sentence is made of a passage's words."""
    found = openings(words, names)
    return any(_Walk(words, reading, names).begins(at, of_body) for at, of_body in found.items() if at < len(words))


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways in which the words of a sentence may be a passage's."""

    words: Phrase
    reading: Reading
    names: Names

    def begins(self, at: int, of_body: bool) -> bool:
        """Whether the sentence, from a word on, is made of the passage's; of_body: a body was named before."""
        if len(self.words) - at < _LEAST:
            return False
        heads = (head for head, behind_colon in self.reading.heads.items() if not (behind_colon and of_body))
        waiting = [(at, head) for head in heads if self.reading.sentences[head] not in self.reading.denied]
        tried: set[tuple[int, int]] = set()
        while waiting:
            pair = waiting.pop()
            if pair in tried or not self._same(*pair):
                continue
            tried.add(pair)
            if self.reading.may_end(pair[1]) and closes(self.words, pair[0] + 1, self.names):
                return True
            waiting.extend(self._steps(*pair))
        return False

    def _same(self, at: int, place: int) -> bool:
        return place < len(self.reading.words) and self.words[at] == self.reading.words[place]

    def _steps(self, at: int, place: int) -> Iterator[tuple[int, int]]:
        """What the next word may be: the passage's next one, the next part's first, another sentence's first."""
        if at + 1 == len(self.words):
            return
        reading, end = self.reading, self.reading.end_of(place)
        joined = [word for word in (at + 1, *around("joint").ends(self.words, at + 1)) if word < len(self.words)]
        yield from (
            (word, other) for word in _past_free(self.words, at) for other in _past_free(reading.words[:end], place)
        )
        yield from ((word, part) for word in joined for part in self._parts(place, end))
        if reading.may_end(place):
            later = [head for head, behind_colon in reading.heads.items() if head >= end and not behind_colon]
            yield from ((word, head) for word in joined for head in later if self._may_enter(place, head))

    def _parts(self, place: int, end: int) -> Iterator[int]:
        """Where later parts of the same sentence begin, as far as nothing weighty stands between."""
        if place + 1 == end or place + 1 not in self.reading.begins:
            return
        for part in range(place + 1, end):
            if part in self.reading.begins:
                yield part
            if part in self.reading.anchors:
                return

    def _may_enter(self, place: int, head: int) -> bool:
        """Whether a sentence may follow a word; what an earlier part denies follows that part only."""
        return head == place + 1 or self.reading.sentences[head] not in self.reading.denied


def _past_free(words: Phrase, at: int) -> Iterator[int]:
    """The places of the next words, past those that may be left out or put in anywhere."""
    at += 1
    while at < len(words):
        yield at
        if not of_sources("free").ends(words, at):
            return
        at += 1
