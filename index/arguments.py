"""Arguments of every command of the project: what is wrong is said in one line, in both languages."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

#: Exit status for what a person can mend.
REFUSED = 2

#: What argparse says, and the same in Vietnamese; anything else is said as it came.
_VIETNAMESE = (
    (r"unrecognized arguments: (.+)", r"không có tham số \1"),
    (r"the following arguments are required: (.+)", r"thiếu \1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2; hãy chọn: \3"),
    (r"argument (.+?): invalid int value: (.+)", r"\1 cần một số nguyên, không phải \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 không đi cùng \2"),
)


class Parser(argparse.ArgumentParser):
    """Ends the command with status 2 and one line on stderr; its sub-commands do so too."""

    def error(self, message: str) -> NoReturn:
        said = _both(" ".join(message.split()))
        self.exit(REFUSED, f"Tham số sai / bad arguments: {said}. Xem / see: {self.prog} --help\n")


def _both(message: str) -> str:
    for english, vietnamese in _VIETNAMESE:
        if found := re.fullmatch(english, message):
            return f"{found.expand(vietnamese)} / {message}"
    return message
