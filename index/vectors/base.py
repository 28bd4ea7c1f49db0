"""What every vector store offers. A back end implements the hard verbs; checks and edges are dealt with here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.disk import replace_file

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]
#: How far from 1 the length of a vector may lie.
TOLERANCE = 1e-3


class StoreError(Exception):
    """A store cannot be read or is not what was asked for; the message says in two languages what to do."""


class VectorStore(ABC):
    """Vectors of length 1 by whole-number id, and the nearest of them by dot product, which is their cosine.

    A row of zeros (a text without a known word) is stored and scores 0 against every question.
    """

    #: Length of a vector; 0 before `build` or `load`.
    dimensions: int = 0

    def build(self, vectors: Vectors, ids: Collection[int] | None = None) -> None:
        """Take vectors of shape (n, dimensions) in place of what was held; ids are 0 … n-1 unless given.

        Raises ValueError where a vector has another length than 1 or 0, is not finite, or an id comes twice.
        """
        rows = _checked(vectors)
        numbers = np.arange(len(rows)) if ids is None else np.fromiter(ids, dtype=np.int64, count=len(ids))
        if len(numbers) != len(rows):
            raise ValueError(f"{len(rows)} vectors came with {len(numbers)} ids; give one id a vector")
        if len(numbers) and (len(np.unique(numbers)) != len(numbers) or numbers.min() < 0):
            raise ValueError("ids must be 0 or more, each once")
        self.dimensions = rows.shape[1]
        self._build(rows, numbers.astype(np.int64))

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | Ids | None = None) -> list[tuple[int, float]]:
        """The k nearest as (id, cosine from -1 to 1), best first, lower id first where equal.

        Fewer than k where fewer are held or `allowed`; `allowed` None means all, ids not held are passed over.
        A vector of zeros asks nothing and finds nothing. Raises ValueError on another shape or length, or k < 1.
        """
        if k < 1:
            raise ValueError(f"k is how many to find, 1 or more, not {k}")
        if np.shape(vector) != (self.dimensions,):
            raise ValueError(f"a vector of shape ({self.dimensions},) was expected, {np.shape(vector)} came")
        row = _checked(np.asarray(vector)[None, :])
        if not row.any() or not len(self) or (allowed is not None and not len(allowed)):
            return []
        chosen = None if allowed is None else np.unique(_numbers(allowed))
        ids, scores = self._search(row[0], min(k, len(self)), chosen)
        found = [(int(id), float(score)) for id, score in zip(ids, scores, strict=True) if id >= 0]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def save(self, path: Path) -> None:
        """Put it on disk in one step: never half a file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, self._bytes())

    def load(self, path: Path) -> None:
        """Take what `save` wrote in place of what was held.

        Raises StoreError where the file is missing or cannot be a store. A flipped bit inside the vectors is
        not seen here: whoever keeps the file keeps its sha256 (the generation's manifest does).
        """
        try:
            self.dimensions = self._load(path.read_bytes())
        except Exception as error:  # faiss and numpy raise half a dozen classes on a damaged file
            raise StoreError(
                f"Không đọc được kho vectơ {path}: {error}. Hãy lập lại chỉ mục: python -m index build\n"
                f"The vector store {path} cannot be read: {error}. Build the index again: python -m index build"
            ) from error

    @abstractmethod
    def __len__(self) -> int:
        """How many vectors are held."""

    @abstractmethod
    def _build(self, vectors: Vectors, ids: Ids) -> None:
        """Take checked vectors."""

    @abstractmethod
    def _search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        """The best k ids and scores, 1 <= k <= len(self); an id of -1 means: no more."""

    @abstractmethod
    def _bytes(self) -> bytes:
        """All that is held, as a file."""

    @abstractmethod
    def _load(self, content: bytes) -> int:
        """Take `_bytes` back; returns the length of a vector."""


def _numbers(allowed: Collection[int] | Ids) -> Ids:
    """Ids as an array; one that is an array already is not gone through."""
    if isinstance(allowed, np.ndarray):
        return allowed.astype(np.int64, copy=False)
    return np.fromiter(allowed, dtype=np.int64, count=len(allowed))


def _checked(vectors: Vectors) -> Vectors:
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if rows.ndim != 2:
        raise ValueError(f"vectors of shape (n, dimensions) were expected, {np.shape(vectors)} came")
    lengths = np.linalg.norm(rows, axis=1)
    wrong = ~((np.abs(lengths - 1) <= TOLERANCE) | (lengths == 0))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise ValueError(f"vector {place} has length {lengths[place]:.4f}; divide each by its length first")
    return rows
