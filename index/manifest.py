"""manifest.json: what a generation was made from, and the sha256 of every file of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamaged
from index.relations import Relation, Tie

#: Raised whenever the files of a generation change their meaning: what an older version wrote is built anew.
FORMAT = 3
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its path below the folder of documents, its document's id, its bytes' sha256.

    reading: names the parser and whatever else the reading depended on besides the bytes.  part: where it is kept.
    number: of this reading, never given again; the words know its passages by it.  passages: how many it has.
    partial: whether pages are missing that no program was there for.
    """

    file: str
    doc: str
    digest: str
    reading: str
    part: str = field(default="", compare=False)
    number: int = field(default=0, compare=False)
    passages: int = field(default=0, compare=False)
    partial: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why, in one line. It is tried again once it is written anew, as `touch` does,
    or is read in another way. written: nanoseconds since 1970."""

    source: Source
    written: int
    why: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a generation is made from; two generations of one recipe hold the same."""

    embedder: str  # as it was asked for: a row's name, a model's name or a folder
    identity: str  # of the model itself: its weights
    store: str
    maker: str  # digest of the code that wrote it
    sources: tuple[Source, ...]
    documents: str = ""  # the folder they were in, as `settings.recorded` writes it

    @property
    def digest(self) -> str:
        """One digest of all that was read."""
        lines = "".join(f"{one.file}\n{one.digest}\n{one.reading}\n" for one in self.sources)
        return hashlib.sha256(lines.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A generation's label. `created` is ISO, UTC; `files` maps each path in the folder to its sha256.

    documents, passages: those that are served; copies of others are kept and not served.  relations: among plans.
    numbered: numbers given to readings so far.  faded: passages taken out of the words since they were last written
    whole, which still count a little where words are weighed.  refused: files that could not be read.
    """

    format: int
    created: str
    recipe: Recipe
    corpus: str
    documents: int
    passages: int
    dimensions: int
    files: dict[str, str]
    relations: tuple[Relation, ...] = ()
    numbered: int = 0
    faded: int = 0
    refused: tuple[Refused, ...] = ()

    @property
    def copies(self) -> dict[str, str]:
        """The documents that are not served because they say what another one says, each with that one."""
        return {one.doc: one.other for one in self.relations if one.tie is Tie.COPY}

    @property
    def served(self) -> tuple[Source, ...]:
        """The files whose documents are served, in order."""
        copies = self.copies
        return tuple(source for source in self.recipe.sources if source.doc not in copies)

    def write(self, folder: Path) -> str:
        """Write the label into its folder; its sha256."""
        data = _MANIFEST.dump_json(self, indent=1)
        (folder / NAME).write_bytes(data + b"\n")
        return sha256(folder / NAME)


_MANIFEST = TypeAdapter(Manifest)


def sha256(file: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fingerprints(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Every file below a folder but the manifest, with its sha256; `known` are those of files that are old."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: known.get(name) or sha256(path) for name, path in names.items()}


def checked(folder: Path, seal: str) -> Manifest:
    """The manifest of a generation of which every file is whole; `seal` begins the manifest's own sha256.

    Raises IndexDamaged, naming the first file that is missing or is not as it was written.
    """
    manifest = labelled(folder, seal)
    for name, digest in manifest.files.items():
        _compare(folder / name, digest)
    return manifest


def labelled(folder: Path, seal: str) -> Manifest:
    """The manifest alone, checked by its seal; the other files may be damaged. Raises IndexDamaged."""
    label = folder / NAME
    _compare(label, seal)
    try:
        manifest = _MANIFEST.validate_json(label.read_bytes())
    except ValidationError as error:
        raise IndexDamaged(label, "thuộc phiên bản khác", "belongs to another version") from error
    if manifest.format != FORMAT:
        raise IndexDamaged(
            label,
            f"có định dạng {manifest.format}, chương trình này cần {FORMAT}",
            f"has format {manifest.format}, this program needs {FORMAT}",
        )
    return manifest


#: What files were found to be, by what changes with them: one that a process has checked it need not check again.
_CHECKED: dict[tuple[int, int, int, int, int], str] = {}
_MOST_CHECKED = 50_000


def digest_of(file: Path) -> str:
    """The sha256 of a file, worked out anew only when the file's size, times or place on the disk have changed."""
    seen = file.stat()
    key = seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
    if key not in _CHECKED:
        if len(_CHECKED) >= _MOST_CHECKED:
            _CHECKED.clear()
        _CHECKED[key] = sha256(file)
    return _CHECKED[key]


def _compare(file: Path, digest: str) -> None:
    try:
        found = digest_of(file)
    except FileNotFoundError as error:
        raise IndexDamaged(file, "bị thiếu", "is missing") from error
    except OSError as error:
        raise IndexDamaged(file, f"không đọc được ({error})", f"cannot be read ({error})") from error
    if not found.startswith(digest):
        raise IndexDamaged(file, "không đúng như khi ghi", "is not as it was written")
