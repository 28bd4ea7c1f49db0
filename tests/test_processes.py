"""Answering in processes of its own: the same answers, one lost is replaced, none outlives the site."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from assistant import Answer, Assistant, Turn, open_assistant
from assistant.live import Live
from assistant.processes import Processes, Staffed, staffed
from index.__main__ import main as index_command

ROOT = Path(__file__).parent.parent
DUTIES = "Sở Y tế Khánh Hòa phải làm gì?"


@pytest.fixture(scope="module")
def pair(index_folder: Path) -> Iterator[tuple[Assistant, Live]]:
    alone = open_assistant(index_folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
        with staffed(alone, index_folder) as answering:
            assert isinstance(answering.now, Staffed)
            yield alone, answering


def said(answer: Answer) -> Answer:
    return replace(answer, latency_ms=0, ref="")


def begun() -> set[int]:
    """The processes that this one has begun, without the one that Python tidies up with."""
    pids = {int(pid) for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()}
    return {pid for pid in pids if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


@pytest.mark.parametrize(
    ("question", "before", "filters"),
    [
        (DUTIES, [], ([], [], [])),
        ("Còn Kiên Giang?", [DUTIES], ([], [], [])),
        ("Phải làm gì?", [], (["Kiên Giang"], [2025], ["Sở Y tế"])),
        ("bố em đánh em", [], ([], [], [])),
        ("Giá vàng hôm nay?", [], ([], [], [])),
    ],
)
def test_a_process_says_what_the_assistant_itself_says(
    pair: tuple[Assistant, Live], question: str, before: list[str], filters: tuple[list[str], list[int], list[str]]
) -> None:
    history = [Turn("user", one) for one in before]
    alone, answering = (said(one.ask(question, history, *filters)) for one in pair)
    assert answering == alone
    assert answering.kind == alone.kind


def test_what_is_no_question_is_refused_the_same(pair: tuple[Assistant, Live]) -> None:
    with pytest.raises(ValueError, match="trống"):
        pair[1].ask("  ")


def test_a_process_that_is_lost_is_replaced_and_nobody_goes_without_an_answer(
    pair: tuple[Assistant, Live], caplog: pytest.LogCaptureFixture
) -> None:
    alone, answering = pair
    first = begun()
    assert len(first) == 1
    os.kill(*first, signal.SIGKILL)
    with ThreadPoolExecutor(4) as visitors:
        answers = list(visitors.map(answering.ask, [DUTIES] * 4))
    assert [said(one) for one in answers] == [said(alone.ask(DUTIES))] * 4
    assert "did not answer (BrokenProcessPool)" in caplog.text
    assert DUTIES not in caplog.text
    answering.ask(DUTIES)
    assert len(begun()) == 1
    assert begun() != first


def test_somebody_in_danger_gets_help_whatever_happens_to_the_processes(
    pair: tuple[Assistant, Live], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("too many open files")

    monkeypatch.setattr(Processes, "grounded", fail)
    assert "111" in pair[1].ask("bố em đánh em").text[:160]


def test_no_process_answers_from_another_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """One that begins after a build would cite places of texts that the site does not show yet."""
    documents, folder = tmp_path / "documents", tmp_path / "index"
    documents.mkdir()
    plan = documents / "ke-hoach.txt"
    plan.write_text("KẾ HOẠCH\n\n1. Sở Y tế\n\n- Tiêm chủng cho trẻ em.", encoding="utf-8")
    assert index_command(["build", "--documents", str(documents), "--index", str(folder)]) == 0
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with staffed(open_assistant(folder), folder) as answering:
        before = said(answering.ask("Sở Y tế phải làm gì?"))
        assert "Tiêm chủng" in before.text
        plan.write_text("KẾ HOẠCH\n\n0. Mở đầu\n\n1. Sở Y tế\n\n- Khám mắt cho trẻ em.", encoding="utf-8")
        assert index_command(["build", "--documents", str(documents), "--index", str(folder)]) == 0
        for pid in begun():
            os.kill(pid, signal.SIGKILL)
        assert [said(answering.ask("Sở Y tế phải làm gì?")) for _ in range(4)] == [before] * 4
        assert "OtherIndex" in caplog.text
        caplog.clear()
        assert answering.renew()
        assert "Khám mắt" in answering.ask("Sở Y tế phải làm gì?").text
        assert caplog.text == ""  # the processes are of one mind with the site again


def test_a_machine_with_one_processor_has_none(
    index_folder: Path, monkeypatch: pytest.MonkeyPatch, pair: tuple[Assistant, Live]
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    with staffed(pair[0], index_folder) as answering:
        assert answering.now is pair[0]


@pytest.mark.parametrize("more", [(), ("--watch",)], ids=["", "watching"])
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_the_site(index_folder: Path, ending: signal.Signals, more: tuple[str, ...]) -> None:
    """However the site is ended; where it can, it leaves without a word of its own inside."""
    command = [sys.executable, "app.py", "--port", "0", "--index", str(index_folder), *more]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as site:
        assert site.stdout is not None
        assert site.stderr is not None
        address = next(found for line in site.stdout if (found := re.search(r"http://\S+", line)))
        with urlopen(f"{address[0]}/healthz", timeout=20) as answer:  # the door was open before; now it is served
            assert answer.status == 200
        others = [int(one) for one in re.findall(r"\d+", _children(site.pid))]
        assert others
        site.send_signal(ending)
        site.wait(20)
        until = time.monotonic() + 20
        while any(Path(f"/proc/{one}").exists() for one in others):
            assert time.monotonic() < until
            time.sleep(0.05)
        if ending is not signal.SIGKILL:
            assert site.returncode == 0
            assert site.stderr.read() == ""


def _children(pid: int) -> str:
    return "".join(file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children"))
