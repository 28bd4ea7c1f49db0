"""Someone needs help now: fixed words, the hotline first, then what the plans say of where to report.

Words of safety.toml decide, none of them alone: something done, to or by a person near by, and nothing that makes it
an officer's question. Nothing of such a question is kept, and no model ever sees it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import prompts
from assistant.compose import Reply, Task, compose
from assistant.compose.hotline import say_channels
from assistant.cues import Kind, Value
from corpus.names import Names
from corpus.vocabulary import read_toml
from corpus.words import fold, is_accented, nfc

_FILE = Path(__file__).with_name("safety.toml")


def is_disclosure(question: str) -> bool:
    """Whether a question tells of harm or danger to a person."""
    text = nfc(question)
    if any(True for _ in _words("official").find(text)):
        return False
    return _tells(text) or (is_accented(text) and _tells(fold(text)))


def safe_answer(task: Task) -> Reply:
    """The fixed text, then the channels that the plans name; the rest of the question only if they hold it."""
    draft = task.draft()
    for line in prompts.text("help_now", task.question.english).splitlines():
        draft.line(f"{line}  ")
    draft.line()
    say_channels(task, draft)
    return Reply(draft, abstained=_asks_more(task) and compose(task).abstained)


def _tells(text: str) -> bool:
    harmed = any(True for _ in _words("harm").find(text)) or _harm().search(" ".join(fold(text).split())) is not None
    return harmed and any(True for _ in _words("person").find(text))


def _asks_more(task: Task) -> bool:
    """Whether something besides whom to call is asked."""
    return Kind.HOTLINE not in task.question.kinds and bool(task.question.values - {Value.PHONE})


@cache
def _harm() -> re.Pattern[str]:
    patterns: tuple[str, ...] = read_toml(_FILE)["told"]["harm_patterns"]
    return re.compile("|".join(patterns))


@cache
def _words(name: str) -> Names[bool]:
    phrases: tuple[str, ...] = read_toml(_FILE)["told"][name]
    return Names((phrase, True) for phrase in phrases)
