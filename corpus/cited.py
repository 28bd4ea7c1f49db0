"""Numbered texts as a sentence names them: "Kế hoạch số 107/KH-UBND ngày 12/3/2021", one or a list of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.words import fold

_APART = 500  # characters from one number of a list to the next
_DATED = 60  # characters from a number to its date
#: "107/KH-UBND", "12/2019/QĐ-UBND", "45-KH/TU"; a space may stand at any sign.
_NUMBER = r"\d+\s?(?:[/-]\s?(?:19|20)\d\d\s?)?[/-]\s?[A-ZĐƯ&]{2,}\w{0,3}(?:\s?[-–/]\s?[A-ZĐƯ&]{2,}\w{0,3})*"
SAID = re.compile(rf"(?:[Ss]ố\s*:?\s*)?(?P<number>{_NUMBER})")
_DATE = re.compile(r"ngay\s+(\d{1,2})(?:\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*|\s+thang\s+(\d{1,2})\s+nam\s+)((?:19|20)\d\d)")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:[-–]|den(?:\s+nam)?)\s*((?:19|20)\d\d)|nam\s+((?:19|20)\d\d)")
#: Numbers that share the symbol of the one behind them, and what stands between two that share what is said before.
_BEFORE = re.compile(r"\s*so\s*:?\s*(\d+(?:\s*(?:,|va)\s*\d+)*)\s*(?:,|\bva)\s*(?:so\s*:?\s*)?")
_MORE = re.compile(
    rf"\s*(?:{_DATE.pattern}|nam\s+\d{{4}})?\s*(?:cua\b[^,;.]*)?(?:\b(?:ve|v/v)\b[^;.]*)?(?:,|;|\bva)\s*(?:so\s*:?\s*)?"
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A numbered text that a sentence names.

    number: as printed; where several share the symbol of the last one, with that.  date: ISO.  period: first and last
    year.  Both stand behind its number.  end: of the words that name it, in the paragraph.
    """

    number: str
    date: str | None
    period: tuple[int, int] | None
    end: int


def cited(plain: str, folded: str, kind: re.Match[str], said: re.Match[str], taken: set[int]) -> Iterator[Cited]:
    """A numbered text and those of its kind joined to it: "số 12, 15 và 18/KH-UBND", "… và số 2/KH-UBND ngày …".

    A list goes on no further than where another one began: `taken` are the places of all that were listed.
    """
    before = _BEFORE.fullmatch(folded, kind.end(), said.start())
    for ordinal in re.findall(r"\d+", before[1]) if before else ():
        symbol = said["number"].lstrip("0123456789")
        yield Cited(ordinal + symbol, None, None, said.end())
    more = re.compile(rf"(?:,|;|\bva)\s*{re.escape(kind[0])}\s+so\s*:?\s*$")
    next_one: re.Match[str] | None = said
    while next_one:
        said, next_one = next_one, SAID.search(plain, next_one.end(), next_one.end() + _APART)
        taken.add(said.start("number"))
        far = min(_DATED, next_one.start() - said.end()) if next_one else _DATED
        yield Cited(said["number"], *when(folded, said.end(), far), _dated_end(folded, said.end(), far))
        if next_one is None or next_one.start("number") in taken:
            return
        between = folded[said.end() : next_one.start("number")]
        alike = symbol_key(next_one["number"]) == symbol_key(said["number"])
        if not alike or not (more.search(between) or _MORE.fullmatch(between)):
            return


def when(folded: str, at: int, far: int) -> tuple[str | None, tuple[int, int] | None]:
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


def _dated_end(folded: str, at: int, far: int) -> int:
    date = _DATE.search(folded, at, at + far)
    return date.end() if date else at


@lru_cache(maxsize=4096)
def number_key(number: str) -> str:
    """One key for the spellings of a number: "107/KH-UBND", "0107 /KH–UBND" -> "107khubnd"; "" for a blank one."""
    return re.sub(r"[\W_]", "", fold(number)).lstrip("0")


def symbol_key(number: str) -> str:
    """What of a number names kind and issuer: "107/KH-UBND" -> "khubnd"."""
    return number_key(number).lstrip("0123456789")
