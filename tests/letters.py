"""A small embedder whose vectors can be computed by hand: how often each Latin letter stands in a text.

`python tests/letters.py build …` is `python -m index build …` with this embedder in the table, as "letters".
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from corpus.words import fold
from index.embedding import EMBEDDERS, Embedder
from index.embedding.base import Vectors
from index.embedding.rows import EmbedderRow


class Letters(Embedder):
    """Counts of a to z. `encoded` collects every passage text that was embedded."""

    name = "letters"
    dimensions = 26

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.encoded: list[str] = []

    @property
    def identity(self) -> str:
        return f"letters@{self.version}"

    def _rows(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        return self._question_rows(texts)

    def _question_rows(self, texts: Sequence[str]) -> Vectors:
        counts = [[fold(text).count(chr(ord("a") + letter)) for letter in range(26)] for text in texts]
        return np.array(counts, dtype=np.float32)


EMBEDDERS["letters"] = EmbedderRow("số chữ cái / counts of letters", lambda _: Letters())

if __name__ == "__main__":
    from index.__main__ import main

    sys.exit(main())
