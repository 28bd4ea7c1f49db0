"""The floors hold; one that does not is named; a file of floors that says nonsense is refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from evaluating import unanswerable_file

from eval import commands
from eval import floors as floors_module
from eval.__main__ import main
from eval.floors import FLOORS, Held, held, load_floors


def test_no_figure_is_below_its_floor(index_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["floors", "--index", str(index_folder)])
    heard = capsys.readouterr()
    assert (status, heard.err) == (0, "")
    assert "✗" not in heard.out


@pytest.mark.parametrize(
    ("name", "bound", "value", "holds"),
    [
        ("right", 0.9, 0.9, True),
        ("right", 0.9, 0.89, False),
        ("wrong_numbers", 0.02, 0.02, True),
        ("wrong_numbers", 0.02, 0.03, False),
        ("worst_drop", -0.1, -0.05, True),
        ("worst_drop", -0.1, -0.2, False),
        ("right", 0.0, math.nan, False),
    ],
)
def test_what_holds(name: str, bound: float, value: float, holds: bool) -> None:
    assert Held("x.jsonl", name, bound, value).holds is holds


def test_bounds_of_what_was_not_measured_are_left_out() -> None:
    bounds = {"right": 0.5, "worst_drop": -0.1}
    assert [one.name for one in held("x.jsonl", bounds, {"right": 1.0, "forbidden": 0.0})] == ["right"]


@pytest.mark.parametrize("drop", [None, 0.1])
def test_what_fell_is_named_and_ends_with_1(
    drop: float | None,
    index_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A question that cannot be answered rightly, right in no way of typing either."""
    unanswerable_file(tmp_path / "mine.jsonl", "m-1", "Sở Y tế Khánh Hòa phải làm gì?")
    own = tmp_path / "floors.toml"
    more = f"worst_drop = {drop}\n" if drop else ""
    own.write_text(f'["mine.jsonl"]\nright = 0.5\nquote_fidelity = 1.0\n{more}', encoding="utf-8")
    monkeypatch.setattr(floors_module, "FLOORS", own)
    monkeypatch.setattr(commands, "CASES", tmp_path)
    assert main(["floors", "--index", str(index_folder)]) == 1
    heard = capsys.readouterr()
    worst = ["✗ mine.jsonl: giảm nhiều nhất / worst drop: 0.000 < 0.100"] if more else []
    assert heard.err.splitlines() == ["✗ mine.jsonl: đúng / right: 0.000 < 0.500", *worst]
    assert "quote fidelity" in heard.out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[x", "malformed"),
        ('["a.jsonl"]\nright = "viel"', "a.jsonl.right"),
        ('["a.jsonl"]\nspeed = 1', "there is no measure speed"),
        ('["a.jsonl"]\nright = 1', "there is no such file"),
    ],
)
def test_floors_that_say_nonsense_are_refused(
    content: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    own = tmp_path / "floors.toml"
    own.write_text(content, encoding="utf-8")
    monkeypatch.setattr(floors_module, "FLOORS", own)
    monkeypatch.setattr(commands, "CASES", tmp_path)
    assert main(["floors"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_floors_name_files_that_there_are() -> None:
    assert all((commands.CASES / name).exists() for name in load_floors(FLOORS))
