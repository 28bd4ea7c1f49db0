"""The files of a folder to Documents; a file that did not change is not read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import corpus
from corpus.document import Document
from index.manifest import Source, sha256
from index.progress import progress

#: Lies beside the plans and is none: what their texts do not say themselves.
STATED = "documents.toml"


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
            source = Source(file, path.stem, sha256(path), _reading(path.parent))
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
    _reading.cache_clear()
    taking = _Taking(folder, known)
    for path in progress(files(folder), "Đọc tệp / reading", "tệp"):
        taking.take(path)
    documents, sources = zip(*taking.taken.values(), strict=True) if taking.taken else ((), ())
    return Intake(documents, sources, taking.reused, tuple(line.replace("\n", " ") for line in taking.unread))


@cache
def _reading(folder: Path) -> str:
    """What the documents of a folder depend on besides their bytes: the parser, and what is stated beside them."""
    stated = folder / STATED
    return f"{corpus.parser_version()}+{sha256(stated)[:16] if stated.is_file() else 'none'}"
