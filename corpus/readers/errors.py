"""What is raised for a file that cannot be read."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """A file that is no readable document; the message says in one line what came and what to do."""

    def __init__(self, message: str) -> None:
        """message: whatever a file's name brings into it can be printed, on one line."""
        super().__init__(" ".join(message.encode(errors="replace").decode().split()))


class MissingProgram(UnreadableFile):
    """A file that could be read if this machine had the program that the message names."""
