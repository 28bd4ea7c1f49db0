"""Blocks -> the tree a person sees on the page: I. / 1. / a) … đ) / - / + and headings that run into their text.

The marker of a block gives its rank; a block goes below the nearest open one of a lower rank. What a marker cannot
tell is read from the words: a numbered paragraph is an item, one that begins with a body's name under "Tổ chức thực
hiện" is that body's section, a paragraph that ends "./." closes the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from corpus.cleaning import Block
from corpus.document import Kind, Role, Section, Span
from corpus.names import agency_names
from corpus.parts import Part
from corpus.vocabulary import layout
from corpus.words import fold


class Rank(IntEnum):
    """How deep a marker puts its block; gaps leave room for levels within one marker (1.1., 1.1.1.)."""

    ROOT = 0
    PART = 10
    CHAPTER = 20
    DIVISION = 30
    LETTERED = 35  # A. B. C.
    ROMAN = 40
    ARTICLE = 50
    NUMBER = 60
    BOLD = 70  # a line all in bold, without a marker
    LETTER = 80
    BULLET = 90
    PLUS = 100
    TEXT = 110


_MARKERS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (Rank.PART, re.compile(r"((?:PHẦN|Phần)\s+(?:[IVXLC]+|\d+|[Tt]hứ\s+\w+))[.:]?\s*")),
    (Rank.CHAPTER, re.compile(r"((?:CHƯƠNG|Chương)\s+(?:[IVXLC]+|\d+))[.:]?\s*")),
    (Rank.DIVISION, re.compile(r"((?:MỤC|Mục)\s+(?:[IVXLC]+|\d+))[.:]?\s*")),
    (Rank.ARTICLE, re.compile(r"(Điều\s+\d+[a-zđ]?)[.:]\s*")),
    (Rank.ROMAN, re.compile(r"([IVX]+)\s*[.)/\-–:]\s+")),
    (Rank.LETTERED, re.compile(r"([A-HĐ])[.)]\s+")),
    (Rank.NUMBER, re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\s*[.)/]\s*(?=[^\d\s])|(\d{1,2}(?:\.\d{1,2})+)\s+")),
    (Rank.NUMBER, re.compile(r"(\d{1,2})\s*[.)/]\s+")),
    (Rank.LETTER, re.compile(r"([a-zđ])\s*[.)/]\s+")),
    (Rank.BULLET, re.compile(r"([-–—•●▪*])\s*(?=\S)")),
    (Rank.PLUS, re.compile(r"([+])\s*")),
)
_NAMED_ITEM = re.compile(r"((?:Chỉ tiêu|Nhiệm vụ|Mục tiêu|Giải pháp|Dự án|Hoạt động)\s+\d+(?:\.\d+)*)\s*[:.]\s*")
_ENDS = re.compile(r"[.;!?…,]\s*$")
_STOP = re.compile(r"[.!?]\s+\S")
_PLAIN = frozenset({Role.HEAD, Role.RECIPIENTS, Role.SIGNATURE})  # parts whose lines are no headings
_LEADS_ON = ("như", "sau", "gồm", "là", "theo")
_LONGEST_TITLE = 45  # words


@dataclass(frozen=True, slots=True)
class Marked:
    """A block with its marker read off: rank, label, and where its words begin in `block.plain`."""

    block: Block
    rank: int
    label: str
    words: int

    @property
    def text(self) -> str:
        """The words behind the marker."""
        return self.block.plain[self.words :].strip()

    @property
    def number(self) -> int:
        """The place of the label in its list: 4 for "4.", 5 for "đ)"; 0 where it has none."""
        last = self.label.rsplit(".", 1)[-1]
        if last.isdigit():
            return int(last)
        letters = "abcdđeghiklmnopqrstuvxy"
        return letters.index(self.label) + 1 if len(self.label) == 1 and self.label in letters else 0


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
        self.part = part
        self.role = part.role
        self.hash_ranks: dict[int, int] = {}
        self.blocks = [mark(block) for block in part.blocks]
        self.open: list[Node] = [root]
        if part.title:
            self._hang(Node(Kind.HEADING, part.role, Rank.PART - 1, "", part.title, part.title_span), Rank.PART - 1)

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
        self._hang(table, Rank.TEXT)
        return len(rows)

    def _block(self, at: int) -> int:
        marked = self.blocks[at]
        if marked.label:
            self._marked(marked, at)
        elif self._is_bare_heading(marked, at):
            self._bare_heading(marked)
        else:
            self._paragraph(marked, at)
        return 1

    def _marked(self, marked: Marked, at: int) -> None:
        if marked.block.hashes:
            self.hash_ranks.setdefault(marked.block.hashes, marked.rank)
        title_end, body_start = self._title(marked, at)
        whole = marked.block.part(0, len(marked.block.plain))
        if title_end == 0:
            node = Node(Kind.ITEM, self.role, marked.rank, _item_label(marked), "", whole, number=marked.number)
            self._hang(node, marked.rank)
            return
        title = " ".join(marked.block.plain[marked.words : title_end].split()).rstrip(" :.")
        head = marked.block.part(0, title_end) if body_start < len(marked.block.plain) else whole
        node = Node(Kind.HEADING, self.role, marked.rank, marked.label, title, head, number=marked.number)
        self._hang(node, marked.rank)
        if body_start < len(marked.block.plain):
            body = marked.block.part(body_start, len(marked.block.plain))
            self._hang(Node(Kind.PARAGRAPH, self.role, Rank.TEXT, "", "", body), Rank.TEXT)

    def _title(self, marked: Marked, at: int) -> tuple[int, int]:
        """Where in the block the title ends and the text that follows it begins; (0, …) where it has no title."""
        plain, end = marked.block.plain, len(marked.block.plain)
        if marked.rank >= Rank.BULLET:
            return 0, end
        if marked.rank < Rank.NUMBER or self._whole_is_title(marked, at):
            return end, end
        if marked.block.bold and marked.words < marked.block.bold < end:
            return marked.block.bold, marked.words
        colon = plain.find(": ", marked.words)
        if colon > 0 and _is_title_before_colon(plain[marked.words : colon]):
            return colon, colon + 2
        body = self._leading_body(marked)
        return (body, marked.words) if body else (0, end)

    def _whole_is_title(self, marked: Marked, at: int) -> bool:
        text = marked.text
        if text.endswith(":") and not _STOP.search(text):
            return True
        if len(text.split()) > _LONGEST_TITLE or _STOP.search(text) or _ENDS.search(text):
            return False
        if marked.block.hashes:
            return True
        follower = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        return follower is not None and (not follower.label or follower.rank > marked.rank)

    def _leading_body(self, marked: Marked) -> int:
        """Where the body's name ends that a numbered paragraph of the duties begins with; 0 if it does not."""
        under = fold(" ".join(node.title for node in self.open))
        if marked.rank >= Rank.LETTER or not any(fold(words) in under for words in layout().duties):
            return 0
        return leading_bodies(marked.block.plain, marked.words)

    def _is_bare_heading(self, marked: Marked, at: int) -> bool:
        block = marked.block
        text = block.plain.strip()
        if self.role in _PLAIN or len(text.split()) > 30 or _ENDS.search(text):
            return False
        return bool(
            block.hashes
            or (block.bold >= len(text) and self._follows(at))
            or (text.isupper() and len(text.split()) > 1 and self._follows(at))
        )

    def _follows(self, at: int) -> bool:
        return at + 1 < len(self.blocks)

    def _bare_heading(self, marked: Marked) -> None:
        block = marked.block
        if block.hashes:
            rank = self.hash_ranks.get(block.hashes, Rank.DIVISION + block.hashes)
        else:
            rank = Rank.ROMAN if block.plain.isupper() else Rank.BOLD
        title = " ".join(block.plain.split()).rstrip(" :")
        self._hang(Node(Kind.HEADING, self.role, rank, "", title, block.span), rank)

    def _paragraph(self, marked: Marked, at: int) -> None:
        """Text without a marker: part of the list item before it only if the list goes on after it."""
        while self.open[-1].kind is Kind.ITEM and not self._goes_on(self.open[-1], at):
            self.open.pop()
        self._hang(Node(Kind.PARAGRAPH, self.role, Rank.TEXT, "", "", marked.block.span), Rank.TEXT)

    def _goes_on(self, item: Node, at: int) -> bool:
        if item.rank >= Rank.BULLET:
            return False
        for later in self.blocks[at + 1 :]:
            if later.label and later.rank <= item.rank:
                return later.rank == item.rank and later.number == item.number + 1
        return False

    def _hang(self, node: Node, rank: int) -> None:
        while self.open[-1].rank >= rank:
            self.open.pop()
        self.open[-1].children.append(node)
        if node.kind in {Kind.HEADING, Kind.ITEM}:
            self.open.append(node)


