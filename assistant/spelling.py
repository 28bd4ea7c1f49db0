"""Mends words that were mistyped: one letter or accent off, and with a neighbour they make a pair the plans know.

"trách nhiện" is "trách nhiệm": no plan holds the first, one letter makes it the second, and "trách nhiệm" is a pair
of the plans. A word that its neighbours do not vouch for is left as it is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from rapidfuzz.distance import Levenshtein

from assistant.matching import Count
from corpus.words import fold, is_accented, key, nfc, tokens

_SHORTEST = 2  # letters of a word that can be mended
_FARTHEST = 1  # letters that may be off
_VOUCHED = 5  # passages that must hold the word beside its neighbours: "bọn trẻ" is not "bán trẻ"


def mended(text: str, count: Count, known: Collection[str], words: Callable[[], Collection[str]]) -> str:
    """The text with mistyped words replaced.

    known: words that are right although no plan holds them (names, what one says in questions), as keys and folded.
    words: the plans' words as written; only called when something has to be mended.
    """
    text = nfc(text)
    spans = tokens(text)
    typed = [text[start:end] for start, end in spans]
    folded = not is_accented(text)
    for at, word in enumerate(typed):
        if _is_suspect(word, folded, count, known):
            typed[at] = _best(typed, at, folded, count, words()) or _split(word, folded, count) or word
    out, end = [], 0
    for (start, stop), word in zip(spans, typed, strict=True):
        out += [text[end:start], word]
        end = stop
    return "".join([*out, text[end:]])


def _is_suspect(word: str, folded: bool, count: Count, known: Collection[str]) -> bool:
    if len(word) < _SHORTEST or not word.isalpha() or word.isupper():
        return False
    if folded:
        return fold(word) not in known and not count(fold(word), True)
    return key(word) not in known and not count(key(word), False)


def _best(typed: list[str], at: int, folded: bool, count: Count, words: Collection[str]) -> str | None:
    """The word that is nearest and that its neighbours vouch for the most."""
    near = list(_near(typed[at], folded, words))
    before = typed[at - 1] if at else ""
    after = typed[at + 1] if at + 1 < len(typed) else ""
    vouched = [(_vouches(before, word, folded, count) + _vouches(word, after, folded, count), word) for word in near]
    best = max(vouched, default=(0, ""))
    return best[1] if best[0] >= _VOUCHED else None


def _split(word: str, folded: bool, count: Count) -> str | None:
    """Two words that were typed as one: "ytế"."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word))]
    best = max(((_vouches(one, two, folded, count), f"{one} {two}") for one, two in cuts), default=(0, ""))
    return best[1] if best[0] >= _VOUCHED else None


def _near(word: str, folded: bool, words: Collection[str]) -> Iterator[str]:
    """Words that differ in one letter; an accent more or less is one letter too."""
    lower = word.lower()
    for other in words:
        one, two = (fold(lower), fold(other)) if folded else (lower, other)
        if one != two and Levenshtein.distance(one, two, score_cutoff=_FARTHEST) <= _FARTHEST:
            yield other


def _vouches(one: str, two: str, folded: bool, count: Count) -> int:
    if not one or not two:
        return 0
    pair = f"{fold(one)}_{fold(two)}" if folded else f"{key(one)}_{key(two)}"
    return count(pair, folded)
