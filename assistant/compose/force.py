"""Whether a plan was replaced or amended, what it replaces or amends, and what it says of how long it holds.

Said is what the texts held say. Whether a plan is still law no text tells of itself, so that is never said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.citations import Draft, escaped
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, replacing, says
from assistant.cues import Kind as Asked
from assistant.numbered import is_number_of
from assistant.plans import MOST_NAMED
from assistant.succession import (
    Tied,
    earlier,
    full_name,
    is_over,
    later,
    said_of_others,
    stated_force,
    stated_period,
)
from corpus.document import Document, Span
from corpus.mentions import Mention, number_key
from corpus.vocabulary import ties
from corpus.words import fold
from index.relations import Tie

#: Before the verb: what is asked about has it done to it, or what does it is asked for.
_PASSIVE = re.compile(r"\b(?:bi|duoc)(?:\s+\w+){0,3}\s*$|\b(?:been|was|were|is|be)\b[^.?!]*$")
_WHO_DOES = re.compile(r"\b(?:nao|gi|which|what)(?:\s+(?!does\b|did\b|do\b)\w+){0,3}\s*$")
_REPEALED = ("Bị bãi bỏ bởi", "Repealed by"), ("Bãi bỏ", "Repeals")
_SAID = {
    Tie.REPLACES: (("Bị thay thế bởi", "Replaced by"), ("Thay thế", "Replaces")),
    Tie.AMENDS: (("Được sửa đổi, bổ sung bởi", "Amended by"), ("Sửa đổi, bổ sung", "Amends")),
}


@dataclass(frozen=True, slots=True)
class _Asks:
    """newer: what came later is asked for.  older: what the plan itself replaces.  holding: whether it holds."""

    newer: bool
    older: bool
    holding: bool


def force(task: Task) -> Reply | None:
    """What is known of the plans' succession and time; None where no question of it, or it is about another text."""
    question = task.question
    if Asked.FORCE not in question.kinds or says(question.text, Cue.OBSTACLE):
        return None
    if question.references or (question.numbers and not task.scope.numbered):
        return _of_a_text_not_held(task)
    asks, draft = _asked(question.text), task.draft()
    known = [one for one in task.documents if _say(task, draft, one, asks)]
    if not known and not task.scope.named:  # what was replaced may not be held
        known = [one for one in task.documents if _say(task, draft, one, replace(asks, older=True))]
    if not known:
        return _nothing_known(task, asks)
    if task.scope.named and asks.newer and (rest := [one for one in task.documents if not later(task.plans, one)]):
        draft.note(_none_held(task, rest))
    if not task.scope.named:
        draft.note(task.say("*Hãy nêu tỉnh, năm hoặc số của kế hoạch.*", "*Name the province, year or number.*"))
    if asks.holding:
        vi = "*Trên đây là điều các văn bản đang có nêu; hiệu lực pháp lý thì hỏi cơ quan ban hành.*"
        draft.note(task.say(vi, "*This is what the texts held say; ask who issued a plan whether it is still law.*"))
    return Reply(draft)


def _asked(text: str) -> _Asks:
    newer = older = False
    for verb in replacing(text):
        before = fold(text[: verb.start])
        done_to_it = bool(_PASSIVE.search(before) or _WHO_DOES.search(before))
        newer, older = newer or done_to_it, older or not done_to_it
    holding = says(text, Cue.HOLDING)
    return _Asks(newer or holding or not older, older and not newer, holding)


def _say(task: Task, draft: Draft, document: Document, asks: _Asks) -> bool:
    """The lines of one plan, below its name; whether there are any."""
    lines = list(_newer(task, draft, document)) if asks.newer else []
    lines.extend(_older(task, draft, document) if asks.older else ())
    if asks.holding or (task.scope.named and asks.newer and not lines):
        lines.extend(_time(task, draft, document, asks.holding))
    if lines:
        draft.line(f"**{escaped(full_name(document, task.question.english))}**:")
        for line in lines[:MOST_NAMED]:
            draft.line(f"- {line}")
    return bool(lines)


def _newer(task: Task, draft: Draft, document: Document) -> Iterator[str]:
    for tied in later(task.plans, document):
        verb = task.say(*_verb(tied.tie, tied.document, tied.span)[0])
        yield f"{verb} {_other(task, draft, tied, tied.document)}"


def _older(task: Task, draft: Draft, document: Document) -> Iterator[str]:
    held = earlier(task.plans, document)
    for tied in held:
        yield f"{task.say(*_verb(tied.tie, document, tied.span)[1])} {_other(task, draft, tied, document)}"
    known = {number_key(one.document.metadata.number.value) for one in held if one.document.metadata.number}
    spans = {one.span for one in held}
    for mention in said_of_others(document):
        if mention.span not in spans and number_key(mention.number) not in known:
            outside = task.say("văn bản không có trong kho tài liệu", "a text that is not held")
            verb = task.say(*_verb(mention.tie, document, mention.span)[1])
            yield f"{verb} {outside}: {draft.quote(document, mention.span)}"


