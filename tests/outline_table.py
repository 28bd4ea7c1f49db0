"""A document's tree as the tables in tests/outlines print it, so that a person can hold it against the page.

(head)              a part that is not the body; what it holds stands below it
= 4. Sở Y tế        a heading as printed, its colon left out; "→" when its text runs on in the same line
· a) Giảm 5% …      an item that is numbered, lettered or named, by its first words
- × 4               so many bullets of that sign, one after the other
¶ × 2               so many paragraphs
▦ 14                a table of so many rows, its headers among them
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from corpus.document import Document, Kind, Role, Section

HERE = Path(__file__).parent
PLANS = sorted((HERE.parent / "corpus" / "documents").glob("*.txt"))
TEXTS = sorted(path for path in (HERE / "texts").iterdir() if path.suffix in {".txt", ".md"})
#: A text that none of the parser's rules was written against, beside the plans it ships with.
ALL = [*PLANS, *TEXTS]
_BULLETS = frozenset("-+*•–\uf0b7")


def expected(path: Path) -> list[str]:
    """The outline a person read off the page."""
    lines = (HERE / "outlines" / f"{path.stem}.txt").read_text(encoding="utf-8").splitlines()
    return [line.rstrip() for line in lines if line.strip() and not line.startswith("#")]


def agreed(wanted: list[str], got: list[str]) -> list[str]:
    """`got` with an item's further words left out where its first ones are those wanted."""
    first = {row for row in wanted if row.lstrip().startswith("·")}
    return [next((row for row in first if row == line or line.startswith(f"{row} ")), line) for line in got]


def printed(document: Document) -> list[str]:
    """The outline the parser found, in the same form."""
    lines: list[str] = []
    for role, nodes in groupby(document.root.children, key=_part):
        if role is Role.BODY:
            lines.extend(_rows(document, list(nodes), 0))
        else:
            lines.append(f"({role.value})")
            lines.extend(_rows(document, list(nodes), 1))
    return [unicodedata.normalize("NFC", line) for line in lines]


def _part(node: Section) -> Role:
    return node.role


def _rows(document: Document, nodes: list[Section], depth: int) -> Iterator[str]:
    margin = "  " * depth
    for sign, run in groupby(enumerate(nodes), key=lambda pair: _run(document, *pair)):
        together = [node for _, node in run]
        if "#" not in sign:
            yield f"{margin}{sign} × {len(together)}"
        for node in together:
            if "#" in sign:
                yield f"{margin}{_row(document, node)}"
            if node.kind is not Kind.TABLE:
                yield from _rows(document, list(node.children), depth + 1)


def _run(document: Document, at: int, node: Section) -> str:
    """What is counted together: bullets of one sign and paragraphs; anything else stands on its own row."""
    if node.kind is Kind.PARAGRAPH and not node.children:
        return "¶"
    if node.kind is Kind.ITEM and node.label in _BULLETS and not node.children:
        return document.text[node.head.start]
    return f"# {at}"


def _row(document: Document, node: Section) -> str:
    words = document.shown(node.head)
    if node.kind is Kind.HEADING:
        return f"= {words.rstrip(' :')}{' →' if _runs_on(document, node) else ''}"
    if node.kind is Kind.TABLE:
        return f"▦ {len(node.children)}"
    return f"· {words}"


def _runs_on(document: Document, node: Section) -> bool:
    if not node.children or node.children[0].kind is not Kind.PARAGRAPH:
        return False
    start = min(node.children[0].span.start, node.head.end)
    between = document.text[start : node.children[0].span.start]
    return node.children[0].span.start <= node.head.end or "\n" not in between
