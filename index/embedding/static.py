"""The default embedder: a table of vectors, one a token; a text is the mean of its tokens, scaled to length 1.

It reads the folder of a sentence-transformers `StaticEmbedding` with numpy and safetensors alone, so that neither
torch nor sentence-transformers is imported to answer a question. The weights are whole numbers of 8 bits with one
scale a token, under the names `embeddings` and `weights` that sentence-transformers reads too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.embedding.base import EmbedderError, Ids, TokenEmbedder, Vectors
from index.embedding.segmenting import Segmenter

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"


class StaticEmbedder(TokenEmbedder):
    """A model folder read by numpy; `segmenter` is its tokenizer, where it has been read before.

    Raises EmbedderError where the folder is missing or incomplete.
    """

    def __init__(self, folder: Path, name: str, segmenter: Segmenter | None = None) -> None:
        self.name = name
        self.folder = folder
        tensors = _tensors(folder)
        self._table, self._scale = tensors["embeddings"], tensors["weights"].astype(np.float32)
        self._segmenter = segmenter or read_segmenter(folder)
        if len(self._segmenter) != len(self._table):
            raise _unreadable(folder / TOKENIZER, f"{len(self._segmenter)} tokens, {len(self._table)} vectors")
        self.dimensions = int(self._table.shape[1])

    @cached_property
    def identity(self) -> str:
        """Name and first 16 digits of the sha256 over weights and tokenizer."""
        digest = hashlib.sha256()
        for part in (WEIGHTS, TOKENIZER):
            digest.update((self.folder / part).read_bytes())
        return f"{self.name}@{digest.hexdigest()[:16]}"

    def token_ids(self, texts: Sequence[str]) -> list[Ids]:
        """The tokens of each text, in order."""
        return [np.array(self._segmenter.ids(text), dtype=np.int32) for text in texts]

    def token_vectors(self, ids: Ids) -> Vectors:
        """Vectors of tokens, shape (len(ids), dimensions), as long as the training made them."""
        rows: Vectors = self._table[ids].astype(np.float32)
        rows *= self._scale[ids][:, None]
        return rows

    def _rows(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for place, ids in enumerate(self.token_ids(texts)):
            if len(ids):
                rows[place] = self._scale[ids] @ self._table[ids].astype(np.float32) / len(ids)
        return rows


def _tensors(folder: Path) -> dict[str, np.ndarray]:
    path = folder / WEIGHTS
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise _unreadable(path, str(error)) from error
    if not {"embeddings", "weights"} <= set(tensors):
        raise _unreadable(path, f"embeddings, weights expected, {', '.join(sorted(tensors))} found")
    table, scale = tensors["embeddings"], tensors["weights"]
    if table.ndim != 2 or scale.shape != table.shape[:1]:
        raise _unreadable(path, f"shapes {table.shape} and {scale.shape} do not fit together")
    return tensors


def read_segmenter(folder: Path) -> Segmenter:
    """The tokenizer of a model folder. Raises EmbedderError."""
    path = folder / TOKENIZER
    try:
        return Segmenter(path.read_bytes())
    except (OSError, ValueError, LookupError, TypeError) as error:  # whatever the file holds in place of a tokenizer
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, why: str) -> EmbedderError:
    return EmbedderError(
        f"Không đọc được mô hình nhúng {path}: {why}. Hãy lấy lại tệp này từ kho mã (git checkout) "
        f"hoặc huấn luyện lại bằng python -m index.embedding.train.\n"
        f"The embedding model {path} cannot be read: {why}. Restore the file (git checkout) "
        f"or train it again with python -m index.embedding.train."
    )
