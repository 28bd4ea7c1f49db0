"""An item of the answer before, pointed at by its place: "nói rõ hơn ý 2", "cái thứ hai là của sở nào?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.citations import MARK, Draft, escaped, section_at
from assistant.compose.duties import show_leaves
from assistant.compose.indicators import indicator
from assistant.compose.task import Reply, Task
from assistant.cues import Kind as Asked
from assistant.leads import leads
from assistant.plans import Plans, label_of
from corpus.document import Document, Section, Span

_ITEM = re.compile(r"\s*(?:- |\d{1,2}[.)] )")


def item(shown: Draft | Answer, plans: Plans, which: int | str) -> tuple[Document, Section] | None:
    """The passage behind an item of an answer: by its number, counted from 1, the last is -1, or by its letter."""
    if isinstance(which, str):
        return next(
            (one for one in (_passage(cited, plans) for cited in shown.citations) if one[1].label == which), None
        )
    cited = {str(one.n): _passage(one, plans) for one in shown.citations}
    counted = [cited[n] for n in _counted(shown.text, cited) if n in cited]
    if not counted or which > len(counted):
        return None
    return counted[which - 1 if which > 0 else which]


def _counted(text: str, cited: Mapping[str, tuple[Document, Section]]) -> Iterator[str]:
    """The marks that count: of an item the first but for what leads on to it, of sentences before any item each."""
    said: set[str] = set()
    listed = False
    for line in text.splitlines():
        marks = MARK.findall(line)
        if _ITEM.match(line):
            listed = listed or bool(marks)
            held = [cited[n] for n in marks if n in cited]
            led = [section.id for document, item in held for section in leads(document, item)]
            yield from [n for n in marks if n in cited and cited[n][1].id not in led][:1]
        elif not listed:
            yield from (n for n in dict.fromkeys(marks) if n not in said)
            said.update(marks)


def _passage(one: Citation, plans: Plans) -> tuple[Document, Section]:
    """The passage of a citation."""
    document = plans.documents[one.doc]
    return document, section_at(document, Span(one.start, one.end))


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
