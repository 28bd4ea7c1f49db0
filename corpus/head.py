"""The head of a text: letterhead, kind and title, addressee; where it ends.

Three forms: a text that names its kind ("KẾ HOẠCH"), a letter ("V/v …", "Kính gửi: …"), and one that states neither:
a portal's news item, whose title is its first line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.blocks import Block
from corpus.marks import Rank
from corpus.titles import opens_section, read_mark
from corpus.vocabulary import layout, place_levels
from corpus.words import begins, fold

_WORD = r"[^\W\d_]+"
#: "Yên Bái, ngày 14 tháng 8 năm 2023", its day and month perhaps blank; "…, ngày 14/8/2023".
_PLACE_DATE = re.compile(
    rf"(?<![\w/-])({_WORD}(?:(?:\.?[ ]|[ ]?-[ ]?){_WORD}){{0,5}})\s*,\s*ngày"
    r"(?:(?:\s*(\d{1,2}))?[\s.…]*tháng(?:\s*(\d{1,2}))?[\s.…]*năm\s*(\d{4})"
    r"|\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}))"
    r"(?=\s*$|\s{3})"
)
#: A line that holds a date, and perhaps the day of the week and the hour, and nothing else.
_DATE_LINE = re.compile(
    r"(?:(?:Thứ\s+\w+|Chủ nhật|Ngày đăng|Ngày|Đăng ngày|Cập nhật|Đăng lúc)[\s:,]*){0,4}(?:\d{1,2}:\d{2}[\s,|-]*)?"
    r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[\s,|-]+\d{1,2}[:h]\d{2})?\s*(?:\(?GMT\s*\+\d+\)?)?",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\s*Số\s*:", re.IGNORECASE)
_PLACES = ("tỉnh", "thành phố", "tp")  # what the lower line of a committee's name begins with, as by place_levels
_LETTERHEAD = 300  # characters; what is longer is no line of a letterhead
_HEAD_BLOCKS = 30  # a title stands among the first blocks or nowhere
_TITLE_WORDS = 60
_BASIS_WORDS = 25  # a legal basis longer than this is no title ("Thực hiện …")


def place_date(plain: str) -> re.Match[str] | None:
    """Place and date of issue in a line: place, then day, month, year in words, or the three in figures."""
    return _PLACE_DATE.search(plain) if len(plain) <= _LETTERHEAD else None


def date_line(plain: str) -> re.Match[str] | None:
    """Day, month and year of a line that holds nothing but a date."""
    return _DATE_LINE.fullmatch(plain.strip()) if len(plain) <= _LETTERHEAD else None


@dataclass(frozen=True, slots=True)
class Head:
    """Where the body begins, and the blocks that name the text, cut to their own words; `letter`: it is a letter."""

    end: int
    kind: Block | None = None
    title: tuple[Block, ...] = ()
    letter: bool = False


def find_head(blocks: Sequence[Block]) -> Head:
    """The head of a text."""
    for at, block in enumerate(blocks[:_HEAD_BLOCKS]):
        if length := kind_length(block):
            return _official(blocks, at, length)
        if _is_addressed(block) or _subject(block):
            return _letter(blocks)
        if read_mark(block).rank < Rank.BULLET:
            break
    return _untitled(blocks)


def kind_length(block: Block) -> int:
    """How many characters name the kind that a block begins with in capitals or behind hashes; 0 if it names none."""
    if not (block.is_upper or block.hashes) or block.is_row:
        return 0
    return kind_length_of(block.plain)


def kind_length_of(plain: str) -> int:
    """How many characters name the kind that a line begins with, in whatever letters; 0 if it names none."""
    folded = fold(plain)
    for kind in layout().kinds:
        if folded.strip(" :*") == fold(kind):
            return len(plain)
        if folded.startswith(f"{fold(kind)} "):
            return len(kind)
    return 0


def _official(blocks: Sequence[Block], kind_at: int, length: int) -> Head:
    kind = blocks[kind_at].cut(0, length)
    rest = blocks[kind_at].cut(length, len(blocks[kind_at].plain)) if length < len(blocks[kind_at].plain) else None
    title, at, words = [rest] if rest else [], kind_at + 1, 0
    while at < len(blocks) and words <= _TITLE_WORDS:
        block = blocks[at]
        if _is_addressed(block):
            at = _behind_addressees(blocks, at)
            continue
        if _is_letterhead(block, bool(title)):
            at = _behind_letterhead(blocks, at, bool(title))
            continue
        if _ends_title(block, title):
            break
        words += len(block.plain.split())
        title.append(block)
        at += 1
    return Head(at, kind, tuple(title))


def _ends_title(block: Block, title: Sequence[Block]) -> bool:
    """Whether a block below the kind is no more of the title: a sentence, a row, the first section."""
    if block.is_row or read_mark(block).rank < Rank.BULLET:
        return True
    if _is_sentence(block) and (title or _ends_like_one(block) or len(block.plain.split()) > _TITLE_WORDS):
        return True
    if not title or not opens_section(block):
        return False
    if block.is_upper and title[-1].is_upper:
        return block.after_blank and begins(block.plain, layout().sections)
    return block.hashes > 0 or block.is_upper or title[-1].bold == 0


def _is_sentence(block: Block) -> bool:
    """Whether a block is running text: a long legal basis, or anything that ends like a sentence."""
    plain = block.plain.strip()
    basis = begins(plain, layout().opening) and len(plain.split()) > _BASIS_WORDS
    return basis or _ends_like_one(block)


def _ends_like_one(block: Block) -> bool:
    return block.plain.rstrip().endswith((".", ":", ";", ","))


def _is_letterhead(block: Block, titled: bool) -> bool:
    """Number, place and date, motto, the note in brackets below a title, the name of who issues the text."""
    plain = block.plain.strip()
    if NUMBERED.match(plain) or place_date(plain) or begins(plain, layout().motto):
        return True
    if plain.startswith("("):
        return begins(plain, layout().attached)
    return titled and block.is_upper and begins(plain, layout().authorities) and not re.search(r"\d", plain)


def is_letterhead_line(block: Block) -> bool:
    """Whether a block may be a line of a letterhead: a name in capitals, motto, number, date."""
    left = block.columns()[0]
    if block.is_row or kind_length(block):
        return False
    named = (
        left.is_upper
        and not read_mark(left).label
        and begins(left.plain, (*layout().issuers, *_PLACES, *place_levels()))
    )
    return named or _is_letterhead(block, False)


def _behind_letterhead(blocks: Sequence[Block], at: int, titled: bool) -> int:
    """The end of a letterhead below a title: who issues, in capitals, over several lines ("KHÓA XVII")."""
    end = at + 1
    while titled and blocks[at].is_upper and end < len(blocks) and blocks[end].is_upper:
        if blocks[end].after_blank or read_mark(blocks[end]).label or _is_sentence(blocks[end]):
            break
        end += 1
    return end


def _is_addressed(block: Block) -> bool:
    return begins(block.plain, (layout().addressed,))


def _behind_addressees(blocks: Sequence[Block], at: int) -> int:
    """The end of "Kính gửi:" and the list below it."""
    listed = at + 1
    while listed < len(blocks) and read_mark(blocks[listed]).rank in (Rank.BULLET, Rank.PLUS):
        listed += 1
    if (
        listed == at + 1 < len(blocks)
        and blocks[at].plain.rstrip().endswith(":")
        and len(blocks[at].plain.split()) == 2
    ):
        return listed + 1
    return listed


def _subject(block: Block) -> Block | None:
    """The "V/v …" of a letter, without what stands beside it in another column."""
    subject = f"{fold(layout().subject)} "
    return next((column for column in block.columns() if fold(column.plain).startswith(subject)), None)


def _letter(blocks: Sequence[Block]) -> Head:
    first = blocks[:_HEAD_BLOCKS]
    subjects = [(at, found) for at, block in enumerate(first) if (found := _subject(block))]
    addressed = next((at for at, block in enumerate(first) if _is_addressed(block)), None)
    end = subjects[0][0] + 1 if subjects else 0
    while addressed is None and end < len(blocks) and _is_letterhead(blocks[end], True):
        end += 1
    if addressed is not None:
        end = max(end, _behind_addressees(blocks, addressed))
    return Head(end, None, (subjects[0][1],) if subjects else (), letter=True)


def _untitled(blocks: Sequence[Block]) -> Head:
    """A news item or a page: the first line that is no date is its title if it does not end like a sentence."""
    at = 0
    while at < len(blocks) and (_is_date(blocks[at]) or _is_letterhead(blocks[at], True)):
        at += 1
    if at >= len(blocks) - 1 or _is_sentence(blocks[at]) or read_mark(blocks[at]).label or blocks[at].is_row:
        return Head(at)
    end = at + 1
    while end < len(blocks) and _is_date(blocks[end]):
        end += 1
    return Head(end, None, (blocks[at],))


def _is_date(block: Block) -> bool:
    return date_line(block.plain) is not None
