"""Who may sign in: a TOML file of names and scrypt hashes, which its owner alone may read."""

from __future__ import annotations

import hashlib
import hmac
import re
import stat
import tomllib
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from secrets import token_bytes

import tomlkit

from index.disk import replace_file

#: Characters of a password at least, and of what is looked at of one; of a name at most.
LEAST, MOST, NAME_MOST = 10, 1_000, 80
#: scrypt: log2 of its cost, block size, rounds. One check takes about a quarter of a second and 32 MB.
_COST, _BLOCK, _ROUNDS = 15, 8, 3
_MEMORY = 80 << 20
_HASH = re.compile(r"(1[0-6]):(8):([1-9]):([\w+/=]{16,64}):([\w+/=]{43,88})")
_HEAD = "# Tên cán bộ và mật khẩu đã băm (scrypt) / names of staff and hashed passwords: python -m assistant staff\n"


class StaffFileError(Exception):
    """What is wrong with the file of staff, in both languages."""


class People:
    """The staff of a file, as it stands whenever it is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self, name: str, password: str) -> str | None:
        """The mark of somebody whose name and password fit, None for all else; both take the same time.

        Raises StaffFileError.
        """
        held = read(self.path).get(clean_name(name))
        fits = _fits(password, held or _nobody())
        return held if held and fits else None

    def holds(self, name: str, mark: str) -> bool:
        """Whether somebody is still of the staff, with the password of then."""
        try:
            return read(self.path).get(name) == mark
        except StaffFileError:
            return False


def clean_name(name: str) -> str:
    """A name in one spelling."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def name_problem(name: str) -> str:
    """Why a name cannot be one of staff, "" where it can."""
    if not name or len(name) > NAME_MOST or any(unicodedata.category(char)[0] == "C" for char in name):
        return f"tên phải có từ 1 đến {NAME_MOST} ký tự / a name has 1 to {NAME_MOST} characters"
    return ""


def read(path: Path) -> Mapping[str, str]:
    """Names and hashes. Raises StaffFileError."""
    try:
        mode = path.stat().st_mode
        entries = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise StaffFileError(
            f"{path}: không có tệp cán bộ; tạo bằng: python -m assistant staff {path} TÊN / there is no such file; "
            f"make it with: python -m assistant staff {path} NAME"
        ) from None
    except (OSError, ValueError) as error:
        raise StaffFileError(f"{path}: không đọc được tệp cán bộ / cannot be read ({type(error).__name__})") from error
    if stat.S_IMODE(mode) & 0o077:
        raise StaffFileError(f"{path}: người khác đọc được; chạy: chmod 600 {path} / others may read it; chmod 600")
    people = {name: entry.get("scrypt") for name, entry in entries.items() if isinstance(entry, dict)}
    if len(people) < len(entries) or not all(isinstance(one, str) and _HASH.fullmatch(one) for one in people.values()):
        raise StaffFileError(f"{path}: không phải tệp cán bộ / is no file of staff")
    return {clean_name(name): str(one) for name, one in people.items()}


def add(path: Path, name: str, password: str) -> None:
    """Give somebody a password, a new one where there was one. Raises StaffFileError."""
    _write(path, {**(read(path) if path.exists() else {}), name: hashed(password)})


def remove(path: Path, name: str) -> None:
    """Take somebody out. Raises StaffFileError."""
    people = dict(read(path))
    if people.pop(name, None) is None:
        raise StaffFileError(f"{path}: không có tên đó / no such name")
    _write(path, people)


def hashed(password: str) -> str:
    """A password's hash, with what it takes to check it."""
    salt = token_bytes(16)
    made = _scrypt(password, salt, _COST, _BLOCK, _ROUNDS)
    return ":".join((str(_COST), str(_BLOCK), str(_ROUNDS), b64encode(salt).decode(), b64encode(made).decode()))


def _write(path: Path, people: Mapping[str, str]) -> None:
    file = tomlkit.document()
    for name, one in people.items():
        file[name] = {"scrypt": one}
    try:
        replace_file(path, (_HEAD + tomlkit.dumps(file)).encode())
    except OSError as error:
        raise StaffFileError(f"{path}: không ghi được / cannot be written ({error.strerror})") from error


@cache
def _nobody() -> str:
    """A hash that takes as long to check as anybody's."""
    return hashed(token_bytes(16).hex())


def _fits(password: str, held: str) -> bool:
    cost, block, rounds, salt, made = held.split(":")
    found = _scrypt(password, b64decode(salt), int(cost), int(block), int(rounds))
    return hmac.compare_digest(found, b64decode(made))


def _scrypt(password: str, salt: bytes, cost: int, block: int, rounds: int) -> bytes:
    said = hashlib.sha512(unicodedata.normalize("NFC", password[:MOST]).encode("utf-8", "replace")).digest()
    return hashlib.scrypt(said, salt=salt, n=1 << cost, r=block, p=rounds, maxmem=_MEMORY, dklen=32)
