"""Questions that are not asked in the chat: answered off the event loop, as many at once as is worth while."""

from __future__ import annotations

import logging
from functools import partial

from anyio import CapacityLimiter, to_thread

from assistant.answer import Answer
from assistant.filters import NotHeld, ask_within
from assistant.pipeline import Assistant
from assistant.question import Turn
from assistant.web.api_models import Ask
from assistant.web.failures import where
from assistant.web.refused import Refused
from assistant.web.strings import phrase
from corpus.vocabulary import child_line

_log = logging.getLogger(__name__)


class Desk:
    """One for each group of addresses, so that none waits for another's; how many may wait, `Limits` says."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._places = CapacityLimiter(assistant.at_once)

    async def ask(self, asked: Ask) -> Answer:
        """The answer. Raises Refused: 422 for a filter that no plan passes, 500 on failure."""
        return await to_thread.run_sync(partial(self._answer, asked), limiter=self._places)

    def _answer(self, asked: Ask) -> Answer:
        history = [Turn(turn.role, turn.content) for turn in asked.history]
        try:
            return ask_within(self.assistant, asked.question, history, asked.filters)
        except NotHeld as error:
            raise Refused(422, f"{error}. {phrase('call_now', number=child_line().number).both}") from None
        except Exception as error:  # what is said and written down of it names no word of the question
            _log.error("a question failed: %s", where(error))
            raise Refused(500, phrase("problem_500", number=child_line().number).both) from None
