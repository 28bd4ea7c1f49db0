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
_STOP = re.compile(r"(?<!\.)[.!?](?!\.)")  # an ellipsis ends none
_NO_END = re.compile(r"\d{1,2}|[A-ZĐ][A-ZĐa-zđ]{0,2}")  # the number of an item, a short form: "TX. Duyên Hải"
_LEANS = 4  # words of a sentence's beginning, in which it may point to another one


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
        return tuple(at for at in begin if at == 0 or not self._leans(at))

    def _leans(self, at: int) -> bool:
        words = self.text.words
        begins = of_passages("leaning").ends(words, at)
        return bool(begins) or any(of_passages("pointing").ends(words, at + i) for i in range(_LEANS))

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
    """For each word whether a sentence ends before it: with a line, or at a stop where no small letter follows, outside
    of brackets and quotation marks."""
    spans = tokens(text)
    yield from [False] if spans else []
    opened = text[: spans[0][0]] if spans else ""
    for left, right in pairwise(spans):
        word, gap, first = text[slice(*left)], text[left[1] : right[0]], text[right[0]]
        opened += gap
        ends = _STOP.search(gap) and not first.islower() and not _is_open(opened)
        yield "\n" in gap or bool(ends and word.lower() not in _ABBREVIATED and not _NO_END.fullmatch(word))


def _is_open(signs: str) -> bool:
    """Whether a bracket or a quotation mark is open behind some signs."""
    quotes = signs.count("“") > signs.count("”") or signs.count('"') % 2 == 1
    return quotes or signs.count("(") > signs.count(")")
