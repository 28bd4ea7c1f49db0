"""What came of reading plans again from every format, as a person reads it and as a program does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from eval.bootstrap import estimate
from eval.formats import Answered, Reread, Roundtrip
from eval.metrics import MEASURES
from eval.report import Json, estimate_json, in_words, number, numbers_json, signed, table

#: The measures told of each file of cases.
TOLD = ("right", "nugget_recall", "wrong_numbers", "citation_precision", "quote_fidelity")
#: Figures and fields that differ, and lines of changed sections, shown at most.
_FEW, _LINES = 6, 40

_HEAD = ["kế hoạch / plan", "mục / sections", "đọc / read", "giống / same", "tên mục / titles", "tiếng / words"]
_HEAD += ["số / figures", "ô bảng / cells", "khác / differs", "giây / s"]


def roundtrip_text(one: Roundtrip, changes: bool = False) -> Iterator[str]:
    """A format in blocks: a row a plan; if asked, the sections that differ; then the answers beside the text's."""
    yield f"== {one.format.name}: {one.format.label}"
    yield table(_HEAD, [_row(plan) for plan in one.plans])
    if changes:
        yield from (_changes(plan) for plan in one.plans if plan.alike and plan.alike.changes)
    yield from (f"! {line}" for line in one.unread)
    for answered in one.answers:
        yield _answers(answered)


def _row(plan: Reread) -> list[str]:
    found = plan.alike
    if found is None:
        return [plan.doc, "–", "không đọc được / unread", *["–"] * 6, f"{plan.seconds:.1f}"]
    shares = [found.sections, found.titles, found.words, found.numbers, found.cells]
    figures = [str(found.expected), str(found.found), *map(_share, shares)]
    return [plan.doc, *figures, _differs(plan), f"{plan.seconds:.1f}"]


def _share(value: float) -> str:
    """A share in print; one that only rounds to 1 does not look like it."""
    return "0.9999" if 0.9995 <= value < 1 else number(value)


def _differs(plan: Reread) -> str:
    """The figures and the metadata that differ, the first few."""
    if plan.alike is None:
        return ""
    told = [*plan.alike.fields, *plan.alike.wrong]
    return " ".join(told[:_FEW]) + (f" … ({len(told)})" if len(told) > _FEW else "")


def _changes(plan: Reread) -> str:
    lines = plan.alike.changes if plan.alike else ()
    more = [f"  … ({len(lines)})"] if len(lines) > _LINES else []
    return "\n".join([f"{plan.doc}:", *(f"  {line}" for line in lines[:_LINES]), *more])


def _answers(one: Answered) -> str:
    head = [
        f"{one.text.name} ({len(one.text.results)})",
        "văn bản / text",
        "đọc lại / reread",
        "hiệu / diff.",
        "95 %",
        "",
    ]
    return table(head, [_measure(one, name) for name in TOLD])


def _measure(one: Answered, name: str) -> list[str]:
    measure = MEASURES[name]
    change = one.difference(name)
    values = [estimate(measure.of(report.outcomes), rounds=1).value for report in (one.text, one.other)]
    interval = f"{signed(change.low)} … {signed(change.high)}"
    words = in_words(change, measure.more_is_better)
    return [measure.label, *map(number, values), signed(change.value), interval, words]


def roundtrips_json(found: Sequence[Roundtrip]) -> Json:
    """The same for a program."""
    return [
        {
            "format": one.format.name,
            "within": one.format.within,
            "plans": [_plan_json(plan) for plan in one.plans],
            "answers": [_answers_json(answered) for answered in one.answers],
            "unread": list(one.unread),
            "fallen": list(one.fallen),
        }
        for one in found
    ]


def _plan_json(plan: Reread) -> dict[str, Json]:
    told: dict[str, Json] = {"doc": plan.doc, "seconds": round(plan.seconds, 3)}
    if plan.alike is None:
        return told
    held = asdict(plan.alike)
    shares = {name: value for name, value in held.items() if isinstance(value, float)}
    counts: dict[str, Json] = {"expected": plan.alike.expected, "found": plan.alike.found}
    lists: dict[str, Json] = {name: list(held[name]) for name in ("wrong", "fields", "changes")}
    return {**told, **counts, **numbers_json(shares), **lists}


def _answers_json(one: Answered) -> Json:
    return {
        "name": one.text.name,
        "kept": one.text.kept,
        "differences": {name: estimate_json(one.difference(name)) for name in TOLD},
    }
