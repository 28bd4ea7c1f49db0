"""What the plans say of a matter: the sentences that hold it, for each province, verbatim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.citations import Draft, escaped
from assistant.compose.duties import show_section
from assistant.compose.funding import funding_sections
from assistant.compose.leading import led
from assistant.compose.marking import figures_asked
from assistant.compose.refusal import refuse_agency, refuse_unknown, refuse_value, refuse_year
from assistant.compose.rows import row_line
from assistant.compose.task import Reply, Task
from assistant.compose.years import add_years
from assistant.cues import Cue, Value, says
from assistant.cues import Kind as Asked
from assistant.evidence import ENOUGH, Evidence, has_wanted, telling, wanted_values
from assistant.lacks import of_other_years
from assistant.matching import MONEY, Words
from assistant.plans import label_of
from corpus.document import Document, Kind, Section, Span
from corpus.names import agency_names
from corpus.vocabulary import Agency

_MOST_PER_PLAN, _MOST_OWNERS, _MOST_COMPARED = 3, 8, 2
_OF_THE_BEST = 0.6  # of the best coverage, that a passage of a comparison must reach
_EVERY_OWNER = 0.8  # of the best coverage, that a passage must reach where every owner is asked for
ALL_OF_IT = 0.85  #: Coverage from which a plan is said to speak of a matter.
_VALUED = 0.6  # of the best coverage of all, that a passage with the value asked for must reach
_FEW = 2  # passages of a plan
_LOOKED_AT = 5  # passages that decide what the plans hold
#: How far below the best of its plan, in log-odds, a passage may be to be shown beside it …
_BESIDE = 1.6
#: … less where a value is asked for, since a neighbour's would be taken for it; …
_BESIDE_VALUE = 0.8
#: … more where it is asked who does it, if it holds as much of the matter, …
_OWNED_TOO, _AS_MUCH = 3.0, 0.95
#: … and how far below the best of all the best of a plan, where no province is named.
_AMONG_PLANS = 4.0
_VERY_SHORT, _SHORT_SECTION = 2, 8  # items and paragraphs
_SAID_BY_HEADINGS = 0.6  # share of the matter that the titles above a passage hold


def facts(task: Task) -> Reply:
    """The sentences that answer, grouped by plan; an abstention where none does."""
    evidence = list(task.evidence)
    if says(task.question.text, Cue.OPINION) or not (task.is_answered or _few_cite(task) or _money_of_body(task)):
        sections = funding_sections(task) if _asks_for_money_alone(task) else []
        return refuse_value(task, sections) if sections else refuse_unknown(task)
    if says(task.question.text, Cue.STATISTICS) and not task.question.asks_target:
        targets = {(d.id, one.section.id) for d in task.documents for one in task.plans.indicators(d)}
        evidence = [one for one in evidence if (one.document.id, one.section.id) not in targets]
    if wanted_values(task.question) or task.question.named:
        evidence = [one for one in evidence if one.has_value and one.coverage >= _least(task, one.document)]
        evidence = [one for one in evidence if _is_of_years(task, one) and _gives_it(task, one)]
        if not evidence:
            return refuse_value(task)
    if (agency := _agency_without_duties(task, evidence)) is not None:
        return refuse_agency(task, agency)
    if (
        task.scope.absent_years
        and Value.DOCUMENT not in wanted_values(task.question)
        and not _speaks_of_years(task, evidence[:_LOOKED_AT])
    ):
        return refuse_year(task)
    if task.question.compare and len(task.documents) > 1:
        return _compared(task, {document.id: near for document, near in _by_plan(task, evidence)})
    draft = task.draft()
    more = 0
    most = _MOST_OWNERS if _asks_for_every(task) else _MOST_PER_PLAN
    for document, near in _by_plan(task, evidence):
        _plan(task, draft, document, sorted(near[:most], key=lambda one: one.section.id))
        more += len(near[most:])
    _silent(task, draft)
    if more:
        vi = f"Còn {more} đoạn khác nói tới việc này; hỏi cụ thể hơn để xem."
        draft.note(task.say(vi, f"{more} more passages speak of this; ask more narrowly to see them."))
    return Reply(draft)


def _compared(task: Task, found: Mapping[str, Sequence[Evidence]]) -> Reply:
    """The plans set side by side as a table; one that holds little of the matter is said to be silent."""
    draft = task.draft()
    least = _OF_THE_BEST * max((one.coverage for near in found.values() for one in near), default=0.0)
    draft.line(task.say("| Kế hoạch | Nội dung |", "| Plan | What it says (in Vietnamese) |"))
    draft.line("|---|---|")
    for document in task.documents:
        near = [one for one in found.get(document.id, ()) if one.coverage >= least][:_MOST_COMPARED]
        near.sort(key=lambda one: one.section.id)
        cells = [_said(task, draft, one) for one in near]
        draft.line(f"| **{label_of(document)}** | {' · '.join(cells) or task.say('không nêu', 'not stated')} |")
    return Reply(draft)


def _said(task: Task, draft: Draft, one: Evidence) -> str:
    """What a passage says of the matter, below its words the parts of its list."""
    if one.section.kind is Kind.ROW:
        return row_line(task, draft, one.document, one.section)
    before = led(draft, one.document, one.section)
    parts = [f"{before}{_quoted(task, draft, one.document, telling(task.question, task.matter, one))}"]
    below = (child for child in one.section.children if child.label == "+")
    return "; ".join([*parts, *(draft.quote(one.document, one.document.words(child)) for child in below)])


def _agency_without_duties(task: Task, evidence: Sequence[Evidence]) -> Agency | None:
    """A body asked about that no plan in scope gives duties to and no passage found speaks of."""
    if not task.question.agencies:
        return None
    given = {agency for document in task.documents for duty in task.plans.duties(document) for agency in duty.agencies}
    words = " ".join(one.document.shown(one.section.head) for one in evidence if one.coverage >= ENOUGH)
    spoken = {found.value for found in agency_names().find(words)}
    absent = [one for one in task.question.agencies if one.level != "all" and one not in given | spoken]
    return absent[0] if absent and len(absent) == len(task.question.agencies) else None


def _by_plan(task: Task, evidence: Sequence[Evidence]) -> Iterator[tuple[Document, list[Evidence]]]:
    """The evidence of each plan that is as good as its best, plans in the order they are held."""
    top = evidence[0].relevance
    for document in task.documents:
        named = bool(task.question.provinces)
        own = [one for one in evidence if one.document.id == document.id]
        if not own or (own[0].relevance < top - _AMONG_PLANS and not named):
            continue
        if _asks_for_every(task):
            near = [one for one in own if one.coverage >= _EVERY_OWNER * max(other.coverage for other in own)]
        elif Asked.OWNER in task.question.kinds:
            near = [one for one in own if _owns_as_well(one, own[0])]
        else:
            beside = _BESIDE_VALUE if wanted_values(task.question) else _BESIDE
            near = [one for one in own if one.relevance >= own[0].relevance - beside]
        yield document, _joined(near)


def _money_of_body(task: Task) -> bool:
    """Whether money is asked for, of a body, and a passage gives some for that body."""
    if Value.MONEY not in wanted_values(task.question) or not task.question.agencies:
        return False
    return any(_names(task, one) for one in task.evidence if one.has_value)


def _asks_for_money_alone(task: Task) -> bool:
    """Whether a plan's money is asked for, and nothing of what it is for."""
    matter = [term for term in task.question.terms if MONEY not in term.plan]
    asks = Value.MONEY in wanted_values(task.question) and task.scope.named
    return asks and not (matter or task.question.content or task.question.agencies)


