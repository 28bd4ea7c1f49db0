"""What a question names and a passage lacks: signs that the passage speaks of something near, not of what is asked.

The figure for five-year-olds is none for children of three, nor a province's one that of a town in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.cues import Value
from assistant.plans import Plans
from assistant.question import Question
from assistant.supposed import supposed
from corpus.document import Document
from corpus.names import kind_names, matter_names, term_names
from corpus.words import fold

_RANGE = re.compile(r"(?<![\d,.])(\d{1,2})\s*(?:-|–|den|toi|to|and)\s*(\d{1,2})\s*(?:tuoi|years? old|-year-olds?)")
_UNDER = re.compile(r"\b(?:duoi|under|below)[- ](\d{1,2}|one|two|three|four|five|six)(?=\s+tuoi|\s+years|\W*$| in| of)")
_OVER = re.compile(r"(?:\btren\s+)?\b(\d{1,2})\s+tuoi(?:\s+tro len)|\btren\s+(\d{1,2})\s+tuoi")
_ONE = re.compile(r"(?<![\d,.-])(\d{1,2})\s*(?:tuoi|years? old|-year-olds?)")
_SPELT = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_QUOTES = re.compile(r"[“”\"']")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SPAN = re.compile(r"((?:19|20)\d\d)\s*(?:-|–|den(?: nam)?)\s*((?:19|20)\d\d)")
_GROWN = 18
_MANY = 50  # plans
_FIGURES = frozenset({Value.MONEY, Value.PERCENT, Value.NUMBER})


def unheld(question: Question, documents: Sequence[Document], plans: Plans) -> tuple[str, ...]:
    """What a question names that plans of this kind write of and none of these does: short sight, of a plan on hunger.

    Words by which it names a thing of the vocabulary are left to that. Of more plans than can be looked through
    nothing is said.
    """
    if not documents or len(documents) > _MANY:
        return ()
    terms = [one.span for one in term_names().find(question.text)]
    found = [
        one
        for one in matter_names().find(question.text)
        if not any(one.span.start < span.end and span.start < one.span.end for span in terms)
    ]
    absent = [one for one in found if not any(plans.holds(document, one.value) for document in documents)]
    named = [_QUOTES.sub("", question.text[one.span.start : one.span.end]) for one in absent]
    more = [one for one in supposed(question, documents, plans) if not any(one in name for name in named)]
    return tuple(dict.fromkeys([*(name for name in named if not any(name in one for one in more)), *more]))


def spellings(name: str) -> tuple[str, ...]:
    """How plans write what `unheld` names."""
    whole = (one.value for one in matter_names().find(name) if one.span.end - one.span.start == len(name))
    return next(whole, (name,))


def of_other_ages(question: Question, text: str) -> bool:
    """Whether a text names ages, and none of those that a question names."""
    asked, own = _ages(question.text), _ages(text)
    return bool(asked and own) and asked.isdisjoint(own)


def of_other_place(question: Question, text: str) -> bool:
    """Whether a figure is asked for, of a district or town that a text does not name."""
    if question.values.isdisjoint(_FIGURES):
        return False
    words = fold(text)
    return any(fold(place) not in words for place in question.places)


def of_other_kind(question: Question, text: str) -> bool:
    """Whether a text names kinds that exclude the one a question names, and not that: lower for upper secondary."""
    for names in kind_names():
        asked = {one.value for one in names.find(question.text)}
        own = {one.value for one in names.find(text)} if asked else set()
        if own and asked.isdisjoint(own):
            return True
    return False


def of_other_years(question: Question, text: str) -> bool:
    """Whether a text dates what it says, and not of a year that a question names."""
    years, words = question.years, fold(text)
    spans = [range(int(match[1]), int(match[2]) + 1) for match in _SPAN.finditer(words)]
    named = {int(year) for year in _YEAR.findall(words)}
    return bool(years and named) and named.isdisjoint(years) and not any(y in span for span in spans for y in years)


def _ages(text: str) -> frozenset[int]:
    """The years of age that a text speaks of: all from 3 to 5 for "3-5 tuổi", up to 5 for "dưới 5 tuổi"."""
    words, found = fold(text), set[int]()
    for match in _RANGE.finditer(words):
        found.update(range(int(match[1]), int(match[2]) + 1))
    for match in _UNDER.finditer(words):
        found.update(range(int(_SPELT.get(match[1], match[1])) + 1))
    for match in _OVER.finditer(words):
        found.update(range(int(match[1] or match[2]), _GROWN + 1))
    rest = _OVER.sub(" ", _RANGE.sub(" ", words))
    found.update(int(match[1]) for match in _ONE.finditer(rest))
    return frozenset(found)
