"""Web pages: the main text, without what a portal puts around it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from corpus.head import date_line
from corpus.readers.capitals import lost_capitals, with_capitals
from corpus.readers.emphasis import marked, unpointed
from corpus.readers.errors import UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.html_around import prune
from corpus.readers.html_blocks import Printer
from corpus.readers.html_main import has_head, main_of
from corpus.readers.html_notes import noted
from corpus.readers.html_place import is_struck
from corpus.readers.html_tree import Element, is_too_deep, parse
from corpus.readers.laying import laid_out
from corpus.readers.legacy import FITS, mended, vietnamese_share
from corpus.readers.pieces import STRUCK_OUT
from corpus.readers.text import binary, converted, read_bytes, unicode_of
from corpus.words import fold

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD = 4096  # bytes in which a page states its encoding
_SHORTEST = 8  # characters of a title
_TOP = 12  # blocks in which a letterhead stands


def read_html(path: Path, _: Progress) -> Extracted:
    """The main text of a page. Raises UnreadableFile where there is none or its letters cannot be made out."""
    data = read_bytes(path)
    text = _decoded(path.name, data)
    if is_too_deep(text):
        raise UnreadableFile(
            f"{path.name}: trang lồng quá nhiều lớp, không đọc được; hãy lưu lại dạng văn bản / "
            f"too many elements within each other; save it as text"
        )
    root = noted(parse(text))
    page = prune(root)
    main = main_of(page)
    said = (STRUCK_OUT,) if any(is_struck(one) and one.length for one in main.walk()) else ()
    printed = laid_out(marked(_blocks(page, main, _titles(root))))
    if not printed.strip():
        raise UnreadableFile(
            f"{path.name}: không thấy nội dung trong trang, có lẽ trang chỉ hiện khi chạy chương trình; "
            f"hãy lưu lại dạng văn bản / no text in the page, which may need its scripts; save it as text"
        )
    if (found := mended(printed)) is not None:
        return Extracted(found[0], warnings=(converted(found[1]), *said))
    if lost_capitals(printed):
        return Extracted(with_capitals(printed), warnings=(converted("TCVN3"), *said))
    if unicode_of(data) is None and (vietnamese_share(printed) or 1.0) < FITS:
        raise UnreadableFile(
            f"{path.name}: không đọc được mã chữ; hãy lưu lại với mã UTF-8 / no encoding fits; save it again as UTF-8"
        )
    return Extracted(printed, warnings=said)


def _decoded(name: str, data: bytes) -> str:
    """The page's text; letters of legacy fonts as they are, for its fonts tell more than its letters."""
    text = unicode_of(data)
    if b"\x00" in data and (text is None or "\x00" in text):
        raise binary(name)
    if text is not None:
        return text
    stated = _CHARSET.search(data[:_HEAD])
    for encoding in (stated[1].decode().lower() if stated else "", "cp1258"):
        try:
            text = unicodedata.normalize("NFC", data.decode(encoding)) if "1258" in encoding else ""
        except (LookupError, UnicodeError):
            continue
        if text and (vietnamese_share(re.sub("<[^>]*>", " ", text)) or 0.0) >= FITS:
            return text
    return data.decode("cp1252", errors="ignore")


def _titles(root: Element) -> list[str]:
    """What the page says it is called, where only programs look."""
    said = [one.text() for one in root.walk() if one.tag == "title"]
    metas = (one.attributes for one in root.walk() if one.tag == "meta")
    return [*said, *(meta.get("content", "") for meta in metas if meta.get("property") == "og:title")]


def _blocks(page: Element, main: Element, titles: list[str]) -> list[str]:
    """The blocks of the main text; before them the title and the date of the page where the text has no head."""
    printer = Printer(watched=main)
    blocks = printer.print(page)
    start, end = printer.found
    if start == end:  # it stands in a table that only puts it in its place
        start, blocks = 0, Printer().print(main)
        end = len(blocks)
    text = blocks[start:end]
    if any(block.startswith(("# ", "## ")) for block in text[:_TOP]) or has_head(_lines(text[:_TOP])):
        return text
    headed = [at for at in range(start) if blocks[at].startswith(("# ", "## "))]
    said = [at for at in (*headed, *printer.titles) if at < start and _is_said(blocks[at], titles)]
    at = max(said or headed, default=-1)
    if at < 0 or (text and (_plain(blocks[at]) == _plain(text[0]) or _is_said(text[0], titles))):
        return text
    dates = [block for block in blocks[max(at - 1, 0) : start] if date_line(unpointed(block))]
    return [*map(unpointed, dates[:1]), f"# {unpointed(blocks[at]).lstrip('# ')}", *text]


def _is_said(block: str, titles: list[str]) -> bool:
    """Whether a block is what the page says it is called."""
    return len(block) > _SHORTEST and any(_plain(block) in fold(" ".join(title.split())) for title in titles)


def _lines(blocks: list[str]) -> list[str]:
    return [line for block in blocks for line in unpointed(block).split("\n")]


def _plain(block: str) -> str:
    return fold(" ".join(unpointed(block).lstrip("# ").split()))
