"""Building: read what changed, embed what is new, publish a generation. The rest is taken over."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import corpus
from index import contents, generation
from index.embedding import Embedder
from index.errors import IndexDamaged, IndexMissing
from index.intake import Intake, take_in, written
from index.making import PARTS, Before, Making
from index.manifest import Manifest, Refused
from index.progress import Bar
from index.workers import Cause, Follow, Workers

#: A long build is published in portions, so that little is lost if it is stopped: documents, or seconds of reading.
PORTION, PORTION_SECONDS = 250, 120.0


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, in files, passages and seconds.

    unread: one line for every file that could not be read.  copies: documents that say what another one says.
    published: False if nothing had changed.
    """

    read: int
    reused: int
    removed: int
    passages: int
    seconds: float
    unread: tuple[str, ...]
    published: bool
    copies: int = 0


class NothingToIndex(ValueError):
    """No file in the folder could be read; `unread` says why, one line a file."""

    def __init__(self, folder: Path, unread: Sequence[str]) -> None:
        self.unread = tuple(unread)
        formats = ", ".join(corpus.READERS)
        super().__init__(
            f"Không có tệp nào đọc được trong {folder} (đọc được: {formats}) / "
            f"no readable file in {folder} (readable: {formats})"
        )


def build(
    folder: Path,
    root: Path,
    embedder: Embedder,
    store: str,
    *,
    workers: Workers | None = None,
    follow: Follow | None = None,
) -> Built:
    """Index the plans below `folder` into `root`, doing only what changed since the generation there.

    `workers` read the files; without, some are begun and ended. `follow` is told how far a file of many pages is;
    without, a bar shows it. Raises NothingToIndex, OSError (disk full, no
    permission): what was served before still is.
    """
    with generation.building(root, _waiting):
        start = perf_counter()
        before = _before(root)
        intake = take_in(folder, before.sources, before.refused)
        making = Making(root, folder, embedder, store, before)
        own = workers or Workers()
        try:
            read = _read_all(making, intake, own, follow)
            published = _finished(making, intake)
        finally:
            making.close()
            if workers is None:
                own.close()
        return _summary(making, intake, read, published, perf_counter() - start)


def _read_all(making: Making, intake: Intake, workers: Workers, follow: Follow | None) -> int:
    """Take over what was read before, read what was not; how many files were read."""
    making.take_over(intake)
    for tried in intake.refused:
        _not_read(making, intake, tried)
    read = 0
    jobs = {job.file: (job, source) for job, source in intake.jobs if source.file not in making.sources}
    with Bar(len(jobs), "Đọc tệp / reading", "tệp") as bar:
        workers.follow = follow or bar.page
        since = perf_counter()
        for outcome in workers.read([job for job, _ in jobs.values()]):
            bar.step()
            source = jobs[outcome.job.file][1]
            if outcome.read is None:
                tried = Refused(source, written(outcome.job.path), outcome.why)
                _not_read(making, intake, tried, lasting=outcome.cause is not Cause.PROGRAM)
                continue
            read += 1
            making.add(source, outcome.read)
            if making.waiting >= PORTION or perf_counter() - since > PORTION_SECONDS:
                making.portion()
                since = perf_counter()
    return read


def _not_read(making: Making, intake: Intake, tried: Refused, lasting: bool = True) -> None:
    """Say why a file was not read, and remember it where the next try would end the same."""
    intake.unread.append(making.unreadable(tried.source, tried.why))
    if lasting:
        making.refused.append(tried)


def _finished(making: Making, intake: Intake) -> bool:
    """Publish what is left to be; whether anything was."""
    if not making.sources:
        raise NothingToIndex(intake.folder, intake.unread)
    return making.finish()


def _before(root: Path) -> Before:
    try:
        return generation.load(root, _served)
    except IndexMissing:
        return Before()
    except IndexDamaged as error:
        print(f"{error.part}: chỉ mục cũ không dùng lại được, tạo lại từ đầu / built from nothing", file=sys.stderr)
        return Before()


def _served(folder: Path, manifest: Manifest) -> Before:
    for part in (folder / PARTS).iterdir():
        contents.check(part)
    return Before(folder, manifest)


def _summary(making: Making, intake: Intake, read: int, published: bool, seconds: float) -> Built:
    manifest = making.manifest
    removed = sum(file not in making.sources for file in intake.known)
    return Built(
        read,
        len(making.sources) - read,
        removed,
        manifest.passages,
        seconds,
        tuple(sorted(intake.unread)),
        published,
        len(manifest.copies),
    )


def _waiting() -> None:
    print("Đang chờ một lần tạo chỉ mục khác xong… / waiting for another build to finish…", file=sys.stderr)
