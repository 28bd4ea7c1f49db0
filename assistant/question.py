"""What is asked: scope, agencies, kind of question, its content words; earlier turns fill what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from assistant.cues import Cue, Cues, Kind, Value, asked_by_name, cues, empty_stretches, says
from assistant.known import Known, is_inside, issuers_named, named_or_unknown, provinces_named
from assistant.numbered import numbers_named
from assistant.numbering import ordinal, target_names, targets_named
from assistant.values import document_kinds, holds, thing_counted
from corpus.document import Span
from corpus.names import Found, place_names, province_names, term_names
from corpus.vocabulary import Agency, Province, Term
from corpus.words import fold, is_accented, is_english

T = TypeVar("T")

_BARE = 8  # words of "Kinh phí năm 2025 của Kiên Giang?"
TURNS = 8  # earlier questions that are read; what leans on more than that leans on nothing
_YEAR = re.compile(r"(?<![\d/.,])((?:19|20)\d\d)(?![\d.,]*\d|/)")
_RANGE = re.compile(r"từ\s+(?:năm\s+)?((?:19|20)\d\d)\s+(?:đến|tới|-)\s+(?:năm\s+)?((?:19|20)\d\d)", re.IGNORECASE)
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)")
_REFERENCE = re.compile(
    r"(?:nghi dinh|quyet dinh|cong van|thong tu|chi thi|nghi quyet|ke hoach|chuong trinh|luat|van ban)\s*(?:so\s*)?"
    r"(\d+(?:[/-][\w&/-]+)?)(?!\s*(?:nam(?! (?:19|20)\d\d)|thang|trang|tinh|ngay|%))\b"
)
_OF_YEAR = re.compile(
    r"(?:nghị định|quyết định|công văn|thông tư|chỉ thị|nghị quyết|luật)\s+(?:số\s+)?\d+\s+năm\s+(?:19|20)\d\d"
    r"|\b(?:letter|plan|decision|decree|circular|dispatch|directive)\s+(?:from|of|dated)\s+"
    r"(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
#: What a question tells the program to be: nothing of it is asked.
_ROLE = re.compile(
    r"\b(?:hãy\s+)?(?:đóng vai(?! trò)|giả vờ là|giả vờ làm|act as|pretend to be|pretend you are)\b[^,.:;]{0,60}[,.:;]",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d[\d.,]*\s*(?:%|triệu|tỷ|tỉ|nghìn|đồng)?(?:\s*đồng)?")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n+")
_EXCEPT = re.compile(
    r"(?:\bngoài|\btrừ|\bngoại trừ|\bkhông kể|\bkhông tính|\bbesides|\bexcept)\s"
    r"(?:(?!\bthì\b)[^,.?!]){1,60}?(?:\bra\b,?|,)|\(not [^()]{1,60}\)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message. role: "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, read.

    text: as it is searched (NFC, keyboard slips out).  issuers: those of plans that no province issued, and
    names behind "huyện" and the like.  places: districts that name a province.
    periods: first and last year of each "2021-2030".
    indicators: numbers of targets.  ordinal: which item of the answer before, the last is -1.
    references: numbers of documents that it names.  numbers: those of them with a symbol ("12/KH-UBND").
    cited: kinds of documents that it names ("nghi dinh").
    counted: what it asks the number of, one by one ("lop").
    terms: things of the field that it names.  content: the other stretches that say what it is about.
    named: what it asks for by name, see `cues.asked_by_name`.
    context: the question it leans on, where it does.  before: the questions before it, the latest last.
    carried: names of the fields that they fill.
    """

    asked: str
    text: str
    provinces: tuple[Province, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    periods: tuple[tuple[int, int], ...] = ()
    agencies: tuple[Agency, ...] = ()
    places: tuple[str, ...] = ()
    indicators: tuple[int, ...] = ()
    ordinal: int | None = None
    references: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    cited: frozenset[str] = frozenset()
    counted: str = ""
    kinds: frozenset[Kind] = frozenset()
    values: frozenset[Value] = frozenset()
    named: tuple[tuple[str, ...], ...] = ()
    terms: tuple[Term, ...] = ()
    content: tuple[str, ...] = ()
    context: Question | None = None
    before: tuple[str, ...] = ()
    carried: frozenset[str] = frozenset()
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
        return bool(self.terms or self.content or self.references or self.indicators)


def read(asked: str, text: str, known: Known) -> Question:
    """Reads a question as it stands, what is told before it as its context; `text` is NFC."""
    told, question = told_and_asked(text)
    read_question = _read(asked, question, known)
    if not told:
        return read_question
    setting = _read(asked, told, known)
    nothing_asked = not (read_question.kinds or read_question.values)
    return replace(
        read_question,
        text=text,
        provinces=read_question.provinces or setting.provinces,
        issuers=read_question.issuers or setting.issuers,
        years=read_question.years or setting.years,
        periods=read_question.periods or setting.periods,
        agencies=read_question.agencies or setting.agencies,
        indicators=read_question.indicators or setting.indicators,
        references=read_question.references or setting.references,
        numbers=read_question.numbers or setting.numbers,
        named=read_question.named or setting.named,
        cited=read_question.cited or setting.cited,
        kinds=setting.kinds if nothing_asked else read_question.kinds,
        values=setting.values if nothing_asked else read_question.values,
        english=is_english(_without(text, provinces_named(text, [], known))),
        context=setting if setting.has_content else None,
    )


def told_and_asked(text: str) -> tuple[str, str]:
    """What is told first, and what is asked: the last sentence that asks something, with what follows it."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    sentences = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    marked = [i for i, sentence in enumerate(sentences) if sentence.rstrip().endswith("?")]
    asking = marked or [i for i, sentence in enumerate(sentences) if _asks(sentence)]
    if not asking:
        return "", text
    first = asking[-1]
    while first and first - 1 in asking:  # "Hạn nào? Gửi cho ai?"
        first -= 1
    return text[: starts[first]].strip(), text[starts[first] :]


def _asks(sentence: str) -> bool:
    found = cues(sentence)
    return bool(found.kinds or found.values)


def _read(asked: str, text: str, known: Known) -> Question:
    whole = cues(text)
    asked_of, text = text, _EXCEPT.sub(" ", _ROLE.sub(" ", text))
    agencies = list(known.bodies.find(text))
    provinces = provinces_named(text, agencies, known)
    issuers = issuers_named(text, known)
    agencies = [one for one in agencies if not is_inside(one.span, [*provinces, *issuers])]
    terms = [one for one in term_names().find(text) if not is_inside(one.span, [*agencies, *provinces])]
    found = whole if text == asked_of else cues(text)
    periods = list(_PERIOD.finditer(text))
    references = [match for match in _REFERENCE.finditer(fold(text)) if not _is_year(match[1])]
    taken = [
        *(one.span for one in provinces),
        *(one.span for one in agencies),
        *(one.span for one in terms),
        *found.spans,
        *(one.span for one in issuers),
        *(Span(*match.span()) for match in (*periods, *_YEAR.finditer(text))),
        *(span for span, _ in target_names(text)),
        *(Span(*match.span(1)) for match in references),
        *numbers_named(text),
    ]
    return Question(
        asked=asked,
        text=text,
        provinces=_unique(provinces),
        issuers=named_or_unknown(text, issuers),
        years=_years(text),
        periods=tuple(dict.fromkeys((int(one[1]), int(one[2])) for one in periods)),
        agencies=_unique(agencies),
        places=_districts(text, provinces),
        indicators=tuple(sorted(targets_named(text))),
        ordinal=ordinal(text),
        references=tuple(match[1] for match in references),
        numbers=tuple(text[one.start : one.end] for one in numbers_named(text)),
        cited=document_kinds(text),
        counted=thing_counted(text),
        kinds=found.kinds,
        values=found.values | _money(found, terms, text) | _confirmed(text) | _results(text),
        named=asked_by_name(text),
        terms=_unique(terms),
        content=tuple(_content(text, [*taken, *_figures(text)])),
        accented=is_accented(text),
        english=is_english(_without(text, provinces)),
        compare=found.compare or len(set(_unique(provinces))) > 1,
        total=found.total,
        asks_target=found.target,
        leaning=whole.leaning,
        goes_on=found.goes_on,
    )


def _districts(text: str, provinces: Sequence[Found[Province]]) -> tuple[str, ...]:
    """The districts and towns by which provinces are named."""
    own = {one.span for one in province_names().find(text)}
    inside = {one.span for one in place_names().find(text)} - own
    return tuple(text[one.span.start : one.span.end] for one in provinces if one.span in inside)


def _years(text: str) -> tuple[int, ...]:
    """The years named, every one of "từ 2021 đến 2025"; those of "2021-2030" or "Quyết định 6 năm 2019" name a text."""
    spans = [range(int(match[1]), min(int(match[2]), int(match[1]) + 20) + 1) for match in _RANGE.finditer(text)]
    single = (int(match[1]) for match in _YEAR.finditer(_PERIOD.sub(" ", _OF_YEAR.sub(" ", text))))
    return tuple(dict.fromkeys([*(year for span in spans for year in span), *single]))


def _money(found: Cues, terms: Sequence[Found[Term]], text: str) -> frozenset[Value]:
    """ "Kinh phí … bao nhiêu" and "Kinh phí năm 2025" ask for money without naming its unit."""
    if Kind.FUNDING in found.kinds:
        return frozenset()
    values = found.values
    named = any("ngân sách" in " ".join(one.value.plan).lower() for one in terms)
    formal = any(text[one.span.start : one.span.end].lower() in one.value.plan for one in terms)
    bare = formal and _YEAR.search(text) is not None and len(terms) == 1 and len(text.split()) <= _BARE
    asks = Value.NUMBER in values or bare or (named and (found.compare or found.total))
    return frozenset({Value.MONEY}) if named and asks and not values - {Value.NUMBER} else frozenset()


def _results(text: str) -> frozenset[Value]:
    """What came of an earlier time, where that is asked: "giai đoạn 2012-2020 có đạt hết chỉ tiêu không?"."""
    of_targets = "chỉ tiêu" in text.lower() or "chi tieu" in fold(text) or "target" in text.lower()
    return frozenset({Value.RESULT}) if of_targets and says(text, Cue.RESULTS) else frozenset()


def _figures(text: str) -> Iterator[Span]:
    """Where a figure stands that a question asks to confirm: it is no matter of the plan's."""
    if says(text, Cue.CONFIRM):
        yield from (Span(*match.span()) for match in _FIGURE.finditer(text))


def _confirmed(text: str) -> frozenset[Value]:
    """The kind of a figure that a question asks to confirm: "được cấp 7,2 tỷ, đúng chứ?"."""
    if not says(text, Cue.CONFIRM):
        return frozenset()
    return frozenset(value for value in (Value.MONEY, Value.PERCENT) if holds(value, text))


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


def _without(text: str, found: Collection[Found[Province]]) -> str:
    for one in sorted(found, key=lambda name: -name.span.start):
        text = text[: one.span.start] + text[one.span.end :]
    return text


def _is_year(reference: str) -> bool:
    return bool(_YEAR.fullmatch(reference))
