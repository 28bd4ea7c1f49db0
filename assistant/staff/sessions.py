"""Who is signed in, in memory only, and how often somebody may get a password wrong."""

from __future__ import annotations

import hashlib
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock
from time import monotonic

#: Seconds a person stays signed in.
LASTS = 8 * 3600
_MOST = 500  # people signed in at the same time; whoever came first has to sign in again
#: Wrong passwords from one address or for one name, and the seconds in which they are counted.
FAILURES, WITHIN = 5, 15 * 60
_KEYS = 10_000  # addresses and names that are remembered


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in. mark: of the password they signed in with.  token: what their own forms hold."""

    name: str
    mark: str
    token: str
    until: float


class Sessions:
    """The sessions of a site; whoever has the key has the session, and it is kept by its digest only."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._held: OrderedDict[str, Session] = OrderedDict()

    def begin(self, name: str, mark: str) -> str:
        """Sign somebody in; the key of the session."""
        key = token_urlsafe(32)
        with self._lock:
            self._held[_digest(key)] = Session(name, mark, token_urlsafe(32), self._clock() + LASTS)
            while len(self._held) > _MOST:
                self._held.popitem(last=False)
        return key

    def of(self, key: str) -> Session | None:
        """The session of a key, None where there is none or it is over."""
        found = self._held.get(_digest(key)) if key else None
        if found is not None and found.until <= self._clock():
            self.end(key)
            return None
        return found

    def end(self, key: str) -> None:
        """Sign out."""
        with self._lock:
            self._held.pop(_digest(key), None)


class Failures:
    """Counts what went wrong for a key; a try is counted before it is known how it ends, so that none are made
    beside each other."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._held: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, *keys: str) -> bool:
        """Count a try; False, and nothing is counted, where any of its keys has had too many."""
        now = self._clock()
        with self._lock:
            if any(self._count(key, now) >= FAILURES for key in keys):
                return False
            for key in keys:
                self._held.setdefault(key, deque()).append(now)
                self._held.move_to_end(key)
            while len(self._held) > _KEYS:
                self._held.popitem(last=False)
            return True

    def forgive(self, *keys: str) -> None:
        """The last try went well."""
        with self._lock:
            for key in keys:
                if held := self._held.get(key):
                    held.pop()

    def _count(self, key: str, now: float) -> int:
        held = self._held.get(key, deque())
        while held and held[0] <= now - WITHIN:
            held.popleft()
        return len(held)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
