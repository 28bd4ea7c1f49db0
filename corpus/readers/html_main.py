"""Which part of a web page is its text: what stands around it is cut, then the smallest element with nearly all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from corpus.marks import Rank, mark
from corpus.readers.grid import is_official
from corpus.readers.html_tree import Element
from corpus.vocabulary import HERE, layout, read_toml
from corpus.words import fold

_MOST_AROUND = 0.4  # share of a page's text that an element named like a menu may hold and still be cut
_MOST_LINKED = 0.6  # share of links in a list or a box that is text
_NEARLY_ALL = 0.75  # share of text that an element holds whose neighbours are not text
_NEIGHBOUR = 0.12  # the most that one of them holds
_BOXES = frozenset({"div", "ul", "ol", "section", "table", "dl", "td", "center", "p"})
_WITHIN = frozenset(
    {"html", "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td"}
)
_OF_TABLES = frozenset({"table", "tbody", "tr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@cache
def web(name: str) -> frozenset[str]:
    """A list of the vocabulary of web pages."""
    return frozenset(read_toml(HERE / "web.toml")[name])


def prune(root: Element) -> Element:
    """The page without what stands around its text: menus, footers, scripts, boxes of links, what is hidden."""
    return _pruned(root, root.length - root.linked, inside=False)


def _pruned(element: Element, total: int, inside: bool) -> Element:
    inside = inside or element.tag in {"article", "main"}
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif not _is_around(child, total, inside):
            kept.append(_pruned(child, total, inside))
    return Element(element.tag, element.attributes, kept)


def _is_around(element: Element, total: int, inside: bool) -> bool:
    if element.tag in web("elements") or (element.tag in web("edges") and not inside):
        return True
    said = element.attributes
    if "hidden" in said or _HIDDEN.search(said.get("style", "")) or said.get("role", "") in web("roles"):
        return True
    plain = element.length - element.linked
    if _is_named_around(element) and plain <= _MOST_AROUND * total:
        return True
    if element.tag not in _BOXES or not element.linked > _MOST_LINKED * element.length or plain > _MOST_AROUND * total:
        return False
    return sum(one.tag == "a" for one in element.walk()) > 1


def _is_named_around(element: Element) -> bool:
    names = element.names
    pairs = {f"{first}-{second}" for first, second in itertools.pairwise(names)}
    return not web("around").isdisjoint(names) or not web("around_pairs").isdisjoint(pairs)


def main_of(page: Element) -> Element:
    """The element of a pruned page that holds its text."""
    chosen, at = page, page
    while (inner := _inner(at)) is not None:
        at = inner
        if at.tag not in _OF_TABLES:
            chosen = at
    return chosen


def _inner(element: Element) -> Element | None:
    """The one element in it that is the text, its neighbours being none; None where there is no such element."""
    inner = [one for one in element.elements if one.length]
    if not inner:
        return None
    whole = element.length - element.linked
    stated = [
        one for one in inner if one.tag in {"main", "article"} or "articleBody" in one.attributes.get("itemprop", "")
    ]
    best, *others = sorted(inner, key=_plain, reverse=True)
    if best.tag not in _WITHIN or _plain(best) < _NEARLY_ALL * whole:
        return None
    if best in stated:
        return best
    if any(_plain(one) > _NEIGHBOUR * whole or _belongs(one) for one in others):
        return None
    own = "".join(child for child in element.children if isinstance(child, str))
    return None if len(own.split()) > 5 or (best.tag == "td" and not _is_column(best)) else best


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
