"""The table of embedders. To add one: a file in this folder that subclasses `Embedder`, and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from index.embedding.base import Embedder

#: The folder of the model that comes with the program.
SHIPPED = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class EmbedderRow:
    """about: one line for `--help`.  build: opens it; takes the name that was asked for."""

    about: str
    build: Callable[[str], Embedder]


def _static(name: str) -> Embedder:
    from index.embedding.static import StaticEmbedder

    return StaticEmbedder(SHIPPED, name)


def _transformer(name: str) -> Embedder:
    from index.embedding.transformer import TransformerEmbedder

    return TransformerEmbedder(name)


#: A name that is no key here is handed to the last row.
EMBEDDERS = {
    "default": EmbedderRow("mô hình tĩnh kèm theo / the static model that comes with the program", _static),
    "sentence-transformers": EmbedderRow(
        "tên hoặc thư mục một mô hình sentence-transformers / name or folder of such a model", _transformer
    ),
}


def open_embedder(name: str = "") -> Embedder:
    """The embedder of this name: "" and "default" are the shipped one, a key of EMBEDDERS that row.

    Anything else is a sentence-transformers model, by name or by folder. Raises EmbedderError.
    """
    asked = name.strip() or "default"
    row = EMBEDDERS["default"] if asked == "default" else EMBEDDERS.get(asked, EMBEDDERS["sentence-transformers"])
    return row.build(asked)
