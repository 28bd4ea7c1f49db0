"""Targets by their number, who has to reach them, and counting what a plan holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import Draft, escaped
from assistant.compose.about import leaves_the_titles
from assistant.compose.duties import duties
from assistant.compose.marking import figures_asked
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.compose.years import add_years
from assistant.cues import Cue, Value, says, table_words
from assistant.cues import Kind as Asked
from assistant.evidence import ENOUGH
from assistant.matching import Words
from assistant.numbering import ordinal, targets_named
from assistant.plans import Duty, Indicator, label_of
from corpus.document import Document, Kind, Role, Section
from corpus.words import fold

_ROWS = ("noi dung hoat dong", "hang muc", "khoan", "dong ", "rows")
_NOUNS = ("giải pháp", "nhiệm vụ", "yêu cầu", "mục đích")


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
        draft.line(
            f"- **{name}**, {where}: {draft.quote(one.document, words, figures_asked(task, one.document, words))}"
        )
        add_years(task, draft, one.document, [one.section])
    for duty, leaf in owners:
        title = escaped(duty.document.path(duty.section))
        draft.line(f"- **{name}**, {title}: {draft.quote(one.document, one.document.words(leaf))}")
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


def count(task: Task) -> Reply | None:
    """How many targets, duties, sections or rows there are, from the structure; None where none is asked for."""
    words = fold(task.question.text)
    of_rows = any(word in words for word in _ROWS)
    of_money = Asked.FUNDING in task.question.kinds or (Value.MONEY in task.question.values and not of_rows)
    if Asked.COUNT not in task.question.kinds or of_money or says(task.question.text, Cue.RESULTS):
        return None
    if task.question.agencies:
        return None if Value.PERCENT in task.question.values else duties(task)
    if any(word in words for word in ("chi tieu", "muc tieu", "indicator", "target", "goal")):
        return _count_indicators(task)
    if of_rows or any(word in task.question.text.lower() for word in table_words()):
        return _count_rows(task)
    return _count_sections(task)


def _count_rows(task: Task) -> Reply | None:
    """The rows of tables, the total left out."""
    draft = task.draft()
    for document in task.documents:
        for table in document.tables:
            number = sum(not row.total for row in table.rows)
            mark = draft.mark(document, document.sections[table.section].head)
            name = task.say("nội dung hoạt động", "rows")
            draft.line(f"- **{label_of(document)}**, {escaped(table.caption)}: {number} {name} {mark}")
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


def _count_indicators(task: Task) -> Reply | None:
    """The targets of each plan, or of the goal that the question names; None where it is about something else."""
    draft = task.draft()
    for document in task.documents:
        found = task.plans.indicators(document)
        if not found:
            continue
        heading = _heading_of(document, found)
        named = _goal_named(task, heading)
        if named is None and task.question.terms and leaves_the_titles(task):
            continue
        _say_count(task, draft, document, named or heading, found)
    return Reply(draft) if draft else None


def _goal_named(task: Task, heading: Section) -> Section | None:
    """The goal among those below a heading whose title the question uses."""
    parts = [node for node in heading.children if node.kind is Kind.HEADING]
    if (nth := ordinal(task.question.text)) and 0 < nth <= len(parts):
        return parts[nth - 1]
    covered = [(task.matter.said.coverage(Words(node.title)), node) for node in parts]
    best = max(covered, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= ENOUGH else None


def _say_count(task: Task, draft: Draft, document: Document, heading: Section, found: Sequence[Indicator]) -> None:
    """The count, and how it is made up: the numbers of the first and last target under each part."""
    own = [one for one in found if one.section.head in heading.span]
    asked = "mục tiêu" if "muc tieu" in fold(task.question.text) and "chi tieu" not in fold(task.question.text) else ""
    name = task.say(asked or "chỉ tiêu", "targets")
    mark = draft.mark(document, heading.head)
    draft.line(f"- **{label_of(document)}**: {len(own)} {name} ({escaped(document.path(heading))}) {mark}")
    for part in (node for node in heading.children if node.kind is Kind.HEADING):
        numbers = [one.number for one in own if one.section.head in part.span]
        if numbers:
            draft.line(f"  - {len(numbers)} {name}: {draft.quote(document, part.head)}")


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
            name = next((noun for noun in _NOUNS if fold(noun) in words and named), "mục")
            draft.line(f"- **{label_of(document)}**{where}: {len(children)} {task.say(name, 'sections')} {mark}")
            for node in children:
                span = node.head if node.title else document.words(node)
                draft.line(f"  - {draft.quote(document, span)}")
    return Reply(draft) if draft else None


def _is_named(title: str, words: str) -> bool:
    """Whether a question uses the first words of a heading's title."""
    return any(f"{part.strip()}" in words for part in title.split(",") if len(part.split()) >= 2)
