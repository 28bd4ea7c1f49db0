"""Search: words and vectors over one list of passages, each part's scores brought to one scale and added.

Words are asked by BM25. Vectors find passages by one vector each and score what either part found once more, token by
token, where the model has vectors of tokens. A question whose words the passages hold leans on words; one whose words
they do not hold, as one in another language, leans on vectors.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, TokenEmbedder
from index.interaction import Interaction
from index.lexical import Lexical, Term
from index.part import Embedded, Matrix, embedded_text, filled
from index.passages import Passage
from index.vectors import VectorStore

#: Passages taken from each part before their scores are added.
DEPTH = 200


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


Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Shelf:
    """The vectors of one part. rows: for each of its rows the passage's place in the list, -1 where it is not served.

    docs: the rows of each document that is served.
    """

    embedded: Embedded
    store: VectorStore
    rows: Rows
    docs: Mapping[str, Rows]

    def search(self, vector: Matrix, k: int, docs: Collection[str] | None) -> Iterator[tuple[int, float]]:
        """Places and cosines of its nearest passages of the documents named (None: of all)."""
        for row, cosine in self.store.search(vector, k, self._allowed(docs)):
            yield int(self.rows[row]), cosine

    def _allowed(self, docs: Collection[str] | None) -> Rows | None:
        if docs is None:
            return None if len(self._served) == len(self.rows) else self._served
        return np.concatenate([np.zeros(0, dtype=np.int64), *(self.docs[doc] for doc in docs if doc in self.docs)])

    @cached_property
    def _served(self) -> Rows:
        return np.flatnonzero(self.rows >= 0)


class Searcher:
    """Words and vectors of one list of passages; a passage's place in the list is its name in both.

    row_of: the place in the list of what the words know by a number of its own.  tokens: of all passages in order.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        words: Lexical,
        shelves: Sequence[Shelf],
        tokens: Interaction | None,
        open_model: Callable[[], Embedder],
        *,
        row_of: Callable[[int], int] = int,
    ) -> None:
        self.passages = passages
        self.weights = Weights()
        self._lexical, self._shelves, self._tokens = words, shelves, tokens
        self._open_model, self._row_of = open_model, row_of

    @classmethod
    def build(cls, passages: Sequence[Passage], embedder: Embedder, store: str = "") -> Searcher:
        """A searcher in memory, for passages with or without documents behind them, as of a benchmark."""
        matrix = embedder.encode([embedded_text(passage) for passage in passages])
        embedded = Embedded.of(passages, matrix, embedder)
        docs: dict[str, list[int]] = {}
        for place, passage in enumerate(passages):
            docs.setdefault(passage.doc, []).append(place)
        rows = {doc: np.array(places, dtype=np.int64) for doc, places in docs.items()}
        shelf = Shelf(embedded, filled(store, matrix), np.arange(len(passages)), rows)
        return cls(passages, Lexical.build(passages), [shelf], embedded.tokens, lambda: embedder)

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
        *,
        tokens: bool = True,
    ) -> list[Hit]:
        """The best `k` passages for a question, best first, of the documents named (None: of all).

        words, vectors: which parts to use; each finds DEPTH passages at most, and what neither finds is no hit.
        tokens: whether what was found is scored token by token too, which takes most of the time.
        """
        docs = None if docs is None or self._docs <= set(docs) else docs
        terms = self._lexical.terms(query) if words else []
        by_words = self._by_words(terms, docs)
        by_vectors = self._by_vectors(query, docs, by_words) if vectors else {}
        found = sorted(by_words.keys() | by_vectors.keys())
        by_tokens = self._by_tokens(query, found) if vectors and tokens else {}
        lean = self.weights.lean(self._lexical.coverage(terms))
        hits = []
        for place in found:
            own, near, nearest = by_words.get(place, 0.0), by_vectors.get(place, 0.0), by_tokens.get(place)
            score = own + lean * self.weights.nearness(near, nearest)
            hits.append(Hit(self.passages[place], score, own, near, nearest or 0.0))
        return heapq.nsmallest(k, hits, key=lambda hit: -hit.score)  # equal ones in reading order

    def lacking(self, question: str, passage: Passage) -> float:
        """How much of a question a passage says nothing near to, see `Interaction.lacking`; 0 where no tokens tell."""
        if self._tokens is None or not isinstance(self.embedder, TokenEmbedder):
            return 0.0
        return self._tokens.lacking(self.embedder, question, self._place[passage.key])

    def _by_words(self, terms: Sequence[Term], docs: Collection[str] | None) -> dict[int, float]:
        ceiling = self._lexical.ceiling(terms)
        found = self._lexical.search(terms, docs, DEPTH)
        return {self._row_of(place): score / ceiling for place, score in found}

    def _by_tokens(self, query: str, places: Sequence[int]) -> dict[int, float]:
        """How near the tokens of passages come to the question's; nothing where the model has no tokens."""
        if self._tokens is None or not isinstance(self.embedder, TokenEmbedder):
            return {}
        return dict(zip(places, self._tokens.scores(self.embedder, query, places).tolist(), strict=True))

    def _by_vectors(self, query: str, docs: Collection[str] | None, others: Iterable[int]) -> dict[int, float]:
        """The nearest passages, and the cosines of the others too."""
        vector = self.embedder.encode_questions([query])[0]
        found = (hit for shelf in self._shelves for hit in shelf.search(vector, DEPTH, docs))
        near = dict(heapq.nsmallest(DEPTH, found, key=lambda hit: (-hit[1], hit[0])))
        rest = [place for place in others if place not in near] if near else []
        return near | {place: self._cosine(place, vector) for place in rest}

    def _cosine(self, place: int, vector: Matrix) -> float:
        number, row = self._at[:, place]
        return float(self._shelves[number].embedded.matrix[row] @ vector)

    @cached_property
    def _at(self) -> Rows:
        """For each passage its shelf and its row there, of shape (2, passages)."""
        at = np.zeros((2, len(self.passages)), dtype=np.int64)
        for number, shelf in enumerate(self._shelves):
            rows = np.flatnonzero(shelf.rows >= 0)
            at[0, shelf.rows[rows]], at[1, shelf.rows[rows]] = number, rows
        return at

    @cached_property
    def _docs(self) -> frozenset[str]:
        """All documents that are served."""
        return frozenset(doc for shelf in self._shelves for doc in shelf.docs)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {passage.key: place for place, passage in enumerate(self.passages)}
