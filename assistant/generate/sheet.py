"""A model's text as it comes in: its sentences, each judged as soon as it ends; what may be shown of them so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.generate.claims import Sentence, sentences, unlisted
from assistant.generate.gate import Gate, Why


@dataclass(slots=True)
class Judged:
    """A sentence and what keeps it from being shown, None for nothing."""

    sentence: Sentence
    why: Why | None


@dataclass
class Sheet:
    """The lines of a model's text, made of judged sentences."""

    gate: Gate
    lines: list[list[Judged]] = field(default_factory=lambda: [[]])
    _open: str = ""  # what has not ended yet

    def add(self, text: str) -> bool:
        """Take a piece of the text; whether a sentence ended with it that may be shown."""
        *ended, self._open = (self._open + text).replace("\r", "").split("\n")
        kept = False
        for line in ended:
            kept |= self._judge(line)
            self.lines.append([])
        *whole, rest = sentences(unlisted(self._open), not self.lines[-1]) or [Sentence("", ())]
        if whole:
            kept |= self._judge("".join(one.text for one in whole))
            self._open = rest.text
        return kept

    def end(self) -> None:
        """Judge what is left: no more comes."""
        self._judge(self._open)
        self._open = ""

    @property
    def judged(self) -> list[Judged]:
        """All sentences in order."""
        return [one for line in self.lines for one in line]

    @property
    def rejected(self) -> list[Judged]:
        """Those that are not shown, headings aside."""
        kept = set(map(id, self._headings()))
        return [one for one in self.judged if one.why is not None and id(one) not in kept]

    @property
    def text(self) -> str:
        """What may be shown: the sentences that hold, under the headings that hold over all of them."""
        headings = set(map(id, self._headings()))
        shown = []
        for line in self.lines:
            kept = [one.sentence.text for one in line if one.why is None or id(one) in headings]
            if kept or not line:
                shown.append("".join(kept).rstrip())
        return "\n".join(_without_runs(shown)).strip()

    @property
    def marks(self) -> tuple[int, ...]:
        """The numbers cited by what may be shown, each once, in order."""
        return tuple(dict.fromkeys(mark for one in self.judged if one.why is None for mark in one.sentence.marks))

    def _judge(self, line: str) -> bool:
        kept = False
        for sentence in sentences(unlisted(line), not self.lines[-1]):
            why = self.gate.why_not(sentence)
            self.lines[-1].append(Judged(sentence, why))
            kept |= why is None
        return kept

    def _headings(self) -> Iterator[Judged]:
        """Lines that cite nothing and stand over sentences that hold, all of the plan and the bodies they name."""
        for at, line in enumerate(self.lines):
            if _may_head(line):
                below = self._below(at)
                if below and self.gate.heads(line[0].sentence.text, below):
                    yield line[0]

    def _below(self, at: int) -> list[int]:
        """The numbers cited between a line and the next one like it."""
        marks: list[int] = []
        for line in self.lines[at + 1 :]:
            if _may_head(line):
                break
            marks += [mark for one in line if one.why is None for mark in one.sentence.marks]
        return marks


def _may_head(line: Sequence[Judged]) -> bool:
    return len(line) == 1 and line[0].why is Why.UNCITED and not line[0].sentence.marks


def _without_runs(lines: Sequence[str]) -> Iterator[str]:
    """Lines with no more than one empty one in a row."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
