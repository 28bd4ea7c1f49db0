"""Questions of programs: answered off the event loop, a few at a time; too many are refused, not kept waiting."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread

from assistant.filters import NotHeld, provinces_held, years_held
from assistant.harm import Need
from assistant.pipeline import Assistant
from assistant.question import Turn
from assistant.web.api_models import Ask
from assistant.web.failures import where
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

AT_ONCE = 4  # answered at the same time, as many as the page's own
WAITING = 16  # more than these are told to come back
_log = logging.getLogger(__name__)


class Desk:
    """One a door: the API has its places and the tools have theirs."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._places = CapacityLimiter(AT_ONCE)
        self._inside = 0  # answered or waiting; counted here, since the limiter sees a caller only a step later

    async def ask(self, asked: Ask) -> dict[str, Any]:
        """The contract's JSON. Raises Refused: 422 for a filter that no plan passes, 503 when busy, 500 on failure."""
        if self._inside >= AT_ONCE + WAITING:
            raise Refused(503, phrase("problem_503").both, {"Retry-After": "2"})
        self._inside += 1
        try:
            return await to_thread.run_sync(partial(self._answer, asked), limiter=self._places)
        finally:
            self._inside -= 1

    def _answer(self, asked: Ask) -> dict[str, Any]:
        history = [Turn(turn.role, turn.content) for turn in asked.history]
        documents = self.assistant.documents
        try:
            provinces, years = provinces_held(documents, asked.provinces), years_held(documents, asked.years)
            return self.assistant.ask(asked.question, history, provinces, years).to_json(asked.id)
        except NotHeld as error:
            if self.assistant.tells(asked.question) in {Need.OPEN, Need.TOLD}:  # no filter keeps anybody from help
                return self.assistant.ask(asked.question, history).to_json(asked.id)
            raise Refused(422, str(error)) from None
        except Exception as error:  # what is said and written down of it names no word of the question
            _log.error("a question failed: %s", where(error))
            raise Refused(500, phrase("problem_500", number=child_line().number).both) from None
