"""What a text says of others: which it replaces, which it amends. Read from its own words, with the place of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from corpus.blocks import Block
from corpus.document import Metadata, Span
from corpus.vocabulary import layout, ties
from corpus.words import fold

_FAR = 250  # characters from the verb to the other text's number, and from "Kế hoạch này" to the verb
_DATED = 60  # characters from a number to its date
_TITLE_WORDS = 200  # characters of a title behind the other text's kind
#: "107/KH-UBND", "12/2019/QĐ-UBND", "45-KH/TU"; a space may stand at any sign.
_NUMBER = r"\d+\s?(?:[/-]\s?(?:19|20)\d\d\s?)?[/-]\s?[A-ZĐƯ&]{2,}\w{0,3}(?:\s?[-–/]\s?[A-ZĐƯ&]{2,}\w{0,3})*"
_SAID = re.compile(rf"(?:[Ss]ố\s*:?\s*)?(?P<number>{_NUMBER})")
_DATE = re.compile(r"ngay\s+(\d{1,2})(?:\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*|\s+thang\s+(\d{1,2})\s+nam\s+)((?:19|20)\d\d)")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:[-–]|den(?:\s+nam)?)\s*((?:19|20)\d\d)|nam\s+((?:19|20)\d\d)")
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

    kind: folded ("ke hoach").  number: as printed, "" where none is.  date: ISO.  period: first and last year.
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
    """The texts that a text says it replaces or amends, each once, the title's first."""
    kind = fold(found.kind.value) if found.kind else ""
    said = list(_in_title(found))
    amending = bool(said)
    for block in blocks:
        said.extend(_in_block(block, kind, amending))
    first: dict[tuple[str, str, str | None], Mention] = {}
    for mention in said:
        first.setdefault((mention.kind, fold(mention.number), mention.date if not mention.number else None), mention)
    return tuple(first.values())


@cache
def _one_of(*phrases: str) -> str:
    """A pattern for any of some phrases, folded, the longest first."""
    words = sorted({fold(phrase).strip() for phrase in phrases}, key=len, reverse=True)
    return "(?:" + "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) + ")"


@cache
def _verb() -> re.Pattern[str]:
    one = _one_of(*ties().replaces, *ties().amends)
    return re.compile(rf"\b{one}(?:\s*(?:,|va|hoac)\s*{one})*\b")


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"\b{_one_of(*layout().kinds)}\b")


@cache
def _this() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_one_of(*layout().kinds)}|van ban)\s+nay\b")


@cache
def _has(which: str) -> re.Pattern[str]:
    return re.compile(rf"\b{_one_of(*getattr(ties(), which))}\b")


def _in_title(found: Metadata) -> Iterator[Mention]:
    """A title that begins with the verb: "V/v điều chỉnh Kế hoạch số …", "Sửa đổi Kế hoạch hành động …"."""
    if found.title is None or found.title.span is None:
        return
    plain = found.title.value
    folded = fold(plain)
    kinds = _kind().match(folded)
    lead = re.compile(rf"[\s:]*(?:{_one_of(*ties().about)}\b[\s:]*)*(?:{_kind().pattern}\s+)?")
    begin = lead.match(folded, kinds.end() if kinds else 0)
    verb = _verb().match(folded, begin.end() if begin else 0)
    if verb is None:
        return
    numbered = list(_objects(plain, folded, verb))
    for tie, kind, said, _ in numbered:
        yield Mention(tie, kind, said["number"], *_when(folded, said.end(), _DATED), "", found.title.span)
    if not numbered and (other := _kind().search(folded, verb.end())):
        if _has("not_behind").search(folded, verb.end(), other.start()):
            return
        words = folded[other.end() : other.end() + _TITLE_WORDS].strip()
        _, period = _when(folded, other.end(), _TITLE_WORDS)
        if period:
            yield Mention(
                _tie(verb[0], folded[verb.end() : other.start()]), other[0], "", None, period, words, found.title.span
            )


