"""The index as others see it: its documents, its passages, and a search over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from corpus.document import Document
from index import generation
from index.embedding import Embedder, open_embedder
from index.errors import IndexDamaged
from index.interaction import Interaction
from index.lexical import Lexical
from index.making import PARTS
from index.manifest import NAME, Manifest, Recipe, Source
from index.part import Part
from index.passages import Passage
from index.relations import Relation, Tie
from index.search import Hit, Searcher, Shelf
from index.settings import index_folder
from index.words import NUMBERED, WORDS


@dataclass(frozen=True)
class Index:
    """One generation, opened and checked. What is built afterwards does not change it.

    name: of the generation.  documents, passages: without the copies of others, in the order of the files' names.
    """

    name: str
    manifest: Manifest
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    searcher: Searcher
    parts: Mapping[str, Part]

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
        """The best `k` passages for a question, best first; see `Searcher.search`."""
        return self.searcher.search(query, docs, k, words, vectors, tokens=tokens)

    def lacking(self, question: str, passage: Passage) -> float:
        """How much of a question a passage says nothing near to, 0 to 1; see `Searcher.lacking`."""
        return self.searcher.lacking(question, passage)

    def count(self, text: str, folded: bool = False) -> int:
        """How many passages hold a syllable's key or a pair "a_b", as written or without accents."""
        return self.searcher.count(text, folded)

    def later(self, doc: str) -> tuple[Relation, ...]:
        """The relations by which other plans replace or amend a document."""
        return tuple(one for one in self.manifest.relations if one.other == doc and one.tie is not Tie.COPY)


def open_index(folder: Path | None = None, before: Index | None = None) -> Index:
    """The index in a folder (None: ASSISTANT_INDEX, else .index), every file of it checked.

    What it shares with one opened `before` is not read again. Raises IndexMissing and IndexDamaged, which say the
    command that builds it.
    """
    return generation.load(index_folder(folder), partial(_open, before=before))


def _open(folder: Path, manifest: Manifest, before: Index | None = None) -> Index:
    sources, recipe = manifest.served, manifest.recipe
    held = before.parts if before else {}
    names = sorted({source.part for source in sources})
    parts = {name: held.get(name) or Part.open(folder / PARTS / name, recipe.store) for name in names}
    documents = {source.doc: parts[source.part].documents[source.doc] for source in sources}
    passages = [passage for source in sources for passage in _passages(parts, source)]
    starts = np.cumsum([0, *(source.passages for source in sources)])
    first = {source.number: int(start) for source, start in zip(sources, starts[:-1], strict=True)}
    model = partial(_model, folder, recipe)
    if before and before.manifest.recipe.identity == recipe.identity:
        model = partial(getattr, before.searcher, "embedder")
    searcher = Searcher(
        passages,
        Lexical.open(folder / WORDS),
        [_shelf(part, [one for one in sources if one.part == name], first) for name, part in parts.items()],
        _tokens(parts, sources),
        model,
        row_of=lambda place: first[place // NUMBERED] + place % NUMBERED,
    )
    return Index(folder.name, manifest, documents, passages, searcher, parts)


def _passages(parts: Mapping[str, Part], source: Source) -> Sequence[Passage]:
    part = parts[source.part]
    rows = part.rows[source.doc]
    return part.passages[rows.start : rows.stop]


def _shelf(part: Part, sources: Sequence[Source], first: Mapping[int, int]) -> Shelf:
    rows = np.full(len(part.passages), -1, dtype=np.int64)
    for source in sources:
        own = part.rows[source.doc]
        rows[own.start : own.stop] = first[source.number] + np.arange(len(own))
    return Shelf(
        part.embedded, part.store, rows, {one.doc: np.array(part.rows[one.doc], dtype=np.int64) for one in sources}
    )


def _tokens(parts: Mapping[str, Part], sources: Sequence[Source]) -> Interaction | None:
    some = [(parts[one.part].embedded.tokens, parts[one.part].rows[one.doc]) for one in sources]
    tokens = [(held, rows) for held, rows in some if held is not None]
    return Interaction.joined(tokens) if tokens and len(tokens) == len(some) else None


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
