"""Programs of other makers that some readers need: where they are, and running them for a limited time."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from corpus.readers.errors import UnreadableFile


def installed(program: str) -> bool:
    """Whether a program can be run here."""
    return shutil.which(program) is not None


def run(
    file: str,
    arguments: Sequence[str],
    seconds: float,
    given: bytes = b"",
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """What a program prints. `file`: the name of the file it works on, for what is said of a failure.

    given: what it reads.  settings: variables of its environment, besides those of this process.
    Raises UnreadableFile where the program is missing, fails or takes longer than `seconds`.
    """
    program = arguments[0]
    try:
        done = subprocess.run(
            arguments,
            capture_output=True,
            timeout=seconds,
            input=given,
            env={**os.environ, **(settings or {})},
            check=False,
        )
    except FileNotFoundError as error:
        raise UnreadableFile(
            f"{file}: cần chương trình {program}, máy này chưa có / needs the program {program}, which is not installed"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"{file}: {program} chạy quá {seconds:.0f} giây / {program} took longer than {seconds:.0f} s"
        ) from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[-200:]
        raise UnreadableFile(f"{file}: {program} không đọc được / could not read it ({said or done.returncode})")
    return done.stdout
