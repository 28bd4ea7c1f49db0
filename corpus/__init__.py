"""Plans as they come in: a file's text, cleaned and outlined, with every part a span of the original."""

from corpus.document import Document
from corpus.readers import READERS
from corpus.readers.errors import UnreadableFile
from corpus.reading import parser_version, read
from corpus.words import fold

__all__ = ["READERS", "Document", "UnreadableFile", "fold", "parser_version", "read"]
