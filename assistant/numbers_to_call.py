"""The numbers to call that plans give, and sentences that seem to give one in a way that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from assistant.evidence import sentences
from assistant.plans import KEPT
from assistant.values import PHONE
from corpus.document import Document, Kind, Section, Span
from corpus.vocabulary import call_words, hotlines
from corpus.words import fold, one_of

_READ = {Kind.ITEM, Kind.PARAGRAPH, Kind.ROW}
_NEAR, _HERE = 60, 12  # characters from the words to the digits; from there on they stand right there
_LONG, _SHORT = 6, 3  # digits of a number; of a short one
_DIGITS = re.compile(r"(?<![\w/.,-])\(?\d(?:[\s./()–-]{0,3}[\dx*])+")
_DATE = re.compile(r"(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?|(?:\d{1,2}/){1,2}\d{2,4}")


@lru_cache(maxsize=KEPT)
def channels(document: Document) -> tuple[tuple[Section, Span, frozenset[str]], ...]:
    """Sentences of a plan that name a number to call, with the numbers, each number once."""
    found: list[tuple[Section, Span, frozenset[str]]] = []
    seen: set[str] = set()
    for section, span, said in _said_of_calling(document):
        numbers = frozenset(_numbers(document.shown(span)))
        if numbers - seen and _words("about").search(said):
            seen |= numbers
            found.append((section, span, numbers))
    return tuple(found)


@lru_cache(maxsize=KEPT)
def unclear_numbers(document: Document) -> tuple[Span, ...]:
    """Sentences that give digits beside a word for a line to call, and no number that can be read."""
    given = {span for _, span, _ in channels(document)}
    return tuple(
        span
        for _, span, said in _said_of_calling(document)
        if span not in given and not _numbers(document.shown(span)) and _may_hold_number(said)
    )


def has_own(document: Document) -> bool:
    """Whether a plan gives a number that is not a national one, or a desk of its own behind one of those."""
    given = channels(document)
    branch = re.compile(rf"\b{one_of(*call_words('branch'))}\s*(?:so\s*)?\d")
    return any(own_numbers(numbers) or branch.search(fold(document.shown(span))) for _, span, numbers in given)


def own_numbers(numbers: frozenset[str]) -> frozenset[str]:
    """Those that are not national ones."""
    return numbers - _national()


def is_national(numbers: Collection[str]) -> bool:
    """Whether all numbers are national ones."""
    return _national() >= set(numbers)


def _said_of_calling(document: Document) -> Iterator[tuple[Section, Span, str]]:
    """The sentences of a plan, with their words without accents; those of a row behind the head of its table."""
    for section in document.sections:
        if section.kind in _READ:
            head = _head_of_table(document, section)
            for span in sentences(document, document.words(section)):
                yield section, span, fold(f"{head}{document.shown(span)}")


def _head_of_table(document: Document, section: Section) -> str:
    if section.kind is not Kind.ROW:
        return ""
    first = document.ancestors(section)[-1].children[0]
    return f"{document.shown(first.head)} " if first is not section else ""


def _numbers(words: str) -> list[str]:
    """The phone numbers in a sentence: national ones of the vocabulary, and any of the usual length."""
    rest = PHONE.sub("…", words)  # the end of a longer number is no number of its own: 0290 3 831 111
    short = [number for number in _national() if re.search(rf"(?<![\d./]){number}(?![\d/]|[.,]\d)", rest)]
    return [*short, *(match[0] for match in PHONE.finditer(words))]


def _national() -> frozenset[str]:
    return frozenset(line.number for line in hotlines())


@cache
def _words(which: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){one_of(*call_words(which))}(?!\w)")


def _may_hold_number(said: str) -> bool:
    """Whether digits behind a word for a line to call may be a number: many, blotted out, in groups, or right there."""
    for word in _words("surely").finditer(said):
        for run in _DIGITS.finditer(said, word.end(), word.end() + _NEAR):
            plain = len(re.findall(r"[\dx*]", run[0]))
            grouped = re.search(r"[-–x*]", run[0]) is not None
            here = "/" not in run[0] and run.start() - word.end() <= _HERE
            if (plain >= _LONG or (plain >= _SHORT and (grouped or here))) and not _is_other(said, run):
                return True
    return False


def _is_other(said: str, run: re.Match[str]) -> bool:
    """Whether digits are a year, a date, the number of a document, or count something."""
    rest = said[run.end() :]
    counts = re.match(rf"\s*(?:%|{one_of(*call_words('counted'))}(?!\w))", rest)
    return bool(counts or re.match(r"[/-]?[a-z]", rest) or _DATE.fullmatch(run[0].strip(" .()")))
