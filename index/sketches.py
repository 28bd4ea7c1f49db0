"""A text in a few hundred bytes: by how many of its words and of its figures two texts agree can be told from them."""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.words import fold, key, tokens

HASHES = 64  # of the sketch of words: the estimate is right to about 0.06
YEARS, OTHERS = 32, 96  # buckets in which years and other figures are counted
SHINGLE = 5  # syllables
_PLACES = 256  # into which a text is cut where it is kept what stands where
_FEWEST, _DEVIATIONS = 3, 3  # of shingles, and from what is expected, before they are said to stand together
_AT_ONCE = 4096  # shingles hashed in one step: 2 MB of memory
_GOLDEN = 0x9E3779B97F4A7C15
_SEEDS = np.random.default_rng(20200305).integers(1, 2**63, size=(2, HASHES), dtype=np.uint64)
_SEEDS[0] |= np.uint64(1)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(r"[^\w]*\d{1,2}(?:\.\d{1,2})*(?![\w%,/-])")  # of a section, or of a row
_MARKER = re.compile(r"[ivx]+|\w")  # a list's letter or Roman number, also inside a text: it counts nowhere

Hashes = NDArray[np.uint64]


def words_of(lines: Iterable[str]) -> list[str]:
    """All words of a text in order, folded, a number with its inner punctuation as one."""
    return [_folded(line[start:end]) for line in lines for start, end in tokens(line)]


def plain_words(words: Sequence[str]) -> list[str]:
    """The words that are neither figures nor list markers, which formats and scans print in other ways."""
    return [word for word in words if not any(map(str.isdigit, word)) and not _MARKER.fullmatch(word)]


def figures_of(lines: Iterable[str]) -> list[str]:
    """The figures of a text, without the numbers that stand before its paragraphs."""
    bare = (_LABEL.sub("", line, count=1) if _LABEL.match(line) else line for line in lines)
    return [figure for line in bare for figure in _figures(line)]


def _figures(line: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*%?", line)


def digest(words: Sequence[str]) -> str:
    """Equal for equal words; "" for none."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32] if words else ""


def sketch_words(words: Sequence[str]) -> str:
    """The least hashes of a text's shingles and where in it they stand, in base64; "" for less than one shingle."""
    if len(words) < SHINGLE:
        return ""
    each = np.array([_hash(word) for word in words], dtype=np.uint64)
    with np.errstate(over="ignore"):
        shingles = np.zeros(len(words) - SHINGLE + 1, dtype=np.uint64)
        for at in range(SHINGLE):
            shingles = shingles * np.uint64(_GOLDEN) + each[at : at + len(shingles)]
        size = len(shingles)
        shingles, firsts = np.unique(shingles, return_index=True)
        places = (firsts * _PLACES // size).astype(np.uint64)
        least = np.full(HASHES, 2**64 - 1, dtype=np.uint64)
        for at in range(0, len(shingles), _AT_ONCE):
            mixed = shingles[at : at + _AT_ONCE, None] * _SEEDS[0] + _SEEDS[1]
            mixed ^= mixed >> np.uint64(29)
            mixed *= np.uint64(_GOLDEN)
            mixed &= ~np.uint64(2**32 - 1)
            mixed |= places[at : at + _AT_ONCE, None]
            least = np.minimum(least, mixed.min(axis=0))
    hashes, stands = least >> np.uint64(32), least & np.uint64(_PLACES - 1)
    return base64.b64encode(hashes.astype("<u4").tobytes() + stands.astype(np.uint8).tobytes()).decode()


def sketch_figures(figures: Iterable[str]) -> str:
    """How often each figure stands in a text, years apart from others, in base64."""
    counts = np.zeros(YEARS + OTHERS, dtype=np.int64)
    for figure in figures:
        counts[int(figure) % YEARS if _YEAR.fullmatch(figure) else YEARS + _hash(figure) % OTHERS] += 1
    return base64.b64encode(np.minimum(counts, 255).astype(np.uint8).tobytes()).decode()


def opened_words(sketches: Sequence[str]) -> NDArray[np.uint32]:
    """Sketches of words as rows of numbers; that of a text without any agrees with no other's."""
    rows = np.zeros((len(sketches), HASHES), dtype=np.uint32)
    for row, sketch in enumerate(sketches):
        rows[row] = np.frombuffer(base64.b64decode(sketch), dtype="<u4", count=HASHES) if sketch else row
    return rows


def has_own_part(one: str, other: str) -> bool:
    """Whether of two sketches of words each has a part of its text for itself, the rest being equal.

    Letters read wrong, or what was typed anew, are scattered over a text; what one text alone has at its edges another
    does not contradict. By the runs of what is shared and what is not (Wald & Wolfowitz 1940), 3 deviations.
    """
    if not one or not other:
        return False
    first, second = opened_words([one, other])
    shared = first == second
    sides = ((first < second, one), (second < first, other))
    return all(_is_in_one_place(own, shared, _opened_places(sketch)) for own, sketch in sides)


def _is_in_one_place(own: NDArray[np.bool_], shared: NDArray[np.bool_], places: NDArray[np.uint8]) -> bool:
    there = np.flatnonzero(own | shared)
    marks = own[there[np.argsort(places[there], kind="stable")]]
    size, mine = len(marks), int(np.count_nonzero(marks))
    mixed = 2 * mine * (size - mine)
    if mine < _FEWEST or mixed <= size:
        return False
    changes = int(np.count_nonzero(marks[1:] != marks[:-1]))
    expected = mixed / size
    deviation = math.sqrt(expected * (expected - 1) / (size - 1))
    return changes < expected - _DEVIATIONS * deviation


def _opened_places(sketch: str) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(sketch), dtype=np.uint8, offset=4 * HASHES)


def opened_figures(sketch: str) -> NDArray[np.int16]:
    """A sketch of figures as counts."""
    return np.frombuffer(base64.b64decode(sketch), dtype=np.uint8).astype(np.int16)


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    """A word without accents, "ki" and "ky" as one."""
    return key(fold(word))


@lru_cache(maxsize=65536)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
