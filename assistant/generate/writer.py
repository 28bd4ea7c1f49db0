"""Answers by a language model, asked with numbered passages: each sentence is checked, else the composed one stands."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from secrets import token_hex
from time import monotonic
from typing import TYPE_CHECKING, Protocol

import prompts
from assistant.answer import Answer, Trace
from assistant.citations import escaped
from assistant.generate.claims import unlisted
from assistant.generate.faults import Fault, ModelFault
from assistant.generate.gate import Gate, Why
from assistant.generate.grounds import Grounds
from assistant.generate.line import Line
from assistant.generate.notices import frame, instead, reason
from assistant.generate.recent import Recent
from assistant.generate.sheet import Sheet
from assistant.generate.text import answer_so_far, whole_answer
from assistant.generate.understanding import bodies_told, kinds_told, read_slots, restated
from assistant.private import Masked, masked
from assistant.steps import Request

if TYPE_CHECKING:
    from assistant.plans import Plans

_LOG = logging.getLogger(__name__)
_LONGEST, _LONGEST_SLOTS = 12_000, 2_000  # characters that a model may write
_BEFORE = 2  # earlier questions that it is told
_READ = 1000  # characters of each
_MOST_REPAIRED = 12  # sentences
_PORTION = 500  # characters that are checked between two looks at the clock
_NUMBERED = re.compile(r"^[ \t]*(\d{1,2})\)[ \t]*(\S.*)$", re.MULTILINE)
_SILENT = re.compile(r"^\W*KHÔNG NÊU\b", re.IGNORECASE)


class Grounded(Protocol):
    """What composes answers by rules and gives a model what it may write from: the assistant."""

    @property
    def plans(self) -> Plans:
        """The plans that are held."""

    def grounded(self, request: Request, given: bool = True) -> Grounds:
        """What the answer to a question can be written from."""


@dataclass(frozen=True)
class Writer:
    """Writes answers by the model at the end of a line; never worse than the composed ones, which stand in for all that
    fails or is not so."""

    line: Line
    recent: Recent = field(default_factory=Recent)

    @property
    def at_once(self) -> int:
        """How many questions may be with the model; whoever finds no place there is answered without it at once."""
        return self.line.settings.at_once

    def answers(self, request: Request, rules: Grounded) -> Iterator[Answer]:
        """The answer as it comes to be: checked parts of it, then the whole, within the timeout of the settings."""
        index = rules.plans.index.name
        held = rules.grounded(replace(request, before=self.recent.of(index, request.earlier)))
        if not (held.prompt or held.lost):
            yield held.answer
            return
        if (known := self.recent.of(index, request)) is not None:
            yield known
            return
        job = _Job(self.line, request, monotonic() + self.line.settings.timeout)
        try:
            yield job.traced(replace(held.answer, text="", citations=(), is_part=True), "left")
            for answer in job.restated(held, rules) if held.lost else job.written(held):
                if not answer.is_part:
                    self.recent.keep(index, request, answer)
                yield job.traced(answer, "left") if answer.is_part else answer
        except ModelFault as fault:
            yield job.failed(held, fault.fault)
        except Exception as error:  # of ours, or of a prompt that somebody changed: what is composed stands
            _LOG.error("an answer by the language model failed with %s", type(error).__name__)
            yield job.failed(held, Fault.OURS)


@dataclass
class _Job:
    """What is done for one question."""

    line: Line
    request: Request
    until: float
    asked: list[str] = field(default_factory=list)  # the prompts it was asked with

    @property
    def masked(self) -> Masked:
        """The question and those before it without what is private; the question comes last."""
        earlier = [turn.content for turn in self.request.history if turn.role == "user"][-_BEFORE:]
        return masked(*(text[:_READ] for text in (*earlier, self.request.question)))

    def traced(self, answer: Answer, outcome: str) -> Answer:
        """An answer with what the model had to do with it."""
        return replace(answer, trace=Trace(self.line.settings.name, tuple(self.asked), outcome))

    def failed(self, held: Grounds, fault: Fault) -> Answer:
        """The composed answer, with what kept the model's from being shown."""
        return replace(self.traced(held.answer, fault.value), notice=f"{instead(fault.value, held.english)}.")

    def restated(self, held: Grounds, rules: Grounded) -> Iterator[Answer]:
        """What the rules find for the question in words of the plans, as a model puts it, below what they say of the
        question itself: that this is not in the plans still holds."""
        *earlier, question = self.masked.texts
        told = {"kinds": kinds_told(), "agencies": bodies_told(), "earlier": "\n".join(earlier), "question": question}
        said = ""
        for piece in self.line.stream(*self._messages("understand", **told), self.until, _LONGEST_SLOTS):
            said += piece
            if not piece:
                yield replace(held.answer, text="", citations=(), is_part=True)
        slots = read_slots(said)
        other = restated(slots, [*earlier, question], rules.plans) if slots else ""
        asked = replace(self.request, question=other, history=(), english=held.english)
        found = rules.grounded(asked, given=False).answer if other else None
        if found is None or found.abstained or found.is_private:
            yield self.traced(held.answer, "silent")
            return
        line = f"*{frame('restated', held.english)}:* {escaped(other.rstrip('?'))}"
        refusal = next((one for one in held.answer.text.split("\n") if one and not one.startswith("*")), "")
        text = "\n\n".join(filter(None, [refusal, line, found.text]))
        answer = replace(held.answer, text=text, citations=found.citations, notice=f"{frame('helped', held.english)}.")
        yield self.traced(answer, "restated")

    def written(self, held: Grounds) -> Iterator[Answer]:
        """The model's answer as it grows, then the whole of it, or the composed one."""
        kept = self.masked
        sheet = Sheet(Gate(held.given, tuple(kept.kept)))
        said = ""
        for piece in self._stream(held, kept):
            said += piece
            ended = [self._checked(sheet, piece[at : at + _PORTION]) for at in range(0, len(piece), _PORTION)]
            if any(ended) or not piece:  # without a piece only to see whether the reader is still there
                yield answer_so_far(held, sheet, kept)
        sheet.end()
        if _SILENT.match(said):
            yield self.traced(held.answer, "silent")
            return
        if shortfall(held, sheet) or any(one.sentence.marks for one in sheet.rejected):
            self._repair(held, sheet)
        why = shortfall(held, sheet)
        if not why:
            notice = f"{frame('written', held.english)}."
            yield replace(self.traced(whole_answer(held, sheet, kept), "written"), notice=notice)
            return
        line = f"*{instead(why, held.english)}.*"
        yield self.traced(replace(held.answer, text=f"{held.answer.text}\n\n{line}"), why)

    def _checked(self, sheet: Sheet, portion: str) -> bool:
        """Whether a sentence that may be shown ends with a portion of the text. Raises ModelFault past the deadline:
        the checks take their time, too."""
        if monotonic() > self.until:
            raise ModelFault(Fault.TIMEOUT)
        return sheet.add(portion)

    def _repair(self, held: Grounds, sheet: Sheet) -> None:
        """Have the sentences that do not hold written once more; a model that fails now leaves them as they are."""
        rejected = [one for one in sheet.rejected if one.sentence.text.strip()][:_MOST_REPAIRED]
        listed = "\n".join(
            f"{n}) {' '.join(one.sentence.text.split())} — {reason(sheet.gate.why_not(one.sentence) or Why.WORDS)}"
            for n, one in enumerate(rejected, 1)
        )
        with suppress(ModelFault):
            asked = self._messages("repair", passages=_passages(held), rejected=listed)
            said = self.line.whole(*asked, self.until, _LONGEST)
            for n, text in _NUMBERED.findall(unlisted(said)):
                if 0 < int(n) <= len(rejected):
                    sheet.mend(rejected[int(n) - 1], text.strip())

    def _stream(self, held: Grounds, kept: Masked) -> Iterator[str]:
        *before, question = kept.texts
        earlier = before[-1] if held.leans and before else ""
        told, asked = self._messages(held.prompt, passages=_passages(held), earlier=earlier, question=question)
        if held.english:
            told = f"{told}\n\n{self._text('frame')}"
        yield from self.line.stream(told, asked, self.until, _LONGEST)

    def _messages(self, prompt: str, **variables: str) -> tuple[str, str]:
        """A prompt, filled in; the fence is new each time, so that no document can close it."""
        self._note(prompt)
        return prompts.messages(prompt, fence=f"=== {token_hex(6)} ===", **variables)

    def _text(self, prompt: str) -> str:
        self._note(prompt)
        return prompts.text(prompt)

    def _note(self, prompt: str) -> None:
        self.asked.append(f"{prompt}@{prompts.digest(prompt)}")


