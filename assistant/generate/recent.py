"""What a model wrote a moment ago: a file, feedback and the same question get the same answer without a new call."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from time import monotonic

from assistant.answer import Answer
from assistant.question import TURNS
from assistant.steps import Request

_MOST, _LASTS = 200, 900.0  # answers, and seconds that one is kept


@dataclass
class Recent:
    """The latest answers by what was asked of which generation of the index; in memory only, the questions as digests.

    >>> recent, asked = Recent(), Request("Sở Y tế?")
    >>> recent.keep("a", asked, Answer("Sở Y tế?", "x"))
    >>> [found and found.text for found in (recent.of("a", asked), recent.of("b", asked))]
    ['x', None]
    """

    clock: Callable[[], float] = monotonic
    _kept: OrderedDict[str, tuple[float, Answer]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, index: str, request: Request, answer: Answer) -> None:
        """Remember an answer for a while."""
        with self._lock:
            self._kept[_name(index, request)] = self.clock(), answer
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)

    def of(self, index: str, request: Request) -> Answer | None:
        """The answer, None where it is not remembered any more."""
        with self._lock:
            when, answer = self._kept.get(_name(index, request), (0.0, None))
            return answer if answer is not None and self.clock() - when < _LASTS else None


def _name(index: str, request: Request) -> str:
    """Of a long conversation only as much as is known when the next question is asked."""
    asked = replace(request, history=request.history[1 - TURNS :], before=None)
    return sha256(repr((index, asked)).encode("utf-8", "replace")).hexdigest()
