"""What the assistant hands on: an answer, its citations, and how sure it was of having one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.question_log import HELP


@dataclass(frozen=True, slots=True)
class Citation:
    """The proof of one stretch of an answer: `text[start:end] == quote` in the document named by `doc`."""

    n: int
    doc: str
    title: str
    section: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """What the question was understood to be about; an empty tuple means: not named, hence all."""

    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What a language model had to do with an answer.

    model: its name, "ollama:qwen3:8b".  prompts: the texts it was asked with, each as "answer@0123456789ab", the
    digest of its file.  outcome: "written" where its words are shown, else why the composed answer is; "left" where
    whoever asked went away.
    """

    model: str
    prompts: tuple[str, ...]
    outcome: str

    @property
    def line(self) -> str:
        """All of it for a log: it holds no word of question or answer."""
        return f"model={self.model} outcome={self.outcome} prompts={','.join(self.prompts) or '-'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is Markdown with [1] marks, one for each citation; `abstained` says that the plans do not hold it.

    `kind` (which composer it was), `ref` (its line in the log) and `trace` (what a model did, None for nothing) are
    for the log, `notice` is for the reader, beside the answer: none is of the contract.  is_part: more is to come.
    """

    question: str
    text: str
    citations: tuple[Citation, ...] = ()
    scope: AnswerScope = AnswerScope()
    abstained: bool = False
    emergency: bool = False
    latency_ms: float = 0.0
    kind: str = field(default="", compare=False)
    ref: str = field(default="", compare=False)
    trace: Trace | None = field(default=None, compare=False)
    notice: str = field(default="", compare=False)
    is_part: bool = field(default=False, compare=False)

    @property
    def is_private(self) -> bool:
        """Whether the question tells of harm, or may: nothing of it is listed, kept or put into a file."""
        return self.emergency or self.kind == HELP

    def to_json(self, id: Any = "") -> dict[str, Any]:
        """The one shape every door gives out: command line, files, page, API."""
        return {
            "id": id,
            "question": self.question,
            "answer": self.text,
            "abstained": self.abstained,
            "emergency": self.emergency,
            "scope": {
                "provinces": list(self.scope.provinces),
                "years": list(self.scope.years),
                "agencies": list(self.scope.agencies),
            },
            "citations": [
                {
                    "n": citation.n,
                    "doc": citation.doc,
                    "title": citation.title,
                    "section": citation.section,
                    "quote": citation.quote,
                    "start": citation.start,
                    "end": citation.end,
                }
                for citation in self.citations
            ],
            "latency_ms": round(self.latency_ms, 1),
        }