def _in_block(block: Block, kind: str, amending: bool) -> Iterator[Mention]:
    plain, folded = block.plain, fold(block.plain)
    for verb in _verb().finditer(folded):
        start = _speaker(folded, verb, kind, amending)
        if start is None:
            continue
        for tie, other, said, end in _objects(plain, folded, verb):
            date, period = _when(folded, said.end(), _DATED)
            yield Mention(tie, other, said["number"], date, period, "", block.part(start, end))
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
    if issues and not _has("not_before").search(doer) and _has("done_here").search(folded, offset + clause):
        return offset + clause
    return None


def _first(folded: str, at: int, kind: str, amending: bool) -> bool:
    """Whether a verb is the first word of an article, or of a paragraph that says "như sau" or is about the change."""
    lead = folded[:at].lstrip()
    if article := _ARTICLE.match(lead):
        return not lead[article.end() :].strip() and kind in map(fold, ties().acting)
    if _MARK.sub("", lead, count=1).strip():
        return False
    acts = kind in map(fold, ties().acting) and not lead.startswith(("-", "+"))
    return acts or amending or "nhu sau" in folded[at:]


def _objects(plain: str, folded: str, verb: re.Match[str]) -> Iterator[tuple[Tie, str, re.Match[str], int]]:
    """What a verb is said of: the numbered text behind it, and others of its kind joined to that by "và" or a comma."""
    said = _SAID.search(plain, verb.end(), verb.end() + _FAR)
    kinds = list(_kind().finditer(folded, verb.end(), said.start())) if said else []
    if said is None or not kinds:
        return
    gap, middle = folded[verb.end() : kinds[-1].start()], folded[kinds[-1].end() : said.start()]
    if _ends(gap) or _ends(middle) or _strays(gap) or _strays(middle):
        return
    tie = _tie(verb[0], gap)
    yield tie, kinds[-1][0], said, _dated_end(folded, said.end())
    more = re.compile(rf"(?:,|;|\bva)\s*{re.escape(kinds[-1][0])}\s+so\s*:?\s*$")
    for other in _SAID.finditer(plain, said.end(), said.end() + 2 * _FAR):
        digits = re.search(r"\d", other[0])
        before = folded[said.end() : other.start() + (digits.start() if digits else 0)]
        if not more.search(before) or symbol_key(other["number"]) != symbol_key(said["number"]):
            break
        yield tie, kinds[-1][0], other, _dated_end(folded, other.end())


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
    for gone in _has("ended").finditer(folded):
        this = _this().search(folded, gone.end(), gone.end() + 80)
        begin = max((cut.end() for cut in re.finditer(r"\.\s+", folded[: gone.start()])), default=0)
        said = next(_SAID.finditer(plain, begin, gone.start()), None)
        kinds = list(_kind().finditer(folded, begin, said.start())) if said else []
        if this and said and kinds and not _ends(folded[gone.end() : this.start()]):
            if folded[begin : kinds[0].start()].strip(" -+") or len(kinds) > 1:
                continue
            yield Mention(
                Tie.REPLACES,
                kinds[-1][0],
                said["number"],
                *_when(folded, said.end(), _DATED),
                "",
                block.part(begin, this.end()),
            )


def _when(folded: str, at: int, far: int) -> tuple[str | None, tuple[int, int] | None]:
    """The date that stands next behind a place, and the years; what is not there is None."""
    near = folded[at : at + far].split(" so ", 1)[0]
    date, years = _DATE.search(near), _YEARS.search(near)
    period = None
    if years and not date:
        first, last = (years[1], years[2]) if years[1] else (years[3], years[3])
        period = int(first), int(last)
    if date is None:
        return None, period
    return f"{date[4]}-{int(date[2] or date[3]):02}-{int(date[1]):02}", None


def _dated_end(folded: str, at: int) -> int:
    date = _DATE.search(folded, at, at + _DATED)
    return date.end() if date else at


@lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """One key for the spellings of a number: "107/KH-UBND", "0107 /KH–UBND" -> "107khubnd"; "" for a blank one."""
    return re.sub(r"[\W_]", "", fold(number)).lstrip("0")


def symbol_key(number: str) -> str:
    """What of a number names kind and issuer: "107/KH-UBND" -> "khubnd"."""
    return number_key(number).lstrip("0123456789")
