"""Pieces of a paragraph in fonts -> letters: neighbours of one font are converted together, bold or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus.readers.legacy import in_font

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNS = ("symbol", "wingdings", "webdings")  # what the names of fonts of signs begin with
_BREAK = re.compile("[\n\v]")
_TICKS = frozenset("\uf0fc\uf0feüþ")  # as those fonts have them

#: What a person should know of a text some of whose words are struck out: they are no more of it in any format.
STRUCK_OUT = "Đã bỏ những chữ bị gạch ngang; nên soát lại / words that are struck out were left out"


class Piece(NamedTuple):
    """Some words of a paragraph, their font, whether they are bold, whether their letters are shown as capitals."""

    words: str
    font: str
    bold: bool = False
    capitals: bool = False


def raised(words: str) -> str:
    """Words that stand raised: figures as such, others as they are."""
    return words.translate(_RAISED) if words.strip().isdecimal() else words


def runs_of(pieces: Sequence[Piece]) -> list[tuple[str, bool]]:
    """The words of a paragraph as they are read, in runs with whether each is bold.

    Letters of legacy fonts are converted; of fonts of signs there are bullets where a line begins, and ticks.
    """
    groups, line = grouped(pieces), ""
    filled = sum(bool(words_of(group).strip()) for group in groups)
    runs: list[tuple[str, bool]] = []
    for group in groups:
        if group[0].font.strip(" \"'").lower().startswith(_SIGNS):
            own = [(_sign(words_of(group), begins=not line.strip(), alone=filled == 1), group[0].bold)]
        else:
            own = list(converted(group))
        line = _BREAK.split("".join([line, *(words for words, _ in own)]))[-1]
        runs += own
    return runs


def _sign(words: str, begins: bool, alone: bool) -> str:
    """What signs stand for: a bullet where a line begins, a tick elsewhere or alone in its paragraph, else nothing."""
    if not words.strip():
        return words
    ticked = not _TICKS.isdisjoint(words)
    if ticked and alone:
        return "✓"
    return "- " if begins else "✓" if ticked else " "


def grouped(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that follow each other in one font; white space goes with what is before it, whatever its font."""
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and (groups[-1][0].font == piece.font or not piece.words.strip()):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def words_of(group: Sequence[Piece]) -> str:
    """The words of a group as its file has them."""
    return "".join(piece.words for piece in group)


def converted(group: Sequence[Piece]) -> Iterator[tuple[str, bool]]:
    """The words of a group as they are read, in runs with whether each is bold.

    A letter and its accent may lie in two pieces; they are the first one's.
    """
    font, so_far, done = group[0].font, "", 0
    whole = in_font(words_of(group), font)
    if len({(piece.bold, piece.capitals) for piece in group}) == 1:
        yield _shown(whole, group[0]), group[0].bold
        return
    for piece in group:
        so_far += piece.words
        end = len(in_font(so_far, font)) if piece is not group[-1] else len(whole)
        yield _shown(whole[done:end], piece), piece.bold
        done = max(done, end)


def _shown(words: str, piece: Piece) -> str:
    return words.upper() if piece.capitals else words
