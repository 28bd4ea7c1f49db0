"""The default embedder: a table of vectors, one a token; a text is the mean of its tokens, scaled to length 1.

It reads the folder of a sentence-transformers `StaticEmbedding` with numpy, tokenizers and safetensors alone, so
that neither torch nor sentence-transformers is imported to answer a question. The weights are whole numbers of
8 bits with one scale a token, under the names `embeddings` and `weights` that sentence-transformers reads too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from index.embedding.base import Embedder, EmbedderError, Vectors

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
#: Texts encoded at a time; bounds the memory, has no effect on the result.
CHUNK = 256


class StaticEmbedder(Embedder):
    """A model folder read by numpy. Raises EmbedderError where the folder is missing or incomplete."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder
        tensors = _tensors(folder)
        self._table, self._scale = tensors["embeddings"], tensors["weights"].astype(np.float32)
        self._tokenizer = _tokenizer(folder, self._table.shape[0])
        self.dimensions = int(self._table.shape[1])

    @cached_property
    def identity(self) -> str:
        """Name and first 16 digits of the sha256 over weights and tokenizer."""
        digest = hashlib.sha256()
        for part in (WEIGHTS, TOKENIZER):
            digest.update((self.folder / part).read_bytes())
        return f"{self.name}@{digest.hexdigest()[:16]}"

    def tokens(self, text: str) -> list[str]:
        """The tokens a text is read as, for a person who wants to see why."""
        return list(self._tokenizer.encode(text, add_special_tokens=False).tokens)

    def _rows(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start, ids in self._ids(texts):
            for place, own in enumerate(ids, start=start):
                if own:
                    rows[place] = self._scale[own] @ self._table[own].astype(np.float32) / len(own)
        return rows

    def _ids(self, texts: Sequence[str]) -> Iterator[tuple[int, list[list[int]]]]:
        for start in range(0, len(texts), CHUNK):
            part = list(texts[start : start + CHUNK])
            encodings = self._tokenizer.encode_batch_fast(part, add_special_tokens=False)
            yield start, [encoding.ids for encoding in encodings]


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


def _tokenizer(folder: Path, rows: int) -> Tokenizer:
    path = folder / TOKENIZER
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain Exception for whatever is wrong with the file
        raise _unreadable(path, str(error)) from error
    if tokenizer.get_vocab_size() != rows:
        raise _unreadable(path, f"{tokenizer.get_vocab_size()} tokens, {rows} vectors")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _unreadable(path: Path, why: str) -> EmbedderError:
    return EmbedderError(
        f"Không đọc được mô hình nhúng {path}: {why}. Hãy lấy lại tệp này từ kho mã (git checkout) "
        f"hoặc huấn luyện lại bằng python -m index.embedding.train.\n"
        f"The embedding model {path} cannot be read: {why}. Restore the file (git checkout) "
        f"or train it again with python -m index.embedding.train."
    )
