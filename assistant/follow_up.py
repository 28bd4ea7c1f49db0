"""A question that leans on earlier turns, with what it leaves out taken from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.cues import Kind, Value
from assistant.known import Known
from assistant.question import TURNS, Question, Turn, read
from corpus.names import Names, agency_names
from corpus.words import fold, nfc

_YEAR_AFTER = re.compile(r"\bnam (?:lien )?(?:sau|ke|tiep|ke tiep|tiep theo)\b|\bnext year\b|\byear after\b")
_YEAR_BEFORE = re.compile(r"\bnam (?:lien )?truoc(?: do)?\b(?! ngay)|\bprevious year\b|\byear before\b")
_TARGET_AFTER = re.compile(r"\b(?:chi tieu|muc tieu) (?:ke tiep|tiep theo|ke sau|ke do|sau do)\b|\bnext target\b")
_TARGET_BEFORE = re.compile(r"\b(?:chi tieu|muc tieu) (?:lien truoc|truoc do|ke truoc)\b|\bprevious target\b")
_SHORT = 5  # words of a turn that only changes one thing: "còn dưới 5 tuổi?"
_TAG = re.compile(r"<[^<>]{0,200}>")


def understand(asked: str, text: str, history: Sequence[Turn] = (), known: Known | None = None) -> Question:
    """Reads a question. `text` is the question with keyboard slips taken out; markup in it says nothing.

    known: the names that the plans give; None: those of the vocabularies alone.
    """
    known = known or Known(agency_names(), {}, Names(()))
    question = read(asked, nfc(_TAG.sub(" ", text)), known)
    before = [turn.content for turn in history if turn.role == "user" and turn.content.strip()][-TURNS:]
    previous: Question | None = None
    for earlier in before:
        one = read(earlier, nfc(earlier), known)
        previous = one if previous is None else _following(one, previous, known)
    completed = question if previous is None else _following(question, previous, known)
    return replace(completed, before=tuple(before))


def _following(question: Question, previous: Question, known: Known) -> Question:
    """The question with what it leaves out; one that only names another year is the one before it, of that year."""
    bare = not (question.has_content or question.kinds or question.agencies or question.provinces or question.issuers)
    if not bare or question.values - {Value.NUMBER} or len(question.years) != 1 or len(previous.years) != 1:
        return _completed(question, previous)
    text = re.sub(rf"\b{previous.years[0]}\b", str(question.years[0]), previous.text)
    if text == previous.text:
        return _completed(question, previous)
    restated = _completed(read(question.asked, text, known), previous)
    return replace(restated, carried=restated.carried | {"text"})


def _completed(question: Question, previous: Question) -> Question:
    """The question with what it leaves out taken from the turn before it."""
    elliptic = question.leaning or question.goes_on or not question.has_content or bool(_years_on(question.text))
    changes: dict[str, Any] = {}
    if not question.provinces and not question.issuers and not question.asks_all_plans:
        changes["provinces"], changes["issuers"] = previous.provinces, previous.issuers
        if not question.numbers and not question.years:
            changes["numbers"] = previous.numbers
    if not question.years and previous.years:
        if step := _years_on(question.text):
            changes["years"] = (previous.years[-1] + step,)
        elif elliptic and "provinces" in changes:
            changes["years"] = previous.years
    if not elliptic:
        return _carrying(question, changes)
    if not question.kinds:
        changes["kinds"] = _inherited_kinds(question, previous)
        if question.values <= {Value.NUMBER}:
            changes["values"] = question.values | previous.values
    step = _targets_on(question.text)
    if previous.indicators and not question.indicators and previous.indicators[-1] + step > 0 and step:
        changes["indicators"] = (previous.indicators[-1] + step,)
    if not question.agencies and (question.leaning or not question.kinds):
        changes["agencies"] = previous.agencies
    asks_anew = question.kinds - {Kind.OWNER}
    short = question.goes_on and len(question.text.split()) <= _SHORT and not question.kinds
    leans = question.leaning or not question.has_content or short or bool(_years_on(question.text))
    if leans and not question.agencies and not question.indicators and not asks_anew:
        changes.setdefault("indicators", previous.indicators)
        changes["context"] = previous if previous.has_content else previous.context
    return _carrying(question, changes)


def _carrying(question: Question, changes: dict[str, Any]) -> Question:
    """The question with fields filled, and their names."""
    filled = frozenset(name for name, value in changes.items() if value and value != getattr(question, name))
    return replace(question, **changes, carried=filled)


def _years_on(text: str) -> int:
    """How many years after the one spoken of: 1 for "năm sau", -1 for "năm trước đó", 0 for neither."""
    words = fold(text)
    if _YEAR_AFTER.search(words):
        return 1
    return -1 if _YEAR_BEFORE.search(words) else 0


def _targets_on(text: str) -> int:
    """How many targets after the one spoken of: 1 for "chỉ tiêu kế tiếp", -1 for "chỉ tiêu trước đó"."""
    words = fold(text)
    return 1 if _TARGET_AFTER.search(words) else -1 if _TARGET_BEFORE.search(words) else 0


def _inherited_kinds(question: Question, previous: Question) -> frozenset[Kind]:
    """The kind of the turn before; after "ai ký", "ngày nào" asks for the day it was signed."""
    if Value.DATE in question.values and not previous.kinds.isdisjoint({Kind.SIGNER, Kind.NUMBER, Kind.ISSUER}):
        return frozenset({Kind.SIGNED_ON})
    return previous.kinds - {Kind.COUNT} if question.values else previous.kinds
