"""Every vector compared with the question, in numpy: plainly right, and what the others are held to."""

from __future__ import annotations

import io

import numpy as np

from index.vectors.base import Ids, Vectors, VectorStore


class ExactStore(VectorStore):
    """One matrix; a search is one product. The file is a numpy archive, never a pickle."""

    def __init__(self) -> None:
        self._vectors: Vectors = np.zeros((0, 0), dtype=np.float32)
        self._ids: Ids = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ids)

    def _build(self, vectors: Vectors, ids: Ids) -> None:
        self._vectors, self._ids = vectors.copy(), ids

    def _search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        scores, ids = self._vectors @ vector, self._ids
        if allowed is not None:
            inside = np.isin(ids, allowed)
            scores, ids = scores[inside], ids[inside]
        best = np.lexsort((ids, -scores))[:k]
        return ids[best], scores[best]

    def _bytes(self) -> bytes:
        buffer = io.BytesIO()
        np.savez(buffer, vectors=self._vectors, ids=self._ids)
        return buffer.getvalue()

    def _load(self, content: bytes) -> int:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            vectors, ids = archive["vectors"], archive["ids"]
        if vectors.ndim != 2 or ids.shape != vectors.shape[:1]:
            raise ValueError(f"{vectors.shape} vectors and {ids.shape} ids do not fit together")
        self._vectors, self._ids = vectors.astype(np.float32), ids.astype(np.int64)
        return int(vectors.shape[1])
