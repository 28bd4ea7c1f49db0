"""Readers that may have read a file before it lies in the folder: it was looked at first, then put there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from corpus.reading import stated
from index.manifest import digest_of
from index.workers import Closed, Follow, Job, Outcome, Read, Workers

_MOST = 8  # files whose reading is remembered until they are asked for


class Ahead(Workers):
    """Workers that need not read again what they have read ahead, in one more process of their own."""

    def __init__(self) -> None:
        super().__init__()
        self._first = Workers(1)
        self._known: OrderedDict[tuple[str, str, str], Read] = OrderedDict()

    def read_ahead(self, job: Job, follow: Follow) -> Outcome:
        """The outcome of a job whose file lies elsewhere, under the name it will have. Raises Closed."""
        self._first.follow = follow
        outcome = next(iter(self._first.read([job])), None)
        if outcome is None:
            raise Closed
        if outcome.read is not None:
            self._known[_key(job)] = outcome.read
            if len(self._known) > _MOST:
                self._known.popitem(last=False)
        return outcome

    def read(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """The outcome of every job, those first that need no reading."""
        left = []
        for job in jobs:
            if (read := self._taken(job)) is not None:
                yield Outcome(job, read)
            else:
                left.append(job)
        yield from super().read(left)

    def close(self) -> None:
        """End all processes."""
        self._first.close()
        super().close()

    def _taken(self, job: Job) -> Read | None:
        """What was read of a file; nothing where documents.toml says something of it, which the reading left out."""
        if not self._known or job.path.stem in stated(job.path.parent):
            return None
        try:
            return self._known.pop(_key(job), None)
        except OSError:  # it is gone; the reader will say so
            return None


def _key(job: Job) -> tuple[str, str, str]:
    return job.doc, job.path.name, digest_of(job.path)
