"""Figures and their intervals by hand and against numpy; two saved results side by side."""

from __future__ import annotations

import json
import math
import random
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from eval.__main__ import main
from eval.bootstrap import Estimate, Quantile, Share, difference, estimate, mean_of
from eval.metrics import percentile
from eval.outcome import Outcome
from eval.report import in_words

COUNTS = np.array([[1.0, 1, 1], [2, 0, 1], [0, 3, 0]])


@pytest.mark.parametrize(
    ("sample", "figures"),
    [
        (Share((1, 0, 2), (2, 1, 2)), [3 / 5, 4 / 6, 0.0]),
        (Share((1, 0, 2), (2, 0, 2)), [3 / 4, 4 / 6, math.nan]),
        (mean_of([1.0, 0.0, 0.5]), [0.5, 2.5 / 3, 0.0]),
        (Quantile((3.0, None, 1.0), 50), [2.0, 3.0, math.nan]),
        (Quantile((3.0, 2.0, 1.0), 50), [2.0, 3.0, 2.0]),
        (Quantile((4.0, 2.0, 1.0), 25), [1.5, 2.5, 2.0]),
    ],
)
def test_figures_for_counts_by_hand(sample: Share | Quantile, figures: list[float]) -> None:
    assert sample.figures(COUNTS).tolist() == pytest.approx(figures, nan_ok=True)


@pytest.mark.parametrize("seed", range(5))
def test_percentiles_of_counts_are_those_of_the_cases_drawn(seed: int) -> None:
    """Cases repeated as often as they were drawn, and numpy's percentile of them."""
    chance = random.Random(seed)
    values = [chance.choice([1.0, 2.5, 2.5, 7.0, 9.0]) for _ in range(12)]
    counts = [chance.randrange(4) for _ in values]
    drawn = [value for value, times in zip(values, counts, strict=True) for _ in range(times)]
    for q in (5, 50, 95):
        found = Quantile(tuple(values), q).figures(np.array([counts], dtype=float))[0]
        assert found == pytest.approx(np.percentile(drawn, q))
        assert estimate(Quantile(tuple(values), q)).value == pytest.approx(percentile(values, q))


def test_interval_is_that_of_a_share() -> None:
    """60 right of 100: the normal interval is 0.6 ± 1.96 * sqrt(0.24 / 100) = 0.504 to 0.696."""
    shares = estimate(mean_of([1.0] * 60 + [0.0] * 40))
    assert (shares.value, shares.n) == (0.6, 100)
    assert shares.low == pytest.approx(0.504, abs=0.015)
    assert shares.high == pytest.approx(0.696, abs=0.015)
    assert estimate(mean_of([1.0] * 60 + [0.0] * 40)) == shares


def test_interval_of_a_median_holds_it() -> None:
    """Of 1 … 99 the 95 % interval runs, by the binomial order statistics, from about the 40th to the 60th."""
    median = estimate(Quantile(tuple(map(float, range(1, 100))), 50))
    assert median.value == 50
    assert median.low == pytest.approx(40, abs=2)
    assert median.high == pytest.approx(60, abs=2)


def test_paired_interval_is_narrower_than_that_of_two_runs() -> None:
    """10 of 100 lost, none gained: -0.1 ± 1.96 * sqrt(0.1 * 0.9 / 100) = -0.159 to -0.041."""
    before, after = mean_of([1.0] * 60 + [0.0] * 40), mean_of([1.0] * 50 + [0.0] * 50)
    change = difference(before, after)
    assert (change.value, change.n) == (pytest.approx(-0.1), 100)
    assert change.low == pytest.approx(-0.159, abs=0.01)
    assert change.high == pytest.approx(-0.041, abs=0.01)
    assert change.beyond_chance
    assert difference(before, before) == Estimate(0, 0, 0, 100)


