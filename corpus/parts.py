"""The parts of an official text: head and title, opening, body, closing, recipients, signature, appendices.

Source of the order and wording: Nghị định 30/2020/NĐ-CP on records work; a portal's news item has only a body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.blocks import CLOSED, Block
from corpus.document import Role, Span
from corpus.head import Head, find_head, is_letterhead_line, kind_length
from corpus.names import agency_names
from corpus.titles import opens_section, read_mark
from corpus.vocabulary import layout
from corpus.words import begins, is_vietnamese

_SIGNATURE_BLOCKS = 8
_CAPTION_WORDS = 40
_HEAD_LINES = 10  # lines of a letterhead, each column's by itself
_TITLE_BLOCKS = 5  # lines of a title, to the note that says what the text belongs to
_APPENDIX = re.compile(r"\w+\s+\w+(?:\s+(?:số\s+)?(?:\d+|[IVX]+|[A-H])(?:\s*[.:]?|\s*[:.–-]\s+.+))?")
_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of blocks with one role. title: of an appendix, as printed; its place is title_span."""

    role: Role
    blocks: tuple[Block, ...]
    title: str = ""
    title_span: Span = _NOWHERE


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts in reading order, and what the head says of them."""

    parts: tuple[Part, ...]
    head: Head

    def of(self, role: Role) -> tuple[Block, ...]:
        """All blocks with a role."""
        return tuple(block for part in self.parts if part.role is role for block in part.blocks)


def split(blocks: Sequence[Block]) -> Parts:
    """Cuts a text into its parts."""
    head = find_head(blocks)
    ends = _Tail(blocks, head.end)
    body = ends.body
    opening = next((at for at, block in enumerate(body) if opens_section(block)), 0)
    parts = [
        Part(Role.HEAD, tuple(blocks[: head.end])),
        Part(Role.OPENING, body[:opening]),
        Part(Role.BODY, body[opening:]),
        *ends.parts,
    ]
    return Parts(tuple(part for part in parts if part.blocks or part.title), head)


def is_person(text: str) -> bool:
    """Whether a line is a person's name: two to five capitalised syllables, and no body's name."""
    words = _degrees().sub("", text, count=1).split()
    if not 2 <= len(words) <= 5 or not all(
        (word[0].isupper() and word[1:].islower()) or len(word) == 1 for word in words
    ):
        return False
    return all(map(is_vietnamese, words)) and not any(True for _ in agency_names().find(text))


@cache
def _degrees() -> re.Pattern[str]:
    """What stands before a name: "ThS. ", "BS.CKII "."""
    return re.compile(rf"(?:(?:{'|'.join(layout().degrees)})(?:[.,]\s*|\s+))+")


class _Tail:
    """Finds where the body ends and tells what follows it apart."""

    def __init__(self, blocks: Sequence[Block], start: int) -> None:
        self.blocks = blocks
        self.parts: list[Part] = []
        at = start
        while at < len(blocks) and not self._ends_body(at):
            at += 1
        self.body = tuple(blocks[start:at])
        closes = len(self.body) > 1 and _closes(self.body[-1]) and any(map(opens_section, self.body))
        if closes and not _awaits_text(self.body[-2], self.body[-1]):
            self.parts.append(Part(Role.CLOSING, self.body[-1:]))
            self.body = self.body[:-1]
        while at < len(blocks):
            at = self._part(at)

    def _ends_body(self, at: int) -> bool:
        block = self.blocks[at]
        if self._begins_part(at):
            return True
        if not _signs(block):
            return False
        after_closing = at > 0 and bool(CLOSED.search(self.blocks[at - 1].plain))
        return at == len(self.blocks) - 1 or after_closing or (is_post(block) and self._only_signs(at))

    def _only_signs(self, at: int) -> bool:
        """Whether from here to the next part there is nothing but posts, names and notes in brackets."""
        end = at
        while end < len(self.blocks) and not self._begins_part(end):
            end += 1
        run = self.blocks[at:end]
        return len(run) <= _SIGNATURE_BLOCKS and all(_signs(block) or block.plain.startswith("(") for block in run)

    def _part(self, at: int) -> int:
        block = self.blocks[at]
        if _is_appendix(block):
            return self._appendix(at)
        if self._is_attached(at) or self._is_headed(at):
            return self._attached(at)
        role = Role.RECIPIENTS if _is_recipients(block) else Role.SIGNATURE
        end = at + 1
        while end < len(self.blocks) and not self._turns(end, role):
            end += 1
        self.parts.append(Part(role, tuple(self.blocks[at:end])))
        return end

    def _turns(self, at: int, role: Role) -> bool:
        return self._begins_part(at) or (role is Role.RECIPIENTS and _signs(self.blocks[at]))

    def _begins_part(self, at: int) -> bool:
        block = self.blocks[at]
        return _is_recipients(block) or _is_appendix(block) or self._is_attached(at) or self._is_headed(at)

    def _is_headed(self, at: int) -> bool:
        """Whether a text put in force by another begins here with a letterhead of its own."""
        end = at
        while end < min(len(self.blocks), at + _HEAD_LINES) and self._is_of_head(at, end):
            end += 1
        head = self.blocks[at:end]
        if not any(begins(column.plain, layout().motto) for block in head for column in block.columns()):
            return False
        return end < len(self.blocks) and kind_length(self.blocks[end]) > 0

    def _is_of_head(self, start: int, at: int) -> bool:
        """Whether a line goes on with a letterhead, whose names run over lines of capitals."""
        block = self.blocks[at]
        named = at > start and block.is_upper and not kind_length(block) and not read_mark(block).label
        return named or is_letterhead_line(block)

    def _is_attached(self, at: int) -> bool:
        """Whether a text begins that another one puts in force: its kind, its title, "(Ban hành kèm theo …)"."""
        below = self.blocks[at + 1 : at + 1 + _TITLE_BLOCKS]
        return kind_length(self.blocks[at]) > 0 and any(map(_attaches, below))

    def _attached(self, at: int) -> int:
        """A text put in force by the one above it: its title lines, then its body to the next part."""
        near = range(at, min(len(self.blocks), at + _HEAD_LINES + _TITLE_BLOCKS))
        noted = next((i for i in near if _attaches(self.blocks[i])), None)
        start = at + find_head(self.blocks[at:]).end if noted is None else noted + 1
        end = start
        while end < len(self.blocks) and not self._begins_part(end):
            end += 1
        self.parts.append(Part(Role.HEAD, tuple(self.blocks[at:start])))
        self.parts.append(Part(Role.BODY, tuple(self.blocks[start:end])))
        return end

    def _appendix(self, at: int) -> int:
        """An appendix runs to the next one; its title is the lines up to a sentence, a bracket or a table."""
        end = at + 1
        while end < len(self.blocks) and not _is_appendix(self.blocks[end]):
            end += 1
        titled = at + 1
        while titled < end and _is_caption(self.blocks[titled]):
            titled += 1
        lines = self.blocks[at:titled]
        title = " ".join(" ".join(block.plain.split()) for block in lines)
        span = Span(lines[0].span.start, lines[-1].span.end)
        self.parts.append(Part(Role.APPENDIX, tuple(self.blocks[titled:end]), title, span))
        return end


def _awaits_text(above: Block, last: Block) -> bool:
    """Whether the block above the last one is a title that has no text but that one: "3. Chế độ báo cáo"."""
    ended = above.plain.rstrip().endswith((".", ";", ",", "!", "?", "/"))
    return opens_section(above) and not ended and not begins(last.plain, layout().closing)


def _attaches(block: Block) -> bool:
    return block.plain.strip().startswith("(") and begins(block.plain, layout().attached)


def _is_caption(block: Block) -> bool:
    return block.is_upper and not block.is_row and not read_mark(block).label


def _closes(block: Block) -> bool:
    ends = CLOSED.search(block.plain) is not None or begins(block.plain, layout().closing)
    return ends and not read_mark(block).label


def _signs(block: Block) -> bool:
    """Whether a line is a post or a name below which, or with which, a text is signed."""
    return is_post(block) or is_person(block.plain.strip())


def _is_recipients(block: Block) -> bool:
    left = block.columns()[0].plain
    return begins(left, (layout().recipients,)) and len(left.split()) <= 4


def _is_appendix(block: Block) -> bool:
    """ "PHỤ LỤC", "Phụ lục 01", "PHỤ LỤC II: DANH MỤC …"; not a sentence that names one."""
    text = block.plain.strip(" *")
    if not begins(text, layout().appendix) or text.endswith((".", ";", ",")) or len(text.split()) > _CAPTION_WORDS:
        return False
    return block.is_upper or _APPENDIX.fullmatch(text) is not None


@cache
def _posts() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{'|'.join(layout().posts)})[\s,]*)+(?:\w+\s*){{0,4}}", re.IGNORECASE)


def is_post(block: Block) -> bool:
    """Whether a line is what somebody signs as: "KT. CHỦ TỊCH"."""
    text = block.plain.strip()
    return text.isupper() and len(text.split()) <= 10 and _posts().match(text) is not None
