"""The words of a paragraph of a word processor's file: fields, revisions, hidden text, symbols, notes and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.marks import BULLETS, mark
from corpus.readers.docx_numbers import W, count_of, value
from corpus.readers.docx_styles import RunLook, Styles
from corpus.readers.emphasis import pointed
from corpus.readers.grid import GAP
from corpus.readers.laying import lines_of
from corpus.readers.legacy import is_legacy_font
from corpus.readers.pieces import Piece, raised, runs_of

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "rPr", "pPr", "delText", "instrText", "rt"))
_LEFT_OUT |= {f"{W}sdtPr", f"{W}sdtEndPr", f"{W}annotationRef", f"{W}footnoteRef", f"{W}endnoteRef"}
#: Fields that print something of the page, not of the text.
_OF_THE_PAGE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_GIVEN = {
    "noBreakHyphen": "-",
    "br": "\n",
    "cr": "\n",
    "tab": "\t",
    "ptab": "\t",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks, whether it stands raised, the style of its paragraph."""

    run: RunLook
    raised: bool
    style: str

    def piece(self, words: str) -> Piece:
        """Words that look so."""
        return Piece(words, self.run.font, self.run.bold, self.run.capitals)


@dataclass(slots=True)
class Words:
    """What a paragraph holds: pieces of text, its notes by (kind, id), its boxes of text."""

    pieces: list[Piece] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)  # kind, id, mark as shown
    boxes: list[Element] = field(default_factory=list)

    def with_more(self, words: Words) -> Words:
        """These words, now followed by others."""
        self.pieces += words.pieces
        self.notes += words.notes
        self.boxes += words.boxes
        return self

    @property
    def text(self) -> str:
        """The words as read, letters of legacy fonts converted, white space at the ends of lines left out.

        Behind a bold beginning of a line stands emphasis.END.
        """
        shown = runs_of(self.pieces)
        whole = "".join(words for words, _ in shown)
        return pointed(lines_of(map(_line, whole.split("\n"))), shown)


def _line(line: str) -> str:
    """A line without tabs: behind its marker a space, between words the gap between columns."""
    line = line.strip(" \t\xa0")
    if "\t" not in line:
        return line
    first, _, rest = line.partition("\t")
    found = mark(f"{first} x")
    if (found is not None and found.end >= len(first)) or (len(first) == 1 and first in f"{BULLETS}+"):
        line = f"{first.strip()} {rest.strip()}"
    return re.sub(r" *\t[ \t]*", GAP, line)


