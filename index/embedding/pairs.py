"""What the static model learns from: pairs of texts that mean the same or answer one another.

Every source is read from the folder of training data as its README lists it. Titles that stand over many
articles ("Hiệu lực thi hành") say nothing of one article and are qualified by their topic or left out; laws on
housing, land, construction and real estate are left out, because one of the development sets asks about them.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

LAW, WIKI, PARALLEL = "law_articles.jsonl.gz", "wiki_vi.jsonl.gz", "parallel_en_vi.tsv.gz"
HELD_OUT = re.compile(r"nhà ở|đất đai|xây dựng|bất động sản", re.IGNORECASE)
#: Titles over more articles than this are left out; over 2 up to this many, the topic is added.
COMMON_TITLE = 8
#: Words of a passage, and of the question taken out of one.
PASSAGE, QUESTION = 160, 48
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\w)")
#: Share of pairs in which the passage still holds the sentence that asks for it.
KEPT_SENTENCE = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """question: the short side, passage: the long one; `english` when the question is."""

    question: str
    passage: str


@dataclass(frozen=True, slots=True)
class Article:
    """A law's article or an encyclopaedia's section, with the title above it."""

    topic: str
    title: str
    text: str


def law_articles(folder: Path) -> list[Article]:
    """Articles of the official codification, held-out topics left out."""
    rows = (json.loads(line) for line in _lines(folder / LAW))
    return [
        Article(re.sub(r"^Đề mục [\d.]+\s*", "", row["topic"]), row["title"].strip(), row["text"])
        for row in rows
        if not HELD_OUT.search(row["topic"])
    ]


def wiki_articles(folder: Path) -> list[Article]:
    """Passages of the encyclopaedia: runs of sentences of about PASSAGE words under one heading."""
    rows = (json.loads(line) for line in _lines(folder / WIKI))
    return [passage for row in rows for passage in _wiki_passages(row["title"], row["text"])]


def parallel_lines(folder: Path) -> list[tuple[str, str, str]]:
    """part, English, Vietnamese; in the order of the file, so that neighbours tell one story."""
    rows = (line.rstrip("\n").split("\t") for line in _lines(folder / PARALLEL))
    return [(row[0], row[1], row[2]) for row in rows if len(row) == 3]


def title_pairs(articles: list[Article], rng: random.Random) -> list[Pair]:
    """A law's title asks for its article."""
    seen = Counter(article.title for article in articles)
    pairs = []
    for article in articles:
        times = seen[article.title]
        if times <= COMMON_TITLE and len(article.text.split()) >= 12:
            title = article.title if times == 1 else f"{article.title} {article.topic}"
            pairs.append(Pair(_cut(title, QUESTION), _cut(article.text, PASSAGE)))
    rng.shuffle(pairs)
    return pairs


def clause_pairs(articles: list[Article], rng: random.Random) -> list[Pair]:
    """A clause of an article asks for the rest of it, at most two an article."""
    pairs = []
    for article in articles:
        clauses = [clause for clause in article.text.split("\n") if len(clause.split()) >= 8]
        if len(clauses) < 2:
            continue
        for place in rng.sample(range(len(clauses)), min(2, len(clauses))):
            near = clauses[max(0, place - 2) : place] + clauses[place + 1 : place + 3]
            pairs.append(Pair(_cut(clauses[place], QUESTION), _cut("\n".join([article.title, *near]), PASSAGE)))
    rng.shuffle(pairs)
    return pairs


def sentence_pairs(passages: list[Article], rng: random.Random) -> list[Pair]:
    """A sentence asks for the passage it stands in, which keeps it or not."""
    pairs = []
    for passage in passages:
        sentences = [part for part in SENTENCE_END.split(passage.text) if len(part.split()) >= 5]
        if len(sentences) < 3:
            continue
        asked = rng.choice(sentences)
        rest = passage.text if rng.random() < KEPT_SENTENCE else passage.text.replace(asked, " ")
        pairs.append(Pair(_cut(asked, QUESTION), _cut(rest, PASSAGE)))
    rng.shuffle(pairs)
    return pairs


def heading_pairs(passages: list[Article], rng: random.Random) -> list[Pair]:
    """An encyclopaedia's title and heading ask for the passage below them; the first one below a heading."""
    first = {(passage.topic, passage.title): passage for passage in reversed(passages)}
    pairs = [Pair(f"{p.topic} {p.title}".strip(), _cut(p.text, PASSAGE)) for p in first.values()]
    rng.shuffle(pairs)
    return pairs


def translation_pairs(lines: list[tuple[str, str, str]], rng: random.Random) -> list[Pair]:
    """An English line asks for the Vietnamese one, half the time with the lines around it."""
    pairs = []
    for place, (part, english, vietnamese) in enumerate(lines):
        if len(english.split()) < 2:
            continue
        around = [vietnamese]
        if rng.random() < 0.5:
            window = lines[max(0, place - 1) : place + 2]
            around = [line[2] for line in window if line[0] == part and len(line[2].split()) > 3] or around
        pairs.append(Pair(_cut(english, QUESTION), _cut(" ".join(around), PASSAGE)))
    rng.shuffle(pairs)
    return pairs


def sources(folder: Path, seed: int) -> dict[str, list[Pair]]:
    """Every kind of pair by its name, shuffled by the seed."""
    rng = random.Random(seed)
    law, wiki, lines = law_articles(folder), wiki_articles(folder), parallel_lines(folder)
    kinds: dict[str, Callable[[], list[Pair]]] = {
        "law title": lambda: title_pairs(law, rng),
        "law clause": lambda: clause_pairs(law, rng),
        "wiki sentence": lambda: sentence_pairs(wiki, rng),
        "wiki heading": lambda: heading_pairs(wiki, rng),
        "translation": lambda: translation_pairs(lines, rng),
    }
    return {kind: make() for kind, make in kinds.items()}


def _wiki_passages(title: str, text: str) -> Iterator[Article]:
    heading, run = "", list[str]()
    for line in [*text.split("\n"), "== =="]:
        mark = re.fullmatch(r"\s*=+\s*(.*?)\s*=+\s*", line)
        if mark or sum(len(part.split()) for part in run) >= PASSAGE * 0.7:
            if sum(len(part.split()) for part in run) >= 30:
                yield Article(title, heading, "\n".join(run))
            run = []
        if mark:
            heading = mark.group(1)
        elif len(line.split()) >= 4:
            run.append(line.strip())


def _cut(text: str, words: int) -> str:
    return " ".join(text.split()[:words])


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file
