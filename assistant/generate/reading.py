"""A passage taken apart: its words, the signs between them, where its sentences begin and where one may be cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from assistant.generate.wording import of_passages
from assistant.generate.words import Said, plain
from assistant.leads import is_one
from corpus.words import tokens

_ABBREVIATED = frozenset({"tp", "tt", "ths", "bs", "gs", "ts", "pgs", "mr", "no"})
_LATER = re.compile(r"[.!?…]|\.\.\.")
_NUMBER = re.compile(r"\d{1,2}")  # of an item


@dataclass(frozen=True)
class Reading:
    """One passage: its words and signs, and for each word the number of its sentence; a semicolon ends none, as what
    stands behind it may lean on what stands before."""

    text: Said
    sentences: tuple[int, ...]

    @cached_property
    def heads(self) -> tuple[int, ...]:
        """First words of sentences that lean on none before: on no word, and on no colon, which may lead on to all that
        stands behind it."""
        words, signs = self.text.words, self.text.signs
        colon = next((at for at, sign in enumerate(signs) if ":" in sign), len(words))
        begin = (at for at in range(min(colon, len(words))) if at == 0 or self.sentences[at] != self.sentences[at - 1])
        return tuple(at for at in begin if not (at and of_passages("leaning").ends(words, at)))

    def is_last(self, at: int) -> bool:
        """Whether a sentence ends with a word; a colon behind it leads on."""
        if ":" in self.text.signs[at + 1]:
            return False
        return at + 1 == len(self.text.words) or self.sentences[at + 1] != self.sentences[at]


def read(text: str) -> Reading:
    """A passage, taken apart. One whose sentences are to be shown together is one sentence."""
    said = Said.of(text)
    if is_one(text):
        return Reading(said, (0,) * len(said.words))
    return Reading(said, tuple(accumulate(_stops(plain(text)))))


def _stops(text: str) -> Iterator[bool]:
    """For each word whether a sentence ends before it: at a stop where no small letter follows, and with a line."""
    spans = tokens(text)
    yield from [False] if spans else []
    for left, right in pairwise(spans):
        word, gap, first = text[slice(*left)], text[left[1] : right[0]], text[right[0]]
        ends = word.lower() not in _ABBREVIATED and not _NUMBER.fullmatch(word)
        yield "\n" in gap or bool(_LATER.search(gap) and not first.islower() and ends)
