"""Documents made searchable: passages, their words and vectors, in one published generation on disk."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import IndexDamaged, IndexMissing
    from index.opening import Index, open_index
    from index.search import Hit, Searcher

__all__ = ["Hit", "Index", "IndexDamaged", "IndexMissing", "Searcher", "open_index"]

#: Where each name lives: imported when it is first asked for, so that whoever only reads files loads no search.
_HOMES = {"errors": ("IndexDamaged", "IndexMissing"), "opening": ("Index", "open_index"), "search": ("Hit", "Searcher")}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"index.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
