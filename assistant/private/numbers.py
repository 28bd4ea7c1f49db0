"""Numbers of persons in a question: phones, papers, accounts, plates, dates of birth; mail and profiles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from assistant.private.words import Sort, entries
from assistant.values import PHONE
from corpus.document import Span
from corpus.names import Found
from corpus.words import fold, is_accented

_EMAIL = re.compile(
    r"[\w.+-]+(?:@| ?[\[(](?:at|a còng)[\])] ?)(?:[\w-]+(?:\.[\w-]+)+|(?:gmail|yahoo|outlook|hotmail|icloud)\b)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://)?(?:(?:www|m|web|vi-vn)\.)?(?:(?:facebook|fb|tiktok|instagram|twitter|x|youtube|linkedin|threads|telegram)"
    r"\.(?:com|me|vn|net)|zalo\.me|chat\.zalo\.me|t\.me|m\.me|fb\.watch)/[^\s,;)»]*[\w/]|(?<![\w@.])@[^\W\d][\w.]{2,}\w",
    re.IGNORECASE,
)
#: A name that nobody but a service gives: "lananh2010"; not "covid19", nor "kehoach2024" typed without its blank.
_NICK = re.compile(
    r"(?<![\w/.@-])(?!covid|thang|giaidoan|chitieu|kehoach|luat|quyetdinh|nghidinh|congvan)"
    r"[a-z][a-z._]{4,}\d{2,}[\w.]*(?<!\.)(?![/-])"
)
_OF_SERVICE = r"(?: (?:cua|em|con|chau|be|toi|minh|la|ten|nick|id))*[\s:=(]+"
#: Behind the name of a service, one of letters alone could be any word.
_HANDLE = _OF_SERVICE + r"(?P<it>(?=[\w.]*[a-z])(?=[\w.]*[\d_]|\w+\.\w)[\w.]{3,}\w)"

_YEAR = r"(?:19|20)\d\d"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = (
    rf"\d{{1,2}} ?[/.-] ?\d{{1,2}} ?[/.-] ?\d{{2,4}}|\d{{1,2}} (?:thang|/) \d{{1,2}}(?:,? nam {_YEAR})?"
    rf"|\d{{1,2}} ?[/-] ?{_YEAR}|{_NTH} (?:of )?{_MONTHS},?(?: {_YEAR})?|{_MONTHS} {_NTH},?(?: {_YEAR})?"
    rf"|(?:thang \d{{1,2}},? )?(?:nam )?(?:{_YEAR}|2k\d{{1,2}})|\d{{1,2}}/\d{{1,2}}"
)
_CERTIFICATE = re.compile(
    r"(?:khai sinh|birth certificate)(?: (?:cua|of|em|con|chau|be|toi|my|child|la))* (?:so|no\.?|number)[ :]*"
    r"(?P<it>\d{1,6}(?:/\d{4})?)(?![\w/])"
    r"|so (?:giay )?khai sinh(?: (?:cua|em|con|chau|be|toi|la))*[ :]*(?P<too>\d{1,6}(?:/\d{4})?)(?![\w/])"
)
_PLATE_NAMED = re.compile(
    r"(?:bien so(?: xe)?|bien xe|bks|plate(?: number)?)[ :]*(?:la )?(?P<it>\d[\da-z.-]*(?: ?[\d.-]{3,})?\d)"
)
_PLATE = re.compile(
    r"(?<![\w/.-])\d{2} ?-? ?[A-ZĐ]{1,2}\d? ?[-. ]? ?\d{3}\.?\d{2}(?![\w/])|(?<![\w/.-])\d{2}[A-Z]\d?-\d{4}(?![\w/])",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"(?<![\w/])[A-Za-z]\d{7,8}(?![\w/])")
_CARD = re.compile(r"(?<![\w/])[A-Za-z]{2}[ -]?\d(?:[ -]?\d){11,13}(?![\w/])")

_PART = "[ .()–-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w.,/])(?:\(?\+ ?84\)?{_PART}\(?0?\)?|84(?=[ .-]?[235789])|\(?[0oO])"
    rf"(?:{_PART}[\doOlI]){{8,10}}(?![\w/]|[.,]\d)"
)
_ID = re.compile(
    r"(?<![\w.,/+-])(?:\d{9,16}|\d{3}(?:[ .-]\d{3}){2,3}|\d{4}(?:[ .-]\d{4}){2,3}"
    r"|\d{3}[ .]\d{2}[ .]\d{4}[ .]?\d{0,3})(?![\w/]|[.,-]\d)"
)
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)")
_DATED = re.compile(rf"\d{{1,2}}[.-]\d{{1,2}}[.-]{_YEAR}|(?:{_YEAR}[ .–-]*)+$")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+$")
_FREE_CALL = re.compile(r"1[89]00")


def numbers_in(text: str) -> list[Found[Sort]]:
    """Numbers, mail and profile addresses and dates of birth in a text, none overlapping; `text` is NFC."""
    taken: list[Found[Sort]] = []
    for find in (_addresses, _births, _named, _papers, _phones, _ids, _spelled):
        for found in find(text):
            if not any(found.span.start < one.span.end and one.span.start < found.span.end for one in taken):
                taken.append(found)
    return taken


def _addresses(text: str) -> Iterator[Found[Sort]]:
    yield from (Found(Sort.EMAIL, Span(*match.span())) for match in _EMAIL.finditer(text))
    yield from (Found(Sort.LINK, Span(*match.span())) for match in _LINK.finditer(text))
    plain = fold(text)
    yield from (Found(Sort.LINK, Span(*match.span("it"))) for match in _behind("services", _HANDLE, plain))
    yield from (Found(Sort.LINK, Span(*match.span())) for match in _NICK.finditer(plain))


def _births(text: str) -> Iterator[Found[Sort]]:
    plain = fold(text)
    for match in _behind(
        "born", rf"(?:\s*(?:vao|ngay|on|in|is|la|:|=|mung))*[\s:.]*(?P<it>{_DAY})(?![\w/]|[.,]\d)", plain
    ):
        before = plain[: match.start()]
        full = len(re.findall(r"\d+", match["it"])) == 3 and not before.endswith(
            ("khai ", "hoc ")
        )  # "Khánh An sinh 3.4.2015"
        if full or not (match[0].startswith("sinh") and _before("not_born").search(before)):
            yield Found(Sort.BIRTH, Span(*match.span("it")))


def _named(text: str) -> Iterator[Found[Sort]]:
    plain, beside = fold(text), _one_of("beside")
    number = r"(?P<it>[a-z]{0,3}\d[\d .-]{4,}\d)(?![\w/%]|[.,]\d)"
    for match in _behind("papers", rf"(?:\s+(?:{beside}))*[\s:.#=(]*{number}", plain):
        it = match["it"]
        if len(_digits(it)) >= 6 and not _DATED.match(it) and not (_THOUSANDS.match(it) and len(_digits(it)) != 9):
            yield from _number(match.span("it"), text)
    for match in _CERTIFICATE.finditer(plain):
        yield from _number(match.span("it" if match["it"] else "too"), text)
    for match in _PLATE_NAMED.finditer(plain):
        if len(_digits(match["it"])) >= 4:
            yield from _number(match.span("it"), text)


def _papers(text: str) -> Iterator[Found[Sort]]:
    for pattern in (_CARD, _PASSPORT, _PLATE):
        for match in pattern.finditer(text):
            if not _DATED.match(match[0][2:].strip()):
                yield from _number(match.span(), text)


def _phones(text: str) -> Iterator[Found[Sort]]:
    for pattern in (PHONE, _PHONE):
        for match in pattern.finditer(text):
            if _is_phone(match[0]):
                yield from _number(match.span(), text)


def _is_phone(it: str) -> bool:
    """Whether a run of digits that begins with 0 is a phone's, not a date or a list: 01 02 03 04 05."""
    digits = _digits(it)
    if _DATED.match(it):
        return False
    groups = re.split(r"\D+", it.strip())
    listed = len(groups) > 3 and all(len(group) == 2 for group in groups)
    return not listed or _MOBILE.match(digits) is not None


