"""What staff put into the folder of plans and took out again: a hidden file there, one line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.disk import append_line

NAME = ".intake.jsonl"
LISTED = 50  # the latest of them that are shown, and can be undone
_TAIL = 256 << 10  # bytes at the end of the file that are looked at


@dataclass(frozen=True, slots=True)
class Put:
    """A file that came in. at: ISO, UTC.  who: name of staff.  file: its name in the folder.  digest: sha256.

    kept: where the file lies whose place it took, below the folder; "" where it took none.
    out_by, out_at: who took it out again, and when; "" while it is in.
    """

    id: str
    at: str
    who: str
    file: str
    digest: str
    kept: str = ""
    out_by: str = ""
    out_at: str = ""


def now() -> str:
    """The time as it is written down: ISO, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Journal:
    """The lines of a folder."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME

    def put(self, one: Put) -> None:
        """Write that a file came in. Raises OSError."""
        self._write({"did": "in", **asdict(one)})

    def out(self, id: str, who: str) -> None:
        """Write that it was taken out again. Raises OSError."""
        self._write({"did": "out", "id": id, "who": who, "at": now()})

    def latest(self) -> Sequence[Put]:
        """What came in last, newest first. A line that cannot be read is passed over."""
        found: dict[str, Put] = {}
        for line in self._lines():
            match line:
                case {"did": "in", "id": str(id), **rest}:
                    found[id] = Put(id, *(str(rest.get(name, "")) for name in ("at", "who", "file", "digest", "kept")))
                case {"did": "out", "id": str(id), "who": str(who), "at": str(at)} if id in found:
                    found[id] = replace(found[id], out_by=who, out_at=at)
        return list(found.values())[: -LISTED - 1 : -1]

    def _write(self, line: dict[str, str]) -> None:
        append_line(self.path, json.dumps(line, ensure_ascii=False))

    def _lines(self) -> Sequence[Any]:
        try:
            with self.path.open("rb") as file:
                file.seek(max(0, file.seek(0, 2) - _TAIL))
                lines = file.read().splitlines()
        except OSError:
            return []
        return [read for line in lines if (read := _read(line)) is not None]


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None
