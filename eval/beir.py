"""Reading a BEIR folder: corpus.jsonl, queries.jsonl and qrels.tsv (Thakur et al. 2021)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, TypeAdapter

from corpus.document import Span
from eval.lines import Unreadable, lines, objects
from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Bench:
    """Passages, the judged questions by id, and the grade of every judged passage for each of them."""

    passages: tuple[Passage, ...]
    queries: Mapping[str, str]
    grades: Mapping[str, Mapping[str, float]]


class _Entry(BaseModel):
    id: str = Field(alias="_id")
    title: str = ""
    text: str


_NUMBER = re.compile(r"\t-?[\d.]+\s*$")
_ENTRY = TypeAdapter(_Entry)


def load(folder: Path) -> Bench:
    """Read a folder; the qrels may also lie in qrels/test.tsv. Raises Unreadable."""
    passages = tuple(_passages(folder / "corpus.jsonl"))
    queries = {entry.id: entry.text for _, entry in objects(folder / "queries.jsonl", _ENTRY)}
    usual, other = folder / "qrels.tsv", folder / "qrels" / "test.tsv"
    qrels = other if other.exists() and not usual.exists() else usual
    grades = _grades(qrels, queries)
    if not passages or not grades:
        raise Unreadable(folder, "không có đoạn hoặc câu hỏi nào", "no passages or no judged queries")
    return Bench(passages, {query: queries[query] for query in grades}, grades)


def _passages(path: Path) -> Iterator[Passage]:
    seen = set[str]()
    for at, one in objects(path, _ENTRY):
        if one.id in seen:
            raise Unreadable.at(path, at, f"mã {one.id!r} có hai lần / the id {one.id!r} stands twice")
        seen.add(one.id)
        yield Passage(doc=one.id, section=0, span=Span(0, len(one.text)), heading=one.title, text=one.text)


def _grades(path: Path, queries: Container[str]) -> dict[str, dict[str, float]]:
    """query-id, corpus-id, score by tabs; a first line that does not end in a number is headings."""
    grades: dict[str, dict[str, float]] = {}
    for at, line in lines(path):
        if at == 1 and not _NUMBER.search(line):
            continue
        try:
            query, passage, grade = line.rstrip("\r").split("\t")
            grades.setdefault(query, {})[passage] = float(grade)
        except ValueError as error:
            raise Unreadable.at(path, at, f"{line!r}, cần / expected: query-id, corpus-id, score (tab)") from error
        if query not in queries:
            raise Unreadable.at(path, at, f"không có câu hỏi / there is no query {query!r}")
    return grades
