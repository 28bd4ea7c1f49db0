"""What a person is shown when a model lies, writes well, or is down: scripted models behind the real protocol.

The completions of eval/cases/model are said by a server on this machine, one after the other, to the question that each
belongs to: `hostile.jsonl` holds false ones, with the words by which it is seen that they were shown; `honest.jsonl`
what a good model wrote, who had not seen what checks it; `slots.jsonl` how one read questions that the rules find
nothing for.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

import prompts
from assistant.answer import Answer
from assistant.generate.claims import unlisted
from assistant.generate.gate import Gate
from assistant.generate.given import Given
from assistant.generate.line import Line
from assistant.generate.recent import Recent
from assistant.generate.settings import Settings
from assistant.generate.sheet import Sheet
from assistant.generate.writer import Writer
from assistant.pipeline import Assistant
from assistant.steps import Request as Asked
from eval.cases import CASES, FAR, TUNED, Case, load_cases
from eval.judging import holds, judge, normalise
from eval.lines import objects
from eval.loopback import Reply, Request, refusing, serving

MODEL = CASES / "model"
_PLACE = re.compile(r"\{([\w.-]+):(\d+)\}")
_MARK = re.compile(r"\[\d+\]")
_REJECTED = re.compile(r"^(\d+)\) ", re.MULTILINE)
_TIMEOUT = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model writes when asked a question.

    completion: a passage is cited by its place, "[{khanh-hoa-2020:18211}]", as numbers differ with what is found.
    attack: what kind of lie it is.  never: words that are shown only if something false is; with the end of a line in
    them, that the two lines stand below one another.  why: what is false.  slips: what an honest one does not do well.
    """

    id: str
    question: str
    completion: str
    attack: str = ""
    never: tuple[str, ...] = ()
    why: str = ""
    slips: tuple[str, ...] = ()


_COMPLETION = TypeAdapter(Completion)


@dataclass(frozen=True, slots=True)
class Read:
    """How a model reads the question of a case, "tuned:t01-002": the JSON that it answers with."""

    id: str
    says: str


_READ = TypeAdapter(Read)


@dataclass(frozen=True, slots=True)
class Shown:
    """A completion, the answer shown after it, and what of it was false."""

    completion: Completion
    answer: Answer
    false: tuple[str, ...]
    unchanged: bool

    @property
    def outcome(self) -> str:
        """What became of the model's words."""
        return self.answer.trace.outcome if self.answer.trace else "composed"


@dataclass(frozen=True, slots=True)
class Delays:
    """Seconds: from a model's first piece to the first sentence shown, and for the check of each sentence."""

    first: tuple[float, ...]
    gate: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scripted:
    """What became of everything that scripted models said.  badly, read: as `choosing_badly` and `understood` give
    them.  cases: all that were asked with a model that is down; others: those answered otherwise."""

    lied: Sequence[Shown]
    wrote: Sequence[Shown]
    read: Sequence[tuple[Case, bool, bool]]
    badly: Sequence[tuple[Case, bool, bool]]
    waits: Delays
    cases: Sequence[Case]
    others: Sequence[Case]


def scripted(cases: Sequence[Case], rules: Assistant) -> Scripted:
    """Everything that scripted models say, and all cases with one that chooses badly, and with one that is down. Takes
    some minutes. Raises Unreadable."""
    hostile, honest = (load_completions(MODEL / f"{name}.jsonl") for name in ("hostile", "honest"))
    return Scripted(
        list(told(hostile, rules)),
        list(told(honest, rules)),
        understood(MODEL / "slots.jsonl", rules),
        choosing_badly(cases, rules),
        delays(honest, rules),
        cases,
        differing(cases, rules),
    )


def load_completions(path: Path) -> list[Completion]:
    """The completions of a JSONL file. Raises Unreadable."""
    return [one for _, one in objects(path, _COMPLETION)]


def told(completions: Sequence[Completion], rules: Assistant) -> Iterator[Shown]:
    """Each completion said to its question, also where the model is asked to mend it."""
    script = _Script()
    with served(script, rules) as (assistant, _):
        for one in completions:
            script.says = resolved(one, rules)
            *parts, answer = _forgetful(assistant).asking(one.question)
            seen = [normalise(_MARK.sub(" ", part.text)) for part in (*parts, answer)]
            without = normalise(_MARK.sub(" ", rules.ask(one.question).text))
            shown = (words for words in one.never if any(holds(text, words) for text in seen))
            false = tuple(words for words in shown if not holds(without, words))
            yield Shown(one, answer, false, unlisted(script.says).strip() in answer.text)


