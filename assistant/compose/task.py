"""What every composer is given and gives back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.citations import Draft
from assistant.evidence import Evidence, confidence, wanted_values
from assistant.matching import Matter
from assistant.plans import Plans, label_of
from assistant.question import Question
from assistant.scope import Scope
from assistant.signs import SURE_OF_VALUE
from assistant.succession import full_name
from corpus.document import Document, Section


@dataclass(frozen=True, slots=True)
class Task:
    """A question understood, its scope, the evidence found for it, the most relevant first, and the years set.

    pointed: the passage of the answer before that it points at, None where it points at none.  recent: the questions
    just before, which may have told of harm.  passed_over: bodies set as a filter where the question names another.
    """

    question: Question
    scope: Scope
    plans: Plans
    matter: Matter
    evidence: Sequence[Evidence]
    filter_years: tuple[int, ...] = ()
    pointed: tuple[Document, Section] | None = None
    recent: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the plans are taken to hold an answer."""
        least = SURE_OF_VALUE if wanted_values(self.question) else 0.0
        return confidence(self.question, self.matter, self.evidence) > least

    @property
    def documents(self) -> tuple[Document, ...]:
        """The plans to answer from."""
        return self.scope.documents

    @property
    def names_plans(self) -> bool:
        """Whether the question says which plans it means, by a province or by their numbers."""
        return bool(self.question.provinces or self.scope.numbered)

    def draft(self) -> Draft:
        """An empty answer."""
        return Draft(self.plans.documents)

    def others(self, having: Collection[str]) -> str:
        """The names of the plans in scope that are not among some ids; "" where there are none."""
        return ", ".join(self.name(document) for document in self.documents if document.id not in having)

    def name(self, document: Document) -> str:
        """How an answer names a plan; with its number where another one in scope is of the same place and years."""
        label = label_of(document)
        alike = sum(label_of(one) == label for one in self.documents)
        return full_name(document, self.question.english) if alike > 1 else label

    def say(self, vi: str, en: str) -> str:
        """A sentence of the frame around the plans' words, in the language of the question."""
        return en if self.question.english else vi


@dataclass(frozen=True, slots=True)
class Reply:
    """A composed answer; `abstained` when the plans do not hold what was asked; `composer`: which one of the table."""

    draft: Draft
    abstained: bool = False
    composer: str = ""
