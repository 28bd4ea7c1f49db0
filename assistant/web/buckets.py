"""How often something may happen: a bucket of tokens for each address, in bounded memory, by a clock that is given."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from time import monotonic

Network = IPv4Network | IPv6Network
#: How many addresses are remembered; the one not seen for longest is forgotten first, and with it nothing but its past.
ADDRESSES = 10_000
_HOPS = 16  # entries of X-Forwarded-For that are looked at, from the nearest


@dataclass(slots=True)
class _Bucket:
    """Tokens left, and when (seconds of the clock) that was so."""

    left: float
    at: float


class Buckets:
    """At most `a_minute` things a minute for each key, and as many at once after a quiet minute; 0: no limit."""

    def __init__(self, a_minute: int, most: int = ADDRESSES, clock: Callable[[], float] = monotonic) -> None:
        self.a_minute = a_minute
        self.most = most
        self.clock = clock
        self._held: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def wait(self, key: str) -> float:
        """Take a token: 0.0, or the seconds until there will be one, and then none is taken."""
        if not self.a_minute:
            return 0.0
        now, a_second = self.clock(), self.a_minute / 60
        bucket = self._held.setdefault(key, _Bucket(self.a_minute, now))
        self._held.move_to_end(key)
        if len(self._held) > self.most:
            self._held.popitem(last=False)
        bucket.left = min(self.a_minute, bucket.left + (now - bucket.at) * a_second)
        bucket.at = now
        if bucket.left < 1:
            return (1 - bucket.left) / a_second
        bucket.left -= 1
        return 0.0


def network(text: str) -> Network:
    """An address or a range of them ("10.0.0.0/8"). Raises ValueError for anything else."""
    return ip_network(text.strip(), strict=False)


def caller(client: str, forwarded: Iterable[str], proxies: Sequence[Network]) -> str:
    """Who calls: the nearest address that is not one of our proxies; a IPv6 address stands for its /64.

    `forwarded` are the X-Forwarded-For headers. What a client writes into them itself stands left of what our proxy
    adds, so it is read from the right, and only as far as the proxies go.

    >>> caller("10.0.0.1", ["6.6.6.6, 203.0.113.9"], [network("10.0.0.0/8")])
    '203.0.113.9'
    >>> caller("203.0.113.9", ["6.6.6.6"], [network("10.0.0.0/8")]), caller("2001:db8::1:2:3:4", [], [])
    ('203.0.113.9', '2001:db8::/64')
    """
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    nearest = client
    for hop in reversed(hops[-_HOPS:]):
        if not is_among(nearest, proxies):
            break
        try:
            ip_address(hop)
        except ValueError:  # written by somebody else than a proxy of ours
            break
        nearest = hop
    return _household(nearest)


def is_among(address: str, networks: Sequence[Network]) -> bool:
    """Whether an address lies in one of some ranges."""
    with suppress(ValueError):
        found = ip_address(address)
        mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
        return any((mapped or found) in one for one in networks)
    return False


def _household(address: str) -> str:
    """What one subscriber has: an IPv4 address, or a /64 of IPv6, within which anyone takes new ones at will."""
    with suppress(ValueError):
        found = ip_address(address)
        if isinstance(found, IPv6Address):
            return str(found.ipv4_mapped or ip_network((found.packed[:8] + bytes(8), 64)))
    return address
