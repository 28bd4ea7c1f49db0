"""What is asked: scope, agencies, kind of question, its content words; earlier turns fill what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from assistant.cues import Kind, Value, cues, empty_stretches
from corpus.document import Span
from corpus.names import Found, agency_names, province_names, term_names
from corpus.vocabulary import Agency, Province, Term
from corpus.words import fold, is_accented, is_vietnamese, nfc

T = TypeVar("T")

TURNS = 8  # earlier questions that are read; what leans on more than that leans on nothing
_YEAR = re.compile(r"(?<![\d/.,])((?:19|20)\d\d)(?![\d.,]*\d|/)")
_RANGE = re.compile(r"từ\s+(?:năm\s+)?((?:19|20)\d\d)\s+(?:đến|tới|-)\s+(?:năm\s+)?((?:19|20)\d\d)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,200}>")
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_INDICATOR = re.compile(r"(?:chi tieu|indicator|target)\s*(?:so|no\.?|number)?\s*(\d{1,3})(?![\d/.,]*[\d%])")
_REFERENCE = re.compile(
    r"(?:nghi dinh|quyet dinh|cong van|thong tu|chi thi|nghi quyet|ke hoach|chuong trinh|luat|van ban)\s*(?:so\s*)?"
    r"(\d+(?:[/-][\w&/-]+)?)"
)
_ENGLISH = frozenset(
    [
        "the",
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "is",
        "are",
        "does",
        "must",
        "of",
        "for",
        "my",
        "i",
        "want",
        "me",
        "she",
        "he",
        "they",
        "with",
        "from",
        "your",
        "you",
        "call",
        "report",
        "every",
        "any",
        "and",
        "in",
    ]
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message. role: "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    text: as it is searched (NFC, keyboard slips out).  references: numbers of documents that it names.
    terms: things of the field that it names.  content: the other stretches that say what it is about.
    context: the question it leans on, where it does.  before: the questions before it, the latest last.
    """

    asked: str
    text: str
    provinces: tuple[Province, ...] = ()
    years: tuple[int, ...] = ()
    agencies: tuple[Agency, ...] = ()
    indicator: int | None = None
    references: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()
    values: frozenset[Value] = frozenset()
    terms: tuple[Term, ...] = ()
    content: tuple[str, ...] = ()
    context: Question | None = None
    before: tuple[str, ...] = ()
    accented: bool = True
    english: bool = False
    compare: bool = False
    total: bool = False
    asks_target: bool = False
    leaning: bool = False  # on something said before: "trong đó"
    goes_on: bool = False  # from the turn before: "còn …"

    @property
    def asks_all_plans(self) -> bool:
        """Whether it asks over all plans, whatever province was spoken of before."""
        return self.compare or Kind.PROVINCES in self.kinds

    @property
    def has_content(self) -> bool:
        """Whether it says what it is about, besides whom and where."""
        return bool(self.terms or self.content or self.references or self.indicator)


def understand(asked: str, text: str, history: Sequence[Turn] = ()) -> Question:
    """Reads a question. `text` is the question with keyboard slips taken out; markup in it says nothing."""
    text = _TAG.sub(" ", text)
    question = _read(asked, nfc(text))
    before = [turn.content for turn in history if turn.role == "user" and turn.content.strip()][-TURNS:]
    previous: Question | None = None
    for earlier in before:
        read = _read(earlier, nfc(earlier))
        previous = read if previous is None else _completed(read, previous)
    completed = question if previous is None else _completed(question, previous)
    return replace(completed, before=tuple(before))


def _read(asked: str, text: str) -> Question:
    agencies = list(agency_names().find(text))
    provinces = [one for one in province_names().find(text) if not _is_of_a_name(one, agencies)]
    terms = [one for one in term_names().find(text) if not _inside(one.span, [*agencies, *provinces])]
    found = cues(text)
    periods = list(_PERIOD.finditer(text))
    indicator = _INDICATOR.search(fold(text))
    references = [match for match in _REFERENCE.finditer(fold(text)) if not _is_year(match[1])]
    numbers = [*periods, *_YEAR.finditer(text), *([indicator] if indicator else [])]
    taken = [
        *(one.span for one in provinces),
        *(one.span for one in agencies),
        *(one.span for one in terms),
        *found.spans,
        *(Span(*match.span()) for match in numbers),
        *(Span(*match.span(1)) for match in references),
    ]
    said = tuple(_content(text, taken))
    last = _last_question(text)
    late = [one for one in terms if one.span.start >= last]
    said_last = tuple(_content(text, [*taken, Span(0, last)]))
    if last and (late or said_last):
        terms, said = late, said_last
    return Question(
        asked=asked,
        text=text,
        provinces=_unique(provinces),
        years=_years(text),
        agencies=_unique(agencies),
        indicator=int(indicator[1]) if indicator else None,
        references=tuple(match[1] for match in references),
        kinds=found.kinds,
        values=found.values | _money(found.values, terms, text),
        terms=_unique(terms),
        content=said,
        accented=is_accented(text),
        english=_is_english(_without(text, provinces)),
        compare=found.compare or len(provinces) > 1,
        total=found.total,
        asks_target=found.target,
        leaning=found.leaning,
        goes_on=found.goes_on,
    )


