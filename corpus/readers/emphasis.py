"""Headings that nothing but bold letters show -> Markdown's bold, which the outline knows and nobody is shown.

A reader points out where each line's bold beginning ends; what of it is a heading is told once all blocks are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.marks import mark
from corpus.parts import is_person
from corpus.readers.grid import GAP, is_official
from corpus.vocabulary import layout
from corpus.words import begins, fold

#: Stands behind the bold beginning of a line until all blocks are known; no file holds it.
END = "\x02"
_LONGEST = 25  # words of a heading
_LONG = 40  # words of a line that is text whatever it ends with
_MOSTLY = 0.5  # share of bold letters from which bold says nothing
_SENTENCE = re.compile(r"[.;!?…,]\s*$")
_OTHER_MARKS = re.compile(r"[*#|]|__")


def pointed(text: str, runs: Iterable[tuple[str, bool]]) -> str:
    """The text with END in it. runs: the same letters in order, white space aside, each run with whether it is bold.

    >>> pointed("Sở Y tế: chủ trì", [("Sở Y tế", True), (": chủ  trì", False)])
    'Sở Y tế\\x02: chủ trì'
    """
    lengths = [(len("".join(words.split())), bold) for words, bold in runs]
    if not any(bold for length, bold in lengths if length):
        return text
    flags = b"".join((b"\x01" if bold else b"\x00") * length for length, bold in lengths)
    lines, at = [], 0
    for line in text.split("\n"):
        letters = len("".join(line.split()))
        own = flags[at : at + letters]
        at += letters
        lines.append(_pointed(line, (own + b"\x00").index(b"\x00")))
    return "\n".join(lines)


def unpointed(text: str) -> str:
    """The text without END."""
    return text.replace(END, "")


def marked(blocks: Sequence[str]) -> list[str]:
    """Blocks with END in them, as they are handed on: headings and run-in titles between stars, END nowhere."""
    lines = [block.split("\n") for block in blocks]
    if not any(END in block for block in blocks):
        return list(blocks)
    every = [line for block in lines for line in block]
    bold = sum(len(line.partition(END)[0]) for line in every if END in line)
    if bold > _MOSTLY * sum(map(len, every)):
        return [unpointed(block) for block in blocks]
    marker = _Marker(every)
    return ["\n".join(map(marker.next, block)) for block in lines]


class _Marker:
    """Goes over the lines of a text in order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._below = [*(line for line in lines[1:]), ""]
        self._at = -1
        self._in_text = False

    def next(self, line: str) -> str:
        """The next line as it is handed on."""
        self._at += 1
        before, end, after = line.partition(END)
        plain = before + after
        if not self._in_text:
            self._in_text = _is_text(plain, whole_bold=bool(end) and not after)
            return plain if not end or not self._in_text else self._shown(before, after)
        return self._shown(before, after) if end else plain

    def _shown(self, before: str, after: str) -> str:
        plain = before + after
        if _is_plain(plain) or len(before.split()) > _LONGEST:
            return plain
        if after:
            runs_in = before.endswith(":") or after.lstrip().startswith(":")
            return f"**{before}**{after}" if runs_in and after.strip(" :") else plain
        row_below = self._below[self._at].count("\t") >= 2 or self._below[self._at].startswith("|")
        heading = not row_below and not _SENTENCE.search(before) and not is_person(before)
        return f"**{before}**" if heading else plain


def _pointed(line: str, letters: int) -> str:
    """A line with END behind its first letters, white space not counted."""
    if not letters:
        return line
    for at, letter in enumerate(line):
        letters -= not letter.isspace()
        if not letters:
            return f"{line[: at + 1]}{END}{line[at + 1 :]}"
    return f"{line}{END}"


def _is_text(plain: str, whole_bold: bool) -> bool:
    """Whether a line is no more of the head: a section, a paragraph."""
    if plain.isupper():
        return begins(plain, layout().sections) or mark(plain) is not None
    if whole_bold or GAP in plain or is_official(plain) or begins(plain, (layout().addressed, layout().subject)):
        return False
    return len(plain.split()) > _LONG or mark(plain) is not None or re.search(r"[.;:]\s*$", plain) is not None


def _is_plain(plain: str) -> bool:
    """Whether a line shows what it is without bold, or is none of the text's."""
    if plain.isupper() or plain.startswith("(") or GAP in plain or _OTHER_MARKS.search(plain) or mark(plain):
        return True
    if begins(plain, (layout().recipients, layout().addressed, layout().subject)) or is_official(plain):
        return True
    return fold(plain).strip(" :") in {fold(words) for words in layout().enacting}
