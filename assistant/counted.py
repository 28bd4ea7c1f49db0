"""What a plan lists, to be counted: the direct items below a heading, of groups the items in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.document import Document, Kind, Role, Section
from corpus.words import fold

_GOALS = ("chi tieu", "muc tieu")
_OTHERS = re.compile(r"\bto chuc thuc hien\b|\bphan cong\b|\btrach nhiem\b|\bket qua\b|\bdanh gia\b|\btinh hinh\b")
_DETAILED = "cu the"


@dataclass(frozen=True, slots=True)
class Counted:
    """Items with the group that each stands in, None for none.  has_lesser: whether points hang below items."""

    items: tuple[tuple[Section | None, Section], ...]
    has_lesser: bool

    @property
    def groups(self) -> tuple[Section, ...]:
        """The groups that the items stand in, each once."""
        return tuple(dict.fromkeys(group for group, _ in self.items if group is not None))


def items_below(document: Document, heading: Section, in_groups: bool = False) -> Counted:
    """The direct items below a heading; in_groups: where all of them only lead on to others, those, in their groups."""
    lead, direct = _last_run(_marked(heading))
    items: tuple[tuple[Section | None, Section], ...] = tuple((lead, node) for node in direct)
    if lead is None and in_groups and all(_leads_on(document, node) for node in direct):
        items = tuple((node, item) for node in direct for item in _marked(node))
    has_lesser = any(_marked(item) for _, item in items)
    return Counted(items, has_lesser)


def titled(document: Document, noun: str) -> list[Section]:
    """The outermost headings named by a noun, without accents, that list anything: "III. NHIỆM VỤ, GIẢI PHÁP"."""
    named = re.compile(rf"(?:^|[,;:]|\b(?:va|cac|nhung|mot so|nhom|cung)\b)\s*(?:cac |nhung |nhom )?{noun}\b")
    found = [node for node in _headings(document) if named.search(fold(node.title)) and _marked(node)]
    return [node for node in found if not any(node is not one and node.head in one.span for one in found)]


def targets_listed(document: Document, first: str) -> list[Section]:
    """The headings that list targets, the innermost: those with the noun asked for, of these those in detail."""
    found = [node for node in _headings(document) if any(noun in fold(node.title) for noun in _GOALS)]
    found = [node for node in found if any(True for _ in _own_items(node, found))]
    for noun in (first, *_GOALS):
        if named := [node for node in found if noun in fold(node.title)]:
            return [node for node in named if _DETAILED in fold(node.title)] or named
    return []


def _own_items(heading: Section, others: list[Section]) -> Iterator[Section]:
    """The items below a heading that stand below none of some others within it."""
    inner = [one for one in others if one is not heading and one.head in heading.span]
    return (
        node for node in heading.leaves() if node.kind is Kind.ITEM and not any(node.head in one.span for one in inner)
    )


def _headings(document: Document) -> list[Section]:
    nodes = (node for node in document.sections if node.kind is Kind.HEADING and node.role is Role.BODY)
    return [node for node in nodes if not _OTHERS.search(fold(node.title))]


def _marked(node: Section) -> list[Section]:
    """The items and titled parts directly below a node, or below a paragraph that leads to them."""
    found: list[Section] = []
    for child in node.children:
        if child.kind in {Kind.ITEM, Kind.HEADING} and (child.label or child.title):
            found.append(child)
        elif child.kind is Kind.PARAGRAPH:
            found.extend(_marked(child))
    return found


def _last_run(nodes: list[Section]) -> tuple[Section | None, list[Section]]:
    """Nodes whose numbers begin again at 1 stand below the one before: that one and they, else None and all."""
    again = [at for at, node in enumerate(nodes) if at and node.label == "1"]
    return (nodes[again[-1] - 1], nodes[again[-1] :]) if again else (None, nodes)


def _leads_on(document: Document, node: Section) -> bool:
    """Whether a node only names a group: a title, or words that end in a colon, with items below it."""
    ends = document.shown(node.head).rstrip().endswith(":")
    return bool(_marked(node)) and (node.kind is Kind.HEADING or ends)
