"""What is raised for a file that cannot be read."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """A file that is no readable document; the message says what came and what to do."""
