"""What is made of all plans once for each generation of the index, however often it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock

from assistant.pipeline import Assistant
from corpus.document import Document


def once_for_each(assistant: Assistant, make: Callable[[Mapping[str, Document]], str]) -> Callable[[], str]:
    """What `make` makes of the plans that the assistant holds now; made at once, and anew when it holds others."""
    lock, kept = Lock(), (assistant.documents, make(assistant.documents))

    def now() -> str:
        nonlocal kept
        documents = assistant.documents
        if kept[0] is not documents:
            with lock:
                kept = documents, make(documents)
        return kept[1]

    return now
