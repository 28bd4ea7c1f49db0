"""Texts to vectors: one table of embedders, the shipped model and its training."""

from index.embedding.base import Embedder, EmbedderError, TokenEmbedder
from index.embedding.rows import EMBEDDERS, open_embedder

__all__ = ["EMBEDDERS", "Embedder", "EmbedderError", "TokenEmbedder", "open_embedder"]
