"""How many targets, tasks, sections or rows a plan holds: the number, with the list that it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.citations import Draft, escaped
from assistant.compose.about import leaves_the_titles
from assistant.compose.duties import duties
from assistant.compose.task import Reply, Task
from assistant.counted import Counted, items_below, targets_listed, titled
from assistant.cues import Cue, Value, says, table_words
from assistant.cues import Kind as Asked
from assistant.evidence import ENOUGH
from assistant.matching import Words
from assistant.numbering import ordinal
from assistant.plans import Indicator
from corpus.document import Document, Kind, Role, Section, Span
from corpus.words import fold

_ROWS = ("nội dung hoạt động", "hạng mục", "khoản", "dòng ", "rows")
#: What stands under headings of the same name, as it is asked for in Vietnamese and in English.
_NOUNS = {
    "nhiệm vụ": "tasks?",
    "giải pháp": "solutions?|measures?",
    "yêu cầu": "requirements?",
    "mục đích": "purposes?",
}
#: What is counted is listed too, unless asked for, up to so many items and so many letters in all.
_MOST_LISTED, _MOST_LETTERS = 7, 600
_TARGETS = ("chi tieu", "muc tieu", "indicator", "target", "goal")


def count(task: Task) -> Reply | None:
    """How many targets, duties, sections or rows there are, from the structure; None where none is asked for."""
    words = fold(task.question.text)
    of_rows = _is_of_rows(task)
    of_money = Asked.FUNDING in task.question.kinds or (Value.MONEY in task.question.values and not of_rows)
    if Asked.COUNT not in task.question.kinds or of_money or says(task.question.text, Cue.RESULTS):
        return None
    if task.question.agencies:
        return None if Value.PERCENT in task.question.values else duties(task)
    if any(word in words for word in _TARGETS):
        return _count_targets(task)
    if not of_rows and (reply := _count_titled(task, words)) is not None:
        return reply
    nouns = _nouns_asked(words)
    if of_rows or (not nouns and any(word in _without_places(task) for word in table_words())):
        return _count_rows(task)
    return None if nouns else _count_sections(task)


def _is_of_rows(task: Task) -> bool:
    """Whether the rows of tables are counted; "dong" without accents is one only behind "mấy"."""
    text = _without_places(task)
    if task.question.accented:
        return any(word in text for word in _ROWS)
    return any(fold(word) in text for word in _ROWS if word != "dòng ") or "may dong" in text


def _without_places(task: Task) -> str:
    """The question without the names of its provinces: "Đồng Tháp" is no sum in đồng."""
    text = task.question.text.lower()
    for place in task.question.provinces:
        text = text.replace(place.name.lower(), " ").replace(fold(place.name), " ")
    return text


def _count_rows(task: Task) -> Reply | None:
    """The rows of tables, the total left out."""
    draft = task.draft()
    for document in task.documents:
        for table in document.tables:
            number = sum(not row.total for row in table.rows)
            mark = draft.mark(document, document.sections[table.section].head)
            name = task.say("nội dung hoạt động", "rows")
            draft.line(f"- **{task.name(document)}**, {escaped(table.caption)}: {number} {name} {mark}")
    return Reply(draft) if draft else None


def _count_targets(task: Task) -> Reply | None:
    """The targets of each plan, or of the goal that the question names; None where it is about something else."""
    draft = task.draft()
    for document in task.documents:
        found = task.plans.indicators(document)
        if not found or not _in_order(found):
            _count_listed(task, draft, document)
            continue
        heading = _heading_of(document, found)
        named = _goal_named(task, heading)
        if named is None and task.question.terms and leaves_the_titles(task):
            continue
        _say_targets(task, draft, document, named or heading, found)
    return _with_silent(task, draft)


def _in_order(found: Sequence[Indicator]) -> bool:
    """Whether the numbers of targets run on; where they begin again some of them number something else."""
    return all(one.number < other.number for one, other in pairwise(found))


def _count_listed(task: Task, draft: Draft, document: Document) -> None:
    """Targets without numbers: the items below the headings on targets."""
    if task.question.terms and leaves_the_titles(task):
        return
    words = fold(task.question.text)
    first = "chi tieu" if "chi tieu" in words or "muc tieu" not in words else "muc tieu"
    headings = targets_listed(document, first)
    of_years = [one for one in headings if any(str(year) in one.title for year in task.question.years)]
    for heading in of_years or headings:
        counted = items_below(document, heading, in_groups=True)
        _say_items(task, draft, document, heading, counted, name=_target_name(task))


def _goal_named(task: Task, heading: Section) -> Section | None:
    """The goal among those below a heading whose title the question uses."""
    parts = [node for node in heading.children if node.kind is Kind.HEADING]
    if (nth := ordinal(task.question.text)) and 0 < nth <= len(parts):
        return parts[nth - 1]
    covered = [(task.matter.said.coverage(Words(node.title)), node) for node in parts]
    best = max(covered, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= ENOUGH else None


def _say_targets(task: Task, draft: Draft, document: Document, heading: Section, found: Sequence[Indicator]) -> None:
    """The count, and how it is made up: the parts with the numbers of their targets, or the targets."""
    own = [one for one in found if one.section.head in heading.span]
    name, mark = _target_name(task), draft.mark(document, heading.head)
    draft.line(f"- **{task.name(document)}**: {len(own)} {name} ({escaped(document.path(heading))}) {mark}")
    parts = [node for node in heading.children if node.kind is Kind.HEADING]
    held = {part.id: sum(one.section.head in part.span for one in own) for part in parts}
    for part in parts:
        if held[part.id]:
            draft.line(f"  - {held[part.id]} {name}: {draft.quote(document, part.head)}")
    listed = [one.section for one in own]
    for node in listed if _lists(task, document, listed) and not any(held.values()) else ():
        draft.line(f"  - {draft.quote(document, _own_words(document, node))}")


def _target_name(task: Task) -> str:
    words = fold(task.question.text)
    return task.say("mục tiêu" if "muc tieu" in words and "chi tieu" not in words else "chỉ tiêu", "targets")


def _heading_of(document: Document, found: Sequence[Indicator]) -> Section:
    """The heading that holds all the targets."""
    spans = [one.section.head for one in found]
    chain = document.ancestors(found[0].section)
    holding = [node for node in chain if all(span in node.span for span in spans)]
    return holding[-1] if holding else found[0].section


def _nouns_asked(words: str) -> list[str]:
    """What of a plan is counted, where its sections have a name for it: "nhiệm vụ", "giải pháp"."""
    return [noun for noun, english in _NOUNS.items() if re.search(rf"\b(?:{fold(noun)}|{english})\b", words)]


def _count_titled(task: Task, words: str) -> Reply | None:
    """What stands below the headings that have the name of what is counted."""
    draft = task.draft()
    for document in task.documents:
        named: dict[Section, list[str]] = {}
        for noun in _nouns_asked(words):
            for heading in titled(document, fold(noun)):
                named.setdefault(heading, []).append(noun)
        for heading, nouns in named.items():
            counted = items_below(document, heading)
            _say_items(task, draft, document, heading, counted, name=task.say(", ".join(nouns), "items"))
    return _with_silent(task, draft)


def _say_items(task: Task, draft: Draft, document: Document, heading: Section, counted: Counted, *, name: str) -> None:
    """The number of items below a heading, what of them is counted, and the items or the groups that they stand in."""
    if not counted.items:
        return
    lists = _lists(task, document, [item for _, item in counted.items])
    mark, where = draft.mark(document, heading.head), escaped(document.path(heading))
    if not lists:  # where it begins and where it ends
        mark += draft.mark(document, counted.items[-1][1].head)
    in_groups = task.say(f", trong {len(counted.groups)} nhóm", f", in {len(counted.groups)} groups")
    lesser = task.say(", không đếm các ý nhỏ bên dưới", ", without the lesser points below them")
    what = in_groups if counted.groups else lesser if counted.has_lesser else ""
    draft.line(f"- **{task.name(document)}** ({where}): {len(counted.items)} {name}{what} {mark}")
    if lists:
        _list(draft, document, counted)
        return
    for group in counted.groups if _is_of_one(task) else ():
        held = sum(one is group for one, _ in counted.items)
        draft.line(f"  - {held} {name}: {draft.quote(document, group.head)}")


def _lists(task: Task, document: Document, items: Sequence[Section]) -> bool:
    """Whether what is counted is listed too: where it is asked for, or short."""
    letters = sum(len(document.shown(_own_words(document, item))) for item in items)
    is_short = len(items) <= _MOST_LISTED and letters <= _MOST_LETTERS
    return _is_of_one(task) and (is_short or says(task.question.text, Cue.LISTED))


def _is_of_one(task: Task) -> bool:
    """Whether plans are named; over all of them only the numbers are told."""
    return task.scope.named or len(task.documents) == 1


def _list(draft: Draft, document: Document, counted: Counted) -> None:
    above = 0
    for group, item in counted.items:
        if group is not None and group.id != above:
            above = group.id
            draft.line(f"  - {draft.quote(document, group.head)}")
        draft.line(f"{'    ' if group else '  '}- {draft.quote(document, _own_words(document, item))}")


def _own_words(document: Document, item: Section) -> Span:
    """An item with its number, without its dash."""
    numbered = document.text[item.head.start].isalnum()
    return item.head if item.title or numbered else document.words(item)


def _with_silent(task: Task, draft: Draft) -> Reply | None:
    """The answer, with the plans in which nothing was found to count; None where there is no such thing in any."""
    if not draft:
        return None
    if task.scope.named and (silent := task.others({one.doc for one in draft.citations})):
        draft.note(task.say(f"Không thấy liệt kê: {silent}.", f"No such list: {silent}."))
    return Reply(draft)


def _count_sections(task: Task) -> Reply | None:
    """The sections of the whole plan, or what stands under the one that the question names."""
    draft = task.draft()
    words = fold(task.question.text)
    for document in task.documents:
        tops = [node for node in document.root.children if node.kind is Kind.HEADING and node.role is Role.BODY]
        named = next((node for node in tops if _is_named(fold(node.title), words)), None)
        children = [node for node in (named.children if named else tops) if node.label]
        if children:
            where = f" ({escaped(document.path(named))})" if named else ""
            mark = draft.mark(document, (named or children[0]).head)
            draft.line(f"- **{task.name(document)}**{where}: {len(children)} {task.say('mục', 'sections')} {mark}")
            for node in children:
                span = node.head if node.title else document.words(node)
                draft.line(f"  - {draft.quote(document, span)}")
    return Reply(draft) if draft else None


def _is_named(title: str, words: str) -> bool:
    """Whether a question uses the first words of a heading's title."""
    return any(f"{part.strip()}" in words for part in title.split(",") if len(part.split()) >= 2)
