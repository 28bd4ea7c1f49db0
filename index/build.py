"""Building: read what changed, embed what is new, publish a generation. The rest is taken over."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

import numpy as np

import corpus
from corpus.document import Document
from index import contents, generation
from index.embedding import Embedder
from index.errors import IndexDamaged, IndexMissing
from index.intake import Intake, take_in
from index.manifest import FORMAT, Manifest, Recipe, Source
from index.passages import Passage, passages
from index.progress import progress
from index.search import Embedded, Matrix, Searcher, embedded_text, matrix_in
from index.settings import recorded

#: Texts embedded between two steps of the progress bar.
BATCH = 64
#: The code that decides what a generation holds, documents and vectors apart.
_MAKERS = ("build.py", "contents.py", "interaction.py", "lexical.py", "passages.py", "search.py")


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in files, passages and seconds.

    unread: one line for every file that could not be read.  published: False if nothing had changed.
    """

    read: int
    reused: int
    removed: int
    passages: int
    seconds: float
    unread: tuple[str, ...]
    published: bool


class NothingToIndex(ValueError):
    """No file in the folder could be read; `unread` says why, one line a file."""

    def __init__(self, folder: Path, unread: Sequence[str]) -> None:
        self.unread = tuple(unread)
        formats = ", ".join(corpus.READERS)
        super().__init__(
            f"Không có tệp nào đọc được trong {folder} (đọc được: {formats}) / "
            f"no readable file in {folder} (readable: {formats})"
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """What can be taken over from the generation before; vectors by the sha256 of the text embedded."""

    recipe: Recipe | None = None
    documents: Mapping[Source, Document] = field(default_factory=dict)
    vectors: Mapping[str, Matrix] = field(default_factory=dict)


def build(folder: Path, root: Path, embedder: Embedder, store: str) -> Built:
    """Index the plans below `folder` into `root`, doing only what changed since the generation there.

    Raises NothingToIndex, OSError (disk full, no permission): what was served before still is.
    """
    with generation.building(root, _waiting):
        start = perf_counter()
        before = _before(root)
        intake = take_in(folder, before.documents)
        if not intake.documents:
            raise NothingToIndex(folder, intake.unread)
        recipe = Recipe(embedder.name, embedder.identity, store, _maker(), intake.sources, recorded(folder))
        found = passages(intake.documents)
        published = recipe != before.recipe
        if published:
            known = before.vectors if before.recipe and before.recipe.identity == recipe.identity else {}
            embedded = Embedded.of(found, embed(found, embedder, known), embedder)
            generation.publish(root, partial(_write, recipe, intake, found, embedded))
        return _summary(before, intake, len(found), published, perf_counter() - start)


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


def _write(recipe: Recipe, intake: Intake, found: Sequence[Passage], embedded: Embedded, folder: Path) -> Manifest:
    contents.write(folder, intake.documents, found)
    Searcher.write(folder, found, embedded, recipe.store)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    counts = len(intake.documents), len(found), embedded.matrix.shape[1]
    return Manifest(FORMAT, created, recipe, recipe.digest, *counts, files={})


def _before(root: Path) -> _Before:
    try:
        return generation.load(root, _taken_over)
    except IndexMissing:
        return _Before()
    except IndexDamaged as error:
        print(f"{error.part}: chỉ mục cũ không dùng lại được, tạo lại từ đầu / built from nothing", file=sys.stderr)
        return _Before()


def _taken_over(folder: Path, manifest: Manifest) -> _Before:
    documents = contents.documents_in(folder)
    rows = zip(contents.passages_in(folder), matrix_in(folder), strict=True)
    vectors = {_key(embedded_text(passage)): row for passage, row in rows}
    return _Before(manifest.recipe, {one: documents[one.doc] for one in manifest.recipe.sources}, vectors)


def _summary(before: _Before, intake: Intake, count: int, published: bool, seconds: float) -> Built:
    held = {source.file for source in intake.sources}
    removed = sum(source.file not in held for source in before.documents)
    read = len(intake.sources) - intake.reused
    return Built(read, intake.reused, removed, count, seconds, intake.unread, published)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _maker() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in _MAKERS)).hexdigest()[:16]


def _waiting() -> None:
    print("Đang chờ một lần tạo chỉ mục khác xong… / waiting for another build to finish…", file=sys.stderr)
