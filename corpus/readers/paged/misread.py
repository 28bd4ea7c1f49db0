"""Labels of recognised text, mended by the list they stand in.

A label is put right only where its list waits for it: what is read as "II" behind section II is the third section if
"III" is known to be read so. A label that stands where it may is left alone, and so is what no list waits for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from corpus.marks import mark
from corpus.readers.paged.joining import Paragraph
from corpus.readers.paged.ordering import Placed
from corpus.readers.paged.phrases import mended_phrase
from corpus.vocabulary import HERE, read_toml

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_LETTERS = "abcdđefghiklmnopqrstuvxy"
_SIGNS = str.maketrans({"⁄": "/", "—": "–"})  # no official text is set with these
_OFTEN = 3  # items with a sign that make it one of the text's own
_SKIPPED = {"d": "đe", "e": "fg"}  # lists with đ or without, with f or without
_TOKEN = re.compile(r"(\S{1,5}?)(\s?[-–](?=\s)|[.,:;)\]}>|·•'⁄/_]{1,2})(\s*)(?=\S)")
_STOPS = {"letter": ").)/", "number": ".)/-–", "roman": ".)/-–"}  # what may stand behind a label as it is
_PAIR = re.compile(rf"({'|'.join(sorted(_ROMAN, key=len, reverse=True))})\.(\d{{1,2}})[.)]?\s")
_WITHIN = re.compile(r"(\S{2,7}?)[.,:;)]\s+(?=[A-ZĐÀ-Ỹ])")
_ARTICLE = re.compile(r"\w+\s+(?:[^\w\s]*\s*)(?=[A-ZĐÀ-Ỹ])")
_CHAPTER = re.compile(r"\w+\s*\W{0,2}$")
_NAMES = {"Điều": _ARTICLE, "ĐIỀU": _ARTICLE, "Chương": _CHAPTER, "CHƯƠNG": _CHAPTER}
_BARE = re.compile(r"(\S{1,4})()(\s+)(?=[A-ZĐÀ-Ỹ])")
_DASHED = re.compile(r"^[-–_~]\s*[-–_~]\s*(?=(?:[a-zđ]|\d{1,2})[.)]\s)")
_JUNK = re.compile(r"^[`'‘’.,:;|_^ˆ°~¬\\]{1,3}\s+(?=[-–+\wĐđ(“\"])")


@dataclass(slots=True)
class _Lists:
    """The lists that are open: the last label of each kind, None where none is."""

    last: dict[str, int] = field(default_factory=dict)
    within: int = 0  # the last number of labels like "II.3", of the section that is open
    named: dict[str, int] = field(default_factory=dict)  # of "Điều 3.", "Chương II" by their names

    def waits(self, kind: str) -> Iterator[int]:
        """The numbers that may come next in a list of a kind: the next one first, then the first."""
        at = self.last.get(kind)
        if at is not None:
            yield at + 1
            if kind == "letter":
                yield from (_LETTERS.index(other) + 1 for other in _SKIPPED.get(_LETTERS[at - 1], ""))
        yield 1

    def take(self, kind: str, number: int) -> None:
        """Notes a label; the lists below it end."""
        kinds = ("roman", "number", "letter")
        for below in kinds[kinds.index(kind) + 1 :]:
            self.last.pop(below, None)
        self.last[kind] = number
        self.within = 0 if kind == "roman" else self.within


def mended(paragraphs: Sequence[Paragraph], pages: frozenset[int]) -> None:
    """Mends the labels of paragraphs that begin on recognised pages, in place."""
    lists = _Lists()
    dashes = _usual_sign(paragraphs)
    for paragraph in paragraphs:
        paragraph.lines[:] = [
            _with_plain_signs(placed) if placed.page in pages else placed for placed in paragraph.lines
        ]
        first = paragraph.lines[0]
        if first.page not in pages:
            _note(lists, first.line.text)
            continue
        if len(paragraph.lines) == 1 and (phrase := mended_phrase(first.line.text)) != first.line.text:
            paragraph.lines[0] = replace(first, line=replace(first.line, text=phrase))
            continue
        if first.row or first.listed:
            text = _without_junk(first.line.text)
            paragraph.lines[0] = replace(first, line=replace(first.line, text=text))
            continue
        text = _signed(first.line.text, dashes) or _without_junk(first.line.text)
        text = (
            _signed(text, dashes)
            or _named(text, lists)
            or _labelled(text, lists)
            or _labelled_within(text, lists)
            or text
        )
        _note(lists, text)
        paragraph.lines[0] = replace(first, line=replace(first.line, text=text))


def _with_plain_signs(placed: Placed) -> Placed:
    """A line with the signs that are printed in place of those they are read as."""
    text = placed.line.text.translate(_SIGNS)
    return placed if text == placed.line.text else replace(placed, line=replace(placed.line, text=text))


def _note(lists: _Lists, text: str) -> None:
    found, named = _read(text), mark(text)
    if named is not None and (name := named.label.partition(" ")[0]) in _NAMES:
        number = named.label.rpartition(" ")[2]
        lists.named[name] = _ROMAN.index(number) + 1 if number in _ROMAN else named.number
    if found is not None:
        lists.take(*found)
    elif (pair := _PAIR.match(text)) and lists.last.get("roman") == _ROMAN.index(pair[1]) + 1:
        lists.within = int(pair[2])


def _read(text: str) -> tuple[str, int] | None:
    """The kind and the number of a label that is read without doubt."""
    found = mark(text)
    if found is None:
        return None
    if found.label in _ROMAN:
        return "roman", _ROMAN.index(found.label) + 1
    if found.label.isdigit():
        return "number", int(found.label)
    if len(found.label) == 1 and found.label in _LETTERS:
        return "letter", _LETTERS.index(found.label) + 1
    return None


def _without_junk(text: str) -> str:
    return _DASHED.sub("", _JUNK.sub("", text, count=1), count=1)


def _usual_sign(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The signs that lists of this text do use: those are left as they are."""
    begins = [paragraph.lines[0].line.text.split(maxsplit=1)[0] for paragraph in paragraphs]
    signs = set(_table("sign")) | {sign for read in _table("sign").values() for sign in read}
    counts = {sign: begins.count(sign) for sign in signs}
    most = max(counts.values(), default=0)
    often = {sign for sign, count in counts.items() if count * 2 >= most and count >= _OFTEN}
    return frozenset(often | ({"-"} if counts.get("-") else set()))


