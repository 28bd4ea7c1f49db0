"""What happens to each thing that staff hand in, from the moment it is there until questions are answered from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock

from assistant.staff.understood import Understood

MOST = 100  # of them are remembered


class State(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    READING = "reading"
    INDEXING = "indexing"
    DONE = "done"  # in the index that was built last
    REFUSED = "refused"  # nothing of it is left in the folder
    FAILED = "failed"  # it is in the folder, and could not be indexed


#: States after which nothing changes any more by itself.
ENDS = frozenset({State.DONE, State.REFUSED, State.FAILED})


@dataclass(frozen=True, slots=True)
class Item:
    """A file handed in, or a change to one. kind: "in", "out", "correct".  name: of the file, as it will be or is.

    put: the id of its line in the journal, once it is in the folder.  made: the generation that holds it.
    page, pages: how far it is read.
    why: what stands against it, one line in both languages.
    """

    id: str
    kind: str
    name: str
    who: str
    at: str
    state: State = State.WAITING
    page: int = 0
    pages: int = 0
    why: str = ""
    put: str = ""
    made: str = ""
    digest: str = ""
    understood: Understood | None = None


class Items:
    """The items of a site, the newest first; those that end are forgotten when there are many."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, Item] = {}

    def add(self, item: Item) -> Item:
        """Remember one more."""
        with self._lock:
            self._held[item.id] = item
            over = len(self._held) - MOST
            for id in [one.id for one in self._held.values() if one.state in ENDS][: max(0, over)]:
                del self._held[id]
        return item

    def change(self, id: str, change: Callable[[Item], Item]) -> None:
        """Make one another."""
        with self._lock:
            if id in self._held:
                self._held[id] = change(self._held[id])

    def set(self, id: str, **changes: object) -> None:
        """The same by its fields."""
        self.change(id, lambda item: replace(item, **changes))  # type: ignore[arg-type]

    def all(self) -> Sequence[Item]:
        """All, the newest first."""
        with self._lock:
            return list(self._held.values())[::-1]

    @property
    def waiting(self) -> int:
        """How many are still on their way."""
        return sum(item.state not in ENDS for item in self.all())