def _years(text: str) -> tuple[int, ...]:
    """The years named, every one of "từ 2021 đến 2025"; the years of a period such as "2021-2030" name a plan."""
    spans = [range(int(match[1]), min(int(match[2]), int(match[1]) + 20) + 1) for match in _RANGE.finditer(text)]
    single = (int(match[1]) for match in _YEAR.finditer(_PERIOD.sub(" ", text)))
    return tuple(dict.fromkeys([*(year for span in spans for year in span), *single]))


def _last_question(text: str) -> int:
    """Where the last sentence begins if it is a question and others stand before it; 0 otherwise.

    What stands before it is read for its names; the matter is that of the question, where it says any.
    """
    starts = [match.end() for match in re.finditer(r"(?<=[.!?])\s+", text)]
    return starts[-1] if starts and text.rstrip().endswith("?") else 0


def _money(values: frozenset[Value], found: Sequence[Found[Term]], text: str) -> frozenset[Value]:
    """ "Kinh phí … bao nhiêu" and "Kinh phí năm 2025" ask for money without naming its unit."""
    named = any("ngân sách" in " ".join(one.value.plan).lower() for one in found)
    formal = any(text[one.span.start : one.span.end].lower() in one.value.plan for one in found)
    asks = Value.NUMBER in values or (formal and _YEAR.search(text) is not None and len(found) == 1)
    return frozenset({Value.MONEY}) if named and asks and not values - {Value.NUMBER} else frozenset()


def _completed(question: Question, previous: Question) -> Question:
    """The question with what it leaves out taken from the turn before it."""
    elliptic = question.leaning or question.goes_on or not question.has_content
    changes: dict[str, Any] = {}
    if not question.provinces and not question.asks_all_plans:
        changes["provinces"] = previous.provinces
        if not question.years and elliptic:
            changes["years"] = previous.years
    if not elliptic:
        return replace(question, **changes)
    if not question.kinds:
        changes["kinds"] = _inherited_kinds(question, previous)
        if question.values <= {Value.NUMBER}:
            changes["values"] = question.values | previous.values
        if not question.agencies:
            changes["agencies"] = previous.agencies
    asks_anew = question.kinds - {Kind.OWNER}
    leans = question.leaning or not question.has_content
    if leans and not question.agencies and not question.indicator and not asks_anew:
        changes["indicator"] = previous.indicator
        changes["context"] = previous if previous.has_content else previous.context
    return replace(question, **changes)


def _inherited_kinds(question: Question, previous: Question) -> frozenset[Kind]:
    """The kind of the turn before; after "ai ký", "ngày nào" asks for the day it was signed."""
    if Value.DATE in question.values and not previous.kinds.isdisjoint({Kind.SIGNER, Kind.NUMBER, Kind.ISSUER}):
        return frozenset({Kind.SIGNED_ON})
    return previous.kinds - {Kind.COUNT} if question.values else previous.kinds


def _content(text: str, taken: Sequence[Span]) -> Iterator[str]:
    """What is left of a question once names, years, phrases that tell its kind and empty words are out, in runs."""
    free = [span for span in empty_stretches(text) if not any(_overlap(span, other) for other in taken)]
    at = 0
    for span in sorted([*taken, *free]):
        if span.start > at:
            yield from _run(text[at : span.start])
        at = max(at, span.end)
    yield from _run(text[at:])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _run(words: str) -> Iterator[str]:
    for part in re.split(r"(?:[?!;:“”\"()\[\]{}<>$'*#|~`]|[.,](?!\d))+", words):
        if re.search(r"[^\W\d_]|\d{3}", part) and len(part.strip()) > 1:
            yield part.strip()


def _unique(found: Sequence[Found[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one.value for one in found))


def _inside(span: Span, others: Sequence[Found[Agency] | Found[Province]]) -> bool:
    return any(span in other.span for other in others)


def _is_of_a_name(place: Found[Province], agencies: Sequence[Found[Agency]]) -> bool:
    """Whether a province is part of a body's official name: Đoàn Thanh niên Cộng sản Hồ Chí Minh."""
    return any(place.span in one.span and fold(place.value.name) in fold(one.value.name) for one in agencies)


def _without(text: str, found: Collection[Found[Province]]) -> str:
    for one in sorted(found, key=lambda name: -name.span.start):
        text = text[: one.span.start] + text[one.span.end :]
    return text


def _is_english(text: str) -> bool:
    """Whether a text is English: words that only English has, or some of them among words that Vietnamese has not."""
    words = re.findall(r"[a-z]+", text.lower())
    if is_accented(text) or not words:
        return False
    hits = sum(word in _ENGLISH for word in words)
    foreign = sum(not is_vietnamese(word) for word in words)
    return hits >= 2 or (hits >= 1 and foreign >= 1) or foreign >= max(2, len(words) / 3)


def _is_year(reference: str) -> bool:
    return bool(_YEAR.fullmatch(reference))
