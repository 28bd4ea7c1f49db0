"""Whether a sentence is made of a passage's own words: whole sentences of it, in order, nothing added.

What a sentence may be: an opening of the closed lists of wording.toml with names of the plan and of the bodies whose
section the passage stands in; then sentences of the passage, each from its first word on, its end left off where
nothing is lost that denies, limits or counts; then, if anything, "theo kế hoạch của …". So no figure comes without its
words, no words without their "không", no duty under another body's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.generate.reading import Reading, keys, pauses, plain
from assistant.generate.wording import Phrase, Phrases, around, of_sources, tail_begins
from corpus.words import tokens

_LEAST = 2  # words of the passage that a sentence holds


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a sentence, and whether a sign stands before each."""

    words: Phrase
    paused: tuple[bool, ...]

    @classmethod
    def of(cls, text: str) -> Said:
        """Of a sentence as it was written."""
        text = plain(text)
        return cls(keys(text), pauses(text, tokens(text)))


@dataclass(frozen=True, slots=True)
class Names:
    """The names that may open a sentence: of the plan, of the headings, of bodies; those of the plan may close it.

    is_order: whether what the passage says is set, not told.
    """

    of_plan: Phrases
    of_place: Phrases
    of_body: Phrases
    is_order: bool = False

    @classmethod
    def of(cls, plan: Iterable[str], place: Iterable[str], bodies: Iterable[str], is_order: bool = False) -> Names:
        """Of names as they are written."""
        plan, place, bodies = ([" ".join(keys(one)) for one in some] for some in (plan, place, bodies))
        return cls(Phrases(plan), Phrases(place), Phrases(bodies), is_order)


def openings(words: Phrase, names: Names) -> dict[int, bool]:
    """Where the opening of a sentence may end, its start included, to whether it named a body."""
    reached: dict[int, bool] = {}
    waiting = [(0, False)]
    while waiting:
        at, of_body = waiting.pop()
        if at in reached and (reached[at] or not of_body):
            continue
        reached[at] = of_body
        known = [around("lead"), names.of_plan, names.of_place]
        known += [around("order")] if names.is_order else []
        known += [around("duty")] if of_body else []
        waiting += [(end, of_body) for phrases in known for end in phrases.ends(words, at)]
        waiting += [(end, True) for end in names.of_body.ends(words, at)]
    return reached


def closes(words: Phrase, at: int, names: Names) -> bool:
    """Whether nothing follows from a place on, or the plan's name once more."""
    if at == len(words):
        return True
    reached, waiting = set[int](), tail_begins().ends(words, at)
    while waiting:
        at = waiting.pop()
        if at not in reached:
            reached.add(at)
            waiting += [*around("tail").ends(words, at), *names.of_plan.ends(words, at)]
    return len(words) in reached


def stands_in(said: Said, reading: Reading, names: Names) -> bool:
    """Whether a sentence is made of a passage's words."""
    walk = _Walk(said, reading, names)
    return any(walk.begins(at) for at in openings(said.words, names) if at < len(said.words))


@dataclass(frozen=True, slots=True)
class _Walk:
    """The ways in which the words of a sentence may be a passage's."""

    said: Said
    reading: Reading
    names: Names

    def begins(self, at: int) -> bool:
        """Whether the sentence, from a word on, is made of the passage's."""
        words = self.said.words
        if len(words) - at < _LEAST:
            return False
        waiting = [(at, head) for head in self.reading.heads]
        tried: set[tuple[int, int]] = set()
        while waiting:
            pair = waiting.pop()
            if pair in tried or not self._same(*pair):
                continue
            tried.add(pair)
            if pair[0] - at + 1 >= _LEAST and self.reading.may_end(pair[1]) and closes(words, pair[0] + 1, self.names):
                return True
            waiting.extend(self._steps(*pair))
        return False

    def _same(self, at: int, place: int) -> bool:
        return place < len(self.reading.words) and self.said.words[at] == self.reading.words[place]

    def _steps(self, at: int, place: int) -> Iterator[tuple[int, int]]:
        """What the next word may be: the passage's next one with the same sign before it, or another sentence's first
        one behind a sign or a joint."""
        said, reading = self.said, self.reading
        if at + 1 == len(said.words):
            return
        for word in _past_free(said.words, at):
            for other in _past_free(reading.words, place):
                if said.paused[word] == any(reading.paused[place + 1 : other + 1]):
                    yield word, other
        if reading.may_end(place):
            joints = [end for end in around("joint").ends(said.words, at + 1) if end < len(said.words)]
            after = [*joints, *([at + 1] if said.paused[at + 1] else [])]
            yield from ((word, head) for word in after for head in reading.heads if head > place)


def _past_free(words: Phrase, at: int) -> Iterator[int]:
    """The places of the next words, past those that may be left out or put in anywhere."""
    at += 1
    while at < len(words):
        yield at
        if not of_sources("free").ends(words, at):
            return
        at += 1
