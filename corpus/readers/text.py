"""Plain text and Markdown in UTF-8."""

from __future__ import annotations

from pathlib import Path

from corpus.readers.errors import UnreadableFile
from corpus.readers.extracted import Extracted, Progress


def read_text(path: Path, _: Progress) -> Extracted:
    """The text of a UTF-8 file, line ends as \\n. Raises UnreadableFile for other encodings and empty files."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{path.name}: không phải văn bản UTF-8 (byte {error.start}); hãy lưu lại với mã UTF-8 / "
            f"not UTF-8 text; save it again as UTF-8"
        ) from error
    except OSError as error:
        raise UnreadableFile(f"{path.name}: không đọc được / cannot be read ({error.strerror})") from error
    if "\x00" in text:
        raise UnreadableFile(f"{path.name}: là tệp nhị phân, không phải văn bản / binary, not text")
    if not text.strip():
        raise UnreadableFile(f"{path.name}: tệp rỗng / the file is empty")
    return Extracted(text)
