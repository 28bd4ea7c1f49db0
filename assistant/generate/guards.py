"""What keeps a language model from costing too much: a breaker, places for calls, a budget for each day."""

from __future__ import annotations

import fcntl
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from time import monotonic, sleep

_LOG = logging.getLogger(__name__)
_LINE = re.compile(rb"(\d{4}-\d\d-\d\d) (\d{1,9})\n")
_PATIENCE = 0.5  # seconds for a file that another process holds


class Breaker:
    """Opens after some faults in a row, so that a server that is down is not asked by everyone; after a rest one call
    may try, and what it meets with decides.  rest: seconds.  clock: seconds that only grow."""

    def __init__(self, most: int = 3, rest: float = 60.0, clock: Callable[[], float] = monotonic) -> None:
        self.most, self.rest, self.clock = most, rest, clock
        self._lock = threading.Lock()
        self._faults, self._rests_until = 0, 0.0
        self._last, self._trying = 0, 0

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away at the moment."""
        return self._faults >= self.most and (self.clock() < self._rests_until or self._trying != 0)

    def enter(self) -> int:
        """A ticket for a call, to be handed back with `told`; 0 where it may not be made."""
        with self._lock:
            if self.is_open:
                return 0
            self._last += 1
            if self._faults >= self.most:
                self._trying = self._last
            return self._last

    def told(self, ticket: int, good: bool | None) -> None:
        """How a call ended: whether it tells well of the server, None where it tells nothing."""
        with self._lock:
            if ticket == self._trying:
                self._trying = 0
            if good:
                self._faults = 0
            elif good is not None:
                self._faults += 1
                self._rests_until = self.clock() + self.rest


class Places:
    """At most so many calls at the same time.  patience: seconds that one waits for a place."""

    def __init__(self, count: int, patience: float = 2.0) -> None:
        self.count, self.patience = count, patience
        self._free = threading.BoundedSemaphore(count)

    def take(self, until: float) -> bool:
        """Take a place, waiting for it neither long nor beyond `until` (`time.monotonic`); False where none came."""
        wait = min(self.patience, until - monotonic())
        return self._free.acquire(timeout=wait) if wait > 0 else self._free.acquire(blocking=False)

    def give(self) -> None:
        """Give it back. Raises ValueError where none was taken."""
        self._free.release()


class Budget:
    """Calls of a day, by the date of this place, counted in a small file that processes share and a restart leaves.

    daily: 0 for no limit.  file: None to count in memory, as is done where the file cannot be written.
    """

    def __init__(self, daily: int, file: Path | None = None, today: Callable[[], date] = date.today) -> None:
        self.daily, self.file, self.today = daily, file, today
        self._lock = threading.Lock()
        self._day, self._count = "", 0
        self._warned: set[str] = set()

    def spend(self) -> bool:
        """Count a call; False, and nothing is counted, where the calls of today are spent."""
        if not self.daily:
            return True
        with self._lock:
            if self.file is not None:
                try:
                    return self._spend_in(self.file)
                except OSError as error:
                    self._warn("the calls of a day are counted in memory only (%s)", type(error).__name__)
            return self._spend_here(self._known())

    def _spend_in(self, file: Path) -> bool:
        with _locked(file) as held:
            if not self._spend_here(self._read(held)):
                return False
            line = f"{self._day} {self._count}\n".encode()
            os.pwrite(held, line, 0)
            os.ftruncate(held, len(line))
        return True

    def _spend_here(self, count: int) -> bool:
        """One more than `count`, remembered."""
        if count >= self.daily:
            return False
        self._day, self._count = self.today().isoformat(), count + 1
        return True

    def _known(self) -> int:
        """The calls of today that are remembered here."""
        return self._count if self._day == self.today().isoformat() else 0

    def _read(self, held: int) -> int:
        """The calls of today that an open file knows of."""
        line = os.pread(held, 64, 0)
        if not line:
            return 0
        found = _LINE.fullmatch(line)
        if found is None:
            self._warn("the file with the calls of a day is damaged (%d bytes): counted from 0", len(line))
            return 0
        return int(found[2]) if found[1].decode() == self.today().isoformat() else 0

    def _warn(self, message: str, about: object) -> None:
        if message not in self._warned:
            _LOG.warning(message, about)
        self._warned.add(message)


@contextmanager
def _locked(file: Path) -> Iterator[int]:
    """A file, made if need be, that no other process reads or writes meanwhile. Raises OSError, also where another
    process does not let go of it."""
    # O_NONBLOCK: a pipe under that name must not hold a question up.
    held = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    try:
        until = monotonic() + _PATIENCE
        while True:
            with suppress(BlockingIOError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            if monotonic() > until:
                raise TimeoutError(file.name)
            sleep(0.005)
        yield held
    finally:
        os.close(held)
