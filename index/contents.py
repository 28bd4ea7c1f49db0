"""What lies in a generation besides words and vectors: documents and passages, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.document import Document
from index.errors import IndexDamaged
from index.passages import Passage

T = TypeVar("T")

DOCUMENTS, PASSAGES = "documents.jsonl", "passages.jsonl"

_DOCUMENT = TypeAdapter(Document)
_PASSAGE = TypeAdapter(Passage)


def write(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Write both files into a folder."""
    _write(folder / DOCUMENTS, _DOCUMENT, documents)
    _write(folder / PASSAGES, _PASSAGE, passages)


def documents_in(folder: Path) -> dict[str, Document]:
    """The documents of a generation by their ids, in order."""
    return {document.id: document for document in _read(folder / DOCUMENTS, _DOCUMENT)}


def passages_in(folder: Path) -> list[Passage]:
    """The passages of a generation; a passage's place in the list is its name in words and vectors."""
    return list(_read(folder / PASSAGES, _PASSAGE))


def _write(file: Path, shape: TypeAdapter[T], items: Iterable[T]) -> None:
    with file.open("wb") as lines:
        for item in items:
            lines.write(shape.dump_json(item) + b"\n")


def _read(file: Path, shape: TypeAdapter[T]) -> Iterator[T]:
    with file.open("rb") as lines:
        for line in lines:
            try:
                yield shape.validate_json(line)
            except ValidationError as error:
                raise IndexDamaged(file, "do phiên bản khác ghi", "was written by another version") from error
