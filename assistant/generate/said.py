"""What a language model says, message by message: its text goes on, its thoughts do not, how it ended is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.generate.faults import Fault

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

_OPEN, _CLOSE = "<think>", "</think>"
#: What packages call the reason why a text ends, and which reasons say that it is none.
_REASONS = ("finish_reason", "done_reason", "stop_reason", "stopReason")
_LENGTH = frozenset({"length", "max_tokens", "max_output_tokens", "model_length"})
_DECLINED = frozenset({"content_filter", "refusal", "safety"})
_NO_ANSWER = frozenset({"abort", "error", "function_call", "tool_calls", "tool_use"})


class Said:
    """What came of a call so far.  longest: characters.  pass_on: takes each piece of text."""

    def __init__(self, longest: int, pass_on: Callable[[str], None]) -> None:
        self.longest, self.pass_on = longest, pass_on
        self._thoughts = Thoughts()
        self._length, self._has_text, self._reason = 0, False, ""

    def heard(self, message: AIMessage) -> Fault | None:
        """Take the next part of a message."""
        called = (message.tool_calls, message.invalid_tool_calls, message.additional_kwargs.get("function_call"))
        if any(called):
            return Fault.SCHEMA
        about = message.response_metadata
        reason = next((about[name] for name in _REASONS if about.get(name)), "stop" if about.get("done") else "")
        self._reason = str(reason).lower() or self._reason
        return self._pass_on(self._thoughts.left(str(message.text)))

    def finished(self) -> Fault | None:
        """Whether what came is an answer."""
        fault = self._pass_on(self._thoughts.rest())
        if fault or self._reason in _LENGTH:
            return fault or Fault.TOO_LONG
        if self._reason in _DECLINED:
            return Fault.DECLINED
        if not self._has_text or self._reason in _NO_ANSWER:
            return Fault.SCHEMA
        return None if self._reason else Fault.CUT

    def _pass_on(self, piece: str) -> Fault | None:
        self._length += len(piece)
        if self._length > self.longest:
            return Fault.TOO_LONG
        self._has_text = self._has_text or bool(piece.strip())
        if piece:
            self.pass_on(piece)
        return None


class Thoughts:
    """Leaves out what a model says to itself before it answers, however it is cut into pieces.

    >>> thoughts = Thoughts()
    >>> [thoughts.left(piece) for piece in ("<thi", "nk>So", " 5.</th", "ink> ", "Có 5", " [1].")]
    ['', '', '', '', 'Có 5', ' [1].']
    """

    def __init__(self) -> None:
        self._held, self._thinks, self._answers = "", False, False

    def left(self, piece: str) -> str:
        """What is left of the next piece, with what was held back for it."""
        if self._answers:
            return piece
        self._held = self._held + piece if self._thinks else (self._held + piece).lstrip()
        self._thinks = self._thinks or self._held.startswith(_OPEN)
        if self._thinks:
            _, closed, after = self._held.partition(_CLOSE)
            if not closed:
                self._held = self._held[1 - len(_CLOSE) :]
                return ""
            self._held, self._thinks = "", False
            return self.left(after)
        if _OPEN.startswith(self._held):  # nothing so far, or perhaps the beginning of a thought
            return ""
        self._answers = True
        return self.rest()

    def rest(self) -> str:
        """What was held back, when no more comes."""
        held, self._held = self._held, ""
        return "" if self._thinks else held
