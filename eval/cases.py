"""Cases: a question as people ask it, with what a right answer holds and what it must not hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assistant.question import Turn
from eval.lines import Unreadable, objects

CASES = Path(__file__).with_name("cases")
#: What is tuned on, and what is run for its totals only and not tuned on.
DEV, DEV2, HELD_OUT = CASES / "dev.jsonl", CASES / "dev2.jsonl", CASES / "heldout.jsonl"


@dataclass(frozen=True, slots=True)
class Nugget:
    """A verbatim stretch of the plan `doc`; `alts` are other accepted spellings; a vital one must be there."""

    text: str
    doc: str
    alts: tuple[str, ...] = ()
    vital: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its judgement. `docs`: the plans a right answer comes from; `history`: earlier turns."""

    id: str
    question: str
    category: str
    lang: str
    answerable: bool
    docs: tuple[str, ...] = ()
    nuggets: tuple[Nugget, ...] = ()
    forbid: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    note: str = ""


_CASE = TypeAdapter(Case)


def load_cases(path: Path) -> list[Case]:
    """The cases of a JSONL file, one a line, at least one, every id once. Raises Unreadable."""
    cases: dict[str, Case] = {}
    for at, case in objects(path, _CASE):
        if case.id in cases:
            raise Unreadable.at(path, at, f"id: {case.id!r} đã có / stands twice")
        cases[case.id] = case
    if not cases:
        raise Unreadable(path, "không có câu hỏi nào", "it holds no case")
    return list(cases.values())
