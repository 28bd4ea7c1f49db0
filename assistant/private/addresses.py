"""Where somebody lives or goes to school: house numbers with streets, hamlets, schools with a class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.private.names import given, is_surname
from assistant.private.words import Typed, Word, entries, touched, word_list
from corpus.document import Span
from corpus.words import fold

_NUMBER = r"\d{1,4}[a-z]?\d?(?:[/.-]\d{1,4}[a-z]?)*(?![\w/%]|[.,]\d)"
_BETWEEN = re.compile(r"\s*[,;–-]?\s*(?:(?:thuộc|của|thuoc|cua|trường|truong)\s+)?")
_MOST_RAISED, _MOST_SMALL = 4, 2  # words of a place's name
_NEAR = 40  # characters between a class and its school
#: Behind these stands where somebody lives.
_AT = re.compile(
    r"(?:\b(?:o|tai|nha|so|dia chi|song|tro|ngu|at|address|live[sd]?|in|gan|la|ngo|hem|ngach|kiet|lane|alley)|^|[,:(])"
    r"\s*(?:so\s*)?$"
)
#: Units that are other words without their accents: "to 5", "ban 2".
_AMBIGUOUS = frozenset({"phòng", "phong", "tổ", "bản", "to", "ban", "ap", "soc", "sóc", "phum"})
_YEAR = re.compile(r"(?:19|20)\d\d\b")
_NOT_BEFORE = re.compile(r"\b(?:van|kich|co|an|phien|nguyen|thon|bien|can|khu|thanh|con|duong|hoc|tam|cung)\s+$")
_CLASS = re.compile(
    r"\b(?:l[ớo]p|class|grade)\s+(?:\d{1,2}(?:\s?[a-zđ]\d?\b|[/.]\d{1,2})?|(?:m[ầa]m|ch[ồo]i|l[áa])\b(?:\s\d)?)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    rf"\b(?:(?:house |no\.? ?|number )?{_NUMBER},? )?(?:[a-z]\w+ ){{1,3}}(?:street|st|road|rd|lane|alley|avenue)\b"
    rf"|\b(?:lane|alley|hamlet|village|house (?:no\.?|number)|residential group) {_NUMBER}",
    re.IGNORECASE,
)
_ENGLISH_COMMUNE = re.compile(
    rf"\b(?:(?:[a-z]\w+ ){{1,2}}(?:ward|commune)\b|(?:ward|commune) {_NUMBER})", re.IGNORECASE
)
#: A house number before what it is counted in: "số 12 ngõ 5".
_HOUSE = re.compile(
    r"(?<![\w/.,-])(?:(?:số|so|sn|nhà|nha)\s*(?:số\s*|so\s*)?)?\d{1,4}[a-z]?\d?(?:[/.-]\d{1,4})*,?\s+"
    r"(?=(?:ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet)\s)",
    re.IGNORECASE,
)
_SHORT_COMMUNE = re.compile(r"(?<!\w)[PpFf]\.? ?\d{1,2}(?![\w.,]?\d|\w)")
_ENGLISH_SCHOOL = re.compile(
    r"\b(?:[A-Z]\w+ ){1,3}(?:(?:[Pp]rimary|[Ss]econdary|[Hh]igh|[Ee]lementary) [Ss]chool|[Kk]indergarten)"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an address. fine: it tells of somebody's house by itself; commune: it does not at all by itself."""

    span: Span
    fine: bool
    commune: bool = False


def addresses_in(typed: Typed, named: bool) -> list[Span]:
    """Addresses in a text; `named`: a person is named in it, so that a school tells where to find them."""
    chains: list[list[_Part]] = []
    end = 0
    for part in sorted(_parts(typed), key=lambda part: part.span.start):
        if chains and _joined(typed.text, end, part.span):
            chains[-1].append(part)
        else:
            chains.append([part])
        end = max(one.span.end for one in chains[-1])
    homes = [Span(chain[0].span.start, max(one.span.end for one in chain)) for chain in chains if _is_home(chain)]
    return [*homes, *_schools(typed, named)]


def _joined(text: str, end: int, then: Span) -> bool:
    return then.start < end or _BETWEEN.fullmatch(text, end, then.start) is not None


def _is_home(chain: list[_Part]) -> bool:
    return any(part.fine for part in chain) or len({part.commune for part in chain}) == 2


def _parts(typed: Typed) -> Iterator[_Part]:
    yield from _units(typed)
    yield from _villages(typed)
    yield from _streets(typed)
    yield from _numbered(typed)
    yield from _communes(typed)
    yield from (_Part(Span(*match.span()), fine=True) for match in _HOUSE.finditer(typed.text))
    yield from (
        _Part(Span(*match.span()), fine=True) for match in _ENGLISH.finditer(typed.text) if _is_street(typed, match)
    )
    communes = (match for match in _ENGLISH_COMMUNE.finditer(typed.text) if _is_street(typed, match))
    yield from (_Part(Span(*match.span()), fine=False, commune=True) for match in communes)


