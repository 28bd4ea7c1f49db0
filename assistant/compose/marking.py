"""Which figures of a sentence are what is asked for, so that a reader finds them in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.compose.task import Task
from assistant.cues import Value
from assistant.evidence import wanted_values
from assistant.matching import Words
from assistant.values import places_of
from corpus.document import Document, Span
from corpus.yearly import yearly

_CLAUSE = re.compile(r"[^;]+")


def figures_asked(task: Task, document: Document, sentence: Span) -> list[Span]:
    """The places of the values asked for in a sentence of a document: in those of its clauses that say most of it.

    Of the years asked for where a clause sets figures by year; nothing where no value is asked for.
    """
    wanted = wanted_values(task.question) - {Value.DOCUMENT, Value.RESULT, Value.UNIT}
    if not wanted:
        return []
    shares = {one: task.matter.coverage(Words(document.shown(one))) for one in _clauses(document, sentence)}
    best = [clause for clause, share in shares.items() if share == max(shares.values())]
    return [place for clause in best for place in _in_clause(task, document, clause, wanted)]


def _in_clause(task: Task, document: Document, clause: Span, wanted: frozenset[Value]) -> Iterator[Span]:
    text = document.text[clause.start : clause.end]
    by_year = {year: span for one in yearly(text) for year, span in one.figures.items()}
    found = [by_year[year] for year in task.question.years if year in by_year]
    for one in found or {place for value in wanted for place in places_of(value, text)}:
        yield Span(clause.start + one.start, clause.start + one.end)


def _clauses(document: Document, sentence: Span) -> Iterator[Span]:
    text = document.text[sentence.start : sentence.end]
    for match in _CLAUSE.finditer(text):
        if match[0].strip():
            yield Span(sentence.start + match.start(), sentence.start + match.end())
