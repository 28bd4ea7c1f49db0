"""Everything that a plan gives a body to do: its whole section, item by item, in every plan that has one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.citations import Draft, escaped
from assistant.compose.assigned_rows import show_rows, tabled
from assistant.compose.leading import led
from assistant.compose.refusal import refuse_agency
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, says
from assistant.cues import Kind as Asked
from assistant.matching import Words
from assistant.numbering import targets_named
from assistant.plans import Duty, label_of
from corpus.document import Document, Kind, Section
from corpus.vocabulary import Agency

_MOST = 6  # sections of other bodies that are named
#: Share of a question's matter that an item must hold for the answer to be that item, not the whole section.
_NARROWED = 0.6
_MOST_OF_IT = 0.5  # from this share of the items on, all of them are shown


def duties(task: Task) -> Reply | None:
    """The duties of the agencies named; None where the question names none."""
    if not task.question.agencies:
        return None
    found = {agency: _found(task, agency) for agency in task.question.agencies}
    rows = {agency: _in_tables(task, agency, sections) for agency, sections in found.items()}
    if not any(found.values()) and not any(rows.values()):
        return refuse_agency(task, task.question.agencies[0])
    draft = task.draft()
    for agency, sections in found.items():
        _section_of_agency(task, draft, agency, sections, rows[agency])
    return Reply(draft)


def _in_tables(task: Task, agency: Agency, found: Sequence[Duty]) -> list[Document]:
    """The plans without a section for a body that give it something to do in a table."""
    having = {duty.document.id for duty in found}
    return [document for document in task.documents if document.id not in having and tabled(document, agency)]


def _found(task: Task, agency: Agency) -> list[Duty]:
    return [duty for document in task.documents for duty in duties_of(task, document, agency)]


def duties_of(task: Task, document: Document, agency: Agency) -> list[Duty]:
    """The sections of a plan that name a body in their titles, or else the district's office of its field."""
    own = [duty for duty in task.plans.duties(document) if agency in duty.agencies]
    of_the_field = (
        duty for duty in task.plans.duties(document) if agency.name in {one.field_of for one in duty.agencies}
    )
    return own or list(of_the_field)


def show_section(draft: Draft, document: Document, section: Section) -> None:
    """A whole section, under the plan's name and its own path."""
    draft.line(f"**{label_of(document)}** — {escaped(document.path(section))}:")
    show_leaves(draft, document, list(section.leaves()), section)


def show_leaves(draft: Draft, document: Document, shown: Sequence[Section], below: Section | None = None) -> None:
    """Items and paragraphs one by one, each with its citation; below: the heading that is shown above them."""
    ids = {leaf.id for leaf in (*shown, *([below] if below else []))}
    for leaf in shown:
        indent = "  " if leaf.label == "+" else ""
        before = led(draft, document, leaf, ids)
        draft.line(f"{indent}- {before}{draft.quote(document, document.words(leaf))}")


def _section_of_agency(
    task: Task, draft: Draft, agency: Agency, found: Sequence[Duty], tables: Sequence[Document]
) -> None:
    for duty in found:
        _one_section(task, draft, duty)
        _mentions(task, draft, agency, duty.document)
    for document in tables:
        show_rows(task, draft, document, agency)
    if lacking := task.others({*(duty.document.id for duty in found), *(document.id for document in tables)}):
        vi = f"Không có mục riêng cho {agency.name}: {lacking}."
        draft.note(task.say(vi, f"No section of its own for {agency.name}: {lacking}."))
    if agency.now:
        draft.note(task.say(f"*Ghi chú:* {agency.now}", f"*Note (in Vietnamese):* {agency.now}"))


def _mentions(task: Task, draft: Draft, agency: Agency, document: Document) -> None:
    """The sections of other bodies that name a body to work with, as places: what it has to do there is theirs."""
    others = [duty for duty in task.plans.duties(document) if agency not in duty.agencies and not duty.is_of_all]
    naming = [duty for duty in others if agency in task.plans.named(duty)]
    if naming:
        places = (
            f"{escaped(document.path(one.section))} {draft.mark(document, one.section.head)}" for one in naming[:_MOST]
        )
        draft.note(
            task.say("Được nhắc phối hợp trong mục của cơ quan khác: ", "Named in other bodies' sections: ")
            + "; ".join(places)
        )
        draft.line()


def _one_section(task: Task, draft: Draft, duty: Duty) -> None:
    document, section = duty.document, duty.section
    every = list(section.leaves())
    shown = _narrowed(task, document, every)
    draft.line(f"**{label_of(document)}** — {_heading(document, section)}{_counted(task, every, shown)}")
    show_leaves(draft, document, shown, section)
    draft.line()


def _heading(document: Document, section: Section) -> str:
    return escaped(document.path(section)) if section.kind is Kind.HEADING else escaped(document.path(document.root))


def _counted(task: Task, every: Sequence[Section], shown: Sequence[Section]) -> str:
    items = [leaf for leaf in every if leaf.kind is Kind.ITEM and leaf.label != "+"]
    if len(shown) < len(every):
        return task.say(f": {len(shown)} trong {len(items)} nhiệm vụ", f": {len(shown)} of {len(items)} duties")
    if items:
        return task.say(f": {len(items)} nhiệm vụ", f": {len(items)} duties")
    return task.say(f": {len(every)} đoạn", f": {len(every)} paragraphs") if Asked.COUNT in task.question.kinds else ""


def _narrowed(task: Task, document: Document, every: Sequence[Section]) -> Sequence[Section]:
    """The items that the question is about, where it is about something; all of them otherwise."""
    if Asked.COUNT in task.question.kinds or says(task.question.text, Cue.FULL):
        return every
    if task.question.asks_target and not task.question.has_content:
        return [leaf for leaf in every if targets_named(document.shown(leaf.head))] or every
    if not task.matter.said_units or len(every) < 3:
        return every
    covered = [task.matter.said.coverage(Words(document.shown(leaf.head))) for leaf in every]
    chosen = [leaf for leaf, share in zip(every, covered, strict=True) if share >= _NARROWED]
    return chosen if 0 < len(chosen) < _MOST_OF_IT * len(every) else every
