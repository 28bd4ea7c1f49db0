"""What a text states of itself: province, period, number, date, issuer, signer. What it does not state is None."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from corpus.blocks import Block
from corpus.document import Fact, Metadata, Role, Span
from corpus.head import date_line, place_date
from corpus.letterhead import letterhead_issuer
from corpus.names import agency_names, province_names
from corpus.parts import Parts, is_person, is_post
from corpus.vocabulary import Province, provinces
from corpus.words import fold, nfc, tokens

_NUMBER = re.compile(r"Số\s*(?::\s*)?(\d+\s*[-/]\s*[\wĐđ&/-]+(?:(?:\s[-–/]\s?|[–]\s?|(?<=[-/])\s)[A-ZĐ&]{2,}\w*)*)")
_SYMBOL = re.compile(r"Số[.…_\s]*(?::[.…_\s]*)?/\s*([\wĐđ&-]+)")
_PERIOD = re.compile(r"((?:19|20)\d\d)\s*(?:[-–]|đến(?:\s+năm)?)\s*((?:19|20)\d\d)")
_YEAR = re.compile(r"(?<!đến )năm\s+((?:19|20)\d\d)", re.IGNORECASE)
_CENTRAL = re.compile(r"Số[\s:]*\d+\s*/\s*(?:\d{4}/)?[\wĐđ]+-(?:B[A-ZĐ]{1,6}|TTg|CP)\b")
_TOP, _NEAR = 3, 4  # lines at the top of a letterhead, and where in one a ministry's name begins
_KINDS = r"(?:kế hoạch|công văn|chương trình|quyết định|chỉ thị|nghị quyết|hướng dẫn|đề án|quy chế)"
_ISSUES = rf"(?:ban hành|xây dựng|đề ra|phê duyệt)\s+{_KINDS}"
_ISSUED = re.compile(_ISSUES, re.IGNORECASE)
_THEN_ISSUES = re.compile(rf"\s*(?:tỉnh\s+)?(?:(?:vừa|đã|mới)\s+)?{_ISSUES}", re.IGNORECASE)
_COMMITTEE = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Hội đồng nhân dân|HĐND)\s+"
    r"(?:tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn|đặc khu)(?:\s+[A-ZĐ]\w+(?:\s+[A-ZĐ]\w+){0,2})?"
)
_OF = re.compile(r"(?:tỉnh|thành phố|tp\.?|UBND)\s+(?:tỉnh\s+)?$", re.IGNORECASE)
_BEFORE_NAME = 40  # characters in which "tỉnh" stands before a province's name
_PROVINCE_IS = frozenset({"", "tinh", "thanh pho", "tp"})  # what may stand before a name given by itself


def metadata(parts: Parts) -> Metadata:
    """Reads the metadata from the parts of a text."""
    head = parts.of(Role.HEAD)
    opening = parts.of(Role.OPENING) or parts.of(Role.BODY)[:2]
    title = _title(parts)
    place, date = _place_and_date(head)
    signer, role = _signer(parts)
    news = parts.head.kind is None and not parts.head.letter
    return Metadata(
        title=title,
        kind=Fact(parts.head.kind.plain.strip(" :").lower(), parts.head.kind.span) if parts.head.kind else None,
        province=_province(parts, place),
        period=_period(title, opening),
        number=_match(head, _NUMBER),
        symbol=_match(head, _SYMBOL),
        date=date,
        place=place,
        issuer=_issuer(opening) or letterhead_issuer(head),
        signer=None if news else signer,
        signer_role=None if news else role,
        author=signer if news else None,
    )


def corrected(found: Metadata, stated: Mapping[str, Any]) -> tuple[Metadata, list[str]]:
    """The metadata with what documents.toml says in place of what was read, and what of it could not be used."""
    changes: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in stated.items():
        if name not in Metadata.__dataclass_fields__:
            known = ", ".join(Metadata.__dataclass_fields__)
            problems.append(f"không có mục “{name}” / no such field; có / there are: {known}")
        elif name == "period":
            if isinstance(value, Sequence) and len(value) == 2 and all(isinstance(year, int) for year in value):
                changes[name] = (value[0], value[1])
            else:
                problems.append(f"period phải như / must be like [2021, 2030], không phải / not {value!r}")
        elif name == "province" and province_named(str(value)) is None:
            problems.append(f"không biết tỉnh / unknown province “{value}”")
        else:
            changes[name] = Fact(str(value), None)
    if "province" in changes and (place := province_named(changes["province"].value)) is not None:
        changes["province"] = Fact(place.name, None)
    return replace(found, **changes), problems


def _title(parts: Parts) -> Fact | None:
    blocks = [*([parts.head.kind] if parts.head.kind else []), *parts.head.title]
    if not blocks:
        return None
    words = " ".join(" ".join(block.plain.split()) for block in blocks)
    return Fact(words, Span(blocks[0].span.start, blocks[-1].span.end))


def _match(blocks: Sequence[Block], pattern: re.Pattern[str]) -> Fact | None:
    for block in blocks:
        if match := pattern.match(block.plain.strip()):
            offset = len(block.plain) - len(block.plain.lstrip())
            return Fact("".join(match[1].split()), block.part(match.start(1) + offset, match.end(1) + offset))
    return None


def _place_and_date(head: Sequence[Block]) -> tuple[Fact | None, Fact | None]:
    """Place and date of issue; a date with a blank in it is no date, its place still stands."""
    for block in head:
        if match := place_date(block.plain):
            place = Fact(match[1].strip(), block.part(match.start(1), match.end(1)))
            day, month, year = (match[2], match[3], match[4]) if match[4] else (match[5], match[6], match[7])
            if not (day and month):
                return place, None
            written = block.part(match.start() + match[0].index("ngày"), match.end())
            return place, Fact(f"{year}-{int(month):02}-{int(day):02}", written)
        if match := date_line(block.plain):
            return None, Fact(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}", block.span)
    return None, None


def _province(parts: Parts, place: Fact | None) -> Fact | None:
    """The province that title or head names, else the one the text most often calls its own; none of the centre's."""
    if _is_central(parts):
        return None
    if place:
        for found in province_names().find(place.value):
            return Fact(found.value.name, place.span)
    for block in (*parts.head.title, *parts.of(Role.HEAD), *parts.of(Role.OPENING)):
        for found in province_names().find(block.plain):
            if block in parts.head.title or _is_of(block.plain, found.span.start):
                return Fact(found.value.name, block.part(found.span.start, found.span.end))
    return _most_named(parts.of(Role.BODY))


