"""Documents made searchable: passages, their words and vectors, in one published generation on disk."""

from index.errors import IndexDamaged, IndexMissing
from index.opening import Index, open_index
from index.search import Hit, Searcher

__all__ = ["Hit", "Index", "IndexDamaged", "IndexMissing", "Searcher", "open_index"]
