"""Files on their way into the folder of plans and out of it again. Nothing is destroyed that was once in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from secrets import token_hex
from threading import Lock

from assistant.staff.journal import Journal, Put, now
from assistant.staff.names import key, numbered
from corpus.reading import stated
from index.disk import to_disk
from index.intake import files
from index.manifest import digest_of

#: Hidden folders in the folder of plans: files on their way in, files that were taken out.
COMING, UNDONE = ".incoming", ".undone"


class CannotUndo(Exception):
    """What is in the folder is no longer what was put there; the message says so, in both languages."""


class Shelf:
    """The folder of plans as staff change it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.journal = folder, Journal(folder)
        self._lock = Lock()
        shutil.rmtree(folder / COMING, ignore_errors=True)  # what a site that was ended left

    def room(self) -> Path:
        """A new hidden folder for one file on its way in. Raises OSError."""
        room = self.folder / COMING / token_hex(8)
        room.mkdir(parents=True)
        return room

    def proposed(self, name: str, replaces: bool) -> str:
        """The name a file would get, a number added unless it replaces the one of that name."""
        if replaces and (held := self._held(name)) is not None:
            return held.name
        # What documents.toml says may be of a plan that is gone, not of this one.
        said = (f"{stem}.toml" for stem in stated(self.folder))
        return numbered(name, [*(path.name for path in files(self.folder)), *said])

    def put(self, file: Path, name: str, replaces: bool, who: str) -> Put:
        """Move a file into the folder and write down that it came. Raises OSError; then nothing has changed."""
        with self._lock:
            id, kept = token_hex(8), ""
            before = self._held(name) if replaces else None
            target = before or self.folder / self.proposed(name, replaces=False)
            if before is not None:
                kept = self._aside(before, id)
            try:
                file.chmod(0o644)
                _move(file, target)
                put = Put(id, now(), who, target.name, digest_of(target), kept)
                self.journal.put(put)
            except OSError:
                self._back(target, file, kept)
                raise
            to_disk(self.folder)
        discard(file)
        return put

    def taken_out(self, put: Put) -> Path:
        """Where a file lies that came in and was taken out again."""
        return self.folder / UNDONE / f"{put.id}-out" / put.file

    def take_out(self, id: str, who: str) -> Put:
        """Take out what came in, the file whose place it took comes back. Raises CannotUndo and OSError."""
        with self._lock:
            put = next((one for one in self.journal.latest() if one.id == id), None)
            if put is None or put.out_by:
                raise CannotUndo("không còn gì để hoàn tác / there is nothing left to undo")
            path, before = self.folder / put.file, self.folder / put.kept
            if not path.is_file() or digest_of(path) != put.digest:
                raise CannotUndo(f"{put.file}: tệp đã đổi từ đó, để nguyên / changed since then, left as it is")
            if put.kept and not before.is_file():
                raise CannotUndo(f"{put.file}: không còn bản cũ, để nguyên / the older file is gone, left as it is")
            aside = self.folder / self._aside(path, f"{id}-out")
            try:
                if put.kept:
                    before.rename(path)
                self.journal.out(id, who)
            except OSError:
                if put.kept and path.exists():
                    path.rename(before)
                aside.rename(path)
                raise
            to_disk(self.folder)
            return put

    def _held(self, name: str) -> Path | None:
        """The file of that name at the top of the folder."""
        top = (path for path in files(self.folder) if path.parent == self.folder and not path.is_symlink())
        return next((path for path in top if key(path.name) == key(name)), None)

    def _aside(self, path: Path, id: str) -> str:
        """Move a file among those taken out; where it lies then, below the folder."""
        place = self.folder / UNDONE / id
        place.mkdir(parents=True, exist_ok=True)
        path.rename(place / path.name)
        return (place / path.name).relative_to(self.folder).as_posix()

    def _back(self, target: Path, file: Path, kept: str) -> None:
        """As it was before a file was put."""
        if target.exists() and not file.exists():
            target.rename(file)
        if kept:
            (self.folder / kept).rename(target)


def _move(file: Path, target: Path) -> None:
    """Move a file to a name that nobody has taken in this moment. Raises OSError."""
    try:
        os.link(file, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        file.rename(target)
    else:
        file.unlink()


def discard(file: Path) -> None:
    """Remove a file on its way in, with its room and all that is in it."""
    assert file.parent.parent.name == COMING
    shutil.rmtree(file.parent, ignore_errors=True)
