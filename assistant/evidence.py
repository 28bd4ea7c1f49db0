"""Which passages, and which sentences of them, answer a question; and whether that is enough."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.cues import Cue, Value, names_asked, says
from assistant.cues import Kind as Asked
from assistant.lacks import of_other_ages, of_other_kind, of_other_place, of_other_years
from assistant.leads import denies, is_one
from assistant.matching import Matter, Words
from assistant.plans import Plans
from assistant.question import Question
from assistant.signs import OF_VALUES, OF_WORDS, WEIGHTS, Grounds, Signs, weighted
from assistant.values import cites, counts, holds
from corpus.document import Document, Kind, Role, Section, Span
from corpus.names import agency_names
from corpus.titles import leading_bodies
from corpus.vocabulary import Agency
from corpus.words import fold
from index.passages import Passage
from index.search import Hit

#: Share of a question's matter that a title must hold to be about it.
ENOUGH = 0.5
_UNANCHORED = 0.6  # what coverage by single syllables alone counts for
_MARKER = re.compile(r"(?:[-+]|\w{1,2}[.)])\s*")
_ABBREVIATED = r"(?<!\bTT)(?<!\bTP)(?<!\bTp)(?<!\bĐ/c)(?<!\bs)"
_LISTED = r"(?!(?:Công văn|Nghị định|Quyết định|Thông tư|Nghị quyết|Chỉ thị|Kế hoạch|Bộ luật|Luật)\b)"
_SENTENCE_END = re.compile(rf"{_ABBREVIATED}(?<=[.!?…])[”\")\]]*\s+(?=[“\"(]*[A-ZĐ\u00c0-\u1ef8])")
_CLAUSE_END = re.compile(rf";\s+{_LISTED}(?![^()]*\))")
_LONG = 110  # words of a sentence that is taken apart at its semicolons


_FIRST, _VALUED = 5, 3  # how many passages are looked at for coverage, and for values


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage weighed against a question. coverage: share of the matter that it and its headings hold, 0 to 1.

    relevance: its signs, weighted; one that has 1 more than another is e times as likely to be what is asked for.
    lacking: of the most relevant passage, how much of the question nothing in it comes near to.
    """

    document: Document
    section: Section
    coverage: float
    relevance: float
    has_value: bool
    signs: Signs
    lacking: float = 0.0


@lru_cache(maxsize=50_000)
def _words(text: str) -> Words:
    return Words(text)


def weigh(question: Question, matter: Matter, hits: Sequence[Hit], plans: Plans) -> list[Evidence]:
    """The hits as evidence, the most relevant first; a heading that holds the value stands for what is below it."""
    wanted = wanted_values(question)
    weighed: dict[tuple[str, int], Evidence] = {}
    passages: dict[tuple[str, int], Passage] = {}
    for hit in hits:
        evidence = _evidence(hit, question, matter, wanted, plans)
        place = evidence.document.id, evidence.section.id
        weighed.setdefault(place, evidence)
        passages.setdefault(place, hit.passage)
    ranked = sorted(weighed, key=lambda place: -weighed[place].relevance)
    if ranked:
        best = ranked[0]
        weighed[best] = replace(weighed[best], lacking=plans.index.lacking(question.text, passages[best]))
    return [weighed[place] for place in ranked]


def wanted_values(question: Question) -> frozenset[Value]:
    """What the answer must hold: the most telling of the values asked for."""
    telling = question.values - {Value.NUMBER, Value.UNIT}
    if Value.RESULT in telling:
        return frozenset({Value.RESULT})
    of_a_text = bool(question.cited) and not question.kinds.isdisjoint({Asked.NUMBER, Asked.SIGNED_ON})
    if of_a_text or (not telling and Asked.NUMBER in question.kinds):  # "số mấy" of a text that the plan cites
        return frozenset({Value.DOCUMENT})
    return telling or question.values - {Value.UNIT}


def has_wanted(question: Question, text: str) -> bool:
    """Whether a text holds any of the values asked for; true where none is.

    Of documents only those of the kinds that the question names are what is asked for.
    """
    wanted = wanted_values(question)
    if not all(names_asked(row, text) for row in question.named):
        return False
    thing = question.counted
    if thing and wanted == {Value.NUMBER} and not counts(text, thing):
        return False
    if Value.DOCUMENT in wanted and question.cited and cites(text, question.cited):
        return True
    others = wanted - {Value.DOCUMENT} if question.cited else wanted
    return not wanted or any(_holds(value, text) for value in others)


