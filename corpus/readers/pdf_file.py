"""Opening a PDF: what cannot be read, or would take more than a machine has, is refused first and in plain words."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.readers.errors import UnreadableFile

MOST_PAGES = 1_000
MOST_INFLATED = 96 << 20  # bytes that a stream of drawing or of objects may unpack to; a page of print takes 0.1 MB
_BEGINS_WITHIN = 1024  # bytes before a file says that it is a PDF
_STREAM = re.compile(rb"/FlateDecode[^\x00]{0,300}?stream\r?\n")
_BEFORE = 600  # bytes before a stream in which its dictionary stands
_PIECE = 1 << 16  # bytes of a packed stream that are unpacked at once
_LAYERS = 3  # of packing within packing that are looked into


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """An open PDF that can be read. Raises UnreadableFile, which says what is wrong with it and what to do."""
    name = path.name
    _check_bytes(path)
    try:
        document = pdfium.PdfDocument(path)
    except (pdfium.PdfiumError, OSError) as error:
        raise UnreadableFile(_refused(name, raw.FPDF_GetLastError())) from error
    try:
        if not 0 < len(document) <= MOST_PAGES:
            raise UnreadableFile(_of_pages(name, len(document)))
        yield document
    finally:
        document.close()


def _check_bytes(path: Path) -> None:
    try:
        if not path.stat().st_size:
            raise UnreadableFile(f"{path.name}: tệp rỗng / the file is empty")
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            if data.find(b"%PDF-", 0, _BEGINS_WITHIN) < 0:
                raise UnreadableFile(
                    f"{path.name}: không phải tệp PDF; kiểm tra lại tên tệp / not a PDF; check its name"
                )
            if any(_inflates(data, stream.end()) for stream in _STREAM.finditer(data) if not _is_image(data, stream)):
                raise UnreadableFile(
                    f"{path.name}: dữ liệu nén nở quá {MOST_INFLATED >> 20} MB; in lại thành PDF mới rồi thử lại / "
                    f"packed data beyond {MOST_INFLATED >> 20} MB; print it to a new PDF and try again"
                )
    except OSError as error:
        raise UnreadableFile(f"{path.name}: không đọc được / cannot be read ({error.strerror})") from error


def _is_image(data: mmap.mmap, stream: re.Match[bytes]) -> bool:
    """Whether a stream is a picture: those are measured in pixels when they are drawn."""
    head = data[max(0, stream.start() - _BEFORE) : stream.end()]
    return b"/Image" in head[head.rfind(b"obj") :]


def _inflates(data: mmap.mmap, start: int) -> bool:
    """Whether a packed stream unpacks to more than a page can hold, packings within it included."""
    packed: mmap.mmap | bytearray = data
    for _ in range(_LAYERS):
        try:
            packed = _unpacked(packed, start)
        except zlib.error:  # encrypted, or no such packing: nothing that can be unpacked is hidden here
            return False
        if len(packed) >= MOST_INFLATED:
            return True
        start = 0
    return False


def _unpacked(data: mmap.mmap | bytearray, start: int) -> bytearray:
    """What a packed stream holds, MOST_INFLATED bytes of it at most; no more of a file is read than that takes.

    Raises zlib.error where it is none.
    """
    unpacking, found = zlib.decompressobj(), bytearray()
    while start < len(data) and not unpacking.eof and len(found) < MOST_INFLATED:
        piece = bytes(data[start : start + _PIECE])
        start += len(piece)
        while piece and len(found) < MOST_INFLATED:
            found += unpacking.decompress(piece, MOST_INFLATED - len(found))
            piece = unpacking.unconsumed_tail
    return found


def _refused(name: str, error: int) -> str:
    if error == raw.FPDF_ERR_PASSWORD:
        return f"{name}: tệp có mật khẩu; gỡ mật khẩu rồi lưu lại / protected by a password; remove it and save again"
    return f"{name}: tệp PDF hỏng hoặc thiếu phần cuối; tải lại bản gốc / damaged or cut off; get the PDF again"


def _of_pages(name: str, pages: int) -> str:
    if pages < 1:
        return f"{name}: tệp PDF không có trang nào / the PDF has no pages"
    return (
        f"{name}: {pages} trang, nhiều nhất {MOST_PAGES}; hãy tách thành nhiều tệp / "
        f"{pages} pages, {MOST_PAGES} at most; split the file"
    )
