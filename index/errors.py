"""What can be wrong with an index, in words that say what to do about it."""

from __future__ import annotations

from pathlib import Path

#: The command that makes an index, or makes it anew.
COMMAND = "python -m index build"


class IndexMissing(Exception):
    """There is no index in the folder asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"Chưa có chỉ mục trong {folder}. Hãy chạy: {COMMAND}\nThere is no index in {folder}. Run: {COMMAND}"
        )


class IndexDamaged(Exception):
    """The index is there, but a file of it is not what was written. `part` is that file."""

    def __init__(self, part: Path, vi: str, en: str) -> None:
        self.part = part
        super().__init__(
            f"Chỉ mục bị hỏng: {part} {vi}. Hãy tạo lại: {COMMAND}\n"
            f"The index is damaged: {part} {en}. Build it again: {COMMAND}"
        )
