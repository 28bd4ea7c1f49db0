"""Files are read in processes of their own, limited in memory and in time: no file can end the one that indexes."""

from __future__ import annotations

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic

import corpus
from corpus.document import Document
from corpus.readers.errors import MissingProgram
from index import contents
from index.passages import Passage, passages_of
from index.relations import Card, card_of
from index.subprocesses import processors, with_parent


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take. memory: bytes of address space.  silence: seconds without a sign that it goes on, a
    page read or a result.  whole: seconds for all of it."""

    memory: int = 1 << 30
    silence: float = 120.0
    whole: float = 3600.0


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be read. doc: the id its document gets.  file: its path below the folder of documents."""

    path: Path
    doc: str
    file: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker made of a file: lines of JSON as a part keeps them; partial: as `Document` has it."""

    document: bytes
    passages: tuple[bytes, ...]
    card: bytes
    partial: bool = False

    @classmethod
    def of(cls, document: Document, passages: Iterable[Passage], card: Card) -> Read:
        """What was made, as a part keeps it."""
        lines = tuple(map(contents.passage_line, passages))
        return cls(contents.document_line(document), lines, contents.card_line(card), document.partial)


class Cause(StrEnum):
    """What stood against a reading: the file itself, a program that is not there, or limits that the reader met."""

    FILE = "file"
    PROGRAM = "program"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: what was read, or why nothing was, in one line."""

    job: Job
    read: Read | None
    why: str = ""
    cause: Cause = Cause.READER


@dataclass(frozen=True, slots=True)
class _Page:
    """A sign of life: pages done of pages in all."""

    done: int
    pages: int


#: Told how far a file of many pages is: the file, pages done, pages in all.
Follow = Callable[[str, int, int], None]


def _unfollowed(file: str, done: int, pages: int) -> None:
    del file, done, pages


class Closed(Exception):
    """The workers were closed while somebody waited for what they read."""


