"""Text as read -> blocks as a person reads them. Nothing is rewritten: a block knows where each character stands.

What is not shown (portal debris, stray marks of a scan, markup) is told as hidden spans of the original.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.document import Span
from corpus.names import agency_names
from corpus.vocabulary import layout
from corpus.words import is_vietnamese

#: A line ends a sentence when its last word is followed by one of these.
_ENDED = re.compile(r"[.;:!?…”\"’)\]/]\s*$")
_MARK = re.compile(
    r"^(?:[-–—•●▪*+]\s|\+|(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVXLC]+|[A-ZĐ])[.)/]\s|(?:Điều|Chương|Phần|Mục)\s)"
)
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")
_HASHES = re.compile(r"#{1,6}\s+")
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)  # a character and the accents on it
_LIST_STAR = re.compile(r"[*]\s+(?!\*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, heading or table row, over as many lines as it was broken into.

    plain: its words without markup, in NFC.  at: for each character of plain, its place in the original.
    ends: where each ends there, given only where a letter and its accents are several characters (NFD).
    hashes: the level of a Markdown heading, 0 for none.  bold: how many characters of plain, from the first, are bold.
    """

    plain: str
    at: tuple[int, ...]
    hashes: int = 0
    bold: int = 0
    after_blank: bool = True
    ends: tuple[int, ...] = ()

    @property
    def span(self) -> Span:
        """The block in the original, markup at its ends left out."""
        return Span(self.at[0], self.end(-1))

    def end(self, index: int) -> int:
        """Where in the original the character plain[index] ends."""
        return self.ends[index] if self.ends else self.at[index] + 1

    def part(self, start: int, end: int) -> Span:
        """The place in the original of plain[start:end], white space at its ends left out."""
        words = self.plain[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            return Span(self.at[start - 1], self.at[start - 1])
        return Span(self.at[start], self.end(end - 1))

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: cells between tabs or pipes."""
        return self.plain.count("\t") >= 2 or (self.plain.startswith("|") and self.plain.count("|") >= 3)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's blocks in reading order, and what of it is not shown."""

    blocks: tuple[Block, ...]
    hidden: tuple[Span, ...]


def clean(text: str) -> Cleaned:
    """Blocks of a text: debris and markup out, lines broken by a page break rejoined."""
    lines, hidden = [], []
    for line in _lines(text):
        if _is_debris(line.plain):
            hidden.append(line.span)
            continue
        bare, gone = _unmarked(line)
        lines.append(bare)
        hidden.extend(gone)
    lines, litter = _without_litter(lines)
    blocks = tuple(_joined(lines))
    return Cleaned(blocks, tuple(sorted([*hidden, *litter])))


def _lines(text: str) -> Iterator[Block]:
    """Every line that holds anything, stripped, with its offsets."""
    blank, start = True, 0
    for raw in text.split("\n"):
        row = raw.count("\t") >= 2 and raw.strip()
        left = 0 if row else len(raw) - len(raw.lstrip(" \t\xa0\ufeff\x0c\r"))
        right = len(raw.rstrip(" \xa0\r") if row else raw.rstrip())
        if raw.strip("\ufeff").strip():
            plain, at, ends = _composed(raw[left:right], start + left)
            yield Block(plain, at, after_blank=blank, ends=ends)
            blank = False
        else:
            blank = True
        start += len(raw) + 1


def _composed(raw: str, start: int) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """A line in NFC with the place of each of its characters, and their ends where they are not one long."""
    if unicodedata.is_normalized("NFC", raw):
        return raw, tuple(range(start, start + len(raw))), ()
    letters = [match.span() for match in _LETTER.finditer(raw)]
    plain: list[str] = []
    at: list[int] = []
    ends: list[int] = []
    for left, right in letters:
        for composed in unicodedata.normalize("NFC", raw[left:right]):
            plain.append(composed)
            at.append(start + left)
            ends.append(start + right)
    return "".join(plain), tuple(at), tuple(ends)


@cache
def _debris() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in layout().debris), re.IGNORECASE)


