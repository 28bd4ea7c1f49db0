"""The rows of tables that give a body something to do, where no section of the plan does."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.assigned import Assigned, assigned
from assistant.citations import Draft, escaped
from assistant.compose.task import Task
from assistant.cues import Cue, says
from assistant.matching import Words
from corpus.document import Document
from corpus.vocabulary import Agency

_NARROWED = 0.6  # share of a question's matter that a row must hold for the answer to be that row, not all of them


def tabled(document: Document, agency: Agency) -> list[Assigned]:
    """The rows that a body is named in, as who does it or as who joins."""
    return [one for one in assigned(document) if agency in one.doers or agency in one.joiners]


def show_rows(task: Task, draft: Draft, document: Document, agency: Agency) -> None:
    """The rows that are a body's to do, counted, then those that it joins in."""
    every = tabled(document, agency)
    rows = _narrowed(task, document, every)
    own = [one for one in rows if agency in one.doers]
    joined = [one for one in rows if agency not in one.doers]
    place = escaped(document.path(document.ancestors(rows[0].row)[-1]))
    count = task.say(f": {len(own)} nhiệm vụ trong bảng", f": {len(own)} duties in a table") if own else ""
    draft.line(f"**{task.name(document)}** — {place}{count}")
    for one in own:
        draft.line(f"- {_line(draft, document, one)}")
    if joined:
        draft.note(task.say(f"{agency.name} phối hợp:", f"{agency.name} joins in:"))
        for one in joined:
            draft.line(f"- {_line(draft, document, one)}")
    draft.line()


def _line(draft: Draft, document: Document, one: Assigned) -> str:
    """What is to do, then the other cells behind their heads, with the mark of the row."""
    cells = (f"{head}: {document.shown(span)}" if head else document.shown(span) for head, span in one.others)
    return f"{escaped('; '.join([document.shown(one.work), *cells]))} {draft.mark(document, one.row.head)}"


def _narrowed(task: Task, document: Document, every: Sequence[Assigned]) -> Sequence[Assigned]:
    """The rows that the question is about, where it is about something; all of them otherwise."""
    if says(task.question.text, Cue.FULL) or not task.matter.said_units:
        return every
    about = [one for one in every if task.matter.said.coverage(Words(document.shown(one.row.head))) >= _NARROWED]
    return about or every
