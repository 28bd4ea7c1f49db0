"""Where the money comes from: the section that says so, whole, in every plan that has one."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.duties import show_section
from assistant.compose.task import Reply, Task
from assistant.cues import Kind as Asked
from assistant.cues import Value, is_funding_title
from corpus.document import Document, Kind, Role, Section
from corpus.names import agency_names
from corpus.vocabulary import Agency


def funding(task: Task) -> Reply | None:
    """The sections on funding; None where the question does not ask for sources, or for an amount."""
    if Asked.FUNDING not in task.question.kinds or Value.MONEY in task.question.values:
        return None
    found = funding_sections(task)
    if not found:
        return None
    draft = task.draft()
    for document, section in found:
        show_section(draft, document, section)
    having = {document.id for document, _ in found}
    if silent := task.others(having):
        draft.note(task.say(f"Không có mục riêng về kinh phí: {silent}.", f"No section on funding: {silent}."))
    return Reply(draft)


def funding_sections(task: Task) -> list[tuple[Document, Section]]:
    """The sections on funding of the plans in scope."""
    return [(document, section) for document in task.documents if (section := _section(task, document)) is not None]


def _section(task: Task, document: Document) -> Section | None:
    """The section on funding, or that part of it whose title names the body asked about."""
    sections = [node for node in document.sections if node.kind is Kind.HEADING and node.role is Role.BODY]
    section = next((node for node in sections if is_funding_title(node.title, first=True)), None)
    section = section or next((node for node in sections if is_funding_title(node.title)), None)
    if section is None:
        return None
    parts = [node for node in section.children if _names(node.title, task.question.agencies)]
    return parts[0] if parts else section


def _names(title: str, agencies: Sequence[Agency]) -> bool:
    return any(found.value in agencies for found in agency_names().find(title))
