"""Plain text and Markdown: Unicode, and what Vietnamese was written in before it."""

from __future__ import annotations

import codecs
from pathlib import Path

from corpus.readers.errors import UnreadableFile
from corpus.readers.extracted import Extracted, Progress
from corpus.readers.legacy import from_bytes, mended

#: The largest file of text that is read, in bytes; a plan has some hundred thousand.
LARGEST = 32 * 2**20
#: Longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HIGH = frozenset(b"\x00\x01\x03\x1e\x20")  # upper halves of the characters that Vietnamese is written with
_LOOKED_AT = 4096  # bytes


def read_text(path: Path, _: Progress) -> Extracted:
    """The text of a file, line ends as \\n. Raises UnreadableFile where no encoding fits and for empty files."""
    text, warnings = decoded(path.name, read_bytes(path))
    return Extracted(text, warnings=warnings)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file of text. Raises UnreadableFile for a larger one than any text is."""
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableFile(
                f"{path.name}: lớn hơn {LARGEST // 2**20} MB, không phải văn bản; hãy chia nhỏ / "
                f"larger than {LARGEST // 2**20} MB, no text; split it"
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path.name}: không đọc được / cannot be read ({error.strerror})") from error


def decoded(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in the bytes of a file `name`, line ends as \\n, and what a person should know of how it was read."""
    text, warnings = _any_encoding(name, data)
    if "\x00" in text:
        raise binary(name)
    if not text.strip("\ufeff \t\r\n"):
        raise UnreadableFile(f"{name}: tệp rỗng / the file is empty")
    if (found := mended(text)) is not None:
        text, warnings = found[0], (converted(found[1]),)
    return text.replace("\r\n", "\n").replace("\r", "\n"), warnings


def unicode_of(data: bytes) -> str | None:
    """The text of bytes in Unicode, by their mark or as they look; None where they are in no such encoding."""
    try:
        return data.decode(_encoding(data))
    except UnicodeDecodeError:
        return None


def converted(encoding: str) -> str:
    """What is said of a text that was not in Unicode."""
    return f"Đã chuyển từ mã {encoding} sang Unicode; nên soát lại / converted from {encoding}, best looked over"


def _any_encoding(name: str, data: bytes) -> tuple[str, tuple[str, ...]]:
    if (text := unicode_of(data)) is not None:
        return text, ()
    if b"\x00" in data[:_LOOKED_AT] and _encoding(data) == "utf-8":
        raise binary(name)
    if _encoding(data) == "utf-8" and (found := from_bytes(data)) is not None:
        return found[0], (converted(found[1]),)
    raise UnreadableFile(
        f"{name}: không phải văn bản {_encoding(data).upper()}, cũng không phải TCVN3, VNI hay windows-1258; "
        f"hãy lưu lại với mã UTF-8 / no encoding fits; save it again as UTF-8"
    )


def binary(name: str) -> UnreadableFile:
    """What to raise for bytes that are no text."""
    return UnreadableFile(f"{name}: là tệp nhị phân, không phải văn bản / binary, not text")


def _encoding(data: bytes) -> str:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), _wide(data) or "utf-8")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark, told by the upper halves of its characters; "" for anything else."""
    even, odd = data[:_LOOKED_AT:2], data[1:_LOOKED_AT:2]
    for upper, lower, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if upper.count(0) * 3 > len(upper) and sum(map(_HIGH.__contains__, upper)) * 20 > len(upper) * 19:
            return encoding if lower.count(0) * 20 < len(lower) else ""
    return ""