def _ids(text: str) -> Iterator[Found[Sort]]:
    plain = fold(text)
    for match in _ID.finditer(text):
        counts = re.match(rf"\s*(?:(?:{_one_of('units')})\b|%)", plain[match.end() :])
        amount = counts or _THOUSANDS.match(match[0]) or _before("money").search(plain[: match.start()])
        if not _DATED.match(match[0]) and (match[0].startswith("0") or not amount):
            yield from _number(match.span(), text)


def _spelled(text: str) -> Iterator[Found[Sort]]:
    """A number of eight digits and more in words: "không chín một hai …"; not "một, hai, ba" as one counts."""
    words = _digit_words(is_accented(text))
    one = rf"(?:{'|'.join(words)}|\d{{1,3}})"
    read: Callable[[str], str] = str.lower if is_accented(text) else fold
    for match in re.finditer(
        rf"(?<!\w){one}(?:[\s,.–-]+{one}){{4,}}(?!\w)", text if is_accented(text) else fold(text), re.I
    ):
        parts = re.findall(r"\w+", read(match[0]))
        digits = "".join(words.get(part, part) for part in parts)
        counted = all(int(after) - int(before) == 1 for before, after in pairwise(digits))
        if len(digits) >= 8 and sum(part in words for part in parts) >= 3 and not counted:
            yield from _number(match.span(), text)


def _behind(name: str, then: str, plain: str) -> Iterator[re.Match[str]]:
    """What stands behind a word of a list, in a text without accents."""
    return _compiled(name, then).finditer(plain)


@cache
def _compiled(name: str, then: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/])(?:{_one_of(name)})\b{then}")


@cache
def _before(name: str) -> re.Pattern[str]:
    """A word of a list at the end of a text without accents."""
    return re.compile(rf"\b(?:{_one_of(name)})\s*(?:la|:)?\s*$")


@cache
def _one_of(name: str) -> str:
    """The words of a list without accents, the longest first."""
    return "|".join(sorted(map(fold, entries("numbers")[name]), key=len, reverse=True))


@cache
def _digit_words(accented: bool) -> dict[str, str]:
    """Words of digits to the digits."""
    rows = entries("digits").items()
    return {word if accented else fold(word): digit for digit, words in rows for word in words.split()}


def _number(span: tuple[int, int], text: str) -> Iterator[Found[Sort]]:
    """A number, unless it is one that everybody may call: 1800 1567."""
    it = text[span[0] : span[1]]
    end = span[0] + len(it.rstrip(" .-–("))
    if not _FREE_CALL.match(it):
        yield Found(Sort.NUMBER, Span(span[0], end))


def _digits(it: str) -> str:
    return re.sub(r"\D", "", it.lower().replace("o", "0"))
