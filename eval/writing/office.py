"""Files of a word processor converted by LibreOffice, as one does with "Save as": PDF, ODT, DOC."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.readers.programs import run

#: Seconds for one file, and for the start.
_EACH, _START = 60.0, 120.0


def convert(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """The files, in one run, in another format ("pdf", "odt", "doc"), under the same stems.

    Raises UnreadableFile where LibreOffice is missing or fails.
    """
    with TemporaryDirectory(prefix="office-") as profile:
        own = f"-env:UserInstallation={Path(profile).as_uri()}"
        command = ["soffice", "--headless", "--norestore", own, "--convert-to", to, "--outdir", str(folder)]
        run(folder.name, [*command, *map(str, files)], _START + _EACH * len(files))
    return [folder / f"{file.stem}.{to}" for file in files]
