"""How the words of a web page look by the elements around them: fonts, bold, capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.readers.html_tree import Element
from corpus.readers.pieces import Piece

_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*([a-z]+|\d{1,4})", re.IGNORECASE)
_CAPITALS = re.compile(r"(?:text-transform|font-variant)\s*:\s*([a-z-]+)")
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_BOLD = 600  # the weight from which letters are bold


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: in which font, in how many lists of bullets, whether in bold, whether in capitals."""

    font: str = ""
    bullets: int = 0
    bold: bool = False
    capitals: bool = False

    def within(self, element: Element) -> Place:
        """Where what is in an element stands, the element standing here."""
        font, bold = _font(element) or self.font, _is_bold(element, self.bold)
        return replace(self, font=font, bold=bold, capitals=_is_in_capitals(element, self.capitals))

    def piece(self, words: str) -> Piece:
        """Words that stand here."""
        return Piece(words, self.font, self.bold, self.capitals)


#: Where nothing around an element says how it looks.
PLAIN = Place()


def is_struck(element: Element) -> bool:
    """Whether an element's words are struck out."""
    return element.tag in {"del", "s", "strike"} or _STRUCK.search(element.attributes.get("style", "")) is not None


def _is_bold(element: Element, around: bool) -> bool:
    """Whether an element's words are bold, those around it being so or not."""
    stated = _WEIGHT.search(element.attributes.get("style", ""))
    if stated:
        return stated[1].lower().startswith("bold") or (stated[1].isdecimal() and int(stated[1]) >= _BOLD)
    return around or element.tag in {"b", "strong"}


def _is_in_capitals(element: Element, around: bool) -> bool:
    """Whether an element's letters are shown as capitals, those around it being so or not."""
    stated = _CAPITALS.findall(element.attributes.get("style", "").lower())
    return not {"uppercase", "small-caps"}.isdisjoint(stated) if stated else around


def _font(element: Element) -> str:
    if face := element.attributes.get("face", ""):
        return face.split(",")[0]
    found = _FONT.search(element.attributes.get("style", ""))
    return found[1].strip() if found else ""