def _verb(tie: Tie, document: Document, span: Span | None) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is said of the older text and of the newer, in both languages, by the newer one's own word."""
    words = fold(document.shown(span)) if span is not None else ""
    said = [verb for verb in ties().replaces if re.search(rf"\b{fold(verb)}\b", words)]
    return _REPEALED if tie is Tie.REPLACES and said and set(said) <= set(ties().repeals) else _SAID[tie]


def _other(task: Task, draft: Draft, tied: Tied, says_so: Document) -> str:
    """The other plan of a tie, and the words of the newer one that prove it."""
    name = f"**{escaped(full_name(tied.document, task.question.english))}**"
    proof = tied.span or (says_so.metadata.title.span if says_so.metadata.title else None) or says_so.root.head
    return f"{name}: {draft.quote(says_so, proof)}" if proof.end > proof.start else name


def _time(task: Task, draft: Draft, document: Document, holding: bool) -> Iterator[str]:
    """What a plan says of its force, where that is asked, and the years that one named is for."""
    for part in stated_force(document) if holding else ():
        yield f"{task.say('Kế hoạch nêu', 'The plan says')}: {draft.quote(document, part)}"
    title = stated_period(document)
    if title is not None and task.scope.named:
        over = is_over(document, date.today().year)
        past = task.say(" (đã qua)", " (over)") if over else ""
        yield f"{task.say('Thời gian trong tên kế hoạch', 'Years in the title')}{past}: {draft.quote(document, title)}"


def _none_held(task: Task, documents: Sequence[Document]) -> str:
    """That no plan held says it replaces or amends some plans; none: any of those held."""
    names = escaped("; ".join(full_name(one, task.question.english) for one in documents[:MOST_NAMED]))
    names = names or task.say("các kế hoạch đang có", "the plans held")
    vi = f"Trong các kế hoạch đang có, không có kế hoạch nào nêu là thay thế hoặc sửa đổi: {names}."
    return task.say(vi, f"None of the plans held says that it replaces or amends: {names}.")


def _nothing_known(task: Task, asks: _Asks) -> Reply:
    named = task.documents if task.scope.named else ()
    if asks.newer:
        sentence = _none_held(task, named)
        return refuse(task, sentence, sentence)
    names = escaped("; ".join(full_name(one, task.question.english) for one in named[:MOST_NAMED]))
    names = names or task.say("các kế hoạch đang có", "the plans held")
    vi = f"{names}: không nêu là thay thế hoặc sửa đổi văn bản nào."
    return refuse(task, vi, f"{names}: no text is said to be replaced or amended.")


def _of_a_text_not_held(task: Task) -> Reply | None:
    """What plans say of a text that is named by its number and is none of them; a refusal for a plan that is not held.

    None for texts of other kinds that no plan replaces or amends: what is said of those stands elsewhere.
    """
    numbers = [one for one in task.question.numbers if not any(is_number_of(d, one) for d in task.documents)]
    draft = task.draft()
    for document in task.documents if task.scope.named else task.plans.documents.values():
        for mention in said_of_others(document) if _writes(document, numbers) else ():
            if _is_of(mention, numbers):
                verb = task.say(*_verb(mention.tie, document, mention.span)[0])
                name = escaped(full_name(document, task.question.english))
                draft.line(f"- {verb} **{name}**: {draft.quote(document, mention.span)}")
    if draft:
        vi = f"Văn bản số {escaped(', '.join(numbers))} không có trong kho tài liệu."
        draft.note(task.say(vi, f"The text no. {escaped(', '.join(numbers))} is not held."))
        return Reply(draft)
    plans = [one for one in numbers if fold(one).replace(" ", "").split("/")[-1].split("-")[0] == "kh"]
    if not plans:
        return None
    said = escaped(", ".join(plans))
    vi, en = (
        ("phạm vi được hỏi", "what was asked about") if task.scope.named else ("kho tài liệu", "the documents held")
    )
    return refuse(task, f"Không có kế hoạch số {said} trong {vi}.", f"There is no plan no. {said} in {en}.")


def _writes(document: Document, numbers: Sequence[str]) -> bool:
    """Whether a plan may write any of some numbers: told by their first digits, before all of it is read."""
    return any(re.split(r"\D", number, maxsplit=1)[0] in document.text for number in numbers)


def _is_of(mention: Mention, numbers: Sequence[str]) -> bool:
    return number_key(mention.number) in {number_key(one) for one in numbers}
