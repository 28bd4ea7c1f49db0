"""Contrastive learning of the table of vectors: a question must lie nearest its own passage among a batch of others.

Loss: InfoNCE both ways over the batch (van den Oord 2018; in-batch negatives as in Karpukhin 2020).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn import functional
from tqdm import tqdm

from index.embedding.pairs import Pair
from index.embedding.vocabulary import Vocabulary, plain

Ids = NDArray[np.int32]
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Settings:
    """dimensions of a vector; pairs a batch; passes over the data; step size of Adam; temperature of the loss.

    drop: share of a question's tokens left out.  plain_share: share of batches asked without accents.
    """

    dimensions: int = 256
    batch: int = 2048
    epochs: int = 5
    rate: float = 0.06
    temperature: float = 0.05
    drop: float = 0.1
    plain_share: float = 0.25
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Ragged:
    """Token ids of many texts, one after the other; text i is ids[starts[i]:starts[i + 1]]."""

    ids: Ids
    starts: NDArray[np.int64]

    def take(self, places: NDArray[np.int64]) -> tuple[Ids, NDArray[np.int64]]:
        """The ids of some texts and where each starts, as EmbeddingBag reads them."""
        lengths = self.starts[places + 1] - self.starts[places]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)
        return self.ids[np.repeat(self.starts[places], lengths) + within], offsets[:-1]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of pair, as ids; a batch is drawn from one source, so that negatives are of its kind."""

    questions: Ragged
    plain_questions: Ragged
    passages: Ragged

    def __len__(self) -> int:
        return len(self.passages.starts) - 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pairs of one source, asked with or without accents."""

    source: Source
    places: NDArray[np.int64]
    bare: bool


def read_source(tokenizer: Tokenizer, pairs: list[Pair], label: str) -> Source:
    """Pairs to ids, questions also without accents."""
    questions, passages = [pair.question for pair in pairs], [pair.passage for pair in pairs]
    return Source(
        _ragged(tokenizer, questions, f"{label}: questions"),
        _ragged(tokenizer, [plain(question) for question in questions], f"{label}: plain"),
        _ragged(tokenizer, passages, f"{label}: passages"),
    )


def learn(vocabulary: Vocabulary, frequencies: Sequence[float], sources: list[Source], settings: Settings) -> Vectors:
    """The table of vectors, float32 of shape (tokens, dimensions). Same seed and threads, same table."""
    torch.manual_seed(settings.seed)
    own = torch.nn.Parameter(_start(frequencies, settings.dimensions))
    parts = torch.tensor([part for row in vocabulary.parts for part in row])
    starts = torch.tensor(np.cumsum([0, *(len(row) for row in vocabulary.parts[:-1])]))
    optimiser = torch.optim.Adam([own], lr=settings.rate, fused=True)
    plan = _plan(sources, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _pace(step, len(plan)))
    rng = np.random.default_rng(settings.seed)
    with tqdm(plan, desc="learning", unit="batch") as bar:
        for step, batch in enumerate(bar):
            table = functional.embedding_bag(parts, own, starts, mode="sum")
            loss = _loss(table, batch, settings, rng)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
            if step % 10 == 0:
                bar.set_postfix(loss=f"{loss.item():.3f}")
    return functional.embedding_bag(parts, own, starts, mode="sum").detach().numpy()


def _pace(step: int, steps: int) -> float:
    """The share of the step size at a step: up over the first tenth, then down to nothing, both in a line."""
    warm = max(1, steps // 10)
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)


def _start(frequencies: Sequence[float], dimensions: int) -> torch.Tensor:
    """Random directions, shorter the more frequent a token is: a/(a + p), Arora 2017, a = 0.001."""
    weights = 1e-3 / (1e-3 + torch.tensor(frequencies, dtype=torch.float32))
    return torch.randn(len(frequencies), dimensions) * weights[:, None]


def _plan(sources: list[Source], settings: Settings) -> list[Batch]:
    rng = random.Random(settings.seed)
    order = np.random.default_rng(settings.seed)
    plan = []
    for _ in range(settings.epochs):
        for source in sources:
            places = order.permutation(len(source))
            for start in range(0, len(places) - settings.batch // 4, settings.batch):
                bare = rng.random() < settings.plain_share
                plan.append(Batch(source, places[start : start + settings.batch], bare))
    rng.shuffle(plan)
    return plan


def _loss(table: torch.Tensor, batch: Batch, settings: Settings, rng: np.random.Generator) -> torch.Tensor:
    asked = batch.source.plain_questions if batch.bare else batch.source.questions
    ids, starts = asked.take(batch.places)
    kept = torch.from_numpy((rng.random(len(ids)) >= settings.drop).astype(np.float32))
    questions = _bag(table, ids, starts, kept)
    passages = _bag(table, *batch.source.passages.take(batch.places))
    scores = questions @ passages.T / settings.temperature
    target = torch.arange(len(batch.places))
    return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2


def _bag(table: torch.Tensor, ids: Ids, starts: NDArray[np.int64], weights: torch.Tensor | None = None) -> torch.Tensor:
    """Sums of vectors, scaled to length 1: the same direction as the mean that the reader takes."""
    offsets = torch.from_numpy(starts.astype(np.int32))
    bags = functional.embedding_bag(torch.from_numpy(ids), table, offsets, mode="sum", per_sample_weights=weights)
    return functional.normalize(bags, dim=1)


def _ragged(tokenizer: Tokenizer, texts: list[str], label: str, chunk: int = 4096) -> Ragged:
    parts, lengths = [np.zeros(0, dtype=np.int32)], [0]
    for batch in _chunks(tqdm(texts, desc=label, unit="text"), chunk):
        for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
            parts.append(np.array(encoding.ids, dtype=np.int32))
            lengths.append(len(encoding.ids))
    return Ragged(np.concatenate(parts), np.cumsum(lengths))


def _chunks(texts: Iterator[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
