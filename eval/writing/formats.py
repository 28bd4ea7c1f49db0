"""The formats that plans are written out in, one row each: how it is made, and how near to the text answers must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

from corpus.document import Document
from eval.writing.legacy import write_tcvn3, write_utf16
from eval.writing.plan import Plan, plan_of
from index.progress import progress

#: From which format another one is made.
_BASE, _PRINTED = "docx", "pdf"


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write plans out. `make` puts the documents' files into a folder, given those of the format `source`.

    within: how much less than the text's a share of answers read from it may be.
    """

    name: str
    suffix: str
    label: str
    within: float
    make: Callable[[Sequence[Document], Sequence[Path], Path], None]
    source: str = ""


class NoFormat(Exception):
    """A format was asked for that there is none of."""

    def __init__(self, name: str) -> None:
        known = ", ".join(FORMATS)
        super().__init__(f"Không có định dạng “{name}”; có: {known} / There is no format “{name}”; there are: {known}")


class Workshop:
    """Writes documents out below a folder, each format into a folder of its own, once."""

    def __init__(self, documents: Sequence[Document], root: Path) -> None:
        self.documents = documents
        self.root = root

    def files(self, name: str) -> list[Path]:
        """The files of a format, in the order of the documents; their stems are the documents' ids."""
        one, folder = FORMATS[name], self.root / name
        if not folder.is_dir():
            source = self.files(one.source) if one.source else []
            folder.mkdir(parents=True)
            one.make(self.documents, source, folder)
        return [folder / f"{document.id}{one.suffix}" for document in self.documents]


def chosen(names: str) -> list[Format]:
    """The formats of a list between commas; a name stands for its variants too ("scan" for "scan-300").

    Raises NoFormat.
    """
    found: list[Format] = []
    for name in filter(None, (part.strip() for part in names.split(","))):
        some = [one for one in FORMATS.values() if one.name == name or one.name.startswith(f"{name}-")]
        if not some:
            raise NoFormat(name)
        found += [one for one in some if one not in found]
    return found


def _written(room: str, function: str) -> Callable[[Sequence[Document], Sequence[Path], Path], None]:
    """A writer of plans that is imported when it is needed."""

    def make(documents: Sequence[Document], _: Sequence[Path], folder: Path) -> None:
        write: Callable[[Plan, Path], None] = getattr(import_module(f"eval.writing.{room}"), function)
        suffix = ".html" if room == "html" else ".docx"
        for document in documents:
            write(plan_of(document), folder / f"{document.id}{suffix}")

    return make


def _encoded(
    write: Callable[[str, Path], None], documents: Sequence[Document], _: Sequence[Path], folder: Path
) -> None:
    for document in documents:
        write(document.text, folder / f"{document.id}.txt")


def _converted(to: str, _: Sequence[Document], files: Sequence[Path], folder: Path) -> None:
    from eval.writing.office import convert

    convert(files, to, folder)


def _scanned(dpi: int, _: Sequence[Document], files: Sequence[Path], folder: Path) -> None:
    from eval.writing.scan import scan

    for file in progress(files, f"Quét / scanning {dpi} dpi", "tệp/files"):
        scan(file, folder / file.name, dpi)


def _rows() -> Iterator[Format]:
    yield Format("docx", ".docx", "DOCX, gõ số mục / typed markers", 0.01, _written("docx", "write_docx"))
    numbered = _written("docx", "write_numbered")
    yield Format("docx-numbered", ".docx", "DOCX, đánh số tự động / automatic numbers", 0.01, numbered)
    yield Format("pdf", ".pdf", "PDF có chữ / with text", 0.01, partial(_converted, "pdf"), _BASE)
    yield Format("html", ".html", "HTML của cổng / of a portal", 0.01, _written("html", "write_html"))
    yield Format("odt", ".odt", "ODT", 0.01, partial(_converted, "odt"), _BASE)
    yield Format("doc", ".doc", "DOC", 0.01, partial(_converted, "doc"), _BASE)
    yield Format("utf-16", ".txt", "TXT, UTF-16", 0.01, partial(_encoded, write_utf16))
    yield Format("tcvn3", ".txt", "TXT, TCVN3", 0.01, partial(_encoded, write_tcvn3))
    yield Format("scan-300", ".pdf", "bản quét / scan, 300 dpi", 0.05, partial(_scanned, 300), _PRINTED)
    yield Format("scan-200", ".pdf", "bản quét / scan, 200 dpi", 0.05, partial(_scanned, 200), _PRINTED)


#: Name -> format, in the order in which they are told of.
FORMATS: Mapping[str, Format] = {one.name: one for one in _rows()}
