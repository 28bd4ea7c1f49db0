"""Programs of other makers that some readers need: where they are, and running them for a limited time."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence

from corpus.readers.errors import MissingProgram, UnreadableFile

#: Reads a pipe nobody writes to: it ends when this process does, however that happens, and then so does the group.
_GUARD = ("/bin/sh", "-c", "read _; kill -KILL 0")


def installed(program: str) -> bool:
    """Whether a program can be run here."""
    return shutil.which(program) is not None


def run(
    file: str,
    arguments: Sequence[str],
    seconds: float,
    given: bytes = b"",
    settings: Mapping[str, str] | None = None,
) -> bytes:
    """What a program prints. `file`: the name of the file it works on, for what is said of a failure.

    given: what it reads.  settings: variables of its environment, besides those of this process.
    Nothing that it starts outlives this call, nor this process if that is killed.
    Raises MissingProgram, and UnreadableFile where the program fails or takes longer than `seconds`.
    """
    program = arguments[0]
    try:
        with _group() as group:
            done = _done(arguments, group, seconds, given, {**os.environ, **(settings or {})})
    except FileNotFoundError as error:
        raise MissingProgram(
            f"{file}: cần chương trình {program}, máy này chưa có / needs the program {program}, which is not installed"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(
            f"{file}: {program} chạy quá {seconds:.0f} giây / {program} took longer than {seconds:.0f} s"
        ) from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())[-200:]
        raise UnreadableFile(f"{file}: {program} không đọc được / could not read it ({said or done.returncode})")
    return done.stdout


def _done(
    arguments: Sequence[str], group: int, seconds: float, given: bytes, settings: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    pipe = subprocess.PIPE
    with subprocess.Popen(
        arguments, stdin=pipe, stdout=pipe, stderr=pipe, env=settings, process_group=group
    ) as process:
        try:
            out, said = process.communicate(given, seconds)
        except BaseException:
            _kill(group)
            process.communicate()  # whoever held its output is gone
            raise
    return subprocess.CompletedProcess(arguments, process.returncode, out, said)


@contextlib.contextmanager
def _group() -> Iterator[int]:
    """A group of processes that ends with the block, or with this process."""
    ours, theirs = os.pipe()
    try:
        guard = subprocess.Popen(
            _GUARD, stdin=ours, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
        )
    finally:
        os.close(ours)
    try:
        yield guard.pid
    finally:
        _kill(guard.pid)
        guard.wait()
        os.close(theirs)


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
