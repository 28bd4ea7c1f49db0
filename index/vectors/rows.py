"""The table of vector stores. To add one: a file in this folder that subclasses `VectorStore`, and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from index.vectors.base import StoreError, VectorStore


@dataclass(frozen=True, slots=True)
class StoreRow:
    """about: one line for `--help`.  make: an empty store."""

    about: str
    make: Callable[[], VectorStore]


def _faiss() -> VectorStore:
    try:
        from index.vectors.flat import FaissStore
    except ImportError as error:
        raise StoreError(
            "Chưa cài FAISS. Hãy chạy: pip install faiss-cpu\nFAISS is not installed. Run: pip install faiss-cpu"
        ) from error
    return FaissStore()


def _exact() -> VectorStore:
    from index.vectors.exact import ExactStore

    return ExactStore()


STORES = {
    "faiss": StoreRow("FAISS, chính xác, mặc định / exact, the default", _faiss),
    "exact": StoreRow("numpy, để đối chiếu / numpy, to check the others by", _exact),
}


def open_store(name: str = "") -> VectorStore:
    """An empty store of this name, "" for the default. Raises StoreError on a name that is not in the table."""
    row = STORES.get(name.strip() or "faiss")
    if row is None:
        known = ", ".join(STORES)
        raise StoreError(
            f"Không có kho vectơ “{name}”; hãy chọn một trong: {known}\n"
            f"There is no vector store “{name}”; choose one of: {known}"
        )
    return row.make()
