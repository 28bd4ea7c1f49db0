"""Every example in a docstring gives what it says it gives."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("assistant", "corpus", "eval", "index", "prompts")
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if ">>>" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_examples_give_what_they_say(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    done = doctest.testmod(import_module(name))
    assert (done.attempted > 0, done.failed) == (True, 0)
