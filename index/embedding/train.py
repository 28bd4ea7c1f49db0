"""Train the shipped model: `python -m index.embedding.train --data DIR [--out DIR] [--bench DIR]`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tqdm import tqdm

from index.embedding.bench import bench
from index.embedding.learning import Settings, Source, Vectors, learn, read_source
from index.embedding.pairs import LAW, PARALLEL, WIKI, Pair, law_articles, parallel_lines, sources, wiki_articles
from index.embedding.rows import SHIPPED
from index.embedding.static import TOKENIZER, WEIGHTS, StaticEmbedder
from index.embedding.vocabulary import Sizes, Vocabulary, choose, count, plain, tokenizer

DEFAULTS = Settings()
#: How often a kind of pair comes in one pass, where more than once: English stands in this kind alone.
TIMES = {"translation": 2}
#: What sentence-transformers reads to know what the folder holds.
CONFIG = {
    "modules.json": [
        {
            "idx": 0,
            "name": "0",
            "path": "",
            "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
        },
        {
            "idx": 1,
            "name": "1",
            "path": "1_Normalize",
            "type": "sentence_transformers.sentence_transformer.modules.normalize.Normalize",
        },
    ],
    "config_sentence_transformers.json": {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"},
    "1_Normalize/config.json": {},
}


@dataclass(frozen=True, slots=True)
class Words:
    """The tokenizer's vocabulary and how often each token stands in the training texts, as a share."""

    vocabulary: Vocabulary
    frequencies: list[float]


def main(arguments: list[str] | None = None) -> int:
    """Read, learn, write, measure; prints how long each took. Exit status 0, or 2 where data are missing."""
    options = _options().parse_args(arguments)
    missing = [name for name in (LAW, WIKI, PARALLEL) if not (options.data / name).is_file()]
    if missing:
        print(f"Thiếu dữ liệu / missing in {options.data}: {', '.join(missing)}", file=sys.stderr)
        return 2
    torch.set_num_threads(options.threads)
    settings = Settings(epochs=options.epochs, seed=options.seed, rate=options.rate, batch=options.batch)
    began = time.monotonic()
    words = read_words(options.data)
    made = tokenizer(words.vocabulary)
    _say(f"vocabulary: {len(words.vocabulary.tokens)} tokens", began)
    read = read_sources(made, sources(options.data, settings.seed))
    _say(f"pairs: {', '.join(f'{len(source)} {kind}' for kind, source in read.items())}", began)
    rounds = [source for kind, source in read.items() for _ in range(TIMES.get(kind, 1))]
    table = learn(words.vocabulary, words.frequencies, rounds, settings)
    write(table, made, options.out)
    _say(f"written: {options.out}, {_megabytes(options.out):.1f} MB", began)
    if options.bench:
        for name, figure in bench(StaticEmbedder(options.out, "default"), options.bench).items():
            print(f"nDCG@10 {name}: {figure:.3f}")
    return 0


def read_words(data: Path) -> Words:
    """Count the training texts and choose the tokens."""
    law, wiki, lines = law_articles(data), wiki_articles(data), parallel_lines(data)
    english = Counter(count(line[1] for line in lines)[0])
    texts = [article.text for article in law + wiki] + [text for line in lines for text in line[1:]]
    words, pairs = count(tqdm(texts, desc="counting", unit="text"))
    vocabulary = choose(words, pairs, [word for word, n in english.items() if n >= 4 and plain(word) == word], Sizes())
    return Words(vocabulary, [float(np.exp(score)) for _, score in vocabulary.tokens])


def read_sources(made: Tokenizer, kinds: dict[str, list[Pair]]) -> dict[str, Source]:
    """All pairs as ids."""
    return {kind: read_source(made, pairs, kind) for kind, pairs in kinds.items()}


def write(table: Vectors, made: Tokenizer, out: Path) -> None:
    """The model folder: whole numbers of 8 bits with one scale a token, tokenizer, configuration."""
    out.mkdir(parents=True, exist_ok=True)
    scale = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    rounded = np.rint(table / scale[:, None]).astype(np.int8)
    save_file({"embeddings": rounded, "weights": scale.astype(np.float32)}, out / WEIGHTS)
    made.save(str(out / TOKENIZER), pretty=False)
    for name, content in CONFIG.items():
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index.embedding.train",
        description="Huấn luyện mô hình nhúng mặc định / train the default embedding model.",
    )
    parser.add_argument("--data", type=Path, required=True, help="thư mục dữ liệu / folder of the training data")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="nơi ghi mô hình / where the model is written")
    parser.add_argument("--bench", type=Path, help="thư mục các bộ BEIR để đo / folder of BEIR sets to measure on")
    parser.add_argument("--epochs", type=int, default=DEFAULTS.epochs, help="số lượt / passes over the data")
    parser.add_argument("--batch", type=int, default=DEFAULTS.batch, help="số cặp mỗi lô / pairs a batch")
    parser.add_argument("--rate", type=float, default=DEFAULTS.rate, help="bước học / step size")
    parser.add_argument("--seed", type=int, default=DEFAULTS.seed, help="hạt giống / seed")
    parser.add_argument("--threads", type=int, default=2, help="số luồng / threads")
    return parser


def _say(text: str, began: float) -> None:
    print(f"{text} ({time.monotonic() - began:.0f} s)", flush=True)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
