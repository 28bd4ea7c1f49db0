"""One pure function a measure, first those of a ranking, then those of answers. Shares and scores run from 0 to 1.

A measure of answers takes the outcomes of cases and gives a sample, from which `eval.bootstrap` works out the figure,
its interval, and its difference from another run. MEASURES lists them; eval/README.md says what each means.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.bootstrap import Quantile, Sample, Share, mean_of
from eval.outcome import Outcome


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """Normalised discounted cumulative gain: the gains of the first `k`, over those of the best possible order.

    A gain at rank r (from 1) counts gain / log2(r + 1). Järvelin & Kekäläinen 2002, with linear gains as in
    trec_eval's ndcg_cut. 0 when nothing is relevant.

    >>> ndcg(["a", "b", "c"], {"b": 1})  # 1 / log2(3)
    0.6309297535714575
    >>> ndcg(["a", "b"], {"a": 2, "b": 1}), ndcg(["a"], {})
    (1.0, 0.0)
    """
    best = _discounted(sorted((gain for gain in gains.values() if gain > 0), reverse=True)[:k])
    return _discounted([max(gains.get(one, 0.0), 0.0) for one in ranked[:k]]) / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """1 / the rank of the first relevant one among the first `k`, 0 without one. Voorhees 1999 (TREC-8).

    >>> reciprocal_rank(["a", "b", "c"], {"b": 1, "c": 1}), reciprocal_rank(["a", "b"], {"b": 1}, k=1)
    (0.5, 0.0)
    """
    return next((1 / rank for rank, one in enumerate(ranked[:k], 1) if gains.get(one, 0) > 0), 0.0)


def recall(ranked: Sequence[str], gains: Mapping[str, float], k: int = 10) -> float:
    """The share of what is relevant that stands among the first `k`; trec_eval's recall. 0 when nothing is.

    >>> recall(["a", "b", "c"], {"b": 1, "z": 1})
    0.5
    """
    relevant = {one for one, gain in gains.items() if gain > 0}
    return len(relevant.intersection(ranked[:k])) / len(relevant) if relevant else 0.0


def percentile(values: Sequence[float], q: float) -> float:
    """The value below which `q` percent lie, by linear interpolation (Hyndman & Fan 1996, type 7).

    >>> percentile([1.0, 2.0, 3.0, 4.0], 50), percentile([1.0, 2.0, 3.0, 4.0], 95)
    (2.5, 3.85)
    """
    if not values:
        return math.nan
    ordered = sorted(values)
    place = (len(ordered) - 1) * q / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return round(ordered[below] + (ordered[above] - ordered[below]) * (place - below), 12)


def right(outcomes: Sequence[Outcome]) -> Sample:
    """The share of cases answered rightly; `eval.judging.judge` says what that is."""
    return mean_of([float(one.right) for one in outcomes])


def nugget_recall(outcomes: Sequence[Outcome]) -> Sample:
    """The share of a case's nuggets, vital or not, that stand in its answer; the mean over the cases that have any.

    Nugget recall as in the question answering track of TREC (Voorhees 2003), declined answers counted too.
    """
    asked = [one.nuggets > 0 for one in outcomes]
    parts = tuple(one.found / one.nuggets if one.nuggets else 0.0 for one in outcomes)
    return Share(parts, tuple(map(float, asked)))


def wrong_numbers(outcomes: Sequence[Outcome]) -> Sample:
    """The share of all cases whose answer states a figure that is wrong; `eval.numbers` says what that is."""
    return mean_of([float(one.wrong_number) for one in outcomes])


def forbidden(outcomes: Sequence[Outcome]) -> Sample:
    """Of the cases that name something forbidden, the share whose answer holds it."""
    return Share(tuple(float(one.forbidden) for one in outcomes), tuple(float(one.forbids) for one in outcomes))


def citation_precision(outcomes: Sequence[Outcome]) -> Sample:
    """Of all citations of given answers to answerable cases, the share that point at what answers.

    Such a citation is of a plan that is due, and touches a line of it in which a nugget of the case stands.
    """
    return Share(tuple(float(one.precise) for one in outcomes), tuple(float(one.judged) for one in outcomes))


def quote_fidelity(outcomes: Sequence[Outcome]) -> Sample:
    """Of all citations, the share whose quote is exactly text[start:end] of its plan, hence verbatim."""
    return Share(tuple(float(one.faithful) for one in outcomes), tuple(float(one.citations) for one in outcomes))


def length_ratio(outcomes: Sequence[Outcome]) -> Sample:
    """Syllables of the answer over those of the lines that hold the nuggets; the median over given answers."""
    return Quantile(tuple(one.length for one in outcomes), 50)


def abstention_precision(outcomes: Sequence[Outcome]) -> Sample:
    """Of the cases that were declined, the share that have no answer."""
    parts = tuple(float(one.declined and not one.answerable) for one in outcomes)
    return Share(parts, tuple(float(one.declined) for one in outcomes))


def abstention_recall(outcomes: Sequence[Outcome]) -> Sample:
    """Of the cases that have no answer, the share that were declined."""
    parts = tuple(float(one.declined and not one.answerable) for one in outcomes)
    return Share(parts, tuple(float(not one.answerable) for one in outcomes))


def latency_p50(outcomes: Sequence[Outcome]) -> Sample:
    """Milliseconds from question to answer, once loaded: the median."""
    return Quantile(tuple(one.ms for one in outcomes), 50)


def latency_p95(outcomes: Sequence[Outcome]) -> Sample:
    """Milliseconds from question to answer, once loaded: what 95 % of the cases stay below."""
    return Quantile(tuple(one.ms for one in outcomes), 95)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of answers: what it is called, how it is worked out, and whether more of it is better.

    clocked: it also differs from run to run with how busy the machine is, which no resampling of cases tells.
    """

    vi: str
    en: str
    of: Callable[[Sequence[Outcome]], Sample]
    more_is_better: bool = True
    clocked: bool = False

    @property
    def label(self) -> str:
        """Its name in both languages."""
        return f"{self.vi} / {self.en}"


MEASURES = {
    "right": Measure("đúng", "right", right),
    "nugget_recall": Measure("ý tìm thấy", "nugget recall", nugget_recall),
    "wrong_numbers": Measure("số sai", "wrong numbers", wrong_numbers, more_is_better=False),
    "forbidden": Measure("điều cấm", "forbidden", forbidden, more_is_better=False),
    "citation_precision": Measure("trích dẫn trúng", "citation precision", citation_precision),
    "quote_fidelity": Measure("trích đúng nguyên văn", "quote fidelity", quote_fidelity),
    "length_ratio": Measure("độ dài, trung vị", "length ratio, median", length_ratio, more_is_better=False),
    "abstention_precision": Measure("từ chối đúng chỗ", "abstention precision", abstention_precision),
    "abstention_recall": Measure("từ chối đủ", "abstention recall", abstention_recall),
    "latency_p50": Measure("thời gian p50, ms", "latency p50, ms", latency_p50, more_is_better=False, clocked=True),
    "latency_p95": Measure("thời gian p95, ms", "latency p95, ms", latency_p95, more_is_better=False, clocked=True),
}


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
