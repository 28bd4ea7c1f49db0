"""Targets by their number, and who has to reach them."""

from __future__ import annotations

from assistant.citations import Draft, escaped
from assistant.compose.leading import led
from assistant.compose.marking import figures_asked
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.compose.years import add_years
from assistant.cues import Kind as Asked
from assistant.numbering import targets_named
from assistant.plans import Duty, Indicator, label_of
from corpus.document import Section


def indicator(task: Task) -> Reply | None:
    """The targets with the numbers asked for, or their owners; None where the question names no number."""
    if not task.question.indicators:
        return None
    found = [one for number in task.question.indicators for one in _numbered(task, number)]
    absent = set(task.question.indicators) - {one.number for one in found}
    if not found:
        return _no_such(task, min(absent))
    draft = task.draft()
    for one in found:
        _say(task, draft, one)
    for number in sorted(absent):
        draft.note(task.say(f"Không có chỉ tiêu {number}.", f"There is no target {number}."))
    return Reply(draft)


def _numbered(task: Task, number: int) -> list[Indicator]:
    return [one for document in task.documents for one in task.plans.indicators(document) if one.number == number]


def _say(task: Task, draft: Draft, one: Indicator, with_words: bool = False) -> None:
    """A target in its own words, and whose it is where that is asked."""
    asks_owner = Asked.OWNER in task.question.kinds
    owners = _owners(task, one) if asks_owner else []
    name, where = label_of(one.document), escaped(one.document.place(one.section))
    words = one.document.words(one.section)
    if with_words or not owners or task.question.kinds - {Asked.OWNER} or task.question.values:
        before = led(draft, one.document, one.section)
        quoted = draft.quote(one.document, words, figures_asked(task, one.document, words))
        draft.line(f"- **{name}**, {where}: {before}{quoted}")
        add_years(task, draft, one.document, [one.section])
    for duty, leaf in owners:
        title = escaped(duty.document.path(duty.section))
        before = led(draft, one.document, leaf)
        draft.line(f"- **{name}**, {title}: {before}{draft.quote(one.document, one.document.words(leaf))}")
    if asks_owner and not owners:
        vi = f"{name}: phần phân công không giao chỉ tiêu {one.number} cho cơ quan nào."
        draft.note(task.say(vi, f"{name}: target {one.number} is given to no body in its section of duties."))


def owners_of_target(task: Task) -> Reply | None:
    """Whose the target is that a question is about, where the plan gives targets out by their numbers.

    None where what is asked about is no target, or no body is given it.
    """
    draft = task.draft()
    for document in task.documents:
        best = next((one for one in task.evidence if one.document.id == document.id), None)
        found = [one for one in task.plans.indicators(document) if best and one.section.id == best.section.id]
        if found and _owners(task, found[0]) and task.is_answered:
            _say(task, draft, found[0], with_words=True)
    return Reply(draft) if draft else None


def _owners(task: Task, one: Indicator) -> list[tuple[Duty, Section]]:
    return [
        (duty, leaf)
        for duty in task.plans.duties(one.document)
        for leaf in duty.section.leaves()
        if one.number in targets_named(one.document.shown(leaf.head))
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
