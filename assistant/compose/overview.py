"""What a plan holds, section by section: for a question about a plan as a whole."""

from __future__ import annotations

from assistant.compose.task import Reply, Task
from assistant.cues import Cue, says
from assistant.plans import label_of
from corpus.document import Kind, Role

_ONLY_A_NAME = 3  # words: "Khánh Hòa?"


def overview(task: Task) -> Reply | None:
    """The sections of the plans named; None where something of them is asked for, or they have none."""
    question = task.question
    asks = question.agencies or question.kinds or question.values or question.context
    whole = says(question.text, Cue.OVERVIEW) or (says(question.text, Cue.ANYTHING) and not question.has_content)
    whole = whole or len(question.text.split()) <= _ONLY_A_NAME
    if asks or not whole or not task.names_plans:
        return None
    draft = task.draft()
    for document in task.documents:
        tops = [node for node in document.root.children if node.kind is Kind.HEADING and node.role is Role.BODY]
        if tops:
            name = task.say("gồm các mục", "has the sections")
            draft.line(f"**{label_of(document)}** — {name}:")
            for node in tops:
                draft.line(f"- {draft.quote(document, node.head)}")
    return Reply(draft) if draft else None
