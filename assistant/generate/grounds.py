"""What a language model may write from: the composed answer, the passages, and what a whole answer has to cite."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.answer import Answer, Citation
from assistant.citations import MARK, Draft
from assistant.compose import Reply, Task
from assistant.compose.hotline import asks_whom_to_call
from assistant.cues import Cue, says
from assistant.evidence import wanted_values
from assistant.generate.given import Given, is_heading, is_in_table, passages_given, passages_of_sections

_LONGEST_LIST = 1500  # characters of a list; a longer one a model would only copy, and take long over it


class Due(StrEnum):
    """What of the composed answer must be there for a model's to stand in its place."""

    ALL = "all"  # every passage, word for word: a list stays whole
    PLANS = "plans"  # a passage of each plan, of a single one a passage of each main section
    ANY = "any"  # whatever answers; the passages that are left out stand below it


@dataclass(frozen=True, slots=True)
class Grounds:
    """What an answer can be written from.

    answer: the composed one.  prompt: which text of prompts/ asks a model, "" where none may write it.  given: the
    passages.  due: the numbers of those that the composed answer cites, as groups of which each needs one.  whole:
    whether each of them has to be there word for word.  beside: the composed answer in blocks; those that a model
    leaves something of out stand below its own.  opening, notes: what it says around the plans' words.  leans: whether
    the question goes on from the one before.  lost: whether nothing was found and a model may help to understand it.
    """

    answer: Answer
    prompt: str = ""
    given: tuple[Given, ...] = ()
    due: tuple[frozenset[int], ...] = ()
    whole: bool = False
    beside: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    leans: bool = False
    english: bool = False
    lost: bool = False


#: Composers whose answers a model may write anew, each with the prompt and what must be kept. Figures, dates, tables,
#: counts, who does it, facts about a text, numbers to call and what no plan holds are never put to one.
WRITTEN = {
    "duties": ("answer", Due.ALL),
    "facts": ("answer", Due.ANY),
    "provinces": ("compare", Due.ANY),
    "named_section": ("answer", Due.ALL),
    "overview": ("summarise", Due.PLANS),
    "reporting": ("answer", Due.ALL),
    "pointed": ("answer", Due.ALL),
    "indicator": ("answer", Due.ALL),
}
#: Those that look through the passages, so that their finding nothing may be a matter of words.
_SEARCHING = frozenset({"facts", "provinces"})


def grounds(task: Task, reply: Reply, answer: Answer) -> Grounds:
    """What the answer to a task can be written from; whoever tells of harm, or may, is answered without a model."""
    closed = Grounds(answer, english=task.question.english)
    if answer.is_private or asks_whom_to_call(task) or reply.composer not in WRITTEN or not task.documents:
        return closed
    if reply.abstained:
        return _of_refusal(task, reply, answer)
    if wanted_values(task.question) or "\n|---" in answer.text:  # a figure, a date, a table: the rules' alone
        return closed
    prompt, due = _asked(task, reply)
    if any(is_in_table(task.plans.documents[one.doc], one) for one in answer.citations):
        return closed
    summary = prompt == "summarise"
    near = reply.composer == "facts"
    given = passages_of_sections(task) if summary else passages_given(task, answer.citations, near)
    groups = _groups(given, answer.citations, due)
    lost = due is not Due.ANY and {one.doc for one in answer.citations} - {one.citation.doc for one in given}
    if not given or lost or (due is Due.ALL and not _complete(task, given, answer)):
        return closed
    return Grounds(
        answer,
        prompt,
        given,
        groups,
        due is Due.ALL,
        _blocks(reply.draft) if due is Due.ANY else (),
        reply.draft.opening,
        reply.draft.notes,
        bool(task.question.carried),
        task.question.english,
    )


def _blocks(draft: Draft) -> tuple[str, ...]:
    """What the draft says, but for what stands around it, in blocks that are not taken apart: an item with what hangs
    on it, a heading with its items."""
    blocks: list[str] = []
    goes_on = False
    for line in draft.text.splitlines():
        if not line or line in (*draft.opening, *draft.notes):
            goes_on = False
        elif goes_on and (line.startswith(" ") or (line.startswith("- ") and not blocks[-1].startswith("- "))):
            blocks[-1] += f"\n{line}"
        else:
            blocks, goes_on = [*blocks, line], True
    return tuple(block for block in blocks if MARK.search(block))


def _of_refusal(task: Task, reply: Reply, answer: Answer) -> Grounds:
    """Where nothing was found a model may help to understand the question, unless a figure or a name is asked for:
    where the rules find none, a question put in other words would find a neighbour's."""
    scope, english = task.scope, task.question.english
    absent = scope.absent_provinces or scope.absent_years or scope.absent_issuers or scope.filtered_provinces
    asks = wanted_values(task.question) or task.question.named or says(task.question.text, Cue.OPINION)
    if absent or asks or reply.composer not in _SEARCHING:
        return Grounds(answer, english=english)
    return Grounds(answer, english=english, lost=True)


def _asked(task: Task, reply: Reply) -> tuple[str, Due]:
    if task.question.compare and len(task.documents) > 1:
        return "compare", Due.ALL if reply.composer == "duties" else Due.PLANS
    return WRITTEN[reply.composer]


def _groups(given: tuple[Given, ...], cited: tuple[Citation, ...], due: Due) -> tuple[frozenset[int], ...]:
    """The groups of numbers of which a whole answer cites one each."""
    numbers = {one.n for one in given if any(holds(one.citation, other) for other in cited)}
    if due is Due.ALL:
        return tuple(frozenset({n}) for n in sorted(numbers))
    if due is Due.ANY:
        return ()
    parts = {one.n: (one.citation.doc, *one.above[:1]) for one in given}
    whose = parts if len({one.citation.doc for one in given}) == 1 else {n: part[:1] for n, part in parts.items()}
    groups = [{n for n in whose if whose[n] == part} for part in dict.fromkeys(whose.values())]
    return tuple(frozenset(numbers & group or group) for group in groups)


def _complete(task: Task, given: tuple[Given, ...], answer: Answer) -> bool:
    """Whether every passage of a list is among those given, and these are short enough to be written anew."""
    if sum(len(one.words) for one in given) > _LONGEST_LIST:
        return False
    wanted = (one for one in answer.citations if not is_heading(task.plans.documents[one.doc], one))
    return all(any(holds(passage.citation, one) for passage in given) for one in wanted)


def holds(one: Citation, other: Citation) -> bool:
    """Whether the passage of a citation holds that of another."""
    return one.doc == other.doc and one.start <= other.start and other.end <= one.end
