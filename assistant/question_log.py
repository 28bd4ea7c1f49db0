"""What is kept of a question: that there was one, which way it was answered, how long it took. Never its words."""

from __future__ import annotations

import logging
import sys
from logging.handlers import WatchedFileHandler
from secrets import token_hex

#: One line a question; silent until somebody asks for it (`keep_log`).
LOG = logging.getLogger("assistant.questions")
HELP, FAILED = "help", "failed"


def new_ref() -> str:
    """A name for a question that says nothing of it or of who asks.

    >>> len(new_ref())
    8
    """
    return token_hex(4)


def note(ref: str, kind: str, abstained: bool, milliseconds: float, model: str = "") -> None:
    """Write the line of a question; model: what came of asking a language model, "" where none was asked."""
    said = f" {model}" if model else ""
    LOG.info(
        "id=%s kind=%s abstained=%s ms=%.0f%s", ref, kind or "none", "yes" if abstained else "no", milliseconds, said
    )


def keep_log(place: str) -> None:
    """Write the lines to a file, or for "-" to stderr; once for each process. Raises OSError."""
    handler = logging.StreamHandler(sys.stderr) if place == "-" else WatchedFileHandler(place, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
