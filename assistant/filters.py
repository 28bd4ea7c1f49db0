"""The filters a person or a program sets: provinces and bodies in any spelling, years; what no plan holds is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.harm import Need
from assistant.pipeline import Assistant
from assistant.plans import Plans, province_of
from assistant.question import Turn
from assistant.scope import is_of
from corpus.document import Document
from corpus.metadata import province_named
from corpus.names import Names
from corpus.vocabulary import Agency


class NotHeld(ValueError):
    """A filter that no plan passes; the message names what is held, in both languages."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is limited to: names of provinces, years, names of bodies; empty: all."""

    provinces: Sequence[str] = ()
    years: Sequence[int] = ()
    agencies: Sequence[str] = ()


NO_FILTERS = Filters()


def ask_within(assistant: Assistant, question: str, history: Sequence[Turn], filters: Filters) -> Answer:
    """The answer within filters; to who tells of harm also where no plan passes them. Raises NotHeld.

    Told in this question or in one before it: nobody who needs help is kept from it by a filter.
    """
    try:
        found = resolved(assistant.plans, filters)
    except NotHeld:
        said = [turn.content for turn in history if turn.role == "user"]
        if assistant.tells(question, *said).value < Need.OPEN.value:
            raise
        found = NO_FILTERS
    return assistant.ask(question, history, found.provinces, found.years, found.agencies)


def resolved(plans: Plans, filters: Filters) -> Filters:
    """The filters by the names that the plans use. Raises NotHeld."""
    return Filters(
        _provinces_held(plans.documents, filters.provinces),
        _years_held(plans.documents, filters.years),
        _bodies_held(plans.bodies, filters.agencies),
    )


def _provinces_held(documents: Mapping[str, Document], names: Iterable[str]) -> list[str]:
    """The names in the plans of provinces in any spelling, also by their names since 2025. Raises NotHeld."""
    return [held for name in names for held in _of_province(documents, name)]


def _of_province(documents: Mapping[str, Document], name: str) -> list[str]:
    place = province_named(name)
    found = [province_of(one) for one in documents.values() if place is not None and is_of(one, place)]
    if found:
        return found
    held = ", ".join(sorted({province_of(document) for document in documents.values()} - {""}))
    raise NotHeld(f"Không có kế hoạch của tỉnh “{name}”; đang có: {held} / No plan of that province; held: {held}")


def _years_held(documents: Mapping[str, Document], years: Sequence[int]) -> Sequence[int]:
    """The years asked for. Raises NotHeld for one that no plan is for."""
    periods = [one.metadata.period for one in documents.values() if one.metadata.period]
    for year in years:
        if not any(first <= year <= last for first, last in periods):
            held = ", ".join(sorted({str(first) if first == last else f"{first}–{last}" for first, last in periods}))
            raise NotHeld(f"Không có kế hoạch năm {year}; đang có: {held} / No plan for that year; held: {held}")
    return years


def _bodies_held(bodies: Names[Agency], names: Sequence[str]) -> Sequence[str]:
    """The bodies named, in any spelling, by their own names. Raises NotHeld for what is no body."""
    held: list[str] = []
    for name in names:
        found = [one.value.name for one in bodies.find(name)]
        if not found:
            raise NotHeld(f"Không biết cơ quan “{name}” / No such body is known: “{name}”")
        held += found
    return list(dict.fromkeys(held))
