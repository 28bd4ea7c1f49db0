"""What a text says of others: which it replaces, which it amends. Read from its own words, with the place of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.blocks import Block
from corpus.cited import SAID, Cited, cited, number_key, symbol_key, when
from corpus.document import Metadata, Span
from corpus.vocabulary import layout, ties
from corpus.words import fold, one_of

__all__ = ["Mention", "Tie", "mentions", "number_key", "symbol_key"]

_FAR = 250  # characters from the verb to the other text's number, and from "Kế hoạch này" to the verb
_SENTENCE = 1000  # characters of a sentence that are looked at
_TITLE_WORDS = 200  # characters of a title behind the other text's kind
_ARTICLE = re.compile(r"dieu\s+\d+\s*[.:]\s*")
_MARK = re.compile(r"(?:[-+•*]|(?:\d+|[ivx]+|[a-zđ])[.)])\s*")
_CLAUSE = re.compile(r"[;:,.]\s+")


class Tie(StrEnum):
    """How one document stands to another."""

    COPY = "copy"
    REPLACES = "replaces"
    AMENDS = "amends"


@dataclass(frozen=True, slots=True)
class Mention:
    """Another text that a text says it replaces or amends.

    kind: folded ("ke hoach").  number: as printed, "12/KH-UBND" of "12, 15/KH-UBND" too, "" where none is.  date: ISO.
    period: first and last year.
    title: what of the other's title stands there, folded; only where it is mentioned without a number.
    span: the words that say it.
    """

    tie: Tie
    kind: str
    number: str
    date: str | None
    period: tuple[int, int] | None
    title: str
    span: Span


def mentions(blocks: Iterable[Block], found: Metadata) -> tuple[Mention, ...]:
    """The texts that a text says it replaces or amends, each once with the stronger tie, the title's first."""
    kind = fold(found.kind.value) if found.kind else ""
    said = list(_in_title(found))
    amending = bool(said)
    for block in blocks:
        said.extend(_in_block(block, kind, amending))
    kept: dict[tuple[str, str, str | None], Mention] = {}
    for mention in said:
        key = mention.kind, fold(mention.number), mention.date if not mention.number else None
        if key not in kept or (kept[key].tie, mention.tie) == (Tie.AMENDS, Tie.REPLACES):
            kept[key] = mention
    return tuple(kept.values())


@cache
def _verb() -> re.Pattern[str]:
    one = one_of(*ties().replaces, *ties().amends)
    return re.compile(rf"\b{one}(?:\s*(?:,|va|hoac)\s*{one})*\b")


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(*layout().kinds)}\b")


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{one_of(*layout().kinds)}|van ban)\s+nay\b")


@cache
def _has(which: str) -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(*getattr(ties(), which))}\b")


def _in_title(found: Metadata) -> Iterator[Mention]:
    """A title that begins with the verb: "V/v điều chỉnh Kế hoạch số …", "Sửa đổi Kế hoạch hành động …"."""
    if found.title is None or found.title.span is None:
        return
    plain = found.title.value
    folded = fold(plain)
    kinds = _kind().match(folded)
    lead = re.compile(rf"[\s:]*(?:{one_of(*ties().about)}\b[\s:]*)*(?:{_kind().pattern}\s+)?")
    begin = lead.match(folded, kinds.end() if kinds else 0)
    verb = _verb().match(folded, begin.end() if begin else 0)
    if verb is None:
        return
    numbered = list(_objects(plain, folded, verb, set()))
    yield from (_mention(*other, found.title.span) for other in numbered)
    if not numbered and (kind := _kind().search(folded, verb.end())):
        if _has("not_behind").search(folded, verb.end(), kind.start()):
            return
        words = folded[kind.end() : kind.end() + _TITLE_WORDS].strip()
        _, period = when(folded, kind.end(), _TITLE_WORDS)
        if period:
            tie = _tie(verb[0], folded[verb.end() : kind.start()])
            yield Mention(tie, kind[0], "", None, period, words, found.title.span)


def _in_block(block: Block, kind: str, amending: bool) -> Iterator[Mention]:
    plain, folded = block.plain, fold(block.plain)
    taken: set[int] = set()
    for verb in _verb().finditer(folded):
        start = _speaker(folded, verb, kind, amending)
        if start is None:
            continue
        for tie, other, one in _objects(plain, folded, verb, taken):
            yield _mention(tie, other, one, block.part(start, one.end))
    yield from _ended(block, plain, folded)


