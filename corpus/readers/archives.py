"""Archives of XML (DOCX): looked over before anything is unpacked, and no part read that declares entities."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from corpus.readers.errors import UnreadableFile

#: More entries, more bytes unpacked in all or in one part of text, or a part of text packed tighter: no document.
MOST_ENTRIES = 5_000
MOST_BYTES = 512 * 2**20
MOST_TEXT = 48 * 2**20
MOST_RATIO = 250
#: What comes of an archive whose bytes are not what they should be.
BROKEN = (
    zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, OverflowError, struct.error,
    zlib.error, lzma.LZMAError,
)  # fmt: skip
_SMALL = 8 * 2**20  # bytes below which a ratio says nothing
_MOST_DEEP = 200  # elements within each other
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}


class Archive:
    """The parts of an archive, each read when asked for. Raises UnreadableFile for what no program would write."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._archive = zipfile.ZipFile(path)
        except BROKEN as error:
            raise self.damaged() from error
        self._check()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def damaged(self) -> UnreadableFile:
        """What to raise for an archive whose bytes are not what they should be."""
        return UnreadableFile(
            f"{self.name}: tệp hỏng hoặc tải chưa xong; hãy tải lại hoặc mở bằng Word rồi lưu lại / "
            f"damaged or cut off; download it again, or open it in Word and save it again"
        )

    def xml(self, part: str) -> Element | None:
        """The root of a part in XML; None where there is no such part."""
        try:
            info = self._archive.getinfo(part)
            data = self._archive.read(info)
        except KeyError:
            return None
        except BROKEN as error:
            raise self.damaged() from error
        return self._parsed(data)

    def _check(self) -> None:
        entries = self._archive.infolist()
        tight = any(
            info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1)
            for info in entries
            if info.filename.endswith((".xml", ".rels"))
        )
        text = max((info.file_size for info in entries if info.filename.endswith((".xml", ".rels"))), default=0)
        if len(entries) > MOST_ENTRIES or sum(info.file_size for info in entries) > MOST_BYTES or tight:
            raise self._bomb()
        if text > MOST_TEXT:
            raise self._bomb()

    def _bomb(self) -> UnreadableFile:
        return UnreadableFile(
            f"{self.name}: giải nén ra quá lớn, không đọc để giữ an toàn; hãy mở bằng Word rồi lưu lại / "
            f"unpacks to far too much and is not read; open it in Word and save it again"
        )

    def _parsed(self, data: bytes) -> Element:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            data = data.decode("utf-16", errors="replace").partition("?>")[2].encode()
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"\x00" in data[:4]:
            raise UnreadableFile(
                f"{self.name}: XML khai báo thực thể, không phải do Word ghi; hãy mở rồi lưu lại bằng Word / "
                f"its XML declares entities, which no word processor writes; open it and save it again"
            )
        if _STRICT in data:
            for strict, transitional in _TRANSITIONAL.items():
                data = data.replace(strict, transitional)
        try:
            return _bounded(data)
        except (ElementTree.ParseError, RecursionError) as error:
            raise self.damaged() from error


def _bounded(data: bytes) -> Element:
    """The tree of a part. Raises RecursionError where elements stand deeper in each other than any text needs."""
    parser = cast(Any, ElementTree.XMLPullParser(("start", "end")))
    depth = 0
    root: Element | None = None
    for at in range(0, len(data), 2**18):
        parser.feed(data[at : at + 2**18])
        for event, element in parser.read_events():
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if depth > _MOST_DEEP:
                raise RecursionError(f"more than {_MOST_DEEP} elements within each other")
    parser.close()
    if root is None:
        raise ElementTree.ParseError("no element")
    return root
