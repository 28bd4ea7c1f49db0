"""A message as what the model weighs: runs of one to three words, and of two to five letters within a word.

All without accents, so that a message typed in a hurry is read as one typed with care, and words and pairs as they are
written, where they carry accents; hashed into BUCKETS places. Runs of letters keep slips and shorthand near the words
they stand for.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.words import fold, is_accented, nfc

BUCKETS = 1 << 16
_WORD = re.compile(r"\w+")
_WORDS, _LETTERS = (1, 2, 3), (2, 3, 4, 5)
#: Of a very long message this many characters are read, from both ends: what matters often comes last.
LONGEST = 1200


def features(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The places that a message fills, ascending, and how much: 1 + ln(times), the whole of length 1."""
    counts = Counter(crc32(run.encode()) % BUCKETS for run in _runs(_ends(text)))
    places = np.array(sorted(counts), dtype=np.int64)
    values = np.array([1 + math.log(counts[place]) for place in places.tolist()], dtype=np.float32)
    return places, values / max(float(np.linalg.norm(values)), 1e-9)


def _ends(text: str) -> str:
    half = LONGEST // 2
    return text if len(text) <= LONGEST else f"{text[:half]} {text[-half:]}"


def _runs(text: str) -> Iterator[str]:
    text = nfc(text).lower()
    if is_accented(text):  # "còn" is not "con"
        written = _WORD.findall(text)
        yield from (f"={' '.join(pair)}" for pair in (*zip(written), *pairwise(written)))
    words = _WORD.findall(fold(text))
    for length in _WORDS:
        yield from (" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
    for word in words:
        inside = f"_{word}_"
        for length in _LETTERS:
            yield from (f"~{inside[at : at + length]}" for at in range(len(inside) - length + 1))
