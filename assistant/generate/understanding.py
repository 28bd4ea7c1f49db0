"""What a question is after, as a model reads it, in words that the plans and the vocabularies hold."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.plans import Plans
from corpus.names import place_names, province_names
from corpus.vocabulary import agencies, read_toml
from corpus.words import fold, nfc

_FILE = Path(__file__).with_name("kinds.toml")
_MOST_TERMS, _MOST_WORDS, _MOST_BODIES = 5, 6, 3


@dataclass(frozen=True, slots=True)
class Slots:
    """What a model read off a question, as it said it."""

    kind: str = ""
    terms: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


_SLOTS = TypeAdapter(Slots)


@cache
def kinds() -> dict[str, str]:
    """The kinds of question that a model may name, each with how the rules are asked one."""
    found: dict[str, str] = dict(read_toml(_FILE)["kinds"])
    return found


def kinds_told() -> str:
    """The kinds as a prompt lists them."""
    return ", ".join(f'"{name}"' for name in kinds())


def bodies_told() -> str:
    """The bodies as a prompt lists them."""
    return "; ".join(dict.fromkeys(one.name for one in agencies() if one.level == "province"))


def read_slots(said: str) -> Slots | None:
    """What a model answered, None where it is not what was asked for."""
    start, end = said.find("{"), said.rfind("}")
    if not 0 <= start < end:
        return None
    try:
        return _SLOTS.validate_python(json.loads(said[start : end + 1]), strict=False)
    except (ValueError, RecursionError, ValidationError):
        return None


def restated(slots: Slots, said: Sequence[str], plans: Plans) -> str:
    """The question as the rules are asked it: a fixed sentence with known names and words; "" where nothing is left.

    said: what the person wrote, the question last. Provinces, years and bodies are theirs; each word of a term is one
    that the plans write. No figure comes in.
    """
    terms = [term for term in map(_clean, slots.terms[:_MOST_TERMS]) if _is_known(term, plans.words)]
    spoken = {found.value for text in said for found in plans.bodies.find(text)}
    read = (found.value for name in slots.agencies[:_MOST_BODIES] for found in plans.bodies.find(name))
    bodies = [body.name for body in read if body in spoken]
    template = kinds().get(slots.kind, kinds()["what"])
    if not terms and not bodies:
        return ""
    about = ", ".join(dict.fromkeys(terms))
    question = template.format(about=about, body=", ".join(dict.fromkeys(bodies))).strip()
    return " ".join([" ".join(question.split()), *_where(slots, said)]) + "?"


def _where(slots: Slots, said: Sequence[str]) -> Iterator[str]:
    """The provinces and the years: those of the question; where it has none, those of earlier ones that the model
    takes over."""
    now, before = _provinces(said[-1:]), _provinces(said[:-1])
    taken = {found.value.name for name in slots.provinces for found in province_names().find(name)}
    yield from (f"ở {name}" for name in sorted(now or before & taken))
    years = [str(year) for year in slots.years if any(str(year) in text for text in said)]
    yield from (f"năm {year}" for year in dict.fromkeys(years))


def _provinces(texts: Sequence[str]) -> set[str]:
    lists = province_names(), place_names()
    return {found.value.name for text in texts for names in lists for found in names.find(text)}


def _clean(term: str) -> str:
    return " ".join(nfc(term).lower().split())


def _is_known(term: str, words: Collection[str]) -> bool:
    """Whether a term is a few words that the plans write, letters only."""
    parts = term.split()
    return (
        0 < len(parts) <= _MOST_WORDS and all(part.isalpha() and part in words for part in parts) and bool(fold(term))
    )
