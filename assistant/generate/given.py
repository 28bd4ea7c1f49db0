"""The passages a language model is given, numbered, each with what may be said of where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.citations import citation, readable, section_at
from assistant.compose.task import Task
from assistant.evidence import Evidence
from assistant.generate.wording import asks, commands, stands_before_bodies
from assistant.leads import is_lead, leads
from assistant.plans import district_of, issuer_of, label_of, province_of
from corpus.document import Document, Kind, Role, Section, Span
from corpus.names import Found, agency_names
from corpus.vocabulary import Agency
from corpus.words import fold

#: Passages beside those that the composed answer cites, and all of them together; characters of all of them.
_NEAREST, _MOST, _LONGEST = 8, 24, 12_000
_IN_TABLES = frozenset({Kind.ROW, Kind.TABLE})


@dataclass(frozen=True, slots=True)
class Given:
    """A passage as a model is given it.

    citation: its number and its place.  label: its plan, "Khánh Hòa (2020)".  above: the headings over it, the nearest
    last.  words: as they are read, without a colon at their end, for what it leads on to is not there.  plans, titles,
    bodies: the names that a sentence may begin with, of the plan, of the headings and the passage itself ("Chỉ tiêu
    5"), of the bodies whose headings they are.
    """

    citation: Citation
    label: str
    above: tuple[str, ...]
    words: str
    plans: tuple[str, ...]
    titles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    @property
    def is_order(self) -> bool:
        """Whether it orders the bodies something; what they are asked for is no order."""
        return bool(self.bodies) and not asks((*self.above, self.words))

    @property
    def heading(self) -> str:
        """Its plan and its section."""
        return f"{self.label} — {self.above[-1]}" if self.above else self.label

    @property
    def n(self) -> int:
        """Its number."""
        return self.citation.n


def passages_given(task: Task, cited: tuple[Citation, ...], with_nearest: bool) -> tuple[Given, ...]:
    """The passages that a composed answer cites, in its order, then if asked for those of its plans nearest to the
    question: a plan that it does not cite may have been replaced.

    Left out are headings, cells of tables, items that hang on others, and whatever reads like a command to a machine.
    """
    near = [one for one in _nearest(task) if with_nearest and one[0].id in {citation.doc for citation in cited}]
    return _numbered([*_cited(task, cited), *near])


def passages_of_sections(task: Task) -> tuple[Given, ...]:
    """The first passages of each main section of the plans in scope, as many of each as there is room for."""
    tops = [(one, top) for one in task.documents for top in one.root.children if _is_main(top)]
    share = _MOST // max(1, len(tops)) or 1
    found = [
        (document, document.words(leaf), leaf)
        for document, top in tops
        for leaf in [leaf for leaf in top.leaves() if _stands_alone(document, leaf)][:share]
    ]
    return _numbered(found)


def _is_main(section: Section) -> bool:
    return section.kind is Kind.HEADING and section.role is Role.BODY


def _numbered(found: Iterable[tuple[Document, Span, Section]]) -> tuple[Given, ...]:
    """Passages with their numbers, as many as there is room for; one within another is left out."""
    given: list[Given] = []
    room = _LONGEST
    for document, span, section in _outermost(found):
        one = _given(document, section, span, len(given) + 1)
        room -= len(one.words)
        if len(given) == _MOST or room < 0:
            break
        if not commands(one.words):
            given.append(one)
    return tuple(given)


def _outermost(found: Iterable[tuple[Document, Span, Section]]) -> Iterator[tuple[Document, Span, Section]]:
    every = list({(document.id, span): (document, span, section) for document, span, section in found}.values())
    for document, span, section in every:
        others = (other for doc, other, _ in every if doc is document and other != span)
        if not any(span in other for other in others):
            yield document, span, section


def is_heading(document: Document, one: Citation) -> bool:
    """Whether a citation is of a heading alone."""
    node = section_at(document, Span(one.start, one.end))
    return node.kind is Kind.HEADING and one.end <= node.head.end


def is_in_table(document: Document, one: Citation) -> bool:
    """Whether a citation is of a row or a cell."""
    return section_at(document, Span(one.start, one.end)).kind in _IN_TABLES


def _cited(task: Task, cited: tuple[Citation, ...]) -> Iterator[tuple[Document, Span, Section]]:
    for one in cited:
        document, span = task.plans.documents[one.doc], Span(one.start, one.end)
        section = section_at(document, span)
        if not is_heading(document, one) and _stands_alone(document, section):
            yield document, span, section


def _nearest(task: Task) -> Iterator[tuple[Document, Span, Section]]:
    for one in task.evidence[:_NEAREST]:
        for leaf in _leaves(one):
            if leaf.kind not in _IN_TABLES and _stands_alone(one.document, leaf):
                yield one.document, one.document.words(leaf), leaf


def _leaves(one: Evidence) -> Iterator[Section]:
    """A passage, or what stands below a heading that stands for it."""
    if one.section.kind is Kind.HEADING and one.section.children:
        yield from one.section.leaves()
    else:
        yield one.section


def _stands_alone(document: Document, section: Section) -> bool:
    """Whether nothing hangs on a passage, and it on nothing."""
    return not leads(document, section) and not is_lead(document, section)


def _given(document: Document, section: Section, span: Span, n: int) -> Given:
    above = tuple(node for node in document.ancestors(section) if node.kind is Kind.HEADING)
    own = (section,) if section.kind is Kind.HEADING and span.end > section.head.end else ()
    titles = [node.title for node in (*above, *own)]
    bodied = {title: [title[found.span.start : found.span.end] for found in _bodies(title)] for title in titles}
    own_label = [section.label] if " " in section.label else []
    return Given(
        citation(document, span, n),
        label_of(document),
        tuple(". ".join(part for part in (node.label, node.title) if part) for node in above),
        readable(document, span).rstrip(": "),
        tuple(dict.fromkeys(name for name in _of_plan(document) if name)),
        (*(title for title, named in bodied.items() if not named), *own_label),
        tuple(dict.fromkeys(form for named in bodied.values() for form in named)),
    )


def _bodies(title: str) -> list[Found[Agency]]:
    """The bodies whose heading it is: nothing stands before the first and between them but what asks or joins."""
    found: list[Found[Agency]] = []
    end = 0
    for one in agency_names().find(title):
        if not stands_before_bodies(title[end : one.span.start]):
            break
        found.append(one)
        end = one.span.end
    return found


def _of_plan(document: Document) -> Iterator[str]:
    """By what a sentence may name a plan: not by what its province belongs to now, nor by a year, which would count."""
    yield from (document.title, district_of(document))
    yield document.metadata.number.value if document.metadata.number else ""
    name = province_of(document)
    yield from _names(name) if name else (issuer_of(document),)


def _names(name: str) -> tuple[str, ...]:
    return name, fold(name), f"tỉnh {name}"
