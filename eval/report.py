"""Reports as a person reads them and as a program does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from eval.answers import Report, Result
from eval.metrics import Estimate

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under a head, the first one to the left and the others to the right.

    >>> print(table(["nhóm", "đúng"], [["duties", "0.80"]]))
    nhóm    đúng
    ------  ----
    duties  0.80
    """
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return "  ".join(padded).rstrip()


def number(value: float) -> str:
    """A figure in print, "–" where nothing was measured.

    >>> number(0.75), number(12), number(math.nan)
    ('0.750', '12', '–')
    """
    if math.isnan(value):
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def estimate_cells(one: Estimate) -> list[str]:
    """A mean, its interval and how many values are in it, as the last cells of a row."""
    return [number(one.mean), f"{number(one.low)}–{number(one.high)}", str(one.n)]


SHARE_HEAD = ("đúng / right", "95%", "n")


def answers_text(report: Report, failures: bool = False) -> Iterator[str]:
    """The report in blocks: every case, the shares, the other measures, and if asked what was wrong where."""
    yield f"== {report.name}"
    yield table(["câu / case", "loại / category", "điểm / score", "ms"], [_case_row(one) for one in report.results])
    shares = [_all_row(report)]
    shares += [[name, *estimate_cells(one)] for name, one in report.by(lambda case: case.category).items()]
    shares += [[f"[{name}]", *estimate_cells(one)] for name, one in report.by(lambda case: case.lang).items()]
    yield table(["nhóm / group", *SHARE_HEAD], shares)
    yield _measures(report)
    if failures:
        yield from map(_failure, (one for one in report.results if not one.verdict.right))


def totals_text(report: Report) -> Iterator[str]:
    """The share right and the other measures over all cases, and nothing of any one of them."""
    yield f"== {report.name}"
    yield table(["nhóm / group", *SHARE_HEAD], [_all_row(report)])
    yield _measures(report)


def _all_row(report: Report) -> list[str]:
    return ["tất cả / all", *estimate_cells(report.right)]


def _measures(report: Report) -> str:
    return table(["số đo / measure", ""], [[name, number(value)] for name, value in report.measures().items()])


def totals_json(report: Report) -> dict[str, Json]:
    """The totals for a program; what could not be measured is null."""
    return {
        "name": report.name,
        "right": estimate_json(report.right),
        "measures": numbers_json(report.measures()),
    }


def answers_json(report: Report) -> Json:
    """The whole report for a program, what was wrong in each case too."""
    return {
        **totals_json(report),
        "categories": {name: estimate_json(one) for name, one in report.by(lambda case: case.category).items()},
        "languages": {name: estimate_json(one) for name, one in report.by(lambda case: case.lang).items()},
        "cases": [{**_case_json(one), **_wrong_json(one)} for one in report.results],
    }


def estimate_json(one: Estimate) -> Json:
    """An estimate as an object; no values, no figures."""
    return {**numbers_json({"mean": one.mean, "low": one.low, "high": one.high}), "n": one.n}


def numbers_json(values: Mapping[str, float]) -> dict[str, Json]:
    """Figures by name, null for those that are not a number, which JSON cannot hold."""
    return {name: None if math.isnan(value) else value for name, value in values.items()}


def _case_row(one: Result) -> list[str]:
    return [one.case.id, one.case.category, str(int(one.verdict.right)), f"{one.seconds * 1000:.0f}"]


def _wrong_json(one: Result) -> dict[str, Json]:
    return {"missing": list(one.verdict.missing), "forbidden": list(one.verdict.forbidden)}


def _case_json(one: Result) -> dict[str, Json]:
    return {
        "id": one.case.id,
        "category": one.case.category,
        "lang": one.case.lang,
        "score": int(one.verdict.right),
        "abstained": one.answer.abstained,
        "citations": one.quotes.total,
        "length": one.length,
        "ms": round(one.seconds * 1000, 3),
    }


def _failure(one: Result) -> str:
    """What was asked, what is wrong, and how the answer begins."""
    said = " ".join(one.answer.text.split())
    lines = [f"✗ {one.case.id}: {one.case.question}"]
    lines += [f"    trước đó / before: {turn.content}" for turn in one.case.history]
    lines += [f"    thiếu / missing: {words}" for words in one.verdict.missing]
    lines += [f"    không được có / forbidden: {words}" for words in one.verdict.forbidden]
    if one.answer.abstained == one.case.answerable:
        lines.append("    từ chối / abstained" if one.answer.abstained else "    không từ chối / did not abstain")
    return "\n".join([*lines, f"    trả lời / answer: {said[:400]}{'…' if len(said) > 400 else ''}"])
