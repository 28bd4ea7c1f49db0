"""How the product bears thousands of plans: indexing them all, adding one to them, asking about them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant import open_assistant
from assistant.live import Live
from eval.cases import Case
from eval.report import table
from eval.speed import Times, answering, run_command
from eval.writing.varied import write_varied
from index import open_index
from index.embedding import open_embedder
from index.keeping import Keeper

#: What must hold: seconds and megabytes of indexing, milliseconds until one more plan answers and of a question (p95).
SECONDS, MEGABYTES, ADDED_WITHIN, ASKED_WITHIN = 600, 2048, 2000, 60
#: How many plans, and how often one more is added.
PLANS, ADDED = 2000, 5
_LOOK = 0.2  # seconds between two looks at how much memory there is
_PATIENCE = 60.0
_ADDED = """ỦY BAN NHÂN DÂN TỈNH CÀ MAU
Số: {number}/KH-UBND

KẾ HOẠCH
Công tác trẻ em tỉnh Cà Mau năm {year}

I. TỔ CHỨC THỰC HIỆN

1. Sở Y tế

- Khám mắt đợt {number} cho học sinh tiểu học.
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """What was measured. seconds: of indexing all.  megabytes: most memory of all its processes together.

    added: from a file's coming to an answer from it, of a site that watches.  asked: question to answer.
    """

    plans: int
    passages: int
    seconds: float
    megabytes: float
    site_megabytes: float
    added: Times
    asked: Times


def scale(cases: Sequence[Case], count: int = PLANS) -> Scale:
    """Measure it with plans made by varying those of the default index."""
    with TemporaryDirectory(prefix="scale-") as folder:
        documents, root = Path(folder) / "documents", Path(folder) / "index"
        documents.mkdir()
        write_varied(list(open_index().documents.values()), count, documents)
        seconds, megabytes = _indexed(documents, root)
        with _site(documents, root) as live:
            asked = answering(live, [case for case in cases if not case.history], rounds=1)
            added = Times.of(
                "thêm một kế hoạch đến khi hỏi được / one more plan until it answers", _all_added(live, documents)
            )
            site = _resident([os.getpid()])
            passages = len(live.plans.index.passages)
        return Scale(count, passages, seconds, megabytes, site, added, asked)


def over(found: Scale) -> list[str]:
    """What is over its bound, a line each."""
    bounds = (
        ("tạo chỉ mục / indexing (s)", found.seconds, SECONDS),
        ("bộ nhớ / memory (MB)", max(found.megabytes, found.site_megabytes), MEGABYTES),
        ("thêm một kế hoạch / one more plan (ms)", found.added.p50, ADDED_WITHIN),
        ("câu hỏi, p95 / question, p95 (ms)", found.asked.p95, ASKED_WITHIN),
    )
    return [f"{what}: {value:.0f} > {bound}" for what, value, bound in bounds if value > bound]


def scale_text(found: Scale) -> str:
    """What was measured, a row each."""
    rows = [
        ["kế hoạch / plans", str(found.plans)],
        ["đoạn / passages", str(found.passages)],
        ["tạo chỉ mục từ đầu / index from nothing (s)", f"{found.seconds:.0f}"],
        ["bộ nhớ khi tạo, cả các tiến trình / memory while indexing, all processes (MB)", f"{found.megabytes:.0f}"],
        ["bộ nhớ của trang / memory of the site (MB)", f"{found.site_megabytes:.0f}"],
        [
            "thêm một kế hoạch đến khi hỏi được, trung vị / one more plan until it answers, median (s)",
            f"{found.added.p50 / 1000:.2f}",
        ],
        ["… lâu nhất 5 % / … slowest 5 % (s)", f"{found.added.p95 / 1000:.2f}"],
        ["câu hỏi, trung vị / question, median (ms)", f"{found.asked.p50:.0f}"],
        ["câu hỏi, p95 / question, p95 (ms)", f"{found.asked.p95:.0f}"],
        ["số câu / questions", str(found.asked.n)],
    ]
    return table(["đo gì / what", ""], rows)


def scale_json(found: Scale) -> dict[str, Any]:
    """The same for programs; times in milliseconds."""
    return asdict(found)


def _indexed(documents: Path, root: Path) -> tuple[float, float]:
    """Seconds and megabytes of `python -m index build`."""
    command = [sys.executable, "-m", "index", "build", "--documents", str(documents), "--index", str(root)]
    started, most = time.perf_counter(), 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parent.parent) as running:
        while running.poll() is None:
            most = max(most, _resident([running.pid]))
            time.sleep(_LOOK)
    if running.returncode:
        run_command(command[1:])  # says what is wrong
    return time.perf_counter() - started, most


def _resident(pids: list[int]) -> float:
    """Megabytes that processes and all that they began hold, what they share counted once."""
    total, left = 0.0, list(pids)
    while left:
        process = Path(f"/proc/{left.pop()}")
        try:
            lines = (process / "smaps_rollup").read_text().splitlines()
            left += [int(pid) for file in process.glob("task/*/children") for pid in file.read_text().split()]
        except OSError:  # ended since it was listed
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return total


@contextmanager
def _site(documents: Path, root: Path) -> Iterator[Live]:
    """What a site that watches its folder does, without its pages."""
    keeper = Keeper(documents, root, open_embedder(), "faiss")
    live = Live(open_assistant(root), root)
    live.warm()
    ended = threading.Event()
    watching = threading.Thread(target=partial(keeper.watch, ended, lambda _: None))
    try:
        keeper.build()
        watching.start()
        stop = live.follow()
        yield live
        stop.set()
    finally:
        ended.set()
        watching.join()
        keeper.close()


def _all_added(live: Live, documents: Path) -> list[float]:
    return [_added(live, documents, number) for number in range(1, ADDED + 1)]


def _added(live: Live, documents: Path, number: int) -> float:
    """Seconds until the site answers from a plan put into its folder."""
    year = 2040 + number
    text = _ADDED.format(number=number, year=year)
    started = time.perf_counter()
    (documents / f"them-{number}.txt").write_text(text, encoding="utf-8")
    while f"Khám mắt đợt {number} " not in live.ask(f"Sở Y tế tỉnh Cà Mau phải làm gì năm {year}?").text:
        if time.perf_counter() - started > _PATIENCE:
            raise TimeoutError(f"{_PATIENCE} s")
        time.sleep(0.02)
    return time.perf_counter() - started
