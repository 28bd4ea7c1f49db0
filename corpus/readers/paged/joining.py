"""Lines -> paragraphs, by how they are set: indents, short last lines, gaps, markers.

A line goes on with the one before it where that one is full, so that the next word did not fit, and where this one
does not begin like a new paragraph. A full line tells nothing by its words: "- Thương binh và Xã hội" below one may
well be the rest of it, in a text whose paragraphs are indented.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from corpus.marks import Rank, is_only_mark, mark
from corpus.readers.paged.gathering import joined_text
from corpus.readers.paged.ordering import Placed
from corpus.readers.paged.prints import Grid

_INDENT = 0.7  # ems that a line begins further right than the others of its paragraph
_SPACE = 0.25  # ems between words
_SLACK = 0.35  # ems by which a full line may stay short of its margin
_LOOSE = 1.22  # of the usual distance between lines
_APART = 2.4  # sizes between lines, at which no paragraph goes on
_LEFT, _RIGHT = 0.14, 0.9  # of a page's width, where text usually begins and ends
_SEVERAL = 6  # wide lines that tell where the margin is
_NARROW = 0.8  # of it: text that ends before is all short lines
_OTHER_SIZE, _OTHER_MEASURED = 0.15, 0.4  # by which the size of other print differs: as a file says, as a picture shows
_CENTRED = 1.5  # ems that the middle of a line may be off the middle of its column
_MIDDLE = 0.8  # and that of a line of a title, some of which are as wide as the column
_ENDED = re.compile(r"[.;:!?…]\s*$|\./\.?\s*$")


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph, heading or item, in reading order, on one page or over several."""

    lines: list[Placed] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words in one line."""
        return joined_text([placed.line.text for placed in self.lines])


@dataclass(frozen=True, slots=True)
class Habits:
    """How the paragraphs of a text are set: whether and how far their first lines are indented, in points.

    leading: from one line of a paragraph to the next, in sizes; 0 where no line shows it.
    """

    indented: bool
    indent: float
    leading: float = 0.0


def paragraphs(pieces: Sequence[Placed | Grid]) -> Iterator[Paragraph | Grid]:
    """The paragraphs of a text from its lines in reading order; tables stay where they are."""
    habits = _habits([piece for piece in pieces if isinstance(piece, Placed)])
    current: Paragraph | None = None
    for at, piece in enumerate(pieces):
        if isinstance(piece, Grid):
            if current:
                yield current
            current = None
            yield piece
        elif current and _goes_on(current, piece, _below(pieces, at), habits):
            current.lines.append(piece)
        else:
            if current:
                yield current
            current = Paragraph([piece])
    if current:
        yield current


def _below(pieces: Sequence[Placed | Grid], at: int) -> Placed | None:
    """The line below one in its column."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after if isinstance(after, Placed) else None


def _habits(lines: Sequence[Placed]) -> Habits:
    """Read off the lines that follow a short one."""
    pairs = [(one, two) for one, two in pairwise(lines) if _follows(one, two)]
    new = [two for one, two in pairs if _fits(one, two) and not is_centred(two) and not two.listed]
    indents = [two.line.x0 - two.left for two in new if two.line.x0 - two.left > _INDENT * two.line.size]
    full = [(one.line, two.line) for one, two in pairs if not _fits(one, two) and not is_centred(two)]
    leading = median((two.base - one.base) / one.size for one, two in full) if full else 0.0
    return Habits(len(indents) * 2 > len(new), median(indents) if indents else 0.0, leading)


def _follows(one: Placed, two: Placed) -> bool:
    return one.page == two.page and 0 < two.line.base - one.line.base < _APART * one.line.size


def _fits(one: Placed, two: Placed) -> bool:
    """Whether the first word of a line would have had room at the end of the line before: that one ended by itself."""
    line = two.line
    first = line.first or len(line.text.split(maxsplit=1)[0]) / len(line.text) * (line.x1 - line.x0)
    return one.line.x1 + _SPACE * line.size + first <= one.right - _SLACK * line.size


def _goes_on(paragraph: Paragraph, line: Placed, below: Placed | None, habits: Habits) -> bool:
    """Whether a line is part of the paragraph before it."""
    last = paragraph.lines[-1]
    if last.row or line.row or last.listed != line.listed:
        return False
    if line.listed:
        return last.left == line.left and _goes_on_in_list(paragraph, line)
    if _is_other(last, line) or _fits(last, line) or (last.page == line.page and not _follows(last, line)):
        return False
    if is_centred(line):
        return _is_title(paragraph, line)
    if habits.indented:
        capitals = last.line.text.isupper() and line.line.text.upper() != line.line.text
        titled = is_centred(last) and (capitals or not _is_alike(last, line))
        return not titled and _is_set_below(paragraph, line, habits)
    return (
        not _begins_anew(last, line)
        and _is_set_below(paragraph, line, habits)
        and not _is_loose(paragraph, line, below, habits)
    )


