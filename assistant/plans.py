"""The plans as questions see them: by province and year, with their duties and indicators at hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property

from assistant.known import Known
from corpus.document import Document, Kind, Role, Section
from corpus.names import Names, agency_names
from corpus.sums import amounts
from corpus.titles import leading_bodies, names_body, without_request
from corpus.vocabulary import Agency, Province, agencies, layout, not_initials, place_levels, provinces
from corpus.words import fold, is_accented, plain_words, syllables
from index import Index

OWN = "plan"  # level of a body that no vocabulary holds
_DISTRICT = re.compile(
    r"(?i:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+(?i:" + "|".join(place_levels()) + r")\s+"
    r"([A-ZĐÀ-Ỹ]\w*(?:\s+[A-ZĐÀ-Ỹ]\w*){0,3})"
)
#: Plans that a sentence names one by one; plans of which is kept what was once worked out of one.
MOST_NAMED, KEPT = 20, 4096
#: How headings on targets begin, without accents.
GOALS = ("muc tieu", "chi tieu")
_INDICATOR = re.compile(r"chi tieu\s+(?:so\s+)?(\d+)")


@dataclass(frozen=True, slots=True)
class Duty:
    """A stretch of a plan that gives duties to the bodies it names: a section, or in a text without sections a
    paragraph that begins with them."""

    document: Document
    section: Section
    agencies: tuple[Agency, ...]

    @property
    def is_of_all(self) -> bool:
        """Whether it binds all bodies alike."""
        return any(one.level == "all" for one in self.agencies)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A numbered target of a plan."""

    document: Document
    section: Section
    number: int


