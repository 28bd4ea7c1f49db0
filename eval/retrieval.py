"""The project's own retriever over a BEIR folder: words alone, vectors alone, both, and two rows that explain them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from corpus.words import fold
from eval.beir import Bench
from eval.bootstrap import Estimate, estimate, mean_of
from eval.metrics import ndcg, recall, reciprocal_rank
from eval.report import Json, estimate_cells, estimate_json, number, numbers_json, table
from index.embedding import Embedder
from index.search import DEPTH, Searcher

#: How many hits are judged.
K = 10
MEASURES = {f"nDCG@{K}": ndcg, f"MRR@{K}": reciprocal_rank, f"Recall@{K}": recall}


@dataclass(frozen=True, slots=True)
class Part:
    """Which parts of the retriever are asked, and how that is called.

    bare: the question is asked without accents.  cosine: hits are ordered by their one vector, not by their tokens.
    """

    label: str
    words: bool
    vectors: bool
    bare: bool = False
    cosine: bool = False


PARTS = {
    "words": Part("từ ngữ / words", words=True, vectors=False),
    "vectors": Part("véc-tơ / vectors", words=False, vectors=True),
    "both": Part("cả hai / both", words=True, vectors=True),
    "one_vector": Part("một véc-tơ mỗi đoạn / one vector a passage", words=False, vectors=True, cosine=True),
    "unaccented": Part("cả hai, hỏi không dấu / both, without accents", words=True, vectors=True, bare=True),
}


#: The parts as they are asked in use; the others only explain them, and their speed says nothing.
ASKED = ("words", "vectors", "both")


@dataclass(frozen=True, slots=True)
class Score:
    """What one part reaches: an estimate for each of MEASURES, and how many questions it answers a second."""

    estimates: Mapping[str, Estimate]
    questions_per_second: float


def score(bench: Bench, embedder: Embedder) -> dict[str, Score]:
    """Index the passages in memory and ask every judged question of each part."""
    searcher = Searcher.build(bench.passages, embedder)
    return {name: _score(bench, searcher, part) for name, part in PARTS.items()}


def _score(bench: Bench, searcher: Searcher, part: Part) -> Score:
    started = time.perf_counter()
    found = {id: ranked(searcher, query, part) for id, query in bench.queries.items()}
    seconds = time.perf_counter() - started
    values = {
        name: [measure(found[id], gains, K) for id, gains in bench.grades.items()] for name, measure in MEASURES.items()
    }
    return Score({name: estimate(mean_of(one)) for name, one in values.items()}, len(found) / seconds)


def ranked(searcher: Searcher, query: str, part: Part) -> list[str]:
    """The ids of the best K passages by one part, best first."""
    asked = fold(query) if part.bare else query
    hits = searcher.search(asked, k=DEPTH if part.cosine else K, words=part.words, vectors=part.vectors)
    if part.cosine:
        hits = sorted(hits, key=lambda hit: -hit.vectors)[:K]
    return [hit.passage.doc for hit in hits]


def retrieval_text(scores: Mapping[str, Score]) -> Iterator[str]:
    """One table: a row for each part and measure."""
    rows = [
        [PARTS[name].label, measure, *estimate_cells(one)]
        for name, part in scores.items()
        for measure, one in part.estimates.items()
    ]
    yield table(["phần / part", "số đo / measure", "trung bình / mean", "95%", "n"], rows)
    speeds = [[PARTS[name].label, number(round(scores[name].questions_per_second))] for name in ASKED]
    yield table(["phần / part", "câu hỏi mỗi giây / questions a second"], speeds)


def retrieval_json(scores: Mapping[str, Score]) -> Json:
    """Means by part and measure; the speed of the whole retriever; the intervals apart."""
    means = {name: numbers_json({one: part.estimates[one].value for one in MEASURES}) for name, part in scores.items()}
    intervals: dict[str, Json] = {
        name: {measure: estimate_json(one) for measure, one in part.estimates.items()} for name, part in scores.items()
    }
    return {**means, "questions_per_second": scores["both"].questions_per_second, "intervals": intervals}
