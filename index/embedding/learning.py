"""Contrastive learning of the table of vectors: a question must lie nearest its own passage among a batch of others.

Loss: InfoNCE both ways over the batch (van den Oord 2018; in-batch negatives as in Karpukhin 2020).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional
from tqdm import tqdm

from index.embedding.base import Vectors
from index.embedding.lexicon import Lexicon
from index.embedding.sampling import AskedSource, Bags, Batch, Source
from index.embedding.vocabulary import Vocabulary

#: Steps between two writings of the checkpoint.
SAVED_EVERY = 200


@dataclass(frozen=True, slots=True)
class Settings:
    """dimensions of a vector; pairs a batch; steps; step size of Adam.

    drop: share of a question's tokens left out.  bare: share of Vietnamese batches asked without accents.
    """

    dimensions: int = 256
    batch: int = 2048
    steps: int = 3500
    rate: float = 0.06
    drop: float = 0.1
    bare: float = 0.25
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to ask: a source, its share of the batches, the temperature of its loss, what renders it in English."""

    source: Source | AskedSource
    share: float
    temperature: float
    lexicon: Lexicon | None = None


class Learner:
    """The learnt parts of the vectors and the optimiser's memory of them.

    Every step draws its batch by the seed and its own number, so that a run taken up from a checkpoint is the run
    that was broken off.
    """

    def __init__(self, vocabulary: Vocabulary, kinds: Mapping[str, Kind], settings: Settings) -> None:
        self.settings = settings
        self.step = 0
        self._kinds = kinds
        self._run = _digest(vocabulary, kinds, settings)
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(settings.seed)
        self._own = torch.nn.Parameter(_start(vocabulary, settings.dimensions).to(self._device))
        self._parts = torch.tensor([part for row in vocabulary.parts for part in row], device=self._device)
        starts = np.cumsum([0, *(len(row) for row in vocabulary.parts[:-1])])
        self._starts = torch.tensor(starts, device=self._device)
        self._optimiser = torch.optim.Adam([self._own], lr=settings.rate, fused=True)

    def learn(self, checkpoint: Path) -> Vectors:
        """All steps that are left; the table of vectors, float32 of shape (tokens, dimensions)."""
        with tqdm(total=self.settings.steps, initial=self.step, desc="learning", unit="step") as bar:
            while self.step < self.settings.steps:
                loss = self.one_step()
                bar.update()
                if self.step % 10 == 0:
                    bar.set_postfix(loss=f"{loss:.3f}")
                if self.step % SAVED_EVERY == 0:
                    self.save(checkpoint)
        return self._table().detach().cpu().numpy()

    def one_step(self) -> float:
        """Draw a batch and learn from it; the loss."""
        rng = np.random.default_rng([self.settings.seed, self.step])
        for group in self._optimiser.param_groups:
            group["lr"] = self.settings.rate * _pace(self.step, self.settings.steps)
        shares = np.array([kind.share for kind in self._kinds.values()])
        kind = list(self._kinds.values())[rng.choice(len(shares), p=shares / shares.sum())]
        loss = self._loss(_drawn(kind, self.settings, rng), kind.temperature, rng)
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        self._optimiser.step()
        self.step += 1
        return float(loss.detach())

    def save(self, file: Path) -> None:
        """Write all that a run needs to go on, in one step."""
        state = {"run": self._run, "step": self.step, "own": self._own.detach()}
        fresh = file.with_suffix(".new")
        with fresh.open("wb") as stream:
            torch.save({**state, "optimiser": self._optimiser.state_dict()}, stream)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.replace(file)

    def resume(self, file: Path) -> bool:
        """Take up a run; False where the file holds none, or one of other texts, tokens, kinds or settings."""
        try:
            state = torch.load(file, map_location=self._device, weights_only=True)
        except Exception:  # torch raises half a dozen classes on a damaged file
            return False
        if state.get("run") != self._run:
            return False
        self._own.data.copy_(state["own"])
        self._optimiser.load_state_dict(state["optimiser"])
        self.step = int(state["step"])
        return True

    def _table(self) -> torch.Tensor:
        return functional.embedding_bag(self._parts, self._own, self._starts, mode="sum")

    def _loss(self, batch: Batch, temperature: float, rng: np.random.Generator) -> torch.Tensor:
        table = self._table()
        kept = rng.random(len(batch.questions.ids)) >= self.settings.drop
        questions, passages = self._bag(table, batch.questions.only(kept)), self._bag(table, batch.passages)
        scores = questions @ passages.T / temperature
        target = torch.arange(len(scores), device=self._device)
        return (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2

    def _bag(self, table: torch.Tensor, bags: Bags) -> torch.Tensor:
        """Sums of vectors, scaled to length 1: the same direction as the mean that the reader takes."""
        ids = torch.from_numpy(bags.ids.astype(np.int64)).to(self._device)
        starts = torch.from_numpy(bags.starts).to(self._device)
        return functional.normalize(functional.embedding_bag(ids, table, starts, mode="sum"), dim=1)


def _drawn(kind: Kind, settings: Settings, rng: np.random.Generator) -> Batch:
    """A batch of one kind, so that its negatives are of its kind too."""
    bare = kind.lexicon is None and rng.random() < settings.bare
    return kind.source.draw(settings.batch, rng, bare, kind.lexicon)


def _pace(step: int, steps: int) -> float:
    """The share of the step size at a step: up over the first tenth, then down to nothing, both in a line."""
    warm = max(1, steps // 10)
    return (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)


def _start(vocabulary: Vocabulary, dimensions: int) -> torch.Tensor:
    """Random directions, shorter the more frequent a token is: a/(a + p), Arora 2017, a = 0.001."""
    shares = torch.exp(torch.tensor([score for _, score in vocabulary.tokens], dtype=torch.float32))
    return torch.randn(len(shares), dimensions) * (1e-3 / (1e-3 + shares))[:, None]


def _digest(vocabulary: Vocabulary, kinds: Mapping[str, Kind], settings: Settings) -> str:
    """One digest of all that decides how a run goes."""
    digest = hashlib.sha256(repr((settings, vocabulary.tokens, vocabulary.parts)).encode())
    for name, kind in kinds.items():
        digest.update(repr((name, kind.share, kind.temperature, kind.lexicon is None)).encode())
        for ids in (kind.source.texts.ids, kind.source.asked.ids, kind.source.bare.ids, kind.source.parts):
            digest.update(ids.tobytes())
    return digest.hexdigest()
