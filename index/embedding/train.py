"""Train the shipped model: `python -m index.embedding.train --data DIR [--out DIR] [--bench DIR]`."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tqdm import tqdm

from corpus.vocabulary import abbreviations
from index.arguments import REFUSED, Parser
from index.embedding.base import Vectors
from index.embedding.bench import bench
from index.embedding.learning import Kind, Learner, Settings
from index.embedding.lexicon import Lexicon, learn_lexicon
from index.embedding.rows import SHIPPED
from index.embedding.sampling import AskedSource, Source, asked_source, line_source, story_sources
from index.embedding.segmenting import SPACE, Segmenter
from index.embedding.static import TOKENIZER, WEIGHTS, StaticEmbedder
from index.embedding.texts import (
    LAW,
    PARALLEL,
    WIKI,
    Asked,
    Lines,
    Story,
    all_texts,
    asked_passages,
    asked_terms,
    law_stories,
    parallel_lines,
    wiki_stories,
)
from index.embedding.vocabulary import SPELLING_PENALTY, Sizes, Vocabulary, choose, count, plain, tokenizer

DEFAULTS = Settings()
#: Each kind of question: its share of the batches, and the temperature of its loss. Articles of law are told apart by
#: fine differences; a translation is near its original as a whole. Those "in English" are put through the lexicon.
KINDS = {
    "law title": (0.07, 0.05),
    "law part": (0.2, 0.05),
    "wiki title": (0.06, 0.06),
    "wiki part": (0.24, 0.06),
    "translation": (0.2, 0.08),
    "law title in English": (0.04, 0.06),
    "wiki part in English": (0.19, 0.08),
    "question": (0.1, 0.07),
    "term": (0.05, 0.07),
}
FILES = (LAW, WIKI, PARALLEL)
IN_ENGLISH = " in English"
#: Where a run that is broken off can be taken up: in the folder of the model, until it is done.
CHECKPOINT = "checkpoint.pt"
#: Times a word must stand in English lines or in questions of people to be kept, however rare it is elsewhere.
SEEN = 2
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
class Data:
    """All that is learnt from: law, encyclopaedia, lines in two languages, questions of people, words of the field."""

    law: list[Story]
    wiki: list[Story]
    lines: list[Lines]
    passages: list[Asked]
    terms: list[Asked]

    @classmethod
    def read(cls, folder: Path) -> Data:
        """The folder's three files, and what this repository holds. Raises OSError."""
        return cls(law_stories(folder), wiki_stories(folder), parallel_lines(folder), asked_passages(), asked_terms())


def main(arguments: list[str] | None = None) -> int:
    """Read, learn, write, measure; prints how long each took. Exit status 0, or 2 where data are missing."""
    options = _options().parse_args(arguments)
    missing = [str(options.data / name) for name in FILES if not (options.data / name).is_file()]
    if options.bench and not list(options.bench.glob("*/corpus.jsonl")):
        missing.append(f"{options.bench}/*/corpus.jsonl")
    if missing:
        print(f"Thiếu dữ liệu / missing: {', '.join(missing)}", file=sys.stderr)
        return REFUSED
    torch.set_num_threads(options.threads)
    settings = Settings(steps=options.steps, seed=options.seed, rate=options.rate, batch=options.batch)
    began = time.monotonic()
    data = Data.read(options.data)
    vocabulary = read_vocabulary(data)
    made = tokenizer(vocabulary)
    _say(f"vocabulary: {len(vocabulary.tokens)} tokens", began)
    segmenter = Segmenter(made.to_str())
    kinds = read_kinds(data, segmenter, vocabulary)
    _say(f"questions: {', '.join(f'{len(kind.source.parts)} {name}' for name, kind in kinds.items())}", began)
    learner = Learner(vocabulary, kinds, settings)
    options.out.mkdir(parents=True, exist_ok=True)
    checkpoint = options.out / CHECKPOINT
    if checkpoint.exists():
        taken = learner.resume(checkpoint)
        _say(f"taken up at step {learner.step}" if taken else f"begun anew: {checkpoint} is of another run", began)
    write(spelt_out(learner.learn(checkpoint), segmenter), made, options.out)
    checkpoint.unlink(missing_ok=True)
    _say(f"written: {options.out}, {_megabytes(options.out):.1f} MB", began)
    if options.bench:
        for name, figure in bench(StaticEmbedder(options.out, "default"), options.bench).items():
            print(f"nDCG@10 {name}: {figure:.3f}")
    return 0