def shortfall(held: Grounds, sheet: Sheet) -> str:
    """Why what a model wrote cannot stand in the composed answer's place: "unsupported" where nothing of it holds,
    "incomplete" where it leaves out what the composed one has, or puts a list in another order; "" where it can."""
    if not sheet.marks:
        return "unsupported"
    if any(group.isdisjoint(sheet.marks) for group in held.due):
        return "incomplete"
    if held.whole and not _in_order(held, sheet):
        return "incomplete"
    due = {n for group in held.due if held.whole for n in group}
    return "" if all(sheet.gate.whole(n) <= sheet.said for n in due) else "incomplete"


def _in_order(held: Grounds, sheet: Sheet) -> bool:
    """Whether a list goes from one plan to the next, each in its own order."""
    places = {one.n: (one.citation.doc, one.n) for one in held.given}
    plans = [list(run) for _, run in groupby((places[n] for n in sheet.marks), itemgetter(0))]
    return len(plans) == len({run[0][0] for run in plans}) and all(run == sorted(run) for run in plans)


def _passages(held: Grounds) -> str:
    """The passages as a model reads them: number, a star where it must be cited, place, words."""
    due = {n for group in held.due if len(group) == 1 for n in group}
    blocks = (
        f"[{one.n}]{' (*)' if one.n in due else ''} {' › '.join([one.label, *one.above])}\n{one.words}"
        for one in held.given
    )
    return "\n\n".join(blocks)
