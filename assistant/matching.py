"""How much of what a question is about stands in a stretch of text.

A question is broken into units: a thing of the field in any of its spellings, a syllable, a pair of adjacent
syllables. Each weighs by how rare it is in the plans (ln(1 + N / (n + 0.5)) for n of N passages, Spärck Jones's idf);
coverage is the weight of the units found over the weight of all, so that 1 means: all of it is there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from assistant.cues import Value
from assistant.question import Question
from corpus.vocabulary import Term, terms
from corpus.words import fold, syllables

#: What a unit found only in the headings above counts against one in the text itself.
ABOVE = 0.8
MONEY = "kinh phí"  # the term that a question of money is about, said or not
_TERM, _PAIR, _WORD, _YEAR = 1.2, 0.6, 0.4, 0.3  # what kinds of unit weigh against each other
_UNKNOWN_WORD, _UNKNOWN_PAIR = 4.0, 1.0  # idf of what no plan holds: a missing word says more than a missing pair

#: Tells how many passages hold a syllable or a pair "a_b"; the flag asks for the unaccented form.
Count = Callable[[str, bool], int]


@dataclass(frozen=True)
class Words:
    """A text as it is matched."""

    text: str

    @cached_property
    def exact(self) -> str:
        """Its syllables as keys, each between blanks."""
        return f" {' '.join(syllables(self.text))} "

    @cached_property
    def folded(self) -> str:
        """The same without accents."""
        return f" {' '.join(syllables(fold(self.text)))} "


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing to look for. forms: any of them will do, each as `Words` has it, between blanks.

    anchor: whether finding it says that a text is about the same matter; one syllable of a longer word says little.
    """

    weight: float
    forms: tuple[str, ...]
    folded: bool = False
    anchor: bool = True

    def stands_in(self, words: Words) -> bool:
        """Whether a text holds it."""
        text = words.folded if self.folded else words.exact
        for form in self.forms:  # noqa: SIM110 - run a thousand times a question; a generator takes twice as long
            if form in text:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Matter:
    """What a question is about, as units: `units` are said or implied, `said_units` alone are what its words say.

    unheld: what it names that no plan in scope writes of, see `assistant.lacks`.
    """

    units: tuple[Unit, ...]
    said_units: tuple[Unit, ...] = ()
    unheld: tuple[str, ...] = ()

    @property
    def said(self) -> Matter:
        """The matter without what is only implied."""
        return Matter(self.said_units, self.said_units)

    @property
    def weight(self) -> float:
        """The weight of all units; 0 for a question without content."""
        return sum(unit.weight for unit in self.units)

    def coverage(self, text: Words, above: Words | None = None) -> float:
        """The share of the matter that a text holds, 0 to 1; what only the headings above hold counts less."""
        if not self.units:
            return 0.0
        found = 0.0
        for unit in self.units:
            if unit.stands_in(text):
                found += unit.weight
            elif above is not None and unit.stands_in(above):
                found += ABOVE * unit.weight
        return found / self.weight

    def is_anchored(self, text: Words, above: Words) -> bool:
        """Whether a text, or the headings above it, hold anything that tells the matter; true if nothing does."""
        anchors = [unit for unit in self.units if unit.anchor]
        return not anchors or any(unit.stands_in(text) or unit.stands_in(above) for unit in anchors)

    def found(self, text: Words) -> frozenset[int]:
        """Which units a text holds."""
        return frozenset(i for i, unit in enumerate(self.units) if unit.stands_in(text))

    def share(self, units: frozenset[int]) -> float:
        """The share of the matter that some units make up."""
        return sum(self.units[i].weight for i in units) / self.weight if self.units else 0.0


def matter(question: Question, count: Count, passages: int) -> Matter:
    """What a question, and the one it leans on, is about. `passages` is how many there are."""
    said = list(_units(question, count, passages))
    if question.context is not None:
        said += [replace(unit, weight=unit.weight / 2) for unit in _units(question.context, count, passages)]
    return Matter((*said, *_implied(question, count, passages)), tuple(said))


def search_text(question: Question) -> str:
    """What is put to the index: the question's own words, and how plans write what it names."""
    own = question.text if question.english or not question.content else " ".join(question.content)
    said = [spelling for term in question.terms for spelling in term.plan]
    context = [search_text(question.context)] if question.context is not None else []
    return " ".join([own, *said, *context])


def _units(question: Question, count: Count, passages: int) -> Iterator[Unit]:
    for term in question.terms:
        yield _term(term, count, passages)
    for run in question.content:
        for unit, found in _run(run, question.accented, count, passages):
            # an English word that no plan holds says nothing against a passage, if it is no name: "UNICEF"
            if found or not question.english or (run.isupper() and not question.text.isupper()):
                yield unit


def _implied(question: Question, count: Count, passages: int) -> Iterator[Unit]:
    """What a question is about without saying it: the money of "bao nhiêu", the body and the year it names."""
    if Value.MONEY in question.values and not any(MONEY in term.plan for term in question.terms):
        yield from (_term(term, count, passages) for term in terms() if MONEY in term.plan)
    for agency in question.agencies:
        names = tuple(f" {' '.join(syllables(name))} " for name in (agency.name, *agency.aliases))
        yield Unit(_TERM * _idf(_held(names[0].split(), count), passages) / 2, names)
    for reference in question.references:  # "56/2017" is the beginning of "56/2017/NĐ-CP"
        yield Unit(_TERM * _UNKNOWN_WORD, (f" {reference}",), folded=True)
    for first, last in question.periods:  # of another time than the plans': one that they look back on
        yield Unit(_TERM * _UNKNOWN_WORD, (f" {first} {last} ",))
    for year in question.years:
        yield Unit(_YEAR * _idf(count(str(year), False), passages), (f" {year} ",))


def _idf(found: int, passages: int) -> float:
    return math.log(1 + passages / (found + 0.5))


def _term(term: Term, count: Count, passages: int) -> Unit:
    forms = tuple(dict.fromkeys(f" {' '.join(syllables(form))} " for form in term.held))
    held = max(_held(form.split(), count) for form in forms)
    return Unit(_TERM * _idf(held, passages), forms)


def _held(keys: Sequence[str], count: Count) -> int:
    """About how many passages hold a phrase: as many as hold its rarest pair."""
    parts = [f"{one}_{two}" for one, two in pairwise(keys)] or list(keys)
    return min((count(part, False) for part in parts), default=0)


def _run(run: str, accented: bool, count: Count, passages: int) -> Iterator[tuple[Unit, int]]:
    """Units of a stretch of plain words, each with how many passages hold it; without accents where none are typed."""
    keys = syllables(run) if accented else syllables(fold(run))
    for key in keys:
        found = count(key, not accented)
        idf = _idf(found, passages) if found else _UNKNOWN_WORD
        yield Unit(_WORD * idf, (f" {key} ",), not accented, anchor=len(keys) == 1), found
    for one, two in pairwise(keys):
        found = count(f"{one}_{two}", not accented)
        idf = _idf(found, passages) if found else _UNKNOWN_PAIR
        yield Unit(_PAIR * idf, (f" {one} {two} ",), not accented), found
