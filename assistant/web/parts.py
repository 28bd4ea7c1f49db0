"""An answer's Markdown taken apart into headings, lines, items and tables, for files that are no Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from assistant.answer import Answer

_ITEM = re.compile(r"(\s*)(?:[-*]|(\d{1,3})[.)])\s+(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_PIPE = re.compile(r"(?<!\\)\|")
_PIECE = re.compile(r"\\([!-/:-@\[-`{-~])|(\*\*)|(\*)|\[(\d{1,4})\]|([^\\*\[]+)|(.)", re.DOTALL)


class Kind(Enum):
    """What a part of an answer is."""

    HEADING = auto()
    LINE = auto()
    ITEM = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one way; `cites` is the number of a citation, whose mark has no words of its own."""

    text: str
    bold: bool = False
    italic: bool = False
    cites: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A line, heading, item (`depth` from 0; `number` as counted by the answer) or table (`rows` of cells)."""

    kind: Kind
    runs: tuple[Run, ...] = ()
    depth: int = 0
    number: str = ""
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


def parts(answer: Answer) -> list[Part]:
    """The answer's parts in reading order; marks of citations that it does not have stay text."""
    cited = {citation.n for citation in answer.citations}
    found = list(_parts(answer.text.splitlines(), cited))
    after = [*found[1:], None]
    return [_headed(part, following) for part, following in zip(found, after, strict=True)] if found else []


def plain(runs: Sequence[Run]) -> str:
    """The words alone, without the marks of citations."""
    return " ".join("".join(run.text for run in runs).split())


def cites(runs: Sequence[Run]) -> list[int]:
    """The numbers of the citations, each once."""
    return list(dict.fromkeys(run.cites for run in runs if run.cites is not None))


def _parts(lines: Sequence[str], cited: Collection[int]) -> Iterator[Part]:
    at = 0
    while at < len(lines):
        if lines[at].lstrip().startswith("|") and at + 1 < len(lines) and _RULE.fullmatch(lines[at + 1].strip()):
            end = next((i for i in range(at, len(lines)) if not lines[i].lstrip().startswith("|")), len(lines))
            rows = (lines[at], *lines[at + 2 : end])
            yield Part(Kind.TABLE, rows=tuple(_cells(row, cited) for row in rows))
            at = end
            continue
        if lines[at].strip():
            yield _line(lines[at], cited)
        at += 1


def _line(line: str, cited: Collection[int]) -> Part:
    if found := _HEADING.fullmatch(line):
        return Part(Kind.HEADING, runs_of(found[1], cited))
    if found := _ITEM.fullmatch(line):
        return Part(Kind.ITEM, runs_of(found[3], cited), len(found[1]) // 2, found[2] or "")
    return Part(Kind.LINE, runs_of(line.strip(), cited))


def _headed(part: Part, following: Part | None) -> Part:
    """A line that opens with bold words right before a list is that list's heading."""
    leads = following is not None and following.kind is Kind.ITEM
    is_head = part.kind is Kind.LINE and leads and bool(part.runs) and part.runs[0].bold
    return replace(part, kind=Kind.HEADING) if is_head else part


def _cells(row: str, cited: Collection[int]) -> tuple[tuple[Run, ...], ...]:
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if re.search(r"(?<!\\)\|$", inner) else inner
    return tuple(runs_of(cell.strip(), cited) for cell in _PIPE.split(inner))


def runs_of(text: str, cited: Collection[int]) -> tuple[Run, ...]:
    """The words of a line by how they are set; backslashes that only kept a character out of Markdown go."""
    found: list[Run] = []
    bold = italic = False
    for escaped, twice, once, number, words, other in _PIECE.findall(text):
        if twice or once:
            bold, italic = bold ^ bool(twice), italic ^ bool(once)
        elif number and int(number) in cited:
            found.append(Run("", cites=int(number)))
        else:
            said = escaped or words or other or f"[{number}]"
            if found and found[-1].cites is None and (found[-1].bold, found[-1].italic) == (bold, italic):
                said = found.pop().text + said
            found.append(Run(said, bold, italic))
    return tuple(found)
