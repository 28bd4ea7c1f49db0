"""Which plans a question is about, and which slot of it no plan fills."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.cues import Cue, Kind, says
from assistant.numbered import with_number
from assistant.plans import Plans, province_now, province_of
from assistant.question import Question
from corpus.document import Document
from corpus.vocabulary import Province
from index.relations import Tie


@dataclass(frozen=True, slots=True)
class Scope:
    """The plans to answer from. A slot that no plan fills is a reason to say so, not to answer from a neighbour.

    named: whether the question, or the filters, named the plans.  absent_provinces: asked for, not held.
    filtered_provinces: held, but outside the filters.  absent_years: asked for, and outside the period of every plan
    here, though a plan may speak of them.  absent_issuers: districts and ministries asked for, not held.
    numbered: whether the plans are those whose own numbers the question names.
    among: of how many plans these are the nearest, 0 where they are all there are.
    """

    documents: tuple[Document, ...]
    named: bool = False
    absent_provinces: tuple[Province, ...] = ()
    absent_years: tuple[int, ...] = ()
    filtered_provinces: tuple[Province, ...] = ()
    absent_issuers: tuple[str, ...] = ()
    among: int = 0
    numbered: bool = False

    @property
    def ids(self) -> list[str]:
        """The ids of the plans."""
        return [document.id for document in self.documents]


def resolve(question: Question, plans: Plans, provinces: Collection[str] = (), years: Collection[int] = ()) -> Scope:
    """The scope of a question within the filters a person has set (names of provinces, years; empty: all)."""
    scope = _resolved(question, plans, provinces, years)
    return scope if scope.numbered else replace(scope, documents=_newer_first(question, plans, scope.documents))


def _newer_first(question: Question, plans: Plans, documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """A plan behind the one that replaced it; without it where the plans of now are asked for."""
    here = {document.id for document in documents}
    replaced = {
        document.id
        for document in documents
        if any(one.tie is Tie.REPLACES and one.doc in here for one in plans.index.later(document.id))
    }
    newer = tuple(document for document in documents if document.id not in replaced)
    if says(question.text, Cue.OF_NOW) and not question.years:
        return newer or documents
    return (*newer, *(document for document in documents if document.id in replaced))


def _resolved(question: Question, plans: Plans, provinces: Collection[str], years: Collection[int]) -> Scope:
    documents = plans.documents.values()
    passing = [one for one in documents if _passes(one, provinces, years)] if provinces or years else list(documents)
    if own := _by_number(question, plans, passing):
        return replace(_by_year(question, own, True, ()), numbered=True)
    held, other = _of_issuers(question, plans, passing)
    if other:
        return Scope((), True, absent_issuers=other)
    if not question.provinces and (own := [one for one in held if one.metadata.period in question.periods]):
        return _by_year(question, own, True, ())
    if question.provinces:
        named = _ids_of(question, plans)
        chosen = [document for document in held if document.id in named]
        absent = tuple(place for place in question.provinces if not plans.of(place))
        let = {document.id for document in passing}
        out = tuple(place for place in question.provinces if place not in absent and plans.of(place).isdisjoint(let))
        return replace(_by_year(question, chosen, True, absent), filtered_provinces=out)
    of_issuer = any(plans.issuers.get(one.id) in question.issuers for one in held)
    return _by_year(question, held, bool(provinces or years) or of_issuer, ())


def _by_number(question: Question, plans: Plans, passing: Sequence[Document]) -> list[Document]:
    """The plans that a question names by their numbers, of the provinces it names; none where it asks which plans."""
    if Kind.PROVINCES in question.kinds and Kind.FORCE not in question.kinds:
        return []
    own = with_number(question.numbers, question.text, passing)
    named = _ids_of(question, plans)
    return [one for one in own if one.id in named] if question.provinces else own


def _of_issuers(question: Question, plans: Plans, held: list[Document]) -> tuple[list[Document], tuple[str, ...]]:
    """The plans of a district or ministry named, and the names of those whose plans are asked for but not held.

    A district of a province whose own plan is held stands for that province; one that no plan writes of is not held.
    """
    if not question.issuers:
        return held, ()
    named = _ids_of(question, plans)
    own = [one for one in held if plans.issuers.get(one.id) in question.issuers]
    if own:
        return [*own, *(one for one in held if one not in own and one.id in named)], ()
    of_province = [one for one in held if one.id in named and one.id not in plans.issuers]
    issued = any(one.id in plans.issuers for one in held if one.id in named)
    unheard = not all(set(name.lower().split()) <= plans.words for name in question.issuers)
    return ([], question.issuers) if not of_province and (issued or unheard) else (held, ())


def _ids_of(question: Question, plans: Plans) -> frozenset[str]:
    """The ids of the plans of the provinces that a question names."""
    return frozenset().union(*map(plans.of, question.provinces))


def _by_year(question: Question, chosen: Sequence[Document], named: bool, absent: tuple[Province, ...]) -> Scope:
    """Plans whose period holds a year asked for; where none does, all of them, and the years are told as absent."""
    of_period = [document for document in chosen if document.metadata.period in question.periods]
    if {province_of(document) for document in of_period} == {province_of(document) for document in chosen}:
        chosen = of_period
    if not question.years or not chosen:
        return Scope(tuple(chosen), named, absent)
    within = [document for document in chosen if any(_covers(document, year) for year in question.years)]
    missing = tuple(year for year in question.years if not any(_covers(one, year) for one in chosen))
    every_province = {province_of(document) for document in chosen} == {province_of(document) for document in within}
    narrowed = within if within and (every_province or not question.provinces) else chosen
    return Scope(tuple(narrowed), named, absent, missing)


def _passes(document: Document, provinces: Collection[str], years: Collection[int]) -> bool:
    in_province = not provinces or province_of(document) in provinces
    return in_province and (not years or any(_covers(document, year) for year in years))


def _covers(document: Document, year: int) -> bool:
    period = document.metadata.period
    return period is not None and period[0] <= year <= period[1]


def is_of(document: Document, place: Province) -> bool:
    """Whether a plan is of a province, by its name then or by the one it belongs to since 2025."""
    return place.name in (province_of(document), province_now(document))
