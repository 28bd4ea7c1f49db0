"""An index kept like its folder: built anew, as little as has to be, whenever a file there comes, changes or goes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.reading import STATED
from index import generation
from index.ahead import Ahead
from index.build import Built, NothingToIndex, build
from index.embedding import Embedder, open_embedder
from index.intake import files, stated_in
from index.settings import documents_folder, embedder_name, store_name
from index.workers import Closed, Follow, Job, Outcome

#: Seconds between two looks at the folder, and for which a change must lie still: somebody may still be copying.
EVERY, STILL = 0.5, 0.2
#: Seconds after which a build that failed is tried again.
AGAIN = 10.0
_AT_MOST = 10.0  # seconds that a build which is given up is waited for

#: Told what came of a build: what it did, or why it could do nothing.
Told = Callable[[Built | Exception], None]


@dataclass
class Keeper:
    """Keeps the index in `root` like the plans below `folder`; its readers stay ready between two builds."""

    folder: Path
    root: Path
    embedder: Embedder
    store: str
    _workers: Ahead = field(default_factory=Ahead)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: frozenset[tuple[str, int, int]] = frozenset()

    def build(self, follow: Follow | None = None) -> Built:
        """Build once; `follow` is told how far a file of many pages is. Raises what `build` raises."""
        with self._lock:
            seen, self._seen = self._look(), frozenset()
            try:
                built = build(self.folder, self.root, self.embedder, self.store, workers=self._workers, follow=follow)
            except NothingToIndex:
                self._seen = seen
                raise
            self._seen = seen
            return built

    def read_ahead(self, job: Job, follow: Follow) -> Outcome:
        """Read one file before it lies in the folder, beside whatever is built; one caller at a time. Where it comes
        to lie there under the same name, the next build need not read it again. Raises Closed."""
        return self._workers.read_ahead(job, follow)

    def watch(self, ended: threading.Event, told: Told, follow: Follow | None = None) -> None:
        """Build whenever the folder has changed and lies still, until the event is set; again after a while where a
        build failed, of a disk that was full perhaps."""
        while not ended.wait(EVERY):
            now = self._look()
            while now != self._seen and not ended.wait(STILL):
                before, now = now, self._look()
                if now == before and not self._told(told, follow):
                    ended.wait(AGAIN)

    def close(self) -> None:
        """End the readers; a build in another thread is given up, and what was served stays."""
        self._workers.close()
        if self._lock.acquire(timeout=_AT_MOST):
            self._lock.release()

    def _told(self, told: Told, follow: Follow | None) -> bool:
        """Build and tell of it; False where it failed, and the next one may go well."""
        try:
            told(self.build(follow))
        except Closed:
            return True
        except Exception as error:
            told(error)
            return isinstance(error, NothingToIndex)
        return True

    def _look(self) -> frozenset[tuple[str, int, int]]:
        """Every file's name, size and time."""
        paths = [*files(self.folder), *(place / STATED for place in stated_in(self.folder))]
        return frozenset(seen for path in paths if (seen := _seen(path)))


def keeper(root: Path, documents: str | None = None, embedder: str | None = None, store: str | None = None) -> Keeper:
    """Keeps the index in a folder as it was asked for, and what is not asked for as it was made.

    Raises EmbedderError.
    """
    made = generation.recipe(root)
    folder = documents_folder(documents, made.documents if made else "")
    model = open_embedder(embedder_name(embedder, made.embedder if made else ""))
    return Keeper(folder, root, model, store_name(store, made.store if made else ""))


def _seen(path: Path) -> tuple[str, int, int] | None:
    try:
        stat = path.stat()
    except OSError:  # gone since it was listed
        return None
    return str(path), stat.st_size, stat.st_mtime_ns
