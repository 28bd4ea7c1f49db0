"""A part of a plan named by its title: "mục tiêu của kế hoạch là gì?", "phần yêu cầu ghi những gì?", "mục tiêu 3"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.citations import escaped
from assistant.compose.duties import show_section
from assistant.compose.leading import led
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.cues import Kind as Asked
from assistant.numbering import goal_number
from assistant.plans import label_of
from corpus.document import Document, Kind, Role, Section
from corpus.words import fold

_MOST = 16  # items and paragraphs of a section that is shown whole; of a longer one its parts
_TITLES = (
    "muc tieu",
    "muc dich",
    "yeu cau",
    "nhiem vu",
    "giai phap",
    "kinh phi",
    "to chuc thuc hien",
    "che do bao cao",
)
_OTHER = {Asked.COUNT, Asked.OWNER, Asked.HOTLINE, Asked.FUNDING, Asked.SIGNER, Asked.NUMBER, Asked.RECIPIENTS}


def named_section(task: Task) -> Reply | None:
    """The sections whose titles the question names, and nothing besides; None for any other question."""
    question = task.question
    if (number := goal_number(question.text)) is not None:
        return _goal(task, number)
    matter = question.terms or question.content or question.agencies or question.indicators or question.context
    if matter or question.values or question.kinds & _OTHER or not task.names_plans:
        return None
    draft = task.draft()
    for document in task.documents:
        for section in _titled(document, fold(question.text)):
            if len(list(section.leaves())) <= _MOST:
                show_section(draft, document, section)
            else:
                draft.line(f"**{label_of(document)}** — {escaped(document.path(section))}:")
                for node in section.children:
                    draft.line(f"- {draft.quote(document, node.head)}")
    return Reply(draft) if draft else None


def _titled(document: Document, words: str) -> Iterator[Section]:
    """The outermost headings whose titles begin with what the question names."""
    named = [title for title in _TITLES if title in words]
    nodes = [node for node in document.sections if node.kind is Kind.HEADING and node.role is Role.BODY]
    found = [node for node in nodes if named and any(fold(node.title).startswith(title) for title in named)]
    exact = [node for node in found if fold(node.title).strip(" :.") in words]
    chosen = exact or found
    for node in chosen:
        if not any(node is not other and node.head in other.span for other in chosen):
            yield node


def _goal(task: Task, number: int) -> Reply | None:
    """The goal with a number, by its heading or as a numbered target; a refusal where plans number goals otherwise."""
    draft = task.draft()
    for document in task.documents:
        headed = [node for node in document.sections if fold(node.title).startswith(f"muc tieu {number}:")]
        for node in headed:
            show_section(draft, document, node)
        for one in () if headed or _numbers_goals(document) else task.plans.indicators(document):
            if one.number == number:
                where, words = escaped(document.place(one.section)), document.words(one.section)
                before = led(draft, document, one.section)
                draft.line(f"- **{label_of(document)}**, {where}: {before}{draft.quote(document, words)}")
    numbered = any(_numbers_goals(one) or task.plans.indicators(one) for one in task.documents)
    if draft or not numbered:
        return Reply(draft) if draft else None
    return refuse(task, f"Không có mục tiêu {number}.", f"There is no goal {number}.")


def _numbers_goals(document: Document) -> bool:
    return any(fold(node.title).startswith("muc tieu 1:") for node in document.sections)
