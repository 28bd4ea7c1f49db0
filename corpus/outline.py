"""Blocks -> the tree a person sees on the page: I. / 1. / a) … đ) / - / + and headings that run into their text.

The marker of a block gives its rank; a block goes below the nearest open one of a lower rank. What a marker cannot
tell is read from the words: a numbered paragraph is an item, one that begins with a body's name under "Tổ chức thực
hiện" is that body's section, a paragraph that ends "./." closes the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.document import Kind, Role, Section, Span
from corpus.marks import Rank, named_label
from corpus.parts import Part
from corpus.titles import (
    Marked,
    bold_run_in,
    is_bare_heading,
    leading_bodies,
    names_body,
    read_mark,
    title_of,
    title_of_body,
)
from corpus.vocabulary import layout
from corpus.words import fold

__all__ = ["leading_bodies", "outline"]

_PLAIN = frozenset({Role.HEAD, Role.OPENING, Role.CLOSING, Role.RECIPIENTS, Role.SIGNATURE})  # no headings there
#: Markers that some plans put below what others put them above, and the ranks of headings they then go below.
_FLOATING = {Rank.LETTERED: range(Rank.ROMAN, Rank.ARTICLE), Rank.NAMED: range(Rank.NUMBER, Rank.BULLET)}
_AS_BOLD = 6  # hashes of a heading that is deeper than every other
_BODY_LINE = 15  # words of a line without a marker that is a body's name


@dataclass(slots=True)
class Node:
    """A section while its children are still being found."""

    kind: Kind
    role: Role
    rank: int
    label: str
    title: str
    head: Span
    children: list[Node] = field(default_factory=list)
    number: int = 0

    def freeze(self, next_id: list[int]) -> Section:
        """The finished section; ids are given in reading order."""
        own = next_id[0]
        next_id[0] += 1
        children = tuple(child.freeze(next_id) for child in self.children)
        end = max((self.head.end, *(child.span.end for child in children)))
        return Section(
            own, self.kind, self.role, self.label, self.title, self.head, Span(self.head.start, end), children
        )


def outline(parts: Sequence[Part], length: int) -> Section:
    """The tree of a text of `length` characters from its parts (head, body, recipients … in reading order)."""
    root = Node(Kind.DOCUMENT, Role.BODY, Rank.ROOT, "", "", Span(0, 0))
    for part in parts:
        _Grower(root, part).grow()
    section = root.freeze([0])
    return Section(0, section.kind, section.role, "", "", Span(0, 0), Span(0, length), section.children)


class _Grower:
    """Hangs the blocks of one part below the root."""

    def __init__(self, root: Node, part: Part) -> None:
        self.role = part.role
        self.ranks: dict[int | str, int] = {}  # of hashes, of floating markers, of headings without one
        self.blocks = [read_mark(block) for block in part.blocks]
        self.open: list[Node] = [root]
        if part.title:
            self._hang(Node(Kind.HEADING, part.role, Rank.PART - 1, "", part.title, part.title_span))

    def grow(self) -> None:
        """Reads the blocks in order."""
        at = 0
        while at < len(self.blocks):
            at += self._table(at) if self.blocks[at].block.is_row else self._block(at)

    def _table(self, at: int) -> int:
        """A table with its rows; a page break inside it, with the header repeated, does not end it."""
        rows = []
        while at < len(self.blocks) and self.blocks[at].block.is_row:
            rows.append(self.blocks[at].block)
            at += 1
        table = Node(Kind.TABLE, self.role, Rank.TEXT, "", "", Span(rows[0].span.start, rows[-1].span.end))
        table.children = [Node(Kind.ROW, self.role, Rank.TEXT, "", "", row.span) for row in rows]
        self._hang(table)
        return len(rows)

    def _block(self, at: int) -> int:
        marked, follower = self.blocks[at], self._follower(at)
        rank = self._rank(marked, follower)
        if self.role in _PLAIN:
            title = 0, 0
        elif marked.label:
            title = title_of(marked, follower, self._assigns(at))
        else:
            title = self._unmarked_title(marked, follower)
        if title[0]:
            self._heading(marked, rank, *title)
        elif marked.label:
            self._item(marked, rank)
        else:
            self._paragraph(marked, at)
        return 1

    def _follower(self, at: int) -> Marked | None:
        return self.blocks[at + 1] if at + 1 < len(self.blocks) else None

    def _heading(self, marked: Marked, rank: int, title_end: int, text_start: int) -> None:
        block = marked.block
        runs_on = text_start < len(block.plain)
        title = " ".join(block.plain[marked.words : title_end].split()).rstrip(" :.")
        label = "" if marked.rank >= Rank.BULLET else marked.label
        head = block.part(0, title_end if runs_on else len(block.plain))
        self._hang(Node(Kind.HEADING, self.role, rank, label if title else "", title or label, head))
        if runs_on:
            words = block.part(text_start, len(block.plain))
            self._hang(Node(Kind.PARAGRAPH, self.role, Rank.TEXT, "", "", words))

    def _item(self, marked: Marked, rank: int) -> None:
        label = named_label(marked.block.plain, marked.words) or marked.label
        self._hang(Node(Kind.ITEM, self.role, rank, label, "", marked.block.span, number=marked.mark.number))

    def _unmarked_title(self, marked: Marked, follower: Marked | None) -> tuple[int, int]:
        """The title of a block without a marker: a heading by its looks, a bold run-in, a body's name."""
        block = marked.block
        end = len(block.plain)
        if is_bare_heading(block) and (block.hashes or follower):
            return end, end
        if bold := bold_run_in(marked)[0]:
            return bold, bold_run_in(marked)[1]
        if not self._under_duties() or not names_body(block.plain):
            return 0, end
        alone = len(block.plain.split()) <= _BODY_LINE and not re.search(r"[.;,!?]\s*$|:\s", block.plain)
        return (end, end) if alone and follower else title_of_body(marked, follower)

    def _rank(self, marked: Marked, follower: Marked | None) -> int:
        """How deep a block goes if it turns out to be a heading or an item."""
        if not marked.label:
            return self._bare_rank(marked, follower)
        rank = self._floated(marked) if marked.rank in _FLOATING else marked.rank
        if marked.block.hashes:
            self.ranks.setdefault(marked.block.hashes, rank)
        return rank

    def _floated(self, marked: Marked) -> int:
        """The rank of a list whose first label stands under an open heading of a rank it can go below."""
        if marked.mark.number == 1 or -marked.rank not in self.ranks:
            below = _FLOATING[Rank(marked.rank)]
            above = [node.rank for node in self.open if node.kind is Kind.HEADING and " " not in node.label]
            self.ranks[-marked.rank] = max((rank + 2 for rank in above if rank in below), default=marked.rank)
        return self.ranks[-marked.rank]

    def _bare_rank(self, marked: Marked, follower: Marked | None) -> int:
        """Hashes by their number, six as deep as a bold line; capitals and bold go above the marker below them."""
        block = marked.block
        if 0 < block.hashes < _AS_BOLD or block.hashes in self.ranks:
            return self.ranks.get(block.hashes, Rank.DIVISION + block.hashes)
        look = "capitals" if block.is_upper else "bold"
        rank = self.ranks.get(look, Rank.ROMAN if block.is_upper else Rank.BOLD)
        if follower is not None and follower.label and is_bare_heading(block):
            rank = self.ranks[look] = min(rank, follower.rank - 1)
        return rank

    def _under_duties(self) -> bool:
        under = fold(" ".join(node.title for node in self.open))
        return any(fold(words) in under for words in layout().duties)

    def _assigns(self, at: int) -> bool:
        """Whether a block may be a body's duties: such a heading is open, or its neighbour in the list is one too."""
        if self._under_duties():
            return True
        marked = self.blocks[at]
        if marked.rank < Rank.NUMBER or marked.rank >= Rank.LETTER:
            return False
        parent = next(node for node in reversed(self.open) if node.rank < marked.rank)
        before = parent.children[-1] if parent.children else None
        if before is not None and before.kind is Kind.HEADING and leading_bodies(before.title, 0):
            return True
        after = next((one for one in self.blocks[at + 1 :] if one.label and one.rank <= marked.rank), None)
        return (
            after is not None
            and (after.rank, after.mark.number) == (marked.rank, marked.mark.number + 1)
            and leading_bodies(after.block.plain, after.words) > 0
        )

    def _paragraph(self, marked: Marked, at: int) -> None:
        """Text without a marker: part of the list item before it only if the list goes on after it."""
        while self.open[-1].kind is Kind.ITEM and not self._goes_on(self.open[-1], at):
            self.open.pop()
        self._hang(Node(Kind.PARAGRAPH, self.role, Rank.TEXT, "", "", marked.block.span))

    def _goes_on(self, item: Node, at: int) -> bool:
        if item.rank >= Rank.BULLET:
            return False
        for later in self.blocks[at + 1 :]:
            if later.label and later.rank <= item.rank:
                return later.rank == item.rank and later.mark.number == item.number + 1
        return False

    def _hang(self, node: Node) -> None:
        while self.open[-1].rank >= node.rank:
            self.open.pop()
        self.open[-1].children.append(node)
        if node.kind in {Kind.HEADING, Kind.ITEM}:
            self.open.append(node)
