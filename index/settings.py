"""Where things are and what they are made with: an argument, else the environment, else the default."""

from __future__ import annotations

import os
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent


def documents_folder(asked: str | Path | None = None) -> Path:
    """The folder of plans: as asked, else ASSISTANT_DOCUMENTS, else corpus/documents of this repository."""
    return Path(asked or os.environ.get("ASSISTANT_DOCUMENTS") or _ROOT / "corpus" / "documents")


def index_folder(asked: str | Path | None = None) -> Path:
    """The folder of the index: as asked, else ASSISTANT_INDEX, else .index of this repository."""
    return Path(asked or os.environ.get("ASSISTANT_INDEX") or _ROOT / ".index")


def embedder_name(asked: str | None = None) -> str:
    """The embedding model: as asked, else ASSISTANT_EMBEDDER, else "", which is the default one."""
    return asked or os.environ.get("ASSISTANT_EMBEDDER", "")


def store_name(asked: str | None = None) -> str:
    """The vector store: as asked, else ASSISTANT_STORE, else FAISS."""
    return asked or os.environ.get("ASSISTANT_STORE") or "faiss"