@lru_cache(maxsize=50_000)
def _holds(value: Value, text: str) -> bool:
    return holds(value, text)


def _evidence(hit: Hit, question: Question, matter: Matter, wanted: frozenset[Value], plans: Plans) -> Evidence:
    passage = hit.passage
    document = plans.documents[passage.doc]
    section = document.sections[passage.section]
    text, above = _words(f"{passage.text} {passage.respelled}"), _words(f"{passage.heading} {document.title}")
    has_value = has_wanted(question, passage.text) or (
        section.kind is Kind.ROW and not question.named and not wanted.isdisjoint(_values_of_cells(document, section))
    )
    heading = document.ancestors(section)[-1:]
    if not has_value and heading and has_wanted(question, heading[0].title):
        section, text, has_value = heading[0], _words(heading[0].title), True
    coverage = matter.coverage(text, above) * (1.0 if matter.is_anchored(text, above) else _UNANCHORED)
    duty = plans.duty_of(document, section)
    among_goals = "muc tieu" in fold(passage.heading)
    signs = Signs(
        coverage=coverage,
        said=matter.said.coverage(text),
        titled=matter.said.coverage(above),
        cosine=hit.vectors,
        tokens=hit.tokens,
        value=float(bool(wanted) and has_value),
        valued=_best_sentence(document, section, matter, question) if wanted and has_value else 0.0,
        target=float(among_goals and question.asks_target),
        row=float(section.kind is Kind.ROW),
        inside=float(duty is not None and not set(question.agencies).isdisjoint(duty.agencies)),
        owner=float(duty is not None and Asked.OWNER in question.kinds),
        duty=float(duty is not None),
        period=float(any(f" {first} {last} " in text.exact for first, last in question.periods)),
        led=float(_is_led(passage.text, question)),
        opening=float(Value.DOCUMENT in wanted and section.role is Role.OPENING),
    )
    return Evidence(document, section, coverage, weighted(WEIGHTS, signs), has_value, signs)


def _values_of_cells(document: Document, row: Section) -> frozenset[Value]:
    """What the figures of a row are, which the unit above the table tells."""
    unit = next((table.unit for table in document.tables if any(one.span == row.head for one in table.rows)), None)
    of_unit = Value.PERCENT if unit is not None and "%" in unit.value else Value.MONEY
    return frozenset({Value.NUMBER, of_unit})


def confidence(question: Question, matter: Matter, evidence: Sequence[Evidence]) -> float:
    """How sure it is that the plans hold an answer, in log-odds; minus infinity without any evidence.

    So it is too where a question that leans on an earlier one names another thing, of which no plan writes.
    """
    if question.context is not None and matter.unheld:
        return -math.inf
    weights = OF_VALUES if wanted_values(question) else OF_WORDS
    return weighted(weights, grounds(question, matter, evidence)) if evidence else -math.inf


def grounds(question: Question, matter: Matter, evidence: Sequence[Evidence]) -> Grounds:
    """What tells that the plans hold an answer; `evidence` is not empty, the most relevant first."""
    first, valued = evidence[:_FIRST], evidence[:_VALUED]
    words, asked = _answering(question, matter, first[0]), wanted_values(question)
    return Grounds(
        coverage=first[0].coverage,
        top=max(one.coverage for one in first),
        relevance=first[0].relevance,
        lead=first[0].relevance - sum(one.relevance for one in evidence) / len(evidence),
        value=float(bool(asked or question.named) and any(one.has_value for one in valued)),
        valued=max(one.signs.valued for one in valued),
        tokens=max(one.signs.tokens for one in valued),
        cosine=max(one.signs.cosine for one in valued),
        units=math.log1p(len(matter.said_units)),
        terms=float(bool(question.terms)),
        placed=float(bool(question.provinces or question.issuers)),
        dated=float(bool(question.years)),
        body=float(bool(question.agencies)),
        english=float(question.english),
        why=float(says(question.text, Cue.WHY)),
        happened=float(says(question.text, Cue.STATISTICS) and not question.asks_target),
        text=float(Value.DOCUMENT in asked),
        duties=float(Asked.DUTIES in question.kinds),
        unheld=float(bool(matter.unheld)),
        other_age=float(bool(asked) and of_other_ages(question, words)),
        other_place=float(of_other_place(question, words)),
        other_kind=float(of_other_kind(question, words)),
        other_years=float(all(_is_of_other_years(question, matter, one) for one in valued)),
        lacking=first[0].lacking,
        start=1.0,
    )


