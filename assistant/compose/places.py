"""A place of a plan named by its number: "Mục II.9", "khoản 12 phần V", "điểm c"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.compose.duties import show_section
from assistant.compose.task import Reply, Task
from corpus.document import Document, Section
from corpus.words import nfc

_NAMED = re.compile(
    r"\b(?:mục|phần|khoản|điểm|điều|chương|tiểu mục|section|part|point)\s+"
    r"((?:[IVX]+|\d{1,2}|[a-zđ])(?:[.\s]+(?:\d{1,2}|[a-zđ])(?![\w/]))*)(?![\w/])",
    re.IGNORECASE,
)


def place(task: Task) -> Reply | None:
    """The sections named, whole; None where the question names none, or none that a plan in scope has."""
    labels = labels_named(task.question.text)
    if not labels or not task.scope.named:
        return None
    found = [(document, section) for document in task.documents for section in _at(document, labels)]
    if not found:
        return None
    draft = task.draft()
    for document, section in found:
        show_section(draft, document, section)
    return Reply(draft)


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
    for section in document.sections:
        chain = [node.label for node in (*document.ancestors(section), section)]
        if section.label == labels[-1] and _holds(chain, labels):
            yield section


def _holds(chain: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether the labels stand in a chain in their order, the outermost at its beginning where it is a numeral."""
    if _depth(labels[0]) == 0 and chain[0] != labels[0]:
        return False
    rest = iter(chain)
    return all(label in rest for label in labels)