def delays(completions: Sequence[Completion], rules: Assistant) -> Delays:
    """How long a reader waits for what the model has already begun to say."""
    script, first = _Script(), []
    with served(script, rules) as (assistant, requests):
        for one in completions:
            script.says, before = resolved(one, rules), len(requests)
            for part in _forgetful(assistant).asking(one.question):
                if part.text and len(requests) > before:
                    first.append(time.perf_counter() - requests[before].first)
                    break
    return Delays(tuple(first), tuple(_judging(completions, rules)))


def differing(cases: Sequence[Case], rules: Assistant) -> list[Case]:
    """The cases that are answered otherwise with a model that is down than without one."""
    with refusing() as address:
        down = replace(rules, writer=Writer(_line(address)))
        return [one for one in cases if _kept(down.ask(one.question, one.history)) != _kept(_plain(rules, one))]


def choosing_badly(cases: Sequence[Case], rules: Assistant) -> list[tuple[Case, bool, bool]]:
    """The answers that a model writes to cases, each with whether it is right without and with one that chooses badly:
    it copies the passage it is given last, the farthest from the question, or the last sentence of the first."""
    script, found = _Script(), []
    with served(script, rules) as (assistant, _):
        for case in cases:
            given = rules.grounded(Asked(case.question, case.history)).given
            for one, words in [(one, one.words) for one in given[-1:]] + [(one, _last(one)) for one in given[:1]]:
                script.says = f"{words} [{one.n}]"
                after = _plain(_forgetful(assistant), case)
                if after.trace and after.trace.outcome == "written":
                    found.append((case, _is_right(case, _plain(rules, case)), _is_right(case, after)))
    return found


def _last(one: Given) -> str:
    return one.words.rstrip(".").rpartition(". ")[2]


def understood(path: Path, rules: Assistant) -> list[tuple[Case, bool, bool]]:
    """The cases that the rules find nothing for, each with whether it is right without a model and with one that reads
    the question as a file says. Raises Unreadable."""
    cases = {f"{file.stem}:{case.id}": case for file in (TUNED, FAR) for case in load_cases(file)}
    script, found = _Script(), []
    with served(script, rules) as (assistant, _):
        for _, one in objects(path, _READ):
            case, script.says = cases[one.id], one.says
            before, after = _plain(rules, case), _plain(_forgetful(assistant), case)
            found.append((case, _is_right(case, before), _is_right(case, after)))
    return found


def resolved(one: Completion, rules: Assistant) -> str:
    """A completion with the numbers that its passages have now; a place that is not given is no number."""
    given = rules.grounded(Asked(one.question)).given
    numbers: Mapping[tuple[str, int], int] = {
        (passage.citation.doc, passage.citation.start): passage.n for passage in given
    }
    return _PLACE.sub(lambda match: str(numbers.get((match[1], int(match[2])), 999)), one.completion)


@contextmanager
def served(script: _Script, rules: Assistant) -> Iterator[tuple[Assistant, list[Request]]]:
    """The assistant with a scripted model, and what that was asked."""
    with serving(script) as server:
        yield replace(rules, writer=Writer(_line(server.base_url))), server.requests


def _forgetful(assistant: Assistant) -> Assistant:
    """The same, for the same question to be asked of the model once more."""
    return replace(assistant, writer=replace(assistant.writer, recent=Recent())) if assistant.writer else assistant


class _Script:
    """Says the same to whatever it is asked: the answer, its sentences again when they are to be mended."""

    says = ""

    def __call__(self, request: Request) -> Reply:
        mending = request.system.startswith(prompts.messages("repair", fence="", passages="", rejected="")[0])
        return Reply.of(self._again(request.user) if mending else self.says)

    def _again(self, asked: str) -> str:
        return "\n".join(line for line in asked.split("\n") if _REJECTED.match(line)).replace(" — ", "\n")


def _line(base_url: str) -> Line:
    return Line(Settings("openai", "scripted", base_url, "-", timeout=_TIMEOUT, daily=0))


def _judging(completions: Sequence[Completion], rules: Assistant) -> Iterator[float]:
    for one in completions:
        gate = Gate(rules.grounded(Asked(one.question)).given)
        sheet = Sheet(gate)
        sheet.add(resolved(one, rules))
        sheet.end()
        fresh = Gate(gate.given)
        for judged in sheet.judged:
            started = time.perf_counter()
            fresh.why_not(judged.sentence)
            yield time.perf_counter() - started


def _is_right(case: Case, answer: Answer) -> bool:
    return judge(case, answer.text, answer.abstained).right


def _plain(rules: Assistant, case: Case) -> Answer:
    return rules.ask(case.question, case.history)


def _kept(answer: Answer) -> Answer:
    """An answer without the time that it took."""
    return replace(answer, latency_ms=0.0)
