"""Search: words and vectors over one list of passages, each part's scores brought to one scale and added.

Words are asked by BM25. Vectors find passages by one vector each and score what either part found once more, token by
token, where the model has vectors of tokens. A question whose words the passages hold leans on words; one whose words
they do not hold, as one in another language, leans on vectors.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, TokenEmbedder
from index.interaction import Interaction
from index.lexical import Lexical, Term
from index.passages import Passage
from index.vectors import VectorStore, open_store

#: Passages taken from each part before their scores are added.
DEPTH = 200

_WORDS, _MATRIX, _STORE, _TOKENS = "words", "vectors.npy", "vectors.store", "tokens"

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts for beside the words, which count 1.

    cosine: the cosine of question and passage, beside the nearness of their tokens.  vectors: both of them, for a
    question all of whose words the passages hold.  foreign: what is added where the passages hold none of them, by
    the square of the share they do not hold.

    Chosen over three Vietnamese development sets and one with English questions, on all of which both parts together
    find more than words alone; `python -m eval weights` measures it.
    """

    cosine: float = 0.3
    vectors: float = 0.15
    foreign: float = 1.0

    def lean(self, coverage: float) -> float:
        """What vectors count for beside words for a question of this `Lexical.coverage`."""
        return self.vectors + self.foreign * (1 - coverage) ** 2

    def nearness(self, cosine: float, tokens: float | None) -> float:
        """What vectors say of a passage; tokens: None where the model has no vectors of tokens."""
        return cosine if tokens is None else self.cosine * cosine + tokens


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, and why.

    words: how much of the question's words it holds, BM25 over `Lexical.ceiling`: 0 none, near 1 all.
    vectors: the cosine of question and passage, -1 to 1.  tokens: how near their tokens are, see `Interaction.scores`.
    score: all of them, weighted; what hits are ordered by. A part that was not asked for is 0.
    """

    passage: Passage
    score: float
    words: float
    vectors: float
    tokens: float = 0.0


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a model made of a list of passages: a vector each, and their tokens where it has vectors of tokens."""

    matrix: Matrix
    tokens: Interaction | None

    @classmethod
    def of(cls, passages: Sequence[Passage], matrix: Matrix, embedder: Embedder) -> Embedded:
        """Beside the vectors, the tokens."""
        if not isinstance(embedder, TokenEmbedder):
            return cls(matrix, None)
        return cls(matrix, Interaction.build(embedder, [embedded_text(passage) for passage in passages]))

    def write(self, folder: Path) -> None:
        """Write what `open` reads into a folder."""
        np.save(folder / _MATRIX, self.matrix, allow_pickle=False)
        if self.tokens:
            (folder / _TOKENS).mkdir()
            self.tokens.write(folder / _TOKENS)

    @classmethod
    def open(cls, folder: Path) -> Embedded:
        """What `write` wrote, mapped from the disk."""
        tokens = Interaction.open(folder / _TOKENS) if (folder / _TOKENS).exists() else None
        return cls(matrix_in(folder), tokens)


def embedded_text(passage: Passage) -> str:
    """What of a passage becomes its vector: the headings above it, then its own words."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


class Searcher:
    """Words and vectors of one list of passages; a passage's place in the list is its name in both."""

    def __init__(
        self,
        passages: Sequence[Passage],
        words: Lexical,
        embedded: Embedded,
        store: VectorStore,
        open_model: Callable[[], Embedder],
    ) -> None:
        self.passages = passages
        self.weights = Weights()
        self._lexical, self._embedded, self._store, self._open_model = words, embedded, store, open_model

    @classmethod
    def build(cls, passages: Sequence[Passage], embedder: Embedder, store: str = "") -> Searcher:
        """A searcher in memory, for passages with or without documents behind them, as of a benchmark."""
        matrix = embedder.encode([embedded_text(passage) for passage in passages])
        embedded = Embedded.of(passages, matrix, embedder)
        return cls(passages, Lexical.build(passages), embedded, _filled(store, matrix), lambda: embedder)

    @staticmethod
    def write(folder: Path, passages: Sequence[Passage], embedded: Embedded, store: str) -> None:
        """Write what `open` reads into a folder."""
        (folder / _WORDS).mkdir()
        Lexical.build(passages, folder / _WORDS)
        embedded.write(folder)
        _filled(store, embedded.matrix).save(folder / _STORE)

    @classmethod
    def open(
        cls, folder: Path, passages: Sequence[Passage], store: str, open_model: Callable[[], Embedder]
    ) -> Searcher:
        """A searcher over what `write` wrote; the model is opened by the first question that needs it."""
        held = open_store(store)
        held.load(folder / _STORE)
        return cls(passages, Lexical.open(folder / _WORDS), Embedded.open(folder), held, open_model)

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

        words, vectors: which parts to use; each finds DEPTH passages at most, and what neither finds is no hit.
        """
        terms = self._lexical.terms(query) if words else []
        by_words = self._by_words(terms, docs)
        by_vectors = self._by_vectors(query, docs, by_words) if vectors else {}
        found = sorted(by_words.keys() | by_vectors.keys())
        by_tokens = self._by_tokens(query, found) if vectors else {}
        lean = self.weights.lean(self._lexical.coverage(terms))
        hits = []
        for place in found:
            own, near, nearest = by_words.get(place, 0.0), by_vectors.get(place, 0.0), by_tokens.get(place)
            score = own + lean * self.weights.nearness(near, nearest)
            hits.append(Hit(self.passages[place], score, own, near, nearest or 0.0))
        return heapq.nsmallest(k, hits, key=lambda hit: -hit.score)  # equal ones in reading order

    def lacking(self, question: str, passage: Passage) -> float:
        """How much of a question a passage says nothing near to, see `Interaction.lacking`; 0 where no tokens tell."""
        tokens = self._embedded.tokens
        if tokens is None or not isinstance(self.embedder, TokenEmbedder):
            return 0.0
        return tokens.lacking(self.embedder, question, self._place[passage.key])

    def _by_words(self, terms: Sequence[Term], docs: Collection[str] | None) -> dict[int, float]:
        ceiling = self._lexical.ceiling(terms)
        return {place: score / ceiling for place, score in self._lexical.search(terms, docs, DEPTH)}

    def _by_tokens(self, query: str, places: Sequence[int]) -> dict[int, float]:
        """How near the tokens of passages come to the question's; nothing where the model has no tokens."""
        tokens = self._embedded.tokens
        if tokens is None or not isinstance(self.embedder, TokenEmbedder):
            return {}
        return dict(zip(places, tokens.scores(self.embedder, query, places).tolist(), strict=True))

    def _by_vectors(self, query: str, docs: Collection[str] | None, others: Iterable[int]) -> dict[int, float]:
        """The nearest passages, and the cosines of the others too."""
        vector = self.embedder.encode_questions([query])[0]
        allowed = None if docs is None else [place for doc in docs for place in self._places.get(doc, ())]
        near = dict(self._store.search(vector, DEPTH, allowed))
        rest = [place for place in others if place not in near] if near else []
        return near | dict(zip(rest, (self._embedded.matrix[rest] @ vector).tolist(), strict=True))

    @cached_property
    def _place(self) -> dict[str, int]:
        return {passage.key: place for place, passage in enumerate(self.passages)}

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


def _filled(name: str, matrix: Matrix) -> VectorStore:
    store = open_store(name)
    store.build(matrix)
    return store
