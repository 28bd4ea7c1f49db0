"""How long things take: a question once loaded, the command line from cold, the index from nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.answers import Asked
from eval.cases import Case
from eval.metrics import percentile
from eval.report import table
from index.embedding import open_embedder

#: How often each thing is measured.
ROUNDS, COLD_RUNS, BUILDS = 3, 5, 3
QUESTION = "Sở Y tế phải làm gì?"
#: Passages encoded, and syllables of each.
ENCODED, SYLLABLES = 20_000, 60


class CommandFailed(Exception):
    """A command of the project that is being timed ended in error."""

    def __init__(self, command: Sequence[str], code: int, said: str) -> None:
        shown, last = " ".join(command), " ".join(said.split())[-400:]
        super().__init__(f"Lệnh lỗi (mã {code}): {shown}: {last} / The command failed (status {code}): {shown}")


@dataclass(frozen=True, slots=True)
class Times:
    """What was timed, in milliseconds: the median, the middle half of the values, and the slowest 5 %.

    >>> Times.of("x", [0.001, 0.002, 0.003])
    Times(what='x', n=3, p50=2.0, q1=1.5, q3=2.5, p95=2.9)
    """

    what: str
    n: int
    p50: float
    q1: float
    q3: float
    p95: float

    @classmethod
    def of(cls, what: str, seconds: Sequence[float]) -> Times:
        """Of durations in seconds."""
        at = [round(percentile(seconds, q) * 1000, 3) for q in (50, 25, 75, 95)]
        return cls(what, len(seconds), *at)


def answering(assistant: Asked, cases: Sequence[Case], rounds: int = ROUNDS) -> Times:
    """Question to answer, once loaded: one round unmeasured, then `rounds` over all cases."""
    for case in cases:
        assistant.ask(case.question, history=case.history)
    asked = [case for _ in range(rounds) for case in cases]
    spent = [_timed(partial(assistant.ask, case.question, history=case.history)) for case in asked]
    return Times.of("câu hỏi đến câu trả lời, đã nạp / question to answer, loaded", spent)


def cold_start(index: Path | None, runs: int = COLD_RUNS) -> Times:
    """`python -m assistant ask` in a process of its own, from its start to its end."""
    command = ["-m", "assistant", "ask", QUESTION, *(["--index", str(index)] if index else [])]
    spent = [_timed(partial(run_command, command)) for _ in range(runs)]
    return Times.of("một câu từ dòng lệnh / one question from the command line", spent)


def building(runs: int = BUILDS) -> list[Times]:
    """`python -m index build` into an empty folder, and again with nothing changed."""
    fresh: list[float] = []
    again: list[float] = []
    for _ in range(runs):
        with TemporaryDirectory(prefix="index-") as folder:
            command = ["-m", "index", "build", "--index", folder]
            fresh.append(_timed(partial(run_command, command)))
            again.append(_timed(partial(run_command, command)))
    return [
        Times.of("tạo chỉ mục từ đầu / index from nothing", fresh),
        Times.of("tạo lại, không gì đổi / index with nothing changed", again),
    ]


def loading(runs: int = COLD_RUNS) -> Times:
    """The default model, in a process of its own, until its first question has become a vector; imports apart."""
    code = (
        "import time, index.embedding.static as static; from index.embedding import open_embedder;"
        "start = time.perf_counter(); open_embedder().embed_query('Sở Y tế'); print(time.perf_counter() - start)"
    )
    spent = [float(run_command(["-c", code])) for _ in range(runs)]
    return Times.of("nạp mô hình nhúng / loading the embedding model", spent)


def encoding(texts: Sequence[str], rounds: int = ROUNDS) -> Times:
    """The default model, in one thread, over passages of SYLLABLES syllables; the time of a thousand of them.

    The texts are read again and again, each time from another word on, until there are ENCODED passages.
    """
    words = [word for text in texts for word in text.split()]
    ends = max(1, len(words) - SYLLABLES + 1)  # one passage at least, however short the texts
    places = (at for first in count() for at in range(first % SYLLABLES, ends, SYLLABLES))
    passages = [" ".join(words[at : at + SYLLABLES]) for at in islice(places, ENCODED)]
    embedder = open_embedder()
    spent = [_timed(partial(embedder.encode, passages)) * 1000 / len(passages) for _ in range(rounds)]
    return Times.of(
        f"1.000 đoạn {SYLLABLES} tiếng thành véc-tơ / 1,000 passages of {SYLLABLES} syllables encoded", spent
    )


def speed_text(times: Sequence[Times]) -> str:
    """One row for each thing that was timed."""
    head = ["đo gì / what (ms)", "n", "p50", "q1–q3", "p95"]
    rows = [[one.what, str(one.n), f"{one.p50:.1f}", f"{one.q1:.1f}–{one.q3:.1f}", f"{one.p95:.1f}"] for one in times]
    return table(head, rows)


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run_command(arguments: Sequence[str]) -> str:
    """What a command of the project prints, run with this Python. Raises CommandFailed."""
    root = Path(__file__).resolve().parent.parent
    places = [str(root), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, places)), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, encoding="utf-8")
    if done.returncode:
        raise CommandFailed(command, done.returncode, done.stderr or done.stdout)
    return done.stdout
