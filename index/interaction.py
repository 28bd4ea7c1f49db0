"""Late interaction: a passage scored by how near each token of the question comes to any token of the passage.

The score is MaxSim (Khattab and Zaharia 2020, ColBERT) over the vectors of single tokens, each token of the question
weighing as much as its vector is long times how rare it is among the passages. A question in the passages' own words
asks for those words, and what is only near them counts for little; one in other words, or in another language, asks
for whatever is near. Long passages hold a near token of anything by chance, so a passage pays for its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import TokenEmbedder
from index.embedding.base import Ids, Vectors, unit

#: What a passage pays for each time its tokens are e times as many as those of the usual passage.
LENGTH_PENALTY = 0.1
#: The power of a cosine where the passages hold every token of the question; 1 where they hold none of them.
SHARPNESS = 3
#: Of a question with more distinct tokens than this, the heaviest are held against the passages.
MOST = 128
#: Of how many of its tokens `Interaction.lacking` tells.
LACKED = 3

_TOKENS, _STARTS = "tokens.npy", "starts.npy"

Scores = NDArray[np.float32]


class Interaction:
    """The distinct tokens of each passage, one passage after the other.

    tokens: ids, ascending within a passage.  starts: where each passage's tokens begin, and at last their end.
    """

    def __init__(self, tokens: Ids, starts: NDArray[np.int64]) -> None:
        self._tokens, self._starts = tokens, starts

    @classmethod
    def build(cls, embedder: TokenEmbedder, texts: Sequence[str]) -> Interaction:
        """Reads the texts of the passages."""
        bags = [np.unique(ids) for ids in embedder.token_ids(texts)]
        starts = np.cumsum([0, *map(len, bags)], dtype=np.int64)
        return cls(np.concatenate([np.zeros(0, dtype=np.int32), *bags]), starts)

    @classmethod
    def joined(cls, some: Sequence[tuple[Interaction, range]]) -> Interaction:
        """Passages of several, one after the other."""
        lengths = [np.diff(one._starts[rows.start : rows.stop + 1]) for one, rows in some]
        tokens = [one._tokens[one._starts[rows.start] : one._starts[rows.stop]] for one, rows in some]
        starts = np.cumsum(np.concatenate([np.zeros(1, dtype=np.int64), *lengths]))
        return cls(np.concatenate([np.zeros(0, dtype=np.int32), *tokens]), starts)

    def write(self, folder: Path) -> None:
        """Write what `open` reads into a folder."""
        np.save(folder / _TOKENS, self._tokens, allow_pickle=False)
        np.save(folder / _STARTS, self._starts, allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> Interaction:
        """What `write` wrote, mapped from the disk."""
        return cls(
            np.load(folder / _TOKENS, mmap_mode="r", allow_pickle=False),
            np.load(folder / _STARTS, allow_pickle=False),
        )

    def scores(self, embedder: TokenEmbedder, question: str, places: Sequence[int]) -> Scores:
        """How near the question comes to each of some passages, float32 of shape (len(places),).

        Near 1 where every word of it stands in a passage, near 0 where nothing does; long passages get less.
        """
        at = np.asarray(places, dtype=np.int64)
        lengths = self._starts[at + 1] - self._starts[at]
        held = lengths > 0
        result = np.zeros(len(at), dtype=np.float32)
        asked, vectors, weights = self._weighed(embedder, question)
        if not len(asked) or not held.any():
            return result
        near = self._nearest(vectors, embedder, at[held], lengths[held])
        own = float(weights[self._counted(asked) > 0].sum())
        result[held] = weights @ ((1 - own) * near + own * near**SHARPNESS)
        result[held] -= LENGTH_PENALTY * (np.log(lengths[held]) - self._usual_length)
        return result

    def lacking(self, embedder: TokenEmbedder, question: str, place: int) -> float:
        """How much of a question, 0 to 1, is lacking of the LACKED tokens that a passage comes least near to.

        One word that nothing comes near to may be the very thing asked for, however near all others are.
        """
        asked, vectors, weights = self._weighed(embedder, question)
        length = self._starts[place + 1 : place + 2] - self._starts[place : place + 1]
        if not len(asked) or not length[0]:
            return 0.0
        near = self._nearest(vectors, embedder, np.array([place], dtype=np.int64), length)[:, 0]
        return float(np.sort(weights * (1 - near))[-LACKED:].sum())

    def _weighed(self, embedder: TokenEmbedder, question: str) -> tuple[Ids, Vectors, Scores]:
        """The distinct tokens of a question, the heaviest first, their unit vectors, and their shares of its weight."""
        asked, times = np.unique(embedder.token_ids([question])[0], return_counts=True)
        vectors = embedder.token_vectors(asked)
        weights = times * np.linalg.norm(vectors, axis=1) * self._rarity(asked)
        heaviest = np.argsort(-weights, kind="stable")[:MOST]
        weights = weights[heaviest] / max(float(weights[heaviest].sum()), 1e-9)
        return asked[heaviest], unit(vectors[heaviest]), weights

    def _nearest(
        self, asked: Vectors, embedder: TokenEmbedder, places: NDArray[np.int64], lengths: NDArray[np.int64]
    ) -> Scores:
        """The cosine of every token asked with the nearest of each passage, 0 at least: (tokens, passages)."""
        ends = np.cumsum(lengths)
        within = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
        tokens = self._tokens[np.repeat(self._starts[places], lengths) + within]
        distinct, found = np.unique(tokens, return_inverse=True)
        cosines = asked @ unit(embedder.token_vectors(distinct)).T
        nearest: Scores = np.maximum.reduceat(cosines[:, found], ends - lengths, axis=1)
        return np.maximum(nearest, 0)

    def _rarity(self, ids: Ids) -> Scores:
        """Inverse document frequency as in BM25: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        counts = self._counted(ids)
        rarity: Scores = np.log1p((len(self._starts) - 1 - counts + 0.5) / (counts + 0.5)).astype(np.float32)
        return rarity

    def _counted(self, ids: Ids) -> NDArray[np.int64]:
        """In how many passages some tokens stand."""
        last = len(self._counts) - 1
        return np.where(ids <= last, self._counts[np.minimum(ids, last)], 0)

    @cached_property
    def _counts(self) -> NDArray[np.int64]:
        """In how many passages each token stands."""
        return np.bincount(self._tokens, minlength=1)

    @cached_property
    def _usual_length(self) -> float:
        """Mean logarithm of the number of tokens of a passage."""
        lengths = np.diff(self._starts)
        return float(np.log(lengths[lengths > 0]).mean()) if lengths.any() else 0.0
