"""`python app.py --watch`: what comes to the folder is answered without a restart, and nothing outlives the site."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ROOT
from test_live import plan
from test_processes import _children
from test_web import call

from index.__main__ import main as index_command
from index.embedding import open_embedder
from index.keeping import Keeper, keeper
from index.workers import Closed, Job

SLOW = "#!/bin/sh\nexec sleep 60\n"


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@contextmanager
def watched(folder: Path, *more: str, **environment: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A site over the plans in a folder, which it keeps."""
    where = ["--index", str(folder / "index"), "--documents", str(folder / "plans")]
    with subprocess.Popen(
        [sys.executable, "app.py", "--port", "0", *where, *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "HOST": "", **environment},
    ) as site:
        assert site.stdout is not None
        found = next((hit for line in site.stdout if (hit := re.search(r"http://[\d.:]+", line))), None)
        try:
            assert found is not None
            yield found.group(), site
        finally:
            site.terminate()
            site.wait(20)


def asked(address: str, question: str) -> str:
    body = json.dumps({"question": question}).encode()
    response, text = call(address, "POST", "/api/ask", body, {"Content-Type": "application/json"})
    assert response.status == 200, text
    return text


def test_a_plan_is_answered_without_a_restart(tmp_path: Path) -> None:
    plan(tmp_path / "plans", "a", "Cà Mau", "Tiêm chủng.")
    with watched(tmp_path, ASSISTANT_WATCH="1") as (address, site):
        assert "Phát thuốc" not in asked(address, "Sở Y tế phải làm gì?")
        plan(tmp_path / "plans", "b", "Lai Châu", "Phát thuốc.")
        (tmp_path / "plans" / "hong.pdf").write_bytes(b"%PDF-1.4 secret words")
        until(lambda: "Phát thuốc" in asked(address, "Sở Y tế phải làm gì?"))
        (tmp_path / "plans" / "a.txt").unlink()
        until(lambda: "Tiêm chủng" not in asked(address, "Sở Y tế phải làm gì?"))
        others = [int(one) for one in re.findall(r"\d+", _children(site.pid))]
        site.terminate()
        site.wait(20)
        until(lambda: not any(Path(f"/proc/{one}").exists() for one in others))
        assert site.stderr is not None
        lines = site.stderr.read().splitlines()
    assert site.returncode == 0
    assert any(re.search(r" read=1 reused=1 .* published=yes s=[\d.]+ unread=1 \(hong\.pdf\)$", line) for line in lines)
    assert not [line for line in lines if "thuốc" in line or "secret" in line]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_file_that_is_being_read_does_not_keep_the_site(tmp_path: Path, ending: signal.Signals) -> None:
    """Nor does the program that reads it outlive the site."""
    plan(tmp_path / "plans", "a", "Cà Mau", "Tiêm chủng.")
    programs = tmp_path / "bin"
    programs.mkdir()
    slow = programs / "soffice"
    slow.write_text(f'#!/bin/sh\necho $$ > "{tmp_path}/pid"\nexec sleep 60\n', encoding="utf-8")
    slow.chmod(0o755)
    with watched(tmp_path, "--watch", PATH=f"{programs}:{os.environ['PATH']}") as (_, site):
        (tmp_path / "plans" / "cu.rtf").write_bytes(b"{\\rtf1 x}")
        until((tmp_path / "pid").exists)
        reading = int((tmp_path / "pid").read_text())
        site.send_signal(ending)
        site.wait(20)
        until(lambda: not Path(f"/proc/{reading}").exists())


def test_closing_gives_a_build_up_and_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(tmp_path / "plans", "a", "Cà Mau", "Tiêm chủng.")
    slow = tmp_path / "soffice"
    slow.write_text(SLOW, encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    keeping = Keeper(tmp_path / "plans", tmp_path / "index", open_embedder(), "faiss")
    keeping.build()
    before = (tmp_path / "index" / "CURRENT").read_text()
    (tmp_path / "plans" / "cu.rtf").write_bytes(b"{\\rtf1 x}")
    raised: list[BaseException] = []

    def build() -> None:
        try:
            keeping.build()
        except Closed as error:
            raised.append(error)

    thread = threading.Thread(target=build)
    thread.start()
    time.sleep(2)
    keeping.close()
    thread.join(10)
    assert [type(one) for one in raised] == [Closed]
    assert (tmp_path / "index" / "CURRENT").read_text() == before


def test_what_was_read_ahead_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(tmp_path / "plans", "a", "Cà Mau", "Tiêm chủng.")
    where = ["--documents", str(tmp_path / "plans"), "--index", str(tmp_path / "index")]
    assert index_command(["build", *where]) == 0
    keeping = keeper(tmp_path / "index")
    try:
        plan(tmp_path / "elsewhere", "b", "Lai Châu", "Phát thuốc.")
        path = tmp_path / "elsewhere" / "b.txt"
        assert keeping.read_ahead(Job(path, "b", "b.txt"), lambda *_: None).read is not None
        path.rename(tmp_path / "plans" / "b.txt")
        monkeypatch.setattr("index.workers._Worker", None)  # nobody is there to read
        built = keeping.build()
    finally:
        keeping.close()
    assert (built.read, built.unread, built.published) == (1, (), True)
