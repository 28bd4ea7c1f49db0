"""The table of embedders. To add one: a file in this folder that subclasses `Embedder`, and a row here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.embedding.base import Embedder
from index.embedding.segmenting import Segmenter

#: The folder of the model that comes with the program.
SHIPPED = Path(__file__).parent / "model"


@dataclass(frozen=True, slots=True)
class EmbedderRow:
    """about: one line for `--help`.  build: opens it; takes the name that was asked for."""

    about: str
    build: Callable[[str], Embedder]


@lru_cache(maxsize=1)
def shipped_words() -> Segmenter:
    """The words of the shipped model and how rare each is: of use whatever embedder is asked for."""
    from index.embedding.static import read_segmenter

    return read_segmenter(SHIPPED)


def _static(name: str) -> Embedder:
    from index.embedding.static import StaticEmbedder

    return StaticEmbedder(SHIPPED, name, shipped_words())


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