class Workers:
    """Up to `count` processes that read files; they are begun when there is work, and anew where one was lost."""

    def __init__(self, count: int = 0, limits: Limits | None = None, follow: Follow | None = None) -> None:
        self.count, self.limits = count or processors(), limits or Limits()
        self.follow: Follow = follow or _unfollowed
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []
        self._closed = False

    def read(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, as they come; one caller at a time. Raises Closed when another thread closes."""
        left, busy = deque(jobs), self._busy
        try:
            while left or busy:
                while left and len(busy) < self.count:
                    worker = self._idle.pop() if self._idle else _Worker(self.limits)
                    worker.begin(left.popleft())
                    busy.append(worker)
                    self._check_open()
                for worker in self._turn(busy):
                    self._check_open()
                    busy.remove(worker)
                    if worker.alive:
                        self._idle.append(worker)
                    yield worker.outcome
        finally:
            while busy:
                busy.pop().end()

    def close(self) -> None:
        """End all processes, those too that another thread waits for, which is told so."""
        self._closed = True
        for worker in list(self._busy):
            worker.kill()
        while self._idle:
            self._idle.pop().end()

    def _check_open(self) -> None:
        if self._closed:
            raise Closed

    def _turn(self, busy: list[_Worker]) -> list[_Worker]:
        """Those that are done, or are over one of their limits, once any of them has said something."""
        said = wait([worker.pipe for worker in busy], timeout=min(worker.patience() for worker in busy))
        return [worker for worker in busy if worker.heard(worker.pipe in said, self.follow)]


@dataclass(eq=False)
class _Worker:
    """One process, and the job it has."""

    limits: Limits
    pipe: Connection = field(init=False)
    process: SpawnProcess = field(init=False)
    alive: bool = True
    outcome: Outcome = field(init=False)
    _job: Job = field(init=False)
    _began: float = 0.0
    _heard: float = 0.0

    def __post_init__(self) -> None:
        spawn = get_context("spawn")
        self.pipe, other = spawn.Pipe()
        self.process = spawn.Process(target=_work, args=(other, self.limits.memory), daemon=True)
        self.process.start()
        other.close()

    def begin(self, job: Job) -> None:
        """Hand it a job."""
        self._job, self._began, self._heard = job, monotonic(), monotonic()
        try:
            self.pipe.send(job)
        except OSError:  # it died while it had nothing to do; `heard` finds the pipe closed
            self.alive = False

    def patience(self) -> float:
        """Seconds until a limit is reached."""
        until = min(self._heard + self.limits.silence, self._began + self.limits.whole)
        return max(0.0, until - monotonic())

    def heard(self, said: bool, follow: Follow) -> bool:
        """Take what it said; whether its job is done, well or not."""
        if not said:
            return self.patience() == 0 and self._lost(_too_long(self._job.file))
        try:
            message = self.pipe.recv()
        except (EOFError, OSError):
            return self._lost(_died(self._job.file))
        if isinstance(message, _Page):
            self._heard = monotonic()
            follow(self._job.file, message.done, message.pages)
            return False
        self.outcome = message
        if message.read is None and message.cause is Cause.READER:  # whatever happened to it, the next begins clean
            self.end()
        return True

    def end(self) -> None:
        """End the process, and the programs it has begun."""
        self.alive = False
        self.pipe.close()
        self.kill()
        self.process.join()

    def kill(self) -> None:
        """Have it end, from whatever thread; the one that waits for it finds its pipe closed."""
        if self.process.pid is not None and self.process.is_alive():
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):  # it has not made a group of its own yet
                self.process.kill()

    def _lost(self, why: str) -> bool:
        self.outcome = Outcome(self._job, None, why)
        self.end()
        return True


def _work(pipe: Connection, memory: int) -> None:
    """What a worker does until nobody hands it files any more."""
    os.setpgid(0, 0)
    with_parent(lambda: os.killpg(0, signal.SIGKILL))  # with the programs it has begun
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one that indexes, which ends this one
    os.environ["OMP_NUM_THREADS"] = os.environ["OMP_THREAD_LIMIT"] = "1"  # the processors are shared out already
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            job: Job = pipe.recv()
        except EOFError:
            return
        pipe.send(_outcome(job, pipe))


def _outcome(job: Job, pipe: Connection) -> Outcome:
    try:
        return Outcome(job, _read(job, pipe))
    except MissingProgram as error:
        return Outcome(job, None, _one_line(str(error)), Cause.PROGRAM)
    except corpus.UnreadableFile as error:
        return Outcome(job, None, _one_line(str(error)), Cause.FILE)
    except MemoryError:
        return Outcome(job, None, _too_big(job.file))
    except RecursionError:
        return Outcome(job, None, _tangled(job.file))
    except Exception as error:  # a file that breaks a reader must not keep the others from being read
        why = f"{job.file}: không đọc được / cannot be read ({type(error).__name__}: {error})"
        return Outcome(job, None, _one_line(why))


def _read(job: Job, pipe: Connection) -> Read:
    document = replace(corpus.read(job.path, partial(_say, pipe)), id=job.doc)
    return Read.of(document, passages_of(document), card_of(document))


def _say(pipe: Connection, done: int, pages: int) -> None:
    pipe.send(_Page(done, pages))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _too_long(file: str) -> str:
    return (
        f"{file}: đọc quá lâu nên đã dừng; hãy tách tệp hoặc lưu lại từ chương trình gốc / "
        "took too long and was stopped; split it, or save it again"
    )


def _too_big(file: str) -> str:
    return (
        f"{file}: cần quá nhiều bộ nhớ nên đã dừng; hãy tách tệp hoặc lưu lại từ chương trình gốc / "
        "needs too much memory and was stopped; split it, or save it again"
    )


def _tangled(file: str) -> str:
    return f"{file}: lồng nhau quá sâu; hãy lưu lại từ chương trình gốc / nested too deeply; save it again"


def _died(file: str) -> str:
    return (
        f"{file}: tệp làm hỏng trình đọc; hãy lưu lại từ chương trình gốc hoặc đổi sang định dạng khác / "
        "the file broke its reader; save it again, or in another format"
    )