def _names(task: Task, one: Evidence) -> bool:
    named = {found.value for found in task.plans.bodies.find(one.document.shown(one.section.head))}
    return not named.isdisjoint(task.question.agencies)


def _is_of_years(task: Task, one: Evidence) -> bool:
    """Whether a passage of a plan for several years may speak of the years asked for: it names one, or none at all."""
    period = one.document.metadata.period
    if period is None or period[0] == period[1] or not task.question.years or one.section.kind is Kind.ROW:
        return True
    return not of_other_years(task.question, one.document.shown(one.section.head))


def _gives_it(task: Task, one: Evidence) -> bool:
    """Whether a sentence that is shown of a passage holds what is asked for, and not one that is left out."""
    if one.section.kind is Kind.ROW or one.section.kind is Kind.HEADING:
        return True
    parts = [*telling(task.question, task.matter, one), *(one.document.words(child) for child in one.section.children)]
    return any(has_wanted(task.question, one.document.shown(part)) for part in parts)


def _least(task: Task, document: Document) -> float:
    """The coverage that a passage with the value must reach: a share of the best, of its plan where plans are named."""
    own = [one for one in task.evidence if one.document.id == document.id] if task.question.provinces else task.evidence
    return _VALUED * min(max(one.coverage for one in own[:_LOOKED_AT]), ALL_OF_IT)


