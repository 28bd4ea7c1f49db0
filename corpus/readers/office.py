"""Old and open formats of word processors (.doc, .odt, .rtf), turned into .docx by LibreOffice where it is there."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from corpus.readers.archives import Archive
from corpus.readers.docx_file import read_archive
from corpus.readers.errors import MissingProgram, UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.programs import installed, run

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 120.0
#: Suffix -> what such a file begins with, and what LibreOffice is to read it as: else it reads anything as text.
_FILTERS = {
    ".doc": (b"\xd0\xcf\x11\xe0", "MS Word 97"),
    ".odt": (b"PK", "writer8"),
    ".rtf": (b"{\\rtf", "Rich Text Format"),
}


def read_office(path: Path, _: Progress) -> Extracted:
    """The text of a .doc, .odt or .rtf file. Raises MissingProgram and UnreadableFile."""
    program = next(filter(installed, _PROGRAMS), None)
    if program is None:
        raise MissingProgram(
            f"{path.name}: cần LibreOffice để đọc tệp {path.suffix}, máy này chưa có; hãy cài LibreOffice hoặc lưu "
            f"thành .docx / needs LibreOffice, which is not installed; install it or save the file as .docx"
        )
    with tempfile.TemporaryDirectory() as folder:
        return _converted(program, path, Path(folder))


def _converted(program: str, path: Path, folder: Path) -> Extracted:
    """Reads a copy under a plain name, with a profile that is thrown away: no macro, no setting of anybody's."""
    source, results = folder / f"van-ban{path.suffix.lower()}", folder / "docx"
    shutil.copyfile(path, source)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    target = "docx:MS Word 2007 XML"
    command = [program, profile, "--headless", "--norestore", *_filter(path), "--convert-to", target]
    command += ["--outdir", str(results)]
    run(path.name, [*command, str(source)], _SECONDS)
    result = results / f"{source.stem}.docx"
    if not result.is_file():
        raise UnreadableFile(
            f"{path.name}: LibreOffice không mở được, có thể tệp hỏng hoặc có mật khẩu; hãy mở bằng Word rồi lưu thành "
            f".docx / LibreOffice cannot open it, perhaps damaged or locked; save it as .docx"
        )
    with Archive(result) as archive:
        archive.name = path.name
        return read_archive(archive)


def _filter(path: Path) -> list[str]:
    begins, name = _FILTERS.get(path.suffix.lower(), (b"", ""))
    with path.open("rb") as file:
        return [f"--infilter={name}"] if name and file.read(len(begins)) == begins else []
