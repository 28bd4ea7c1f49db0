"""The files of a folder to Documents; a file that did not change is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import corpus
from corpus.document import Document
from corpus.reading import STATED, stated, stated_problems
from index.manifest import Source, sha256
from index.progress import progress


@dataclass(frozen=True, slots=True)
class Intake:
    """What a folder holds. `unread` has one line for every file that could not be read."""

    documents: tuple[Document, ...]
    sources: tuple[Source, ...]
    reused: int
    unread: tuple[str, ...]


@dataclass
class _Taking:
    """An intake under way; `known` is what was read before, by file and document."""

    folder: Path
    known: Mapping[Source, Document]
    taken: dict[str, tuple[Document, Source]] = field(default_factory=dict)
    reused: int = 0
    unread: list[str] = field(default_factory=list)

    def take(self, path: Path) -> None:
        """Add one file."""
        file = path.relative_to(self.folder).as_posix()
        first = self.taken.get(path.stem)
        if first is not None:
            self.unread.append(f"{file}: trùng tên với {first[1].file}, hãy đổi tên / same name, rename it")
            return
        try:
            source = Source(file, path.stem, sha256(path), _reading(path))
            document = self._document(path, source)
        except corpus.UnreadableFile as error:
            self.unread.append(str(error))
        except Exception as error:  # a file that breaks the parser must not keep the others from being read
            self.unread.append(f"{file}: không đọc được / cannot be read ({type(error).__name__}: {error})")
        else:
            self.taken[path.stem] = document, source

    def _document(self, path: Path, source: Source) -> Document:
        known = self.known.get(source)
        self.reused += known is not None
        return known or corpus.read(path)


def files(folder: Path) -> list[Path]:
    """All files below a folder that are meant to be plans, in the order of their names; hidden ones are not."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != STATED)
    return sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def take_in(folder: Path, known: Mapping[Source, Document]) -> Intake:
    """Read every file below a folder, but those that are `known` as they are now."""
    _stated.cache_clear()
    taking = _Taking(folder, known)
    for path in progress(files(folder), "Đọc tệp / reading", "tệp"):
        taking.take(path)
    folders = {path.parent for path in folder.rglob(STATED)}
    problems = [line for place in sorted(folders) for line in stated_problems(place, taking.taken.keys())]
    documents, sources = zip(*taking.taken.values(), strict=True) if taking.taken else ((), ())
    unread = tuple(line.replace("\n", " ") for line in (*taking.unread, *problems))
    return Intake(documents, sources, taking.reused, unread)


def _reading(path: Path) -> str:
    """What a document depends on besides its bytes: the parser, and what is stated of it beside it."""
    said = repr(sorted(_stated(path.parent).get(path.stem, {}).items()))
    return f"{corpus.parser_version()}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


@cache
def _stated(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    return stated(folder)
