"""What whoever runs the site says about its doors: as options of the command, or in the environment."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable

from assistant.web.buckets import Network, network
from assistant.web.cors import origin_of
from assistant.web.limits import RATE, Bounds

#: Option: the environment's twin, metavar, what it takes, whether several, about.
_SEVERAL = ("proxy", "cors")
_TWINS = {
    "rate": "ASSISTANT_RATE",
    "proxy": "ASSISTANT_PROXIES",
    "cors": "ASSISTANT_CORS",
    "log": "ASSISTANT_LOG",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """--rate, --proxy, --cors, --log."""
    parser.add_argument(
        "--rate",
        type=_rate,
        metavar="N",
        help=f"số câu hỏi mỗi phút từ một địa chỉ, 0: không hạn / questions a minute from one address, 0: no limit "
        f"({_TWINS['rate']}; {RATE})",
    )
    parser.add_argument(
        "--proxy",
        action="append",
        type=_network,
        metavar="ADDRESS",
        help="máy đứng trước trang mà lời X-Forwarded-For được tin, lặp lại được / a proxy whose X-Forwarded-For is "
        f"believed, repeatable ({_TWINS['proxy']}, a,b,c)",
    )
    parser.add_argument(
        "--cors",
        action="append",
        type=_origin,
        metavar="ORIGIN",
        help="trang khác được gọi /api, lặp lại được / another site's pages that may call /api, repeatable "
        f"({_TWINS['cors']}, a,b,c)",
    )
    parser.add_argument(
        "--log",
        metavar="FILE",
        help="ghi mỗi câu hỏi một dòng, không ghi lời và địa chỉ; -: stderr / one line a question, never its words "
        f"nor the address ({_TWINS['log']})",
    )


def from_environment(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """What no option says, as the environment says it; what is wrong there ends the command in one line."""
    kinds: dict[str, Callable[[str], object]] = {"rate": _rate, "proxy": _network, "cors": _origin, "log": str}
    for name, twin in _TWINS.items():
        said = os.environ.get(twin, "")
        if getattr(options, name) is not None or not said.strip():
            continue
        try:
            several = [kinds[name](one) for one in said.split(",") if one.strip()] if name in _SEVERAL else []
            setattr(options, name, several or kinds[name](said))
        except argparse.ArgumentTypeError as error:
            parser.error(f"{twin}: {error}")


def bounds(options: argparse.Namespace) -> Bounds:
    """The limits as they were asked for."""
    rate = RATE if options.rate is None else options.rate
    return Bounds(rate=rate, proxies=tuple(options.proxy or ()))


def _rate(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdecimal()) or int(text) > 1_000_000:
        raise argparse.ArgumentTypeError(f"cần một số từ 0 / a number from 0 on: {text!r}")
    return int(text)


def _network(text: str) -> Network:
    try:
        return network(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"cần một địa chỉ IP hay dải địa chỉ / an IP address or range: {text!r}"
        ) from None


def _origin(text: str) -> str:
    try:
        return origin_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"cần một gốc như / an origin like https://tre-em.vn: {text!r}") from None