def _is_street(typed: Typed, match: re.Match[str]) -> bool:
    """Whether an English street has a name of its own: not "in my street", nor that of a body."""
    words = [word for word in typed.words if match.start() <= word.start < match.end()]
    if any(touched(typed.bodies, word) for word in words):
        return False
    names = [word for word in words[:-1] if word.text.isalpha()] if words[-1].text.isalpha() else []
    own = any(word.raised for word in names) or words[0].text[0].isdigit() or "ward" in match[0].lower()
    return not names or (own and not any(map(word_list("english", "never").has, names)))


def _units(typed: Typed) -> Iterator[_Part]:
    """Units with a number: ngõ 5, tổ dân phố 7, thôn 3."""
    for match in _behind(typed, "units", rf"\s*(?:số\s+|so\s+)?(?P<it>{_NUMBER}|[a-z]{{1,2}}\d{{1,4}}\b)").finditer(
        _read(typed)
    ):
        then = typed.word(typed.index_at(match.end()))
        counted = (
            then is not None
            and word_list("places", "counted").has(then)
            and typed.text[match.end() : then.start] == " "
        )
        if (
            counted
            or _YEAR.match(match["it"])
            or (match["unit"] in ("bản", "ban") and _NOT_BEFORE.search(typed.before(match.start())))
        ):
            continue
        sure = match["unit"].lower() not in _AMBIGUOUS or (_located(typed, match.start()) and not typed.english)
        yield _Part(Span(*match.span()), fine=sure)


def _villages(typed: Typed) -> Iterator[_Part]:
    """Villages by their names: thôn Đông, ấp Tân Lập, buôn Ako Dhong."""
    for match in _behind(typed, "named", r"\s+(?=[^\W\d_])").finditer(_read(typed)):
        at = typed.index_at(match.end())
        first = typed.index_at(match.start())
        if _NOT_BEFORE.search(typed.before(match.start())) or touched(
            [*typed.bodies, *typed.districts], typed.words[first]
        ):
            continue
        known = word_list("places", "villages").has(typed.words[at])
        if not known and word_list("places", "no_village").has(typed.words[at]):
            continue
        end = _name_end(typed, at)
        if end:
            end += int(typed.follows(end) and typed.words[end].text.isdigit() and len(typed.words[end].text) < 3)
            known = known and end > at + 1
            yield _Part(
                typed.span(first, end),
                fine=typed.words[at].raised or (known and (typed.accented or match["unit"] != "ban")),
            )


def _streets(typed: Typed) -> Iterator[_Part]:
    """Streets by their names: đường Lê Lợi; not "đường dây nóng", "thành phố Đà Lạt"."""
    for match in _behind(typed, "streets", r"\s+(?=[^\W\d_])").finditer(_read(typed)):
        before, at = typed.before(match.start()), typed.index_at(match.end())
        if _NOT_BEFORE.search(before):
            continue
        numbered = re.search(r"\d[a-z]?,?\s*$", before)
        end = _street_end(typed, at) or (_name_end(typed, at) if numbered else 0)
        if end:
            yield _Part(Span(match.start(), typed.words[end - 1].end), fine=bool(_street_end(typed, at)))


def _numbered(typed: Typed) -> Iterator[_Part]:
    """A house number before its street: số 12 đường Lê Lợi, 12/3 Lê Lợi."""
    for match in re.finditer(
        rf"(?<![\w.,/%-])(?:(?:số|so|sn)\s*)?(?P<it>{_NUMBER}),?\s+(?:(?P<way>{_words('streets', typed)})\s+)?",
        _read(typed),
        re.I,
    ):
        at = typed.index_at(match.end())
        if at >= len(typed.words):
            continue
        end = _name_end(typed, at) if match["way"] else _street_end(typed, at)
        sure = match["way"] or "/" in match["it"] or _is_known_street(typed, at) or _located(typed, match.start("it"))
        if end and sure and not (match["way"] and word_list("places", "ends").has(typed.words[at])):
            yield _Part(Span(match.start(), typed.words[end - 1].end), fine=True)


def _communes(typed: Typed) -> Iterator[_Part]:
    for match in _behind(typed, "communes", r"\s+").finditer(_read(typed)):
        at = typed.index_at(match.end())
        if at >= len(typed.words):
            continue
        number = re.match(r"\d{1,2}$", typed.words[at].text)
        end = at + 1 if number else _name_end(typed, at, anywhere=True)
        if end:
            yield _Part(Span(match.start(), typed.words[end - 1].end), fine=False, commune=True)
    for match in _SHORT_COMMUNE.finditer(typed.text):
        yield _Part(Span(*match.span()), fine=False, commune=True)


