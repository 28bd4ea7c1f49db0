"""Calls of a language model: text as it comes, all of it before a deadline, every way of failing with its name."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, suppress
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, cast

from assistant.generate.faults import Fault, ModelFault, fault_of
from assistant.generate.guards import Breaker, Budget, Places
from assistant.generate.models import all_closed, open_model
from assistant.generate.notices import to_operator
from assistant.generate.said import Said
from assistant.generate.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

__all__ = ["Fault", "Line", "ModelFault"]

_LOG = logging.getLogger(__name__)
_ROUNDS = 32  # generators within one another: each is closed after the one around it
_TICK = 1.0  # seconds
_GRACE = 0.2  # seconds beyond the deadline for a call to be cut off and to say so


@dataclass(frozen=True, slots=True)
class _End:
    """How a call ended; fault: None for well.  told: whether the breaker should hear of it."""

    fault: Fault | None
    cause: str = ""
    told: bool = True


class Line:
    """The way to one model. Calls run on a thread of its own, where they are cut off at their deadline.

    ledger: the file that keeps the calls of a day, None for memory. Raises ModelMissing, BadModelSetting.
    """

    def __init__(self, settings: Settings, ledger: Path | None = None) -> None:
        self.settings = settings
        self.breaker, self.places = Breaker(), Places(settings.at_once, patience=0.0)
        self.budget = Budget(settings.daily, ledger)
        self._model = open_model(settings)
        self._background = _Background()
        self._said_spent = False

    def stream(self, system: str, user: str, until: float, longest: int) -> Iterator[str]:
        """The text that the model writes, in pieces as they come, without what it says to itself before.

        until: deadline of everything, in seconds of `time.monotonic`.  longest: characters. Raises ModelFault, perhaps
        after some pieces. Whoever closes the iterator ends the call; for him to be able to, there is an empty piece
        about once a second while nothing comes.
        """
        call = _Call(system, user, until, longest)
        self._admit(call)
        try:
            loop = self._background.loop()
            # In a context of its own: what the caller is part of must not listen to it.
            loop.call_soon_threadsafe(self._begin, call, context=Context())
        except BaseException:
            self._settle(call, _End(Fault.CUT, told=False))
            raise
        try:
            yield from call.pieces()
        finally:
            with suppress(RuntimeError):  # closed meanwhile, and the call with it
                loop.call_soon_threadsafe(call.cancel)

    def whole(self, system: str, user: str, until: float, longest: int) -> str:
        """All of the text at once; otherwise as `stream`."""
        return "".join(self.stream(system, user, until, longest))

    def close(self) -> None:
        """End what runs; the next call would begin anew."""
        self._background.close()

    def _admit(self, call: _Call) -> None:
        """Pass the guards. Raises ModelFault, and then nothing is held."""
        if monotonic() >= call.until:
            raise ModelFault(Fault.TIMEOUT)
        call.ticket = self.breaker.enter()
        if not call.ticket:
            raise ModelFault(Fault.RESTING)
        fault = Fault.FULL
        if self.places.take(call.until):
            if self.budget.spend():
                return
            self.places.give()
            fault = Fault.SPENT
        self.breaker.told(call.ticket, None)
        if fault is Fault.SPENT and not self._said_spent:
            self._said_spent = True
            self._log(fault, "")
        raise ModelFault(fault)

    def _log(self, fault: Fault, cause: str) -> None:
        """A line for whoever runs the site: what is wrong, what to do."""
        said = to_operator(fault, self.settings.name, self.settings.address)
        _LOG.warning("%s: %s (%s)", self.settings.name, said, cause or fault.value)

    def _begin(self, call: _Call) -> None:
        """Begin a call, on the thread of the loop."""
        call.task = asyncio.ensure_future(self._outcome(call))
        call.task.add_done_callback(lambda task: self._settle(call, _ended(task)))

    async def _outcome(self, call: _Call) -> _End:
        try:
            async with all_closed(), asyncio.timeout(call.until - monotonic()):
                return await _read(self._model, call)
        except Exception as error:  # of any package; only its name goes on, for its text may hold the prompt
            return _End(fault_of(error), type(error).__name__)

    def _settle(self, call: _Call, end: _End) -> None:
        """A call is over: give back what it held, then say so to whoever waits for it."""
        self.places.give()
        tells = end.told and (end.fault is None or end.fault.tells_of_server)
        self.breaker.told(call.ticket, end.fault is None if tells else None)
        if end.told and end.fault is not None:
            self._log(end.fault, end.cause)
        call.queue.put(end)


class _Call:
    """One call: what is asked, its limits, and what came of it so far."""

    def __init__(self, system: str, user: str, until: float, longest: int) -> None:
        self.system, self.user, self.until, self.longest = system, user, until, longest
        self.ticket = 0
        self.queue: SimpleQueue[str | _End] = SimpleQueue()
        self.task: asyncio.Task[_End] | None = None

    def cancel(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def pieces(self) -> Iterator[str]:
        while True:
            left = max(0.0, self.until - monotonic()) + _GRACE
            try:
                got = self.queue.get(timeout=min(left, _TICK))
            except Empty:  # nothing yet; or at last, when the thread of the loop itself is held up
                got = "" if left > _TICK else _End(Fault.TIMEOUT)
            if isinstance(got, str):
                yield got
            elif got.fault is None:
                return
            else:
                raise ModelFault(got.fault, got.cause)


def _ended(task: asyncio.Task[_End]) -> _End:
    return _End(Fault.CUT, told=False) if task.cancelled() else task.result()


class _Background:
    """An event loop on a thread that ends with the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: tuple[asyncio.AbstractEventLoop, threading.Thread] | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop, begun when it is first wanted."""
        with self._lock:
            if self._running is None:
                loop = asyncio.new_event_loop()
                loop.set_debug(False)  # it would print what is awaited
                loop.set_exception_handler(_only_its_name)
                thread = threading.Thread(target=_serve, args=(loop,), name="language-model", daemon=True)
                thread.start()
                self._running = loop, thread
            return self._running[0]

    def close(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running is not None:
            loop, thread = running
            loop.call_soon_threadsafe(loop.stop)
            thread.join()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    try:
        loop.run_forever()
        loop.run_until_complete(_end_all())
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


async def _end_all() -> None:
    for _ in range(_ROUNDS):
        await asyncio.sleep(0)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _only_its_name(_: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    _LOG.warning("left behind by a call of the language model: %s", type(context.get("exception")).__name__)


async def _read(model: BaseChatModel, call: _Call) -> _End:
    """Hand the text of a model on, piece by piece, and say how it ended."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
    from langsmith.run_helpers import tracing_context

    asked, said = [SystemMessage(call.system), HumanMessage(call.user)], Said(call.longest, call.queue.put)
    with tracing_context(enabled=False):  # whatever the environment says
        async with aclosing(cast("AsyncGenerator[BaseMessage, None]", model.astream(asked))) as messages:
            async for message in messages:
                fault = said.heard(message) if isinstance(message, AIMessage) else Fault.SCHEMA
                if fault:
                    return _End(fault)
    return _End(said.finished())
