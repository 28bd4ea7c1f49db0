"""Answering in processes of its own: while one question is read there, the page of another is drawn and sent here.

Python runs one thread of a process at a time, so that threads alone would make every visitor wait for every other.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path

from threadpoolctl import threadpool_limits

from assistant.answer import Answer
from assistant.pipeline import Assistant, Request, open_assistant

_MOST = 3  # processes: each holds the index and the model once more
_LOG = logging.getLogger(__name__)


def spare_processors() -> int:
    """How many processes may answer beside the one that serves: none on a machine with one processor."""
    return min(_MOST, len(os.sched_getaffinity(0)) - 1 if hasattr(os, "sched_getaffinity") else 1)


@contextmanager
def staffed(assistant: Assistant, folder: Path) -> Iterator[Assistant]:
    """The assistant with processes that answer for it, where there are processors for them; ready when it is given."""
    count = spare_processors()
    if not count:
        yield assistant
        return
    processes = Processes(folder, count)
    try:
        answering = Staffed(assistant.plans, assistant.retriever, assistant.typing, processes)
        answering.warm()
        yield answering
    finally:
        processes.close()


class Processes:
    """Some processes that answer from the index in a folder; one that is lost is replaced."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self._lock = threading.Lock()
        self._pool = self._started()

    def answered(self, request: Request) -> Answer:
        """The answer to a question. Raises BrokenProcessPool where the process that had it was lost."""
        pool = self._pool
        try:
            return pool.submit(_answered, self.folder, request).result()
        except BrokenProcessPool:
            with self._lock:
                if pool is self._pool:  # the first of those who lost it
                    self._pool = self._started()
            raise

    def close(self) -> None:
        """End them, without waiting for questions that nobody has begun."""
        self._pool.shutdown(cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, get_context("spawn"), _open, (self.folder,))


@dataclass(frozen=True)
class Staffed(Assistant):
    """An assistant whose questions are answered by processes; by itself where they are lost."""

    processes: Processes

    @property
    def at_once(self) -> int:
        """For each process a question that is read, one on its way there and one on its way back."""
        return 3 * self.processes.count

    def answered(self, request: Request) -> Answer:
        """The answer of one of the processes."""
        try:
            return self.processes.answered(request)
        except BrokenProcessPool as error:
            _LOG.error("a process that answers was lost (%s); it is replaced", type(error).__name__)
            return super().answered(request)


def _open(folder: Path) -> None:
    """Begin a process that answers; it ends with the one that began it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that serves, which ends this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threadpool_limits(1)  # the processors are shared out already; idle threads of numpy's would only spin
    _held(folder).warm()


@cache
def _held(folder: Path) -> Assistant:
    """The one assistant of a process that answers."""
    return open_assistant(folder)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def _answered(folder: Path, request: Request) -> Answer:
    return _held(folder).answered(request)
