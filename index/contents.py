"""What lies in a part besides its vectors: documents, passages and cards, one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from corpus.document import Document
from index.errors import IndexDamaged
from index.passages import Passage
from index.relations import Card

T = TypeVar("T")

DOCUMENTS, PASSAGES, CARDS = "documents.jsonl", "passages.jsonl", "cards.jsonl"

_DOCUMENT = TypeAdapter(Document)
_PASSAGE = TypeAdapter(Passage)
_CARD = TypeAdapter(Card)


def document_line(document: Document) -> bytes:
    """A document as its line of JSON."""
    return _DOCUMENT.dump_json(document)


def document_of(line: bytes) -> Document:
    """The document of a line that `document_line` gave."""
    return _DOCUMENT.validate_json(line)


def passage_line(passage: Passage) -> bytes:
    """A passage as its line of JSON."""
    return _PASSAGE.dump_json(passage)


def passage_of(line: bytes) -> Passage:
    """The passage of a line that `passage_line` gave."""
    return _PASSAGE.validate_json(line)


def card_line(card: Card) -> bytes:
    """A card as its line of JSON."""
    return _CARD.dump_json(card)


def write_lines(file: Path, lines: Iterable[bytes]) -> None:
    """Write lines of JSON into a new file."""
    with file.open("wb") as stream:
        for line in lines:
            stream.write(line + b"\n")


def documents_in(folder: Path) -> dict[str, Document]:
    """The documents of a part by their ids, in order."""
    return {document.id: document for document in _read(folder / DOCUMENTS, _DOCUMENT)}


def passages_in(folder: Path) -> list[Passage]:
    """The passages of a part, one document after the other in the order of the documents."""
    return list(_read(folder / PASSAGES, _PASSAGE))


def cards_in(folder: Path) -> dict[str, Card]:
    """The cards of a part by the ids of their documents."""
    return {card.doc: card for card in _read(folder / CARDS, _CARD)}


def check(folder: Path) -> None:
    """Look whether the files of a part are of this version, by the first line of each. Raises IndexDamaged."""
    next(_read(folder / DOCUMENTS, _DOCUMENT), None)
    next(_read(folder / PASSAGES, _PASSAGE), None)
    next(_read(folder / CARDS, _CARD), None)


def _read(file: Path, shape: TypeAdapter[T]) -> Iterator[T]:
    with file.open("rb") as lines:
        for line in lines:
            try:
                yield shape.validate_json(line)
            except ValidationError as error:
                raise IndexDamaged(file, "do phiên bản khác ghi", "was written by another version") from error
