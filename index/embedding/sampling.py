"""Batches to learn from: questions beside the passages that answer them, drawn anew at every step.

A question is a title, a part of a passage or an English line; its passage is a stretch of the text it belongs to, of
varying length, with or without the part that asks. Nothing is paired for good, so that the model learns how questions
and passages go together and not which ones did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.embedding.base import Ids
from index.embedding.lexicon import Lexicon
from index.embedding.texts import Asked, Lines, Story
from index.embedding.vocabulary import plain

Places = NDArray[np.int64]
Read = Callable[[str], list[int]]

#: Tokens taken around the part that asks, least and most, and of a question taken out of a part.
WINDOW, QUESTION = (24, 130), (6, 32)
#: Tokens below which a part is no question.
LEAST = 4
#: Share of passages in which the part that asks is left.
LEFT = 0.5
#: Share of English lines whose passage has the neighbouring lines too.
WIDE = 0.5


@dataclass(frozen=True, slots=True)
class Ragged:
    """Token ids of many texts, one after the other; text i is ids[starts[i]:starts[i + 1]]."""

    ids: Ids
    starts: Places

    @classmethod
    def of(cls, texts: Iterable[str], read: Read) -> Ragged:
        """Texts as ids."""
        found = [np.array(read(text), dtype=np.int32) for text in texts]
        starts = np.cumsum([0, *map(len, found)], dtype=np.int64)
        return cls(np.concatenate([np.zeros(0, dtype=np.int32), *found]), starts)

    def lengths(self) -> Places:
        """Tokens of each text."""
        return np.diff(self.starts)

    def texts(self) -> list[Ids]:
        """Each text's ids."""
        return np.split(self.ids, self.starts[1:-1])


@dataclass(frozen=True, slots=True)
class Bags:
    """Token ids of a batch of texts, one after the other, and where each text starts."""

    ids: Ids
    starts: Places

    @classmethod
    def of_ranges(cls, source: Ids, ranges: Sequence[tuple[Places, Places]]) -> Bags:
        """Text i is made of source[start[i]:end[i]] for each (start, end) of ranges, one after the other."""
        starts = np.stack([start for start, _ in ranges], axis=1).ravel()
        lengths = np.maximum(np.stack([end for _, end in ranges], axis=1).ravel() - starts, 0)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return cls(source[np.repeat(starts, lengths) + within], offsets[: -1 : len(ranges)])

    def only(self, kept: NDArray[np.bool_]) -> Bags:
        """Without the tokens that are not kept; a text may become empty."""
        before = np.concatenate([[0], np.cumsum(kept)])
        return Bags(self.ids[kept], before[self.starts])


@dataclass(frozen=True, slots=True)
class Batch:
    """Question i is answered by passage i, and by no other."""

    questions: Bags
    passages: Bags


@dataclass(frozen=True, slots=True)
class Source:
    """Texts that questions are drawn from.

    texts: parts and titles in reading order.  first, last: the parts that a part's story begins and ends with.
    asked, bare: the questions by part, as written and without accents.  parts: those that can ask.
    left: how often the part that asks is left in its passage.  wide: how often the passage has more than that part.
    """

    texts: Ragged
    first: Places
    last: Places
    asked: Ragged
    bare: Ragged
    parts: Places
    left: float
    wide: float = 1.0

    def draw(self, count: int, rng: np.random.Generator, bare: bool = False, lexicon: Lexicon | None = None) -> Batch:
        """Pairs of question and passage; bare: without accents; lexicon: rendered in English."""
        parts = rng.choice(self.parts, count, replace=len(self.parts) < count)
        questions = _cut(self.bare if bare else self.asked, parts, rng)
        if lexicon:
            rendered = lexicon.translate(questions.ids, rng)
            questions = Bags(rendered, questions.starts).only(rendered >= 0)
        return Batch(questions, self._passages(parts, rng))

    def _passages(self, parts: Places, rng: np.random.Generator) -> Bags:
        """A stretch of each part's story around it, with or without the part itself."""
        starts = self.texts.starts
        begin, end = starts[parts], starts[parts + 1]
        top, bottom = starts[self.first[parts]], starts[self.last[parts] + 1]
        size = rng.integers(*WINDOW, len(parts), endpoint=True) * (rng.random(len(parts)) < self.wide)
        back = np.where(begin < top, 0, rng.random(len(parts)) * size).astype(np.int64)
        low, high = np.maximum(top, begin - back), np.minimum(bottom, end + size - back)
        alone = (begin - low) + (high - end) < LEAST
        left = alone | (rng.random(len(parts)) < self.left)
        return Bags.of_ranges(self.texts.ids, [(low, np.where(left, end, begin)), (end, high)])


