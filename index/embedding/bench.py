"""nDCG@10 of an embedder alone over a folder of BEIR sets: what a training run prints at its end."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np

from index.embedding.base import Embedder

CUT = 10


def bench(embedder: Embedder, folder: Path) -> dict[str, float]:
    """nDCG@10 (0 to 1) by set, for every folder below that holds corpus.jsonl."""
    return {path.parent.name: ndcg(embedder, path.parent) for path in sorted(folder.glob("*/corpus.jsonl"))}


def ndcg(embedder: Embedder, folder: Path) -> float:
    """Mean nDCG@10 over all judged questions (Järvelin and Kekäläinen 2002, gain = grade as in trec_eval)."""
    corpus, queries = _read(folder / "corpus.jsonl"), _read(folder / "queries.jsonl")
    grades = _grades(folder / "qrels.tsv")
    names = list(corpus)
    asked = [query for query in queries if query in grades]
    scores = embedder.encode_questions([queries[q] for q in asked]) @ embedder.encode(list(corpus.values())).T
    best = np.argsort(-scores, axis=1, kind="stable")[:, :CUT]
    return sum(
        _gain([grades[query].get(names[place], 0) for place in row]) / _gain(sorted(grades[query].values())[::-1][:CUT])
        for query, row in zip(asked, best, strict=True)
    ) / len(asked)


def _gain(grades: list[int]) -> float:
    return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))


def _read(path: Path) -> dict[str, str]:
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["_id"]: f"{row.get('title', '')} {row['text']}".strip() for row in rows}


def _grades(path: Path) -> dict[str, dict[str, int]]:
    grades: dict[str, dict[str, int]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, doc, grade = line.split("\t")
        if int(grade) > 0:
            grades.setdefault(query, {})[doc] = int(grade)
    return grades
