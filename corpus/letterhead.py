"""Who issues a text by its letterhead (Nghị định 30/2020/NĐ-CP, Phụ lục I: tên cơ quan, tổ chức ban hành văn bản)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.blocks import Block
from corpus.document import Fact, Span
from corpus.head import NUMBERED, kind_length
from corpus.names import agency_names
from corpus.vocabulary import layout, place_levels
from corpus.words import begins, fold

_NUMBER = re.compile(r"\s*Số\s*[:.…\d/]", re.IGNORECASE)
_NEAR = 4  # characters at the beginning of a name in which a ministry's begins
_LEVELS = ("tỉnh", "thành phố", "tp", *place_levels())
_HAS_LEVEL = re.compile(rf"\b(?:{'|'.join(_LEVELS)})\b", re.IGNORECASE)
_OFFICES = ("phòng", "trường", "trạm")  # what goes by the place whose committee it belongs to
_COMMITTEE = re.compile(
    r"(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)\s+"
    rf"(?:{'|'.join(level.upper() for level in _LEVELS)})\s+[A-ZĐÀ-Ỹ ]+$"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A body's name over the lines it is set in."""

    words: str
    span: Span

    def with_line(self, line: Block) -> _Name:
        return _Name(f"{self.words} {_words(line)}", Span(self.span.start, line.span.end))


def letterhead_issuer(head: Sequence[Block]) -> Fact | None:
    """The lowest body that the left of a letterhead names; an office of a district by its district's committee.

    Set in two columns, a name's lines have the motto's between them: its span holds both.
    """
    names = list(_names(head))
    while len(names) > 1 and begins(names[-1].words, _OFFICES) and begins(names[-2].words, ("ubnd", "ủy ban nhân dân")):
        names.pop()
    if not names:
        return _deciding(head)
    words = names[-1].words
    for found in agency_names().find(words):
        if found.value.level == "central" and found.span.start < _NEAR:
            return Fact(found.value.name, names[-1].span)
    return Fact(words, names[-1].span)


def _names(head: Sequence[Block]) -> Iterator[_Name]:
    current: _Name | None = None
    for line in _left(head):
        if begins(line.plain, layout().no_issuers):
            continue
        if current is not None and _continues(current.words, line.plain):
            current = current.with_line(line)
        elif begins(line.plain, layout().issuers) or (current is not None and begins(line.plain, _LEVELS)):
            if current is not None:
                yield current
            current = _Name(_words(line), line.span)
    if current is not None:
        yield current


def _left(head: Sequence[Block]) -> Iterator[Block]:
    """The lines of the left column in capitals, down to the number or the kind."""
    for block in head:
        if kind_length(block) or NUMBERED.match(block.plain) or _NUMBER.match(block.plain):
            return
        left = _without_motto(block.columns()[0])
        if left.is_upper and not begins(left.plain, layout().motto) and block.at[0] == left.at[0]:
            yield left


def _without_motto(line: Block) -> Block:
    """A line without the motto, which a scan may give one space from the name beside it."""
    motto = re.search(rf"\s(?:{'|'.join(_mottos())})\b", fold(line.plain))
    return line.cut(0, motto.start()) if motto else line


@cache
def _mottos() -> tuple[str, ...]:
    """The first two words of each line of the motto, and of the Party's name in its place."""
    lines = (*layout().motto, "đảng cộng sản việt nam")
    return tuple(r"\s+".join(fold(line).split()[:2]) for line in lines)


def _continues(above: str, line: str) -> bool:
    """Whether a line is more of the name above it: the place of a committee, or no beginning of a name."""
    if begins(line, _LEVELS) and not begins(line, layout().issuers):
        return _HAS_LEVEL.search(above) is None
    return not begins(line, layout().issuers)


def _deciding(head: Sequence[Block]) -> Fact | None:
    """Without a letterhead, the committee named below the title: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …"."""
    for block in head:
        if match := _COMMITTEE.search(block.plain.strip()):
            offset = len(block.plain) - len(block.plain.lstrip())
            return Fact(" ".join(match[0].split()), block.part(match.start() + offset, match.end() + offset))
    return None


def _words(line: Block) -> str:
    return " ".join(line.plain.split())
