"""Opens the chat page: reads the index, builds it first when it is missing or out of date, serves on one address.

python app.py [--host 127.0.0.1] [--port 7860] [--index DIR]
"""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from assistant.web.strings import phrase


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until stopped; exit status 2 with one line when the address or the index cannot be had."""
    options = _parser().parse_args(argv)
    try:
        door = _listen(options.host, options.port)
    except OSError as error:
        print(_why_not(options.host, options.port, error), file=sys.stderr)
        return 2
    with door:
        return _indexed(options.index) or _serve(door, options.host, options.index)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, phrase("bad_arguments", message=message).both + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python app.py",
        description="Mở trang hỏi đáp kế hoạch trẻ em trên máy này. / Open the chat page on this machine.",
    )
    parser.add_argument(
        "--host",
        default=os.environ.get("HOST") or "127.0.0.1",
        help="địa chỉ phục vụ; mặc định chỉ máy này / address to serve on (HOST; %(default)s)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT") or "7860",
        help="cổng / port, 0 = bất kỳ, any free one (PORT; %(default)s)",
    )
    parser.add_argument(
        "--index",
        type=Path,
        metavar="DIR",
        help="thư mục chỉ mục / folder of the index (ASSISTANT_INDEX; .index)",
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"cổng là số từ 0 đến 65535 / a port is a number 0–65535: {text!r}")
    return int(text)


def _listen(host: str, port: int) -> socket.socket:
    """The address is taken before anything slow is read, so that a taken port is said at once."""
    return socket.create_server((host, port), backlog=128)


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return phrase("port_taken", host=host, port=port, other=port + 1).both
    return phrase("no_address", host=host, port=port, reason=error.strerror).both


def _indexed(folder: Path | None) -> int:
    """Bring the index up to date, which takes a moment when nothing changed; 2 when there is none to serve."""
    from index.__main__ import main as index_command  # noqa: PLC0415

    status = index_command(["build", *(["--index", str(folder)] if folder else [])])
    return 0 if status in {0, 3} else 2  # 3: some file was not read, and the command has named it


def _serve(door: socket.socket, host: str, index: Path | None) -> int:
    import uvicorn  # noqa: PLC0415

    from assistant import open_assistant  # noqa: PLC0415
    from assistant.web.server import LOOPBACK, site  # noqa: PLC0415

    app = site(open_assistant(index), hosts=(*LOOPBACK, host))
    print(phrase("serving", address=f"http://{host}:{door.getsockname()[1]}").both, flush=True)
    settings = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    with suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
        uvicorn.Server(settings).run(sockets=[door])
    return 0


if __name__ == "__main__":
    sys.exit(main())