def mark(block: Block) -> Marked:
    """Reads a block's marker off."""
    if not block.is_row:
        for rank, pattern in _MARKERS:
            if (match := pattern.match(block.plain)) and match.end() < len(block.plain):
                label = next(group for group in match.groups() if group)
                deeper = label.count(".") if rank is Rank.NUMBER else 0
                return Marked(block, rank + deeper, label, match.end())
        for rank, pattern in _MARKERS[:4]:
            if match := pattern.fullmatch(block.plain):
                return Marked(block, rank, match[1], match.end())
    return Marked(block, Rank.TEXT, "", 0)


def _item_label(marked: Marked) -> str:
    named = _NAMED_ITEM.match(marked.block.plain, marked.words)
    return named[1] if named else marked.label


def _is_title_before_colon(words: str) -> bool:
    if re.search(r"[.;]", words) or words.rsplit(maxsplit=1)[-1].lower() in _LEADS_ON or words[:1].isdigit():
        return False
    return len(words.split()) <= 8 or (leading_bodies(words, 0) > 0 and len(words.split()) <= _LONGEST_TITLE)


def leading_bodies(plain: str, start: int) -> int:
    """Where the chain of bodies ends that plain[start:] begins with ("Đề nghị A, B và C …"); 0 without one."""
    request = _request().match(plain, start)
    at = request.end() if request else start
    end = 0
    for found in agency_names().find(plain):
        if found.span.start < at:
            continue
        gap = plain[at : found.span.start]
        if gap and not re.fullmatch(r"\s*(?:tỉnh)?\s*(?:,|;|và|và các|các)?\s*", gap):
            break
        end = at = found.span.end
    return end


@cache
def _request() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(layout().requests)})\s+", re.IGNORECASE)
