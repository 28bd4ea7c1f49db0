"""A model's text as it comes in: its sentences, each judged as soon as it ends; what may be shown of them so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from assistant.citations import escaped
from assistant.generate.claims import Sentence, sentences, unlisted
from assistant.generate.gate import Gate, Why
from assistant.generate.reading import keys

_LONGEST = 3000  # characters of a sentence; what goes on longer is judged as it is
_ITEM = re.compile(r"(\d{1,2})[.)]\s+")


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
            kept |= self._judge(self._read(line))
            self.lines.append([])
        self._open = unlisted(self._open)
        whole = self._read(self._open)[: None if len(self._open) > _LONGEST else -1]
        self._open = self._open[sum(len(one.text) for one in whole) :]
        return kept | self._judge(whole)

    def end(self) -> None:
        """Judge what is left: no more comes."""
        self._judge(self._read(self._open))
        self._open = ""

    @property
    def judged(self) -> list[Judged]:
        """All sentences in order."""
        return [one for line in self.lines for one in line]

    @property
    def rejected(self) -> list[Judged]:
        """Those that are not shown."""
        return [one for one in self.judged if one.why is not None]

    @property
    def text(self) -> str:
        """What may be shown. Headings of the model's are not: where the sentences are of more than one section,
        each run of them stands under a heading of ours."""
        several = len({self._of(one) for line in self.lines for one in line if one.why is None}) > 1
        shown: list[str] = []
        heading, number = "", 0
        for line in self.lines:
            kept = [one for one in line if one.why is None]
            if not line:
                shown.append("")
            for place, run in groupby(kept, self._of):
                if several and place != heading:
                    shown += ["", f"**{escaped(place)}**"]
                    heading, number = place, 0
                text, number = _numbered("".join(one.sentence.text for one in run).strip(), number)
                shown.append(text)
        return "\n".join(_without_runs(shown)).strip()

    @property
    def marks(self) -> tuple[int, ...]:
        """The numbers cited by what may be shown, each once, in order."""
        return tuple(dict.fromkeys(mark for one in self.judged if one.why is None for mark in one.sentence.marks))

    def holds(self, number: int, words: str) -> bool:
        """Whether the sentences shown that cite a passage hold all of its words, each as often as it does."""
        kept = {one.sentence.parts for one in self.judged if one.why is None and number in one.sentence.marks}
        said = Counter(word for parts in kept for part in parts for word in keys(part.words))
        return not Counter(keys(words)) - said

    def _read(self, line: str) -> list[Sentence]:
        """The sentences of what goes on with the last line."""
        return sentences(unlisted(line), begins=not self.lines[-1])

    def _judge(self, some: Sequence[Sentence]) -> bool:
        """Put sentences on the last line; whether any of them may be shown."""
        kept = False
        for one in some:
            why = self.gate.why_not(one)
            if why is None and any(other.why is None and other.sentence.parts == one.parts for other in self.judged):
                continue  # said already
            self.lines[-1].append(Judged(one, why))
            kept |= why is None
        return kept

    def _of(self, one: Judged) -> str:
        """In which plan and section what a sentence cites stands."""
        cited = (self.gate.by_number[mark].heading for mark in one.sentence.marks)
        return "; ".join(dict.fromkeys(cited))


def _numbered(text: str, number: int) -> tuple[str, int]:
    """An item of a numbered list with a bullet where its number is not the next one; the number of the last item."""
    match = _ITEM.match(text)
    if match is None:
        return text, number
    if int(match[1]) == number + 1:
        return text, number + 1
    return f"- {text[match.end() :]}", number


def _without_runs(lines: Sequence[str]) -> Iterator[str]:
    """Lines with no more than one empty one in a row."""
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
