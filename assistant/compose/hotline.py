"""Whom to call and where to report: the national numbers first, then what the plans say, attributed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.citations import Draft
from assistant.compose.refusal import refuse
from assistant.compose.task import Reply, Task
from assistant.cues import Cue, Value, says
from assistant.cues import Kind as Asked
from assistant.numbers_to_call import channels, has_own, is_national, unclear_numbers
from assistant.plans import label_of
from assistant.values import PHONE
from corpus.document import Document, Span
from corpus.names import agency_names
from corpus.vocabulary import child_line, hotlines
from corpus.words import fold

#: A number of the province's own is asked for: "hotline của Lạng Sơn", "số riêng của tỉnh".
_OWN = re.compile(
    r"(?:hotline|duong day nong|so dien thoai|so nong|tong dai|sdt|phone number)\s+(?:rieng|cua|of)\b|\bso rieng\b"
    r"|(?:hotline|duong day|so dien thoai|so nong|tong dai|sdt)[^,.?!]{0,40}\brieng\b"
    r"|(?:so dien thoai|sdt|\bso|so may ban|so co dinh)\s+(?:trung tam|phong|ubnd|cong an|benh vien|truong|tram)\b"
    r"|\b(?:trung tam|phong|ubnd|benh vien|truong|tram|co so)\b[^,.?!]{0,60}\b(?:so dien thoai|sdt|so may|hotline)\b"
    r"|trung tam (?:\w+ ){2,8}co so\b"
)
_CALLS = re.compile(r"\b(?:goi|bao|to giac|to cao|lien he|keu|call|report)\b")
_LINES = ("tong dai", "duong day", "so dien thoai", "dien thoai")


def hotline(task: Task) -> Reply | None:
    """The numbers to call; None where the question is no question of whom to call."""
    asked = PHONE.search(task.question.text)
    if asked and (reply := _whose_number(task, re.sub(r"\D", "", asked[0]))) is not None:
        return reply
    if not asks_whom_to_call(task) and not _asks_what_a_number_is(task):
        return None
    unclear = [(document, span) for document in task.documents for span in unclear_numbers(document)]
    if task.scope.named and _asks_for_its_own(task) and not unclear and not any(map(has_own, task.documents)):
        return _no_number_of_its_own(task)
    if _asks_for_a_body(task) and not any(_names_it(task, *one) for one in (*_all_channels(task), *unclear)):
        return _no_number_of_its_own(task)
    draft = task.draft()
    draft.line(national(task))
    say_channels(task, draft)
    for document, span in unclear:
        draft.line(f"- **{label_of(document)}**: {draft.quote(document, span)}")
    return Reply(draft)


def asks_whom_to_call(task: Task) -> bool:
    """Whether somebody wants to know whom to call or tell, not where an office reports."""
    return not _is_of_office(task) and (Asked.HOTLINE in task.question.kinds or _asks_number_to_call(task))


def _asks_number_to_call(task: Task) -> bool:
    """Whether "số bao nhiêu" is the number of a line, not of a text."""
    words = fold(task.question.text)
    return Asked.NUMBER in task.question.kinds and any(line in words for line in (*_LINES, "goi "))


def _whose_number(task: Task, digits: str) -> Reply | None:
    """What the plans say of a number that is asked about."""
    draft = task.draft()
    for document in task.documents:
        for _, span, numbers in channels(document):
            if digits in {re.sub(r"\D", "", number) for number in numbers}:
                draft.line(f"- **{label_of(document)}**: {draft.quote(document, span)}")
    return Reply(draft) if draft else None


def _is_of_office(task: Task) -> bool:
    """Whether "báo cho ai" asks for the way of an office's report."""
    return Value.PHONE not in task.question.values and says(task.question.text, Cue.OFFICE)


def _asks_for_its_own(task: Task) -> bool:
    """Whether a number of the province or of some body in it is asked for, not whom to call."""
    words = fold(task.question.text)
    of_a_body = Value.PHONE in task.question.values and (task.question.terms or task.question.agencies)
    return _OWN.search(words) is not None or bool(of_a_body and not _CALLS.search(words))


def _asks_for_a_body(task: Task) -> bool:
    """Whether the number of an office is asked for; the police have one that everybody can call."""
    reached = [fold(line.name_vi) for line in hotlines()]
    words = fold(task.question.text)
    offices = [one for one in task.question.agencies if not any(name in fold(one.name) for name in reached)]
    return Value.PHONE in task.question.values and bool(offices) and not _CALLS.search(words)


def _names_it(task: Task, document: Document, span: Span) -> bool:
    """Whether what is said of a number names a body that the question names."""
    named = {one.value for one in agency_names().find(document.shown(span))}
    return not named.isdisjoint(task.question.agencies)


def _all_channels(task: Task) -> Iterator[tuple[Document, Span]]:
    return ((document, span) for document in task.documents for _, span, _ in channels(document))


def say_channels(task: Task, draft: Draft) -> None:
    """What the plans in scope say of where to call; where they are silent, another plan's word on the national line."""
    said = list(_all_channels(task))
    for document, span in said or (_national_channel(task) if not task.question.provinces else ()):
        draft.line(f"- **{label_of(document)}**: {draft.quote(document, span)}")


def national(task: Task) -> str:
    """The children's line, from the vocabulary, byte for byte."""
    line = child_line()
    others = "; ".join(f"{one.number} {task.say(one.name_vi, one.name_en)}" for one in hotlines() if one != line)
    name, note = task.say(line.name_vi, line.name_en), task.say(line.note_vi, line.note_en)
    urgent = task.say("Nguy hiểm ngay lúc này", "In immediate danger")
    return f"**{line.number}** — {name} ({note}). {urgent}: {others}."


def _national_channel(task: Task) -> list[tuple[Document, Span]]:
    for document in task.plans.documents.values():
        for _, span, numbers in channels(document):
            if is_national(numbers):
                return [(document, span)]
    return []


def _asks_what_a_number_is(task: Task) -> bool:
    words = set(fold(task.question.text).replace("?", " ").split())
    asks = Asked.DEFINITION in task.question.kinds or len(words) <= 2
    return asks and any(is_national({word}) for word in words)


def _no_number_of_its_own(task: Task) -> Reply:
    names = ", ".join(label_of(document) for document in task.documents)
    line = child_line()
    return refuse(
        task,
        f"Kế hoạch của {names} không nêu số điện thoại riêng. Số chung toàn quốc: **{line.number}** — {line.name_vi} "
        f"({line.note_vi}).",
        f"The plan of {names} gives no number of its own. The national number: **{line.number}** — {line.name_en} "
        f"({line.note_en}).",
    )
