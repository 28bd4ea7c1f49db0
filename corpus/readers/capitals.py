"""Capitals that an encoding has no codes for (TCVN3: vowels with a tone), told by the letters and words around them.

A letter that has a code for each case tells in which the word is: "HOạCH" is in capitals, "hoạch" is not, "Kế" and
"Sở" may be either, and are in capitals where the words around them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.marks import mark
from corpus.names import agency_names
from corpus.vocabulary import HERE, read_toml
from corpus.words import is_vietnamese

_TELLING = frozenset("abcdefghijklmnopqrstuvwxyzăâêôơưđ")
_WORD = re.compile(r"[^\W\d_]+")
_COLUMNS = re.compile(r"(\s{3,}|\t|\|)")
_STOP = re.compile(r"(?<!\.)(?<!v\.v)[.!?][\"”’)]*\s+[\"“‘(]?(?=\w)")
_ENDED = re.compile(r"[.;:!?…”\"’)/|]\s*$")
_OPENING = re.compile(r"[\s\"“‘(]*")
_SEVERAL = 2  # words of lost capitals that are no slip
_ACRONYM = 3  # letters, of one that a line may begin with ("UBND XÃ"), of one that looks like a syllable ("SYT")
_WIDEST, _NEARLY = 160, 0.8  # characters of a line that was broken by its width, and the share of it that is full


def with_capitals(text: str) -> str:
    """The text with the capitals that its words must have had.

    >>> with_capitals("Kế HOạCH\\nBộ Y tế giao Vụ Trẻ em. ở tỉnh, ủy ban nhân dân các xã.\\n1. ủng hộ trẻ em")
    'KẾ HOẠCH\\nBộ Y tế giao Vụ Trẻ em. Ở tỉnh, Ủy ban nhân dân các xã.\\n1. Ủng hộ trẻ em'
    """
    lines = text.split("\n")
    width = _width(lines)
    begun = (_begins_anew(before, line, width) for before, line in zip(["", *lines], lines, strict=False))
    pairs = zip(map(_in_capitals, lines), begun, strict=True)
    return _names().sub(lambda found: _raised(found[0], 0), "\n".join(_with_first_letters(*pair) for pair in pairs))


def lost_capitals(text: str) -> bool:
    """Whether a text has words of which only the letters that have codes for it are capitals: "HOạCH", "MụC"."""
    words = {word for word in _WORD.findall(text) if not word.isupper() and _kind(word) == "capitals"}
    return sum(map(_is_no_acronym, words)) >= _SEVERAL


def _in_capitals(line: str) -> str:
    return "".join(part if at % 2 else _column(part) for at, part in enumerate(_COLUMNS.split(line)))


def _column(words: str) -> str:
    """Words between wide gaps: all of them are in capitals, or some that stand together."""
    found = mark(words)
    start = found.end if found else 0
    spans = [match.span() for match in _WORD.finditer(words, start)]
    kinds = [_kind(words[slice(*span)]) for span in spans]
    whole = "small" not in kinds and _all_capitals(words[start:], [words[slice(*span)] for span in spans], kinds)
    raised = [whole or kind == "capitals" for kind in kinds]
    for first, last in [] if whole else _runs(words, spans, kinds):
        raised[first:last] = _raised_run([words[slice(*span)] for span in spans[first:last]], kinds[first:last])
    letters = list(words)
    for (left, right), up in zip(spans, raised, strict=True):
        if up:
            letters[left:right] = words[left:right].upper()
    return "".join(letters)


def _kind(word: str) -> str:
    """ "capitals", "small", or "" for a word that may be in either."""
    telling = [letter for letter in word if letter.lower() in _TELLING]
    if any(map(str.islower, telling)):
        return "small"
    return "capitals" if len(telling) > 1 else ""


def _all_capitals(text: str, words: Sequence[str], kinds: Sequence[str]) -> bool:
    """Whether words of which none has a small letter that tells are all in capitals, also those that do not tell."""
    if any(kind and _is_no_acronym(word) for word, kind in zip(words, kinds, strict=True)):
        return True
    if kinds[:1] == ["capitals"]:
        return len(words[0]) >= _ACRONYM and " ".join(words) == text.strip()
    name = next(iter(agency_names().find(text)), None) if len(words) > 1 else None
    if name is None or text[name.span.start : name.span.end] != text.strip():
        return False
    return any(map(str.islower, name.value.name.split()))  # else it were "Sở Y tế"


def _is_no_acronym(word: str) -> bool:
    """Whether a word in capitals is one that is spoken; "SYT" is spelled like one."""
    return is_vietnamese(word) and (not word.isascii() or len(word) > _ACRONYM)


def _runs(text: str, spans: Sequence[tuple[int, int]], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Words that nothing but spaces parts, none of them with a small letter that tells."""
    first = 0
    for at in range(len(spans) + 1):
        ends = at == len(spans) or kinds[at] == "small" or (at > first and not _touch(text, spans, at))
        if ends:
            if at > first + 1:
                yield first, at
            first = at + (at < len(spans) and kinds[at] == "small")


def _touch(text: str, spans: Sequence[tuple[int, int]], at: int) -> bool:
    return text[spans[at - 1][1] : spans[at][0]].isspace()


def _raised_run(words: Sequence[str], kinds: Sequence[str]) -> list[bool]:
    """Which words of a run are in capitals; at its ends only those that begin with a capital that tells."""
    sure = [bool(kind) for kind in kinds]
    if not any(kind and _is_no_acronym(word) for word, kind in zip(words, kinds, strict=True)):
        return sure
    first, last = sure.index(True), len(sure) - 1 - sure[::-1].index(True)
    return [first <= at <= last or words[at][0].isupper() for at in range(len(words))]


def _width(lines: Sequence[str]) -> int:
    """The width at which lines were broken; 0 where paragraphs stand on one line each."""
    lengths = sorted(len(line) for line in lines if line.strip() and "\t" not in line)
    return lengths[int(len(lengths) * 0.9)] if lengths and lengths[-1] <= _WIDEST else 0


def _begins_anew(before: str, line: str, width: int) -> bool:
    """Whether a line is no more of the sentence in the line above it."""
    if not before.strip() or _ENDED.search(before) or mark(line.strip()):
        return True
    return len(before) < _NEARLY * width if width else True


def _with_first_letters(line: str, anew: bool) -> str:
    """A line with capitals where a sentence begins."""
    starts = [found.end() for found in _STOP.finditer(line)]
    if anew:
        found, indent = mark(line.strip()), len(line) - len(line.lstrip())
        at = indent + (found.end if found else 0)
        opening = _OPENING.match(line, at)
        starts.append(opening.end() if opening else at)
    for start in starts:
        line = _raised(line, start)
    return line


def _raised(text: str, at: int) -> str:
    """The text with a capital at a place where a letter stands that has no code of its own for one."""
    letter = text[at : at + 1]
    return f"{text[:at]}{letter.upper()}{text[at + 1 :]}" if letter and letter.lower() not in _TELLING else text


@cache
def _names() -> re.Pattern[str]:
    names = read_toml(HERE / "legacy.toml")["tcvn3"]["capital_names"]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
