"""What a message tells of harm."""

from __future__ import annotations

from enum import Enum, auto


class Need(Enum):
    """What a question tells: harm to a person, that or an officer's question, perhaps harm, or nothing of it."""

    NONE = auto()
    MAYBE = auto()
    OPEN = auto()
    TOLD = auto()
