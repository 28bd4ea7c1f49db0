"""What an index holds, as a person can check it: a table of the plans, one plan's text, one plan's outline."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from corpus.document import Document, Fact, Kind, Section
from index.manifest import Source
from index.opening import Index
from index.relations import Tie

#: The longest title and the longest beginning of a section that are printed, in characters.
TITLE, WORDS = 60, 70

_HEADS = ("tệp/file", "tên/title", "số/number", "tỉnh/province", "năm/period", "mục/sections", "bảng/tables")
_NUMBERS = ("đoạn/passages", "trang/pages", "lưu ý/warnings")
_TIES = {
    Tie.COPY: "bản trùng, không tính / a copy, not counted, of",
    Tie.REPLACES: "thay thế / replaces",
    Tie.AMENDS: "sửa đổi, bổ sung / amends",
}


def table(index: Index) -> Iterator[str]:
    """A line a plan; below the table how plans stand to one another, the warnings, and what could not be read."""
    sources = index.manifest.served
    rows = [_HEADS + _NUMBERS, *(_row(source, index.documents[source.doc]) for source in sources)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(_padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip()
    recipe = index.manifest.recipe
    yield ""
    yield f"{len(rows) - 1} văn bản/documents, {len(index.passages)} đoạn/passages; {index.manifest.created}"
    yield f"mô hình/model {recipe.identity}, kho véc-tơ/store {recipe.store}, thư mục/folder {recipe.documents or '–'}"
    yield from (f"= {one.doc}: {_TIES[one.tie]} {one.other}" for one in index.manifest.relations)
    for document in index.documents.values():
        yield from (f"! {document.id}: {warning}" for warning in document.warnings)
    yield from (f"× {one.why}" for one in index.manifest.refused)


def outline(document: Document) -> Iterator[str]:
    """A line a section: its kind, where it stands in the text, its label and first words, indented by depth."""
    for section in document.sections[1:]:
        depth = len(document.ancestors(section))
        span = f"{section.span.start}–{section.span.end}"
        yield f"{section.kind.value:<9}  {span:>13}  {'  ' * depth}{_words(document, section)}"


def _row(source: Source, document: Document) -> Sequence[str]:
    stated = document.metadata
    first, last = stated.period or (0, 0)
    period = "–" if not first else f"{first}" if first == last else f"{first}–{last}"
    headings = sum(section.kind is Kind.HEADING for section in document.sections)
    number = stated.number or stated.symbol
    facts = (_short(_value(stated.title), TITLE), _value(number), _value(stated.province), period)
    tables = sum(section.kind is Kind.TABLE for section in document.sections)  # those without figures too
    counts = (headings, tables, source.passages, _pages(document), len(document.warnings))
    return (source.file, *facts, *map(str, counts))


def _pages(document: Document) -> str:
    """How many pages; of recognised ones how sure their words are on the whole, 0 to 1."""
    if not document.pages:
        return "–"
    sure = [page.confidence for page in document.pages if page.confidence is not None]
    return f"{len(document.pages)}" + (f" ({sum(sure) / len(sure):.2f})".replace(".", ",") if sure else "")


def _value(fact: Fact | None) -> str:
    return " ".join(fact.value.split()) if fact else "–"


def _words(document: Document, section: Section) -> str:
    own = section.title or document.shown(section.head)
    label = f"[{section.label}] " if section.label else ""
    return label + _short(own, WORDS)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _width(text: str) -> int:
    """Columns on a screen: a letter and its combining marks take one."""
    return sum(not unicodedata.combining(character) for character in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
