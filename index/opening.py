"""The index as others see it: its documents, its passages, and a search over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from corpus.document import Document
from index import contents, generation
from index.embedding import Embedder, open_embedder
from index.errors import IndexDamaged
from index.manifest import NAME, Manifest, Recipe
from index.passages import Passage
from index.search import Hit, Searcher
from index.settings import index_folder


@dataclass(frozen=True)
class Index:
    """One generation, opened and checked. What is built afterwards does not change it."""

    manifest: Manifest
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    searcher: Searcher

    def search(
        self,
        query: str,
        docs: Collection[str] | None = None,
        k: int = 50,
        words: bool = True,
        vectors: bool = True,
    ) -> list[Hit]:
        """The best `k` passages for a question, best first; see `Searcher.search`."""
        return self.searcher.search(query, docs, k, words, vectors)

    def lacking(self, question: str, passage: Passage) -> float:
        """How much of a question a passage says nothing near to, 0 to 1; see `Searcher.lacking`."""
        return self.searcher.lacking(question, passage)

    def count(self, text: str, folded: bool = False) -> int:
        """How many passages hold a syllable's key or a pair "a_b", as written or without accents."""
        return self.searcher.count(text, folded)


def open_index(folder: Path | None = None) -> Index:
    """The index in a folder (None: ASSISTANT_INDEX, else .index), every file of it checked.

    Raises IndexMissing and IndexDamaged, which say the command that builds it.
    """
    return generation.load(index_folder(folder), _open)


def _open(folder: Path, manifest: Manifest) -> Index:
    documents = contents.documents_in(folder)
    passages = contents.passages_in(folder)
    model = partial(_model, folder, manifest.recipe)
    return Index(manifest, documents, passages, Searcher.open(folder, passages, manifest.recipe.store, model))


def _model(folder: Path, recipe: Recipe) -> Embedder:
    """The model that made the vectors, and no other: vectors of two models cannot be compared."""
    embedder = open_embedder(recipe.embedder)
    if embedder.identity != recipe.identity:
        raise IndexDamaged(
            folder / NAME,
            f"ghi mô hình {recipe.identity}, nay mô hình là {embedder.identity}",
            f"names the model {recipe.identity}, the model is now {embedder.identity}",
        )
    return embedder
