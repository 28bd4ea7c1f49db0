"""Names that files are kept by: what a browser says of a file is only ever a proposal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from corpus import READERS

#: Bytes of a name at most: room is left for what else a name has to hold on any file system.
MOST = 150
_UNSAFE = re.compile(r'[<>:"|?*]')
_NAMELESS = "ke-hoach"


class BadName(ValueError):
    """No reader reads files of that suffix; the message says which there are, in both languages."""


def safe_name(said: str) -> str:
    """The name a file is kept by: no folder, nothing that does not print, no dot in front, 150 bytes at most.

    Raises BadName.

    >>> safe_name("../../etc/Kế hoạch 2024.PDF"), safe_name("x\\\\.a\\u202etxt.docx"), safe_name(".txt")
    ('Kế hoạch 2024.pdf', 'atxt.docx', 'ke-hoach.txt')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", said))[-1]
    shown = "".join(" " if char.isspace() else char for char in last if char.isspace() or _prints(char))
    name = " ".join(_UNSAFE.sub("-", shown).split())
    stem, dot, suffix = name.rpartition(".")
    suffix = (dot + suffix).lower()
    if suffix not in READERS:
        formats = ", ".join(READERS)
        raise BadName(f"chưa đọc được định dạng này; có thể dùng / format not read; these are: {formats}")
    return _cut(stem.lstrip(".~$ ").rstrip(". "), MOST - len(suffix)) + suffix


def numbered(name: str, taken: Iterable[str]) -> str:
    """A name whose stem none of the names taken has, a number added where it has to be: it is a plan's id.

    >>> numbered("a.docx", ["A.txt", "b.txt"]), numbered("c.txt", ["A.txt"])
    ('a-2.docx', 'c.txt')
    """
    path = PurePosixPath(name)
    stems = {key(PurePosixPath(one).stem) for one in taken}
    if key(path.stem) not in stems:
        return name
    more = (f"-{number}" for number in range(2, len(stems) + 3))
    short = ((_cut(path.stem, MOST - len(path.suffix) - len(end)), end) for end in more)
    return next(f"{stem}{end}{path.suffix}" for stem, end in short if key(stem + end) not in stems)


def key(name: str) -> str:
    """What two names have in common that some file systems take for one."""
    return unicodedata.normalize("NFC", name).casefold()


def _prints(char: str) -> bool:
    return unicodedata.category(char)[0] != "C"


def _cut(stem: str, most: int) -> str:
    return stem.encode()[:most].decode(errors="ignore").rstrip(". ") or _NAMELESS
