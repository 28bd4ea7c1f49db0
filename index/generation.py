"""Generations: an index is one complete folder or none, whatever happens while a new one is made.

    <index>/CURRENT             the name of the generation that is served
    <index>/generations/NAME/   one complete index; NAME ends in the beginning of its manifest's sha256
    <index>/lock                held while building

A generation is written beside the others under a hidden name, brought to disk, renamed, and only then named
in CURRENT, which is itself replaced in one step. A process that dies or a disk that fills up at any point
leaves CURRENT on a whole generation. The generation before is kept for readers that are about to open it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from index.disk import to_disk
from index.errors import IndexDamaged, IndexMissing
from index.manifest import NAME, Manifest, Recipe, checked, fingerprints, labelled

CURRENT = "CURRENT"
_FOLDER, _LOCK, _BUILDING = "generations", "lock", ".building-"
_SEAL = 16  # characters of the manifest's sha256 at the end of a generation's name

_NAME = re.compile(rf"[\d-]+-[0-9a-f]{{{_SEAL}}}")

T = TypeVar("T")


def current(root: Path) -> Path:
    """The folder of the generation that is served, unchecked. Raises IndexMissing, IndexDamaged."""
    pointer = root / CURRENT
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(root) from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(pointer, f"không đọc được ({error})", f"cannot be read ({error})") from error
    if not _NAME.fullmatch(name):
        raise IndexDamaged(pointer, "không chứa tên một thế hệ", "does not hold the name of a generation")
    return root / _FOLDER / name


def name(root: Path) -> str:
    """The name of the generation that is served, "" if there is none: it changes when another is published."""
    return _served(root)


def load(root: Path, read: Callable[[Path, Manifest], T]) -> T:
    """What `read` makes of the generation that is served, every file of which is checked first.

    A generation may be replaced, and removed, while it is being opened: then the next one is opened instead.
    Raises IndexMissing, IndexDamaged.
    """
    folder = current(root)
    while True:
        try:
            return read(folder, checked(folder, folder.name[-_SEAL:]))
        except Exception:  # whatever it was, it is of interest only if the generation is still the one served
            overtaken, folder = folder, current(root)
            if folder == overtaken:
                raise


def recipe(root: Path) -> Recipe | None:
    """What the generation that is served was made from, None where none can be read; its files may be damaged."""
    with suppress(IndexMissing, IndexDamaged):
        return labelled_at(current(root)).recipe
    return None


def labelled_at(folder: Path) -> Manifest:
    """The manifest of a generation by its folder, checked by its seal alone."""
    return labelled(folder, folder.name[-_SEAL:])


@contextmanager
def building(root: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Be the only one that builds in a folder; `waiting` is called once if another has to finish first."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(root: Path, write: Callable[[Path], Manifest]) -> Path:
    """Have `write` fill an empty folder, then serve it. Only to be called inside `building`.

    `write` returns the manifest without the files it made, which are counted here; those taken over by `take_over`
    may be in it. Whatever is raised on the way, by
    `write` or by the disk, is passed on, and what was served before still is.
    """
    before = _served(root)
    folder = root / _FOLDER
    folder.mkdir(exist_ok=True)
    _remove(folder.glob(f"{_BUILDING}*"))  # what a killed build left
    made = folder / f"{_BUILDING}{os.getpid()}"
    try:
        made.mkdir()
        made = made.rename(folder / _finish(made, write(made)))
        to_disk(folder)
        _point(root, made.name)
    except BaseException:
        if _served(root) != made.name:
            _remove([made])
        raise
    _remove(path for path in folder.iterdir() if path.name not in {before, made.name})
    return made


def take_over(folder: Path, made: Path) -> None:
    """Give files of an earlier generation, which never change, a place in one that is being made, without copying."""
    made.mkdir(parents=True)
    for path in folder.iterdir():
        if path.is_dir():
            take_over(path, made / path.name)
            continue
        try:
            os.link(path, made / path.name)
        except OSError:  # a file system without links
            shutil.copy2(path, made / path.name)


def _finish(folder: Path, manifest: Manifest) -> str:
    """Label a filled folder, bring all of it to disk; the name it shall have."""
    digest = replace(manifest, files=fingerprints(folder, manifest.files)).write(folder)
    mode = stat.S_IMODE((folder / NAME).stat().st_mode)
    for path in (*folder.rglob("*"), folder):
        if path.is_file():
            path.chmod(mode)  # temporary files that became parts are private; the server may be another user
        to_disk(path)
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{digest[:_SEAL]}"


def _point(root: Path, name: str) -> None:
    """Serve another generation, in one step."""
    fresh = root / f"{CURRENT}.new"
    fresh.write_text(name + "\n", encoding="utf-8")
    to_disk(fresh)
    fresh.replace(root / CURRENT)
    to_disk(root)


def _served(root: Path) -> str:
    """The name in CURRENT, "" if none can be read."""
    with suppress(IndexMissing, IndexDamaged):
        return current(root).name
    return ""


def _remove(folders: Iterable[Path]) -> None:
    """Remove folders that nobody is sent to any more. What resists now is removed by the next build."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
