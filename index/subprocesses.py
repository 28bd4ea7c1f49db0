"""Processes that work for another: how many are worth having, and how they end with the one that began them."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import wait


def processors() -> int:
    """How many processors there are for this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def with_parent(end: Callable[[], None]) -> None:
    """Call `end` once the process that began this one has ended, however that came."""
    parent = parent_process()
    assert parent is not None
    gone = parent.sentinel

    def follow() -> None:
        wait([gone])
        end()

    threading.Thread(target=follow, daemon=True).start()
