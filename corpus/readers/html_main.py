"""Which part of a web page is its text: the smallest element with nearly all that is left when the rest is cut."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.marks import Rank, mark
from corpus.readers.grid import is_official
from corpus.readers.html_around import is_sentence, is_table, web
from corpus.readers.html_tree import Element
from corpus.vocabulary import layout
from corpus.words import begins, fold

_NEARLY_ALL = 0.75  # share of text that an element holds whose neighbours are not text
_NEIGHBOUR = 0.12  # the most that one of them holds
_WITHIN = frozenset(
    {"html", "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td"}
)
_OF_TABLES = frozenset({"table", "tbody", "tr"})


def main_of(page: Element) -> Element:
    """The element of a pruned page that holds its text.

    Paragraphs and tables beside it, which belong to the text though another element holds nearly all of it, are put
    into it: the page is changed.
    """
    chosen, at = page, page
    before: list[Element] = []
    after: list[Element] = []
    while (inner := _inner(at)) is not None:
        beside = [] if _is_stated(inner) else [one for one in at.elements if one is not inner and _goes_on(one)]
        place = next(at for at, one in enumerate(at.elements) if one is inner)
        before += [one for one in beside if any(one is other for other in at.elements[:place])]
        after[:0] = [one for one in beside if not any(one is other for other in before)]
        at.children = [child for child in at.children if not any(child is one for one in beside)]
        at = inner
        if at.tag not in _OF_TABLES:
            chosen = at
    chosen.children = [*before, *chosen.children, *after]
    return chosen


def _goes_on(element: Element) -> bool:
    """Whether what lies beside nearly all of a text is more of it: a sentence, a list, a table of rows."""
    if element.tag in {"table", "figure"}:
        return any(map(is_table, element.walk()))
    sentence = is_sentence(element) or (element.tag in {"ul", "ol"} and any(map(is_sentence, element.elements)))
    return sentence and not begins(element.text(), tuple(web("imprint")))


def _inner(element: Element) -> Element | None:
    """The one element in it that is the text, its neighbours being none; None where there is no such element."""
    inner = [one for one in element.elements if one.length]
    if not inner:
        return None
    whole = element.length - element.linked
    best, *others = sorted(inner, key=_plain, reverse=True)
    if best.tag not in _WITHIN or _plain(best) < _NEARLY_ALL * whole:
        return None
    if _is_stated(best):
        return best
    if any(_plain(one) > _NEIGHBOUR * whole or _belongs(one) for one in others):
        return None
    own = "".join(child for child in element.children if isinstance(child, str))
    return None if len(own.split()) > 5 or (best.tag == "td" and not _is_column(best)) else best


def _is_stated(element: Element) -> bool:
    """Whether a page says itself that an element is its text."""
    return element.tag in {"main", "article"} or "articleBody" in element.attributes.get("itemprop", "")


def _plain(element: Element) -> int:
    return element.length - element.linked


def _is_column(cell: Element) -> bool:
    """Whether a cell holds paragraphs, as a column of a page does."""
    return sum(one.tag in {"p", "div", "br", "li"} for one in cell.walk()) > 3


def _belongs(element: Element) -> bool:
    """Whether an element beside the text is part of it: a letterhead, recipients, a section."""
    lines = [one.text() for one in element.walk() if one.tag in {"p", "div", "td", "li", "span", "strong", "b"}]
    return any(map(_is_of_a_text, filter(None, [element.text()[:200], *lines])))


def _is_of_a_text(line: str) -> bool:
    found = mark(line)
    return is_official(line) or (found is not None and found.rank < Rank.BULLET and len(line.split()) > 2)


def is_titled(element: Element) -> bool:
    """Whether an element's class names it the title of a text."""
    return not web("titles").isdisjoint(element.names) and len(element.text().split()) <= 60


def has_head(lines: Sequence[str]) -> bool:
    """Whether a text begins with a letterhead or the kind of an official text, and so needs no title of the page's."""
    kinds = {fold(kind) for kind in layout().kinds}
    return any(is_official(line) or (line.isupper() and fold(line).strip(" :") in kinds) for line in lines)