@dataclass(frozen=True, eq=False)
class Plans:
    """The documents of an index and what is known of their structure, worked out once."""

    index: Index
    _duties: dict[str, tuple[Duty, ...]] = field(default_factory=dict)
    _syllables: dict[tuple[str, bool], str] = field(default_factory=dict)
    _amounts: dict[str, frozenset[Decimal]] = field(default_factory=dict)
    _named: dict[tuple[str, int], frozenset[Agency]] = field(default_factory=dict)
    _words: dict[str, frozenset[str]] = field(default_factory=dict)
    _of: dict[str, frozenset[str]] = field(default_factory=dict)

    def after(self, index: Index) -> Plans:
        """The plans of a later index, without working out once more what is known of those that stay."""
        same = {id for id, document in index.documents.items() if self.documents.get(id) is document}
        return Plans(
            index,
            {doc: duties for doc, duties in list(self._duties.items()) if doc in same},
            {key: words for key, words in list(self._syllables.items()) if key[0] in same},
            {doc: amounts for doc, amounts in list(self._amounts.items()) if doc in same},
            {key: named for key, named in list(self._named.items()) if key[0] in same},
            {part: words for part, words in list(self._words.items()) if part in index.parts},
        )

    @property
    def documents(self) -> Mapping[str, Document]:
        """All documents by id."""
        return self.index.documents

    @cached_property
    def provinces(self) -> dict[str, list[Document]]:
        """Documents by the name of their province; those that state none under ""."""
        held: dict[str, list[Document]] = {}
        for document in self.documents.values():
            held.setdefault(province_of(document), []).append(document)
        return held

    @cached_property
    def issuers(self) -> dict[str, str]:
        """The district or ministry that issued a plan, by the plan's id; nothing for plans of provinces."""
        found = (
            (one.id, district_of(one) or issuer_of(one) * (not province_of(one))) for one in self.documents.values()
        )
        return {doc: issuer for doc, issuer in found if issuer}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that the plans write, in lower case."""
        for name, part in self.index.parts.items():
            if name not in self._words:
                self._words[name] = plain_words(passage.text for passage in part.passages)
        return frozenset().union(*(self._words[name] for name in self.index.parts))

    def of(self, place: Province) -> frozenset[str]:
        """The ids of the plans of a province, by its name then or by the one it belongs to since 2025."""
        if place.name not in self._of:
            names = ((one.id, province_of(one), province_now(one)) for one in self.documents.values())
            self._of[place.name] = frozenset(id for id, then, now in names if place.name in (then, now))
        return self._of[place.name]

    def holds(self, document: Document, names: Sequence[str]) -> bool:
        """Whether a plan writes any of some names; without its accents, where a name has none."""
        for name in names:
            exact = is_accented(name)
            kept = document.id, exact
            if kept not in self._syllables:
                self._syllables[kept] = f" {' '.join(syllables(document.text if exact else fold(document.text)))} "
            if f" {' '.join(syllables(name))} " in self._syllables[kept]:
                return True
        return False

    def amounts(self, document: Document) -> frozenset[Decimal]:
        """All sums of money that a plan gives, in đồng."""
        if document.id not in self._amounts:
            self._amounts[document.id] = amounts(document)
        return self._amounts[document.id]

    def duties(self, document: Document) -> tuple[Duty, ...]:
        """The duties a plan gives out, in reading order."""
        if document.id not in self._duties:
            self._duties[document.id] = tuple(_duties(document))
        return self._duties[document.id]

    def named(self, duty: Duty) -> frozenset[Agency]:
        """The bodies that the paragraphs and items of a duty name."""
        place = duty.document.id, duty.section.id
        if place not in self._named:
            words = (duty.document.shown(leaf.head) for leaf in duty.section.leaves())
            self._named[place] = frozenset(found.value for text in words for found in self.bodies.find(text))
        return self._named[place]

    @cached_property
    def known(self) -> Known:
        """The names that questions may use: bodies, and the provinces held by the first letters of their names."""
        letters: dict[str, list[Province]] = {}
        for place in provinces():
            if place.name in self.provinces:
                letters.setdefault("".join(word[0] for word in place.name.split()), []).append(place)
        sure = {short: found[0] for short, found in letters.items() if len(found) == 1}
        initials = {short: place for short, place in sure.items() if short not in not_initials()}
        aliases = {agency.name: (*agency.aliases, *agency.english) for agency in agencies()}
        issued = ((form, name) for name in self.issuers.values() for form in (name, *aliases.get(name, ())))
        acting = (self.issuers[one.id] for one in self.documents.values() if one.id in self.issuers and self._acts(one))
        return Known(self.bodies, initials, Names(issued), frozenset(acting))

    def _acts(self, document: Document) -> bool:
        """Whether the body that issued a plan has duties in it."""
        return any(agency.name == issuer_of(document) for duty in self.duties(document) for agency in duty.agencies)

    def without_issuer(self, agencies: Sequence[Agency], documents: Sequence[Document]) -> tuple[Agency, ...]:
        """The agencies named, less one that issued all of some plans and has no duties in them: it names the plans."""
        return tuple(
            agency
            for agency in agencies
            if not documents or any(issuer_of(one) != agency.name or self._acts(one) for one in documents)
        )

    @cached_property
    def bodies(self) -> Names[Agency]:
        """The bodies of the vocabulary, and those that only the titles of the plans' own sections name."""
        named = (one for document in self.documents.values() for duty in self.duties(document) for one in duty.agencies)
        return agency_names(tuple(dict.fromkeys(one for one in named if one.level == OWN)))

    def duty_of(self, document: Document, section: Section) -> Duty | None:
        """The duty that a node belongs to."""
        return next((duty for duty in self.duties(document) if section.head in duty.section.span), None)

    def indicators(self, document: Document) -> list[Indicator]:
        """The numbered targets of a plan."""
        return list(_indicators(document))


def province_of(document: Document) -> str:
    """The province by its name in the vocabulary, "" where the plan states none."""
    return document.metadata.province.value if document.metadata.province else ""


def province_now(document: Document) -> str:
    """What the plan's province belongs to since 2025; "" where its name did not change."""
    return _names_now().get(province_of(document), "")


