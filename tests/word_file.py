"""Word files for tests, from the XML of their parts."""

from __future__ import annotations

import zipfile
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def _type(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'


def part(name: str, inner: str) -> str:
    """The XML of a part."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_SPACES}>{inner}</w:{name}>'


def word_file(path: Path, body: str, **parts: str) -> Path:
    """Writes a .docx file of a body and of further parts by name (numbering="…", styles, footnotes, endnotes)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        own = [_type("document", "document.main"), *(_type(name, name) for name in parts)]
        archive.writestr("[Content_Types].xml", _TYPES.format("".join(own)))
        related = "".join(f'<Relationship Id="r{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts)
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>')
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", part(name, inner))
    return path


def p(words: str = "", properties: str = "") -> str:
    """A paragraph; `words` may be XML of runs."""
    runs = words if words.startswith("<") or not words else r(words)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(words: str, properties: str = "") -> str:
    """A run."""
    text = f'<w:t xml:space="preserve">{words}</w:t>'
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{text}</w:r>"


def in_list(number: int, depth: int = 0) -> str:
    """The properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'


def level(depth: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a definition of lists."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        "</w:lvl>"
    )


def lists(*definitions: str, further: str = "") -> str:
    """A part of numbering: definition i (from 1) and list i that has it, then `further` lists."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(definitions, 1)
    )
    own = "".join(num(at, at) for at in range(1, len(definitions) + 1))
    return abstract + own + further


def num(number: int, definition: int, more: str = "") -> str:
    """A list by the definition it has."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{definition}"/>{more}</w:num>'


def table(*rows: str, borders: bool = True) -> str:
    """A table of rows of cells."""
    line = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>' if borders else ""
    return f"<w:tbl><w:tblPr>{line}</w:tblPr>{''.join(rows)}</w:tbl>"


def tr(*cells: str, header: bool = False) -> str:
    """A row; a cell is its words, or XML that begins with <w:tc>."""
    own = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{own}{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tc(words: str, across: int = 1, down: str = "") -> str:
    """A cell; `words` may be XML of paragraphs, `down` "restart" or "continue"."""
    merge = {"": "", "continue": "<w:vMerge/>"}.get(down, f'<w:vMerge w:val="{down}"/>')
    inner = words if words.startswith("<w:") else p(words)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{across}"/>{merge}</w:tcPr>{inner}</w:tc>'
