"""Reports of answers as a person reads them and as a program does; of a kept-aside file only figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from eval.answers import Report, Result, measured
from eval.bootstrap import Estimate
from eval.cases import KINDS, LANGUAGES
from eval.metrics import MEASURES
from eval.numbers import Why
from eval.outcome import Outcome

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

RULE = (
    "chỉ in tổng của tệp này, để không ai chỉnh theo nó / only the totals of this file are printed: nobody tunes on it"
)
#: The columns of the table by kind: a measure, and its heading.
COLUMNS = {
    "nugget_recall": "ý / nuggets",
    "wrong_numbers": "số sai / wrong",
    "citation_precision": "trích / cited",
    "length_ratio": "dài / length",
}


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
    """A figure in print, "–" where nothing was measured; of a large one the tenths say enough.

    >>> number(0.75), number(12), number(28.2137), number(math.nan)
    ('0.750', '12', '28.2', '–')
    """
    if math.isnan(value):
        return "–"
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def signed(value: float) -> str:
    """A difference in print, with its sign.

    >>> signed(0.25), signed(-0.5), signed(0.0)
    ('+0.250', '-0.500', '0.000')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def between(one: Estimate) -> str:
    """The interval of an estimate in print, "–" where nothing was measured."""
    return "–" if math.isnan(one.low) else f"{number(one.low)}–{number(one.high)}"


def in_words(change: Estimate, more_is_better: bool) -> str:
    """What a difference says: better or worse where its interval leaves out 0, else that chance may do as much.

    >>> in_words(Estimate(-0.2, -0.3, -0.1, 9), more_is_better=False)
    'tốt hơn / better'
    """
    if change.low == change.high == 0:
        return "như nhau / the same"
    if not change.beyond_chance:
        return "có thể do ngẫu nhiên / may be chance"
    return "tốt hơn / better" if (change.value > 0) is more_is_better else "kém hơn / worse"


def estimate_cells(one: Estimate) -> list[str]:
    """A figure, its interval and how many things were counted, as the last cells of a row."""
    return [number(one.value), between(one), str(one.n)]


def kind_label(kind: str) -> str:
    """What a kind of case is called, in both languages where it is a known one."""
    return f"{KINDS[kind]} / {kind}" if kind in KINDS else kind


def language_label(lang: str) -> str:
    """What the language of a question is called."""
    return f"[{LANGUAGES[lang]} / {lang}]" if lang in LANGUAGES else f"[{lang}]"


def answers_text(report: Report, cases: bool = False, failures: bool = False) -> Iterator[str]:
    """The report in blocks: all measures, the main ones by kind and language; if asked, each case, each failure."""
    yield f"== {report.name} ({len(report.results)} câu / cases)"
    rows = [[MEASURES[name].label, *estimate_cells(one)] for name, one in measured(report.outcomes).items()]
    yield table(["số đo / measure", "giá trị / value", "95 %", "n"], rows)
    yield table(["loại / kind", "n", "đúng / right", "95 %", *COLUMNS.values()], list(_group_rows(report)))
    if report.kept:
        yield RULE
        return
    if cases:
        yield table(["câu / case", "loại / kind", "đúng / right", "ms"], [_case_row(one) for one in report.outcomes])
    if failures:
        yield from map(failure_text, report.failures)


def groups(report: Report) -> dict[str, list[Outcome]]:
    """The outcomes of each kind, then of each language, by what it is called."""
    kinds = {kind_label(name): held for name, held in report.by(lambda one: one.category).items()}
    return kinds | {language_label(name): held for name, held in report.by(lambda one: one.lang).items()}


def group_cells(outcomes: Sequence[Outcome]) -> list[str]:
    """A row of the table by kind: how many cases, the share right with its interval, and COLUMNS."""
    found = measured(outcomes)
    right = found["right"]
    return [str(right.n), number(right.value), between(right), *(number(found[name].value) for name in COLUMNS)]


def _group_rows(report: Report) -> Iterator[list[str]]:
    for label, outcomes in groups(report).items():
        yield [label, *group_cells(outcomes)]


def _case_row(one: Outcome) -> list[str]:
    return [one.id, one.category, str(int(one.right)), number(one.ms)]


def answers_json(report: Report) -> Json:
    """The whole report for a program; what could not be measured is null.

    `cases` holds every outcome; of a file that is not kept aside also the question and what was wrong.
    """
    return {
        "name": report.name,
        "kept": report.kept,
        "measures": _measures_json(report.outcomes),
        "kinds": {name: _measures_json(held) for name, held in report.by(lambda one: one.category).items()},
        "languages": {name: _measures_json(held) for name, held in report.by(lambda one: one.lang).items()},
        "cases": [asdict(one.outcome) | ({} if report.kept else _told(one)) for one in report.results],
    }


def _measures_json(outcomes: Sequence[Outcome]) -> Json:
    return {name: estimate_json(one) for name, one in measured(outcomes).items()}


def estimate_json(one: Estimate) -> Json:
    """An estimate as an object; no values, no figures."""
    return {**numbers_json({"value": one.value, "low": one.low, "high": one.high}), "n": one.n}


def numbers_json(values: Mapping[str, float]) -> dict[str, Json]:
    """Figures by name, null for those that are not a number, which JSON cannot hold."""
    return {name: None if math.isnan(value) else value for name, value in values.items()}


def _told(one: Result) -> dict[str, Json]:
    """What is told of a case that is not kept aside."""
    return {
        "question": one.case.question,
        "missing": list(one.verdict.missing),
        "forbidden_words": list(one.verdict.forbidden),
        "wrong": [{"figure": wrong.figure, "why": wrong.why.name.lower()} for wrong in one.wrong],
    }


def wrong_with(one: Result) -> Iterator[str]:
    """What is wrong with an answer, a line each."""
    yield from (f"thiếu / missing: {words}" for words in one.verdict.missing)
    yield from (f"không được có / forbidden: {words}" for words in one.verdict.forbidden)
    others = [wrong for wrong in one.wrong if wrong.why is not Why.FORBIDDEN]
    yield from (f"số sai / wrong number: {wrong.figure} ({wrong.why})" for wrong in others)
    if one.answer.abstained == one.case.answerable:
        yield "từ chối / abstained" if one.answer.abstained else "không từ chối / did not abstain"


def failure_text(one: Result) -> str:
    """What was asked, what is wrong, and how the answer begins."""
    said = " ".join(one.answer.text.split())
    lines = [f"✗ {one.case.id}: {one.case.question}"]
    lines += [f"    trước đó / before: {turn.content}" for turn in one.case.history]
    lines += [f"    {what}" for what in wrong_with(one)]
    return "\n".join([*lines, f"    trả lời / answer: {said[:400]}{'…' if len(said) > 400 else ''}"])
