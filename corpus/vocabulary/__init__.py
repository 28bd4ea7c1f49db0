"""The closed vocabularies: provinces, agencies, hotlines, slips of scanning, the layout of official texts.

Each is a TOML file beside this one whose entries name their source; each is read once, on demand.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its name before July 2025; `now` is the unit it belongs to since, "" where nothing changed.

    places: its districts and towns, those whose names no other province has.
    """

    name: str
    aliases: tuple[str, ...] = ()
    now: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that plans give duties to.

    now: a labelled note on who inherited its work, "" where it stands.  field_of: the provincial body whose field an
    office of a district has, "" for others: "ngành giáo dục" means either.
    """

    name: str
    aliases: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    level: str = "province"
    now: str = ""
    field_of: str = ""


@dataclass(frozen=True, slots=True)
class Hotline:
    """A national number. use: "child", "police" or "ambulance"."""

    number: str
    use: str
    name_vi: str
    name_en: str
    note_vi: str
    note_en: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A known slip of scanning: `seen` stands in a text where `right` is meant."""

    seen: str
    right: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """A word of a dialect and the common one; fields as in dialect.toml."""

    said: str
    means: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    at_the_end: bool = False

    def is_meant(self, word: str, before: str, after: str) -> bool:
        """Whether a word is this one, by the words before and after it, "" where there is none."""
        stands = (not self.after or before in self.after) and (not self.at_the_end or not after)
        return word == self.said and stands and after not in self.not_before and before not in self.not_after


@dataclass(frozen=True, slots=True)
class Layout:
    """The wording by which the parts of an official text are known; fields as in layout.toml."""

    debris: tuple[str, ...]
    stamp: tuple[str, ...]
    beside_stamp: tuple[str, ...]
    related: tuple[str, ...]
    attached: tuple[str, ...]
    kinds: tuple[str, ...]
    opening: tuple[str, ...]
    enacting: tuple[str, ...]
    posts: tuple[str, ...]
    degrees: tuple[str, ...]
    closing: tuple[str, ...]
    recipients: str
    doers: tuple[str, ...]
    joiners: tuple[str, ...]
    appendix: tuple[str, ...]
    forms: tuple[str, ...]
    motto: tuple[str, ...]
    duties: tuple[str, ...]
    requests: tuple[str, ...]
    bodies: tuple[str, ...]
    bodies_named: tuple[str, ...]
    verbs: tuple[str, ...]
    authorities: tuple[str, ...]
    issuers: tuple[str, ...]
    no_issuers: tuple[str, ...]
    sections: tuple[str, ...]
    subject: str
    addressed: str


@dataclass(frozen=True, slots=True)
class Ties:
    """The wording by which a text replaces or amends another; fields as in ties.toml."""

    replaces: tuple[str, ...]
    repeals: tuple[str, ...]
    amends: tuple[str, ...]
    ended: tuple[str, ...]
    whole: tuple[str, ...]
    enacted_by: tuple[str, ...]
    not_before: tuple[str, ...]
    not_behind: tuple[str, ...]
    about: tuple[str, ...]
    acting: tuple[str, ...]
    done_here: tuple[str, ...]
    in_force: tuple[str, ...]
    lasting: tuple[str, ...]


def read_toml(path: Path) -> dict[str, Any]:
    """A TOML file as plain values, its lists as tuples."""
    with path.open("rb") as file:
        return {name: _frozen(value) for name, value in tomllib.load(file).items()}


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(part) for part in value)
    if isinstance(value, dict):
        return {name: _frozen(part) for name, part in value.items()}
    return value


@cache
def provinces() -> tuple[Province, ...]:
    """All 63 names."""
    places = {entry["name"]: entry["places"] for entry in read_toml(HERE / "places.toml")["province"]}
    entries = read_toml(HERE / "provinces.toml")["province"]
    return tuple(Province(**entry, places=places.get(entry["name"], ())) for entry in entries)


