"""Answers without a language model: whole sections, rows and sentences of the plans, verbatim and cited."""

from assistant.compose.choose import compose
from assistant.compose.pointed import item
from assistant.compose.task import Reply, Task

__all__ = ["Reply", "Task", "compose", "item"]
