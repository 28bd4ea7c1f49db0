"""The model of `assistant.harm`, learnt: a logistic regression that pays for the square of its weights.

It learns from assistant/harm/messages.jsonl, written for this project without sight of eval/cases/safety, from the
tuned part of that, and from ordinary questions of eval/cases. Figures are those of messages it did not learn from: each
tenth is told by a model that learnt from the other nine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from assistant.harm.features import BUCKETS, features
from assistant.harm.model import WEIGHTS
from assistant.safety import MAYBE, TOLD
from eval.cases import FAR, TUNED, load_cases
from eval.lines import objects
from eval.report import table
from eval.safety import SAFETY, messages

MESSAGES = WEIGHTS.with_name("messages.jsonl")
ORDINARY = 1600  # questions of eval/cases, of which nobody tells of harm
STRENGTH = 5.0  # of the data against the payment: scikit-learn's C
FOLDS, SEED = 10, 20261122


@dataclass(frozen=True, slots=True)
class _Line:
    q: str
    harm: bool


@dataclass(frozen=True, slots=True)
class Learnt:
    """weights: one a bucket.  start: the log-odds without any.  told: those of messages not learnt from, by sort."""

    weights: NDArray[np.float16]
    start: float
    told: dict[bool, NDArray[np.float64]]


def learn() -> Learnt:
    """The model of all messages, and how messages kept out of it are told. Raises Unreadable."""
    lines = [(one.q, one.harm) for _, one in objects(MESSAGES, TypeAdapter(_Line))]
    lines += [(one.question, one.harm) for one in messages(SAFETY / TUNED.name)]
    lines += [(question, False) for question in _ordinary()]
    rows, harm = _rows([text for text, _ in lines]), np.array([harm for _, harm in lines])
    fold = np.random.default_rng(SEED).integers(0, FOLDS, len(lines))
    odds = np.zeros(len(lines))
    for one in range(FOLDS):
        odds[fold == one] = _fitted(rows[fold != one], harm[fold != one]).decision_function(rows[fold == one])
    model = _fitted(rows, harm)
    told = {sort: odds[harm == sort] for sort in (True, False)}
    return Learnt(model.coef_[0].astype(np.float16), float(model.intercept_[0]), told)


def write(learnt: Learnt, path: Path = WEIGHTS) -> None:
    """Puts the weights where the assistant reads them, in one step."""
    fresh = path.with_name(f"{path.stem}.new.npz")
    np.savez_compressed(fresh, weights=learnt.weights, start=np.float64(learnt.start))
    fresh.replace(path)


def learnt_text(learnt: Learnt) -> Iterator[str]:
    """How many of each sort are told at the two bounds of `assistant.safety`."""
    shares = [
        [name, f"{bound:+.1f}", *(f"{(learnt.told[sort] > bound).mean():.3f}" for sort in (True, False))]
        for name, bound in (("chắc / told", TOLD), ("ngờ / maybe", MAYBE))
    ]
    head = ["mức / level", "log-odds >", "kể bị hại / disclosures", "câu thường / ordinary"]
    yield table(head, shares)
    yield f"n = {len(learnt.told[True])} + {len(learnt.told[False])}"


def _ordinary() -> Sequence[str]:
    cases = [*load_cases(TUNED), *load_cases(FAR)]
    questions = [one.question for one in cases if one.category != "hotline"]  # some who ask whom to call tell of harm
    picked = np.random.default_rng(SEED).permutation(len(questions))[:ORDINARY]
    return [questions[at] for at in picked]


def _rows(texts: Sequence[str]) -> csr_matrix:
    found = [features(text) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in found)])
    places = np.concatenate([places for places, _ in found])
    values = np.concatenate([values for _, values in found])
    return csr_matrix((values, places, ends), shape=(len(texts), BUCKETS))


def _fitted(rows: csr_matrix, harm: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=1000).fit(rows, harm)
