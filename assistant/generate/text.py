"""The whole answer around what a model wrote: what that leaves out, and the notes of the composed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.citations import MARK
from assistant.generate.given import Given
from assistant.generate.grounds import Grounds, holds
from assistant.generate.notices import frame
from assistant.generate.sheet import Sheet
from assistant.private import Masked


def answer_so_far(held: Grounds, sheet: Sheet, kept: Masked) -> Answer:
    """The answer as far as a sheet shows it: its citations by the numbers that the model was given."""
    cited = tuple(one.citation for one in _cited(held, sheet))
    lines = [*held.opening, "", kept.restored(sheet.text)]
    shown = "\n".join(lines).strip() if cited else ""
    return replace(held.answer, text=shown, citations=cited, abstained=False, is_part=True)


def whole_answer(held: Grounds, sheet: Sheet, kept: Masked) -> Answer:
    """The same when no more comes, with what the composed answer says besides."""
    answer = answer_so_far(held, sheet, kept)
    besides, more = _renumbered(held, [*_left_out(held, sheet), *held.notes])
    text = "\n\n".join([answer.text, *besides])
    return replace(answer, text=text, citations=(*answer.citations, *more), is_part=False)


def _cited(held: Grounds, sheet: Sheet) -> list[Given]:
    return [one for one in held.given if one.n in sheet.marks]


def _left_out(held: Grounds, sheet: Sheet) -> list[str]:
    """The blocks of the composed answer of which a model does not say every word, below a line that says so."""
    whole = [one.citation for one in _cited(held, sheet) if sheet.gate.whole(one.n) <= sheet.said]
    there = {str(one.n) for one in held.answer.citations if any(holds(said, one) for said in whole)}
    blocks = [block for block in held.beside if not there.issuperset(MARK.findall(block))]
    return [f"*{frame('beside', held.english)}:*", *blocks] if blocks else []


def _renumbered(held: Grounds, parts: Sequence[str]) -> tuple[list[str], list[Citation]]:
    """Parts of the composed answer, and what they cite by numbers of their own."""
    known = {one.n: one for one in held.answer.citations}
    more: dict[int, Citation] = {}

    def moved(match: re.Match[str]) -> str:
        old = known.get(int(match[1]))
        if old is None:
            return match[0]
        more.setdefault(old.n, replace(old, n=len(held.given) + len(more) + 1))
        return f"[{more[old.n].n}]"

    renumbered = [] if held.answer.abstained else [MARK.sub(moved, part) for part in parts]
    return renumbered, list(more.values())
