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
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from threadpoolctl import threadpool_limits

from assistant.generate.grounds import Grounds
from assistant.live import Live
from assistant.pipeline import FIRST, Assistant, open_assistant
from assistant.steps import Request
from index.subprocesses import processors, with_parent

_MOST = 3  # processes: each holds the index and the model once more
_REST = 60.0  # seconds before processes that never answered are begun once more
_LOG = logging.getLogger(__name__)


def spare_processors() -> int:
    """How many processes may answer beside the one that serves: none on a machine with one processor."""
    return min(_MOST, processors() - 1)


class OtherIndex(Exception):
    """A process holds another generation of the index than the site: it would cite other texts."""


@contextmanager
def staffed(assistant: Assistant, folder: Path) -> Iterator[Live]:
    """The assistant of a site, with processes that compose for it where there are processors for them, all ready; a
    language model is asked from here."""
    count = spare_processors()
    if not count:
        yield Live(assistant, folder, _warmed, assistant.writer)
        return
    processes = Processes(folder, count)
    try:
        yield Live(processes.staff(assistant), folder, processes.staff, assistant.writer)
    finally:
        processes.close()


def _warmed(assistant: Assistant) -> Assistant:
    assistant.warm()
    return assistant


class Processes:
    """Some processes that answer from the index in a folder, of the generation asked for; they are begun anew where
    one is lost, and left alone for a while where that does not help."""

    def __init__(self, folder: Path, count: int) -> None:
        self.folder, self.count = folder, count
        self._lock = threading.Lock()
        self._pool = self._begun()
        self._has_answered, self._rests_until = False, 0.0

    def staff(self, assistant: Assistant) -> Staffed:
        """An assistant that answers by them, once they hold its generation, or are known not to come to it."""
        name = assistant.plans.index.name
        with suppress(BrokenProcessPool):
            asked = [self._pool.submit(_grounded, self.folder, name, Request(FIRST), False) for _ in range(self.count)]
            wait_for(asked)
            self._has_answered = not any(one.exception() for one in asked)
        return Staffed(assistant.plans, assistant.retriever, assistant.typing, self)

    def grounded(self, name: str, request: Request, given: bool) -> Grounds:
        """The composed answer to a question, of the generation of that name, if asked with what a model may write it
        from. Raises OtherIndex where it is not served any more, BrokenProcessPool where they are lost, and whatever
        answering raised."""
        pool = self._pool
        try:
            found = pool.submit(_grounded, self.folder, name, request, given).result()
        except BrokenProcessPool:
            self._renew(pool)
            raise
        self._has_answered = True
        return found

    @property
    def rest(self) -> bool:
        """Whether they could not be begun a moment ago."""
        return monotonic() < self._rests_until

    def close(self) -> None:
        """End them, without waiting for questions that nobody has begun."""
        self._pool.shutdown(cancel_futures=True)

    def _renew(self, lost: ProcessPoolExecutor) -> None:
        with self._lock:
            if lost is not self._pool:  # another question was there first
                return
            if not self._has_answered:  # the machine or the index is at fault, and still will be in a moment
                self._rests_until = monotonic() + _REST
            self._pool, self._has_answered = self._begun(), False

    def _begun(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, get_context("spawn"), _open, (self.folder,))


@dataclass(frozen=True)
class Staffed(Assistant):
    """An assistant whose questions are answered by processes; by itself where they cannot."""

    processes: Processes

    @property
    def at_once(self) -> int:
        """For each process a question that is read, one on its way there and one on its way back."""
        return 3 * self.processes.count

    def grounded(self, request: Request, given: bool = True) -> Grounds:
        """What one of the processes composes."""
        if self.processes.rest:
            return super().grounded(request, given)
        try:
            return self.processes.grounded(self.plans.index.name, request, given)
        except Exception as error:  # whatever it was, it must not stand between a person and who to call
            _LOG.error("the processes did not answer (%s)", type(error).__name__)
            return super().grounded(request, given)


def _open(folder: Path) -> None:
    """Begin a process that answers; it ends with the one that began it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that serves, which ends this one
    with_parent(lambda: os._exit(1))
    threadpool_limits(1)  # the processors are shared out already; idle threads of numpy's would only spin
    _held(folder).warm()


@cache
def _held(folder: Path) -> Live:
    """The one assistant of a process that answers."""
    return Live(open_assistant(folder), folder, _warmed)


def _grounded(folder: Path, name: str, request: Request, given: bool) -> Grounds:
    held = _held(folder)
    if held.plans.index.name != name:
        held.renew()
    now = held.now
    if now.plans.index.name != name:
        raise OtherIndex(name)
    return now.grounded(request, given)