def _owns_as_well(one: Evidence, best: Evidence) -> bool:
    """Whether a passage says as much of a matter as the best of its plan: another body has it too."""
    return one.relevance >= best.relevance - _OWNED_TOO and one.coverage >= _AS_MUCH * best.coverage


def _asks_for_every(task: Task) -> bool:
    return says(task.question.text, Cue.EVERY_OWNER) or says(task.question.text, Cue.MENTIONS)


def _few_cite(task: Task) -> bool:
    """Whether a text of a kind is asked for that hardly any passage cites: then it is that one."""
    if not task.question.cited or Value.DOCUMENT not in wanted_values(task.question):
        return False
    return 0 < sum(one.has_value for one in task.evidence) <= _FEW * len(task.documents)


def _joined(near: Sequence[Evidence]) -> list[Evidence]:
    """Passages with the "+" below them said once: by the item above, where it or several of them are shown."""
    found: dict[int, Evidence] = {}
    for one in near:
        above = one.document.ancestors(one.section)
        parts = [other for other in near if above and one.section.label == "+" and other.section in above[-1].children]
        whole = above[-1] if len(parts) > 1 or (above and any(above[-1] is other.section for other in near)) else None
        section = whole if whole is not None and one.section.label == "+" else one.section
        found.setdefault(section.id, replace(one, section=section))
    return list(found.values())


def _plan(task: Task, draft: Draft, document: Document, shown: Sequence[Evidence]) -> None:
    whole = _whole_section(task, document, shown[0])
    if whole is not None:
        show_section(draft, document, whole)
        return
    for one in shown:
        where = f"**{label_of(document)}**{_place(task, one)}"
        if one.section.kind is Kind.ROW:
            draft.line(f"- {where}: {row_line(task, draft, document, one.section)}")
        else:
            parts = telling(task.question, task.matter, one)
            before = led(draft, document, one.section)
            draft.line(f"- {where}: {before}{_quoted(task, draft, document, parts)}")
            for child in one.section.children:
                if child.label == "+":
                    draft.line(f"  - {draft.quote(document, document.words(child))}")
    add_years(task, draft, document, [one.section for one in shown])


def _whole_section(task: Task, document: Document, best: Evidence) -> Section | None:
    """The short section whose headings already say what is asked: all of it answers, not one item."""
    above = document.ancestors(best.section)
    if not above or above[-1].kind is not Kind.HEADING or wanted_values(task.question):
        return None
    if best.signs.inside and len(list(above[-1].leaves())) <= _VERY_SHORT:  # all that a body has to do
        return above[-1]
    if any(one.section.id == best.section.id for one in task.plans.indicators(document)):
        return None
    titles = Words(" ".join(node.title for node in above))
    short = len(list(above[-1].leaves())) <= _SHORT_SECTION
    return above[-1] if short and task.matter.said.coverage(titles) >= _SAID_BY_HEADINGS else None


def _quoted(task: Task, draft: Draft, document: Document, parts: Sequence[Span]) -> str:
    return " … ".join(draft.quote(document, part, figures_asked(task, document, part)) for part in parts)


def _place(task: Task, one: Evidence) -> str:
    """The section's path; with the title of the body's section in it, or the body where the plan has no sections."""
    path = one.document.place(one.section)
    duty = task.plans.duty_of(one.document, one.section)
    if duty is not None and duty.section.title:
        label = one.section.label if one.section.label.isalnum() and one.section is not duty.section else ""
        path = " › ".join(part for part in (one.document.path(duty.section), label) if part)
    elif duty is not None and duty.agencies:
        path = ", ".join(agency.name for agency in duty.agencies)
    title = one.document.metadata.title
    return "" if title is not None and path == title.value else f", {escaped(path)}"


def _speaks_of_years(task: Task, evidence: Sequence[Evidence]) -> bool:
    words = " ".join(one.document.shown(one.section.head) for one in evidence)
    return any(f"năm {year}" in words for year in task.scope.absent_years)


def _silent(task: Task, draft: Draft) -> None:
    """Names the plans that give no such figure, where several were asked for one."""
    if len(task.documents) < 2 or not wanted_values(task.question):
        return
    cited = {citation.doc for citation in draft.citations}
    if silent := task.others(cited):
        draft.note(task.say(f"Không thấy nêu: {silent}.", f"Not stated: {silent}."))
