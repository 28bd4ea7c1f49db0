"""Feedback of those who agree, in one SQLite file on this machine. Off unless ASSISTANT_FEEDBACK names the file."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

COMMENT_LIMIT = 500  # characters
_PAGES = 50_000  # of 4 KB: the file never grows beyond 200 MB, whoever sends how much
_WAIT = 2.0  # seconds for another process that holds the file
_TABLE = """CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,         -- UTC, to the second
    good INTEGER NOT NULL,    -- 1 or 0
    comment TEXT NOT NULL,
    asked TEXT NOT NULL,      -- JSON: question, history, provinces, years
    answer TEXT NOT NULL,     -- JSON: the answer as every door gives it out
    consent TEXT NOT NULL     -- the words agreed to
)"""


class NotKept(Exception):
    """The file could not be written: full, locked, damaged or gone. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's view of one answer. `asked` and `answer` are JSON objects; `at` is in UTC."""

    id: int
    at: str
    good: bool
    comment: str
    asked: dict[str, Any]
    answer: dict[str, Any]


def feedback_file() -> Path | None:
    """Where feedback is kept; None where none is taken."""
    named = os.environ.get("ASSISTANT_FEEDBACK", "").strip()
    return Path(named) if named else None


def unusable(path: Path) -> str:
    """Why feedback cannot be kept in a file, "" where it can; makes the file where there is none."""
    try:
        with _opened(path):
            return ""
    except (OSError, sqlite3.Error) as error:
        return (error.strerror if isinstance(error, OSError) else None) or str(error)


def keep(path: Path, *, good: bool, comment: str, asked: dict[str, Any], answer: dict[str, Any], consent: str) -> None:
    """Adds an entry, wholly or not at all. Raises NotKept."""
    row = (
        datetime.now(UTC).isoformat(timespec="seconds"),
        int(good),
        comment[:COMMENT_LIMIT],
        json.dumps(asked, ensure_ascii=False),
        json.dumps(answer, ensure_ascii=False),
        consent,
    )
    try:
        with _opened(path) as file, file:
            file.execute("INSERT INTO feedback (at, good, comment, asked, answer, consent) VALUES (?,?,?,?,?,?)", row)
    except (OSError, sqlite3.Error) as error:
        raise NotKept(f"{type(error).__name__}: {error}") from error


def entries(path: Path) -> Sequence[Entry]:
    """All that was kept, oldest first. Raises OSError and sqlite3.Error; never makes or changes a file."""
    if not path.is_file():
        raise FileNotFoundError(path)
    # A file that nobody writes can be read as it is; one in use has its newest rows in the log beside it.
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=_WAIT)) as file:
        rows = file.execute("SELECT id, at, good, comment, asked, answer FROM feedback ORDER BY id").fetchall()
    return [
        Entry(id, at, bool(good), said, json.loads(asked), json.loads(got)) for id, at, good, said, asked, got in rows
    ]


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, for this use alone; made, readable by its owner only, where there is none."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(path, timeout=_WAIT)) as file:
        file.execute("PRAGMA journal_mode=WAL")
        file.execute(f"PRAGMA max_page_count={_PAGES}")
        file.execute(_TABLE)
        yield file
