"""Texts to vectors: one table of embedders, the shipped model and its training."""

from index.embedding.base import Embedder, EmbedderError
from index.embedding.rows import EMBEDDERS, open_embedder

__all__ = ["EMBEDDERS", "Embedder", "EmbedderError", "open_embedder"]