@dataclass(frozen=True, slots=True)
class AskedSource:
    """Texts with questions of people: no text stands twice in a batch, and each time another of its questions asks.

    texts: those that answer.  asked, bare: all questions, as written and without accents.  first: where those of a
    text begin, and where the last one's end.  parts: the texts that can be asked for.
    """

    texts: Ragged
    asked: Ragged
    bare: Ragged
    first: Places
    parts: Places

    def draw(self, count: int, rng: np.random.Generator, bare: bool = False, lexicon: Lexicon | None = None) -> Batch:
        """At most as many pairs as there are texts; bare: without accents."""
        if lexicon is not None:
            raise ValueError("questions of people are asked in their own words")
        texts = rng.choice(self.parts, min(count, len(self.parts)), replace=False)
        low, high = self.first[texts], self.first[texts + 1]
        questions = low + (rng.random(len(texts)) * (high - low)).astype(np.int64)
        return Batch(_whole(self.bare if bare else self.asked, questions), _whole(self.texts, texts))


def asked_source(asked: Sequence[Asked], read: Read) -> AskedSource:
    """Questions of people over the texts that answer them."""
    questions = [question for one in asked for question in one.questions]
    first = np.cumsum([0, *(len(one.questions) for one in asked)], dtype=np.int64)
    texts = Ragged.of((one.text for one in asked), read)
    own = Ragged.of(questions, read)
    parts = np.flatnonzero((np.diff(first) > 0) & (texts.lengths() > 0))
    return AskedSource(texts, own, Ragged.of(map(plain, questions), read), first, parts)


def story_sources(stories: Sequence[Story], read: Read, label: str) -> dict[str, Source]:
    """Two ways to ask: by the title, which the passage never holds, and by a part."""
    texts = [text for story in stories for text in (story.title, *story.parts)]
    held = Ragged.of(tqdm(texts, desc=label, unit="text"), read)
    bare = Ragged.of(tqdm(map(plain, texts), desc=f"{label}, no accents", unit="text", total=len(texts)), read)
    sizes = np.array([len(story.parts) for story in stories], dtype=np.int64)
    titles = np.cumsum(sizes + 1) - sizes - 1
    first = np.repeat(titles + 1, sizes + 1)
    last = np.repeat(titles + sizes, sizes + 1)
    long = held.lengths() >= LEAST
    is_title = np.zeros(len(texts), dtype=bool)
    is_title[titles] = True
    shared = (held, first, last, held, bare)
    return {
        f"{label} title": Source(*shared, np.flatnonzero(is_title & (held.lengths() > 0)), left=0.0),
        f"{label} part": Source(*shared, np.flatnonzero(~is_title & long & (last > first)), left=LEFT),
    }


def line_source(lines: Sequence[Lines], read: Read) -> Source:
    """English lines asking for the Vietnamese ones."""
    english = Ragged.of(tqdm([text for run in lines for text in run.english], desc="english", unit="text"), read)
    held = Ragged.of(tqdm([text for run in lines for text in run.vietnamese], desc="vietnamese", unit="text"), read)
    sizes = np.array([len(run.english) for run in lines], dtype=np.int64)
    ends = np.cumsum(sizes)
    first, last = np.repeat(ends - sizes, sizes), np.repeat(ends - 1, sizes)
    both = (english.lengths() > 1) & (held.lengths() > 0)
    return Source(held, first, last, english, english, np.flatnonzero(both), left=1.0, wide=WIDE)


def _whole(texts: Ragged, places: Places) -> Bags:
    return Bags.of_ranges(texts.ids, [(texts.starts[places], texts.starts[places + 1])])


def _cut(texts: Ragged, parts: Places, rng: np.random.Generator) -> Bags:
    """A stretch of each text that is no longer than a question is."""
    begin, end = texts.starts[parts], texts.starts[parts + 1]
    size = np.minimum(end - begin, rng.integers(*QUESTION, len(parts), endpoint=True))
    begin = begin + (rng.random(len(parts)) * (end - begin - size + 1)).astype(np.int64)
    return Bags.of_ranges(texts.ids, [(begin, begin + size)])
