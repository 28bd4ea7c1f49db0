"""The words of notices.toml, in the language of the question."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from corpus.vocabulary import read_toml


def instead(why: str, english: bool) -> str:
    """Why the composed answer is shown and not a model's."""
    return frame("instead", english, why=_say("instead", why, english))


def frame(name: str, english: bool, **values: str) -> str:
    """A line around an answer, with a capital letter at its start."""
    said = _say("frame", name, english).format(**values)
    return said[:1].upper() + said[1:]


def to_operator(why: str, name: str, address: str) -> str:
    """What is wrong with a model and what to do, in both languages, for whoever runs the site."""
    row = _table()["operator"].get(why, _table()["operator"]["other"])
    return " / ".join(row[language].format(name=name, address=address or "–") for language in ("vi", "en"))


def reason(why: str) -> str:
    """What a model is told of a sentence of its own that is not shown."""
    said: str = _table()["reasons"][why]
    return said


def _say(part: str, name: str, english: bool) -> str:
    said: str = _table()[part][name]["en" if english else "vi"]
    return said


@cache
def _table() -> Any:
    return read_toml(Path(__file__).with_name("notices.toml"))
