"""Cases: a question as people ask it, with what a right answer holds and what it must not hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assistant.question import Turn
from eval.lines import Unreadable, objects

CASES = Path(__file__).with_name("cases")
#: Tuned on: what fails there is read and mended. The speed is measured with its questions.
TUNED = CASES / "tuned.jsonl"
#: Far in wording on purpose, a few questions for each passage: tuned on as well, and apart since they are no usual mix.
FAR = CASES / "far.jsonl"
#: Kept aside: run for their totals only, so that nobody tunes on them. A copy under the same name is kept aside too.
REPORTED = CASES / "reported.jsonl"
KEPT = (REPORTED,)

#: What each kind of case is called; the README beside the cases says what is in it.
KINDS = {
    "duties": "nhiệm vụ",
    "indicator": "chỉ tiêu",
    "budget": "kinh phí",
    "deadline": "thời hạn",
    "legal-basis": "căn cứ",
    "hotline": "điện thoại",
    "metadata": "văn bản",
    "compare": "so sánh",
    "count": "đếm",
    "yes-no": "có hay không",
    "definition": "định nghĩa",
    "follow-up": "hỏi tiếp",
    "ambiguous": "nhiều nghĩa",
    "nodiac": "không dấu",
    "english": "tiếng Anh",
    "adversarial": "đánh lừa",
    "unanswerable": "không có lời đáp",
}
LANGUAGES = {"vi": "tiếng Việt", "vi-nodiac": "không dấu", "en": "tiếng Anh"}


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
    review: bool = False  # a draft that nobody has judged yet


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str


_CASE = TypeAdapter(Case)


def case_files() -> list[Path]:
    """All files of cases that there are, by name, those that are kept aside last."""
    return sorted(CASES.glob("*.jsonl"), key=lambda path: (is_kept(path), path.name))


def is_kept(path: Path) -> bool:
    """Whether only totals of a file may be shown."""
    return path.resolve().name in {kept.name for kept in KEPT}


def load_questions(path: Path) -> list[str]:
    """The questions alone of a file of cases, whatever else its lines hold. Raises Unreadable."""
    return [asked.question for _, asked in objects(path, TypeAdapter(_Asked))]


def load_cases(path: Path) -> list[Case]:
    """The cases of a JSONL file, one a line, at least one, every id once, no draft among them. Raises Unreadable."""
    cases: dict[str, Case] = {}
    for at, case in objects(path, _CASE):
        if case.review:
            raise Unreadable.at(path, at, "câu nháp chưa duyệt / a draft to be reviewed first (review: true)")
        if case.id in cases:
            raise Unreadable.at(path, at, f"id: {case.id!r} đã có / stands twice")
        cases[case.id] = case
    if not cases:
        raise Unreadable(path, "không có câu hỏi nào", "it holds no case")
    return list(cases.values())
