"""Targets by their number, who has to reach them, and counting what a plan holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import escaped
from assistant.compose.about import leaves_the_titles
from assistant.compose.duties import duties, leaves
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.cues import Kind as Asked
from assistant.plans import Duty, Indicator, indicators_named, label_of
from corpus.document import Document, Kind, Role, Section
from corpus.words import fold


def indicator(task: Task) -> Reply | None:
    """The target with the number asked for, or its owners; None where the question names no number."""
    number = task.question.indicator
    if number is None:
        return None
    found = [one for document in task.documents for one in task.plans.indicators(document) if one.number == number]
    if not found:
        return _no_such(task, number)
    draft = task.draft()
    for one in found:
        where = escaped(one.document.place(one.section))
        owners = _owners(task, one)
        if not owners or Asked.OWNER not in task.question.kinds:
            draft.line(
                f"- **{label_of(one.document)}**, {where}: {draft.quote(one.document, one.document.words(one.section))}"
            )
        for duty, leaf in owners if Asked.OWNER in task.question.kinds else ():
            title = escaped(duty.document.path(duty.section))
            draft.line(
                f"- **{label_of(one.document)}**, {title}: {draft.quote(one.document, one.document.words(leaf))}"
            )
    return Reply(draft)


def count(task: Task) -> Reply | None:
    """How many targets or duties there are, from the structure; None where neither is asked for."""
    if Asked.COUNT not in task.question.kinds:
        return None
    words = fold(task.question.text)
    if task.question.agencies:
        return duties(task)
    if any(word in words for word in ("chi tieu", "muc tieu", "indicator", "target", "goal")):
        return None if leaves_the_titles(task) else _count_indicators(task)
    return _count_sections(task)


def _owners(task: Task, one: Indicator) -> list[tuple[Duty, Section]]:
    return [
        (duty, leaf)
        for duty in task.plans.duties(one.document)
        for leaf in leaves(duty.section)
        if one.number in indicators_named(one.document.shown(leaf.head))
    ]


def _no_such(task: Task, number: int) -> Reply:
    held = {document.id: [one.number for one in task.plans.indicators(document)] for document in task.documents}
    parts_vi, parts_en = [], []
    for document in task.documents:
        numbers = held[document.id]
        if numbers:
            parts_vi.append(f"{label_of(document)} có {len(numbers)} chỉ tiêu ({min(numbers)}–{max(numbers)})")
            parts_en.append(f"{label_of(document)} has {len(numbers)} targets ({min(numbers)}–{max(numbers)})")
    vi = f"Không có chỉ tiêu {number}. {'; '.join(parts_vi)}."
    return refuse(task, vi, f"There is no target {number}. {'; '.join(parts_en)}.")


def _count_indicators(task: Task) -> Reply | None:
    draft = task.draft()
    for document in task.documents:
        found = task.plans.indicators(document)
        if found:
            heading = _heading_of(document, found)
            mark = draft.mark(document, heading.head)
            name = task.say("chỉ tiêu", "targets")
            draft.line(f"- **{label_of(document)}**: {len(found)} {name} ({escaped(document.path(heading))}) {mark}")
    return Reply(draft) if draft else None


def _heading_of(document: Document, found: Sequence[Indicator]) -> Section:
    """The heading that holds all the targets."""
    spans = [one.section.head for one in found]
    chain = document.ancestors(found[0].section)
    holding = [node for node in chain if all(span in node.span for span in spans)]
    return holding[-1] if holding else found[0].section


def _count_sections(task: Task) -> Reply | None:
    """Sections of the whole plan, or what stands under the heading that the question names."""
    draft = task.draft()
    words = fold(task.question.text)
    for document in task.documents:
        tops = [node for node in document.root.children if node.kind is Kind.HEADING and node.role is Role.BODY]
        named = next((node for node in tops if _is_named(fold(node.title), words)), None)
        children = [node for node in (named.children if named else tops) if node.label]
        if children:
            where = f" ({escaped(document.path(named))})" if named else ""
            mark = draft.mark(document, (named or children[0]).head)
            draft.line(f"- **{label_of(document)}**{where}: {len(children)} {task.say('mục', 'sections')} {mark}")
            for node in children:
                span = node.head if node.title else document.words(node)
                draft.line(f"  - {draft.quote(document, span)}")
    return Reply(draft) if draft else None


def _is_named(title: str, words: str) -> bool:
    """Whether a question uses the first words of a heading's title."""
    return any(f"{part.strip()}" in words for part in title.split(",") if len(part.split()) >= 2)
