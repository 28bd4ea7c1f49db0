"""The figures of several years side by side, below the sentences that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.citations import Draft, escaped
from assistant.compose.task import Task
from assistant.matching import Words
from corpus.document import Document, Section, Span
from corpus.yearly import Yearly, yearly

_AS_MUCH = 0.9  # of the best clause's share of the matter, that another one must hold to be asked about as well


def add_years(task: Task, draft: Draft, document: Document, shown: Sequence[Section]) -> None:
    """A table of what the sections shown set for each year asked about; nothing where fewer than two are asked about.

    A year that a clause sets nothing for is said to be left out.
    """
    years = sorted(task.question.years)
    if len(years) < 2:
        return
    every = [one for section in shown for one in clauses(document, section)]
    found = [one for one in every if not one.figures.keys().isdisjoint(years)]
    shares = [task.matter.coverage(Words(document.shown(one.name))) for one in found]
    rows = [one for one, share in zip(found, shares, strict=True) if share >= _AS_MUCH * max(shares)]
    if not rows:
        return
    draft.line()
    draft.line(f"| {task.say('Nội dung', 'What (in Vietnamese)')} | {' | '.join(map(str, years))} |")
    draft.line("|---" * (len(years) + 1) + "|")
    for one in rows:
        cells = [_cell(task, draft, document, one, year) for year in years]
        draft.line(f"| {escaped(document.shown(one.name))} | {' | '.join(cells)} |")
    draft.line()


def _cell(task: Task, draft: Draft, document: Document, one: Yearly, year: int) -> str:
    figure = one.figures.get(year)
    return draft.quote(document, figure) if figure else task.say("không nêu", "not stated")


def clauses(document: Document, section: Section) -> Iterator[Yearly]:
    """The clauses of a section that set figures for years, with places in the document."""
    words = document.words(section)
    for one in yearly(document.text[words.start : words.end]):
        figures = {year: _moved(span, words.start) for year, span in one.figures.items()}
        yield Yearly(_moved(one.name, words.start), figures)


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
