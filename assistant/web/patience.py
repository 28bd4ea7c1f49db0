"""How long a connection may take to say what it wants: uvicorn itself waits for ever for the end of the headers."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds from opening a connection, or from the first byte of a further request, to the end of the headers.
HEADER_SECONDS = 10.0


class Impatient(H11Protocol):
    """Closes a connection whose request is not there in time; one that is being answered has all the time it needs."""

    seconds = HEADER_SECONDS
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The clock starts with the connection."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """It stops when a request is whole enough to be answered, and starts with the next."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._unwatch()
        else:
            self._watch()

    def on_response_complete(self) -> None:
        """A request that was refused before its body had come is not waited for."""
        super().on_response_complete()
        if self.cycle.more_body:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left to watch."""
        self._unwatch()
        super().connection_lost(exc)

    def _watch(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.seconds, self.transport.close)

    def _unwatch(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
