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

from corpus.blocks import CLOSED, Block
from corpus.document import Span
from corpus.joining import joined
from corpus.vocabulary import layout
from corpus.words import fold, is_vietnamese

_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])[*_](?=[^\s*_])|(?<=[^\s*_])[*_](?![\w*])")
_HASHES = re.compile(r"#{1,6}\s+")
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)  # a character and the accents on it
#: Pictures: Markdown's, HTML's, and what a picture is spelled as inside a text.
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)|<img\b[^<>]*>|data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*,[^\s()<>\"']*", re.I)
#: Letters that nobody sees: soft hyphens, joiners, marks of an encoding or a direction within a line.
_UNSEEN = re.compile("[\xad\u200b-\u200f\u2060\ufeff]+")
#: Spaces of every width but the tab, each as the plain one.
_SPACES = dict.fromkeys(map(ord, "\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"), " ")
_LIST_STAR = re.compile(r"[*]\s+(?!\*)")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text's blocks in reading order, and what of it is not shown."""

    blocks: tuple[Block, ...]
    hidden: tuple[Span, ...]


def clean(text: str) -> Cleaned:
    """Blocks of a text: debris and markup out, lines broken by a page break rejoined."""
    lines, hidden = [], []
    linked = False  # behind "Tin liên quan", where a portal lists the titles of other texts
    every = list(_lines(text))
    stamped = set(_stamped(every))
    for at, line in enumerate(every):
        linked = _is_related(line.plain) or (linked and _is_link(line.plain))
        if linked or at in stamped or _is_debris(line.plain):
            hidden.append(line.span)
            continue
        bare, gone = _unmarked(line)
        if not bare.plain.strip():
            hidden.append(line.span)
            continue
        lines.append(bare)
        hidden.extend(gone)
    lines, litter = _without_litter(lines)
    blocks = tuple(joined(lines))
    return Cleaned(blocks, tuple(sorted([*hidden, *litter])))


def _lines(text: str) -> Iterator[Block]:
    """Every line that holds anything, stripped, with its offsets; spaces of every width are plain ones."""
    blank, start = True, 0
    for raw in text.translate(_SPACES).split("\n"):
        row = raw.count("\t") >= 2 and raw.strip()
        left = 0 if row else len(raw) - len(raw.lstrip(" \t\ufeff\x0c\r"))
        right = len(raw.rstrip(" \r") if row else raw.rstrip())
        if raw.strip("\ufeff").strip():
            plain, at, ends = _composed(raw[left:right], start + left)
            yield Block(plain, at, after_blank=blank, ends=ends, stop=start + len(raw))
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


@cache
def _stamp(beside: bool) -> re.Pattern[str]:
    patterns = layout().beside_stamp if beside else layout().stamp
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _stamped(lines: Sequence[Block]) -> Iterator[int]:
    """The lines that a digital signature printed, and those next to them that belong to it."""
    seen = [at for at, line in enumerate(lines) if _stamp(False).fullmatch(line.plain.strip())]
    for first in seen:
        yield first
        for step in (1, -1):
            at = first + step
            while 0 <= at < len(lines) and _stamp(True).fullmatch(lines[at].plain.strip()):
                yield at
                at += step


def _is_related(plain: str) -> bool:
    return fold(plain).strip(" :»>") in {fold(words) for words in layout().related}


def _is_link(plain: str) -> bool:
    return len(plain.split()) > 5 and not plain.rstrip().endswith((".", ";", ":"))


def _unmarked(line: Block) -> tuple[Block, list[Span]]:
    """The line without pictures, letters that nobody sees and Markdown's marks, and where they stood."""
    seen = [found.span() for pattern in (_PICTURE, _UNSEEN) for found in pattern.finditer(line.plain)]
    pictures = [Span(line.at[start], line.end(end - 1)) for start, end in seen]
    if seen:
        line = _without(line, seen)
    if line.is_row or not line.plain:
        return line, pictures
    plain, hashes = line.plain, 0
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
    marks = [Span(line.at[start], line.end(end - 1)) for start, end in gone]
    return replace(_without(line, gone), hashes=hashes, bold=bold), [*pictures, *marks]


def _without(line: Block, gone: Sequence[tuple[int, int]]) -> Block:
    """The line without some stretches; white space that they leave at its ends goes too, unless it is a row."""
    lost = {i for start, end in gone for i in range(start, end)}
    keep = [i for i in range(len(line.plain)) if i not in lost]
    if not line.is_row:
        left = next((at for at, i in enumerate(keep) if not line.plain[i].isspace()), len(keep))
        right = next((at for at in range(len(keep), left, -1) if not line.plain[keep[at - 1]].isspace()), left)
        keep = keep[left:right]
    ends = tuple(line.end(i) for i in keep) if line.ends else ()
    words, places = "".join(line.plain[i] for i in keep), tuple(line.at[i] for i in keep)
    return replace(line, plain=words, at=places, ends=ends)


def _bold_run(plain: str, body: int, stars: Sequence[tuple[int, int]]) -> int:
    if len(stars) >= 2 and len(stars) % 2 == 0 and stars[0][0] == body and plain.startswith("**", body):
        return stars[1][0] - stars[0][1]
    return 0


def _without_litter(lines: list[Block]) -> tuple[list[Block], list[Span]]:
    """Leaves out page numbers that count up and, behind the end of a text, a lone foreign word ("Dore")."""
    pages = [line for line in lines if re.fullmatch(r"[-–\s]*\d{1,3}[-–\s]*", line.plain) and line.after_blank]
    numbers = [int(re.sub(r"\D", "", line.plain)) for line in pages]
    counting = len(numbers) > 1 and all(later > earlier for earlier, later in itertools.pairwise(numbers))
    litter = [*_strays(lines), *(pages if counting else ())]
    gone = {line.at[0] for line in litter}
    return [line for line in lines if line.at[0] not in gone], [line.span for line in litter]


def _strays(lines: Sequence[Block]) -> Iterator[Block]:
    """Lone words that are no Vietnamese syllables, between the last sentence and the recipients or an appendix."""
    tails = tuple(map(fold, (layout().recipients, *layout().appendix)))
    closed = False
    for line in lines:
        closed = (closed or CLOSED.search(line.plain) is not None) and not fold(line.plain).startswith(tails)
        word = line.plain.strip()
        foreign = word.isalpha() and word.isascii() and not word.isupper() and not is_vietnamese(word)
        if closed and foreign and not line.hashes:
            yield line
