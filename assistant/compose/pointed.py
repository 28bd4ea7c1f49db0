"""An item of the answer before, pointed at by its place: "nói rõ hơn ý 2", "cái thứ hai là của sở nào?"."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.citations import Draft, escaped, section_at
from assistant.compose.duties import show_leaves
from assistant.compose.indicators import indicator
from assistant.compose.task import Reply, Task
from assistant.cues import Kind as Asked
from assistant.plans import Plans, label_of
from corpus.document import Document, Section, Span

_ITEM = re.compile(r"^\s*- .*?(?<!\\)\[(\d+)\]")


def item(draft: Draft, plans: Plans, which: int | str) -> tuple[Document, Section] | None:
    """The passage behind an item of an answer: by its number, counted from 1, the last is -1, or by its letter."""
    if isinstance(which, str):
        return next((one for one in _passages(draft, plans) if one[1].label == which), None)
    marks = [match[1] for line in draft.text.splitlines() if (match := _ITEM.match(line))]
    if not marks or which > len(marks):
        return None
    return _passages(draft, plans)[int(marks[which - 1 if which > 0 else which]) - 1]


def _passages(draft: Draft, plans: Plans) -> list[tuple[Document, Section]]:
    """The passages of an answer's citations."""
    documents = (plans.documents[one.doc] for one in draft.citations)
    return [(d, section_at(d, Span(one.start, one.end))) for d, one in zip(documents, draft.citations, strict=True)]


def pointed(task: Task) -> Reply | None:
    """The passage pointed at, whole, with what hangs below it; whose it is where that is asked. None without one."""
    if task.pointed is None:
        return None
    document, section = task.pointed
    target = next((one for one in task.plans.indicators(document) if one.section.id == section.id), None)
    if target is not None and Asked.OWNER in task.question.kinds:
        question = replace(task.question, indicators=(target.number,))
        return indicator(replace(task, question=question, scope=replace(task.scope, documents=(document,))))
    draft = task.draft()
    draft.line(f"**{label_of(document)}** — {escaped(document.path(section))}:")
    show_leaves(draft, document, [node for node in section.walk() if node is section or not node.title])
    return Reply(draft)
