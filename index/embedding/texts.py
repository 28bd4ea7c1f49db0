"""What the static model learns from: texts with their parts, English lines with Vietnamese ones, questions of people.

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

from corpus.vocabulary import terms

LAW, WIKI, PARALLEL = "law_articles.jsonl.gz", "wiki_vi.jsonl.gz", "parallel_en_vi.tsv.gz"
HELD_OUT = re.compile(r"nhà ở|đất đai|xây dựng|bất động sản", re.IGNORECASE)
#: Titles over more articles than this are left out; over 2 up to this many, the topic is added.
COMMON_TITLE = 8
#: Words below which a line of an encyclopaedia is no sentence, and a body is too short to learn from.
SHORT_LINE, SHORT_BODY = 4, 12
#: Passages of plans, and questions that people would ask for each: a JSON object a line.
QUESTIONS = Path(__file__).with_name("questions.jsonl")
#: Words of plans of this kind, and how people say them, beside those of corpus/vocabulary: a JSON object a line.
THESAURUS = Path(__file__).with_name("thesaurus.jsonl")
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, and the questions that ask for it, in words that may be far from its own."""

    text: str
    questions: tuple[str, ...]


def asked_passages(file: Path = QUESTIONS) -> list[Asked]:
    """Passages of plans with what people would ask for them."""
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [Asked(row["passage"], tuple(row["questions"])) for row in rows]


def asked_terms(file: Path = THESAURUS) -> list[Asked]:
    """Words of the field as plans write them, with how people say them: the vocabulary's, then the thesaurus's."""
    own = [(term.plan, (*term.said, *term.english)) for term in terms()]
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    more = [(row["plan"], (*row.get("said", ()), *row.get("english", ()))) for row in rows]
    ways: dict[str, tuple[str, ...]] = {}
    texts: dict[str, str] = {}
    for plan, said in own + more:  # both may hold a word: then it is one text to ask for, not two
        name = plan[0].lower()
        texts.setdefault(name, ", ".join(plan))
        ways[name] = (*ways.get(name, ()), *said)
    return [Asked(texts[name], said) for name, said in ways.items() if said]


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


def all_texts(stories: Sequence[Story], lines: Sequence[Lines], asked: Sequence[Asked] = ()) -> Iterator[str]:
    """Every text once, to count words in."""
    for one in asked:
        yield one.text
        yield from one.questions
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
