"""Two runs of `answers --json` side by side: what changed, and whether chance alone would change as much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from eval.bootstrap import difference, estimate
from eval.lines import Unreadable, amiss, content
from eval.metrics import MEASURES, Measure
from eval.outcome import Outcome
from eval.report import RULE, in_words, number, signed, table


@dataclass(frozen=True, slots=True)
class SavedCase(Outcome):
    """An outcome as it was saved; `question` is empty in a file that is kept aside."""

    question: str = ""


@dataclass(frozen=True, slots=True)
class SavedReport:
    """One file of cases as `answers --json` saved it."""

    name: str
    kept: bool
    cases: tuple[SavedCase, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The cases of one file that both runs have, in the same order, and how many only one has."""

    name: str
    kept: bool
    before: tuple[SavedCase, ...]
    after: tuple[SavedCase, ...]
    only_before: int
    only_after: int


#: Said of times, which differ from run to run with how busy the machine is.
BUSY = "tùy máy / depends on the machine"

_SAVED = TypeAdapter(tuple[SavedReport, ...])


def load_saved(path: Path) -> tuple[SavedReport, ...]:
    """What `answers --json` printed into a file. Raises Unreadable."""
    try:
        return _SAVED.validate_json(content(path))
    except ValidationError as error:
        vi, en = "không phải kết quả của answers --json", "it is not what answers --json prints"
        raise Unreadable(path, f"{vi} ({amiss(error)})", f"{en} ({amiss(error)})") from error


def paired(before: Path, after: Path) -> list[Pairing]:
    """The files of the first run with cases of the second, matched by id. Raises Unreadable where there is none."""
    first, second = load_saved(before), load_saved(after)
    pairings = [one for report in first if (one := _pairing(report, second)).before]
    if not pairings:
        raise Unreadable(after, f"không có câu nào chung với {before}", f"it shares no case with {before}")
    return pairings


def _pairing(report: SavedReport, others: Sequence[SavedReport]) -> Pairing:
    """One file beside the cases of the same ids; what the second run has besides is counted in a file of that name."""
    later = {case.id: case for other in others for case in other.cases}
    shared = [case for case in report.cases if case.id in later]
    known = {case.id for case in report.cases}
    fresh = [case for other in others if other.name == report.name for case in other.cases if case.id not in known]
    kept = report.kept or any(other.kept for other in others if {one.id for one in other.cases} & known)
    matched = tuple(later[case.id] for case in shared)
    return Pairing(report.name, kept, tuple(shared), matched, len(report.cases) - len(shared), len(fresh))


def compare_text(pairings: Sequence[Pairing]) -> Iterator[str]:
    """For each file: every measure before and after, the difference with its interval, then the cases that changed."""
    for one in pairings:
        yield _heading(one)
        rows = [_row(measure, one) for measure in MEASURES.values()]
        yield table(["số đo / measure", "trước / A", "sau / B", "hiệu / diff.", "95 %", ""], rows)
        yield _changes(one)


def _heading(one: Pairing) -> str:
    only = f"{one.only_before} chỉ có trước / only before, {one.only_after} chỉ có sau / only after"
    return f"== {one.name} ({len(one.before)} câu chung / cases in both; {only})"


def _row(measure: Measure, pair: Pairing) -> list[str]:
    before, after = measure.of(pair.before), measure.of(pair.after)
    change = difference(before, after)
    figures = [number(estimate(sample, rounds=1).value) for sample in (before, after)]
    between = f"{signed(change.low)} … {signed(change.high)}"
    words = BUSY if measure.clocked else in_words(change, measure.more_is_better)
    return [measure.label, *figures, signed(change.value), between, words]


def _changes(one: Pairing) -> str:
    """The cases that became right and those that became wrong; of a file that is kept aside, how many."""
    pairs = list(zip(one.before, one.after, strict=True))
    gained = [after for before, after in pairs if after.right and not before.right]
    lost = [after for before, after in pairs if before.right and not after.right]
    lines = [f"thành đúng / became right: {len(gained)}; thành sai / became wrong: {len(lost)}"]
    if one.kept:
        return "\n".join([*lines, RULE])
    marked: Mapping[str, list[SavedCase]] = {"✓": gained, "✗": lost}
    return "\n".join(
        [*lines, *(f"{mark} {case.id}: {case.question}" for mark, held in marked.items() for case in held)]
    )
