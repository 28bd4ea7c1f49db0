"""What the static model learns from: texts as titles with their parts, and English lines with their Vietnamese ones.

Every source is read from the folder of training data as its README lists it. Titles that stand over many articles
("Hiệu lực thi hành") say nothing of one article and are qualified by their topic or left out; laws on housing, land,
construction and real estate are left out, because one of the development sets asks about them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LAW, WIKI, PARALLEL = "law_articles.jsonl.gz", "wiki_vi.jsonl.gz", "parallel_en_vi.tsv.gz"
HELD_OUT = re.compile(r"nhà ở|đất đai|xây dựng|bất động sản", re.IGNORECASE)
#: Titles over more articles than this are left out; over 2 up to this many, the topic is added.
COMMON_TITLE = 8
#: Words below which a line of an encyclopaedia is no sentence, and a body is too short to learn from.
SHORT_LINE, SHORT_BODY = 4, 12
SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class Story:
    """Parts that belong together in reading order: clauses of an article, sentences below a heading, lines in a row.

    title: what asks for all of them, "" where there is nothing that does.
    """

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Vietnamese lines in a row, and the English of each."""

    english: tuple[str, ...]
    vietnamese: tuple[str, ...]


def law_stories(folder: Path) -> list[Story]:
    """Articles of the official codification by their clauses, held-out topics left out."""
    rows = [json.loads(line) for line in _lines(folder / LAW)]
    rows = [row for row in rows if not HELD_OUT.search(row["topic"])]
    seen = Counter(row["title"].strip() for row in rows)
    return [
        Story(_law_title(row["title"].strip(), row["topic"], seen), _clauses(row["text"]))
        for row in rows
        if len(row["text"].split()) >= SHORT_BODY
    ]


def wiki_stories(folder: Path) -> list[Story]:
    """Sections of the encyclopaedia by their sentences, under the article's name and the heading."""
    rows = (json.loads(line) for line in _lines(folder / WIKI))
    return [story for row in rows for story in _wiki_sections(row["title"], row["text"])]


def parallel_lines(folder: Path) -> list[Lines]:
    """Lines of one part as they follow one another in the file, so that neighbours tell one story."""
    runs: list[tuple[str, list[tuple[str, str]]]] = []
    for line in _lines(folder / PARALLEL):
        part, english, vietnamese = (*line.rstrip("\n").split("\t"), "", "")[:3]
        if not english.strip() or not vietnamese.strip():
            continue
        if not runs or runs[-1][0] != part:
            runs.append((part, []))
        runs[-1][1].append((english, vietnamese))
    return [Lines(*zip(*rows, strict=True)) for _, rows in runs]


def all_texts(stories: Sequence[Story], lines: Sequence[Lines]) -> Iterator[str]:
    """Every text once, to count words in."""
    for story in stories:
        yield story.title
        yield from story.parts
    for run in lines:
        yield from run.english
        yield from run.vietnamese


def _law_title(title: str, topic: str, seen: Counter[str]) -> str:
    if seen[title] > COMMON_TITLE:
        return ""
    return title if seen[title] == 1 else f"{title} {re.sub(r'^Đề mục [0-9.]+ *', '', topic)}"


def _clauses(text: str) -> tuple[str, ...]:
    return tuple(clause.strip() for clause in text.split("\n") if clause.strip())


def _wiki_sections(title: str, text: str) -> Iterator[Story]:
    heading, parts = "", list[str]()
    for line in [*text.split("\n"), "== =="]:
        mark = re.fullmatch(r"\s*=+\s*(.*?)\s*=+\s*", line)
        if not mark and len(line.split()) >= SHORT_LINE:
            parts += SENTENCE_END.split(line.strip())
        if mark:
            if sum(len(part.split()) for part in parts) >= SHORT_BODY:
                yield Story(f"{title} {heading}".strip(), tuple(parts))
            heading, parts = mark.group(1), []


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file