def _is_of_other_years(question: Question, matter: Matter, one: Evidence) -> bool:
    """Whether a passage is of no year that is asked about: rows have theirs above them, plans for a year are of it."""
    period = one.document.metadata.period
    own = period is not None and period[0] == period[1] and period[0] in question.years
    return not (own or one.section.kind is Kind.ROW) and of_other_years(question, _answering(question, matter, one))


def _answering(question: Question, matter: Matter, one: Evidence) -> str:
    """The words of a passage; where a value is asked for, the best of its sentences that hold one."""
    parts = [one.document.shown(part) for part in sentences(one.document, one.document.words(one.section))]
    valued = [part for part in parts if has_wanted(question, part)] if wanted_values(question) else []
    return max(valued, key=lambda part: matter.coverage(_words(part))) if valued else " ".join(parts)


def _best_sentence(document: Document, section: Section, matter: Matter, question: Question) -> float:
    """How much of the matter the best sentence that holds the value holds."""
    parts = [document.shown(part) for part in sentences(document, document.words(section))]
    return max((matter.coverage(_words(part)) for part in parts if has_wanted(question, part)), default=0.0)


def _is_led(text: str, question: Question) -> bool:
    """Whether a passage begins with a body that the question names: it says what that body does."""
    if not question.agencies:
        return False
    return not _led_by(text).isdisjoint(question.agencies)


@lru_cache(maxsize=50_000)
def _led_by(text: str) -> frozenset[Agency]:
    """The bodies that a passage begins with."""
    start = _MARKER.match(text)
    words = text[start.end() if start else 0 :]
    end = leading_bodies(words, 0)
    return frozenset(found.value for found in agency_names().find(words[:end])) if end > 0 else frozenset()


def sentences(document: Document, span: Span) -> list[Span]:
    """The sentences of a span; of a very long one, the stretches between its semicolons."""
    return [part for one in _cut(document, span, _SENTENCE_END) for part in _clauses(document, one)]


def _clauses(document: Document, sentence: Span) -> list[Span]:
    if len(document.text[sentence.start : sentence.end].split()) < _LONG:
        return [sentence]
    parts = _cut(document, sentence, _CLAUSE_END)
    return [sentence] if denies(document.shown(parts[0])) else parts


def _cut(document: Document, span: Span, end: re.Pattern[str]) -> list[Span]:
    cuts = _cuts(document.text[span.start : span.end], end)
    return [Span(span.start + one, span.start + two) for one, two in pairwise(cuts) if two > one]


@lru_cache(maxsize=50_000)
def _cuts(text: str, end: re.Pattern[str]) -> tuple[int, ...]:
    return 0, *(match.end() for match in end.finditer(text)), len(text)


def telling(question: Question, matter: Matter, evidence: Evidence) -> list[Span]:
    """The sentences of a passage that answer: those that hold the value asked for, and most of the matter; all of them
    where they belong together, or the matter is spread over most of them."""
    document = evidence.document
    whole = document.words(evidence.section)
    parts = sentences(document, whole)
    if len(parts) == 1 or not matter.units or says(question.text, Cue.FULL) or is_one(document.shown(whole)):
        return [whole]
    words = [document.shown(part) for part in parts]
    chosen = _chosen(matter, words, question)
    if len(chosen) > 0.7 * len(parts):
        return [whole]
    return list(_merged([parts[i] for i in sorted(chosen)]))


def _chosen(matter: Matter, words: Sequence[str], question: Question) -> set[int]:
    """Which sentences to show: the best, its equals, and any that holds more of the matter than those do."""
    found = [matter.found(_words(text)) for text in words]
    share = [matter.share(units) for units in found]
    best = max(share)
    least = 0.0 if Value.RESULT in question.values else 0.35 * best
    valued = [i for i, text in enumerate(words) if has_wanted(question, text) and share[i] >= least]
    among = valued or list(range(len(words)))
    top = max(share[i] for i in among)
    chosen = {i for i in among if share[i] >= 0.92 * top}
    covered = frozenset[int]().union(*(found[i] for i in chosen))
    for i in sorted(range(len(words)), key=lambda i: -share[i]):
        if matter.share(found[i] - covered) >= (0.3 if valued else 0.15):
            chosen.add(i)
            covered |= found[i]
    return chosen


def _merged(parts: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring stretches as one."""
    current = parts[0]
    for part in parts[1:]:
        if part.start == current.end:
            current = Span(current.start, part.end)
        else:
            yield current
            current = part
    yield current
