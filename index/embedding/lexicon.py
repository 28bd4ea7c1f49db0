"""A dictionary learnt from lines and their translations: which English words a Vietnamese token is rendered by.

IBM's first translation model (Brown et al. 1993): every English word of a line is owed to one token of the
Vietnamese line, or to none, and expectation maximisation finds to which. With it a Vietnamese question becomes
English word by word, which is all that a model without word order can learn from a translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from index.embedding.base import Ids

Floats = NDArray[np.float64]

ROUNDS = 6
#: English words kept for a token, the least probability of one, and how often it must have been owed to the token.
KEPT, LEAST, SEEN = 4, 0.08, 1.2
#: Added to a token's count: what is seen once proves little.
CAUTION = 0.5


@dataclass(frozen=True, slots=True)
class Lexicon:
    """words: English ids by Vietnamese id, -1 for none; shares: their probabilities added up; both (tokens, KEPT).

    copied: tokens that stay as they are where they have no translation: names, numbers, what has no accents.
    """

    words: NDArray[np.int32]
    shares: NDArray[np.float32]
    copied: NDArray[np.bool_]

    def translate(self, ids: Ids, rng: np.random.Generator) -> Ids:
        """English for Vietnamese tokens, each drawn by its probability; -1 where a token has none.

        >>> words, shares = np.array([[-1, -1], [-1, -1], [7, 9]]), np.array([[0, 0], [0, 0], [0.5, 1.0]])
        >>> lexicon = Lexicon(words, shares, np.array([False, True, False]))
        >>> lexicon.translate(np.array([0, 1, 2]), np.random.default_rng(1)).tolist()
        [-1, 1, 9]
        """
        sure = self.shares[ids]
        drawn = rng.random(len(ids), dtype=np.float32) * sure[:, -1]
        place = np.minimum((drawn[:, None] >= sure).sum(axis=1), sure.shape[1] - 1)
        english = self.words[ids, place]
        return np.where(english >= 0, english, np.where(self.copied[ids], ids, -1)).astype(np.int32)


def learn_lexicon(english: Sequence[Ids], vietnamese: Sequence[Ids], tokens: int, copied: NDArray[np.bool_]) -> Lexicon:
    """From lines as ids, below `tokens`; English ids that are no whole word are for the caller to leave out."""
    pairs, owed = _links(english, vietnamese, tokens)
    distinct, place = np.unique(pairs, return_inverse=True)
    source = distinct // tokens
    counts: Floats = np.ones(len(distinct))
    chance = counts
    for _ in tqdm(range(ROUNDS), desc="lexicon", unit="round"):
        share = chance[place]
        share /= np.bincount(owed, share)[owed]
        counts = np.asarray(np.bincount(place, share), dtype=np.float64)
        chance = counts / (np.bincount(source, counts)[source] + CAUTION)
    sure = (chance >= LEAST) & (counts >= SEEN) & (source < tokens)
    return _best(source[sure], distinct[sure] % tokens, chance[sure], copied)


def _links(
    english: Sequence[Ids], vietnamese: Sequence[Ids], tokens: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every token of a line beside every English word of it, as one number, and which English word that is.

    The id `tokens` stands for no token at all.
    """
    pairs, owed, words = [], [], 0
    for target, line in zip(english, vietnamese, strict=True):
        own, other = np.unique(target).astype(np.int64), np.append(np.unique(line), tokens).astype(np.int64)
        pairs.append((other[None, :] * tokens + own[:, None]).ravel())
        owed.append(np.repeat(np.arange(len(own)) + words, len(other)))
        words += len(own)
    return np.concatenate(pairs), np.concatenate(owed)


def _best(source: NDArray[np.int64], target: NDArray[np.int64], chance: Floats, copied: NDArray[np.bool_]) -> Lexicon:
    """The KEPT likeliest words of every token."""
    order = np.lexsort((-chance, source))
    source, target, chance = source[order], target[order], chance[order]
    first = np.searchsorted(source, source)
    rank = np.arange(len(source)) - first
    within = rank < KEPT
    words = np.full((len(copied), KEPT), -1, dtype=np.int32)
    shares = np.zeros((len(copied), KEPT), dtype=np.float32)
    words[source[within], rank[within]] = target[within]
    shares[source[within], rank[within]] = chance[within]
    return Lexicon(words, np.cumsum(shares, axis=1, dtype=np.float32), copied)
