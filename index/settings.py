"""Where things are and what they are made with: an argument, else the environment, else as before, else the default.

"As before" is what an index was made with, so that rebuilding it for a new plan does not undo a choice once made.
"""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def documents_folder(asked: str | Path | None = None, before: str = "") -> Path:
    """The folder of plans: as asked, else ASSISTANT_DOCUMENTS, else as before, else corpus/documents of this
    repository. before: as `recorded` wrote it, "" for none."""
    if chosen := asked or os.environ.get("ASSISTANT_DOCUMENTS"):
        return Path(chosen)
    return _ROOT / (before or "corpus/documents")  # an absolute one stays as it is


def recorded(folder: Path) -> str:
    """A folder as an index remembers it: relative to this repository when inside, so that both can be moved."""
    whole = folder.resolve()
    return whole.relative_to(_ROOT).as_posix() if whole.is_relative_to(_ROOT) else str(whole)


def recorded_folder(said: str) -> Path:
    """The folder that `recorded` wrote down."""
    return _ROOT / said  # an absolute one stays as it is


def index_folder(asked: str | Path | None = None) -> Path:
    """The folder of the index: as asked, else ASSISTANT_INDEX, else .index of this repository."""
    return Path(asked or os.environ.get("ASSISTANT_INDEX") or _ROOT / ".index")


def embedder_name(asked: str | None = None, before: str = "") -> str:
    """The embedding model: as asked, else ASSISTANT_EMBEDDER, else as before, else "", which is the default one."""
    return asked or os.environ.get("ASSISTANT_EMBEDDER") or before


def store_name(asked: str | None = None, before: str = "") -> str:
    """The vector store: as asked, else ASSISTANT_STORE, else as before, else FAISS."""
    return asked or os.environ.get("ASSISTANT_STORE") or before or "faiss"
