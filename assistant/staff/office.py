"""Where staff hand things in: each is read, put into the folder and indexed, one after the other, in a thread."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from secrets import token_hex

from assistant.live import Live
from assistant.staff.corrections import copied, correct, moved
from assistant.staff.items import Item, Items, State
from assistant.staff.journal import now
from assistant.staff.names import BadName, safe_name
from assistant.staff.people import People
from assistant.staff.sessions import Failures, Sessions
from assistant.staff.shelf import Shelf, discard
from assistant.staff.understood import understood
from assistant.tending import note
from index import generation
from index.build import Built, NothingToIndex
from index.contents import document_of
from index.keeping import Keeper
from index.manifest import Manifest, Source
from index.workers import Closed, Job, Read

_LOG = logging.getLogger(__name__)
_WAITING = 200  # things on their way at most
_SECONDS = 5.0  # until a thread that was told to end is left alone


@dataclass(frozen=True, slots=True)
class Held:
    """A file as the site answers from it. copy_of: the plan that is served in its place, "" for none."""

    source: Source
    copy_of: str


class Office:
    """All that staff can do, over a keeper of the index and the assistant that follows it."""

    def __init__(self, people: People, keeper: Keeper, live: Live) -> None:
        self.people, self.sessions, self.failures = people, Sessions(), Failures()
        self.shelf, self.items = Shelf(keeper.folder), Items()
        self.live = live
        self._keeper = keeper
        self._todo: queue.SimpleQueue[tuple[str, Callable[[], None]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="staff", daemon=True)

    def open(self) -> None:
        """Begin to work on what is handed in."""
        self._thread.start()

    def close(self) -> None:
        """Give up what is being worked on; the keeper is closed too."""
        self._todo.put(None)
        self._keeper.close()
        self._thread.join(_SECONDS)

    @property
    def is_full(self) -> bool:
        """Whether more has been handed in than can wait."""
        return self.items.waiting >= _WAITING

    def serves(self, item: Item) -> bool:
        """Whether the site answers from the generation that holds what was done, or from a later one."""
        return item.made <= self.live.plans.index.name  # the time they were made is what names begin with

    def bring(self, who: str, file: Path, replaces: bool) -> Item:
        """Take a file that lies in a room of the shelf, by its safe name."""
        item = self.items.add(Item(token_hex(8), "in", file.name, who, now()))
        self._todo.put((item.id, partial(self._bring, item.id, file, replaces, who)))
        return item

    def refuse(self, who: str, name: str, why: str) -> Item:
        """Say of a file that it was not taken."""
        try:
            shown = safe_name(name)
        except BadName:
            shown = "".join(char for char in name if char.isprintable())[:80]
        return self.items.add(Item(token_hex(8), "in", shown, who, now(), State.REFUSED, why=why))

    def take_out(self, who: str, put: str) -> None:
        """Take out again what came in by that line of the journal, and with it what was corrected of it.

        Raises CannotUndo, CannotWrite and OSError.
        """
        taken = self.shelf.take_out(put, who)
        item = self.items.add(Item(token_hex(8), "out", taken.file, who, now(), State.INDEXING))
        try:
            if not taken.kept:
                moved(self.shelf.folder / taken.file, self.shelf.taken_out(taken))
        finally:
            self._todo.put((item.id, partial(self._index, item.id)))

    def correct(self, who: str, file: Path, typed: Mapping[str, str]) -> None:
        """Have documents.toml say what was typed. Raises Wrong and CannotWrite."""
        if correct(file, typed):
            item = self.items.add(Item(token_hex(8), "correct", file.name, who, now(), State.INDEXING))
            self._todo.put((item.id, partial(self._index, item.id)))

    def held(self, file: str, digest: str) -> Held | None:
        """How the site answers from a file of the folder now; None where it does not yet."""
        manifest = self.live.plans.index.manifest
        for source in manifest.recipe.sources:
            if source.file == file and source.digest == digest:
                return Held(source, manifest.copies.get(source.doc, ""))
        return None

    def file_of(self, doc: str) -> Path | None:
        """Where the file of a plan lies."""
        sources = self.live.plans.index.manifest.recipe.sources
        path = next((self.shelf.folder / one.file for one in sources if one.doc == doc), None)
        inside = path is not None and path.resolve().is_relative_to(self.shelf.folder.resolve())
        return path if inside else None

    def _work(self) -> None:
        while (todo := self._todo.get()) is not None:
            id, do = todo
            try:
                do()
            except Closed:
                return
            except Exception as error:  # whatever it was, what comes next is not to wait for ever
                _LOG.error("staff: something handed in was not done (%s)", type(error).__name__)
                self.items.set(id, state=State.FAILED, why=f"({type(error).__name__})")

    def _bring(self, id: str, file: Path, replaces: bool, who: str) -> None:
        try:
            name = self.shelf.proposed(file.name, replaces)
            named = file.rename(file.with_name(name))
            self.items.set(id, state=State.READING, name=name)
            copied(self.shelf.folder / name, named)  # what is said of the file whose place it takes
            outcome = self._keeper.read_ahead(Job(named, named.stem, name), partial(self._follow, id))
            if outcome.read is None:
                self._refuse(id, file, outcome.why)
            else:
                self._put(id, named, replaces, who, outcome.read)
        except OSError as error:
            self._refuse(id, file, _why(file.name, error))
        finally:
            discard(file)

    def _refuse(self, id: str, file: Path, why: str) -> None:
        """Leave nothing of a file, then say so."""
        discard(file)
        self.items.set(id, state=State.REFUSED, why=why)

    def _put(self, id: str, file: Path, replaces: bool, who: str, read: Read) -> None:
        found = understood(document_of(read.document), len(read.passages))
        put = self.shelf.put(file, file.name, replaces, who)
        changes = {"name": put.file, "put": put.id, "digest": put.digest, "understood": found}
        self.items.set(id, state=State.INDEXING, **changes)
        self._index(id, put.file)

    def _index(self, id: str, file: str = "") -> None:
        """Build; an item is done when the generation that holds it is there, and `file` in it."""
        try:
            built = self._keeper.build(partial(self._follow, id))
        except Closed:
            raise
        except Exception as error:  # whatever stood against it, what was served before still is
            note(error)
            self.items.set(id, state=State.FAILED, why=_why(file, error))
            return
        note(built)
        why = _unread(built, generation.labelled_at(generation.current(self._keeper.root)), file)
        made = generation.name(self._keeper.root)
        self.items.set(id, state=State.FAILED if why else State.DONE, why=why, made=made)

    def _follow(self, id: str, _: str, page: int, pages: int) -> None:
        self.items.set(id, page=page, pages=pages)


@contextmanager
def opened(people: People, keeper: Keeper, live: Live) -> Iterator[Office]:
    """The office of a site, which ends with this."""
    office = Office(people, keeper, live)
    office.open()
    try:
        yield office
    finally:
        office.close()


def _unread(built: Built, manifest: Manifest, file: str) -> str:
    """Why a file is not in a generation, "" where it is."""
    if not file or any(source.file == file for source in manifest.recipe.sources):
        return ""
    return next(
        (line for line in built.unread if line.startswith(f"{file}: ")), built.unread[0] if built.unread else ""
    )


def _why(name: str, error: Exception) -> str:
    if isinstance(error, NothingToIndex):
        return " ".join(str(error).split())
    reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
    return f"{name}: không ghi được / cannot be written ({reason})" if name else f"({reason})"
