"""What is made of all plans once for each generation of the index, however often it is shown."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from assistant.pipeline import Assistant
from assistant.plans import Plans


def once_for_each(assistant: Assistant, make: Callable[[Plans], str]) -> Callable[[], str]:
    """What `make` makes of the plans that the assistant holds now; made at once, and anew when it holds others."""
    lock, kept = Lock(), (assistant.plans, make(assistant.plans))

    def now() -> str:
        nonlocal kept
        plans = assistant.plans
        if kept[0] is not plans:
            with lock:  # one makes it, the others take what was made
                if kept[0] is not plans:
                    kept = plans, make(plans)
        return kept[1]

    return now
