"""The assistant of a site that goes on while plans are added: each question is answered from one generation, whole."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from assistant.generate.grounds import Grounds
from assistant.harm import Need
from assistant.pipeline import Assistant, assistant_of
from assistant.plans import Plans
from assistant.question import Turn
from assistant.retrieve import PlanRetriever
from assistant.steps import Request, Trail
from assistant.typing_slips import Typing
from index import generation, open_index

if TYPE_CHECKING:
    from assistant.generate.writer import Writer

#: Seconds between two looks at whether the index was built anew.
EVERY = 0.2
#: Seconds after which one that could not be opened is tried once more.
AGAIN = 30.0
_LOG = logging.getLogger(__name__)

#: Makes of an assistant over a new generation the one that answers.
Prepare = Callable[[Assistant], Assistant]


@dataclass
class _State:
    """What changes: the assistant of now; a generation that could not be opened, and when that is tried again."""

    now: Assistant
    folder: Path
    prepare: Prepare
    writer: Writer | None = None
    left_aside: str = ""
    again: float = 0.0
    told: list[Callable[[], None]] = field(default_factory=list)


class Live(Assistant):
    """An assistant over whatever generation of the index in a folder is served; it is the same as `now`, only later.

    prepare: what else has to be ready before a new generation answers, the processes that answer for one.
    """

    def __init__(
        self,
        first: Assistant,
        folder: Path,
        prepare: Prepare = lambda assistant: assistant,
        writer: Writer | None = None,
    ) -> None:
        object.__setattr__(self, "_state", _State(first, folder, prepare, writer))

    _state: _State

    @property
    def writer(self) -> Writer | None:
        """What writes by a language model, the same for every generation."""
        return self._state.writer

    @property
    def now(self) -> Assistant:
        """The assistant over the generation that is served now."""
        return self._state.now

    @property
    def plans(self) -> Plans:
        """The plans of now."""
        return self.now.plans

    @property
    def retriever(self) -> PlanRetriever:
        """The retriever of now."""
        return self.now.retriever

    @property
    def typing(self) -> Typing:
        """What is known of typing now."""
        return self.now.typing

    @property
    def at_once(self) -> int:
        """How many questions are worth handing in at the same time; those that wait for a model hold up no other."""
        return self.now.at_once + (self.writer.at_once if self.writer else 0)

    def grounded(self, request: Request, given: bool = True) -> Grounds:
        """What is composed, from one generation."""
        return self.now.grounded(request, given)

    def tells(self, *texts: str) -> Need:
        """What some texts tell of harm."""
        return self.now.tells(*texts)

    def trail(self, question: str, history: Sequence[Turn] = ()) -> Trail:
        """How a question comes to its answer."""
        return self.now.trail(question, history)

    def renew(self) -> bool:
        """Take the generation that is served, if it is another one; whether it was. What it cannot open it leaves."""
        state, before = self._state, self.now.plans
        name = generation.name(state.folder)
        rests = name == state.left_aside and monotonic() < state.again
        if rests or name in {"", before.index.name}:
            return False
        try:
            plans = before.after(open_index(state.folder, before.index))
            state.now = state.prepare(assistant_of(plans))
        except Exception as error:  # whatever is wrong with the new one, the one before goes on answering
            state.left_aside, state.again = name, monotonic() + AGAIN
            _LOG.error("the new index is left aside: %s", " ".join(str(error).split()))
            return False
        for tell in state.told:
            tell()
        return True

    def when_renewed(self, tell: Callable[[], None]) -> None:
        """Have something told whenever another generation was taken."""
        self._state.told.append(tell)

    def follow(self, renewed: Callable[[], None] = lambda: None) -> threading.Event:
        """Look for a new generation every now and then, in a thread that ends when the event is set."""
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(EVERY):
                if self.renew():
                    renewed()

        threading.Thread(target=look, name="index", daemon=True).start()
        return ended
