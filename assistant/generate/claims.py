"""What a model wrote, as lines, and as sentences with the numbers of the passages that they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.words import nfc

_N = r"[1-9][0-9]{0,3}"
_LISTED = re.compile(rf"\[({_N}(?:\s*[,;]\s*{_N})+)\]")
_MARKS = re.compile(rf"(?:\s*\[{_N}\])+")
_MARK = re.compile(rf"\[({_N})\]")
#: The sign of an item, and whom a sentence speaks to, by the placeholder that stands for a name.
_LEADER = re.compile(
    r"\s*(?:[-*+•]\s+|[0-9]{1,2}[.)]\s+)?"
    r"(?:Về (?:trường hợp|câu hỏi) của (?P<of_whom>«[^»\n]{1,40}»)[,:]\s*)?"
)
#: Where a sentence ends: a mark and a full stop, in either order, or a mark before what begins a new one.
_END = re.compile(rf"(?:[.!?…][”\"’)]?(?:\s*\[{_N}\])+|(?<!\])(?:\[{_N}\])+[.!?…;])[”\"’)]?(?:\*\*)?(?=\s|$)")
_REST = re.compile(r"[\s.,;…)”\"’*]*")  # what may stand behind the last mark
_BOLD = re.compile(r"\*\*")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a sentence and the numbers that they cite, which stand behind them."""

    words: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it was written.  body: without the sign before it in a list, and without whom it speaks to.
    of_whom: the placeholder that stands for them."""

    text: str
    body: str
    parts: tuple[Part, ...]
    of_whom: str = ""

    @property
    def marks(self) -> tuple[int, ...]:
        """All numbers that it cites."""
        return tuple(mark for part in self.parts for mark in part.marks)


def unlisted(text: str) -> str:
    """A model's text with "[1, 2]" as "[1][2]", in NFC.

    >>> unlisted("A [1, 2].")
    'A [1][2].'
    """
    return _LISTED.sub(lambda match: "".join(f"[{n}]" for n in re.split(r"\s*[,;]\s*", match[1])), nfc(text))


def sentences(line: str, begins: bool = True) -> list[Sentence]:
    """The sentences of a line. What cites nothing belongs to the sentence behind it.

    begins: whether it is the beginning of the line, where the sign of an item may stand.

    >>> [one.marks for one in sentences("- A b [1]. C d [2], e [3].")]
    [(1,), (2, 3)]
    >>> "".join(one.text for one in sentences("- A [1]. B."))
    '- A [1]. B.'
    """
    found: list[Sentence] = []
    at = 0
    for end in [*(match.end() for match in _END.finditer(line)), len(line)]:
        text = line[at:end]
        leader = _LEADER.match(text) if begins and at == 0 else None  # "12. " within a line is no item's number
        if text.strip():
            body = text[leader.end() if leader else 0 :]
            of_whom = (leader["of_whom"] or "") if leader else ""
            found.append(Sentence(text, body, tuple(_parts(body)), of_whom))
        at = end
    return found


def _parts(text: str) -> Iterator[Part]:
    at = 0
    for marks in _MARKS.finditer(text):
        yield Part(text[at : marks.start()], tuple(int(n) for n in _MARK.findall(marks[0])))
        at = marks.end()
    if not (at and _REST.fullmatch(text, at)):
        yield Part(text[at:], ())


def unmarked(text: str) -> str:
    """The words without the numbers that they cite."""
    return _MARKS.sub(" ", text)


def unbold(text: str) -> str:
    """The words without the signs that make them bold."""
    return _BOLD.sub("", text)