def _is_central(parts: Parts) -> bool:
    """Whether a ministry or the government issues the text: by its name at the top, or by the end of its number."""
    head = parts.of(Role.HEAD)
    top = (
        found.value for block in head[:_TOP] for found in agency_names().find(block.plain) if found.span.start < _NEAR
    )
    return any(one.level == "central" for one in top) or any(_CENTRAL.search(block.plain) for block in head)


def _most_named(blocks: Sequence[Block]) -> Fact | None:
    named: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for block in blocks:
        own = [found for found in province_names().find(block.plain) if _is_of(block.plain, found.span.start)]
        others = _inside_bodies(block.plain) if own else frozenset()
        for found in own:
            if found.span.start not in others:
                named[found.value.name] += 1
                first.setdefault(found.value.name, block.part(found.span.start, found.span.end))
    if not named:
        return None
    name = named.most_common(1)[0][0]
    return Fact(name, first[name])


def _is_of(plain: str, at: int) -> bool:
    """Whether "tỉnh" or the like stands before the name at a place."""
    return _OF.search(plain[max(0, at - _BEFORE_NAME) : at]) is not None


def _inside_bodies(plain: str) -> frozenset[int]:
    """The places inside bodies' names: "Đoàn Thanh niên Cộng sản Hồ Chí Minh" names no province."""
    spans = (found.span for found in agency_names().find(plain))
    return frozenset(at for span in spans for at in range(span.start + 1, span.end))


def _period(title: Fact | None, opening: Sequence[Block]) -> tuple[int, int] | None:
    """The years a text is for: as its title says, else as it says of itself where it is issued.

    Years of the legal basis are those of other texts, and "đến năm 2030" is how far a plan looks.
    """
    issued = (block.plain[match.end() :] for block in opening for match in _ISSUED.finditer(block.plain))
    for words in ([title.value] if title else []) + list(issued):
        years = list(_YEAR.finditer(words))
        if match := _PERIOD.search(words):
            later = [year for year in years if year.start() >= match.end()]
            return (int(later[0][1]), int(later[0][1])) if later else (int(match[1]), int(match[2]))
        if years:
            return int(years[0][1]), int(years[0][1])
    return None


def _issuer(opening: Sequence[Block]) -> Fact | None:
    """Who issues the text: the last body named before "ban hành Kế hoạch", "xây dựng Kế hoạch"."""
    for block in opening:
        bodies = [found.span for found in agency_names().find(block.plain)]
        bodies += [Span(*match.span()) for match in _COMMITTEE.finditer(block.plain)]
        for span in sorted(bodies):
            if _THEN_ISSUES.match(block.plain, span.end):
                words = block.plain[span.start : span.end]
                return Fact(" ".join(words.split()), block.part(span.start, span.end))
    return None


def _signer(parts: Parts) -> tuple[Fact | None, Fact | None]:
    """Who signs, and as what; of posts in a column beside the recipients only the last, which is the signer's own."""
    beside = [column for block in parts.of(Role.RECIPIENTS) for column in block.columns()[1:]]
    below = parts.of(Role.SIGNATURE)
    names = [block for block in (*beside, *below) if is_person(block.plain.strip())] or _last_name(below)
    posts = [block for block in below if block.is_upper and block not in names]
    posts = posts or [block for block in beside if block.is_upper][-1:]
    signer = Fact(" ".join(names[-1].plain.split()), names[-1].span) if names else None
    if not posts:
        return signer, None
    words = ", ".join(" ".join(block.plain.split()) for block in posts)
    return signer, Fact(words, Span(posts[0].span.start, posts[-1].span.end))


def _last_name(below: Sequence[Block]) -> list[Block]:
    """The name that a signature ends with where it is none by its letters: in capitals, or not a Vietnamese one."""
    lines = [block for block in below if not block.plain.startswith("(")]
    if len(lines) < 2 or not is_post(lines[-2]) or is_post(lines[-1]):
        return []
    words = lines[-1].plain.split()
    named = 2 <= len(words) <= 6 and all(word[0].isupper() and word.replace("'", "").isalpha() for word in words)
    return [lines[-1]] if named else []


def province_named(name: str) -> Province | None:
    """The vocabulary's province for one name or alias in any spelling, "tỉnh" perhaps before it; None for others."""
    name = nfc(name.strip())
    exact = [place for place in provinces() if fold(place.name) == fold(name)]
    if exact:
        return exact[0]
    hits = list(province_names().find(name))
    if len(hits) != 1 or tokens(name[hits[0].span.end :]):
        return None
    before = name[: hits[0].span.start]
    said = " ".join(fold(before[start:end]) for start, end in tokens(before))
    return hits[0].value if said in _PROVINCE_IS else None
