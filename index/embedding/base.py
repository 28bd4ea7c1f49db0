"""What every embedder offers: LangChain's two verbs, and the same as one numpy matrix."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Ids = NDArray[np.int32]


class EmbedderError(Exception):
    """No embedder can be had under this name; the message says in Vietnamese and in English what to do."""


class Embedder(Embeddings):
    """Texts to vectors of length 1, so that a dot product is their cosine (-1 to 1).

    name: what `open_embedder` takes to open the same model again.  dimensions: the length of a vector.
    identity: name and digest of the weights; vectors of two identities must never meet in one index.

    A back end implements `_rows` and, where questions are read in another way than passages, `_question_rows`.
    """

    name: str
    dimensions: int

    @property
    @abstractmethod
    def identity(self) -> str:
        """Name and digest of the weights: "default@0f3a…"."""

    @abstractmethod
    def _rows(self, texts: Sequence[str]) -> Vectors:
        """One row a text, of any length; a text without a single known word may give a row of zeros."""

    def _question_rows(self, texts: Sequence[str]) -> Vectors:
        return self._rows(texts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Passages to vectors: float32, shape (len(texts), dimensions).

        Each row has length 1, or 0 where the text holds nothing to embed ("", "!!!").
        """
        return self._unit(self._rows(_checked(texts)), len(texts))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Questions to vectors, as `encode`; differs for models that were trained with a prompt for each."""
        return self._unit(self._question_rows(_checked(texts)), len(texts))

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's verb for passages."""
        return [[float(value) for value in row] for row in self.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's verb for one question."""
        return [float(value) for value in self.encode_questions([text])[0]]

    def _unit(self, rows: Vectors, count: int) -> Vectors:
        if count == 0:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        if rows.shape != (count, self.dimensions):
            raise ValueError(f"{self.name} gave shape {rows.shape}, expected {(count, self.dimensions)}")
        return unit(rows)


class TokenEmbedder(Embedder):
    """An embedder whose tokens have vectors of their own, so that question and passage can be held word to word."""

    @abstractmethod
    def token_ids(self, texts: Sequence[str]) -> list[Ids]:
        """The tokens of each text, in order."""

    @abstractmethod
    def token_vectors(self, ids: Ids) -> Vectors:
        """Vectors of tokens, shape (len(ids), dimensions). The longer a vector, the more its token says."""


def unit(rows: Vectors) -> Vectors:
    """Rows divided by their length; rows of zeros stay.

    >>> unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist()
    [[0.6000000238418579, 0.800000011920929], [0.0, 0.0]]
    """
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = rows / np.where(lengths == 0, 1, lengths)
    return np.ascontiguousarray(scaled, dtype=np.float32)


def _checked(texts: Sequence[str]) -> Sequence[str]:
    if isinstance(texts, str):
        raise TypeError("encode takes a list of texts; for one text write encode([text])")
    return texts