def _is_debris(plain: str) -> bool:
    return _debris().fullmatch(plain) is not None


def _unmarked(line: Block) -> tuple[Block, list[Span]]:
    """The line without Markdown's marks, and where they stood."""
    if line.is_row:
        return line, []
    plain, at, hashes = line.plain, line.at, 0
    gone: list[tuple[int, int]] = []
    if match := _HASHES.match(plain):
        hashes = len(match[0].strip())
        gone.append(match.span())
    body = match.end() if match else 0
    stars = [found.span() for found in _EMPHASIS.finditer(plain, body)]
    if _LIST_STAR.match(plain, body):
        stars = stars[1:] if stars and stars[0][0] == body else stars
    edges = {body, len(plain)}
    gone.extend(star for star in stars if len(stars) % 2 == 0 or not edges.isdisjoint(star))
    bold = _bold_run(plain, body, stars)
    keep = [i for i in range(len(plain)) if not any(start <= i < end for start, end in gone)]
    ends = tuple(line.end(i) for i in keep) if line.ends else ()
    bare = Block("".join(plain[i] for i in keep), tuple(at[i] for i in keep), hashes, bold, line.after_blank, ends)
    return bare, [Span(at[start], line.end(end - 1)) for start, end in gone]


def _bold_run(plain: str, body: int, stars: Sequence[tuple[int, int]]) -> int:
    if len(stars) >= 2 and len(stars) % 2 == 0 and stars[0][0] == body and plain.startswith("**", body):
        return stars[1][0] - stars[0][1]
    return 0


def _without_litter(lines: list[Block]) -> tuple[list[Block], list[Span]]:
    """Leaves out a lone word that is no Vietnamese syllable ("Dore") and page numbers that count up."""
    pages = [line for line in lines if re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", line.plain) and line.after_blank]
    numbers = [int(re.sub(r"\D", "", line.plain)) for line in pages]
    counting = len(numbers) > 1 and all(later > earlier for earlier, later in itertools.pairwise(numbers))
    litter = [line for line in lines if _is_stray(line) or (counting and line in pages)]
    gone = {line.at[0] for line in litter}
    return [line for line in lines if line.at[0] not in gone], [line.span for line in litter]


def _is_stray(line: Block) -> bool:
    word = line.plain.strip()
    return line.hashes == 0 and word.isalpha() and word.isascii() and not word.isupper() and not is_vietnamese(word)


def _joined(lines: list[Block]) -> Iterator[Block]:
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
    if before.is_row or line.is_row or line.hashes or before.hashes:
        return False
    if _splits_a_name(before, line):
        return True
    if _MARK.match(line.plain):
        return False
    if line.plain[0].islower() or (line.plain[0] == "(" and not line.after_blank):
        return not _ENDED.search(before.plain) or (
            not line.after_blank and not before.plain.endswith((".", ":", "./."))
        )
    if before.plain.startswith(("- ", "+ ")) and not line.after_blank and not _ENDED.search(before.plain):
        return True
    last = before.plain.rsplit("\n", 1)[-1]
    wrapped = width > 0 and not line.after_blank and len(last) > 0.8 * width
    return wrapped and not line.plain.isupper() and not before.plain.isupper()


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
    gap = before.end(-1)
    at = (*before.at, gap, *line.at)
    ends: tuple[int, ...] = ()
    if before.ends or line.ends:
        ends = tuple(one.end(i) for one in (before, line) for i in range(len(one.plain)))
        ends = (*ends[: len(before.plain)], gap + 1, *ends[len(before.plain) :])
    bold = 0 if before.bold >= len(before.plain.strip()) else before.bold
    return replace(before, plain=f"{before.plain} {line.plain}", at=at, bold=bold, ends=ends)