def read_vocabulary(data: Data) -> Vocabulary:
    """Count the training texts and choose the tokens."""
    english, _ = count(text for run in data.lines for text in run.english)
    asked = data.passages + data.terms
    spoken, _ = count(question for one in asked for question in one.questions)
    texts = list(all_texts(data.law + data.wiki, data.lines, asked))
    words, pairs = count(tqdm(texts, desc="counting", unit="text"))
    must = [word for word, seen in english.items() if seen >= SEEN and plain(word) == word]
    must += [word for word, seen in spoken.items() if seen >= SEEN and not word.isdigit()]
    return choose(words, pairs, must, Sizes())


def read_kinds(data: Data, segmenter: Segmenter, vocabulary: Vocabulary) -> dict[str, Kind]:
    """All ways to ask, by name."""
    lines = line_source(data.lines, segmenter.ids)
    sources: dict[str, Source | AskedSource] = {
        **story_sources(data.law, segmenter.ids, "law"),
        **story_sources(data.wiki, segmenter.ids, "wiki"),
        "translation": lines,
        "question": asked_source(data.passages, segmenter.ids),
        "term": asked_source(data.terms, segmenter.ids),
    }
    lexicon = _lexicon(lines, vocabulary)
    return {
        name: Kind(sources[name.removesuffix(IN_ENGLISH)], *how, lexicon if name.endswith(IN_ENGLISH) else None)
        for name, how in KINDS.items()
    }


def _lexicon(lines: Source, vocabulary: Vocabulary) -> Lexicon:
    tokens = [token for token, _ in vocabulary.tokens]
    whole = np.array([token.startswith(SPACE) and score > -SPELLING_PENALTY for token, score in vocabulary.tokens])
    copied = whole & np.array([plain(token) == token for token in tokens])
    english = [ids[copied[ids]] for ids in lines.asked.texts()]
    return learn_lexicon(english, lines.texts.texts(), len(tokens), copied)


def spelt_out(table: Vectors, segmenter: Segmenter) -> Vectors:
    """The table with abbreviations, also typed without accents, meaning what they stand for: the texts hold too few."""
    made = table.copy()
    for short, long in abbreviations().items():
        for spelling in {short, plain(short)}:
            ids = segmenter.ids(spelling)
            if len(ids) == 1:
                made[ids[0]] = table[segmenter.ids(long)].sum(axis=0)
    return made


def write(table: Vectors, made: Tokenizer, out: Path) -> None:
    """The model folder: whole numbers of 8 bits with one scale a token, tokenizer, configuration.

    All is written beside what is there before any of it is put in its place.
    """
    scale = np.maximum(np.abs(table).max(axis=1), 1e-9) / 127
    rounded = np.rint(table / scale[:, None]).astype(np.int8)
    with TemporaryDirectory(dir=out, prefix=CHECKPOINT) as folder:
        fresh = Path(folder)
        save_file({"embeddings": rounded, "weights": scale.astype(np.float32)}, fresh / WEIGHTS)
        made.save(str(fresh / TOKENIZER), pretty=False)
        for name, content in CONFIG.items():
            (fresh / name).parent.mkdir(exist_ok=True)
            (fresh / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        for file in [path for path in fresh.rglob("*") if path.is_file()]:
            (out / file.relative_to(fresh)).parent.mkdir(exist_ok=True)
            file.replace(out / file.relative_to(fresh))


def _options() -> Parser:
    parser = Parser(
        prog="python -m index.embedding.train",
        description="Huấn luyện mô hình nhúng mặc định; lần chạy bị ngắt được tiếp tục bằng chính lệnh đó. / Train the "
        "default embedding model; a run that is broken off is taken up by the same command.",
    )
    files = ", ".join(FILES)
    about = f"thư mục có / folder with {files}"
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help=about)
    about = "nơi ghi (mặc định: THAY mô hình kèm theo) / where it is written (default: REPLACES the shipped model)"
    parser.add_argument("--out", type=Path, default=SHIPPED, metavar="DIR", help=about)
    about = "thư mục các bộ BEIR để đo khi xong / folder of BEIR sets to measure on when done"
    parser.add_argument("--bench", type=Path, metavar="DIR", help=about)
    numbers = {"steps": "số bước / steps", "batch": "số cặp mỗi lô / pairs a batch", "seed": "hạt giống / seed"}
    for name, about in numbers.items():
        default = getattr(DEFAULTS, name)
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"{about} ({default})")
    parser.add_argument("--rate", type=float, default=DEFAULTS.rate, help=f"bước học / step size ({DEFAULTS.rate})")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="số luồng / threads (2)")
    return parser


def _say(text: str, began: float) -> None:
    print(f"{text} ({time.monotonic() - began:.0f} s)", flush=True)


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main())
