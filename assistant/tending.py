"""A site that keeps its index like the folder of plans while it runs; the site itself follows the index."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from index.build import Built, NothingToIndex
from index.keeping import Keeper

#: One line for each build: names of files and figures, never words of a text nor who brought it.
LOG = logging.getLogger("assistant.tending")
_SECONDS = 5.0  # until a thread that was told to end is left alone


def keep_log() -> None:
    """Write the lines to stderr; once for each process."""
    if not LOG.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
        LOG.addHandler(handler)
        LOG.setLevel(logging.INFO)
        LOG.propagate = False


def note(outcome: Built | Exception) -> None:
    """Write what came of a build; nothing of one that had nothing to do."""
    if isinstance(outcome, Built):
        if outcome.published or outcome.unread:
            LOG.info(_line(outcome))
        return
    unread = outcome.unread if isinstance(outcome, NothingToIndex) else ()
    LOG.error("index unchanged: %s%s", type(outcome).__name__, _named(unread))


@contextmanager
def watching(keeper: Keeper) -> Iterator[None]:
    """Keep the index like its folder, in a thread and processes that end with this."""
    ended = threading.Event()
    thread = threading.Thread(target=keeper.watch, args=(ended, note), name="watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        keeper.close()
        thread.join(_SECONDS)


def _line(built: Built) -> str:
    return (
        f"read={built.read} reused={built.reused} removed={built.removed} copies={built.copies} "
        f"passages={built.passages} published={'yes' if built.published else 'no'} s={built.seconds:.1f}"
        f"{_named(built.unread)}"
    )


def _named(unread: tuple[str, ...]) -> str:
    """The files that could not be read, without what stood against them, which may hold words of theirs."""
    names = [" ".join(line.partition(": ")[0].split()) for line in unread]
    return f" unread={len(names)} ({', '.join(names)})" if names else ""
