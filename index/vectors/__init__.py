"""Vectors kept and searched: one table of stores, FAISS the default, plain numpy to check it by."""

from index.vectors.base import StoreError, VectorStore
from index.vectors.rows import STORES, open_store

__all__ = ["STORES", "StoreError", "VectorStore", "open_store"]
