"""Opens the chat page: reads the index, builds it first when it is missing or out of date, serves on one address.

python app.py [--host 127.0.0.1] [--port 7860] [--allow NAME] [--index DIR] [--documents DIR] [--embedder NAME]
              [--rate N] [--proxy ADDRESS] [--cors ORIGIN] [--log FILE] [--mcp] [--feedback FILE]
              [--watch] [--staff FILE] [--llm PROVIDER:MODEL]
"""

from __future__ import annotations

import argparse
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.question_log import keep_log
from assistant.web import doors
from assistant.web.hosts import WILDCARDS, address, host_of, listen, trusted
from assistant.web.strings import phrase
from index.arguments import REFUSED, Parser

if TYPE_CHECKING:
    from assistant import Assistant
    from assistant.live import Live
    from assistant.staff.office import Office

#: What `python -m index build` takes too, and what it is here.
_INDEX_OPTIONS = {
    "index": ("DIR", "thư mục chỉ mục / folder of the index (ASSISTANT_INDEX; .index)"),
    "documents": ("DIR", "thư mục các kế hoạch / folder of the plans (ASSISTANT_DOCUMENTS; như chỉ mục, as the index)"),
    "embedder": ("NAME", "mô hình nhúng / embedding model (ASSISTANT_EMBEDDER; như chỉ mục, as the index)"),
    "store": ("NAME", "kho véc-tơ / vector store (ASSISTANT_STORE; như chỉ mục, as the index)"),
}
#: What is shut until it is asked for: the environment's twin, about.
_SWITCHES = {
    "mcp": ("ASSISTANT_MCP", "mở /mcp cho chương trình khác / tools for other programs at /mcp"),
    "watch": ("ASSISTANT_WATCH", "theo dõi thư mục các kế hoạch khi trang chạy / follow the folder while serving"),
}
#: The same, by a file.
_FILES = {
    "feedback": (
        "ASSISTANT_FEEDBACK",
        "tệp giữ góp ý của người đồng ý; bỏ trống: không nhận góp ý / file for the feedback of those who agree, "
        "none: no feedback is taken",
    ),
    "staff": (
        "ASSISTANT_STAFF",
        "tệp tên và mật khẩu của cán bộ được đưa kế hoạch lên ở /staff; bỏ trống: đóng / names and passwords of staff "
        "who may bring plans in at /staff, none: shut",
    ),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until stopped; exit status 2 with one line when the address or the index cannot be had."""
    options = _options(argv)
    try:
        # Taken before anything slow is read, so that a taken port is said at once.
        door = listen(options.host, options.port)
    except (OSError, UnicodeError) as error:
        return _refused(_why_not(options.host, options.port, error))
    with door:
        try:
            if options.log:
                keep_log(options.log)
        except OSError as error:
            return _refused(phrase("no_log", place=options.log, reason=error.strerror).both)
        return _indexed(options) or _serve(door, options)


def _options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(argv)
    if options.allow is None:
        try:
            options.allow = [_name(one) for one in os.environ.get("ALLOWED_HOSTS", "").split(",") if one.strip()]
        except argparse.ArgumentTypeError as error:
            parser.error(f"ALLOWED_HOSTS: {error}")
    doors.from_environment(parser, options)
    return options


def _parser() -> Parser:
    parser = Parser(
        prog="python app.py",
        description="Mở trang hỏi đáp kế hoạch trẻ em trên máy này. / Open the chat page on this machine.",
    )
    parser.add_argument(
        "--host",
        type=_host,
        default=os.environ.get("HOST") or "127.0.0.1",
        help="địa chỉ phục vụ; mặc định chỉ máy này; 0.0.0.0: mọi máy / address to serve on (HOST; 127.0.0.1)",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=os.environ.get("PORT") or "7860",
        help="cổng / port, 0 = bất kỳ, any free one (PORT; 7860)",
    )
    parser.add_argument(
        "--allow",
        action="append",
        type=_name,
        metavar="NAME",
        help="tên mà trình duyệt được dùng để gọi trang, lặp lại được / a name browsers may call the page by, "
        "repeatable (ALLOWED_HOSTS, a,b,c)",
    )
    for name, (twin, about) in _SWITCHES.items():
        parser.add_argument(
            f"--{name}",
            nargs="?",
            type=_switch,
            const=True,
            default=os.environ.get(twin) or "0",
            metavar="0|1",
            help=f"{about} ({twin}=1; 0)",
        )
    for name, (twin, about) in _FILES.items():
        parser.add_argument(
            f"--{name}", metavar="FILE", default=os.environ.get(twin, "").strip(), help=f"{about} ({twin})"
        )
    about = "mô hình ngôn ngữ viết câu trả lời; bỏ trống: không / language model that writes (ASSISTANT_LLM; none)"
    parser.add_argument("--llm", metavar="PROVIDER:MODEL", help=about)
    for name, (metavar, about) in _INDEX_OPTIONS.items():
        parser.add_argument(f"--{name}", metavar=metavar, help=about)
    doors.add_options(parser)
    return parser


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"cổng là số từ 0 đến 65535 / a port is a number 0–65535: {text!r}")
    return int(text)


def _switch(text: str) -> bool:
    if text not in {"0", "1"}:
        raise argparse.ArgumentTypeError(f"cần 0 (tắt) hay 1 (mở) / 0 (off) or 1 (on) is expected: {text!r}")
    return text == "1"


def _host(text: str) -> str:
    bare = text.strip().removeprefix("[").removesuffix("]")
    host = host_of(bare)
    if not host or (":" in bare and ":" not in host):  # a port belongs to --port
        raise argparse.ArgumentTypeError(f"cần một tên máy hay địa chỉ IP / a host name or an IP address: {text!r}")
    return host


def _name(text: str) -> str:
    name = host_of(text)
    if not name or name in WILDCARDS or "*" in name:
        raise argparse.ArgumentTypeError(
            f"cần tên mà trình duyệt gọi, ví dụ / a name as browsers call it, for example tre-em.vn: {text!r}"
        )
    return name


def _refused(message: str) -> int:
    print(" / ".join(message.splitlines()), file=sys.stderr)
    return REFUSED


def _why_not(host: str, port: int, error: OSError | UnicodeError) -> str:
    if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
        return phrase("port_taken", host=host, port=port, other=port + 1 if port < 65535 else port - 1).both
    number = getattr(error, "errno", None) or 0  # the system's; a name server's are negative
    reason = os.strerror(number) if number > 0 else getattr(error, "strerror", None) or error
    return phrase("no_address", host=host, port=port, reason=reason).both


def _indexed(options: argparse.Namespace) -> int:
    """Bring the index up to date, which takes a moment when nothing changed; 2 when there is none to serve.

    What is not asked for stays as the index was made: its documents, its model, its store.
    """
    from index.__main__ import main as index_command

    asked = [f"--{name}={value}" for name in _INDEX_OPTIONS if (value := getattr(options, name))]
    return 0 if index_command(["build", *asked]) in {0, 3} else REFUSED  # 3: some file was not read, and was named


def ready(folder: Path) -> Assistant:
    """The assistant over an index, with everything opened that the first person would otherwise wait for.

    Raises IndexMissing, IndexDamaged, EmbedderError, StoreError.
    """
    from assistant import open_assistant

    assistant = open_assistant(folder)
    assistant.warm()
    return assistant


def _serve(door: socket.socket, options: argparse.Namespace) -> int:
    from assistant.generate.models import ModelMissing
    from assistant.generate.opening import writer
    from assistant.generate.settings import BadModelSetting
    from assistant.processes import staffed
    from index import IndexDamaged, IndexMissing
    from index.embedding import EmbedderError
    from index.settings import index_folder
    from index.vectors import StoreError

    folder = index_folder(options.index)
    try:
        assistant = replace(ready(folder), writer=writer(options.llm, folder))
    except (IndexMissing, IndexDamaged, EmbedderError, StoreError, ModelMissing, BadModelSetting) as error:
        return _refused(str(error))
    if reason := _unusable(options):
        return _refused(reason)
    os.environ["ASSISTANT_FEEDBACK"] = options.feedback
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service is ended as Ctrl+C ends it
    with suppress(KeyboardInterrupt), staffed(assistant, folder) as answering, ExitStack() as kept:
        answering.follow()
        _run(door, options, answering, _kept(folder, options, answering, kept))
    return 0


def _unusable(options: argparse.Namespace) -> str:
    """Why a file that was named cannot be used, "" where all can."""
    from assistant.staff.people import StaffFileError, read
    from assistant.web.feedback import unusable

    if options.feedback and (reason := unusable(Path(options.feedback))):
        return phrase("feedback_unusable", path=options.feedback, reason=reason).both
    try:
        if options.staff:
            read(Path(options.staff))
    except StaffFileError as error:
        return str(error)
    return ""


def _kept(folder: Path, options: argparse.Namespace, live: Live, kept: ExitStack) -> Office | None:
    """Have the index kept like the folder of plans as far as that is asked for, until `kept` is closed."""
    if not (options.watch or options.staff):
        return None
    from assistant.staff.office import opened
    from assistant.staff.people import People
    from assistant.tending import keep_log, watching
    from index.keeping import keeper

    keep_log()
    keeping = keeper(folder, options.documents, options.embedder, options.store)
    office = kept.enter_context(opened(People(Path(options.staff)), keeping, live)) if options.staff else None
    if options.watch:
        kept.enter_context(watching(keeping))
    return office


def _run(door: socket.socket, options: argparse.Namespace, assistant: Assistant, office: Office | None = None) -> None:
    """Serve until Ctrl+C, which raises KeyboardInterrupt."""
    import uvicorn

    from assistant.web.patience import Impatient
    from assistant.web.server import site

    names = trusted(options.host, options.allow)
    app = site(
        assistant, names, bounds=doors.bounds(options), origins=options.cors or (), mcp=options.mcp, office=office
    )
    if options.host in WILDCARDS and not options.allow:
        print(phrase("open_to_all", names=", ".join(names)).both, file=sys.stderr)
    place = address(options.host, door.getsockname()[1], names)
    print(phrase("serving", address=place).both, flush=True)
    if options.mcp:
        print(phrase("mcp_serving", address=place).both, flush=True)
    if assistant.writer:
        model = assistant.writer.line.settings
        print(phrase("model_serving", name=model.name, address=model.address or "–").both, flush=True)
    if office:
        print(phrase("staff_serving", address=place).both, flush=True)
    if started := os.environ.get("ASSISTANT_STARTED", ""):
        print(phrase("took", seconds=round(time.time() - float(started))).both, flush=True)
    settings = uvicorn.Config(
        app,
        http=Impatient,
        ws="none",
        proxy_headers=False,  # limits.py asks who is believed; uvicorn would believe every process of this machine
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,  # seconds; an open page would keep the server from ending
        limit_concurrency=1000,  # connections, whoever they are of
    )
    uvicorn.Server(settings).run(sockets=[door])


if __name__ == "__main__":
    sys.exit(main())
