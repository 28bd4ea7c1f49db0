"""A web page as a plain tree: elements, their attributes, their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

_DEEPEST = 200  # elements within each other; what lies deeper is hung there, its words kept
_OF_A_TABLE = 8  # elements within each other that a table needs
_TABLE = frozenset({"table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"})
_UNSEEN = frozenset({"script", "style", "head", "title", "img", "br"})
#: Opened and not closed again, of those elements that close no others: a page that has more takes hours to parse.
MOST_OPEN = 20_000
_TAGS = re.compile(
    r"<(/?)(?:div|span|font|b|i|u|strong|em|a|section|article|table|center|blockquote|form|ul|ol)\b", re.I
)


@dataclass
class Element:
    """An element; its children are elements and pieces of text, in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all in it, in order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    @property
    def elements(self) -> list[Element]:
        """The elements right in it."""
        return [child for child in self.children if isinstance(child, Element)]

    @cached_property
    def length(self) -> int:
        """Letters of text in it, white space left out."""
        own = (len("".join(child.split())) for child in self.children if isinstance(child, str))
        return sum(own) + sum(child.length for child in self.elements)

    @cached_property
    def linked(self) -> int:
        """Letters of text in it that are links."""
        return (
            self.length if self.tag == "a" and "href" in self.attributes else sum(one.linked for one in self.elements)
        )

    @cached_property
    def names(self) -> list[str]:
        """The words of its class and its id, in small letters."""
        said = f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}"
        return re.findall("[a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", said).lower())

    def text(self) -> str:
        """All its words in one line."""
        pieces = (child.text() if isinstance(child, Element) else child for child in self.children)
        return " ".join(" ".join(pieces).split())


#: A node, the element its children are hung to, how deep that lies, whether in a table that is none any more.
_Open: TypeAlias = tuple[Any, Element, int, bool]


def is_too_deep(text: str) -> bool:
    """Whether more elements lie within each other than any page has."""
    deep = 0
    for found in _TAGS.finditer(text):
        deep += -1 if found[1] and deep else 1
        if deep > MOST_OPEN:
            return True
    return False


def parse(text: str) -> Element:
    """The tree of a page."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(text)
    root = Element("html", {})
    todo: list[_Open] = [(parser.root, root, 0, False)]
    while todo:
        node, above, depth, flat = todo.pop()
        nodes: list[_Open] = []
        child = node.first_child if node is not None else None
        while child is not None:
            if child.is_text_node:
                above.children.append(child.text_content or "")
            elif child.is_element_node and child.tag:
                below = flat or (child.tag == "table" and depth > _DEEPEST - _OF_A_TABLE)
                plain = depth >= _DEEPEST - 1 or (below and child.tag in _TABLE)
                attributes = {name: said or "" for name, said in child.attributes.items()}
                made = Element("div" if plain and child.tag not in _UNSEEN else child.tag, attributes)
                above.children.append(made)
                hung = made if depth < _DEEPEST or child.tag in _UNSEEN else above
                nodes.append((child, hung, min(depth + 1, _DEEPEST), below))
            child = child.next
        todo.extend(nodes)
    return root
