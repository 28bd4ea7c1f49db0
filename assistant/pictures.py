"""Pages of a plan as they look in its file, beside what was read of them."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from threading import BoundedSemaphore, Lock

from assistant.plans import Plans
from corpus.document import Document
from corpus.readers.drawing import DRAWN, drawn
from index.manifest import digest_of
from index.settings import recorded_folder

WIDTH = 1_240  # pixels: a page of A4 at 150 dots an inch
_KEPT = 16  # pictures
_WAITING = 6  # visitors who wait for one that is not kept


class NoPicture(LookupError):
    """There is no such picture, or the file is no longer the one that was read."""


class TooBusy(Exception):
    """Too many pictures are being drawn."""


def has_pictures(document: Document) -> bool:
    """Whether pages of a document can be shown as they look."""
    return bool(document.pages) and document.source.lower().endswith(DRAWN)


class Pictures:
    """Draws one page at a time, in a process of its own, and keeps the latest."""

    def __init__(self) -> None:
        self._one, self._lock = Lock(), Lock()
        self._room = BoundedSemaphore(_WAITING)
        self._kept: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def page(self, plans: Plans, document: Document, number: int) -> bytes:
        """A page as a JPEG. Raises NoPicture, TooBusy and UnreadableFile."""
        path = _file(plans, document)
        if not any(page.number == number for page in document.pages) or not _is_as_read(path, document):
            raise NoPicture(document.id)
        key = document.digest, number
        if (kept := self._kept_one(key)) is not None:
            return kept
        if not self._room.acquire(blocking=False):
            raise TooBusy
        try:
            with self._one:
                return self._kept_one(key) or self._draw(path, document, number)
        finally:
            self._room.release()

    def _draw(self, path: Path, document: Document, number: int) -> bytes:
        made = drawn(path, number, WIDTH)
        if not _is_as_read(path, document):  # it was replaced meanwhile
            raise NoPicture(document.id)
        with self._lock:
            self._kept[document.digest, number] = made
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def _kept_one(self, key: tuple[str, int]) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)


def _file(plans: Plans, document: Document) -> Path:
    """Where the file of a document lies: below the folder of plans, not beyond by a link."""
    recipe = plans.index.manifest.recipe
    folder = recorded_folder(recipe.documents).resolve()
    file = next((one.file for one in recipe.sources if one.doc == document.id), "")
    path = (folder / file).resolve()
    if not has_pictures(document) or path == folder or not path.is_relative_to(folder):
        raise NoPicture(document.id)
    return path


def _is_as_read(path: Path, document: Document) -> bool:
    try:
        return digest_of(path) == document.digest
    except OSError:
        return False
