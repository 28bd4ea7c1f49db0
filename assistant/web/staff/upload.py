"""Files that come in with a form, written as they come into rooms of the shelf; nothing is held in memory."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from anyio import to_thread
from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from assistant.staff.names import BadName, safe_name
from assistant.staff.shelf import Shelf, discard
from assistant.web.refused import Refused
from assistant.web.strings import phrase

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

#: Bytes of one file, and of all of a form; files of a form.
FILE_LIMIT = 50 << 20
FORM_LIMIT = 4 * FILE_LIMIT + (1 << 20)
_FILES, _FIELDS, _FIELD = 20, 20, 2_000


@dataclass
class Form:
    """A form as it came. files: by their safe names, each in a room of its own.  refused: names as the browser said
    them, and why each was not taken."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def discard(self) -> None:
        """Leave nothing behind."""
        for file in self.files:
            discard(file)


async def received(request: Request, shelf: Shelf, may: Callable[[dict[str, str]], None]) -> Form:
    """The form of a request. `may` raises for fields that are not of a page of ours; it is asked before any file.

    Raises Refused: 422 for what is no form. Whatever is raised, nothing is left behind.
    """
    kind, options = parse_options_header(request.headers.get("content-type"))
    boundary = options.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise Refused(422, phrase("staff_no_form").both)
    taking = _Taking(shelf, may)
    parser = MultipartParser(boundary, taking.callbacks())
    try:
        async for chunk in request.stream():
            await to_thread.run_sync(parser.write, chunk)
        await to_thread.run_sync(parser.finalize)
        if not taking.is_whole:
            raise Refused(422, phrase("staff_broken").both)
    except FormParserError as error:
        taking.give_up()
        raise Refused(422, phrase("staff_broken").both) from error
    except BaseException:
        taking.give_up()
        raise
    return taking.form


class _Taking:
    """Takes a form apart while it comes."""

    def __init__(self, shelf: Shelf, may: Callable[[dict[str, str]], None]) -> None:
        self.form, self.is_whole = Form(), False
        self._shelf, self._may, self._asked = shelf, may, False
        self._header = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._field, self._said = "", b""
        self._name, self._path, self._size = "", Path(), 0
        self._file: BinaryIO | None = None
        self._is_file = False

    def callbacks(self) -> MultipartCallbacks:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._header_field,
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_headers_finished": self._named,
            "on_part_data": self._data,
            "on_part_end": self._end,
            "on_end": self._all,
        }

    def give_up(self) -> None:
        """Leave nothing behind."""
        self._close()
        self.form.discard()

    def _begin(self) -> None:
        self._headers, self._header, self._value = {}, b"", b""
        self._field, self._said, self._name, self._size, self._is_file = "", b"", "", 0, False
        self._path = Path()  # what is refused of this file must not reach the one before

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header, self._value = b"", b""

    def _named(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._field = options.get(b"name", b"").decode(errors="replace")
        self._is_file = b"filename" in options
        if self._is_file:
            self._begin_file(options[b"filename"].decode(errors="replace"))
        elif len(self.form.fields) >= _FIELDS:
            raise Refused(422, phrase("staff_no_form").both)

    def _begin_file(self, said: str) -> None:
        if not self._asked:
            self._may(self.form.fields)
            self._asked = True
        self._name = said
        if not said:  # nothing was chosen
            return
        if len(self.form.files) >= _FILES:
            self._refuse(phrase("staff_many", most=_FILES).both)
            return
        try:
            name = safe_name(said)
            self._path = self._shelf.room() / name
            self.form.files.append(self._path)
            self._file = self._path.open("xb")
        except BadName as error:
            self._refuse(str(error))
        except OSError as error:
            self._refuse(_full(error))

    def _data(self, data: bytes, start: int, end: int) -> None:
        if not self._is_file:
            self._said += data[start:end]
            if len(self._said) > _FIELD:
                raise Refused(422, phrase("staff_no_form").both)
            return
        self._size += end - start
        if self._file is None:
            return
        if self._size > FILE_LIMIT:
            self._refuse(phrase("staff_large", most=FILE_LIMIT >> 20).both)
            return
        try:
            self._file.write(data[start:end])
        except OSError as error:
            self._refuse(_full(error))

    def _end(self) -> None:
        if not self._is_file:
            self.form.fields[self._field] = self._said.decode(errors="replace")
            return
        try:
            self._close()
        except OSError as error:  # what was still in memory did not fit
            self._refuse(_full(error))

    def _all(self) -> None:
        if not self._asked:
            self._may(self.form.fields)
        self.is_whole = True

    def _refuse(self, why: str) -> None:
        """This file is not taken; the rest of it is let go by."""
        self.form.refused.append((self._name, why))
        with suppress(OSError):
            self._close()
        if self._path in self.form.files:
            self.form.files.remove(self._path)
            discard(self._path)

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()


def _full(error: OSError) -> str:
    return phrase("staff_not_written", reason=error.strerror or type(error).__name__).both
