"""FAISS, the default: a flat index of dot products with our own ids; filtered while it searches."""

from __future__ import annotations

from typing import Any

import faiss
import numpy as np

from index.vectors.base import Ids, Vectors, VectorStore

# One question at a time over few vectors: starting threads costs more than they save.
faiss.omp_set_num_threads(1)


class FaissStore(VectorStore):
    """IndexFlatIP inside IndexIDMap2; exact, so its numbers are those of `ExactStore`."""

    def __init__(self) -> None:
        self._index: Any = None

    def __len__(self) -> int:
        return 0 if self._index is None else int(self._index.ntotal)

    def _build(self, vectors: Vectors, ids: Ids) -> None:
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(vectors.shape[1]))
        self._index.add_with_ids(vectors, ids)

    def _search(self, vector: Vectors, k: int, allowed: Ids | None) -> tuple[Ids, Vectors]:
        chosen = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(allowed)  # named: FAISS itself does not keep it alive
            chosen = faiss.SearchParameters()
            chosen.sel = selector
        scores, ids = self._index.search(vector[None, :], k, params=chosen)
        return ids[0], scores[0]

    def _bytes(self) -> bytes:
        if self._index is None:
            raise ValueError("nothing was built yet; call build before save")
        return bytes(faiss.serialize_index(self._index).tobytes())

    def _load(self, content: bytes) -> int:
        index = faiss.deserialize_index(np.frombuffer(content, dtype=np.uint8))
        if not isinstance(index, faiss.IndexIDMap2) or index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise ValueError(f"an IndexIDMap2 of dot products was expected, a {type(index).__name__} came")
        self._index = index
        return int(index.d)
