"""Every sentence of a model held against the passages that it cites; what they do not say is not shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.generate.aligning import Names, sentences_said
from assistant.generate.claims import Sentence, unbold, unmarked
from assistant.generate.given import Given
from assistant.generate.reading import Reading, read
from assistant.generate.wording import Phrases, of_passages
from assistant.generate.words import Phrase, Said, figures, keys, plain
from corpus.names import agency_names, province_names

#: Signs that a sentence may have; any other has to stand in the passage.
_USUAL = frozenset(" .,;:()-–—/%“”\"'’‘…")
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")
_QUOTE = re.compile(r"[“”\"]")

#: Sentences of passages: the number of the passage, and of the sentence in it.
Places = frozenset[tuple[int, int]]


class Why(StrEnum):
    """What keeps a sentence from being shown."""

    UNCITED = "uncited"  # it cites nothing
    SPLIT = "split"  # it cites in the middle: what stands before and behind is to be two sentences
    UNKNOWN = "unknown"  # it cites a passage that there is not
    FORM = "form"  # signs that belong to no sentence: markup, links, foreign or invisible letters
    QUOTE = "quote"  # words in quotation marks that are not verbatim
    FIGURE = "figure"  # a number, a date, a document's number that the passage does not hold
    NAME = "name"  # a body or a province that the passage does not hold
    DENIAL = "denial"  # a word that denies or supposes, added or lost
    WORDS = "words"  # anything else that the passage does not say


@dataclass(frozen=True, eq=False)
class Gate:
    """Judges sentences against some passages.  placeholders: what stands for private names in the question."""

    given: Sequence[Given]
    placeholders: Collection[str] = ()

    @cached_property
    def by_number(self) -> Mapping[int, Given]:
        """The passages by their numbers."""
        return {one.n: one for one in self.given}

    @cached_property
    def _readings(self) -> dict[int, Reading]:
        return {}

    def said(self, sentence: Sentence) -> Places:
        """Which sentences of the passages it cites a sentence repeats; none where it may not be shown."""
        return frozenset() if self._misformed(sentence) else self._places(_words(sentence), self._cited(sentence))

    def why_not(self, sentence: Sentence) -> Why | None:
        """What keeps a sentence from being shown, None for nothing."""
        if why := self._misformed(sentence):
            return why
        words, cited = _words(sentence), self._cited(sentence)
        return None if self._places(words, cited) else self._diagnosed(words, cited)

    def whole(self, number: int) -> Places:
        """All sentences of a passage."""
        return frozenset((number, one) for one in self._reading(self.by_number[number]).sentences)

    def _cited(self, sentence: Sentence) -> list[Given]:
        return [self.by_number[mark] for mark in dict.fromkeys(sentence.marks)]

    def _misformed(self, sentence: Sentence) -> Why | None:
        """What of its form keeps a sentence from being shown, whatever it says."""
        if not sentence.marks:
            return Why.UNCITED
        if len(sentence.parts) > 1:
            return Why.SPLIT
        if any(mark not in self.by_number for mark in sentence.marks):
            return Why.UNKNOWN
        cited = self._cited(sentence)
        strange = sentence.of_whom and sentence.of_whom not in self.placeholders
        if strange or misshapen(unmarked(sentence.body), "".join(one.words for one in cited)):
            return Why.FORM
        words = _words(sentence)
        quoted = _QUOTED.findall(words)
        paired = len(_QUOTE.findall(words)) == 2 * len(quoted)
        return None if paired and all(self._quotes(one, cited) for one in quoted) else Why.QUOTE

    def _quotes(self, quoted: str, cited: Sequence[Given]) -> bool:
        wanted = " ".join(plain(quoted).split()).strip(" .,;…")
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        places = (text for one in cited for text in (one.words, *one.plans, *one.titles))
        return bool(wanted) and any(whole.search(" ".join(plain(text).split())) for text in places)

    def _places(self, words: str, cited: Sequence[Given]) -> Places:
        """The sentences of every passage cited that words are made of: two of them make no sentence together."""
        said, names = Said.of(words), _names(cited)
        found = {one.n: sentences_said(said, self._reading(one), names) for one in cited}
        return frozenset((n, each) for n, some in found.items() for each in some if all(found.values()))

    def _reading(self, one: Given) -> Reading:
        if one.n not in self._readings:
            self._readings[one.n] = read(one.words)
        return self._readings[one.n]

    def _diagnosed(self, words: str, cited: Sequence[Given]) -> Why:
        """What is likeliest wrong with words that do not stand in the passages cited."""
        said = keys(words)
        places = [text for one in cited for text in (one.words, *one.above, one.label, *one.plans)]
        if figures(words) - figures("\n".join(places)):
            return Why.FIGURE
        whole = "\n".join([*places, *(name for one in cited for name in one.bodies)])
        for names in (agency_names(), province_names()):
            known = {found.value for found in names.find(whole)}
            if any(found.value not in known for found in names.find(words)):
                return Why.NAME
        denied = _denying(said) - {word for one in cited for word in _denying(keys(one.words))}
        return Why.DENIAL if denied or _denies_less(said, cited) else Why.WORDS


def misshapen(text: str, words: str = "") -> bool:
    """Whether a text holds signs that belong to no sentence of a plan; words: the passage's, whose signs may be there.

    >>> misshapen("**90%** trẻ em"), misshapen("[xem](http://x)"), misshapen("９０%"), misshapen("gọi 1\\u200b11")
    (False, True, True, True)
    """
    text = unicodedata.normalize("NFC", text)
    if text.count("**") % 2:
        return True
    return any(not _is_usual(char) and char not in words for char in unbold(text))


def _is_usual(char: str) -> bool:
    if char in _USUAL:
        return True
    return char.isalnum() and (char.isascii() or unicodedata.name(char, "").startswith("LATIN "))


def _words(sentence: Sentence) -> str:
    return unbold(sentence.parts[0].words)


def _names(cited: Sequence[Given]) -> Names:
    """The names that may stand before words of some passages: of plans all, of bodies and headings those of each."""
    return Names(
        plans=Phrases(name for one in cited for name in (*one.plans, one.label)),
        titles=Phrases(set[str].intersection(*(set(one.titles) for one in cited))),
        bodies=Phrases(set[str].intersection(*(set(one.bodies) for one in cited))),
        is_order=all(one.is_order for one in cited),
    )


def _denying(words: Phrase) -> set[str]:
    return {" ".join(words[start:end]) for start, end in of_passages("denials").places(words)}


def _denies_less(said: Phrase, cited: Sequence[Given]) -> bool:
    held = {word for one in cited for word in _denying(keys(one.words))}
    return bool(held) and not _denying(said)
