"""How well questions are answered that are typed in a hurry: every case again in each of VARIANTS, pair by pair."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from eval.answers import Asked
from eval.bootstrap import Estimate, Share, difference, estimate, mean_of
from eval.cases import Case, is_kept
from eval.judging import judge
from eval.report import RULE, Json, estimate_json, in_words, number, signed, table
from eval.variants import VARIANTS, Variant, varied

#: A bar is shown where a person watches and it takes longer than this, in seconds.
PATIENCE = 0.5


@dataclass(frozen=True, slots=True)
class Rerun:
    """All cases typed in one way: the cases as they were asked, and which were answered rightly."""

    cases: tuple[Case, ...]
    right: tuple[bool, ...]

    @property
    def share(self) -> Share:
        """The share answered rightly."""
        return mean_of([float(one) for one in self.right])


@dataclass(frozen=True, slots=True)
class Robustness:
    """One file of cases as it is written, and in each of VARIANTS."""

    name: str
    kept: bool
    original: Rerun
    reruns: Mapping[str, Rerun]

    def difference(self, variant: str) -> Estimate:
        """The share right in a variant less that of the original, with its paired interval."""
        return difference(self.original.share, self.reruns[variant].share)

    def altered(self, variant: str) -> int:
        """How many questions a variant makes another text of."""
        asked = zip(self.original.cases, self.reruns[variant].cases, strict=True)
        return sum(before != after for before, after in asked)

    def lost(self, variant: str) -> list[Case]:
        """The cases as changed that were answered rightly as they are written, and no longer are."""
        rerun = self.reruns[variant]
        pairs = zip(rerun.cases, self.original.right, rerun.right, strict=True)
        return [case for case, before, after in pairs if before and not after]

    def gained(self, variant: str) -> int:
        """How many cases are answered rightly only as changed."""
        return sum(after and not before for before, after in self._pairs(variant))

    @property
    def worst(self) -> str:
        """The variant that costs most."""
        return min(self.reruns, key=lambda variant: self.difference(variant).value)

    def _pairs(self, variant: str) -> Iterator[tuple[bool, bool]]:
        yield from zip(self.original.right, self.reruns[variant].right, strict=True)


def rerun(path: Path, cases: Sequence[Case], assistant: Asked) -> Robustness:
    """Ask all cases as they are written and in every variant; a bar on stderr says how far it is."""
    total = len(cases) * (1 + len(VARIANTS))
    hidden = not sys.stderr.isatty()
    with tqdm(total=total, desc=path.name, delay=PATIENCE, disable=hidden, file=sys.stderr, leave=False) as bar:
        original = _asked(cases, assistant, bar)
        reruns = {name: _asked(_all_varied(cases, one), assistant, bar) for name, one in VARIANTS.items()}
    return Robustness(path.name, is_kept(path), original, reruns)


def _all_varied(cases: Sequence[Case], variant: Variant) -> list[Case]:
    return [varied(case, variant) for case in cases]


def _asked(cases: Sequence[Case], assistant: Asked, bar: tqdm[None]) -> Rerun:
    right = []
    for case in cases:
        answer = assistant.ask(case.question, history=case.history)
        right.append(judge(case, answer.text, answer.abstained).right)
        bar.update()
    return Rerun(tuple(cases), tuple(right))


def robustness_text(found: Robustness, failures: bool = False) -> Iterator[str]:
    """The original and each variant, a row each; the worst drop; if asked, what became wrong and how it was typed."""
    yield f"== {found.name} ({len(found.original.cases)} câu / cases)"
    written = ["như đã viết / as written", number(estimate(found.original.share).value), *[""] * 5]
    head = ["cách gõ / typed", "đúng / right", "hiệu / diff.", "95 %"]
    head += ["đổi / altered", "sai thêm / lost", "đúng thêm / gained"]
    yield table(head, [written, *(_row(found, name) for name in VARIANTS)])
    drop = found.difference(found.worst)
    words = in_words(drop, more_is_better=True)
    yield f"giảm nhiều nhất / worst drop: {signed(drop.value)} ({VARIANTS[found.worst].label}; {words})"
    if found.kept:
        yield RULE
    elif failures:
        yield from (_lost_text(found, name) for name in VARIANTS if found.lost(name))


def _row(found: Robustness, name: str) -> list[str]:
    right, drop = estimate(found.reruns[name].share), found.difference(name)
    counts = [found.altered(name), len(found.lost(name)), found.gained(name)]
    figures = [number(right.value), signed(drop.value), f"{signed(drop.low)} … {signed(drop.high)}"]
    return [VARIANTS[name].label, *figures, *map(str, counts)]


def _lost_text(found: Robustness, name: str) -> str:
    lines = [f"{VARIANTS[name].label}:"]
    for case in found.lost(name):
        before = "".join(f"{turn.content} → " for turn in case.history if turn.role == "user")
        lines.append(f"  ✗ {case.id}: {before}{case.question}")
    return "\n".join(lines)


def robustness_json(found: Robustness) -> Json:
    """The same for a program; the ids of what became wrong, save of a file that is kept aside."""
    return {
        "name": found.name,
        "kept": found.kept,
        "right": estimate_json(estimate(found.original.share)),
        "worst": found.worst,
        "worst_drop": found.difference(found.worst).value,
        "variants": {name: _variant_json(found, name) for name in VARIANTS},
    }


def _variant_json(found: Robustness, name: str) -> Json:
    lost = found.lost(name)
    figures: dict[str, Json] = {
        "right": estimate_json(estimate(found.reruns[name].share)),
        "difference": estimate_json(found.difference(name)),
        "altered": found.altered(name),
        "lost": len(lost),
        "gained": found.gained(name),
    }
    return figures if found.kept else {**figures, "lost_cases": [case.id for case in lost]}
