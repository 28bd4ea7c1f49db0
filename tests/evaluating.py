"""Cases and answers written down by hand, for the tests of the evaluation."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Citation
from assistant.question import Turn
from eval.cases import Case, Nugget

WHO = Nugget("Sở Tư pháp", "a", alts=("STP",))
DUTY = Nugget("nuôi con nuôi", "a")


@dataclass
class Scripted:
    """Answers what is written down for each question with its history; what is not, it declines."""

    answers: dict[str, Answer]

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        asked = " | ".join([*(turn.content for turn in history), question])
        return self.answers.get(asked) or Answer(question, "Không có.", abstained=True)


def case(
    id: str, question: str, *nuggets: Nugget, history: tuple[Turn, ...] = (), forbid: tuple[str, ...] = ()
) -> Case:
    """A case of the kind its id begins with, about the plan a; without nuggets it has no answer."""
    docs = ("a",) if nuggets else ()
    return Case(id, question, id[0], "vi", bool(nuggets), docs, nuggets, forbid=forbid, history=history)


def cited(question: str, text: str, *spans: tuple[str, int, str], abstained: bool = False) -> Answer:
    """An answer with its citations: plan, offset, quote."""
    cites = [Citation(n, doc, "", "", quote, at, at + len(quote)) for n, (doc, at, quote) in enumerate(spans, 1)]
    return Answer(question, text, tuple(cites), abstained=abstained)


def unanswerable_file(path: Path, id: str, question: str) -> Path:
    """One case that no answer can be right for."""
    nugget = {"text": "Không đâu có", "doc": "khanh-hoa-2020"}
    one = {"id": id, "question": question, "category": "duties", "lang": "vi", "answerable": True}
    path.write_text(json.dumps({**one, "docs": ["khanh-hoa-2020"], "nuggets": [nugget]}), encoding="utf-8")
    return path
