"""Files from outside the project, whole or line by line, read with errors that say where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


class Unreadable(Exception):
    """A file is missing or malformed; the message is one line, says where, and what was expected there."""

    def __init__(self, path: Path, vi: str, en: str) -> None:
        super().__init__(f"Không dùng được {path}: {vi} / {path} cannot be used: {en}")

    @classmethod
    def at(cls, path: Path, line: int, what: str) -> Unreadable:
        """Something is wrong in one line of a file, counted from 1."""
        return cls(path, f"dòng {line}: {what}", f"line {line}: {what}")


def content(path: Path) -> str:
    """The text of a UTF-8 file. Raises Unreadable."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Unreadable(path, "không có tệp này", "there is no such file") from error
    except UnicodeDecodeError as error:
        raise Unreadable(path, "không phải UTF-8", "it is not UTF-8") from error
    except OSError as error:
        raise Unreadable(path, f"không đọc được ({error.strerror})", f"not readable ({error.strerror})") from error


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file that are not blank, with their numbers. Raises Unreadable."""
    yield from ((at, line) for at, line in enumerate(content(path).split("\n"), 1) if line.strip())


def objects(path: Path, shape: TypeAdapter[T]) -> Iterator[tuple[int, T]]:
    """The objects of a JSONL file with their lines' numbers. Raises Unreadable, naming the first field amiss."""
    for at, line in lines(path):
        try:
            yield at, shape.validate_json(line)
        except ValidationError as error:
            raise Unreadable.at(path, at, amiss(error)) from error


def amiss(error: ValidationError) -> str:
    """The first field that is not as it should be, and why."""
    first = error.errors()[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}" if place else first["msg"]
