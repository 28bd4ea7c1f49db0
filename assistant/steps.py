"""What goes from one step of an answer to the next: the request, what was understood of it, what was found for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.compose import Task
from assistant.matching import Matter
from assistant.question import Question, Turn
from assistant.scope import Scope
from corpus.document import Document, Section
from index import Hit


@dataclass(frozen=True, slots=True)
class Request:
    """A question as it comes in, with the questions before it and the filters a person has set (names of provinces,
    years, bodies; empty: all).

    english: whether the answer is to be in English whatever the question is written in.  before: the answer that the
    question before it got, where a language model wrote that; None: the composed one.
    """

    question: str
    history: tuple[Turn, ...] = ()
    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    english: bool = False
    before: Answer | None = None

    @property
    def earlier(self) -> Request:
        """The question before, as it was asked; without words where there is none."""
        *history, turn = self.history or (Turn("user", ""),)
        return replace(self, question=turn.content, history=tuple(history), before=None)


@dataclass(frozen=True, slots=True)
class Understood:
    """After the first step: what is asked, of which plans."""

    request: Request
    question: Question
    scope: Scope
    matter: Matter
    pointed: tuple[Document, Section] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """After the second: the passages that may answer."""

    understood: Understood
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Trail:
    """The steps of one answer: what was understood, found and weighed, and the composer that took it."""

    understood: Understood
    found: Found
    task: Task
    composer: str
