"""What is written down of a failure: never the words of the person whose question failed."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb


def where(error: BaseException) -> str:
    """Types and places only: the message of an exception may hold what a person wrote."""
    frames = " > ".join(f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in extract_tb(error.__traceback__))
    before = error.__cause__ or error.__context__
    return f"{type(error).__name__} at {frames}" + (f"; from {where(before)}" if before else "")
