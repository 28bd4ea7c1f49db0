"""What a plan states of itself: who signed it, its number and date, who issued it, where it was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.citations import Draft, escaped
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, says
from assistant.cues import Kind as Asked
from assistant.evidence import ENOUGH
from assistant.matching import Words
from assistant.plans import label_of
from assistant.values import document_kinds, holds
from corpus.document import Document, Fact, Kind, Role, Span
from corpus.words import fold

_THE_PLAN = ("ke hoach", "van ban nay", "ban tin", "bai viet", "the plan")
_OF_REPORTS = re.compile(r"\bket qua\b|(?<!de )(?<!len )\bbao cao\b|\by kien\b")
_VERB = 25  # characters behind a body's name that hold "… ban hành Kế hoạch"


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing a plan may state of itself: its name in both languages and where it is found."""

    vi: str
    en: str
    facts: Callable[[Document], Sequence[Fact | None]]


def recipients(document: Document) -> Sequence[Fact | None]:
    """Everybody a plan was sent to, as printed under "Nơi nhận"."""
    found = [node for node in document.sections if node.role is Role.RECIPIENTS and node.kind is Kind.ITEM]
    return [Fact(document.shown(document.words(node)), document.words(node)) for node in found]


#: What is asked for -> what of the metadata answers it.
STATED = {
    Asked.SIGNER: Stated("người ký", "signer", lambda one: [one.metadata.signer]),
    Asked.SIGNED_ON: Stated("ngày ban hành", "date of issue", lambda one: [one.metadata.date]),
    Asked.NUMBER: Stated("số văn bản", "document number", lambda one: [one.metadata.number]),
    Asked.ISSUER: Stated("cơ quan ban hành", "issuing body", lambda one: [one.metadata.issuer]),
    Asked.AUTHOR: Stated("tác giả", "author", lambda one: [one.metadata.author]),
    Asked.RECIPIENTS: Stated("nơi nhận", "recipients", recipients),
}


def about(task: Task) -> Reply | None:
    """The metadata asked for, of every plan in scope; None where the question is about something else."""
    kinds = task.question.kinds
    if Asked.SIGNER_ROLE in kinds:  # the post is told with the name
        kinds = kinds - {Asked.SIGNER_ROLE} | {Asked.SIGNER}
    asked = [kind for kind in STATED if kind in kinds]
    if not asked or _is_about_another_text(task):
        return None
    draft = task.draft()
    absent: list[str] = []
    for document in _named_people(task) or task.documents:
        for kind in asked:
            if not _state(task, draft, document, STATED[kind]):
                absent.append(f"{label_of(document)}: {task.say(STATED[kind].vi, STATED[kind].en)}")
    if not draft:
        return _refuse(task, asked)
    if absent:
        draft.note(task.say("Văn bản không nêu — ", "Not stated in the text — ") + "; ".join(absent) + ".")
    return Reply(draft)


def basis(task: Task) -> Reply | None:
    """The texts that a plan says it rests on, from its opening; None where it is asked about something in the plan."""
    question = task.question
    asks = Value.DOCUMENT in question.values and says(question.text, Cue.BASIS)
    if not asks or question.terms or question.agencies or question.references or not task.names_plans:
        return None
    draft = task.draft()
    for document in task.documents:
        for node in document.sections:
            words = document.shown(node.head)
            if node.role is Role.OPENING and holds(Value.DOCUMENT, words):
                draft.line(f"- **{label_of(document)}**: {draft.quote(document, document.words(node))}")
    return Reply(draft) if draft else None


def _is_about_another_text(task: Task) -> bool:
    """Whether it is about a text that a plan cites, or about something inside a plan, not about the plan itself."""
    kinds = task.question.kinds
    words = fold(
        " ".join([*task.question.before[-1:], task.question.text]) if task.question.carried else task.question.text
    )
    if Asked.RECIPIENTS in kinds and (_OF_REPORTS.search(words) or says(task.question.text, Cue.OBSTACLE)):
        return True
    if Asked.SIGNER in kinds:
        return False
    if kinds.isdisjoint({Asked.NUMBER, Asked.SIGNED_ON}):
        return bool(_other_numbers(task))
    of_the_plan = any(word in words for word in _THE_PLAN) and not task.question.agencies
    return _names_another_kind(task, words) or _other_numbers(task) or not (of_the_plan or _is_titled(task))


