"""What a plan costs as a whole: the sentence and the total rows that say so; where none does, the sums that it states.

Sums are never added up here: what is stated only in parts is shown in parts, and said to be no whole.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.citations import Draft, escaped, section_at
from assistant.compose.marking import figures_asked
from assistant.compose.rows import row_of, sources_named
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, asks_most, says, sources_asked, sum_words_asked, table_words
from assistant.cues import Kind as Asked
from assistant.matching import MONEY, Words
from assistant.whole_sums import Money, money_of, of_year
from corpus.document import Document, Span

_MOST, _SEVERAL = 12, 2  # parts that are listed; from as many on none of them can be the whole


def whole(task: Task) -> Reply | None:
    """The whole sum of every plan in scope that states any; None where it is not asked for, or none is stated."""
    if (reply := _of_year(task)) is not None:
        return reply
    if not _asks(task):
        return None
    asked = [document for document in task.documents if _is_of_all(task, document)]
    found = [(document, money_of(document)) for document in asked]
    if not any(money.is_whole or money.has_parts for _, money in found):
        return None
    draft = task.draft()
    of_all = replace(task, question=replace(task.question, total=True))
    for document, money in found:
        if money.is_whole:
            _say_whole(of_all, draft, document, money)
        elif money.has_parts:
            _say_parts(of_all, draft, document, money)
    having = {citation.doc for citation in draft.citations}
    if silent := ", ".join(task.name(document) for document in asked if document.id not in having):
        draft.note(task.say(f"Không nêu kinh phí bằng con số: {silent}.", f"No sum is stated: {silent}."))
    return Reply(draft)


def _of_year(task: Task) -> Reply | None:
    """The sums that plans of several years give for the one asked about; None where anything else is asked."""
    question = task.question
    of_money = Value.MONEY in question.values or any(MONEY in term.plan for term in question.terms)
    if len(question.years) != 1 or not of_money or question.agencies or question.indicators or question.context:
        return None
    draft = task.draft()
    for document in task.documents:
        for span in of_year(document, question.years[0]) if _says_no_more(task, document) else ():
            _say(task, draft, document, span)
    return Reply(draft) if draft else None


def _says_no_more(task: Task, document: Document) -> bool:
    """Whether a question says nothing besides the money of a plan."""
    about = Words(" ".join([document.title, MONEY, "dự toán", *sum_words_asked(), *table_words()]))
    return all(unit.stands_in(about) for unit in task.matter.said_units)


def _asks(task: Task) -> bool:
    """Whether the whole money of plans named is asked for: no source, no year of several, nothing it is spent on."""
    question = task.question
    named = task.scope.named or task.question.total or len(task.documents) == 1
    if not named or Value.MONEY not in question.values or question.values - {Value.MONEY, Value.NUMBER}:
        return False
    if question.agencies or question.indicators or question.context or question.named:
        return False
    if question.kinds - {Asked.NUMBER, Asked.PROVINCES} or question.references or task.scope.absent_years:
        return False
    of_part = sources_asked(question.text) or says(question.text, Cue.YEARLY) or asks_most(question.text) is not None
    return not of_part


def _is_of_all(task: Task, document: Document) -> bool:
    """Whether nothing is asked besides the money of a plan: none of its sources, of its years, of its activities."""
    period = document.metadata.period
    if task.question.years and (period is None or set(task.question.years) != set(range(period[0], period[1] + 1))):
        return False
    if any(sources_named(task, table) for table in document.tables):
        return False
    return _says_no_more(task, document)


def _say_whole(task: Task, draft: Draft, document: Document, money: Money) -> None:
    for span in money.said:
        _say(task, draft, document, span)
    for table, row in money.totals:
        draft.line(f"- **{task.name(document)}**: {row_of(task, draft, document, table, row)}")
    for node in money.rows:
        draft.line(f"- **{task.name(document)}**: {draft.quote(document, node.head)}")


def _say_parts(task: Task, draft: Draft, document: Document, money: Money) -> None:
    """The sums stated, each cited, those below another one under it; of several that no whole is stated."""
    for span, above in money.parts[:_MOST]:
        if above is None:
            _say(task, draft, document, span)
        else:
            draft.line(f"  - {draft.quote(document, span)}")
    for table, row in money.items[:_MOST]:
        draft.line(f"- **{task.name(document)}**: {row_of(task, draft, document, table, row)}")
    for node in money.lines[:_MOST]:
        draft.line(f"- **{task.name(document)}**: {draft.quote(document, node.head)}")
    if sum(above is None for _, above in money.parts) + len(money.items) + len(money.lines) < _SEVERAL:
        return  # one sum and what it is made of
    more = sum(max(0, len(parts) - _MOST) for parts in (money.parts, money.items, money.lines))
    vi = f"{task.name(document)}: kế hoạch không nêu tổng kinh phí; trên đây là các khoản được nêu, không cộng lại"
    en = f"{task.name(document)}: the plan states no total; these are the sums that it states, not added up"
    rest = task.say(f"; còn {more} khoản khác", f"; {more} more are stated") if more else ""
    draft.note(f"{task.say(vi, en)}{rest}.")


def _say(task: Task, draft: Draft, document: Document, span: Span) -> None:
    place = escaped(document.place(section_at(document, span)))
    words = draft.quote(document, span, figures_asked(task, document, span))
    draft.line(f"- **{task.name(document)}**, {place}: {words}")
