"""Every way a language model can fail, by its name; what an error of any package comes to."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from assistant.generate.models import TooMuch


class Fault(StrEnum):
    """Why a model gave nothing that can be used."""

    REFUSED = "refused"  # no connection
    TIMEOUT = "timeout"  # the deadline came first
    BUSY = "busy"  # too many calls for the server (429)
    SERVER = "server"  # it failed (5xx, or an error said in the stream)
    KEY = "key"  # the key does not open it (401, 403)
    REJECTED = "rejected"  # any other status: no such model, a prompt too long for it, a redirect
    CUT = "cut"  # the text broke off
    SCHEMA = "schema"  # not the protocol, or no text: nothing, a tool called
    DECLINED = "declined"  # the model, or a filter of its server, will not answer this question
    TOO_LONG = "too_long"  # more than were wanted or than the model may write, or more bytes than anything takes
    RESTING = "resting"  # not asked: it failed several times a moment ago
    FULL = "full"  # not asked: no place became free in time
    SPENT = "spent"  # not asked: the calls of today are spent
    OURS = "ours"  # an error on this side: a prompt that was changed and does not fit

    @property
    def tells_of_server(self) -> bool:
        """Whether the server is at fault, so that the next question would meet with it too."""
        return self not in (Fault.DECLINED, Fault.TOO_LONG, Fault.RESTING, Fault.FULL, Fault.SPENT, Fault.OURS)


class ModelFault(Exception):
    """A call that gave nothing to be used.  cause: the name of the type of error behind it, "" for none."""

    def __init__(self, fault: Fault, cause: str = "") -> None:
        super().__init__(f"{fault} ({cause})" if cause else str(fault))
        self.fault, self.cause = fault, cause


#: Types of error by their names, for packages differ and need not be installed. The first row that holds one decides.
_NAMES = (
    (Fault.TIMEOUT, {"TimeoutException", "TimeoutError", "APITimeoutError"}),
    (Fault.REFUSED, {"ConnectError", "ConnectionRefusedError", "ProxyError", "gaierror"}),
    (Fault.CUT, {"TransportError", "StreamError", "OSError", "EndOfStream", "APIConnectionError"}),
    (Fault.SERVER, {"APIError", "ResponseError"}),  # without a status: said in the middle of a stream
)


def fault_of(error: BaseException) -> Fault:
    """What an error comes to; what nobody knows is not the protocol.

    >>> str(fault_of(TimeoutError())), str(fault_of(ConnectionResetError())), str(fault_of(ValueError("no JSON")))
    ('timeout', 'cut', 'schema')
    """
    errors = list(_chain(error))
    if any(isinstance(one, TooMuch) for one in errors):
        return Fault.TOO_LONG
    for one in errors:
        if status := _status(one):
            return of_status(status)
    names = {base.__name__ for one in errors for base in type(one).__mro__}
    if any(type(one) is ConnectionError for one in errors):  # Ollama's own word for no connection
        return Fault.REFUSED
    return next((fault for fault, known in _NAMES if known & names), Fault.SCHEMA)


def of_status(status: int) -> Fault:
    """What a status of HTTP other than success comes to."""
    if status >= 500:
        return Fault.SERVER
    return {401: Fault.KEY, 403: Fault.KEY, 429: Fault.BUSY}.get(status, Fault.REJECTED)


def _status(error: BaseException) -> int:
    """The status of HTTP that an error tells of, 0 for none."""
    response = getattr(error, "response", None)
    found = (getattr(error, "status_code", None), getattr(response, "status_code", None))
    return next((one for one in found if isinstance(one, int) and one >= 300), 0)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and those behind it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
