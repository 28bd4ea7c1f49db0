"""manifest.json: what a generation was made from, and the sha256 of every file of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from index.errors import IndexDamaged

#: Raised whenever the files of a generation change their meaning: what an older version wrote is built anew.
FORMAT = 3
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its path below the folder of documents, its document's id, its bytes' sha256.

    reading: names the parser and whatever else the reading depended on besides the bytes.
    """

    file: str
    doc: str
    digest: str
    reading: str


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
    """A generation's label. `created` is ISO, UTC; `files` maps each path in the folder to its sha256."""

    format: int
    created: str
    recipe: Recipe
    corpus: str
    documents: int
    passages: int
    dimensions: int
    files: dict[str, str]

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


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file below a folder but the manifest, with its sha256."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return {path.relative_to(folder).as_posix(): sha256(path) for path in files}


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


def _compare(file: Path, digest: str) -> None:
    try:
        found = sha256(file)
    except FileNotFoundError as error:
        raise IndexDamaged(file, "bị thiếu", "is missing") from error
    except OSError as error:
        raise IndexDamaged(file, f"không đọc được ({error})", f"cannot be read ({error})") from error
    if not found.startswith(digest):
        raise IndexDamaged(file, "không đúng như khi ghi", "is not as it was written")