@cache
def matters() -> tuple[tuple[str, ...], ...]:
    """Things that plans for children write of, each by the words that plans use for it."""
    rows: tuple[tuple[str, ...], ...] = read_toml(HERE / "matters.toml")["matters"]
    return rows


@cache
def contrasts() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Rows of kinds that exclude one another, each kind by its names."""
    return tuple(entry["kinds"] for entry in read_toml(HERE / "contrasts.toml")["contrast"])


@cache
def place_levels() -> tuple[str, ...]:
    """What stands before the name of a place below the province: "huyện", "xã"."""
    levels: tuple[str, ...] = read_toml(HERE / "places.toml")["levels"]
    return levels


@cache
def not_initials() -> frozenset[str]:
    """First letters of provinces' names that mean something else in an office's question."""
    return frozenset(read_toml(HERE / "provinces.toml")["not_initials"])


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies, the {province} in their aliases filled in."""
    return tuple(
        Agency(**{**entry, "aliases": _spelled_out(entry["aliases"])})
        for entry in read_toml(HERE / "agencies.toml")["agency"]
    )


@cache
def agency_not_after() -> dict[str, str]:
    """First words of agencies' names, and the word before them that makes them another word ("cơ sở")."""
    return dict(read_toml(HERE / "agencies.toml")["not_after"])


def _spelled_out(aliases: tuple[str, ...]) -> tuple[str, ...]:
    plain = [alias for alias in aliases if "{province}" not in alias]
    patterns = [alias for alias in aliases if "{province}" in alias]
    return (*plain, *(alias.format(province=place.name) for alias in patterns for place in provinces()))


@cache
def hotlines() -> tuple[Hotline, ...]:
    """The national numbers, the children's line first."""
    return tuple(Hotline(**entry) for entry in read_toml(HERE / "hotlines.toml")["hotline"])


@cache
def call_words(which: str) -> tuple[str, ...]:
    """Words around numbers to call: "about", "surely", "counted" or "branch", as hotlines.toml has them."""
    words: tuple[str, ...] = read_toml(HERE / "hotlines.toml")[which]
    return words


def child_line() -> Hotline:
    """The children's line."""
    return next(line for line in hotlines() if line.use == "child")


@cache
def slips() -> tuple[Slip, ...]:
    """Known slips of scanning."""
    return tuple(Slip(**entry) for entry in read_toml(HERE / "slips.toml")["slip"])


@cache
def dialect() -> tuple[Dialect, ...]:
    """Words of the central dialects."""
    return tuple(Dialect(**entry) for entry in read_toml(HERE / "dialect.toml")["word"])


@cache
def shorthand() -> dict[str, str]:
    """Shorthand of messages, and what it stands for."""
    words: dict[str, str] = read_toml(HERE / "shorthand.toml")["shorthand"]
    return words


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviations of official texts, and what they stand for."""
    words: dict[str, str] = read_toml(HERE / "abbreviations.toml")["abbreviations"]
    return words


@cache
def layout() -> Layout:
    """How official texts are laid out."""
    return Layout(**read_toml(HERE / "layout.toml"))


@cache
def ties() -> Ties:
    """How texts replace and amend one another."""
    return Ties(**read_toml(HERE / "ties.toml"))


@dataclass(frozen=True, slots=True)
class Term:
    """A thing of the field: how plans write it, how people say it, how English has it.

    written: spellings that mean it in a plan but are too common in questions to tell it there.
    """

    plan: tuple[str, ...]
    said: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """How a question may name it."""
        return (*self.plan, *self.said, *self.english)

    @property
    def held(self) -> tuple[str, ...]:
        """How a plan may name it, its usual spelling first."""
        return (*self.plan, *self.written, *self.said)


@cache
def terms() -> tuple[Term, ...]:
    """The words of the field."""
    return tuple(Term(**entry) for entry in read_toml(HERE / "terms.toml")["term"])
