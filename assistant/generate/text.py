"""The whole answer around what a model wrote: whose plans they are, and what the composed answer says besides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.citations import escaped
from assistant.generate.given import Given
from assistant.generate.grounds import Grounds
from assistant.generate.notices import frame
from assistant.generate.sheet import Sheet
from assistant.private import Masked

_MARK = re.compile(r"(?<!\\)\[(\d{1,4})\]")


def whole_answer(held: Grounds, sheet: Sheet, kept: Masked) -> Answer:
    """The answer with what a sheet shows: its citations by the numbers that the model was given."""
    cited = [one for one in held.given if one.n in sheet.marks]
    notes, more = _renumbered(held)
    text = kept.restored(sheet.text)
    plans = "" if held.names_plan else _plans(text, cited, held.english)
    lines = [*held.opening, "", text, "", plans, *notes]
    citations = [*(one.citation for one in cited), *more]
    shown = "\n".join(lines).strip() if cited else ""
    return replace(held.answer, text=shown, citations=tuple(citations), abstained=False)


def _plans(text: str, cited: Sequence[Given], english: bool) -> str:
    """Whose plans are cited, where the text does not say it of each itself; "" where it does."""
    plans = dict.fromkeys(one.label for one in cited)
    unnamed = [one for one in cited if not any(name in text for name in (one.label, one.place) if name)]
    return f"*{frame('plans', english)}:* {escaped('; '.join(plans))}." if unnamed else ""


def _renumbered(held: Grounds) -> tuple[list[str], list[Citation]]:
    """The notes of the composed answer, each after an empty line, and what they cite by numbers of their own."""
    known = {one.n: one for one in held.answer.citations}
    more: dict[int, Citation] = {}

    def moved(match: re.Match[str]) -> str:
        old = known.get(int(match[1]))
        if old is None:
            return match[0]
        more.setdefault(old.n, replace(old, n=len(held.given) + len(more) + 1))
        return f"[{more[old.n].n}]"

    lines = [line for note in held.notes for line in ("", _MARK.sub(moved, note))] if not held.answer.abstained else []
    return lines, list(more.values())