@cache
def _names_now() -> dict[str, str]:
    return {place.name: place.now for place in provinces()}


def issuer_of(document: Document) -> str:
    """The body that issued a plan as the plan names it, "" where it names none."""
    return document.metadata.issuer.value if document.metadata.issuer else ""


def district_of(document: Document) -> str:
    """The district or commune that issues a plan: "Đồng Thanh"; "" for a plan of a province or a ministry."""
    match = _DISTRICT.search(issuer_of(document))
    name = match[1].strip().title() if match else ""
    return "" if fold(name) in _names_folded() else name


@cache
def _names_folded() -> frozenset[str]:
    return frozenset(map(fold, _names_now()))


def period_of(document: Document) -> str:
    """ "2020", "2021–2030", or "" where the plan states none."""
    if document.metadata.period is None:
        return ""
    first, last = document.metadata.period
    return str(first) if first == last else f"{first}–{last}"


def label_of(document: Document) -> str:
    """How an answer names a plan: "Khánh Hòa (2020)"; the file's name where it states no province."""
    period = period_of(document)
    place = ", ".join(part for part in (district_of(document), province_of(document)) if part)
    name = place or issuer_of(document) or document.id
    return f"{name} ({period})" if period else name


def names_of(documents: Iterable[Document], english: bool = False) -> str:
    """How an answer names several plans, each name once; of more than MOST_NAMED how many others there are."""
    names = list(dict.fromkeys(map(label_of, documents)))
    more = len(names) - MOST_NAMED
    if more <= 0:
        return ", ".join(names) or "—"
    rest = f"and {more:,} others" if english else f"và {more:,} kế hoạch khác".replace(",", ".")
    return f"{', '.join(names[:MOST_NAMED])} {rest}"


def _duties(document: Document) -> Iterator[Duty]:
    """The duties under "Tổ chức thực hiện" and its like; of a plan without such a section, all there are."""
    found = list(_led_by_bodies(document))
    given = [duty for duty in found if any(map(_gives_duties, document.ancestors(duty.section)))]
    yield from given or found


def _gives_duties(section: Section) -> bool:
    return any(fold(words) in fold(section.title) for words in layout().duties)


def _led_by_bodies(document: Document) -> Iterator[Duty]:
    sectioned = any(child.kind is Kind.HEADING for child in document.root.children)
    for section in document.sections:
        if section.role is not Role.BODY:
            continue
        if section.kind is Kind.HEADING:
            words = section.title
        elif section.kind is Kind.PARAGRAPH and not sectioned:
            words = document.shown(section.head)
        else:
            continue
        if named := _bodies_named(words, sectioned):
            yield Duty(document, section, named)


def _bodies_named(words: str, is_title: bool) -> tuple[Agency, ...]:
    """The bodies that words begin with; a title may name one that the vocabulary does not hold."""
    if end := leading_bodies(words, 0):
        named = tuple(dict.fromkeys(found.value for found in agency_names().find(words[:end])))
        goes_on = is_title and re.match(r"\s+[A-ZĐ]\w+\s+\w+", words[end:])  # "Phòng Giáo dục" Mầm non và Tiểu học
        return (*named, Agency(" ".join(without_request(words).split()), level=OWN)) if goes_on else named
    if is_title and names_body(words):
        return (Agency(" ".join(without_request(words).split()), level=OWN),)
    return ()


def _indicators(document: Document) -> Iterator[Indicator]:
    for section in document.sections:
        if section.kind is not Kind.ITEM or section.role is not Role.BODY:
            continue
        named = _INDICATOR.fullmatch(fold(section.label))
        if named:
            yield Indicator(document, section, int(named[1]))
        elif section.label.isdigit():
            above = document.ancestors(section)
            if above and above[-1].kind is Kind.HEADING and fold(above[-1].title).startswith(GOALS):
                yield Indicator(document, section, int(section.label))
