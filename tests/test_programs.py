"""Programs of other makers: what they print, what is said of their failures, and that nothing of them lives on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.readers.errors import UnreadableFile
from corpus.readers.programs import installed, run

#: A program as LibreOffice is one: a script that starts another process, which works for long and holds its output.
SCRIPT = """#!/bin/sh
sleep 300 &
echo $! > "$1"
{then}
"""
RUN = "import sys; from corpus.readers.programs import run; run('a.doc', [sys.argv[1], sys.argv[2]], 60.0)"


def script(folder: Path, then: str) -> Path:
    """An executable script that starts a child that sleeps and then does something."""
    path = folder / "office"
    path.write_text(SCRIPT.format(then=then), encoding="utf-8")
    path.chmod(0o755)
    return path


def child(said: Path) -> int:
    """The id of the script's child, once it is known."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if said.is_file() and (number := said.read_text().strip()):
            return int(number)
        time.sleep(0.02)
    raise AssertionError("the script did not start")


def is_gone(process: int) -> bool:
    """Whether a process ends within two seconds; one that only its parent has not yet asked after has ended."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_what_a_program_reads_and_prints() -> None:
    assert run("a.pdf", ["cat"], 10.0, given="Kế hoạch".encode()) == "Kế hoạch".encode()
    assert run("a.pdf", ["sh", "-c", "echo $THREADS"], 10.0, settings={"THREADS": "1"}) == b"1\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-program"], r"^a\.doc: cần chương trình no-such-program, .*which is not installed$"),
        (["sh", "-c", "echo bad file >&2; exit 3"], r"^a\.doc: sh không đọc được / could not read it \(bad file\)$"),
        (["sh", "-c", "exit 3"], r"could not read it \(3\)$"),
        (["sleep", "60"], r"^a\.doc: sleep chạy quá 0 giây / sleep took longer than 0 s$"),
    ],
)
def test_what_is_said_of_a_failure(arguments: list[str], said: str) -> None:
    with pytest.raises(UnreadableFile, match=said):
        run("a.doc", arguments, 0.3)
    assert installed("sh") and not installed("no-such-program")


@pytest.mark.parametrize(("then", "seconds"), [("wait", 0.5), ("exec >&- 2>&-; exit 0", 0.5)])
def test_nothing_lives_on_behind_a_time_out(then: str, seconds: float, tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableFile, match="took longer"):
        run("a.doc", [str(script(tmp_path, then)), str(tmp_path / "pid")], seconds)
    assert time.monotonic() - began < 5
    assert is_gone(child(tmp_path / "pid"))


def test_nothing_lives_on_behind_a_program_that_ended(tmp_path: Path) -> None:
    path = script(tmp_path, "exit 0")
    path.write_text(path.read_text().replace("sleep 300 &", "sleep 300 >&- 2>&- &"))
    assert run("a.doc", [str(path), str(tmp_path / "pid")], 10.0) == b""
    assert is_gone(child(tmp_path / "pid"))


@pytest.mark.parametrize("whole_group", [True, False])
def test_nothing_lives_on_when_who_reads_is_killed(whole_group: bool, tmp_path: Path) -> None:
    command = [sys.executable, "-c", RUN, str(script(tmp_path, "wait")), str(tmp_path / "pid")]
    with subprocess.Popen(command, cwd=Path(__file__).parent.parent, start_new_session=True) as reader:
        try:
            started = child(tmp_path / "pid")
        finally:
            (os.killpg if whole_group else os.kill)(reader.pid, signal.SIGKILL)
    assert is_gone(started)
