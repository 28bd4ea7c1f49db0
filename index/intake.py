"""The files of a folder, and which of them have to be read: a file that did not change is not read again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import corpus
from corpus.readers.recogniser import cannot_recognise
from corpus.reading import STATED, stated, stated_problems
from index.manifest import Refused, Source, digest_of
from index.workers import Job


@dataclass
class Intake:
    """What a folder holds, beside what was `known` of it.

    kept: files that are as they were.  jobs: files to read, with what their sources will be.  refused: those that
    could not be read before, and are as they were.  unread: a line for each file that is no plan.
    """

    folder: Path
    known: Mapping[str, Source]
    tried: Mapping[str, Refused]
    kept: list[Source] = field(default_factory=list)
    jobs: list[tuple[Job, Source]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    _root: Path = field(init=False)
    _docs: dict[str, str] = field(default_factory=dict)  # each id given or held, with the suffix of its file
    _stated: dict[Path, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._root = self.folder.resolve()
        # Also of those that are looked at later: a new file must not take what links and answers know another by.
        held = (one for one in self.known.values() if (self.folder / one.file).is_file())
        self._docs.update((one.doc, Path(one.file).suffix.lower()) for one in held)

    def take(self, path: Path) -> None:
        """Look at one file."""
        file = path.relative_to(self.folder).as_posix()
        try:
            self._check(path, file)
            doc = self.known[file].doc if file in self.known else self._id(path)
            source = Source(file, doc, digest_of(path), self._reading(path))
        except corpus.UnreadableFile as error:
            self.unread.append(" ".join(str(error).split()))
        except OSError as error:
            self.unread.append(f"{file}: không đọc được / cannot be read ({error.strerror})")
        else:
            self._docs[doc] = path.suffix.lower()
            before, tried = self.known.get(file), self.tried.get(file)
            if before == source and not (before.partial and self._recognises):
                self.kept.append(before)
            elif tried and tried.source == source and tried.written == written(path):
                self.refused.append(tried)
            else:
                self.jobs.append((Job(path, doc, file), source))

    @cached_property
    def _recognises(self) -> bool:
        """Whether pages can be read now that could not be when they were left out."""
        return not cannot_recognise()

    def _check(self, path: Path, file: str) -> None:
        try:
            file.encode()
        except UnicodeEncodeError as error:
            shown = file.encode(errors="replace").decode()
            raise corpus.UnreadableFile(
                f"{shown}: tên tệp không phải UTF-8; hãy đổi tên / its name is not UTF-8; rename it"
            ) from error
        if not path.resolve().is_relative_to(self._root):
            raise corpus.UnreadableFile(
                f"{file}: trỏ ra ngoài thư mục; hãy chép tệp vào thư mục / leads out of the folder; copy the file here"
            )
        if path.suffix.lower() not in corpus.READERS:
            raise corpus.UnreadableFile(
                f"{file}: chưa đọc được định dạng “{path.suffix}” / format not read; "
                f"có thể dùng / these are: {', '.join(corpus.READERS)}"
            )

    def _id(self, path: Path) -> str:
        """Of a new file: its name's stem; where another file has that, with its suffix, its folder, or a number."""
        stem, suffix = path.stem, path.suffix.lower()
        by_suffix, by_folder = f"{stem}-{suffix.lstrip('.')}", f"{path.parent.name}-{stem}"
        other_form = self._docs.get(stem) != suffix
        choices = (stem, by_suffix, by_folder) if other_form else (stem, by_folder, by_suffix)
        numbered = (f"{stem}-{number}" for number in range(2, len(self._docs) + 3))
        return next(id for id in chain(choices, numbered) if id not in self._docs)

    def _reading(self, path: Path) -> str:
        """What a document depends on besides its bytes: the parser, and what is stated of it beside it."""
        if path.parent not in self._stated:
            self._stated[path.parent] = stated(path.parent)
        said = repr(sorted(self._stated[path.parent].get(path.stem, {}).items()))
        return f"{corpus.parser_version()}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def files(folder: Path) -> list[Path]:
    """All files below a folder that are meant to be plans, in the order of their names; hidden ones are not.

    Folders may come and go meanwhile.
    """
    found: list[Path] = []
    for place, below, names in os.walk(folder):
        below[:] = [name for name in below if not _is_passed_over(name)]
        paths = (Path(place) / name for name in names if name != STATED and not _is_passed_over(name))
        found += [path for path in paths if path.is_file()]
    return sorted(found)


def stated_in(folder: Path) -> list[Path]:
    """The folders below a folder, itself too, that hold a documents.toml."""
    return sorted(Path(place) for place, _, names in os.walk(folder) if STATED in names)


def _is_passed_over(part: str) -> bool:
    """Whether a name is of what programs leave behind: hidden files, and the lock of one open in a word processor."""
    return part.startswith((".", "~$"))


def written(path: Path) -> int:
    """When a file was last written, in nanoseconds since 1970; 0 where it is gone."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def take_in(folder: Path, known: Iterable[Source], tried: Iterable[Refused] = ()) -> Intake:
    """Look at every file below a folder; `known` are those that were read before, `tried` those that could not be."""
    intake = Intake(folder, {one.file: one for one in known}, {one.source.file: one for one in tried})
    for path in files(folder):
        intake.take(path)
    found = [*intake.kept, *(source for _, source in intake.jobs), *(one.source for one in intake.refused)]
    stems = {Path(source.file).stem for source in found}
    for place in stated_in(folder):
        intake.unread += [line.replace("\n", " ") for line in stated_problems(place, stems)]
    return intake


def moved(intake: Intake) -> dict[str, Source]:
    """Files to read whose bytes were read before, under whatever name, in the same way: by the file, what was read."""
    by_content = {(one.digest, one.reading): one for one in intake.known.values() if not one.partial}
    found = {source.file: by_content.get((source.digest, source.reading)) for _, source in intake.jobs}
    return {file: source for file, source in found.items() if source is not None}
