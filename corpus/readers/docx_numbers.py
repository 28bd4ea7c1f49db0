"""Automatic numbers of a word processor's lists, as they are printed: "IV.", "1.2.", "Điều 5.", "a)", "-".

Source of the rules: ECMA-376, Part 1, 17.9 (numbering) and what Word does where it is silent: lists of one definition
count on together, a restart counts from the first paragraph of its list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_MOST = 32_767  # what a word processor counts to
_MOST_LETTERS, _MOST_ROMAN = 26 * 4, 3999  # numbers beyond these are printed in figures
_LONGEST = 100  # characters of what is printed around a number
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_OF_SYMBOLS = {0xF02B: "+", 0xF02D: "-"}  # as a font of symbols has them
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; `text` holds %1 … %9 where numbers go."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""  # the paragraph style that has this level
    restart: int = -1  # the level (from 1) whose numbers start it anew; 0 none, -1 any above it
    legal: bool = False  # every number in it is printed in figures


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of an element of Word's, "" where either is missing."""
    return "" if element is None else element.get(f"{W}{name}", "")


def is_on(element: Element | None) -> bool:
    """Whether a property that is either on or off is there and on."""
    return element is not None and value(element) not in {"0", "false", "off"}


def count_of(said: str, otherwise: int, most: int = _MOST) -> int:
    """A number of a file's from 0 to `most`, `otherwise` where it says none.

    >>> count_of("12", 1), count_of("-3", 1), count_of("²", 1), count_of("99999999", 1)
    (12, 1, 1, 1)
    """
    sound = said.isascii() and said.isdecimal() and len(said) <= len(str(_MOST))
    return int(said) if sound and int(said) <= most else otherwise


class Numbering:
    """The lists of a file and how far each has been counted."""

    def __init__(self, root: Element | None, style_lists: Mapping[str, str]) -> None:
        """style_lists: id of a list style -> id of the list it has."""
        self._abstract: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}
        self._of: dict[str, str] = {}
        self._overrides: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._met: set[str] = set()
        self._style_lists = style_lists
        if root is not None:
            self._read(root)

    def level_of_style(self, number: str, style: str) -> int:
        """The level of a list that a paragraph style has; 0 where none is its own."""
        return next((at for at, level in self._levels(number).items() if level.style == style), 0)

    def next(self, number: str, depth: int, inner: bool = False) -> str:
        """The marker of the next paragraph of a list at a level (from 0), "" where nothing is printed.

        inner: whether the list is one within another, though a list of its own.
        """
        levels = self._levels(number)
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(self._definition(number), [None] * _LEVELS)
        self._restart(number, counts)
        held = counts[depth]
        counts[depth] = self._start(number, depth) if held is None else held + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else -1
            if restart < 0 or depth < restart:
                counts[deeper] = None
        if level.format == "bullet":
            return _bullet(level.text, inner or (depth > 0 and self._is_open_bullet(levels, counts, depth - 1)))
        return self._printed(number, level, counts)

    def _restart(self, number: str, counts: list[int | None]) -> None:
        if number not in self._met:
            self._met.add(number)
            for depth in self._starts.get(number, {}):
                counts[depth] = None

    def _is_open_bullet(self, levels: Mapping[int, Level], counts: list[int | None], depth: int) -> bool:
        return depth in levels and levels[depth].format == "bullet" and counts[depth] is not None

    def _printed(self, number: str, level: Level, counts: list[int | None]) -> str:
        levels = self._levels(number)

        def of(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            count = counts[at]
            form = "decimal" if level.legal else levels.get(at, level).format
            return formatted(self._start(number, at) if count is None else count, form)

        if level.format == "none" and "%" not in level.text.replace("%%", ""):
            return level.text.strip()
        printed = re.sub(r"%([1-9])", of, level.text).strip()
        return f"{printed}." if printed.isalnum() else printed

    def _start(self, number: str, depth: int) -> int:
        own = self._starts.get(number, {}).get(depth)
        level = self._levels(number).get(depth)
        return own if own is not None else level.start if level else 1

    def _definition(self, number: str) -> str:
        abstract = self._of.get(number, "")
        linked = self._style_lists.get(self._linked.get(abstract, ""), "")
        return self._of.get(linked, abstract)

    def _levels(self, number: str) -> Mapping[int, Level]:
        levels = self._abstract.get(self._definition(number), {})
        return {**levels, **self._overrides[number]} if number in self._overrides else levels

    def _read(self, root: Element) -> None:
        for abstract in root.findall(f"{W}abstractNum"):
            own = value(abstract, "abstractNumId")
            self._abstract[own] = {_depth(one): _level(one) for one in abstract.findall(f"{W}lvl")}
            self._linked[own] = value(abstract.find(f"{W}numStyleLink"))
        for number in root.findall(f"{W}num"):
            own = value(number, "numId")
            self._of[own] = value(number.find(f"{W}abstractNumId"))
            for override in number.findall(f"{W}lvlOverride"):
                depth = _depth(override)
                if start := value(override.find(f"{W}startOverride")):
                    self._starts.setdefault(own, {})[depth] = count_of(start, 1)
                if (one := override.find(f"{W}lvl")) is not None:
                    self._overrides.setdefault(own, {})[depth] = _level(one)


def formatted(count: int, form: str) -> str:
    """A number as a list prints it.

    >>> formatted(4, "upperRoman"), formatted(28, "lowerLetter"), formatted(7, "decimalZero")
    ('IV', 'bb', '07')
    >>> formatted(21, "vietnameseCounting")
    'hai mươi mốt'
    """
    if form in {"upperRoman", "lowerRoman"} and count <= _MOST_ROMAN:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    if form in {"upperLetter", "lowerLetter"} and 0 < count <= _MOST_LETTERS:
        letters = _ALPHABET[(count - 1) % 26] * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form == "decimalZero":
        return f"{count:02}"
    if form in {"vietnameseCounting", "cardinalText"} and 0 < count < 100:
        return _counted(count)
    if form in {"decimalEnclosedParen", "decimalEnclosedCircle"}:
        return f"({count})"
    return "" if form in {"none", "bullet"} else str(count)


def _counted(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not tens:
        return _DIGITS[ones]
    before = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{before} {last}".strip()


def _roman(count: int) -> str:
    letters = ""
    for amount, sign in _ROMAN:
        letters += sign * (count // amount)
        count %= amount
    return letters


def _bullet(text: str, below_bullet: bool) -> str:
    """Dashes and crosses as they are printed; any other sign, often of a font of symbols, as "-", below one as "+"."""
    sign = text.strip().translate(_OF_SYMBOLS)
    if not sign:
        return ""
    if sign in {"+", "-", "–", "—"}:
        return sign
    return "+" if below_bullet else "-"


def _depth(element: Element) -> int:
    return count_of(value(element, "ilvl"), 0, _LEVELS - 1)


def _level(element: Element) -> Level:
    start, restart = value(element.find(f"{W}start")), value(element.find(f"{W}lvlRestart"))
    form = value(element.find(f"{W}numFmt")) or "decimal"
    return Level(
        start=count_of(start, 1),
        format=form,
        text=value(element.find(f"{W}lvlText"))[:_LONGEST],
        style=value(element.find(f"{W}pStyle")),
        restart=count_of(restart, -1),
        legal=is_on(element.find(f"{W}isLgl")),
    )
