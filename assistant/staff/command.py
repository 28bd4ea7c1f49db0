"""`python -m assistant staff FILE NAME`: who may sign in at /staff."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from assistant.staff.people import LEAST, StaffFileError, add, clean_name, name_problem, remove


def add_options(parser: argparse.ArgumentParser) -> None:
    """FILE NAME [--remove]."""
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp cán bộ, chỉ chủ tệp đọc được / file of staff")
    parser.add_argument("name", metavar="TÊN", help="tên cán bộ / name of the person")
    parser.add_argument("--remove", action="store_true", help="bỏ người này / take this person out")


def run(options: argparse.Namespace) -> int:
    """Change the file. Raises StaffFileError, which says what stands against it."""
    name = clean_name(options.name)
    if problem := name_problem(name):
        raise StaffFileError(problem)
    if options.remove:
        remove(options.file, name)
        print(f"Đã bỏ {name} / removed: {options.file}", file=sys.stderr)
        return 0
    add(options.file, name, _password())
    print(f"Đã ghi {name} / written: {options.file}", file=sys.stderr)
    return 0


def _password() -> str:
    """A password typed twice without being shown; what a program hands in is taken once."""
    if not sys.stdin.isatty():
        said = sys.stdin.readline().rstrip("\r\n")
    else:
        said = getpass.getpass("Mật khẩu / password: ")
        if said != getpass.getpass("Nhập lại / once more: "):
            raise StaffFileError("hai lần nhập không giống nhau / the two are not the same")
    if len(said) < LEAST:
        raise StaffFileError(f"mật khẩu cần ít nhất {LEAST} ký tự / a password has {LEAST} characters at least")
    return said
