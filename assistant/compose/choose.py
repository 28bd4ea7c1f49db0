"""Which composer answers a question: the first of the table that takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from assistant.citations import escaped
from assistant.compose.about import about, basis
from assistant.compose.counting import count
from assistant.compose.duties import duties
from assistant.compose.extremes import extreme
from assistant.compose.facts import facts
from assistant.compose.force import force
from assistant.compose.funding import funding
from assistant.compose.hotline import asks_whom_to_call, hotline, national
from assistant.compose.indicators import indicator
from assistant.compose.named import named_section
from assistant.compose.overview import overview
from assistant.compose.owners import owners, provinces
from assistant.compose.places import place
from assistant.compose.pointed import pointed
from assistant.compose.refusal import refuse_province, refuse_unknown, refuse_year
from assistant.compose.reporting import reporting
from assistant.compose.rows import table_answer
from assistant.compose.task import Reply, Task
from assistant.compose.whole import whole
from assistant.cues import Kind, Value
from assistant.plans import province_now, province_of
from assistant.question import Question
from corpus.vocabulary import child_line

Composer = Callable[[Task], Reply | None]


def compose(task: Task) -> Reply:
    """The answer to a question; some composer always has one, if only why there is none."""
    for composer in COMPOSERS:
        reply = composer(task)
        if reply is not None:
            _add_number(task, reply)
            _add_absent(task, reply)
            _add_merger(task, reply)
            _add_resolved(task, reply)
            return replace(reply, composer=composer.__name__.strip("_"))
    return refuse_unknown(task)


def _add_number(task: Task, reply: Reply) -> None:
    """The national numbers before a refusal of whom to call: they hold wherever no plan is."""
    if reply.abstained and asks_whom_to_call(task) and child_line().number not in reply.draft.text:
        reply.draft.open_with([national(task)])


def _add_absent(task: Task, reply: Reply) -> None:
    """Says which of several provinces or years asked about no plan is of; a refusal says it itself."""
    if reply.abstained or not task.documents:
        return
    if task.scope.absent_provinces:
        names = ", ".join(one.name for one in task.scope.absent_provinces)
        reply.draft.note(task.say(f"Không có kế hoạch của {names} trong kho tài liệu.", f"No plan of {names} is held."))
    absent = [str(year) for year in task.scope.absent_years if str(year) not in reply.draft.text]
    if absent and len(task.scope.absent_years) < len(task.question.years):
        years = ", ".join(absent)
        reply.draft.note(task.say(f"Không có kế hoạch năm {years}.", f"No plan for {years} is held."))


def _add_resolved(task: Task, reply: Reply) -> None:
    """How a question that leans on an earlier one was understood."""
    if task.question.carried:
        taken = "; ".join(filter(None, _slots(task.question)))
        reply.draft.open_with([task.say(f"*Hiểu là:* {taken}", f"*Taken as:* {taken}")])


def _slots(question: Question) -> Iterator[str]:
    """What a question is about, in words, its own and what it takes from earlier turns."""
    yield escaped(question.text.strip(" ?"))
    if "text" in question.carried:  # said in full already
        return
    if question.context is not None:
        yield ", ".join(map(escaped, (*(term.plan[0] for term in question.context.terms), *question.context.content)))
    yield from (f"chỉ tiêu {number}" for number in question.indicators)
    yield from (one.name for one in question.agencies)
    yield from (one.name for one in question.provinces)
    yield from question.issuers
    yield from map(str, question.years)


def _add_merger(task: Task, reply: Reply) -> None:
    """A note for a province asked for by the name it has since the mergers of 2025; never inside the plan's words."""
    cited = {citation.doc for citation in reply.draft.citations}
    for named in task.question.provinces:
        for document in task.documents:
            before = province_of(document)
            if document.id in cited and before != named.name and province_now(document) == named.name:
                vi = f"*Ghi chú:* đây là kế hoạch của tỉnh {before} trước khi sáp nhập; từ 1/7/2025 thuộc {named.name}."
                en = f"*Note:* this is the plan of {before} before the merger; part of {named.name} since 1 July 2025."
                reply.draft.note(task.say(vi, en))


def _nothing_in_scope(task: Task) -> Reply | None:
    absent = task.scope.absent_provinces or task.scope.filtered_provinces or task.scope.absent_issuers
    if not task.documents and absent:
        return refuse_province(task)
    return None if task.documents else refuse_unknown(task)


def _year_of_no_plan(task: Task) -> Reply | None:
    """Duties and metadata belong to a plan's own years; a figure may speak of another year."""
    asks_for_plan = task.question.agencies or Kind.SIGNER in task.question.kinds
    all_absent = bool(task.scope.absent_years) and len(task.scope.absent_years) == len(task.question.years)
    return refuse_year(task) if all_absent and asks_for_plan else None


def _duties(task: Task) -> Reply | None:
    """A body is named, and either its duties are asked for or nothing besides it."""
    of_else = not task.question.kinds.isdisjoint({Kind.OWNER, Kind.FUNDING})
    if task.question.values - {Value.NUMBER, Value.PERCENT} or of_else or task.question.named:
        return None
    plain = not task.question.has_content and not task.question.kinds - {Kind.DUTIES, Kind.NUMBER}
    compared = task.question.compare and not task.question.values
    return duties(task) if Kind.DUTIES in task.question.kinds or plain or compared else None


def _facts(task: Task) -> Reply:
    """What the passages say; all that is a body's to do where none says what is asked of it."""
    reply = facts(task)
    asks_value = task.question.values or task.question.named or Kind.OWNER in task.question.kinds
    if reply.abstained and not (asks_value or task.matter.unheld or task.scope.absent_years):
        return duties(task) or reply
    return reply


def _provinces(task: Task) -> Reply | None:
    named = bool(task.question.provinces)
    asks = Kind.PROVINCES in task.question.kinds and not task.question.values
    return provinces(task) if asks and not named else None


def _owners(task: Task) -> Reply | None:
    asks = Kind.OWNER in task.question.kinds and (task.question.has_content or task.question.context)
    return owners(task) if asks and not task.question.compare else None


#: In this order.
COMPOSERS: tuple[Composer, ...] = (
    _nothing_in_scope,
    _year_of_no_plan,
    hotline,
    count,
    place,
    pointed,
    indicator,
    force,
    about,
    basis,
    reporting,
    _duties,
    funding,
    named_section,
    overview,
    _provinces,
    extreme,
    whole,
    table_answer,
    _owners,
    _facts,
)
