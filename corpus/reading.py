"""A file -> a Document: read, cleaned, cut into parts, outlined, its tables typed, its metadata found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.cleaning import clean
from corpus.document import Document, Kind, Metadata, Section, Table
from corpus.metadata import corrected, metadata
from corpus.outline import outline
from corpus.parts import Parts, split
from corpus.readers import READERS
from corpus.readers.errors import UnreadableFile
from corpus.readers.extracted import Progress, silent
from corpus.readers.formats import check
from corpus.tables import table, unit_of
from corpus.vocabulary import read_toml

STATED = "documents.toml"


def read(path: Path, progress: Progress = silent) -> Document:
    """The document in a file; `progress` is told how far a file of many pages is.

    Raises UnreadableFile, saying what is wrong with the file and what to do.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(
            f"{path.name}: chưa đọc được định dạng “{path.suffix}” / format not read; "
            f"có thể dùng / these are: {', '.join(READERS)}"
        )
    check(path)
    extracted = reader(path, progress)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    document = parse(path.stem, path.name, digest, extracted.text, stated(path.parent).get(path.stem, {}))
    warnings = (*extracted.warnings, *document.warnings)
    return replace(document, pages=extracted.pages, warnings=warnings, partial=extracted.partial)


def stated(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    """What documents.toml in a folder says of its documents, by stem; nothing where it cannot be read."""
    try:
        entries = read_toml(folder / STATED)
    except (OSError, ValueError):
        return {}
    return {stem: entry for stem, entry in entries.items() if isinstance(entry, Mapping)}


def stated_problems(folder: Path, stems: Collection[str]) -> Iterator[str]:
    """What is wrong with documents.toml in a folder that holds the documents `stems`, a line each."""
    try:
        entries = read_toml(folder / STATED)
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        yield f"{STATED}: không đọc được, tạm bỏ qua / cannot be read, left aside ({error})"
        return
    for stem, entry in entries.items():
        if stem not in stems:
            yield f"{STATED}: không có tệp nào tên “{stem}” / no file of that name"
        elif isinstance(entry, Mapping):
            yield from (f"{STATED}: [{stem}] {problem}" for problem in corrected(Metadata(), entry)[1])
        else:
            yield f"{STATED}: “{stem}” phải là một mục / must be a table: [{stem}]"


def parse(id: str, source: str, digest: str, text: str, said: Mapping[str, Any] | None = None) -> Document:
    """The document of a text already read; `said` is what documents.toml says of it."""
    cleaned = clean(text)
    parts = split(cleaned.blocks)
    root = outline(parts.parts, len(text))
    tables = tuple(_tables(root, parts))
    read = metadata(parts)
    found, _ = corrected(read, said or {})
    warnings = tuple(_warnings(found, root, tables))
    changed = tuple(one.name for one in fields(Metadata) if getattr(found, one.name) != getattr(read, one.name))
    return Document(id, source, digest, text, cleaned.hidden, found, root, tables, warnings, stated=changed)


@cache
def parser_version() -> str:
    """A digest of this package: documents parsed by other code or with other vocabularies are parsed again."""
    here = Path(__file__).parent
    files = sorted([*here.rglob("*.py"), *(here / "vocabulary").glob("*.toml")])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _tables(root: Section, parts: Parts) -> Iterator[Table]:
    blocks = {block.span.start: block for part in parts.parts for block in part.blocks if block.is_row}
    others = [block for part in parts.parts for block in part.blocks if not block.is_row]
    for section, caption in _table_nodes(root, ""):
        rows = [blocks[row.span.start] for row in section.children]
        above = [block for block in others if block.span.end <= section.span.start][-3:]
        if (typed := table(section, rows, caption, unit_of(above[::-1]))) is not None:
            yield typed


def _table_nodes(node: Section, caption: str) -> Iterator[tuple[Section, str]]:
    for child in node.children:
        if child.kind is Kind.TABLE:
            yield child, caption
        else:
            yield from _table_nodes(child, child.title or caption)


def _warnings(found: Metadata, root: Section, tables: Sequence[Table]) -> Iterator[str]:
    if not (found.number or found.symbol or found.province) and not (found.title and (found.kind or found.period)):
        yield "Không thấy tên, số hay tỉnh: có thể không phải kế hoạch / no title, number or province: perhaps no plan"
    if found.province is None:
        yield "Không thấy tên tỉnh; có thể ghi trong documents.toml / no province found"
    if found.period is None:
        yield "Không thấy năm hay giai đoạn / no year or period found"
    if found.symbol is not None and found.number is None:
        yield f"Số văn bản để trống: Số: …/{found.symbol.value} / the number is blank"
    labels = [child.label for child in root.children if child.kind is Kind.HEADING and child.label]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        yield f"Có {labels.count(label)} mục cùng mang số {label} / several sections are numbered {label}"
    for typed in tables:
        yield from typed.notes
