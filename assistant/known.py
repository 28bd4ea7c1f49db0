"""The names that a question may use for places and issuers: of vocabularies, and as the plans held give them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.document import Span
from corpus.names import Found, Names, place_names, province_names
from corpus.vocabulary import Agency, Province, place_levels
from corpus.words import fold

_BESIDE = re.compile(r"\b(?:nhu|giong|ke ben|ke|gan|canh|sat|giap|sat vach)(?: tinh)?\s*$")
_DISTRICT = re.compile(rf"\b(?i:{'|'.join(place_levels())})\s+([A-ZĐ][^\W\d_]*(?:\s+[A-ZĐ][^\W\d_]*){{0,2}})")
_INITIALS = re.compile(r"(?<![\w/.-])[A-ZĐ]{2,4}(?![\w/])")
_OF_ISSUER = re.compile(
    r"\b(?:ke hoach|chuong trinh|quyet dinh|van ban|de an|theo|plan|programme|according to)"
    r"(?: [^\W\d]+){0,4}?(?: (?:cua|by|of|from)(?: the)?)? ?$"
)


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a question may use besides those of the vocabularies, as the plans held give them.

    bodies: agencies.  initials: provinces by the first letters of their names ("KG"), where those mean only one.
    issuers: districts and ministries that issued a plan; acting: those of them with duties of their own in it.
    """

    bodies: Names[Agency]
    initials: Mapping[str, Province]
    issuers: Names[str]
    acting: frozenset[str] = frozenset()


def provinces_named(text: str, agencies: Sequence[Found[Agency]], known: Known) -> list[Found[Province]]:
    """The provinces that a text names: by their names or first letters, else by a district of theirs."""
    named = [one for one in province_names().find(text) if not _is_of_a_name(one, agencies)]
    if not text.isupper():
        spans = (match.span() for match in _INITIALS.finditer(text) if match[0] in known.initials)
        short = [Found(known.initials[text[start:end]], Span(start, end)) for start, end in spans]
        named += [one for one in short if not is_inside(one.span, [*named, *agencies])]
    if len(named) > 1:  # "cũng miền Tây như Kiên Giang": a place that another one is only set beside is not asked about
        named = [one for one in named if not _BESIDE.search(fold(text[: one.span.start]))] or named
    inside = [one for one in place_names().find(text) if not is_inside(one.span, [*named, *agencies])]
    if named:  # the districts of a province named say nothing more; they are no matter either
        inside = [one for one in inside if one.value in {other.value for other in named}]
    return sorted([*named, *inside], key=lambda one: one.span)


def issuers_named(text: str, known: Known) -> list[Found[str]]:
    """The districts and ministries named as issuers of a plan; "Bộ Y tế làm gì?" names an agency that has duties."""
    found = list(known.issuers.find(text))
    bodies = {one.span for one in known.bodies.find(text)}
    agencies = {one.span for one in found if one.span in bodies and one.value in known.acting}
    return [one for one in found if one.span not in agencies or _OF_ISSUER.search(fold(text[: one.span.start]))]


def named_or_unknown(text: str, issuers: Sequence[Found[str]]) -> tuple[str, ...]:
    """The issuers named, and whatever "huyện" and the like stand before: none issued a plan that is held."""
    held = [one.value for one in issuers]
    others = [match[1] for match in _DISTRICT.finditer(text)]
    return tuple(dict.fromkeys([*held, *(name for name in others if not any(one in name for one in held))]))


def is_inside(span: Span, others: Sequence[Found[Any]]) -> bool:
    """Whether a stretch lies inside one of the names found."""
    return any(span in other.span for other in others)


def _is_of_a_name(place: Found[Province], agencies: Sequence[Found[Agency]]) -> bool:
    """Whether a province is part of a body's official name: Đoàn Thanh niên Cộng sản Hồ Chí Minh."""
    return any(place.span in one.span and fold(place.value.name) in fold(one.value.name) for one in agencies)
