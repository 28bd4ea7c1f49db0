"""Whether two texts that read alike are one, by what each says of itself and by where they differ."""

from __future__ import annotations

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from corpus.mentions import number_key, symbol_key
from index.cards import Card
from index.sketches import has_own_part

_LENGTHS, _EVEN = 0.85, 0.95  # a scan gets letters wrong, it does not lose words
_ALIKE = 80  # of 100: titles and names that differ by slips only
_TOPIC, _SLIPPED = 4, 50  # letters of a title's words, and how alike of 100, below which they are other words


def contradict(one: Card, other: Card, noisy: bool) -> bool:
    """Whether two documents state different things of themselves.

    `noisy`: a letter may have been got wrong; of the figures one, where either is a scan.
    """
    if _differ(one.kind, other.kind) or _differ(one.province, other.province):
        return True
    misread = noisy and _recognised(one, other)
    periods = one.period and one.period[0], other.period and other.period[0]
    if _differ(one.period, other.period) and (not misread or _differ(*periods)):
        return True
    differ = [pair for pair in ((ordinal(one), ordinal(other)), (one.date or "", other.date or "")) if _unlike(*pair)]
    if len(differ) > misread or any(Levenshtein.distance(a, b) > 1 for a, b in differ):
        return True
    if noisy and _numbered_alike(one, other):
        return False
    symbols = symbol_key(one.number or one.symbol), symbol_key(other.number or other.symbol)
    named = (symbols, (one.place or "", other.place or ""), (one.issuer or "", other.issuer or ""))
    return any(_other(a, b, noisy) for a, b in named)


def ordinal(card: Card) -> str:
    """The figures of a number: "107/KH-UBND" -> "107"; "" where there is none."""
    key = number_key(card.number or "")
    return (key.removesuffix(symbol_key(key)) or "0") if card.number else ""


def _unlike(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def _numbered_alike(one: Card, other: Card) -> bool:
    return number_key(one.number or "") == number_key(other.number or "") != ""


def _differ(one: object, other: object) -> bool:
    return one is not None and other is not None and one != other


def _other(one: str, other: str, noisy: bool) -> bool:
    """Whether two names are those of two things: neither holds the other's words."""
    if not one or not other or one == other:
        return False
    words = set(one.split()), set(other.split())
    if words[0] <= words[1] or words[1] <= words[0]:
        return False
    return not noisy or fuzz.ratio(one, other) < _ALIKE


def is_scan_of(one: Card, other: Card) -> bool:
    """Whether much may be read wrong: about as long as the other, the less so the more else speaks for it."""
    short, long = sorted((one.words, other.words))
    known = _recognised(one, other) or _numbered_alike(one, other) or _titled_alike(one, other)
    return short >= (_LENGTHS if known else _EVEN) * long


def _recognised(one: Card, other: Card) -> bool:
    return one.confidence is not None or other.confidence is not None


def _titled_alike(one: Card, other: Card) -> bool:
    return bool(one.title) and fuzz.ratio(one.title, other.title) >= _ALIKE


def is_of_another_matter(one: Card, other: Card) -> bool:
    """Whether two texts that are alike in part are about two things: by their titles, or by a part that each has.

    Where the number says that they are one, or a scan without number has the other's title, pages read badly may be
    such a part.
    """
    if _is_retitled(one, other):
        return True
    unnumbered = not (one.number and other.number)
    vouched = _recognised(one, other) and unnumbered and _titled_alike(one, other)
    return not (vouched or _numbered_alike(one, other)) and has_own_part(one.sketch, other.sketch)


def _is_retitled(one: Card, other: Card) -> bool:
    """Whether a title that is the other's for the most part has other words in it, not only the same read wrong."""
    first, second = one.title.split(), other.title.split()
    parts = Indel.opcodes(first, second)
    if 2 * sum(part.src_end - part.src_start for part in parts if part.tag == "equal") < min(len(first), len(second)):
        return False
    gone, come = "", ""
    for part in parts:
        if part.tag == "equal":
            gone, come = "", ""
            continue
        gone += "".join(first[part.src_start : part.src_end])
        come += "".join(second[part.dest_start : part.dest_end])
        if min(len(gone), len(come)) >= _TOPIC and fuzz.partial_ratio(gone, come) < _SLIPPED:
            return True
    return False
