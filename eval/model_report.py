"""Scripted models in figures: what was shown of false words, how good ones fared, what a model that is down changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from statistics import median

from assistant.generate.faults import Fault
from eval.answers import Report
from eval.bootstrap import estimate, mean_of
from eval.cases import Case
from eval.compare import Pairing, SavedCase
from eval.model import Delays, Scripted, Shown
from eval.report import between, number, table
from eval.speed import Times, speed_text

#: Seconds: the most that may pass from a model's first piece to the first words shown, and for the check of a sentence.
FIRST, EACH = 0.150, 0.010


def scripted_text(found: Scripted) -> Iterator[str]:
    """All figures of scripted models."""
    yield from (*hostile_text(found.lied), *honest_text(found.wrote), *understood_text(found.read))
    yield from (*chosen_text(found.badly), delays_text(found.waits), *down_text(found.cases, found.others))


def fallen(found: Scripted) -> list[str]:
    """What does not hold: something false shown, an answer changed by a model that is down, a bound passed."""
    lies = [one.completion.id for one in found.lied if one.false]
    return [*lies, *(case.id for case in found.others), *late(found.waits)]


def hostile_text(found: Sequence[Shown]) -> Iterator[str]:
    """False completions by kind of attack: how many, what became of them, whether anything false was shown."""
    asked = sum(one.answer.trace is not None for one in found)
    yield f"== bịa đặt / hostile ({len(found)} câu trả lời, {asked} lần được hỏi / completions, asked)"
    rows = [[name, *_cells([one for one in found if one.completion.attack == name])] for name in _attacks(found)]
    rows.append(["tất cả / all", *_cells(found)])
    yield table(
        ["cách / attack", "n", "mô hình viết / written", "soạn / composed", "hiện điều sai / false shown"], rows
    )
    yield from (f"✗ {one.completion.id}: {'; '.join(one.false)}" for one in found if one.false)


def honest_text(found: Sequence[Shown]) -> Iterator[str]:
    """Good completions: how many are shown, how many of them word for word, why the others are not."""
    clean = [one for one in found if not one.completion.slips]
    yield f"== viết tốt / honest ({len(found)}, {len(found) - len(clean)} có lỗi nhỏ / with light slips)"
    rows = [_share("được hiện / shown", [one.outcome == "written" for one in found])]
    rows.append(_share("… không lỗi / without slips", [one.outcome == "written" for one in clean]))
    rows.append(_share("… nguyên vẹn / unchanged", [one.unchanged for one in clean if one.outcome == "written"]))
    yield table(["số đo / measure", "giá trị / value", "95 %", "n"], rows)
    others = Counter(one.outcome for one in found if one.outcome != "written")
    yield "; ".join(f"{name}: {count}" for name, count in sorted(others.items()))


def delays_text(found: Delays) -> str:
    """How long a reader waits for what the model has begun to say."""
    first = Times.of(
        "từ mẩu đầu của mô hình đến câu đầu được hiện / model's first piece to first sentence", found.first
    )
    return speed_text([first, Times.of("kiểm một câu / check of a sentence", found.gate)])


def understood_text(found: Sequence[tuple[Case, bool, bool]]) -> Iterator[str]:
    """Questions that nothing is found for, with and without a model that helps to understand them."""
    yield f"== hiểu câu hỏi / understanding ({len(found)} câu quy tắc không tìm thấy gì / cases with nothing found)"
    rows = []
    for name, some in (("có lời đáp / answerable", True), ("không có / unanswerable", False)):
        held = [(before, after) for case, before, after in found if case.answerable is some]
        rows.append([name, str(len(held)), *(str(sum(pair[at] for pair in held)) for at in (0, 1))])
    yield table(["câu / cases", "n", "đúng, không mô hình / right without", "có / with"], rows)


def chosen_text(found: Sequence[tuple[Case, bool, bool]]) -> Iterator[str]:
    """How many answers a model makes worse that chooses wrongly; cases may be kept aside, so none is named."""
    yield f"== chọn dở / choosing badly ({len(found)} câu mô hình viết / answers written)"
    right = [sum(before for _, before, _ in found), sum(after for _, _, after in found)]
    worse = sum(before and not after for _, before, after in found)
    head = ["đúng, không mô hình / right without", "có / with", "thành sai / became wrong"]
    yield table(head, [[*map(str, right), str(worse)]])


def late(found: Delays) -> list[str]:
    """Which of the bounds the medians pass."""
    bounds = {"câu đầu / first sentence": (found.first, FIRST), "kiểm một câu / check": (found.gate, EACH)}
    return [name for name, (seconds, most) in bounds.items() if seconds and median(seconds) > most]


def down_text(cases: Sequence[Case], others: Sequence[Case]) -> Iterator[str]:
    """How many cases are answered otherwise with a model that is down."""
    yield f"== mô hình tắt / model down: {len(others)} / {len(cases)} câu trả lời khác / answers differ"
    yield from (f"✗ {one.id}" for one in others)


def pairing(before: Report, after: Report) -> Pairing:
    """One file of cases, answered without and with a model."""
    return Pairing(before.name, before.kept or after.kept, _saved(before), _saved(after), 0, 0)


def failed_calls(report: Report) -> int:
    """How many cases of a file a model gave no answer to, for a fault of its own or of the way to it."""
    return sum(
        result.answer.trace is not None and result.answer.trace.outcome in set(Fault) for result in report.results
    )


def outcomes_text(report: Report) -> str:
    """What the model had to do with the answers to one file of cases."""
    traces = [result.answer.trace for result in report.results]
    found = Counter(trace.outcome if trace else "–" for trace in traces)
    rows = [[name, str(count)] for name, count in found.most_common()]
    return table(["mô hình / model", "n"], rows)


def _saved(report: Report) -> tuple[SavedCase, ...]:
    """The outcomes with their questions, which a file that is kept aside does not show."""
    return tuple(
        SavedCase(**asdict(result.outcome), question="" if report.kept else result.case.question)
        for result in report.results
    )


def _attacks(found: Sequence[Shown]) -> list[str]:
    return sorted({one.completion.attack for one in found})


def _cells(found: Sequence[Shown]) -> list[str]:
    written = sum(one.outcome == "written" for one in found)
    return [str(len(found)), str(written), str(len(found) - written), str(sum(bool(one.false) for one in found))]


def _share(name: str, held: Sequence[bool]) -> list[str]:
    one = estimate(mean_of([float(value) for value in held]))
    return [name, number(one.value), between(one), str(one.n)]
