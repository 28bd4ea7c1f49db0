"""What each weight of the search is worth: nDCG@10 over BEIR folders with half of it and with twice of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

from tqdm import tqdm

from eval.beir import Bench
from eval.metrics import ndcg
from eval.report import number, table
from eval.retrieval import PARTS, K, Part, ranked
from index.embedding import Embedder
from index.search import Searcher, Weights

#: What each weight is multiplied by, one at a time.
FACTORS = (0.5, 2.0)


def settings() -> dict[str, tuple[Part, Weights]]:
    """Each row by its name: words alone, the weights as they are, then one weight changed at a time."""
    own = Weights()
    rows = {"từ ngữ / words": (PARTS["words"], own), "cả hai / both": (PARTS["both"], own)}
    for field in fields(own):
        for factor in FACTORS:
            value = getattr(own, field.name) * factor
            rows[f"{field.name} = {value:g}"] = (PARTS["both"], replace(own, **{field.name: value}))
    return rows


def measure(bench: Bench, embedder: Embedder) -> dict[str, float]:
    """Mean nDCG@10 of every row over one folder."""
    searcher = Searcher.build(bench.passages, embedder)
    found = {}
    for name, (part, weights) in tqdm(settings().items(), desc="đo / measuring", file=sys.stderr):
        searcher.weights = weights
        values = [ndcg(ranked(searcher, bench.queries[id], part), gains, K) for id, gains in bench.grades.items()]
        found[name] = sum(values) / len(values)
    return found


def weights_text(found: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    """A row for each setting, a column for each folder by its name, and their mean."""
    head = ["nDCG@10", *found, "trung bình / mean"]
    yield table(head, [[name, *_cells([measured[name] for measured in found.values()])] for name in settings()])


def _cells(values: Sequence[float]) -> list[str]:
    return [number(value) for value in (*values, sum(values) / len(values))]