def _signed(text: str, usual: frozenset[str]) -> str | None:
    """A list item with the sign that was misread before it put right."""
    words = text.split(maxsplit=1)
    for right, read in _table("sign").items():
        if len(words) == 2 and words[0] in read and words[0] not in usual and (right in usual or right == "+"):
            return f"{right} {words[1]}"
    return None


def _labelled(text: str, lists: _Lists) -> str | None:
    """A line with its label put right, None where it may stand as it is."""
    match = _TOKEN.match(text) or _BARE.match(text)
    if match is None:
        return None
    token, stop, rest = match[1], match[2], text[match.end() :]
    read, found = _read(text), mark(text)
    if read is None and found is not None and len(found.label) > 1:  # "1.2.", "(1)"
        return None
    if read is not None and read[1] in set(lists.waits(read[0])) and not _is_stuck(read, lists):
        return f"{token}{stop} {rest}" if not match[3] and rest[0].isalpha() else None
    for kind, number in _expected(lists, _is_capitals(rest)):
        right = _label(kind, number)
        if not stop and kind != "roman" and number == 1:
            continue
        if token in _readings(kind, right) and (ending := _ending(kind, stop)):
            return f"{right}{ending} {rest}"
    return None


def _named(text: str, lists: _Lists) -> str | None:
    """An article or a chapter whose number was lost: "Điều Kinh phí thực hiện", "Chương"."""
    found = mark(text)
    name = text.split(maxsplit=1)[0] if text else ""
    if name not in _NAMES or (found is not None and " " in found.label):
        return None
    match, number = _NAMES[name].match(text), lists.named.get(name, 0) + 1
    if match is None or (number == 1 and name == "Điều"):
        return None
    label = str(number) if name.lower() == "điều" else _label("roman", number)
    lists.named[name] = number
    rest = text[match.end() :]
    return f"{name} {label}. {rest}" if rest else f"{name} {label}"


def _labelled_within(text: str, lists: _Lists) -> str | None:
    """A line with a label like "II.3." put right, which only the section it is in and the one before it can tell."""
    section, match = lists.last.get("roman"), _WITHIN.match(text)
    if section is None or match is None or _PAIR.match(text):
        return None
    read = _read(text)
    if read is not None and read[1] in set(lists.waits(read[0])) and not lists.within:
        return None
    right, number = _label("roman", section), str(lists.within + 1)
    for at in range(1, len(match[1])):
        before, behind = match[1][:at].rstrip(".,:"), match[1][at:]
        sure = lists.within or len(before) < at or (any(map(str.isalpha, before)) and behind.isdigit())
        if sure and before in _readings("roman", right) and behind in _readings("number", number):
            return f"{right}.{number}. {text[match.end() :]}"
    return None


def _ending(kind: str, stop: str) -> str:
    """What stands behind a label of a kind where this was read; "" where it is none of its stops."""
    usual = ")" if kind == "letter" else "."
    if stop and stop.strip() in _STOPS[kind]:
        return stop
    return usual if not stop or stop in _table("stop")[usual] else ""


def _is_capitals(words: str) -> bool:
    """Whether a title is set in capitals, as those behind Roman numerals are."""
    return " ".join(words.split()[:2]).isupper()


def _is_stuck(read: tuple[str, int], lists: _Lists) -> bool:
    """Whether a first label stands where a first one has just been: "I" behind "I" is the second."""
    return lists.last.get(read[0]) == read[1]


def _expected(lists: _Lists, capitals: bool) -> Iterator[tuple[str, int]]:
    """Labels that may come, the next of each open list first, then first ones; before capitals numerals first."""
    kinds = ("roman", "number", "letter") if capitals else ("letter", "number", "roman")
    for kind in kinds:
        yield from ((kind, number) for number in lists.waits(kind) if number != 1 and number <= _most(kind))
    for kind in ("roman", "number", "letter") if capitals else ("number", "letter", "roman"):
        if kind not in lists.last:
            yield kind, 1


def _most(kind: str) -> int:
    return {"roman": len(_ROMAN), "letter": len(_LETTERS), "number": 99}[kind]


def _label(kind: str, number: int) -> str:
    if kind == "roman":
        return _ROMAN[number - 1]
    return _LETTERS[number - 1] if kind == "letter" else str(number)


def _readings(kind: str, label: str) -> frozenset[str]:
    """What a label may be read as, itself included."""
    if kind != "number":
        return frozenset({label, *_table(kind).get(label, ())})
    readings = [""]
    for digit in label:
        readings = [start + read for start in readings for read in (digit, *_table("digit").get(digit, ()))]
    return frozenset(readings)


@cache
def _table(name: str) -> Mapping[str, Sequence[str]]:
    entries = read_toml(HERE / "recognising.toml")[name]
    return {right: tuple(read) for right, read in entries.items()}
