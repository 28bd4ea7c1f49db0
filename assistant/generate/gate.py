"""Every sentence of a model held against the passages that it cites; what they do not say is not shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from assistant.generate.aligning import Names, Said, openings, stands_in
from assistant.generate.claims import Part, Sentence, unbold
from assistant.generate.given import Given
from assistant.generate.reading import Reading, figures, keys, plain, read
from assistant.generate.wording import Phrase, of_sources
from corpus.names import agency_names, province_names

_ODD = re.compile(r"[^\w\s.,;:()\-–—/%“”\"'’‘…+&*²³°]|_|\*(?!\*)(?<!\*\*)")
_QUOTED = re.compile(r"[“\"]([^“”\"]*)[”\"]")


class Why(StrEnum):
    """What keeps a sentence from being shown."""

    UNCITED = "uncited"  # it cites nothing, or not all of it
    UNKNOWN = "unknown"  # it cites a passage that there is not
    FORM = "form"  # signs that belong to no sentence: markup, links, foreign or invisible letters
    QUOTE = "quote"  # words in quotation marks that are not verbatim
    FIGURE = "figure"  # a number, a date, a document's number that the passage does not hold
    NAME = "name"  # a body or a province that the passage does not hold
    DENIAL = "denial"  # a word that denies or limits, added or lost
    WORDS = "words"  # anything else that the passage does not say


@dataclass(frozen=True, eq=False)
class Gate:
    """Judges sentences against some passages."""

    given: Sequence[Given]

    @cached_property
    def _by_number(self) -> Mapping[int, Given]:
        return {one.n: one for one in self.given}

    @cached_property
    def _readings(self) -> dict[tuple[int, ...], Reading]:
        return {}

    def why_not(self, sentence: Sentence) -> Why | None:
        """What keeps a sentence from being shown, None for nothing."""
        if not all(part.marks for part in sentence.parts):
            return Why.UNCITED
        if any(mark not in self._by_number for mark in sentence.marks):
            return Why.UNKNOWN
        return next((why for part in sentence.parts if (why := self._of_part(part)) is not None), None)

    def heads(self, line: str, marks: Collection[int]) -> bool:
        """Whether a line that cites nothing may stand over sentences that cite some passages: it names their plan and
        their bodies and says nothing else."""
        cited = [self._by_number[mark] for mark in dict.fromkeys(marks)]
        for one in cited:
            line = line.replace(one.label, one.place)
        words = keys(unbold(line))
        if not words or not cited or misshapen(line):
            return False
        return len(words) in openings(words, _names(cited, each=True))

    def _of_part(self, part: Part) -> Why | None:
        if misshapen(part.words):
            return Why.FORM
        words = unbold(part.words)
        cited = [self._by_number[mark] for mark in dict.fromkeys(part.marks)]
        if any(not self._quotes(quoted, cited) for quoted in _QUOTED.findall(words)):
            return Why.QUOTE
        for one in cited:  # its year stands in brackets: "Khánh Hòa (2020) trẻ em", and no "2020 trẻ em"
            words = words.replace(one.label, one.place)
        return None if self._stands(Said.of(words), cited) else self._diagnosed(words, cited)

    def _quotes(self, quoted: str, cited: Sequence[Given]) -> bool:
        wanted = " ".join(plain(quoted).split()).strip(" .,;…")
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        places = (text for one in cited for text in (one.words, *one.of_plan, *one.titles))
        return bool(wanted) and any(whole.search(" ".join(plain(text).split())) for text in places)

    def _stands(self, said: Said, cited: Sequence[Given]) -> bool:
        """Whether words stand in the passages cited: of one plan in all of them together, of several in each."""
        by_plan: dict[str, list[Given]] = {}
        for one in cited:
            by_plan.setdefault(one.citation.doc, []).append(one)
        names = _names(cited, each=False)
        return all(stands_in(said, self._reading(held), names) for held in by_plan.values())

    def _reading(self, held: Sequence[Given]) -> Reading:
        numbers = tuple(one.n for one in held)
        if numbers not in self._readings:
            self._readings[numbers] = read("\n".join(one.words for one in held))
        return self._readings[numbers]

    def _diagnosed(self, words: str, cited: Sequence[Given]) -> Why:
        """What is likeliest wrong with words that do not stand in the passages cited."""
        said = keys(words)
        places = [text for one in cited for text in (one.words, *one.above, *one.of_plan)]
        if figures(words) - figures("\n".join(places)):
            return Why.FIGURE
        whole = "\n".join([*places, *(name for one in cited for name in one.of_body)])
        for names in (agency_names(), province_names()):
            known = {found.value for found in names.find(whole)}
            if any(found.value not in known for found in names.find(words)):
                return Why.NAME
        denied = _denying(said) - {word for one in cited for word in _denying(keys(one.words))}
        return Why.DENIAL if denied or _denies_less(said, cited) else Why.WORDS


def misshapen(text: str) -> bool:
    """Whether a text holds signs that belong to no sentence of a plan.

    >>> misshapen("**90%** trẻ em"), misshapen("[xem](http://x)"), misshapen("９０%"), misshapen("gọi 1\\u200b11")
    (False, True, True, True)
    """
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(unbold(text)) or text.count("**") % 2:
        return True
    letters = (char for char in text if char.isalnum() and not char.isascii())
    return any(not unicodedata.name(char, "").startswith("LATIN ") for char in letters if char not in "²³")


def _names(cited: Sequence[Given], each: bool) -> Names:
    """The names that may stand around words of some passages: of bodies and headings those of all of them.

    each: of plans, too.
    """
    bodies, places = (_shared([getattr(one, name) for one in cited]) for name in ("of_body", "titles"))
    plans = _shared([one.of_plan for one in cited]) if each else {name for one in cited for name in one.of_plan}
    return Names.of(plans, places, bodies, all(one.is_order for one in cited))


def _shared(lists: Sequence[Sequence[str]]) -> set[str]:
    return set(lists[0]).intersection(*lists[1:])


def _denying(words: Phrase) -> set[str]:
    return {" ".join(words[start:end]) for start, end in of_sources("denials").places(words)}


def _denies_less(said: Phrase, cited: Sequence[Given]) -> bool:
    held = {word for one in cited for word in _denying(keys(one.words))}
    return bool(held) and not _denying(said)
