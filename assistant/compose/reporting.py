"""When, to whom and through whom reports are due: the plan's own sentences, of those whom the question is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import escaped
from assistant.compose.leading import led
from assistant.compose.marking import figures_asked
from assistant.compose.refusal import refuse_value, refuse_year
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, says
from assistant.cues import Kind as Asked
from assistant.evidence import sentences
from assistant.matching import Words
from assistant.plans import KEPT, Plans, label_of
from corpus.document import Document, Kind, Role, Section, Span
from corpus.titles import leading_bodies
from corpus.vocabulary import Agency
from corpus.words import fold

_DAY = re.compile(r"\b(?:truoc|cham nhat|muon nhat|han|truoc ngay|den ngay)\b[^.;]{0,20}?\d{1,2}\b(?!\d)")
_REVIEW = re.compile(r"\b(?:so ket|tong ket)\b[^.;]{0,30}\bnam (?:19|20)\d\d\b")
_OBSTACLES = re.compile(r"\b(?:vuong mac|kho khan)\b")
_REPORTS = re.compile(r"\b(?:bao cao|so ket|tong ket)\b")
_SENDS = re.compile(
    r"\b(?:gui|bao cao|nop|thong tin|phan anh)\b[^.;]*\b(?:ve|cho|qua|len|den)\b"
    r"|\bbao cao (?:ket qua )?(?:ubnd|bo|so)\b"
)
_SPEAKS, _NEAR = 0.5, 0.85  # share of the matter that a sentence on it holds, and of the best, that others must
_HALF, _WHOLE = (
    re.compile(r"\b(?:0?6|sau) thang\b"),
    re.compile(r"\b(?:bao cao (?:tong ket )?nam|0?1 nam|mot nam|nam)\b"),
)


@dataclass(frozen=True, slots=True)
class Due:
    """A sentence on reports: where it stands, whom it binds ((): all that the plan is for), what it says."""

    document: Document
    section: Section
    span: Span
    bound: tuple[Agency, ...]
    words: str  # without accents

    @property
    def has_day(self) -> bool:
        """Whether it gives a date, or the year of a review."""
        return bool(_DAY.search(self.words)) or self.is_review

    @property
    def is_review(self) -> bool:
        """Whether it gives the year of a review ("sơ kết", "tổng kết") of the plan itself."""
        return bool(_REVIEW.search(self.words))

    @property
    def is_rule(self) -> bool:
        """Whether it stands among the duties, under a heading on reports or at the end: where plans set rules."""
        titles = " ".join(fold(node.title) for node in self.document.ancestors(self.section))
        return (
            bool(self.bound)
            or self.section.role is Role.CLOSING
            or "bao cao" in titles
            or "to chuc thuc hien" in titles
        )

    @property
    def has_receiver(self) -> bool:
        """Whether it says to whom or through whom."""
        return bool(_SENDS.search(self.words))


def reporting(task: Task) -> Reply | None:
    """The sentences on reports; None where the question is not about when or to whom they are due."""
    asks_when, asks_whom = Value.DATE in task.question.values, says(task.question.text, Cue.RECEIVER)
    if says(task.question.text, Cue.OBSTACLE):
        return _stuck(task)
    if not says(_text(task), Cue.REPORT) or not (asks_when or asks_whom):
        return None
    if task.scope.absent_years and len(task.scope.absent_years) == len(task.question.years):
        return refuse_year(task)
    draft = task.draft()
    for document in task.documents:
        for due in _asked(task, dues(document, task.plans), asks_when, asks_whom):
            path = escaped(document.path(due.section))
            words = draft.quote(document, due.span, figures_asked(task, document, due.span))
            draft.line(f"- **{label_of(document)}**, {path}: {led(draft, document, due.section)}{words}")
    if not draft:
        return refuse_value(task) if asks_when else None
    if silent := task.others({citation.doc for citation in draft.citations}):
        draft.note(task.say(f"Không thấy nêu: {silent}.", f"Not stated: {silent}."))
    return Reply(draft)


def _stuck(task: Task) -> Reply | None:
    """To whom obstacles are told; None where no plan in scope says it, or something else is asked."""
    if task.question.values or Asked.DUTIES in task.question.kinds:
        return None
    draft = task.draft()
    for document in task.documents:
        for due in dues(document, task.plans, _OBSTACLES):
            if due.has_receiver:
                before = led(draft, document, due.section)
                draft.line(f"- **{label_of(document)}**: {before}{draft.quote(document, due.span)}")
    return Reply(draft) if draft else None


def _text(task: Task) -> str:
    """The question, with those that it leans on."""
    return " ".join([*task.question.before, task.question.text] if task.question.carried else [task.question.text])


def dues(document: Document, plans: Plans, about: re.Pattern[str] = _REPORTS) -> list[Due]:
    """The sentences of a plan about reports, or obstacles, that say when or to whom they go."""
    said = _said(document, about)
    found = (Due(document, section, span, _bound(plans, document, section), words) for section, span, words in said)
    return [due for due in found if due.has_day or due.has_receiver]


@lru_cache(maxsize=KEPT)
def _said(document: Document, about: re.Pattern[str]) -> tuple[tuple[Section, Span, str], ...]:
    """The sentences of a plan that hold a pattern, each with its words without accents."""
    kinds, roles = {Kind.ITEM, Kind.PARAGRAPH}, {Role.BODY, Role.CLOSING}
    read = (section for section in document.sections if section.kind in kinds and section.role in roles)
    spans = ((section, span) for section in read for span in sentences(document, document.words(section)))
    folded = ((section, span, fold(document.shown(span))) for section, span in spans)
    return tuple(one for one in folded if about.search(one[2]))


def _bound(plans: Plans, document: Document, section: Section) -> tuple[Agency, ...]:
    """Whom a passage binds: the bodies of its section, else those that it begins with, where that is not everybody."""
    duty = plans.duty_of(document, section)
    if duty is not None:
        return duty.agencies
    words = document.shown(document.words(section))
    end = leading_bodies(words, 0)
    named = tuple(found.value for found in plans.bodies.find(words[:end])) if end else ()
    return () if any(one.level == "all" for one in named) else named


def _asked(task: Task, dues: Sequence[Due], when: bool, whom: bool) -> list[Due]:
    """Those of a plan that answer: with what is asked for, of the time of year asked for, for the body asked about."""
    fit = [one for one in dues if (one.has_day or not when) and (one.has_receiver or not whom or when)]
    if says(task.question.text, Cue.REVIEW) and (reviews := [one for one in fit if one.is_review]):
        return reviews
    half, whole = says(task.question.text, Cue.HALF_YEAR), says(task.question.text, Cue.WHOLE_YEAR)
    if half or whole:
        fit = [one for one in fit if (half and _HALF.search(one.words)) or (whole and _WHOLE.search(one.words))]
    elif about := _about_the_matter(task, fit):
        return about
    fit = [one for one in fit if one.is_rule] or fit
    agencies = set(task.question.agencies)
    own = [one for one in fit if agencies & set(one.bound)]
    everybody = [one for one in fit if not one.bound]
    if agencies or says(task.question.text, Cue.UNITS):
        return own or everybody or fit
    return fit


def _about_the_matter(task: Task, dues: Sequence[Due]) -> list[Due]:
    """Those that speak of what the report is to be about, where the question says that and some clearly do."""
    covered = [(task.matter.said.coverage(Words(one.document.shown(one.span))), one) for one in dues]
    best = max((share for share, _ in covered), default=0.0)
    near = [one for share, one in covered if share >= _NEAR * best]
    return near if best >= _SPEAKS and len(near) < len(dues) else []
