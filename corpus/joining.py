"""Lines that a page or a narrow column broke apart, put together again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from corpus.blocks import Block
from corpus.marks import Rank, is_only_mark, mark
from corpus.names import agency_names
from corpus.vocabulary import layout
from corpus.words import fold

#: The number of a text in its letterhead.
_NUMBERED = re.compile(r"Số[\s:.…]*\d*\s?[/-]\s?[A-ZĐ]")
#: A line ends a sentence when its last word is followed by one of these.
_ENDED = re.compile(r"[.;:!?…”\"’)\]/]\s*$")


def joined(lines: list[Block]) -> Iterator[Block]:
    """Lines put together that a page or a narrow column broke apart."""
    width = _wrap_width(lines)
    current: Block | None = None
    for line in lines:
        if current is not None and _continues(current, line, width):
            current = _append(current, line)
        else:
            if current is not None:
                yield current
            current = line
    if current is not None:
        yield current


def _wrap_width(lines: list[Block]) -> int:
    """The column at which a hard-wrapped text breaks its lines; 0 when paragraphs stand on one line each."""
    lengths = sorted(len(line.plain) for line in lines if not line.is_row)
    if len(lengths) < 20 or lengths[-1] > 160:
        return 0
    return lengths[int(len(lengths) * 0.9)]


def _continues(before: Block, line: Block, width: int) -> bool:
    if before.is_row or line.is_row or (line.hashes != before.hashes and not _is_headed(before, line)):
        return False
    if _is_kind(before) or _NUMBERED.match(line.plain):
        return False
    if _splits_a_name(before, line):
        return True
    if mark(line.plain) or is_only_mark(line.plain):
        return False
    return (
        _is_headed(before, line)
        or is_only_mark(before.plain)
        or (not line.hashes and not _is_note(line.plain) and _runs_on(before, line, width))
    )


def _is_headed(before: Block, line: Block) -> bool:
    """Whether a marker stands alone above its title, of which only the title shows that it is one."""
    return is_only_mark(before.plain) and not before.hashes and mark(line.plain) is None


def _runs_on(before: Block, line: Block, width: int) -> bool:
    """Whether two lines without a marker between them are one: by small letters, an open item, or a full line."""
    ended = _ENDED.search(before.plain) is not None
    if line.plain[0].islower() or (line.plain[0] == "(" and not line.after_blank):
        return not ended or (not line.after_blank and not before.plain.endswith((".", ":", "./.")))
    if line.after_blank or ended:
        return not line.after_blank and _is_full(before, line, width)
    found = mark(before.plain)
    if found and (found.rank >= Rank.BULLET or (before.is_upper and line.is_upper)):
        return True
    return _is_full(before, line, width)


def _is_kind(block: Block) -> bool:
    """Whether a line names a kind of text and nothing else: the title below it may begin with a small letter."""
    return block.is_upper and fold(block.plain).strip(" :") in {fold(kind) for kind in layout().kinds}


def _is_full(before: Block, line: Block, width: int) -> bool:
    last = before.plain.rsplit("\n", 1)[-1]
    return width > 0 and len(last) > 0.8 * width and not line.is_upper and not before.is_upper


def _is_note(plain: str) -> bool:
    """A line in brackets by itself: "(Ban hành kèm theo Quyết định …)", "(Đã ký)"."""
    words = fold(plain).strip("( ")
    return plain[0] == "(" and (plain.endswith(")") or words.startswith(tuple(map(fold, layout().attached))))


def _splits_a_name(before: Block, line: Block) -> bool:
    """Whether the break falls inside a known name: "Bộ Lao động / - Thương binh và Xã hội"."""
    if not line.plain.startswith(("-", "–")) or _ENDED.search(before.plain):
        return False
    if line.plain.lstrip("-– ")[:1].islower() and before.plain.endswith(","):
        return True
    # A department and its ministry share all but the first word, and only departments are in the vocabulary.
    head = f"Sở {' '.join(before.plain.split()[-2:])}"
    found = agency_names().find(f"{head} {line.plain[:60]}")
    return any(name.span.start == 0 and name.span.end > len(head) + 3 for name in found)


def _append(before: Block, line: Block) -> Block:
    at = (*before.at, before.stop, *line.at)
    ends: tuple[int, ...] = ()
    if before.ends or line.ends:
        ends = tuple(one.end(i) for one in (before, line) for i in range(len(one.plain)))
        ends = (*ends[: len(before.plain)], before.stop + 1, *ends[len(before.plain) :])
    bold = 0 if before.bold >= len(before.plain.strip()) else before.bold
    whole = f"{before.plain} {line.plain}"
    hashes = before.hashes or line.hashes
    return replace(before, plain=whole, at=at, hashes=hashes, bold=bold, ends=ends, stop=line.stop)