def _names_another_kind(task: Task, words: str) -> bool:
    """Whether a text of another kind is asked about: a letter, a directive that a plan cites."""
    own = {fold(one.metadata.kind.value) for one in task.documents if one.metadata.kind}
    return bool(document_kinds(words) - own)


def _other_numbers(task: Task) -> bool:
    """Whether the question names numbers of documents that are no plan's own."""
    numbers = [one.metadata.number.value for one in task.plans.documents.values() if one.metadata.number]
    own = [number.split("/")[0] for number in numbers]
    return any(reference.split("/")[0] not in own for reference in task.question.references)


def _is_titled(task: Task) -> bool:
    return not task.question.agencies and not leaves_the_titles(task)


def leaves_the_titles(task: Task) -> bool:
    """Whether the question is about more than the plans' titles say."""
    titles = [one.metadata.title.value for one in task.documents if one.metadata.title]
    said = (*task.question.terms, *task.question.content)
    return bool(said) and not any(task.matter.said.coverage(Words(title)) >= ENOUGH for title in titles)


def _named_people(task: Task) -> list[Document]:
    """The plans whose signer or author the question names."""
    words = fold(task.question.text)
    found = []
    for document in task.documents:
        people = [one for one in (document.metadata.signer, document.metadata.author) if one is not None]
        if any(fold(one.value) in words for one in people):
            found.append(document)
    return found


def _state(task: Task, draft: Draft, document: Document, stated: Stated) -> bool:
    facts = [fact for fact in stated.facts(document) if fact is not None]
    if not facts or (task.question.references and not _is_own(task, document)):
        return False
    name = task.say(stated.vi, stated.en)
    if len(facts) > 1:
        draft.line(f"**{label_of(document)}** — {name}:")
        for fact in facts:
            draft.line(f"- {_said(draft, document, fact)}")
    else:
        said = _said(draft, document, facts[0]) + _sentence(document, draft, stated) + _post(document, draft, stated)
        draft.line(f"- **{label_of(document)}** — {name}: {said}")
    return True


def _is_own(task: Task, document: Document) -> bool:
    number = document.metadata.number
    return number is not None and any(
        number.value.split("/")[0] == one.split("/")[0] for one in task.question.references
    )


def _said(draft: Draft, document: Document, fact: Fact) -> str:
    if fact.span is None:
        return f"{escaped(fact.value)} (documents.toml)"
    return draft.quote(document, fact.span)


def _sentence(document: Document, draft: Draft, stated: Stated) -> str:
    """For the issuer, the words "… ban hành Kế hoạch …" that prove it."""
    issuer = document.metadata.issuer
    if stated is not STATED[Asked.ISSUER] or issuer is None or issuer.span is None:
        return ""
    end = document.text.find(" ", min(issuer.span.end + _VERB, len(document.text) - 1))
    proof = Span(issuer.span.start, end if end > 0 else issuer.span.end)
    return f" (“{draft.quote(document, proof)}”)"


def _post(document: Document, draft: Draft, stated: Stated) -> str:
    """For the signer, the post that stands above the name."""
    post = document.metadata.signer_role
    return f" ({_said(draft, document, post)})" if stated is STATED[Asked.SIGNER] and post is not None else ""


def _refuse(task: Task, asked: Sequence[Asked]) -> Reply:
    names = ", ".join(label_of(document) for document in task.documents)
    vi = ", ".join(STATED[kind].vi for kind in asked)
    en = ", ".join(STATED[kind].en for kind in asked)
    extra = _authors(task) if Asked.SIGNER in asked else ("", "")
    return refuse(
        task, f"{names}: văn bản không nêu {vi}.{extra[0]}", f"{names}: the text does not state {en}.{extra[1]}"
    )


def _authors(task: Task) -> tuple[str, str]:
    """A news item names its author, who signed nothing."""
    for document in task.documents:
        author = document.metadata.author
        if author is not None:
            name = escaped(author.value)
            vi = f" {label_of(document)} là bài viết đưa tin; {name} là người viết bài, không phải người ký."
            return vi, f" {label_of(document)} is a news item; {name} wrote it and signed nothing."
    return "", ""