def test_nothing_measured_is_no_figure() -> None:
    for sample in (mean_of([]), Quantile((), 50), Quantile((None,), 50), Share((0.0,), (0.0,))):
        found = estimate(sample)
        assert math.isnan(found.value)
        assert math.isnan(found.low)
        assert found.n == 0
    with pytest.raises(ValueError, match="1 cases cannot be paired with 2"):
        difference(mean_of([1.0]), mean_of([1.0, 0.0]))


@pytest.mark.parametrize(
    ("low", "high", "more_is_better", "said"),
    [
        (0.1, 0.3, True, "better"),
        (0.1, 0.3, False, "worse"),
        (-0.3, -0.1, True, "worse"),
        (-0.1, 0.3, True, "may be chance"),
        (0.0, 0.3, True, "may be chance"),
        (0.0, 0.0, True, "the same"),
        (math.nan, math.nan, True, "may be chance"),
    ],
)
def test_a_difference_in_words(low: float, high: float, more_is_better: bool, said: str) -> None:
    assert in_words(Estimate((low + high) / 2, low, high, 9), more_is_better).endswith(said)


# two results


def saved(path: Path, right: str, name: str = "mine.jsonl", kept: bool = False, prefix: str = "c") -> Path:
    """What `answers --json` prints for cases that are right (1) or not (0), one a figure."""
    outcomes = [
        Outcome(f"{prefix}{at}", "duties", "vi", True, declined=False, right=one == "1", ms=5.0)
        for at, one in enumerate(right)
    ]
    told = [asdict(one) | ({} if kept else {"question": f"Câu {one.id}?", "missing": []}) for one in outcomes]
    path.write_text(json.dumps([{"name": name, "kept": kept, "measures": {}, "cases": told}]), encoding="utf-8")
    return path


def test_two_results_are_compared_case_by_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of 40 cases in both, 20 became right and one wrong: 0.25 to 0.725; a case more in B."""
    before = saved(tmp_path / "a.json", "1" * 10 + "0" * 30)
    after = saved(tmp_path / "b.json", "0" + "1" * 9 + "1" * 20 + "0" * 10 + "1")
    assert main(["compare", str(before), str(after)]) == 0
    printed = capsys.readouterr().out
    assert "40 câu chung / cases in both; 0 chỉ có trước / only before, 1 chỉ có sau / only after" in printed
    right = next(line for line in printed.splitlines() if line.startswith("đúng / right"))
    assert right.split()[3:6] == ["0.250", "0.725", "+0.475"]
    assert right.endswith("tốt hơn / better")
    assert "became right: 20; thành sai / became wrong: 1" in printed
    assert "✗ c0: Câu c0?" in printed
    assert "✓ c10: Câu c10?" in printed
    assert "c5" not in printed


def test_files_that_were_renamed_are_compared_by_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = saved(tmp_path / "a.json", "110"), saved(tmp_path / "b.json", "111", name="other.jsonl")
    assert main(["compare", str(before), str(after)]) == 0
    assert "3 câu chung / cases in both" in capsys.readouterr().out


def test_of_files_kept_aside_only_totals_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = saved(tmp_path / "a.json", "10", kept=True), saved(tmp_path / "b.json", "01")
    assert main(["compare", str(before), str(after)]) == 0
    printed = capsys.readouterr().out
    assert "became right: 1; thành sai / became wrong: 1" in printed
    assert "Câu" not in printed


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        ("{", "not what answers --json prints"),
        ('[{"name": "x"}]', "0.kept"),
    ],
)
def test_what_is_no_result_is_named(
    content: str | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "b.json"
    if content is not None:
        wrong.write_text(content, encoding="utf-8")
    assert main(["compare", str(saved(tmp_path / "a.json", "1")), str(wrong)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_results_without_a_case_in_common_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after = saved(tmp_path / "a.json", "11"), saved(tmp_path / "b.json", "11", prefix="d")
    assert main(["compare", str(before), str(after)]) == 2
    assert "it shares no case with" in capsys.readouterr().err
