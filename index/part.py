"""A part of an index: some documents with their passages and vectors, written once and never changed.

A generation is made of parts, most of them those of the generation before. What is removed stays in its part, unseen,
until parts are put together.

    documents.jsonl, passages.jsonl, cards.jsonl    see `index.contents`
    vectors.npy, vectors.store                      a row a passage; the same in the vector store
    tokens/                                         see `index.interaction`; where the model has vectors of tokens
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index import contents
from index.embedding import Embedder, TokenEmbedder
from index.interaction import Interaction
from index.passages import Passage
from index.progress import progress
from index.relations import Card
from index.vectors import VectorStore, open_store
from index.workers import Read

_MATRIX, _STORE, _TOKENS = "vectors.npy", "vectors.store", "tokens"

#: Texts embedded between two steps of the progress bar.
BATCH = 64

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embedded:
    """What a model made of a list of passages: a vector each, and their tokens where it has vectors of tokens."""

    matrix: Matrix
    tokens: Interaction | None

    @classmethod
    def of(cls, passages: Sequence[Passage], matrix: Matrix, embedder: Embedder) -> Embedded:
        """Beside the vectors, the tokens."""
        if not isinstance(embedder, TokenEmbedder):
            return cls(matrix, None)
        return cls(matrix, Interaction.build(embedder, [embedded_text(passage) for passage in passages]))

    @classmethod
    def joined(cls, some: Sequence[tuple[Embedded, range]]) -> Embedded:
        """Rows of several, one after the other."""
        matrix = np.concatenate([one.matrix[rows.start : rows.stop] for one, rows in some])
        tokens = [(one.tokens, rows) for one, rows in some if one.tokens is not None]
        return cls(matrix, Interaction.joined(tokens) if len(tokens) == len(some) else None)


def embedded_text(passage: Passage) -> str:
    """What of a passage becomes its vector: the headings above it, then its own words."""
    return f"{passage.heading}\n{passage.text}" if passage.heading else passage.text


def embed(found: Sequence[Passage], embedder: Embedder, known: Mapping[str, Matrix]) -> Matrix:
    """A row for every passage; a text whose vector is known is not embedded again, equal texts only once."""
    texts = [embedded_text(passage) for passage in found]
    keys = [_key(text) for text in texts]
    rows = dict(known)
    new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in rows}.items())
    batches = [new[at : at + BATCH] for at in range(0, len(new), BATCH)]
    for batch in progress(batches, "Tính véc-tơ / embedding", f"×{BATCH}"):
        vectors = embedder.encode([text for _, text in batch])
        rows.update(zip((key for key, _ in batch), vectors, strict=True))
    return np.array([rows[key] for key in keys], dtype=np.float32).reshape(len(keys), embedder.dimensions)


def vectors_of(folder: Path, docs: Collection[str]) -> dict[str, Matrix]:
    """The vectors of some documents of a part, by the sha256 of the text embedded."""
    rows = zip(contents.passages_in(folder), matrix_in(folder), strict=True)
    return {_key(embedded_text(passage)): row for passage, row in rows if passage.doc in docs}


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def write_part(folder: Path, reads: Iterable[Read], embedded: Embedded, store: str) -> None:
    """Write what `Part.open` reads into an empty folder; the rows of `embedded` are the passages in order."""
    reads = list(reads)
    contents.write_lines(folder / contents.DOCUMENTS, (read.document for read in reads))
    contents.write_lines(folder / contents.PASSAGES, (line for read in reads for line in read.passages))
    contents.write_lines(folder / contents.CARDS, (read.card for read in reads))
    np.save(folder / _MATRIX, embedded.matrix, allow_pickle=False)
    if embedded.tokens:
        (folder / _TOKENS).mkdir()
        embedded.tokens.write(folder / _TOKENS)
    filled(store, embedded.matrix).save(folder / _STORE)


def matrix_in(folder: Path) -> Matrix:
    """The vectors of a part, a row a passage, mapped from the disk."""
    matrix: Matrix = np.load(folder / _MATRIX, mmap_mode="r", allow_pickle=False)
    return matrix


def filled(name: str, matrix: Matrix) -> VectorStore:
    """A store that holds a matrix."""
    store = open_store(name)
    store.build(matrix)
    return store


@dataclass(frozen=True)
class Part:
    """A part, opened: all that was ever put into it, in order."""

    folder: Path
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    embedded: Embedded
    store_name: str

    @classmethod
    def open(cls, folder: Path, store: str) -> Part:
        """What `write_part` wrote."""
        tokens = Interaction.open(folder / _TOKENS) if (folder / _TOKENS).exists() else None
        embedded = Embedded(matrix_in(folder), tokens)
        return cls(folder, contents.documents_in(folder), contents.passages_in(folder), embedded, store)

    @cached_property
    def store(self) -> VectorStore:
        """Its vectors by row."""
        held = open_store(self.store_name)
        held.load(self.folder / _STORE)
        return held

    @cached_property
    def rows(self) -> Mapping[str, range]:
        """The rows of each document's passages."""
        rows: dict[str, range] = dict.fromkeys(self.documents, range(0))
        for row, passage in enumerate(self.passages):
            before = rows[passage.doc]
            rows[passage.doc] = range(before.start if before else row, row + 1)
        return rows

    def read_of(self, doc: str) -> Read:
        """A document of it as it was read, to be written into another part."""
        return Read.of(self.documents[doc], (self.passages[row] for row in self.rows[doc]), self.cards[doc])

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        """The cards of its documents."""
        return contents.cards_in(self.folder)


@lru_cache(maxsize=1)
def opened(folder: Path, store: str) -> Part:
    """A part that is gone through document by document; one at a time is kept open."""
    return Part.open(folder, store)