class Inline:
    """Reads the words of paragraphs; remembers fields that run on and the numbers of the notes.

    has_struck: whether words were left out because they are struck out.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[_Field] = []  # those that are open
        self._notes = 0
        self.has_struck = False

    def read(self, paragraph: Element) -> Words:
        """What a paragraph holds."""
        words = Words()
        style = self._styles.style_of(paragraph)
        for child in paragraph:
            self._element(child, style, words)
        self._fields = []  # one that is never closed hides no more than its paragraph
        return words

    def _element(self, element: Element, style: str, words: Words) -> None:
        if element.tag in _LEFT_OUT:
            return
        if element.tag == f"{W}r":
            self._run(element, style, words)
        elif element.tag == f"{W}fldSimple" and _is_of_the_page(value(element, "instr")):
            return
        elif element.tag == f"{_MATH}t":
            words.pieces.append(Piece(element.text or "", ""))
        elif element.tag == f"{MC}AlternateContent":
            self._alternative(element, style, words)
        else:
            for child in element:
                self._element(child, style, words)

    def _run(self, run: Element, style: str, words: Words) -> None:
        properties = run.find(f"{W}rPr")
        run_look = self._styles.run(properties, style)
        stands = "" if properties is None else value(properties.find(f"{W}vertAlign"))
        look = _Look(run_look, stands == "superscript", style)
        if run_look.struck and run.find(f"{W}t") is not None:
            self.has_struck = True
        for child in run:
            name = child.tag.removeprefix(W)
            if name == "fldChar":
                self._field(child, look, words)
            elif name == "instrText" and self._fields:
                self._fields[-1].instruction += child.text or ""
            elif not run_look.hidden and not run_look.struck and not self._is_left_out():
                self._content(child, name, look, words)

    def _content(self, child: Element, name: str, look: _Look, words: Words) -> None:
        legacy = is_legacy_font(look.run.font)
        if name == "t":
            text = child.text or ""
            if not legacy:
                text = text.replace("\xad", "").replace("\u2011", "-")
            text = raised(text) if look.raised else text
            words.pieces.append(look.piece(text))
        elif name == "softHyphen":
            words.pieces.append(look.piece("\xad" if legacy else ""))
        elif name == "br" and value(child, "type") in {"page", "column"}:
            words.pieces.append(look.piece(" "))
        elif name in _GIVEN:
            words.pieces.append(look.piece(_GIVEN[name]))
        elif name == "sym":
            words.pieces.append(Piece(_character(value(child, "char")), value(child, "font"), look.run.bold))
        elif name in {"footnoteReference", "endnoteReference"}:
            self._note(child, name.removesuffix("Reference"), words)
        elif child.tag == f"{MC}AlternateContent":
            self._alternative(child, look.style, words)
        elif name in {"drawing", "pict", "object"}:
            words.boxes.extend(_outermost(child))
        elif name == "ruby" and (base := child.find(f"{W}rubyBase")) is not None:
            self._element(base, look.style, words)

    def _alternative(self, element: Element, style: str, words: Words) -> None:
        way = shown_way(element)
        boxes = [] if way is None else list(_outermost(way))
        words.boxes.extend(boxes)
        for child in [] if way is None or boxes else way:
            self._element(child, style, words)

    def _note(self, reference: Element, kind: str, words: Words) -> None:
        custom = value(reference, "customMarkFollows") in {"1", "true", "on"}
        shown = ""
        if not custom:
            self._notes += 1
            shown = str(self._notes)
            before = words.pieces[-1] if words.pieces else Piece("", "")
            words.pieces.append(before._replace(words=raised(shown)))
        words.notes.append((kind, value(reference, "id"), shown))

    def _field(self, character: Element, look: _Look, words: Words) -> None:
        kind = value(character, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(_chosen(character), len(words.pieces)))
        elif kind == "separate" and self._fields:
            self._fields[-1].has_result = True
        elif kind == "end" and self._fields:
            field = self._fields.pop()
            written = any(piece.words.strip() for piece in words.pieces[field.begins :])
            if field.chosen and not written and not look.run.hidden and not self._is_left_out():
                words.pieces.append(look.piece(field.chosen))

    def _is_left_out(self) -> bool:
        return any(_is_of_the_page(field.instruction) or not field.has_result for field in self._fields)


@dataclass(slots=True)
class _Field:
    """A field that is open: what is chosen in it, before which piece it begins, how its result is made."""

    chosen: str
    begins: int
    instruction: str = ""
    has_result: bool = False


def _chosen(character: Element) -> str:
    """What is chosen from a list to choose from; "" where that is no such list."""
    choices = character.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [value(entry) for entry in choices.findall(f"{W}listEntry")]
    at = count_of(value(choices.find(f"{W}result")) or value(choices.find(f"{W}default")), 0)
    return entries[at] if at < len(entries) else ""


def shown_way(alternative: Element) -> Element | None:
    """The first of several ways to show one thing that holds words; the others hold the same words again."""
    return next((way for way in alternative if next(way.iter(f"{W}t"), None) is not None), None)


def _is_of_the_page(instruction: str) -> bool:
    return next(iter(instruction.split()), "").upper() in _OF_THE_PAGE


def _outermost(element: Element) -> Iterator[Element]:
    """The boxes of text in a drawing, not those within them."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{MC}AlternateContent":
            yield from next((found for way in child if (found := list(_outermost(way)))), [])
        else:
            yield from _outermost(child)


def _character(code: str) -> str:
    try:
        return chr(int(code, 16))
    except ValueError:
        return ""
