"""The parts of an official text: head and title, opening, body, closing, recipients, signature, appendices.

Source of the order and wording: Nghị định 30/2020/NĐ-CP on records work; a portal's news item has only a body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.cleaning import Block
from corpus.document import Role, Span
from corpus.names import agency_names
from corpus.vocabulary import layout
from corpus.words import fold, is_vietnamese

_NUMBERED = re.compile(r"^(?:[IVX]+|\d{1,2}|[A-H]|(?:Điều|Chương|Phần|Mục)\s+\w+)\s*[.)/:]\s")
_CLOSED = re.compile(r"\.\s*/\s*\.?\s*$")
_DATE_ONLY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}(?:[\s,|-]+\d{1,2}:\d{2})?")
_HEAD_BLOCKS = 30  # a title stands among the first blocks or nowhere
_TITLE_WORDS = 60
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
    """The parts in reading order; `kind` and `title` are the blocks that name the text, where it does."""

    parts: tuple[Part, ...]
    kind: Block | None
    title: tuple[Block, ...]

    def of(self, role: Role) -> tuple[Block, ...]:
        """All blocks with a role."""
        return tuple(block for part in self.parts if part.role is role for block in part.blocks)


def split(blocks: Sequence[Block]) -> Parts:
    """Cuts a text into its parts."""
    kind_at = next((i for i, block in enumerate(blocks[:_HEAD_BLOCKS]) if _is_kind(block)), None)
    if kind_at is None:
        start, title = _title_without_kind(blocks)
    else:
        start, title = _title_after(blocks, kind_at)
    ends = _Tail(blocks, start)
    body = ends.body
    first = next((i for i, block in enumerate(body) if _NUMBERED.match(block.plain)), None)
    opening = body[:first] if first is not None else ()
    parts = [
        Part(Role.HEAD, tuple(blocks[:start])),
        Part(Role.OPENING, tuple(opening)),
        Part(Role.BODY, tuple(body[len(opening) :])),
        *ends.parts,
    ]
    kind = blocks[kind_at] if kind_at is not None else None
    return Parts(tuple(part for part in parts if part.blocks or part.title), kind, title)


def is_person(text: str) -> bool:
    """Whether a line is a person's name: two to five capitalised syllables, and no body's name."""
    words = text.split()
    if not 2 <= len(words) <= 5 or not all(
        (word[0].isupper() and word[1:].islower()) or len(word) == 1 for word in words
    ):
        return False
    return all(map(is_vietnamese, words)) and not any(True for _ in agency_names().find(text))


def _is_kind(block: Block) -> bool:
    words = fold(block.plain).strip(" :*")
    return words in {fold(kind) for kind in layout().kinds} and (block.plain.strip().isupper() or block.hashes > 0)


def _title_after(blocks: Sequence[Block], kind_at: int) -> tuple[int, tuple[Block, ...]]:
    at, words = kind_at + 1, 0
    while at < len(blocks) and not _opens(blocks[at]) and not _NUMBERED.match(blocks[at].plain):
        words += len(blocks[at].plain.split())
        if words > _TITLE_WORDS or blocks[at].is_row:
            break
        at += 1
    return at, tuple(blocks[kind_at + 1 : at])


def _opens(block: Block) -> bool:
    """Whether a block begins the running text: the legal basis, or any full sentence."""
    plain = block.plain.strip()
    basis = fold(plain).startswith(tuple(map(fold, layout().opening)))
    ended = plain.endswith((".", ":", ";", ","))
    return ended or (basis and len(plain.split()) > 25)


def _title_without_kind(blocks: Sequence[Block]) -> tuple[int, tuple[Block, ...]]:
    """A news item or a page: the first line that is no date is its title if it does not end like a sentence."""
    at = 0
    while at < min(len(blocks), _HEAD_BLOCKS) and _DATE_ONLY.fullmatch(blocks[at].plain.strip()):
        at += 1
    if at < len(blocks) - 1 and not _opens(blocks[at]) and not _NUMBERED.match(blocks[at].plain):
        return at + 1, (blocks[at],)
    return at, ()


class _Tail:
    """Finds where the body ends and tells what follows it apart."""

    def __init__(self, blocks: Sequence[Block], start: int) -> None:
        self.blocks = blocks
        self.parts: list[Part] = []
        at = start
        while at < len(blocks) and not self._ends_body(at):
            at += 1
        self.body = tuple(blocks[start:at])
        if self.body and _CLOSED.search(self.body[-1].plain) and not _is_marked(self.body[-1]) and len(self.body) > 1:
            closing = self._closing_start()
            if _has_sections(self.body):
                self.parts.append(Part(Role.CLOSING, self.body[closing:]))
                self.body = self.body[:closing]
        while at < len(blocks):
            at = self._part(at)

    def _closing_start(self) -> int:
        return len(self.body) - 1

    def _ends_body(self, at: int) -> bool:
        block = self.blocks[at]
        if _is_recipients(block) or _is_appendix(block):
            return True
        last = at == len(self.blocks) - 1
        after_closing = at > 0 and bool(_CLOSED.search(self.blocks[at - 1].plain))
        return (_is_post(block) or is_person(block.plain.strip())) and (last or after_closing)

    def _part(self, at: int) -> int:
        block = self.blocks[at]
        if _is_appendix(block):
            return self._appendix(at)
        role = Role.RECIPIENTS if _is_recipients(block) else Role.SIGNATURE
        end = at + 1
        while end < len(self.blocks) and not self._turns(end, role):
            end += 1
        self.parts.append(Part(role, tuple(self.blocks[at:end])))
        return end

    def _turns(self, at: int, role: Role) -> bool:
        block = self.blocks[at]
        if _is_appendix(block) or _is_recipients(block):
            return True
        signs = _is_post(block) or is_person(block.plain.strip())
        return signs if role is Role.RECIPIENTS else False

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


def _is_caption(block: Block) -> bool:
    return block.plain.isupper() and not block.is_row and not _NUMBERED.match(block.plain)


def _is_marked(block: Block) -> bool:
    return bool(_NUMBERED.match(block.plain)) or block.plain.startswith(("-", "+"))


def _has_sections(blocks: Sequence[Block]) -> bool:
    return any(_NUMBERED.match(block.plain) for block in blocks)


def _is_recipients(block: Block) -> bool:
    return fold(block.plain).strip(" :*./").startswith(fold(layout().recipients)) and len(block.plain.split()) <= 4


def _is_appendix(block: Block) -> bool:
    words = fold(block.plain).strip(" :*.").split()
    starts = any(fold(word).split() == words[: len(word.split())] for word in layout().appendix)
    numbered = (
        bool(re.search(r"(?:\d+|[IVX]+|[A-H])[.:]?$", block.plain.strip())) or block.plain.isupper() or len(words) == 2
    )
    return starts and len(words) <= 4 and numbered


@cache
def _posts() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{'|'.join(layout().posts)})[\s,]*)+(?:\w+\s*){{0,4}}", re.IGNORECASE)


def _is_post(block: Block) -> bool:
    text = block.plain.strip()
    return text.isupper() and len(text.split()) <= 10 and _posts().match(text) is not None
