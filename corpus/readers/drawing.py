"""`python -m corpus.readers.drawing FILE PAGE WIDTH`: one page of a file as a JPEG, in a process of its own.

What a file does to what draws it, it does to this process only: memory and time are limited.
"""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from corpus.readers.errors import UnreadableFile

#: Bytes of address space, and seconds.
MEMORY, SECONDS = 1 << 30, 20
#: Suffixes of the files whose pages can be shown.
DRAWN = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")
_ROOT = Path(__file__).resolve().parents[2]


def drawn(path: Path, number: int, width: int) -> bytes:
    """A page as a JPEG, drawn by another process. Raises UnreadableFile."""
    command = [sys.executable, "-m", "corpus.readers.drawing", str(path.resolve()), str(number), str(width)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS + 5, cwd=_ROOT, check=False)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(_failed(path.name)) from error
    if done.returncode or not done.stdout:
        raise UnreadableFile(_failed(path.name))
    return done.stdout


def _failed(name: str) -> str:
    return f"{name}: không vẽ được trang / the page could not be drawn"


def main() -> int:
    """Draw what the arguments say onto stdout."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(SECONDS)
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from corpus.readers.picture import page_image

    sys.stdout.buffer.write(page_image(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
