"""What stands around the text of a web page and is cut: menus, footers, scripts, boxes of links, what is hidden."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from corpus.readers.grid import is_official
from corpus.readers.html_tree import Element
from corpus.vocabulary import HERE, read_toml

_MOST_AROUND = 0.4  # share of a page's text that an element named like a menu may hold and still be cut
_MOST_LINKED = 0.6  # share of links in a list or a box that is text
_BOXES = frozenset({"div", "ul", "ol", "section", "table", "dl", "td", "center", "p"})
_FEW_LINKS = {"td": 3, "p": 2}  # in a paragraph or a cell that is no menu; 1 in anything else
_PARAGRAPHS = frozenset({"p", "div", "td", "center", "li"})
_BLOCKS = _PARAGRAPHS | {"table", "ul", "ol"}
_NEVER_NAMED = frozenset({"p", "caption"})  # a class of theirs is a style, not a place
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ENDED = re.compile(r"[.;:,]\W*$")
_LETTER = re.compile(r"[^\W\d_]")
_WIDE, _LONG = 3, 2  # cells of a row, rows of a table that is one


@cache
def web(name: str) -> frozenset[str]:
    """A list of the vocabulary of web pages."""
    return frozenset(read_toml(HERE / "web.toml")[name])


def prune(root: Element) -> Element:
    """The page without what stands around its text."""
    return _pruned(root, root.length - root.linked, inside=False)


def _pruned(element: Element, total: int, inside: bool) -> Element:
    inside = inside or element.tag in {"article", "main"}
    in_table = element.tag == "table" and is_table(element, _is_ruled(element))
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif element.tag == "figure" and child.tag == "figcaption" and not _has_tables(element):
            continue  # of a picture
        elif in_table and not _is_never_text(child):
            kept.append(_within_table(child))
        elif not _is_around(child, total, inside):
            kept.append(_pruned(child, total, inside))
    return Element(element.tag, element.attributes, kept)


def _within_table(element: Element) -> Element:
    """A part of a table of rows: all of it but what is never seen, lest a cell take another's place."""
    kept: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            kept.append(child)
        elif child.tag in {"td", "th"} and _is_never_text(child):
            kept.append(Element(child.tag, child.attributes))
        elif not _is_never_text(child):
            kept.append(_within_table(child))
    return Element(element.tag, element.attributes, kept)


def _is_never_text(element: Element) -> bool:
    said = element.attributes
    hidden = "hidden" in said or _HIDDEN.search(said.get("style", "")) is not None
    return element.tag in web("elements") or hidden or said.get("role", "") in web("roles")


def _is_around(element: Element, total: int, inside: bool) -> bool:
    if _is_never_text(element):
        return True
    plain = element.length - element.linked
    edge = element.tag in web("edges") and not inside
    if edge or (_is_named_around(element) and plain <= _MOST_AROUND * total):
        return not _holds_text(element)
    if element.tag not in _BOXES or not element.linked > _MOST_LINKED * element.length or plain > _MOST_AROUND * total:
        return False
    if (element.tag == "p" and _has_words_beside_links(element)) or (is_table(element) and _is_ruled(element)):
        return False
    many = sum(one.tag == "a" for one in element.walk()) > _FEW_LINKS.get(element.tag, 1)
    return many and not any(map(_is_said_of_links, element.walk()))


def _is_named_around(element: Element) -> bool:
    names = element.names
    pairs = {f"{first}-{second}" for first, second in itertools.pairwise(names)}
    named = not web("around").isdisjoint(names) or not web("around_pairs").isdisjoint(pairs)
    return named and element.tag not in _NEVER_NAMED


def _holds_text(element: Element) -> bool:
    """Whether an element holds what only a text has, whatever it is called: a letterhead, a table of rows."""
    lines = [one.text() for one in element.walk() if one.tag in {"p", "div", "td", "li", "span", "strong", "b"}]
    if sum(map(is_official, {line for line in lines if line})) > 1:
        return True
    return any(is_table(one) and not one.linked > _MOST_LINKED * one.length for one in element.walk())


def is_table(element: Element, ruled: bool = False) -> bool:
    """Whether an element is a table of rows that say anything, not a frame or a calendar.

    Its rows have three cells at least; two where it is ruled, as one is that has a head or borders.
    """
    if element.tag != "table":
        return False
    cells = [[cell.text() for cell in row.elements if cell.tag in {"td", "th"}] for row in _rows(element)]
    wide = [row for row in cells if sum(map(bool, row)) >= (2 if ruled else _WIDE)]
    return len(wide) >= _LONG and any(len(_LETTER.findall(cell)) > _WIDE for row in wide[1:] for cell in row)


def _rows(table: Element) -> list[Element]:
    groups = [one.elements for one in table.elements if one.tag in {"thead", "tbody", "tfoot"}]
    return [one for group in [table.elements, *groups] for one in group if one.tag == "tr"]


def _is_ruled(table: Element) -> bool:
    border = table.attributes.get("border", "")
    return border not in {"", "0"} or any(cell.tag == "th" for row in _rows(table) for cell in row.elements)


def _has_tables(element: Element) -> bool:
    return any(one.tag == "table" for one in element.walk())


def _has_words_beside_links(element: Element) -> bool:
    if element.tag == "a":
        return False
    words = (child for child in element.children if isinstance(child, str))
    return any(map(_LETTER.search, words)) or any(map(_has_words_beside_links, element.elements))


def _is_said_of_links(element: Element) -> bool:
    """Whether an element is a paragraph that begins with words, links to something, and ends as a sentence does."""
    if not is_sentence(element):
        return False
    said = (one for one in element.children if (one if isinstance(one, str) else one.text()).strip())
    first = next(said, "")
    return isinstance(first, str) or not first.linked


def is_sentence(element: Element) -> bool:
    """Whether an element is a paragraph that ends as a sentence does, no box of others."""
    whole = (
        element.tag in _PARAGRAPHS and element.length > 0 and not any(one.tag in _BLOCKS for one in _within(element))
    )
    return whole and _ENDED.search(element.text()) is not None


def _within(element: Element) -> Iterator[Element]:
    return itertools.islice(element.walk(), 1, None)
