"""The assistant over cases: every case with its score, and what the scores come to."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer
from assistant.question import Turn
from eval.cases import Case
from eval.judging import Verdict, judge, source_lines, syllables
from eval.metrics import Estimate, estimate, mean, percentile


class Asked(Protocol):
    """What answers: the assistant, or anything like it."""

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        """The answer to a question after earlier turns."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Citations of one answer. exact: text[start:end] is the quote; verbatim: it stands in that plan once white
    space is collapsed; due: its plan is one that a right answer comes from (0 of 0 where the case names none)."""

    total: int = 0
    exact: int = 0
    verbatim: int = 0
    due: int = 0
    judged: int = 0  # of how many `due` can be said


@dataclass(frozen=True, slots=True)
class Result:
    """One case, its answer and its judgement. length: syllables over those of the source lines, or None."""

    case: Case
    answer: Answer
    verdict: Verdict
    quotes: Quotes
    length: float | None
    seconds: float


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one file of cases."""

    name: str
    results: tuple[Result, ...]

    @property
    def right(self) -> Estimate:
        """The share of cases answered rightly, over all of them."""
        return _share(self.results)

    def by(self, key: Callable[[Case], str]) -> dict[str, Estimate]:
        """The share right for each value of a case's field, in order of first appearance."""
        groups: dict[str, list[Result]] = {}
        for result in self.results:
            groups.setdefault(key(result.case), []).append(result)
        return {name: _share(results) for name, results in groups.items()}

    def measures(self) -> dict[str, float]:
        """The other measures by name: shares from 0 to 1, latencies in milliseconds."""
        sums = [sum(getattr(result.quotes, name) for result in self.results) for name in Quotes.__slots__]
        total, exact, verbatim, due, judged = sums
        seconds = [result.seconds * 1000 for result in self.results]
        lengths = [result.length for result in self.results if result.length is not None]
        return {
            "citations": total,
            "quotes exact at start:end": _ratio(exact, total),
            "quotes verbatim in their plan": _ratio(verbatim, total),
            "citations from a plan that is due": _ratio(due, judged),
            "answers without a citation": mean([not one.quotes.total for one in self._given()]),
            "length ratio, median": percentile(lengths, 50),
            "false refusals": mean([one.answer.abstained for one in self.results if one.case.answerable]),
            "false answers": mean([not one.answer.abstained for one in self.results if not one.case.answerable]),
            "latency p50, ms": percentile(seconds, 50),
            "latency p95, ms": percentile(seconds, 95),
        }

    def _given(self) -> list[Result]:
        return [one for one in self.results if not one.answer.abstained and not one.answer.emergency]


def run(path: Path, cases: Sequence[Case], assistant: Asked, texts: Mapping[str, str]) -> Report:
    """Ask every case and judge its answer; `texts` are the plans by id, as they were read."""
    known = dict(texts)
    collapsed = {doc: _collapse(text) for doc, text in known.items()}
    return Report(path.name, tuple(_result(case, assistant, known, collapsed) for case in cases))


def _result(case: Case, assistant: Asked, texts: dict[str, str], collapsed: dict[str, str]) -> Result:
    started = time.perf_counter()
    answer = assistant.ask(case.question, history=case.history)
    seconds = time.perf_counter() - started
    verdict = judge(case, answer.text, answer.abstained)
    return Result(case, answer, verdict, _quotes(case, answer, texts, collapsed), _length(case, answer, texts), seconds)


def _quotes(case: Case, answer: Answer, texts: dict[str, str], collapsed: dict[str, str]) -> Quotes:
    cited = answer.citations
    return Quotes(
        total=len(cited),
        exact=sum(texts.get(one.doc, "")[one.start : one.end] == one.quote != "" for one in cited),
        verbatim=sum(_collapse(one.quote) in collapsed.get(one.doc, "") for one in cited),
        due=sum(one.doc in case.docs for one in cited) if case.docs else 0,
        judged=len(cited) if case.docs else 0,
    )


def _length(case: Case, answer: Answer, texts: dict[str, str]) -> float | None:
    """Syllables of the answer over those of the lines that hold its nuggets; only where there is an answer."""
    if not case.answerable or answer.abstained:
        return None
    source = sum(map(syllables, source_lines(case.nuggets, texts)))
    return syllables(answer.text) / source if source else None


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _share(results: Sequence[Result]) -> Estimate:
    return estimate([float(result.verdict.right) for result in results])


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
