"""Which passages, and which sentences of them, answer a question; and whether that is enough."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.cues import Kind as Asked
from assistant.cues import Value
from assistant.matching import Matter, Words
from assistant.plans import Plans
from assistant.question import Question
from assistant.values import holds
from corpus.document import Document, Kind, Section, Span
from corpus.names import agency_names
from corpus.titles import leading_bodies
from corpus.words import fold
from index.search import Hit

#: Share of a question's matter that a passage must hold to be an answer. Tuned on eval/cases/dev.jsonl.
ENOUGH = 0.5
#: Passages whose relevance is within this factor of the best of their plan are shown beside it …
BESIDE = 0.93
#: … and plans whose best passage is within this factor of the best of all, where no province is named.
AMONG_PLANS = 0.65
_HAS_VALUE, _NEAR, _IN_GOALS, _TITLED, _LED = 0.12, 0.15, 0.06, 0.08, 0.12
_UNANCHORED = 0.6  # what coverage by single syllables alone counts for
_MARKER = re.compile(r"(?:[-+]|\w{1,2}[.)])\s*")
_ABBREVIATED = r"(?<!\bTT)(?<!\bTP)(?<!\bTp)(?<!\bĐ/c)(?<!\bs)"
_LISTED = r"(?!(?:Công văn|Nghị định|Quyết định|Thông tư|Nghị quyết|Chỉ thị|Kế hoạch|Bộ luật|Luật)\b)"
_SENTENCE_END = re.compile(rf"{_ABBREVIATED}(?<=[.!?…])[”\")\]]*\s+(?=[“\"(]*[A-ZĐ\u00c0-\u1ef8])|;\s+{_LISTED}")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage weighed against a question. coverage: share of the matter that it and its headings hold, 0 to 1."""

    document: Document
    section: Section
    coverage: float
    relevance: float
    has_value: bool


@lru_cache(maxsize=50_000)
def _words(text: str) -> Words:
    return Words(text)


def weigh(question: Question, matter: Matter, hits: Sequence[Hit], plans: Plans) -> list[Evidence]:
    """The hits as evidence, the most relevant first; a heading that holds the value stands for what is below it."""
    wanted = wanted_values(question)
    weighed: dict[tuple[str, int], Evidence] = {}
    for hit in hits:
        evidence = _evidence(hit, question, matter, wanted, plans)
        weighed.setdefault((evidence.document.id, evidence.section.id), evidence)
    return sorted(weighed.values(), key=lambda evidence: -evidence.relevance)


def wanted_values(question: Question) -> frozenset[Value]:
    """What the answer must hold: the most telling of the values asked for."""
    telling = question.values - {Value.NUMBER, Value.UNIT}
    if not telling and Asked.NUMBER in question.kinds:  # "số mấy" of a text that the plan cites
        return frozenset({Value.DOCUMENT})
    return telling or question.values - {Value.UNIT}


def has_wanted(wanted: frozenset[Value], text: str) -> bool:
    """Whether a text holds any of the values asked for; true where none is."""
    return not wanted or any(holds(value, text) for value in wanted)


def _evidence(hit: Hit, question: Question, matter: Matter, wanted: frozenset[Value], plans: Plans) -> Evidence:
    passage = hit.passage
    document = plans.documents[passage.doc]
    section = document.sections[passage.section]
    text, above = _words(f"{passage.text} {passage.respelled}"), _words(passage.heading)
    has_value = has_wanted(wanted, passage.text) or (
        section.kind is Kind.ROW and not wanted.isdisjoint({Value.MONEY, Value.NUMBER})
    )
    heading = document.ancestors(section)[-1:]
    if not has_value and heading and has_wanted(wanted, heading[0].title):
        section, text, has_value = heading[0], _words(heading[0].title), True
    coverage = matter.coverage(text, above) * (1.0 if matter.is_anchored(text, above) else _UNANCHORED)
    goals = bool(wanted & {Value.NUMBER, Value.PERCENT}) and "muc tieu" in fold(passage.heading)
    bonus = (
        _TITLED * matter.said.coverage(above)
        + _NEAR * max(0.0, hit.vectors)
        + _HAS_VALUE * has_value
        + _IN_GOALS * goals
        + _LED * _is_led(passage.text, question)
    )
    return Evidence(document, section, coverage, coverage + bonus, has_value)


def _is_led(text: str, question: Question) -> bool:
    """Whether a passage begins with a body that the question names: it says what that body does."""
    if not question.agencies:
        return False
    start = _MARKER.match(text)
    words = text[start.end() if start else 0 :]
    end = leading_bodies(words, 0)
    return end > 0 and any(found.value in question.agencies for found in agency_names().find(words[:end]))


def sentences(document: Document, span: Span) -> list[Span]:
    """The sentences, and the stretches between semicolons, of a span."""
    text = document.text[span.start : span.end]
    found: list[Span] = []
    at = 0
    for match in _SENTENCE_END.finditer(text):
        found.append(Span(span.start + at, span.start + match.end()))
        at = match.end()
    if at < len(text):
        found.append(Span(span.start + at, span.end))
    return found


def telling(question: Question, matter: Matter, evidence: Evidence) -> list[Span]:
    """The sentences of a passage that answer: those that hold the value asked for, and most of the matter.

    The whole passage where it is one sentence, or where the matter is spread over most of it.
    """
    document = evidence.document
    whole = document.words(evidence.section)
    parts = sentences(document, whole)
    if len(parts) == 1 or not matter.units:
        return [whole]
    words = [document.shown(part) for part in parts]
    chosen = _chosen(matter, words, wanted_values(question))
    if len(chosen) > 0.7 * len(parts):
        return [whole]
    return list(_merged([parts[i] for i in sorted(chosen)]))


def _chosen(matter: Matter, words: Sequence[str], wanted: frozenset[Value]) -> set[int]:
    """Which sentences to show: the best, its equals, and any that holds more of the matter than those do."""
    found = [matter.found(_words(text)) for text in words]
    share = [matter.share(units) for units in found]
    best = max(share)
    valued = [i for i, text in enumerate(words) if has_wanted(wanted, text) and share[i] >= 0.35 * best]
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
