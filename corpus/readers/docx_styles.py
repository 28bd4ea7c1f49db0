"""What the styles of a word processor's file say of a paragraph, a run and a table, inherited styles included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from corpus.readers.docx_numbers import W, count_of, is_on, value

_HEADING = re.compile(r"heading\s+([1-9])", re.IGNORECASE)
_INNER_LIST = re.compile(r"list bullet\s*[2-9]", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc\s+\d|table of figures|index\s+\d)", re.IGNORECASE)
_DEEPEST = 6  # hashes
_BODY = 9  # the outline level of running text
_CAPITALS, _STRUCK = ("caps", "smallCaps"), ("strike", "dstrike")
_MOST_BASES = 12  # styles that one is based on; two may be based on each other


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run looks: its font, whether it is hidden, bold, shown in capitals whatever its letters are, struck out."""

    font: str
    hidden: bool
    bold: bool
    capitals: bool
    struck: bool


class Styles:
    """The styles of a file by their ids."""

    def __init__(self, root: Element | None) -> None:
        styles = [] if root is None else root.findall(f"{W}style")
        self._styles = {value(style, "styleId"): style for style in styles}
        self._normal = {
            value(style, "type"): value(style, "styleId")
            for style in styles
            if value(style, "default") in {"1", "true"}
        }
        self._default_fonts = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
        self._runs: dict[tuple[str, str], RunLook] = {}

    def lists(self) -> dict[str, str]:
        """Id of each list style -> id of its list."""
        found = {name: value(style.find(f"{W}pPr/{W}numPr/{W}numId")) for name, style in self._styles.items()}
        return {name: number for name, number in found.items() if number}

    def style_of(self, paragraph: Element) -> str:
        """The id of a paragraph's style."""
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._normal.get("paragraph", "")

    def is_contents(self, style: str) -> bool:
        """Whether a paragraph of a style is a line of a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self._names(style))

    def is_title(self, style: str) -> bool:
        """Whether a style is the one of the title of a whole text."""
        return any(name.lower() == "title" for name in self._names(style))

    def is_inner_list(self, style: str) -> bool:
        """Whether a style is that of lists within lists which have a definition each: "List Bullet 2"."""
        return any(_INNER_LIST.fullmatch(name) for name in self._names(style))

    def heading(self, paragraph: Element) -> int:
        """The level of a heading from 1, told by the paragraph, its style or that style's ancestors; 0 for none."""
        own = value(paragraph.find(f"{W}pPr/{W}outlineLvl"))
        if own:
            return _heading_level(own)
        for style in self._chain(self.style_of(paragraph)):
            if level := value(style.find(f"{W}pPr/{W}outlineLvl")):
                return _heading_level(level)
            if named := _HEADING.fullmatch(value(style.find(f"{W}name"))):
                return min(int(named[1]), _DEEPEST)
        return 0

    def list_of(self, paragraph: Element) -> tuple[str, str, str]:
        """The list of a paragraph, its level where stated, and the style that names the list where a style does.

        The list is "" where there is none, also where the paragraph takes itself out of its style's ("0").
        """
        properties = paragraph.find(f"{W}pPr/{W}numPr")
        own = value(None if properties is None else properties.find(f"{W}numId"))
        depth = value(None if properties is None else properties.find(f"{W}ilvl"))
        if own:
            return ("" if own == "0" else own), depth, ""
        for style in self._chain(self.style_of(paragraph)):
            found = style.find(f"{W}pPr/{W}numPr")
            if found is not None and (number := value(found.find(f"{W}numId"))):
                stated = depth or value(found.find(f"{W}ilvl"))
                return ("" if number == "0" else number), stated, value(style, "styleId")
        return "", "", ""

    def run(self, properties: Element | None, paragraph_style: str) -> RunLook:
        """How a run looks by its own properties, its style and its paragraph's."""
        own_style = value(None if properties is None else properties.find(f"{W}rStyle"))
        inherited = self._inherited(own_style, paragraph_style)
        if properties is None:
            return inherited
        hidden, bold = properties.find(f"{W}vanish"), properties.find(f"{W}b")
        return RunLook(
            _font(properties.find(f"{W}rFonts")) or inherited.font,
            inherited.hidden if hidden is None else is_on(hidden),
            inherited.bold if bold is None else is_on(bold),
            _any_is_on([properties], _CAPITALS, inherited.capitals),
            _any_is_on([properties], _STRUCK, inherited.struck),
        )

    def has_borders(self, table_style: str) -> bool:
        """Whether a style of tables draws lines."""
        found = (style.find(f"{W}tblPr/{W}tblBorders") for style in self._chain(table_style))
        return any(draws(borders) for borders in found)

    def _inherited(self, run_style: str, paragraph_style: str) -> RunLook:
        key = run_style, paragraph_style
        if key not in self._runs:
            chain = [*self._chain(run_style), *self._chain(paragraph_style)]
            found = [style.find(f"{W}rPr") for style in chain]
            some = [properties for properties in found if properties is not None]
            fonts = (_font(properties.find(f"{W}rFonts")) for properties in some)
            font = next(filter(None, fonts), "") or _font(self._default_fonts)
            switches = [_any_is_on(some, names, False) for names in (("vanish",), ("b",), _CAPITALS, _STRUCK)]
            self._runs[key] = RunLook(font, *switches)
        return self._runs[key]

    def _names(self, style: str) -> Iterator[str]:
        return (value(one.find(f"{W}name")) for one in self._chain(style))

    def _chain(self, style: str) -> Iterator[Element]:
        """A style and those it is based on."""
        for _ in range(_MOST_BASES):
            if style not in self._styles:
                return
            yield self._styles[style]
            style = value(self._styles[style].find(f"{W}basedOn"))


def _heading_level(outline: str) -> int:
    """The level of a heading by an outline level of the file's; 0 for running text."""
    level = count_of(outline, _BODY)
    return min(level + 1, _DEEPEST) if level < _BODY else 0


def draws(borders: Element | None) -> bool:
    """Whether any of the borders that are stated is a line."""
    return borders is not None and any(value(side) not in {"", "none", "nil"} for side in borders)


def _any_is_on(properties: Sequence[Element], names: Sequence[str], otherwise: bool) -> bool:
    """Whether any of some switches is on by the first of several properties of runs that says anything of it."""
    said = ((one.find(f"{W}{name}") for one in properties) for name in names)
    first = [
        found for one in said if (found := next((switch for switch in one if switch is not None), None)) is not None
    ]
    return any(map(is_on, first)) if first else otherwise


def _font(fonts: Element | None) -> str:
    return value(fonts, "ascii") or value(fonts, "hAnsi")
