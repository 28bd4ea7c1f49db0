"""Search: words and vectors over one list of passages, each part's scores brought to one scale and added."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.lexical import Lexical
from index.passages import Passage
from index.vectors import VectorStore, open_store

#: What each part adds to a score. Chosen over three Vietnamese benchmarks and one with English questions, on all
#: of which both parts together found more than either alone; `python -m eval retrieval` measures it.
WORDS_WEIGHT = 0.85
VECTORS_WEIGHT = 0.15
#: Passages taken from each part before their scores are added.
DEPTH = 1000

_WORDS, _MATRIX, _STORE = "words", "vectors.npy", "vectors.store"

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and why.

    words: how much of the question's words it holds, BM25 over `Lexical.ceiling`: 0 none, near 1 all.
    vectors: the cosine of question and passage, -1 to 1.  score: both, weighted; what hits are ordered by.
    A part that was not asked for is 0.
    """

    passage: Passage
    score: float
    words: float
    vectors: float


def embedded_text(passage: Passage) -> str:
    """What of a passage becomes its vector: the headings above it, then its own words."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


class Searcher:
    """Words and vectors of one list of passages; a passage's place in the list is its name in both."""

    def __init__(
        self,
        passages: Sequence[Passage],
        words: Lexical,
        matrix: Matrix,
        store: VectorStore,
        open_model: Callable[[], Embedder],
    ) -> None:
        self.passages = passages
        self._lexical, self._matrix, self._store, self._open_model = words, matrix, store, open_model

    @classmethod
    def build(cls, passages: Sequence[Passage], embedder: Embedder, store: str = "") -> Searcher:
        """A searcher in memory, for passages with or without documents behind them, as of a benchmark."""
        matrix = embedder.encode([embedded_text(passage) for passage in passages])
        return cls(passages, Lexical.build(passages), matrix, _filled(store, matrix), lambda: embedder)

    @staticmethod
    def write(folder: Path, passages: Sequence[Passage], matrix: Matrix, store: str) -> None:
        """Write what `open` reads into a folder; `matrix` has a row a passage."""
        (folder / _WORDS).mkdir()
        Lexical.build(passages, folder / _WORDS)
        np.save(folder / _MATRIX, matrix, allow_pickle=False)
        _filled(store, matrix).save(folder / _STORE)

    @classmethod
    def open(
        cls, folder: Path, passages: Sequence[Passage], store: str, open_model: Callable[[], Embedder]
    ) -> Searcher:
        """A searcher over what `write` wrote; the model is opened by the first question that needs it."""
        held = open_store(store)
        held.load(folder / _STORE)
        return cls(passages, Lexical.open(folder / _WORDS), matrix_in(folder), held, open_model)

    def count(self, text: str, folded: bool = False) -> int:
        """How many passages hold a syllable's key or a pair; see `Lexical.count`."""
        return self._lexical.count(text, folded)

    @cached_property
    def embedder(self) -> Embedder:
        """The model that made the vectors."""
        return self._open_model()

    def search(
        self,
        query: str,
        docs: Collection[str] | None = None,
        k: int = 50,
        words: bool = True,
        vectors: bool = True,
    ) -> list[Hit]:
        """The best `k` passages for a question, best first, of the documents named (None: of all).

        words, vectors: which parts to use. What neither part finds is no hit.
        """
        by_words = self._by_words(query, docs) if words else {}
        by_vectors = self._by_vectors(query, docs, by_words) if vectors else {}
        hits = [
            Hit(self.passages[place], _fused(own, near), own, near)
            for place in sorted(by_words.keys() | by_vectors.keys())
            for own, near in [(by_words.get(place, 0.0), by_vectors.get(place, 0.0))]
        ]
        return heapq.nsmallest(k, hits, key=lambda hit: -hit.score)  # equal ones in reading order

    def _by_words(self, query: str, docs: Collection[str] | None) -> dict[int, float]:
        terms = self._lexical.terms(query)
        ceiling = self._lexical.ceiling(terms)
        return {place: score / ceiling for place, score in self._lexical.search(terms, docs, DEPTH)}

    def _by_vectors(self, query: str, docs: Collection[str] | None, others: Iterable[int]) -> dict[int, float]:
        """The nearest passages, and the cosines of the others too."""
        vector = self.embedder.encode_questions([query])[0]
        allowed = None if docs is None else [place for doc in docs for place in self._places.get(doc, ())]
        near = dict(self._store.search(vector, DEPTH, allowed))
        rest = [place for place in others if place not in near] if near else []
        return near | dict(zip(rest, (self._matrix[rest] @ vector).tolist(), strict=True))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for place, passage in enumerate(self.passages):
            places.setdefault(passage.doc, []).append(place)
        return places


def matrix_in(folder: Path) -> Matrix:
    """The vectors that `Searcher.write` wrote, a row a passage, mapped from the disk."""
    matrix: Matrix = np.load(folder / _MATRIX, mmap_mode="r", allow_pickle=False)
    return matrix


def _fused(words: float, vectors: float) -> float:
    return WORDS_WEIGHT * words + VECTORS_WEIGHT * vectors


def _filled(name: str, matrix: Matrix) -> VectorStore:
    store = open_store(name)
    store.build(matrix)
    return store
