"""The assistant over cases: every case with its answer, its judgement and its outcome."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Citation
from assistant.plans import label_of
from assistant.question import Turn
from corpus.document import Document, Span
from eval.bootstrap import Estimate, estimate
from eval.cases import Case, is_kept
from eval.judging import Verdict, found, judge, normalise, source_lines, source_spans, syllables
from eval.metrics import MEASURES
from eval.numbers import Wrong, known, wrong_numbers
from eval.outcome import Outcome


class Asked(Protocol):
    """What answers: the assistant, or anything like it."""

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        """The answer to a question after earlier turns."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What answers are held to: the plans' texts by id, and the figures in the names of plans and sections."""

    texts: Mapping[str, str]
    named: frozenset[str] = frozenset()

    @classmethod
    def of(cls, documents: Mapping[str, Document]) -> Plans:
        """Of the documents of an index."""
        labels = [label_of(document) for document in documents.values()]
        titles = [section.title for document in documents.values() for section in document.sections]
        return cls({id: document.text for id, document in documents.items()}, known([*labels, *titles]))


@dataclass(frozen=True, slots=True)
class Result:
    """One case, its answer, what was found wrong with it, and its outcome in numbers."""

    case: Case
    answer: Answer
    verdict: Verdict
    wrong: tuple[Wrong, ...]
    outcome: Outcome

    @property
    def failed(self) -> bool:
        """Whether the answer is not right, or states a wrong number."""
        return not self.verdict.right or bool(self.wrong)


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one file of cases; of one that is kept aside nothing but figures may be shown."""

    name: str
    kept: bool
    results: tuple[Result, ...]

    @property
    def outcomes(self) -> list[Outcome]:
        """The outcomes of all cases."""
        return [result.outcome for result in self.results]

    @property
    def failures(self) -> list[Result]:
        """What failed and may be shown: nothing of a file that is kept aside."""
        return [] if self.kept else [result for result in self.results if result.failed]

    def by(self, key: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
        """The outcomes for each value of a field, in alphabetical order."""
        groups: dict[str, list[Outcome]] = {}
        for outcome in sorted(self.outcomes, key=key):
            groups.setdefault(key(outcome), []).append(outcome)
        return groups


def measured(outcomes: Sequence[Outcome]) -> dict[str, Estimate]:
    """Every one of MEASURES over some cases, by its name."""
    return {name: estimate(measure.of(outcomes)) for name, measure in MEASURES.items()}


def run(path: Path, cases: Iterable[Case], assistant: Asked, plans: Plans) -> Report:
    """Ask every case and judge its answer."""
    return Report(path.name, is_kept(path), tuple(_result(case, assistant, plans) for case in cases))


def _result(case: Case, assistant: Asked, plans: Plans) -> Result:
    started = time.perf_counter()
    answer = assistant.ask(case.question, history=case.history)
    ms = (time.perf_counter() - started) * 1000
    verdict = judge(case, answer.text, answer.abstained)
    wrong = wrong_numbers(case, answer, verdict, plans.named)
    outcome = _outcome(case, answer, plans, verdict=verdict, wrong=wrong, ms=ms)
    return Result(case, answer, verdict, wrong, outcome)


def _outcome(
    case: Case, answer: Answer, plans: Plans, *, verdict: Verdict, wrong: Sequence[Wrong], ms: float
) -> Outcome:
    text, cited = normalise(answer.text), answer.citations
    judged = cited if case.answerable and not answer.abstained else ()
    due = source_spans(case.nuggets, plans.texts) if judged else {}
    return Outcome(
        id=case.id,
        category=case.category,
        lang=case.lang,
        answerable=case.answerable,
        declined=answer.abstained,
        right=verdict.right,
        nuggets=len(case.nuggets),
        found=sum(found(text, nugget) for nugget in case.nuggets),
        forbids=bool(case.forbid),
        forbidden=bool(verdict.forbidden),
        wrong_number=bool(wrong),
        citations=len(cited),
        faithful=sum(plans.texts.get(one.doc, "")[one.start : one.end] == one.quote != "" for one in cited),
        judged=len(judged),
        precise=sum(_is_precise(one, case, due) for one in judged),
        length=_length(case, answer, plans.texts),
        ms=round(ms, 3),
    )


def _is_precise(citation: Citation, case: Case, due: Mapping[str, set[Span]]) -> bool:
    """Whether a citation is of a plan that is due, and touches a line of it that holds a nugget."""
    lines = due.get(citation.doc, set())
    return citation.doc in case.docs and any(line.start < citation.end and citation.start < line.end for line in lines)


def _length(case: Case, answer: Answer, texts: Mapping[str, str]) -> float | None:
    """Syllables of the answer over those of the lines that hold its nuggets; only where there is an answer."""
    if not case.answerable or answer.abstained:
        return None
    source = sum(map(syllables, source_lines(case.nuggets, texts)))
    return syllables(answer.text) / source if source else None
