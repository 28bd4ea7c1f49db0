"""A place of a plan named by its number: "Mục II.9", "khoản 12 phần V", "điểm c"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose.duties import show_section
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.plans import label_of
from corpus.document import Document, Section
from corpus.words import fold, nfc

_NAMED = re.compile(
    r"\b(?:mục|phần|khoản|điểm|điều|chương|tiểu mục|section|part|point)\s+(?:số\s+)?"
    r"((?:[IVX]+|\d{1,2}|[a-zđ])(?:[.\s]+(?:\d{1,2}|[a-zđ])(?![\w/]))*)(?![\w/])",
    re.IGNORECASE,
)

_ANNEX = re.compile(r"\b(?:phu luc|annex|appendix)\s+(?:so\s+)?0?(\d{1,2})\b")


def place(task: Task) -> Reply | None:
    """The sections named, whole; None where the question names none, a refusal where no plan in scope has it.

    "Điều 30 Luật Trẻ em" is a place of another text, and a number after "mục" may be one of the answer before.
    """
    if not task.scope.named:
        return None
    if (annex := _ANNEX.search(fold(task.question.text))) and len(task.documents) == 1 and not task.question.cited:
        held = any(_is_annex(node, int(annex[1])) for node in task.documents[0].sections)
        return None if held else _no_such(task, f"phụ lục {annex[1]}", f"annex {annex[1]}")
    labels = labels_named(task.question.text)
    found = [(document, section) for document in task.documents for section in _at(document, labels)]
    if not found:
        return _absent(task, [label for label in labels if _depth(label) < 2])
    draft = task.draft()
    for document, section in found:
        show_section(draft, document, section)
    return Reply(draft)


def _absent(task: Task, numbers: Sequence[str]) -> Reply | None:
    """The refusal of a place that the one plan in scope does not number; None where it may be of another text."""
    of_other = task.question.cited or task.question.before or task.question.references
    if of_other or not numbers or len(task.documents) != 1 or any(_at(task.documents[0], numbers)):
        return None
    number = ".".join(numbers)
    return _no_such(task, f"mục {number}", f"section {number}")


def _is_annex(section: Section, number: int) -> bool:
    match = _ANNEX.match(fold(section.title))
    return match is not None and int(match[1]) == number


def _no_such(task: Task, vi: str, en: str) -> Reply:
    """The plan in scope has no such place; its outermost sections are what there is."""
    document = task.documents[0]
    near = [(document, node.id) for node in document.root.children if node.label and node.title]
    name = label_of(document)
    return refuse(task, f"{name}: không có {vi}.", f"{name}: there is no {en}.", near)


def labels_named(text: str) -> list[str]:
    """The labels of the place that a question names, the outermost first.

    >>> labels_named("Mục c khoản 12 phần V của Huế nói gì?"), labels_named("mục II.9")
    (['V', '12', 'c'], ['II', '9'])
    """
    labels = [label for match in _NAMED.finditer(nfc(text)) for label in re.split(r"[.\s]+", match[1]) if label]
    return sorted(dict.fromkeys(labels), key=_depth)


def _depth(label: str) -> int:
    if re.fullmatch(r"[IVX]+", label):
        return 0
    return 1 if label.isdigit() else 2


def _at(document: Document, labels: Sequence[str]) -> Iterator[Section]:
    for section in document.sections if labels else ():
        chain = [node.label for node in (*document.ancestors(section), section)]
        if section.label == labels[-1] and _holds(chain, labels):
            yield section


def _holds(chain: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the labels stand in a chain in their order, the outermost at its beginning where it is a numeral."""
    if _depth(labels[0]) == 0 and chain[0] != labels[0]:
        return False
    rest = iter(chain)
    return all(label in rest for label in labels)
