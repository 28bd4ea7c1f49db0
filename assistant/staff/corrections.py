"""What staff say of a plan in place of what was read of it: an entry of documents.toml beside the file."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from corpus.cleaning import clean
from corpus.document import Document, Metadata
from corpus.metadata import corrected, metadata, province_named
from corpus.parts import split
from corpus.reading import STATED, stated
from index.disk import replace_file

#: What can be corrected; of a period the first and the last year.
FIELDS = ("title", "number", "date", "province", "first", "last", "issuer", "signer")
_TEXTS = ("title", "number", "issuer", "signer")
_LONGEST = 500  # characters
_WRITING = Lock()  # two who correct at the same time write one after the other
_YEARS = range(1945, 2101)


class Wrong(ValueError):
    """Some of what was typed cannot be: by field, the key of what is said of it."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(", ".join(self.fields))


class CannotWrite(Exception):
    """documents.toml cannot be read or written; the message says why, in both languages."""


def as_read(document: Document) -> Metadata:
    """What the text of a plan states itself, whatever documents.toml says of it."""
    return metadata(split(clean(document.text).blocks))


def as_corrected(file: Path) -> dict[str, str]:
    """What documents.toml says of a file, field by field as a form shows it; "" for what it leaves as it was read."""
    entry = stated(file.parent).get(file.stem, {})
    found, _ = corrected(Metadata(), entry)
    facts = {name: getattr(found, name) for name in (*_TEXTS, "date", "province")}
    first, last = found.period or ("", "")
    said = {name: fact.value if fact else "" for name, fact in facts.items()}
    return {**said, "first": str(first), "last": str(last)}


def correct(file: Path, typed: Mapping[str, str]) -> bool:
    """Have documents.toml say of a file what was typed, and nothing of what was left empty; whether that changed it.

    Everything else in it stays, comments too. Raises Wrong and CannotWrite; then nothing is written.
    """
    entry = checked({name: " ".join(typed.get(name, "").split()) for name in FIELDS})
    with _WRITING:
        return _write(file.parent / STATED, file.stem, entry)


def copied(file: Path, place: Path) -> None:
    """Write beside the place of a file what documents.toml says of it where it is. Raises OSError."""
    if entry := stated(file.parent).get(file.stem):
        replace_file(place.parent / STATED, tomlkit.dumps({place.stem: dict(entry)}).encode(), 0o644)


def moved(file: Path, place: Path) -> None:
    """The same, after which documents.toml says nothing of it any more. Raises CannotWrite and OSError."""
    copied(file, place)
    correct(file, {})


def _write(path: Path, stem: str, entry: Mapping[str, Any]) -> bool:
    before = _read(path)
    after = _with_entry(path, before, stem, entry)
    if after == before:
        return False
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        replace_file(path, after.encode(), mode)
    except OSError as error:
        raise CannotWrite(f"{STATED}: không ghi được / cannot be written ({error.strerror})") from error
    return True


def checked(typed: Mapping[str, str]) -> dict[str, Any]:
    """The entry for what was typed; what was left empty is not in it. Raises Wrong."""
    wrong = {name: "too_long" for name, value in typed.items() if len(value) > _LONGEST}
    entry: dict[str, Any] = {name: typed[name] for name in _TEXTS if typed[name]}
    if (day := _day(typed["date"])) is None:
        wrong["date"] = "no_day"
    elif day:
        entry["date"] = day
    if typed["province"]:
        place = province_named(typed["province"])
        if place is None:
            wrong["province"] = "no_province"
        else:
            entry["province"] = place.name
    if typed["first"] or typed["last"]:
        years = [int(year) if re.fullmatch(r"[0-9]{4}", year) else 0 for year in (typed["first"], typed["last"])]
        if not all(year in _YEARS for year in years):
            wrong["first"] = "no_years"
        elif years[0] > years[1]:
            wrong["first"] = "backwards"
        entry["period"] = years
    if wrong:
        raise Wrong(wrong)
    return entry


def _day(typed: str) -> str | None:
    """A day as ISO writes it, also of "2/3/2020"; None for no day of any calendar."""
    if not typed:
        return ""
    if match := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", typed):
        typed = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    try:
        return typed if date.fromisoformat(typed).year in _YEARS and re.fullmatch(r"[\d-]{10}", typed) else None
    except ValueError:
        return None


def _read(path: Path) -> str:
    try:
        if path.is_symlink():
            raise CannotWrite(f"{STATED}: là liên kết; hãy sửa tay / is a link; change it by hand")
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise CannotWrite(f"{STATED}: không đọc được / cannot be read ({type(error).__name__})") from error


def _with_entry(path: Path, text: str, stem: str, entry: Mapping[str, Any]) -> str:
    try:
        file = tomlkit.parse(text)
    except TOMLKitError as error:
        raise CannotWrite(f"{path.name}: không phải TOML; hãy sửa tay / is no TOML; mend it by hand") from error
    if stem not in file and not entry:
        return text
    if stem not in file:
        if file and not text.endswith("\n\n"):
            file.add(tomlkit.nl())
        file.add(stem, tomlkit.table())
    held = file[stem]
    if not isinstance(held, MutableMapping):
        raise CannotWrite(f"{path.name}: “{stem}” phải là một mục; hãy sửa tay / must be a table; mend it by hand")
    _change(held, entry)
    if not held and not str(getattr(held, "as_string", str)()).strip():
        del file[stem]
    return tomlkit.dumps(file)


def _change(held: MutableMapping[str, Any], entry: Mapping[str, Any]) -> None:
    for name in (*_TEXTS, "date", "province", "period"):
        if name not in entry:
            held.pop(name, None)
        elif name not in held or held[name] != entry[name]:
            held[name] = entry[name]
