"""A model's text as it comes in: its sentences, each judged as soon as it ends; what may be shown of them so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from assistant.citations import escaped
from assistant.generate.claims import Sentence, sentences, unlisted
from assistant.generate.gate import Gate, Places

_LONGEST = 3000  # characters of a sentence; what goes on longer is judged as it is
_BULLET = re.compile(r"[*+•-]\s+")
_MARKS = re.compile(r"((?:\[[1-9][0-9]{0,3}\])+)")
_ACTING = re.compile(r"([\\`<>#\[\]|~])")
_ITEM = re.compile(r"(\d{1,2})[.)]\s+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence and the sentences of passages that it repeats; none where it may not be shown."""

    sentence: Sentence
    said: Places


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
        return [one for one in self.judged if not one.said]

    def mend(self, one: Judged, text: str) -> None:
        """Put what was written anew in the place of a sentence that is not shown, if all of it may be shown and nothing
        of it is said elsewhere."""
        line = next(line for line in self.lines if any(other is one for other in line))
        lead, first = (_sign_of_item(words) for words in (one.sentence.text, text))
        again = sentences(text[len(first) :], begins=False)
        judged = [Judged(each, self.gate.said(each)) for each in again]
        places = [place for each in judged for place in each.said]
        if not all(each.said for each in judged) or len(set(places) - self.said) < len(places) or not judged:
            return
        judged[0] = replace(judged[0], sentence=replace(again[0], text=f"{lead}{again[0].text}"))
        at = next(i for i, other in enumerate(line) if other is one)
        line[at : at + 1] = judged

    @property
    def text(self) -> str:
        """What may be shown. Headings of the model's are not: each run of sentences from one section stands under a
        heading of ours, which says whose plan and which section it is."""
        shown: list[str] = []
        heading, number = "", 0
        for line in self.lines:
            kept = [one for one in line if one.said]
            if not line:
                shown.append("")
            for place, run in groupby(kept, self._of):
                if place != heading:
                    shown += ["", f"**{escaped(place)}**"]
                    heading, number = place, 0
                text, number = _numbered(_inert("".join(one.sentence.text for one in run)).strip(), number)
                shown.append(text)
        return "\n".join(_without_runs(shown)).strip()

    @property
    def marks(self) -> tuple[int, ...]:
        """The numbers cited by what may be shown, each once, in order."""
        return tuple(dict.fromkeys(mark for one in self.judged if one.said for mark in one.sentence.marks))

    @property
    def said(self) -> Places:
        """The sentences of passages that are shown."""
        return frozenset().union(*(one.said for one in self.judged))

    def _read(self, line: str) -> list[Sentence]:
        """The sentences of what goes on with the last line."""
        return sentences(unlisted(line), begins=not self.lines[-1])

    def _judge(self, some: Sequence[Sentence]) -> bool:
        """Put sentences on the last line, but for what is said already; whether any of them may be shown."""
        kept = False
        for one in some:
            said = self.gate.said(one)
            if said and said <= self.said:
                continue
            new = said if said.isdisjoint(self.said) else frozenset()  # said in part is not said again
            self.lines[-1].append(Judged(one, new))
            kept |= bool(new)
        return kept

    def _of(self, one: Judged) -> str:
        """In which plan and section what a sentence cites stands."""
        cited = (self.gate.by_number[mark].heading for mark in one.sentence.marks)
        return "; ".join(dict.fromkeys(cited))


def _inert(text: str) -> str:
    """A text with nothing in it that Markdown or HTML would act on, but for marks, bold words and placeholders."""
    parts = _MARKS.split(text)
    return "".join(part if i % 2 else _ACTING.sub(r"\\\1", part) for i, part in enumerate(parts))


def _sign_of_item(text: str) -> str:
    """The blanks and the sign of an item at the beginning of a text."""
    blanks = len(text) - len(text.lstrip())
    match = _BULLET.match(text, blanks) or _ITEM.match(text, blanks)
    return text[: match.end() if match else blanks]


def _numbered(text: str, number: int) -> tuple[str, int]:
    """An item with one sign for all bullets, also where its number is not the next one; the number of the last item."""
    match = _ITEM.match(text)
    if match is None:
        return _BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text, number
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
