"""What tests of `python -m assistant` share: the command as a process, what it refuses, the shape of an answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from asking import plan

from assistant.__main__ import main

ROOT = Path(__file__).parent.parent
KEYS = ["id", "question", "answer", "abstained", "emergency", "scope", "citations", "latency_ms"]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, env={**os.environ, **environment}
    )


def of_contract(answer: dict[str, Any]) -> None:
    """Keys in the order of the contract, values of its types."""
    assert list(answer) == KEYS
    assert [type(answer[key]) for key in KEYS] == [str, str, str, bool, bool, dict, list, float]
    assert list(answer["scope"]) == ["provinces", "years", "agencies"]
    assert all(isinstance(place, str) for place in answer["scope"]["provinces"] + answer["scope"]["agencies"])
    assert all(isinstance(year, int) for year in answer["scope"]["years"])
    for one in answer["citations"]:
        assert list(one) == ["n", "doc", "title", "section", "quote", "start", "end"]
        assert [type(value) for value in one.values()] == [int, str, str, str, str, int, int]
        assert plan(one["doc"])[one["start"] : one["end"]] == one["quote"]
        assert f"[{one['n']}]" in answer["answer"]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What stderr says: one line, with exit status 2 and nothing on stdout."""
    try:
        status = main(list(arguments))
    except SystemExit as ended:  # argparse's own
        status = int(ended.code or 0)
    heard = capsys.readouterr()
    assert (status, heard.out) == (2, "")
    assert "Traceback" not in heard.err
    assert heard.err.count("\n") == 1, heard.err
    return heard.err
