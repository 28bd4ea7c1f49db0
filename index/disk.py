"""Writing so that nothing is half there: files replaced whole, lines added whole, all of it brought to disk."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def replace_file(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file beside its place, bring it to disk, put it there; its owner alone may read it unless `mode` says.

    Raises OSError; then nothing has changed.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            made.chmod(mode)
        made.replace(path)
    except BaseException:
        with suppress(OSError):
            made.unlink()
        raise
    to_disk(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file that its owner alone may read. Raises OSError; what could not be written whole is cut off
    again."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        before = os.lseek(handle, 0, os.SEEK_END)
        data = line.encode() + b"\n"
        try:
            if os.write(handle, data) < len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)


def to_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
