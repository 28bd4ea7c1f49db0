"""Where the page is served, and the names a browser may call it by."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from ipaddress import ip_address

LOOPBACK = ("localhost", "127.0.0.1", "::1")
#: Hosts that mean every address of the machine; no browser calls a page by them.
WILDCARDS = ("0.0.0.0", "::")
#: What stands in a Host header: [address], or a name, with or without a port.
_NETLOC = re.compile(r"\[([0-9a-f:.]+)\](?::\d*)?|([^\s:/@,\[\]]+)(?::\d*)?")
#: Addresses set aside for documentation: nobody is there, and nothing is sent by connecting a datagram socket.
_NOWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def host_of(text: str) -> str:
    """The name or address in a Host header, one spelling of each; "" where there is none.

    >>> host_of("Tre-Em.VN:7860"), host_of("[::1]:7860"), host_of("0:0::1"), host_of("http://x")
    ('tre-em.vn', '::1', '::1', '')
    """
    text = text.strip().lower()
    with suppress(ValueError):
        return str(ip_address(text))
    found = _NETLOC.fullmatch(text)
    name = (found[1] or found[2]).rstrip(".") if found else ""
    with suppress(ValueError):
        return str(ip_address(name))
    return "" if found and found[1] else name


def listen(host: str, port: int) -> socket.socket:
    """The address, taken; IPv4 first where a name has both kinds, both kinds for "::".

    Raises OSError (taken, not of this machine, unknown name) and UnicodeError (no name at all).
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, place = min(found, key=lambda one: one[0] != socket.AF_INET)
    both = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server(place, family=family, backlog=128, dualstack_ipv6=both)


def trusted(host: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """The names a browser may use: this machine's own for itself, the host served, those allowed.

    Where every address is served and none is allowed: the machine's name and addresses.
    """
    if host not in WILDCARDS:
        return tuple(dict.fromkeys((*LOOPBACK, host_of(host), *allowed)))
    return tuple(dict.fromkeys((*LOOPBACK, *(allowed or own_names()))))


def own_names() -> tuple[str, ...]:
    """The name of this machine and its addresses in the network, as far as it knows them."""
    return tuple(dict.fromkeys(name for one in _own() if (name := host_of(one)) and name not in LOOPBACK))


def _own() -> Iterator[str]:
    for family, nowhere in _NOWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as door:
            door.connect((nowhere, 9))
            yield str(door.getsockname()[0])
    name = socket.gethostname()
    yield name
    with suppress(OSError, UnicodeError):
        yield from (str(one[4][0]) for one in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM))


def address(host: str, port: int, names: Sequence[str] = ()) -> str:
    """What to type into a browser; `names` are those it may use when every address is served.

    >>> address("::1", 7860), address("0.0.0.0", 80, ("localhost", "10.0.0.5"))
    ('http://[::1]:7860', 'http://10.0.0.5:80')
    """
    if host in WILDCARDS:
        host = next((name for name in names if name not in LOOPBACK), LOOPBACK[1])
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
