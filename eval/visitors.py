"""Many visitors at once, each asking one question after another through the page's own door, and how long they wait."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from assistant.web.strings import phrase
from corpus.vocabulary import child_line
from eval.metrics import percentile
from eval.report import table
from eval.speed import CommandFailed

ROOT = Path(__file__).resolve().parent.parent
VISITORS, SECONDS = 50, 60.0
_PATIENCE = 60.0  # seconds after which a visitor gives a question up
_TURNS = 4  # questions of one conversation
_BETWEEN = 0.5  # seconds after an error, so that a site that is down is not called in a loop


class NoSite(Exception):
    """There is no site to ask at an address, or it has no door for questions."""

    def __init__(self, address: str, why: object) -> None:
        super().__init__(f"Không hỏi được trang {address} ({why}) / The site {address} cannot be asked")


@dataclass(slots=True)
class Visits:
    """What visitors met with: how long each answer took, in seconds, and what went wrong, by its name."""

    visitors: int
    seconds: float
    waited: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    memory: tuple[int, int] | None = None
    load: float = 0.0


@dataclass(frozen=True, slots=True)
class Door:
    """Where questions go: the address of the site and what its page sends with one."""

    netloc: str
    fn_index: int
    trigger: int
    inputs: int

    @classmethod
    def of(cls, address: str) -> Door:
        """The door that the page's own settings name. Raises NoSite."""
        netloc = urlsplit(address).netloc
        try:
            with closing(HTTPConnection(netloc, timeout=_PATIENCE)) as connection:
                connection.request("GET", "/config")
                config = json.loads(connection.getresponse().read())
            submit = next(one for one in config["dependencies"] if one["targets"] and one["targets"][0][1] == "submit")
        except (OSError, HTTPException, ValueError, KeyError, StopIteration) as error:
            raise NoSite(address, error or type(error).__name__) from error
        return cls(netloc, submit["id"], submit["targets"][0][0], len(submit["inputs"]))

    def ask(self, connection: HTTPConnection, session: str, question: str) -> str:
        """Ask as the page does and read the answer to its end; "" or the name of what went wrong."""
        # Question, conversation so far (the site holds it), filters.
        data: list[Any] = [question, None, *([[]] * (self.inputs - 2))]
        sent = {"data": data, "event_data": None, "fn_index": self.fn_index, "trigger_id": self.trigger}
        body = json.dumps({**sent, "session_hash": session})
        connection.request("POST", "/gradio_api/queue/join", body, {"Content-Type": "application/json"})
        joined = connection.getresponse()
        joined.read()
        if joined.status != 200:
            return f"join {joined.status}"
        connection.request("GET", f"/gradio_api/queue/data?session_hash={session}")
        stream = connection.getresponse()
        said = _completed(stream) if stream.status == 200 else f"data {stream.status}"
        stream.read()  # the rest of it, so that the connection can be used again
        return said


def _completed(stream: HTTPResponse) -> str:
    """Read a stream of events until the question is answered; what went wrong, else ""."""
    failed = phrase("asking_failed", number=child_line().number).vi.partition(".")[0]
    said = (json.dumps(failed)[1:-1].encode(), failed.encode())  # as JSON may have it
    for line in stream:
        if not line.startswith(b"data:"):
            continue
        if any(words in line for words in said):
            return "not answered"
        message: dict[str, Any] = json.loads(line[5:])
        if message["msg"] == "process_completed":
            return "" if message["success"] else "failed"
        if message["msg"] == "unexpected_error":
            return "unexpected"
    return "broken off"


def visit(address: str, questions: Sequence[str], visitors: int, seconds: float, server: int | None = None) -> Visits:
    """Let visitors ask for some seconds, each from another place of the list on. `server`: the process whose memory
    is looked at. Raises NoSite."""
    door, visits = Door.of(address), Visits(visitors, seconds)
    start = _memory(server)
    until = time.perf_counter() + seconds
    step = max(1, len(questions) // visitors)
    lots = [[*questions[first:], *questions[:first]] for first in (n * step % len(questions) for n in range(visitors))]
    threads = [threading.Thread(target=_one, args=(door, lot, until, visits), daemon=True) for lot in lots]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    end = _memory(server)
    visits.memory = (start, end) if start and end else None
    visits.load = os.getloadavg()[0]
    return visits


def _one(door: Door, questions: Sequence[str], until: float, visits: Visits) -> None:
    """One visitor, who begins a new conversation after some questions."""
    connection = HTTPConnection(door.netloc, timeout=_PATIENCE)
    session = ""
    for number in count():
        session = token_hex(6) if number % _TURNS == 0 else session
        started = time.perf_counter()
        if started >= until:
            break
        try:
            wrong = door.ask(connection, session, questions[number % len(questions)])
        except (OSError, HTTPException, ValueError) as error:
            wrong = type(error).__name__
        if not wrong:
            visits.waited.append(time.perf_counter() - started)
            continue
        visits.errors.append(wrong)
        connection.close()  # opened again by the next question
        time.sleep(_BETWEEN)
    connection.close()


def _memory(process: int | str | None) -> int:
    """The resident memory of a process and those that it began, in MB; 0 where it cannot be told."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
        begun = Path(f"/proc/{process}/task").glob("*/children")
        children = [child for file in begun for child in file.read_text("ascii").split()]
    except OSError:
        return 0
    found = re.search(r"VmRSS[^\d\n]*(\d+) kB", status)
    return (int(found[1]) // 1024 if found else 0) + sum(map(_memory, children))


@contextmanager
def serving(index: Path | None) -> Iterator[tuple[str, int]]:
    """`python app.py` on a free port without a limit of rate: its address and its process. Raises CommandFailed."""
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0", "--rate", "0"]
    command += ["--index", str(index)] if index else []
    environment = {**os.environ, "HOST": "127.0.0.1", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        said = next((line for line in process.stdout if "http://" in line), "")
        try:
            found = re.search(r"http://[\w.:\[\]]+", said)
            if found is None:
                raise CommandFailed(command, process.wait(), said)
            yield found.group(), process.pid
        finally:
            process.terminate()


def visitors_text(visits: Visits) -> str:
    """The figures as a table; errors by name below it."""
    waited = [one * 1000 for one in visits.waited]
    at = [f"{percentile(waited, q):.0f}" if waited else "–" for q in (50, 95, 100)]
    memory = f"{visits.memory[0]} → {visits.memory[1]}" if visits.memory else "–"
    head = ["khách / visitors", "câu / questions", "lỗi / errors", "p50 (ms)", "p95", "max", "câu/s / a second"]
    row = [str(visits.visitors), str(len(waited)), str(len(visits.errors)), *at, f"{len(waited) / visits.seconds:.1f}"]
    shown = table([*head, "bộ nhớ / memory (MB)", "tải máy / load"], [[*row, memory, f"{visits.load:.1f}"]])
    names = ", ".join(f"{visits.errors.count(name)} × {name}" for name in sorted(set(visits.errors)))
    return f"{shown}\n\n{names}" if names else shown
