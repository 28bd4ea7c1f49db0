"""A web page as a plain tree: elements, their attributes, their text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_DEEPEST = 200  # elements within each other; what lies deeper is hung there


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


def parse(text: str) -> Element:
    """The tree of a page."""
    from selectolax.lexbor import LexborHTMLParser

    parser = LexborHTMLParser(text)
    root = Element("html", {})
    todo: list[tuple[Any, Element, int]] = [(parser.root, root, 0)]
    while todo:
        node, above, depth = todo.pop()
        nodes: list[tuple[Any, Element, int]] = []
        child = node.first_child if node is not None else None
        while child is not None:
            if child.is_text_node:
                above.children.append(child.text_content or "")
            elif child.is_element_node and child.tag:
                made = Element(child.tag, {name: said or "" for name, said in child.attributes.items()})
                above.children.append(made)
                nodes.append((child, made if depth < _DEEPEST else above, min(depth + 1, _DEEPEST)))
            child = child.next
        todo.extend(nodes)
    return root