def _speaker(folded: str, verb: re.Match[str], kind: str, amending: bool) -> int | None:
    """Where the clause begins with which a text itself replaces or amends; None where it is another's doing."""
    before = folded[max(0, verb.start() - _FAR) : verb.start()]
    offset = verb.start() - len(before)
    this = list(_this().finditer(before))
    if this:
        between = before[this[-1].end() :]
        ended = "." in between and "hieu luc" not in between
        said_of = _kind().search(between) or _has("not_before").search(between) or between.rstrip().endswith("duoc")
        return None if ended or said_of else offset + this[-1].start()
    if _first(folded, verb.start(), kind, amending):
        return verb.start()
    clause = max((cut.end() for cut in _CLAUSE.finditer(before)), default=0)
    doer = before[clause:]
    issues = doer.startswith(tuple(fold(name) for name in layout().authorities)) and " cac " not in doer
    if (
        issues
        and not _has("not_before").search(doer)
        and _has("done_here").search(folded, offset + clause, verb.end() + _SENTENCE)
    ):
        return offset + clause
    return None


def _first(folded: str, at: int, kind: str, amending: bool) -> bool:
    """Whether a verb is the first word of an article, or of a paragraph that says "như sau" or is about the change."""
    if at > _FAR:
        return False
    lead = folded[:at].lstrip()
    if article := _ARTICLE.match(lead):
        return not lead[article.end() :].strip() and kind in map(fold, ties().acting)
    if _MARK.sub("", lead, count=1).strip():
        return False
    acts = kind in map(fold, ties().acting) and not lead.startswith(("-", "+"))
    return acts or amending or "nhu sau" in folded[at : at + _SENTENCE]


def _objects(plain: str, folded: str, verb: re.Match[str], taken: set[int]) -> Iterator[tuple[Tie, str, Cited]]:
    """What a verb is said of: the numbered text behind it, and those that are listed with that."""
    said = SAID.search(plain, verb.end(), verb.end() + _FAR)
    kinds = list(_kind().finditer(folded, verb.end(), said.start())) if said else []
    if said is None or not kinds:
        return
    gap, middle = folded[verb.end() : kinds[-1].start()], folded[kinds[-1].end() : said.start()]
    if _ends(gap) or _ends(middle) or _strays(gap) or _strays(middle):
        return
    tie = _tie(verb[0], gap)
    yield from ((tie, kinds[-1][0], one) for one in cited(plain, folded, kinds[-1], said, taken))


def _mention(tie: Tie, kind: str, one: Cited, span: Span) -> Mention:
    return Mention(tie, kind, one.number, one.date, one.period, "", span)


def _ends(words: str) -> bool:
    return re.search(r"[.;]\s", words) is not None


def _strays(words: str) -> bool:
    """Whether words between a verb and a number say that the verb is not about what has the number."""
    enacted = _has("enacted_by").sub(" ", words)
    return _has("not_behind").search(enacted) is not None


def _tie(verb: str, gap: str) -> Tie:
    """A part of a text replaced is a text amended; a text is replaced with what it puts in force."""
    if _has("amends").search(verb):
        return Tie.AMENDS
    bare = _has("whole").sub(" ", gap).strip(" ,(:")
    enacts = _kind().match(bare) and re.search(rf"{_has('enacted_by').pattern}\s*$", bare)
    return Tie.REPLACES if not bare or enacts else Tie.AMENDS


def _ended(block: Block, plain: str, folded: str) -> Iterator[Mention]:
    """ "Kế hoạch số 107/KH-UBND … hết hiệu lực kể từ ngày Kế hoạch này có hiệu lực"."""
    gone = list(_has("ended").finditer(folded))
    begins = [0, *(cut.end() for cut in re.finditer(r"\.\s+", folded))] if gone else []
    taken: set[int] = set()
    for words in gone:
        this = _this().search(folded, words.end(), words.end() + 80)
        begin = begins[bisect_right(begins, words.start()) - 1]
        said = SAID.search(plain, begin, min(words.start(), begin + _FAR))
        kinds = list(_kind().finditer(folded, begin, said.start())) if said else []
        if not this or not said or len(kinds) != 1 or _ends(folded[words.end() : this.start()]):
            continue
        if said.start("number") in taken or _has("whole").sub("", folded[begin : kinds[0].start()]).strip(" -+"):
            continue
        for one in cited(plain[: words.start()], folded, kinds[0], said, taken):
            yield _mention(Tie.REPLACES, kinds[0][0], one, block.part(begin, this.end()))
