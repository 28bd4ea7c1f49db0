"""Saying no well: what was looked for, what is held instead, the nearest section. Never a neighbour's figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from assistant.citations import Draft, escaped
from assistant.compose.leading import led
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, says
from assistant.evidence import confidence, telling, wanted_values
from assistant.lacks import spellings
from assistant.plans import label_of, names_of
from corpus.document import Document, Section
from corpus.names import matter_names
from corpus.vocabulary import Agency

_MOST_ELSEWHERE, _MOST_LOOKED_THROUGH = 5, 50  # plans named beside a refusal, and read for it
_NEAR = 2  # passages shown beside a refusal
_WORTH = -1.2  # log-odds of an answer from which on they are shown


def refuse(task: Task, vi: str, en: str, near: Sequence[tuple[Document, int]] = ()) -> Reply:
    """An abstention with its reason, what is held, and the nearest sections (document, section id)."""
    draft = task.draft()
    draft.line(task.say(vi, en))
    _held(task, draft)
    if near:
        draft.note(task.say("Mục gần nhất:", "Nearest section:"))
        for document, section in near:
            node = document.sections[section]
            path = escaped(document.path(node))
            draft.line(f"- {label_of(document)}, {path} {draft.mark(document, node.head)}")
    return Reply(draft, abstained=True)


def refuse_agency(task: Task, agency: Agency) -> Reply:
    """No plan in scope has a section for a body: says which have, and who has one in the plans asked about."""
    names = names_of(task.documents, task.question.english)
    asked = {document.id for document in task.documents}
    elsewhere = [
        document
        for document in task.plans.documents.values()
        if document.id not in asked and any(agency in duty.agencies for duty in task.plans.duties(document))
    ]
    vi = f"Kế hoạch của {names} không có mục giao nhiệm vụ riêng cho {agency.name}."
    en = f"The plan of {names} has no section of duties for {agency.name}."
    if elsewhere:
        vi += f" Có mục này: {names_of(elsewhere)}."
        en += f" Plans that have one: {names_of(elsewhere, True)}."
    near = [
        (duty.document, duty.section.id)
        for document in task.documents
        for duty in task.plans.duties(document)
        if any(named.level == "all" for named in duty.agencies)
    ]
    return refuse(task, vi, en, near[:2])


def refuse_province(task: Task) -> Reply:
    """The province asked for is in none of the plans, or in none that the filters let through."""
    if task.scope.filtered_provinces:
        names = ", ".join(place.name for place in task.scope.filtered_provinces)
        vi = f"{names} nằm ngoài bộ lọc đang chọn; hãy bỏ bộ lọc tỉnh hoặc năm để hỏi."
        return refuse(task, vi, f"{names} is outside the filters that are set; clear them to ask about it.")
    names = ", ".join([*(place.name for place in task.scope.absent_provinces), *task.scope.absent_issuers])
    return refuse(
        task,
        f"Không có kế hoạch nào của {names} trong kho tài liệu.",
        f"There is no plan of {names} among the documents.",
    )


def refuse_year(task: Task) -> Reply:
    """The year asked for is outside every plan in scope."""
    years = ", ".join(map(str, task.scope.absent_years))
    names = names_of(task.documents, task.question.english)
    return refuse(
        task,
        f"Không có kế hoạch năm {years} trong phạm vi được hỏi; đang có: {names}.",
        f"No plan for {years} in what was asked about; held: {names}.",
    )


def refuse_unknown(task: Task) -> Reply:
    """Nothing in the plans is taken to answer; what is nearest is shown in its own words, for the reader to judge.

    No words are shown where a figure, a date or a document is asked for: a neighbouring one would be taken for it.
    """
    where = (
        names_of(task.documents, task.question.english)
        if task.scope.named
        else task.say("các kế hoạch đang có", "the plans held")
    )
    vi = f"Không tìm thấy nội dung này trong {where}."
    reply = refuse(task, vi + _unheld(task), f"Nothing about this was found in {where}.{_unheld(task)}")
    near = task.evidence[:_NEAR] if _is_near(task) else ()
    if near:
        vi = "Gần với câu hỏi nhất, có thể không phải điều được hỏi:"
        reply.draft.note(task.say(vi, "Nearest to the question, and perhaps not what is asked:"))
    for one in near:
        before = led(reply.draft, one.document, one.section)
        words = " … ".join(reply.draft.quote(one.document, part) for part in telling(task.question, task.matter, one))
        reply.draft.line(f"- {label_of(one.document)}, {escaped(one.document.path(one.section))}: {before}{words}")
    return reply


def _unheld(task: Task) -> str:
    """What the question names that none of the plans writes of, each with others that do; "" for nothing."""
    asked = {document.id for document in task.documents}
    rest = (one for one in task.plans.documents.values() if one.id not in asked)
    others = list(islice(rest, _MOST_LOOKED_THROUGH))
    said = []
    for name, forms in dict(_absent(task)).items():
        held = [label_of(one) for one in others if task.plans.holds(one, forms)][:_MOST_ELSEWHERE]
        where = f" ({task.say('có trong', 'which stands in')}: {', '.join(held)})" if held else ""
        said.append(f"“{escaped(name)}”{where}")
    if not said:
        return ""
    names = "; ".join(said)
    return task.say(f" Không có chỗ nào nói tới {names}.", f" Nowhere do they speak of {names}.")


def _absent(task: Task) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The things named that no plan in scope writes of, each with its spellings; "tỷ lệ" is no thing."""
    for name in task.matter.unheld:
        yield name, spellings(name)
    if len(task.documents) <= _MOST_LOOKED_THROUGH:
        for term in task.question.terms:
            is_thing = any(matter_names().find(term.plan[0]))
            if is_thing and not any(task.plans.holds(document, term.held) for document in task.documents):
                yield term.plan[0], term.held


def _is_near(task: Task) -> bool:
    """Whether the nearest passages are worth reading: they share something with the question, and no value is asked."""
    if wanted_values(task.question) or task.question.named or says(task.question.text, Cue.OPINION):
        return False
    return confidence(task.question, task.matter, task.evidence) >= _WORTH


def refuse_value(task: Task, sections: Sequence[tuple[Document, Section]] = ()) -> Reply:
    """The matter is in the plans, the value asked for is not; sections: where the matter is, none: the best passage."""
    best = [(evidence.document, evidence.section) for evidence in task.evidence[:1]]
    near = [(document, section.id) for document, section in sections or best]
    names = (
        names_of(task.documents, task.question.english)
        if task.scope.named
        else task.say("Các kế hoạch đang có", "The plans held")
    )
    vi = f"{names}: kế hoạch có nói tới việc này nhưng không nêu điều được hỏi (con số, ngày hoặc văn bản cụ thể)."
    en = f"{names}: the plan speaks of this but does not give what was asked (a figure, a date or a document)."
    return refuse(task, vi, en, near)


def _held(task: Task, draft: Draft) -> None:
    """One line on what there is, where the scope does not say it already."""
    if not task.scope.named or task.scope.absent_provinces:
        held = names_of(task.plans.documents.values(), task.question.english)
        draft.note(task.say(f"Kho tài liệu có: {held}.", f"The documents held: {held}."))