def _located(typed: Typed, start: int) -> bool:
    """Whether what stands before an offset says that a place follows."""
    return _AT.search(typed.before(start)) is not None


def _name_end(typed: Typed, at: int, anywhere: bool = False) -> int:
    """The index behind a place's name at an index, 0 for none; `anywhere`: it may be called like a province."""
    raised = typed.words[at].raised
    end = at
    for i in range(at, min(at + (_MOST_RAISED if raised else _MOST_SMALL), len(typed.words))):
        word = typed.words[i]
        own = anywhere and any(span.start <= typed.words[at].start for span in typed.bodies)
        if (i > at and not typed.follows(i)) or word.raised != raised or _is_end(typed, word, own):
            break
        end = i + 1
    return end if end > at else 0


def _is_end(typed: Typed, word: Word, own: bool) -> bool:
    if not word.text.isalpha() or (not word.raised and word_list("places", "ends").has(word)):
        return True
    return not own and touched([*typed.bodies, *typed.districts], word) is not None


def _street_end(typed: Typed, at: int) -> int:
    """The index behind the name of a street that is named after somebody or is well known; 0 for none."""
    word = typed.words[at]
    if known := _is_known_street(typed, at):
        return known
    end = _name_end(typed, at) if is_surname(word) else 0
    strong = word.raised or word_list("surnames", "strong").has(word)
    if end < at + 2 or not strong:
        return 0
    third = typed.row(end, 2) if typed.follows(end) and not word.raised and end == at + 2 else []
    return end + int(bool(third) and given(third[0]) and _goes_on(third))


def _goes_on(words: list[Word]) -> bool:
    """Whether a word still belongs to a street in small letters: "nguyễn tất thành", not "lê lợi thành phố Huế"."""
    if words[0].plain == "thanh":
        return len(words) < 2 or words[1].plain != "pho"
    return not word_list("places", "ends").has(words[0])


def _is_known_street(typed: Typed, at: int) -> int:
    """The index behind the name of a well-known street at an index; 0 for none."""
    end = typed.streets.get(typed.words[at].start)
    return typed.index_at(end - 1) + 1 if end else 0


def _schools(typed: Typed, named: bool) -> Iterator[Span]:
    """Schools by their names beside a class, or where somebody is named; the class with it where it is next to it."""
    classes = [Span(*match.span()) for match in _CLASS.finditer(typed.text)]
    for school in _named_schools(typed):
        beside = [one for one in classes if max(one.start - school.end, school.start - one.end) <= _NEAR]
        joined = [one for one in beside if _next_to(typed.text, *sorted((one, school), key=lambda span: span.start))]
        if beside or named:
            spans = [school, *joined]
            yield Span(min(one.start for one in spans), max(one.end for one in spans))


def _next_to(text: str, first: Span, then: Span) -> bool:
    return re.fullmatch(r"[\s,;–-]*(?:(?:của|ở|tại|cua|o|tai|of|at|in)\s+)?", text[first.end : then.start]) is not None


def _named_schools(typed: Typed) -> Iterator[Span]:
    kinds = "|".join(
        sorted(map(re.escape, _spelled(entries("schools")["kinds"], typed.accented)), key=len, reverse=True)
    )
    school = "trường" if typed.accented else "truong"
    for match in re.finditer(
        rf"(?<!\w){school}(?P<kinds>(?:\s+(?:{kinds})(?!\w))*)\s+(?=[^\W\d_])", _read(typed), re.I
    ):
        at = typed.index_at(match.end())
        never = word_list("introducing", "never").has(typed.words[at])
        end = _name_end(typed, at) if not never and (typed.words[at].raised or match["kinds"]) else 0
        if end:
            yield Span(match.start(), typed.words[end - 1].end)
    yield from (Span(*match.span()) for match in _ENGLISH_SCHOOL.finditer(typed.text))


def _read(typed: Typed) -> str:
    """The text in which words are looked for: as it is, or without accents where it has none anyway."""
    return typed.text if typed.accented else fold(typed.text)


def _spelled(words: Iterable[str], accented: bool) -> list[str]:
    return [word if accented else fold(word) for word in words]


def _words(name: str, typed: Typed) -> str:
    words = sorted(_spelled(entries("places")[name], typed.accented), key=len, reverse=True)
    return "|".join(word.replace(" ", r"\s+") for word in words)


def _behind(typed: Typed, name: str, then: str) -> re.Pattern[str]:
    return _compiled(_words(name, typed), then)


@cache
def _compiled(words: str, then: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<unit>{words}){then}", re.IGNORECASE)