def _is_title(paragraph: Paragraph, line: Placed) -> bool:
    """Whether a line is the rest of a title that is set in the middle, others of it perhaps as wide as the column."""
    middle = [abs(_off_middle(one)) < _MIDDLE * one.line.size for one in (*paragraph.lines, line)]
    return all(middle) and _is_alike(paragraph.lines[-1], line) and not _is_marked(paragraph.lines[-1], line)


def _begins_anew(last: Placed, line: Placed) -> bool:
    """Whether a line begins like a paragraph by its looks: a marker, or other print than the line before it.

    What ends no sentence goes on whatever its next line begins with: "(ODA, NGO)", "II.", "- xã hội", "- 2025".
    """
    words, before = line.line.text, last.line.text
    if not _is_alike(last, line) or (before.isupper() and words.upper() != words):
        return True
    if _ENDED.search(before):
        return words.isupper() or mark(words) is not None
    return _is_marked(last, line)


def _is_marked(last: Placed, line: Placed) -> bool:
    """Whether a line begins with a marker that is none of the words of the line before it."""
    before, words = last.line.text, line.line.text
    if mark(words) is None or _ENDED.search(before):
        return mark(words) is not None
    dash = re.match(r"[-–]\s*(\w)", words)
    goes_on = dash is not None and (dash[1].islower() or (dash[1].isdigit() and before[-1].isdigit()))
    return not goes_on and not is_only_mark(words)


def _is_alike(last: Placed, line: Placed) -> bool:
    """Whether two lines are both bold or both not; what a picture shows of it word by word does not tell."""
    sure = min(last.line.confidence, line.line.confidence) >= 1
    return not sure or last.line.is_bold == line.line.is_bold


def _is_other(last: Placed, line: Placed) -> bool:
    """Whether two lines are of different print."""
    sure = min(last.line.confidence, line.line.confidence) >= 1
    return abs(last.line.size - line.line.size) > (_OTHER_SIZE if sure else _OTHER_MEASURED) * last.line.size


def is_centred(placed: Placed) -> bool:
    """Whether a line stands in the middle of its column, short of both margins."""
    line = placed.line
    inside = line.x0 > placed.left + 2 * line.size and line.x1 < placed.right - line.size
    return abs(_off_middle(placed)) < _CENTRED * line.size and inside


def _off_middle(placed: Placed) -> float:
    """How far right of the middle of its column the middle of a line is."""
    return (placed.line.x0 + placed.line.x1 - placed.left - placed.right) / 2


def _is_set_below(paragraph: Paragraph, line: Placed, habits: Habits) -> bool:
    """Whether a line begins where the lines of a paragraph behind its first do, or may."""
    last, first = paragraph.lines[-1], paragraph.lines[0]
    size = line.line.size
    off = (line.line.x0 - line.left) - (last.line.x0 - last.left)
    if len(paragraph.lines) > 1:
        return abs(off) < _INDENT * size
    marked = mark(first.line.text) is not None
    if off > _INDENT * size:  # hangs behind its marker
        return marked and not mark(line.line.text)
    if off < -_INDENT * size:
        into = line.line.x0 - line.left
        begins = mark(line.line.text) is not None or abs(into - habits.indent) < _INDENT * size
        return into < _INDENT * size or not begins
    return first.line.x0 - first.left < _INDENT * size


def _is_loose(paragraph: Paragraph, line: Placed, below: Placed | None, habits: Habits) -> bool:
    """Whether a line stands further from its paragraph than lines of one paragraph do."""
    last = paragraph.lines[-1]
    if last.page != line.page:
        return _ENDED.search(last.line.text) is not None
    gap = line.line.base - last.line.base
    near = [two.line.base - one.line.base for one, two in pairwise(paragraph.lines) if one.page == two.page]
    if below is not None and _follows(line, below):
        near.append(below.line.base - line.line.base)
    if len(paragraph.lines) == 1 and _ENDED.search(last.line.text) and habits.leading:
        near.append(habits.leading * last.line.size)
    return bool(near) and gap > _LOOSE * min(near)


def _goes_on_in_list(paragraph: Paragraph, line: Placed) -> bool:
    """In a list of recipients a line without a marker goes on with the item before it, unless that has ended."""
    found = mark(paragraph.text)
    if mark(line.line.text) or found is None or found.rank < Rank.BULLET:
        return False
    return not re.search(r"[;.]\s*$", paragraph.text)


def margins(lines: Iterable[tuple[float, float]], width: float) -> tuple[float, float]:
    """Where the text of a page begins and ends, from the ends of its lines: the edges that most of them keep."""
    wide = sorted(line for line in lines if line[1] - line[0] > 0.5 * width)
    if not wide:
        return _LEFT * width, _RIGHT * width
    lefts = sorted(start for start, _ in wide)
    rights = sorted(end for _, end in wide)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    return left, right if right > _NARROW * width and len(rights) >= _SEVERAL else max(right, _RIGHT * width)
